"""What came from outside may be written down for an earlier day, as far as the local limit; the terms run from that day."""

import inspect
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, correct, decide, deliver, examine, special, withdraw
from onewindow.cases.acts.receive import receive
from onewindow.cases.models import BackDated, Case, Procedure, TermMoved
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.told import steps
from onewindow.cases.recheck import recheck
from onewindow.cases.write import hold
from onewindow.intake.acts import Paper, Told, take_in
from onewindow.intake.models import Application
from onewindow.journal.models import Entry
from onewindow.places import acts as places
from onewindow.rules.facts import Accepted, Granted
from onewindow.rules.grants import FOUNDER, NotAllowed
from onewindow.rules.stages import Stage
from tests.cases.test_special import GUIDE, plan
from tests.cases.test_void import SEP28, TAKER, fresh, reviewed
from tests.cast import Cast, assemble, at

pytestmark = pytest.mark.django_db
WHY = "窗口停电，当天没有登记。"
SEP30 = at(9, 30)  # a Wednesday; 28 and 29 September are the two working days before it


@pytest.fixture
def cast() -> Cast:
    return assemble()


def sealed(cast: Cast, when: datetime = SEP30) -> Application:
    return take_in(
        cast.version,
        by=cast.liwei,
        at=when,
        once=uuid4(),
        applicant=cast.wangfang,
        window=cast.window,
        form={"shop": "罗山县芳邻小面馆", "area": 46},
        papers=[Paper(m) for m in cast.materials],
        told=Told(phone=cast.wangfang.phone),
    )


def test_papers_handed_in_two_days_ago_let_the_five_days_run_from_that_day(cast: Cast) -> None:
    """28 September and five working days: 29, 30 September, 8, 9 and Saturday 10 October, which is worked."""
    case = receive(sealed(cast), by=cast.liwei, at=SEP30, on=date(2026, 9, 28), why_late=WHY)
    entry = Entry.objects.get(subject=case.subject)
    assert (entry.on, entry.at.astimezone(SEP30.tzinfo)) == (date(2026, 9, 28), SEP30)
    assert (case.received_on, fresh(case).due_on) == (date(2026, 9, 28), date(2026, 10, 10))
    row = BackDated.objects.get()
    assert (row.entry, row.why) == (entry, WHY)
    moved = TermMoved.objects.get(cause=entry)
    assert (moved.term, moved.before, moved.after) == ("accept", date(2026, 10, 13), date(2026, 10, 10))
    assert list(recheck()) == []


def test_an_ordinary_receipt_writes_no_row_more(cast: Cast) -> None:
    receive(sealed(cast), by=cast.liwei, at=SEP30, on=SEP30.date())
    assert not BackDated.objects.exists()
    assert not TermMoved.objects.exists()


def test_a_page_sent_twice_is_noted_once(cast: Cast) -> None:
    application = sealed(cast)
    for _ in range(2):
        receive(application, by=cast.liwei, at=SEP30, on=date(2026, 9, 28), why_late=WHY)
    assert BackDated.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "why", "match"),
    [
        (date(2026, 9, 24), WHY, "最多往前 2 个工作日.*最早是 9 月 28 日"),
        (date(2026, 10, 1), WHY, "今天以后"),
        (date(2026, 9, 29), " ", "写明为什么今天才登记"),
    ],
)
def test_a_day_too_far_back_one_ahead_and_one_without_a_reason_are_refused(
    cast: Cast, day: date, why: str, match: str
) -> None:
    with pytest.raises(NotAllowed, match=match):
        receive(sealed(cast), by=cast.liwei, at=SEP30, on=day, why_late=why)
    assert not Case.objects.exists()


def test_the_limit_is_a_local_setting_and_nought_means_never(cast: Cast) -> None:
    places.change_setting(
        cast.county, by=FOUNDER, at=at(9, 1), name="record.backdate_days", value=0, reason="不许补录"
    )
    with pytest.raises(NotAllowed, match="本地设定不允许补录"):
        receive(sealed(cast), by=cast.liwei, at=SEP30, on=date(2026, 9, 29), why_late=WHY)


def asked(cast: Cast) -> Case:
    case = cast.apply(at(9, 24), bjt="wrong")
    correct.ask_correction(case, by=cast.zhangmin, at=SEP28, demands={cast.materials[1].pk: "请重画。"})
    return case


