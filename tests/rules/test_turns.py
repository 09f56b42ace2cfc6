"""Which lights are still to turn: each once for its due day, judged anew when the day moves, only the gravest when late."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.clock import reckon
from onewindow.rules.facts import Fact
from onewindow.rules.facts_watch import LightTurned
from onewindow.rules.lights import yellow_on
from onewindow.rules.pack import Term
from onewindow.rules.standing import TermState
from onewindow.rules.turns import Lit, Turn, to_turn, turns
from tests.calendar import CALENDAR

SEP24 = date(2026, 9, 24)


def running(days: int, name: str = "promised", *, legal: bool = False, start: date = SEP24) -> TermState:
    term = Term(name, name, days, "working", ("Accepted",), ("Granted",), frozenset(), legal=legal)
    return TermState(term, reckon(start, days, "working", CALENDAR), None)


def left(first: TermState, legal: TermState | None = None, seen: tuple[Fact, ...] = ()) -> list[Turn]:
    yellow = yellow_on(first.reckoning, 20, 1, CALENDAR)
    assert yellow is not None
    near = yellow_on(legal.reckoning, 20, 1, CALENDAR) if legal is not None else None
    days = {"yellow": yellow, "legal_yellow": near, "hint_days": 1}
    return list(turns(first, legal, **days, calendar=CALENDAR, seen=seen))


def test_a_promise_of_fifteen_days_is_yellow_then_hinted_then_red_then_beyond_the_law() -> None:
    promised, decide = running(15), running(20, "decide", legal=True)
    assert promised.due is not None
    assert decide.due is not None
    found = left(promised, decide)
    assert [turn.lit for turn in found] == [Lit.YELLOW, Lit.HINT, Lit.RED, Lit.HINT, Lit.LEGAL]
    days = [turn.on for turn in found]
    assert days == sorted(days)
    assert CALENDAR.between(days[0], promised.due) == 3  # a fifth of fifteen
    assert CALENDAR.between(days[1], promised.due) == 1
    assert (days[2], days[4]) == (promised.due + timedelta(1), decide.due + timedelta(1))
    assert CALENDAR.between(days[3], decide.due) == 1
    assert [turn.term for turn in found] == ["promised"] * 3 + ["decide"] * 2


def test_once_the_promise_is_broken_the_law_s_own_day_comes_near_in_yellow_too() -> None:
    """8 promised days end on 13 October, the law's 20 on the 29th: yellow from the 23rd (four days left), hinted on the 28th."""
    found = left(running(8), running(20, "decide", legal=True))
    assert [(turn.lit, turn.on) for turn in found[2:]] == [
        (Lit.YELLOW, date(2026, 10, 23)),
        (Lit.HINT, date(2026, 10, 28)),
        (Lit.LEGAL, date(2026, 10, 30)),
    ]
    late = to_turn(found, date(2026, 10, 28))
    assert late is not None
    assert late.lit is Lit.RED  # never passed over for what is yellow again


def test_a_hint_on_the_day_of_yellow_is_one_message() -> None:
    assert [turn.lit for turn in left(running(5))] == [Lit.YELLOW, Lit.RED]


def test_a_legal_term_alone_turns_red_and_beyond_the_law_on_one_day() -> None:
    decide = running(20, "decide", legal=True)
    assert [turn.lit for turn in left(decide, decide)] == [Lit.YELLOW, Lit.HINT, Lit.LEGAL]


def test_what_was_told_is_not_told_again_and_what_moved_is_judged_anew() -> None:
    first = running(15)
    told = tuple(turn.fact() for turn in left(first)[:2])
    assert [turn.lit for turn in left(first, seen=told)] == [Lit.RED]
    moved = running(18)
    assert [turn.lit for turn in left(moved, seen=told)] == [Lit.YELLOW, Lit.HINT, Lit.RED]


def test_who_comes_late_tells_the_gravest_alone() -> None:
    first, decide = running(15), running(20, "decide", legal=True)
    late = to_turn(left(first, decide), date(2026, 12, 1))
    assert late is not None
    assert late.lit is Lit.LEGAL
    assert left(first, decide, seen=(late.fact(),)) == []


@given(st.integers(1, 30), st.integers(0, 30), st.lists(st.integers(0, 5), max_size=60))
def test_however_the_ticks_fall_no_light_turns_twice_and_none_turns_back(
    days: int, more: int, pauses: list[int]
) -> None:
    first, decide = running(days), running(days + more, "decide", legal=True)
    today, seen = SEP24, ()
    for wait in pauses:
        today += timedelta(wait)
        turn = to_turn(left(first, decide, seen=seen), today)
        if turn is not None:
            seen = (*seen, turn.fact())
    order = [(fact.term, Lit(fact.light)) for fact in seen if isinstance(fact, LightTurned)]
    assert len(order) == len(set(order))
    for term in ("promised", "decide"):
        ranks = [list(Lit).index(lit) for name, lit in order if name == term]
        assert ranks == sorted(ranks)
    reds = [place for place, (_, lit) in enumerate(order) if lit is Lit.LEGAL]
    assert reds in ([], [len(order) - 1])
