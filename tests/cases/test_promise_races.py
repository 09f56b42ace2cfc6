"""Two who act on one promise at the same moment: it is brought or missed, revoked once, repaired once."""

import pytest

from onewindow.cases.acts import defer, promise_check
from onewindow.cases.models import Case, Revocation
from onewindow.journal.reads import verify
from onewindow.people.acts import ask_repair, repair
from onewindow.people.models import Breach
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cases.test_defer import LATER, deferred, rules_paper
from tests.cases.test_extend_races import another
from tests.cases.test_promise import BROKEN, OFFER, broken, granted, revoked
from tests.cases.test_races import ROUNDS, facts, together
from tests.cast import assemble, at, carry_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_a_paper_that_comes_as_the_day_ends_is_there_or_missed_and_never_both() -> None:
    cast = assemble(papers=LATER)
    for _ in range(ROUNDS):
        case = deferred(cast)
        told = together(
            lambda case=case: defer.receive_supply(
                case, by=cast.liwei, at=at(10, 9, 23, 59), papers=[rules_paper(cast)]
            ),
            lambda case=case: defer.remind_or_miss(case, by=SYSTEM, at=at(10, 10, 0)),
        )
        assert len({"PapersSupplied", "DeemedWithdrawn"} & set(facts(case))) == 1
        assert isinstance(told[0], NotAllowed) == ("DeemedWithdrawn" in facts(case))
    assert verify() == []


def test_two_revocations_at_once_are_one() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    head = another(cast, "chenju")
    for _ in range(ROUNDS):
        case = broken(cast)
        told = together(
            *(
                lambda case=case: promise_check.announce_revocation(
                    case, by=cast.zhangmin, at=at(10, 13), grounds=BROKEN, basis="行政许可法第六十九条"
                )
                for _ in range(2)
            )
        )
        assert sum(isinstance(one, Revocation) for one in told) == 1
        told = together(
            lambda case=case: promise_check.revoke(case, by=cast.chenju, at=at(10, 22), remark=""),
            lambda case=case: promise_check.revoke(case, by=head, at=at(10, 22), remark=""),
        )
        assert sum(isinstance(one, Revocation) for one in told) == 1
        assert facts(case).count("Revoked") == 1
    assert verify() == []


def test_kept_and_ordered_to_be_mended_at_once_is_one_of_them() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    other = another(cast, "zhangmin")
    for _ in range(ROUNDS):
        case = Case.objects.get(pk=granted(cast).pk)
        together(
            lambda case=case: promise_check.confirm_kept(case, by=cast.zhangmin, at=at(9, 28), found="一致"),
            lambda case=case: promise_check.order_mending(
                case, by=other, at=at(9, 28), found=BROKEN, demand="改好"
            ),
        )
        assert len({"PromiseKept", "MendOrdered"} & set(facts(case))) == 1


def test_one_breach_is_repaired_once() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    head = another(cast, "chenju")
    carry_out(revoked(cast).subject)
    breach = Breach.objects.get()
    ask_repair(breach, by=cast.zhangmin, at=at(10, 19), why="已全部改正。")
    told = together(
        lambda: repair(breach, by=cast.chenju, at=at(10, 19)),
        lambda: repair(breach, by=head, at=at(10, 19)),
    )
    assert sum(isinstance(one, Breach) for one in told) == 1
