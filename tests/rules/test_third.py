"""利害关系人的规则 (行政许可法 36, 47): over random histories nobody who was named is decided past."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.facts import Fact, Granted
from onewindow.rules.facts_third import ThirdHeard, ThirdNamed, ThirdReleased, ThirdSpoke, ThirdTold
from onewindow.rules.facts_time import ProcedureBegun, ProcedureEnded
from onewindow.rules.grants import NotAllowed
from onewindow.rules.third import refuse_impossible, states, wants_hearing

START = date(2026, 9, 28)
STEPS = st.tuples(
    st.sampled_from(["name", "tell", "speak", "ask", "heard", "release", "hearing", "ended"]),
    st.integers(1, 2),
)


def fact(word: str, third: int, day: date, n: int) -> Fact:
    return {
        "name": ThirdNamed(on=day, third=third),
        "tell": ThirdTold(
            on=day,
            third=third,
            reply_by=day + timedelta(days=7),
            ask_by=day + timedelta(days=7),
            may_ask=True,
        ),
        "speak": ThirdSpoke(on=day, third=third, said=n),
        "ask": ThirdSpoke(on=day, third=third, said=n, hearing=True),
        "heard": ThirdHeard(on=day, third=third),
        "release": ThirdReleased(on=day, third=third),
        "hearing": ProcedureBegun(on=day, procedure=n, kind="听证", planned_end=day),
        "ended": ProcedureEnded(on=day, procedure=n - 1),
    }[word]


@given(st.lists(STEPS, max_size=12), st.integers(0, 20))
def test_no_path_leads_to_a_decision_past_somebody_who_must_still_be_heard(
    steps: list[tuple[str, int]], later: int
) -> None:
    facts: list[Fact] = []
    for n, (word, third) in enumerate(steps, 1):
        one = fact(word, third, START + timedelta(days=n), n)
        try:
            refuse_impossible((*facts, one))
        except NotAllowed:
            continue
        facts.append(one)
    on = START + timedelta(days=len(steps) + later)
    try:
        refuse_impossible((*facts, Granted(on=on, decision=1)))
    except NotAllowed:
        return
    assert not wants_hearing(facts)
    for one in states(facts):
        silent = one.reply_by is not None and not one.spoke and on > one.reply_by
        assert one.gone or one.heard or silent


def test_without_third_parties_nothing_stands_in_the_way() -> None:
    refuse_impossible((Granted(on=START, decision=1),))