def test_a_correction_that_came_yesterday_is_checked_from_yesterday_on(cast: Cast) -> None:
    """Three working days from 29 September: 30 September, 8 and 9 October; from 30 September on it would be the 10th."""
    case = asked(cast)
    correct.receive_correction(
        case, by=cast.liwei, at=SEP30, papers=[Paper(cast.materials[1])], on=date(2026, 9, 29), why_late=WHY
    )
    assert fresh(case).due_on == date(2026, 10, 9)
    moved = TermMoved.objects.get()
    assert (moved.before, moved.after) == (date(2026, 10, 10), date(2026, 10, 9))
    assert list(recheck()) == []


def test_no_day_before_what_the_case_has_already(cast: Cast) -> None:
    case = asked(cast)
    with pytest.raises(NotAllowed, match="在 9 月 28 日已经有后来的记载"):
        correct.note_nothing(case, by=cast.liwei, at=at(9, 29), on=date(2026, 9, 26), why_late=WHY)
    correct.note_nothing(case, by=cast.liwei, at=at(9, 29), on=date(2026, 9, 28), why_late=WHY)
    assert Entry.objects.get(fact="CorrectionReceived").on == date(2026, 9, 28)


def test_a_procedure_that_ended_yesterday_stops_the_days_until_yesterday_only() -> None:
    cast = assemble(guide=GUIDE)
    case = cast.accepted(at(9, 24))
    begun = special.begin_procedure(case, by=cast.zhangmin, at=SEP28, plan=plan())
    told = {"procedure": begun.pk, "outcome": "done", "result": "通过"}
    special.end_procedure(case, by=cast.zhangmin, at=SEP30, **told, on=date(2026, 9, 29), why_late=WHY)
    assert Procedure.objects.get().ended_on == date(2026, 9, 29)
    moved = {one.term: (one.before, one.after) for one in TermMoved.objects.all()}
    # One day stood still instead of two: 20 days end on 10-30 instead of 11-02.
    assert moved["decide"] == (date(2026, 11, 2), date(2026, 10, 30))
    assert list(recheck()) == []


def test_a_result_handed_over_yesterday_closes_the_case_yesterday(cast: Cast) -> None:
    case = reviewed(cast)
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    deliver.hand_over(case, by=cast.liwei, at=SEP30, taker=TAKER, on=date(2026, 9, 29), why_late=WHY)
    after = fresh(case)
    assert (after.closed_on, after.deliveries.get().done_on) == (date(2026, 9, 29), date(2026, 9, 29))


def test_a_parcel_is_there_on_the_day_of_its_receipt(cast: Cast) -> None:
    case = reviewed(cast)
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    deliver.dispatch(case, by=cast.liwei, at=SEP28, tracking="EMS1")
    deliver.confirm_arrival(case, by=cast.liwei, at=SEP30, on=date(2026, 9, 29), why_late="回执今天到")
    assert fresh(case).closed_on == date(2026, 9, 29)


def test_a_withdrawal_handed_in_yesterday_is_of_yesterday_and_online_always_of_today(cast: Cast) -> None:
    case = cast.accepted(at(9, 24))
    with pytest.raises(NotAllowed, match="网上撤回只能记在办理的当天"):
        withdraw.withdraw(case, by=cast.wangfang, at=SEP30, on=date(2026, 9, 29), why_late=WHY)
    withdraw.withdraw(case, by=cast.liwei, at=SEP30, on=date(2026, 9, 29), why_late=WHY)
    assert (fresh(case).stage, fresh(case).closed_on) == (Stage.WITHDRAWN, date(2026, 9, 29))


def test_the_applicant_reads_both_days(cast: Cast) -> None:
    case = receive(sealed(cast), by=cast.liwei, at=SEP30, on=date(2026, 9, 28), why_late=WHY)
    first = steps(progress_of(case.subject_id, cast.county))[0]
    assert first.text.endswith("补录：9 月 28 日的事，9 月 30 日登记，期限从 9 月 28 日起算。")
    assert WHY not in first.text


def test_no_act_of_the_office_is_dated_back_whoever_writes_it(cast: Cast) -> None:
    case = cast.apply(at(9, 24))
    for fact in (Accepted, Granted):
        told = {"decision": 1} if fact is Granted else {}
        held = hold(case)
        with pytest.raises(NotAllowed, match="机关自己作出的"):
            held.record(fact(on=SEP30.date() - timedelta(days=1), **told), by=cast.chenju, at=SEP30)
    for act in (accept.accept, accept.accept_as_is, decide.grant, decide.deny, examine.review):
        assert "on" not in inspect.signature(act).parameters
    assert Entry.objects.filter(subject=case.subject).count() == 1
