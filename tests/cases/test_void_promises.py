"""What was promised when the fact that rested on it is voided: an acceptance with papers owed, a grant to be checked."""

import pytest

from onewindow.cases.acts import decide, defer
from onewindow.cases.acts import promise as promising
from onewindow.cases.acts.accept import accept
from onewindow.cases.models import Deferral, Promise
from onewindow.cases.reads.promised import to_check
from onewindow.cases.recheck import recheck
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.rules.grants import NotAllowed
from onewindow.rules.stages import Stage
from tests.cases.test_promise import OFFER, granted
from tests.cases.test_void import ask, deputy, fresh, voided
from tests.cast import SEP24, Cast, assemble, at

pytestmark = pytest.mark.django_db
SEP28 = at(9, 28)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide={"promise": dict(OFFER)}, papers={"zd": {"necessity": "deferrable"}})


def test_an_acceptance_with_papers_owed_is_voided_with_the_promise_and_may_be_given_anew(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    first = defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True)
    case = voided(cast, case, "Accepted", SEP28)
    assert case.stage == Stage.RECEIVED
    struck = Entry.objects.filter(subject=case.subject, struck__isnull=False).order_by("place")
    assert list(struck.values_list("fact", flat=True)) == ["PapersDeferred", "Accepted"]
    first.refresh_from_db()
    assert (first.accepted_by, first.due_on) == (None, None)
    again = defer.accept_on_promise(fresh(case), by=cast.liwei, at=at(9, 28, 11), on_paper=True)
    assert fresh(case).stage == Stage.EXAMINING
    assert Deferral.objects.filter(due_on__isnull=False).get() == again
    assert list(recheck()) == []


def test_the_promise_alone_is_not_voided(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True)
    with pytest.raises(NotAllowed, match="容缺承诺随着作废"):
        ask(cast, case, "PapersDeferred", SEP28)


def test_once_the_papers_came_the_acceptance_they_came_for_stays(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True)
    paper = next(m for m in cast.materials if m.code == "zd")
    defer.receive_supply(case, by=cast.liwei, at=SEP28, papers=[Paper(paper)])
    with pytest.raises(NotAllowed, match="后来的"):
        ask(cast, case, "Accepted", SEP28)


def test_a_grant_on_a_promise_that_is_voided_leaves_nothing_to_check(cast: Cast) -> None:
    case = granted(cast)
    assert [row.case for row in to_check(cast.zhangmin, SEP28.date()).rows] == [case]
    voided(cast, case, "Granted", SEP28, by=deputy(cast))
    assert not to_check(cast.zhangmin, SEP28.date()).rows
    assert Promise.objects.get().state == Promise.State.SIGNED
    decide.grant(fresh(case), by=cast.chenju, at=SEP28, text="准予")
    assert Promise.objects.get().state == Promise.State.CHECKING


def test_one_promise_at_a_time(cast: Cast) -> None:
    """王芳 promised instead of the plan; the rules that may follow lack too."""
    case = cast.apply(bjt="missing", zd="missing")
    promising.sign_promise(case, by=cast.liwei, at=SEP24, on_paper=True)
    with pytest.raises(NotAllowed, match="已经签了告知承诺书，不能再容缺受理"):
        defer.accept_on_promise(fresh(case), by=cast.liwei, at=SEP24, on_paper=True)
    with pytest.raises(NotAllowed, match="还有材料核对为缺"):
        accept(fresh(case), by=cast.liwei, at=SEP24)
