"""Two ticks, two supervisors and a tick beside an act, at the same moment: everything is told and written once."""

import pytest

from onewindow.cases.acts import withdraw
from onewindow.cases.acts.lights import turn_light
from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.notices.follow import officers
from onewindow.notices.models import OfficerMessage
from onewindow.oversight import acts
from onewindow.oversight.follow import call_to_account
from onewindow.oversight.models import Answer, Overdue
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cases.test_races import ROUNDS, together
from tests.cast import assemble
from tests.oversight.stage import RED, answered, explanation, overrun, supervisor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_two_ticks_at_once_turn_a_light_once() -> None:
    cast = assemble()
    for _ in range(ROUNDS):
        case = cast.accepted()
        results = together(*[lambda case=case: turn_light(case, by=SYSTEM, at=RED)] * 4)
        assert sorted(results, key=bool) == [False, False, False, True]
    assert Entry.objects.filter(fact="LightTurned").count() == ROUNDS
    assert verify() == []
    assert list(recheck()) == []


def test_a_tick_and_a_withdrawal_at_once_leave_no_light_on_a_closed_case() -> None:
    cast = assemble()
    for _ in range(ROUNDS):
        case = cast.accepted()
        together(
            lambda case=case: turn_light(case, by=SYSTEM, at=RED),
            lambda case=case: withdraw.withdraw(case, by=cast.wangfang, at=RED),
        )
        facts = list(
            Entry.objects.filter(subject=case.subject_id).order_by("place").values_list("fact", flat=True)
        )
        assert facts[-1] == "Withdrawn"
        assert Case.objects.get(pk=case.pk).turns_on is None


def test_a_duty_that_two_workers_carry_out_at_once_calls_to_account_and_tells_once() -> None:
    cast = assemble()
    supervisor()
    for _ in range(ROUNDS):
        case = cast.accepted()
        turn_light(case, by=SYSTEM, at=RED)
        entry = Entry.objects.get(subject=case.subject_id, fact="LightTurned")
        together(*[lambda entry=entry: (officers(entry), call_to_account(entry))] * 3)
        assert Overdue.objects.filter(case=case).count() == 1
        told = list(OfficerMessage.objects.filter(cause=entry).values_list("officer", flat=True))
        assert len(told) == len(set(told)) == 2


def test_two_explanations_and_two_judgements_at_once_are_one_of_each() -> None:
    cast = assemble()
    sunli, other = supervisor(), supervisor("周洁", "D002")
    for _ in range(ROUNDS):
        row = overrun(cast)
        told = explanation(cast)
        together(*[lambda row=row, told=told: acts.explain(row, by=cast.chenju, at=RED, **told)] * 2)
        assert Answer.objects.filter(overdue=row).count() == 1
        results = together(
            lambda row=row: acts.settle(row, by=sunli, at=RED, finding="reasoned"),
            lambda row=row: acts.send_back(row, by=other, at=RED, remark="没有说清楚"),
        )
        assert sum(isinstance(one, NotAllowed) for one in results) == 1
    assert verify() == []


def test_what_was_sent_back_is_answered_again_only_once() -> None:
    cast = assemble()
    sunli = supervisor()
    row = overrun(cast)
    answered(cast, row)
    acts.send_back(row, by=sunli, at=RED, remark="没有说清楚")
    told = explanation(cast)
    results = together(*[lambda: acts.explain(row, by=cast.chenju, at=RED, **told)] * 3)
    assert sum(isinstance(one, Answer) for one in results) == 1
    assert row.answers.count() == 2
