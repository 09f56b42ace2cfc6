"""What takes two persons is never done by one: neither when a stand-in settles what the other asked for, nor the other way round.

周正 may do everything in his office; 钱文 may nothing by himself, and sits in his place from 28 to 30 September.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from onewindow.cases.acts import (
    bars,
    decide,
    examine,
    extend,
    fees,
    instant,
    promise_check,
    refuse,
    relief,
    void,
)
from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.upward import send_up
from onewindow.cases.models import Case, Filing
from onewindow.journal.models import Entry
from onewindow.letters.acts import ask_correction, confirm_correction
from onewindow.letters.models import Reissue
from onewindow.letters.reads import letters_of
from onewindow.oversight import acts as oversight
from onewindow.people.acts import ask_repair, note_breach, repair
from onewindow.people.models import Breach, Holding, Officer, Post
from onewindow.places.acts import change_setting
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotAllowed
from tests.cases.test_bars import FALSE, decided
from tests.cases.test_fees import BOOKS, TEST, pay
from tests.cases.test_fees import GUIDE as FEES
from tests.cases.test_instant import at_tier
from tests.cases.test_promise import OFFER
from tests.cases.test_promise import granted as promised
from tests.cases.test_upward import UPWARD
from tests.cast import COUNTER, COUNTY, EXAMINER, HEAD, SEP24, Cast, assemble, at, carry_out, officer
from tests.oversight.stage import DONE, WHY, overrun

pytestmark = pytest.mark.django_db
SAID = "不能是同一个人|不能确认自己的|请由另一位|由本部门另一位|您自己记的|不能审核或决定自己收的件|不能作不予的决定"
SEP29, OCT8 = at(9, 29), at(10, 8)
Act = Callable[[Any, Officer, datetime], Any]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@dataclass(frozen=True)
class Two:
    """Something that two must do: what it is done to, what the first does, and what the second."""

    begin: Callable[[Cast], Any]
    first: Act
    second: Act
    cast: Callable[[], Cast] = assemble
    first_at: datetime = SEP29
    back_at: datetime = OCT8


def _accepted(cast: Cast) -> Case:
    return cast.accepted()


def _reviewed(case: Case, by: Officer, when: datetime) -> object:
    return examine.review(case, by=by, at=when, favourable=True, text="同意")


def _asks_void(case: Case, by: Officer, when: datetime) -> object:
    place = Entry.objects.get(subject=case.subject, fact="Accepted").place
    return void.ask_void(case, by=by, at=when, place=place, cause="slip", reason="误点了受理。")


def _reviews_and_somebody_asks(case: Case, by: Officer, when: datetime) -> None:
    _reviewed(case, by, when)
    place = Entry.objects.get(subject=case.subject, fact="Reviewed").place
    other = Officer.objects.get(name="张敏")
    void.ask_void(case, by=other, at=when, place=place, cause="slip", reason="写错了件。")


def _confirms_void(case: Case, by: Officer, when: datetime) -> object:
    return void.confirm_void(case, by=by, at=when, voiding=case.voidings.get().pk)


def _billed(cast: Cast) -> Case:
    case = cast.accepted()
    fees.bill(case, by=cast.liwei, at=at(9, 25), charged=[BOOKS, TEST])
    return case


def _paid(cast: Cast) -> Case:
    case = _billed(cast)
    pay(cast, case, case.bills.get())
    return case


def _asks_relief(case: Case, by: Officer, when: datetime) -> object:
    told = {"bill": case.bills.get().pk, "amount": Decimal("10"), "ground": "低保户", "basis": "某办法第三条"}
    return relief.ask_relief(case, by=by, at=when, **told)


def _asks_refund(case: Case, by: Officer, when: datetime) -> object:
    told = {"bill": case.bills.get().pk, "amount": Decimal("10"), "reason": "多收了"}
    return relief.ask_refund(case, by=by, at=when, **told)


def _barred(cast: Cast) -> Case:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=at(9, 28, 15), finding=FALSE)
    return case


def _breach(cast: Cast) -> Breach:
    case = cast.accepted()
    told = {"subject": case.subject, "department": cast.market, "kind": "rongque"}
    return note_breach(cast.wangfang, by=SYSTEM, at=SEP24, **told)


def _on_promise() -> Cast:
    return assemble(guide={"promise": dict(OFFER)})


def _lettered(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=at(9, 28), text="准予")
    carry_out(case.subject)
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(name="王芳芳")
    return case


def _asks_anew(case: Case, by: Officer, when: datetime) -> object:
    letter = letters_of(case.subject).get(kind="granted")
    return ask_correction(case, by=by, at=when, letter=letter.pk, why="姓名写错")


def _agrees_anew(case: Case, by: Officer, when: datetime) -> object:
    return confirm_correction(case, by=by, at=when, reissue=Reissue.objects.get().pk)


def _explains(row: Any, by: Officer, when: datetime) -> object:
    zhangmin = Officer.objects.get(name="张敏").pk
    told = {"responsible": zhangmin, "cause": "absent", "why": WHY, "done": DONE}
    return oversight.explain(row, by=by, at=when, expected=date(2026, 10, 23), **told)


def _settles(row: Any, by: Officer, when: datetime) -> object:
    return oversight.settle(row, by=by, at=when, finding="excused")


def _own_intake() -> Cast:
    cast = assemble()
    told = {"name": "examiner.not_own_intake", "value": True, "reason": "县里规定"}
    change_setting(cast.county, by=FOUNDER, at=at(1, 5), **told)
    return cast


class _Taking:
    """He takes the papers in; another examines, and he decides."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast


