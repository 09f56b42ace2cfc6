"""A voiding and the next step at the same moment: one of them is first, and the journal is a possible life either way."""

import pytest

from onewindow.cases.acts import decide, deliver, void
from onewindow.cases.models import Case, Decision, Delivery, Struck
from onewindow.cases.recheck import recheck
from onewindow.journal.reads import verify
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import ROUNDS, facts, together
from tests.cases.test_void import SEP29, SEP30, TAKER, ask, deputy, granted, place
from tests.cast import Cast, assemble, officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_a_decision_is_voided_or_handed_over_and_never_both() -> None:
    cast = assemble()
    other = deputy(cast)
    for _ in range(ROUNDS):
        case = granted(cast)
        asked = ask(cast, case, "Granted")
        told = together(
            lambda case=case, asked=asked: void.confirm_void(case, by=other, at=SEP29, voiding=asked.pk),
            lambda case=case: deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER),
        )
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert sum(isinstance(one, Case | Delivery) for one in told) == 1
        assert len({"Voided", "Delivered"} & set(facts(case))) == 1
    assert list(recheck()) == []
    assert verify() == []


def test_a_fact_is_struck_once_whoever_confirms() -> None:
    cast = assemble()
    heads = (deputy(cast), officer(cast.chenju.county, "周洁", "S003", cast.chenju.posts[0]))
    for turn in range(1, ROUNDS + 1):
        case = granted(cast)
        asked = ask(cast, case, "Granted")
        told = together(
            *(
                lambda case=case, asked=asked, by=by: void.confirm_void(
                    case, by=by, at=SEP29, voiding=asked.pk
                )
                for by in heads
            )
        )
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert Struck.objects.count() == turn
        assert facts(case).count("Voided") == 1


def test_two_who_say_the_same_at_once_ask_once() -> None:
    cast: Cast = assemble()
    for _ in range(ROUNDS):
        case = granted(cast)
        told = together(
            *(
                lambda case=case, by=by: void.ask_void(
                    case, by=by, at=SEP29, place=place(case, "Granted"), cause="slip", reason="误点"
                )
                for by in (cast.zhangmin, cast.liwei)
            )
        )
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert facts(case).count("VoidAsked") == 1


def test_a_voiding_and_a_new_decision_leave_one_decision_that_holds() -> None:
    cast = assemble()
    other = deputy(cast)
    for _ in range(ROUNDS):
        case = granted(cast)
        asked = ask(cast, case, "Granted")
        together(
            lambda case=case, asked=asked: void.confirm_void(case, by=other, at=SEP30, voiding=asked.pk),
            lambda case=case: decide.deny(
                case, by=cast.chenju, at=SEP30, text="不予", grounds="面积不足", basis="规定"
            ),
        )
        assert Decision.objects.filter(case=case).count() <= 1
        assert case.voided_decisions.count() == 1
        held = Case.objects.get(pk=case.pk)
        assert hasattr(held, "decision") == (held.stage == "denied")
    assert list(recheck()) == []