def _takes_in(taking: _Taking, by: Officer, when: datetime) -> None:
    own, taking.cast.liwei = taking.cast.liwei, by
    case = taking.cast.apply(when)
    taking.cast.liwei = own
    taking.case = case  # type: ignore[attr-defined]


def _decides_own(taking: Any, by: Officer, when: datetime) -> object:
    case, cast = taking.case, taking.cast
    if Case.objects.get(pk=case.pk).stage == "received":
        accept(Case.objects.get(pk=case.pk), by=cast.zhangmin, at=when)
        examine.review(case, by=cast.zhangmin, at=when, favourable=True, text="同意")
    return decide.grant(Case.objects.get(pk=case.pk), by=by, at=when, text="准予")


def _files(case: Case, by: Officer, when: datetime) -> None:
    instant.record_filing(case, by=by, at=when)


ACTS: dict[str, Two] = {
    "an opinion and the decision": Two(
        _accepted, _reviewed, lambda case, by, when: decide.grant(case, by=by, at=when, text="准予")
    ),
    "an opinion and what is sent up": Two(
        _accepted,
        _reviewed,
        lambda case, by, when: send_up(case, by=by, at=when, opinion="同意报送。"),
        cast=lambda: assemble(guide=UPWARD),
    ),
    "an extension": Two(
        _accepted,
        lambda case, by, when: extend.ask_extension(case, by=by, at=when, reason="要核实"),
        lambda case, by, when: extend.extend(case, by=by, at=when),
    ),
    "a refusal": Two(
        lambda cast: cast.apply(at(9, 28)),
        lambda case, by, when: refuse.propose_refusal(
            case, by=by, at=when, kind="refused", reasons="不符合条件。", basis="某法第一条"
        ),
        lambda case, by, when: refuse.confirm_refusal(case, by=by, at=when),
    ),
    "a voiding": Two(_accepted, _asks_void, _confirms_void, back_at=at(9, 30)),
    "a voiding of what he wrote": Two(_accepted, _reviews_and_somebody_asks, _confirms_void),
    "a relief": Two(
        _billed,
        _asks_relief,
        lambda case, by, when: relief.grant_relief(case, by=by, at=when),
        cast=lambda: assemble(guide=FEES),
    ),
    "a refund": Two(
        _paid,
        _asks_refund,
        lambda case, by, when: relief.decline_refund(case, by=by, at=when, remark="不退"),
        cast=lambda: assemble(guide=FEES),
    ),
    "a bar that is lifted": Two(
        _barred,
        lambda case, by, when: bars.ask_lift(case, by=by, at=when, why="决定已经改变"),
        lambda case, by, when: bars.lift(case, by=by, at=when),
        cast=lambda: assemble(guide={"public_safety": True}),
    ),
    "a revocation": Two(
        promised,
        lambda case, by, when: promise_check.announce_revocation(
            case, by=by, at=when, grounds="承诺不实", basis="某法第一条"
        ),
        lambda case, by, when: promise_check.drop_revocation(case, by=by, at=when, remark="查明属实"),
        cast=_on_promise,
    ),
    "a filing that is checked": Two(
        lambda cast: cast.apply(at(9, 28)),
        _files,
        lambda case, by, when: instant.check_filing(Filing.objects.get(), by=by, at=when, fits=True),
        cast=lambda: at_tier("filing"),
    ),
    "a decision's letter made anew": Two(_lettered, _asks_anew, _agrees_anew),
    "an overrun that is answered for": Two(
        overrun, _explains, _settles, first_at=at(10, 14), back_at=at(10, 19)
    ),
    "a credit repaired": Two(
        _breach,
        lambda breach, by, when: ask_repair(breach, by=by, at=when, why="材料已补齐，核对无误"),
        lambda breach, by, when: repair(breach, by=by, at=when),
    ),
    "one's own intake": Two(_Taking, _takes_in, _decides_own, cast=_own_intake),
}


@dataclass(frozen=True)
class Pair:
    """周正 and whoever sits in his place."""

    a: Officer
    b: Officer
    since: date
    until: date

    def on(self, who: Officer, when: datetime) -> Officer:
        again = Officer.objects.get(pk=who.pk)
        again.day = when.date()
        return again


def pair(cast: Cast, two: Two) -> Pair:
    more = [Grant.OVERDUE_SETTLE, Grant.CASE_EXTEND_JOINT]
    grants = sorted({str(grant) for grant in (*COUNTER, *EXAMINER, *HEAD, *more)})
    told = {"county": COUNTY, "scope": "department", "department": cast.market}
    a_post = Post.objects.create(name="综合岗", grants=grants, **told)
    b_post = Post.objects.create(name="内勤岗", grants=[Grant.PEOPLE_UNMASK.value], **told)
    a, b = officer(COUNTY, "周正", "S020", a_post), officer(COUNTY, "钱文", "S021", b_post)
    since, until = two.first_at.date(), two.first_at.date()
    Holding.objects.create(
        officer=b, post=a_post, kind=Holding.Kind.STAND_IN, instead_of=a, since=since, until=until
    )
    return Pair(a, b, since, until)


def again(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk) if hasattr(thing, "pk") else thing


@pytest.mark.parametrize("name", ACTS)
def test_a_stand_in_does_not_settle_what_was_asked_in_the_others_own_name(name: str) -> None:
    two = ACTS[name]
    cast = two.cast()
    both, thing = pair(cast, two), two.begin(cast)
    two.first(thing, both.on(both.a, two.first_at), two.first_at)
    with pytest.raises(NotAllowed, match=SAID):
        two.second(again(thing), both.on(both.b, two.first_at), two.first_at)


@pytest.mark.parametrize("name", ACTS)
def test_who_comes_back_does_not_settle_what_his_stand_in_asked_for(name: str) -> None:
    two = ACTS[name]
    cast = two.cast()
    both, thing = pair(cast, two), two.begin(cast)
    two.first(thing, both.on(both.b, two.first_at), two.first_at)
    with pytest.raises(NotAllowed, match=SAID):
        two.second(again(thing), both.on(both.a, two.back_at), two.back_at)


@pytest.mark.parametrize("name", ACTS)
def test_who_asked_as_a_stand_in_does_not_settle_it_by_a_post_of_his_own(name: str) -> None:
    two = ACTS[name]
    cast = two.cast()
    both, thing = pair(cast, two), two.begin(cast)
    two.first(thing, both.on(both.b, two.first_at), two.first_at)
    Post.objects.filter(held__officer=both.b, name="内勤岗").update(
        grants=Post.objects.get(name="综合岗").grants
    )
    with pytest.raises(NotAllowed, match=SAID):
        two.second(again(thing), both.on(both.b, two.back_at), two.back_at)
