"""The days of a case reckoned a second time, from the words of the law alone and one day after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.rules.facts import FACTS, Fact
from onewindow.rules.pack import Kind, Term
from onewindow.rules.stages import NEXT, Stage
from onewindow.rules.standing import CaseLaw, Standing, standing
from tests.calendar import CALENDAR

ONE = timedelta(days=1)
ANSWERED = (
    "CorrectionAsked",
    "Accepted",
    "AcceptedBySilence",
    "Refused",
    "NotOurs",
    "NotNeeded",
    "Withdrawn",
)
BEGINS = ("Accepted", "AcceptedBySilence")
DECIDED = ("Granted", "Denied", "Withdrawn")


def term(name: str, days: int, begins: tuple[str, ...], ends: tuple[str, ...], *, legal: bool) -> Term:
    kinds = frozenset({Kind.LICENCE})
    rests = ("PickupReminded", "Kept") if name == "deliver" else ()
    return Term(name, name, days, "working", begins, ends, applies_to=kinds, legal=legal, rests_after=rests)


def law(promised: int) -> CaseLaw:
    return CaseLaw(
        (
            term("accept", 5, ("Received",), ANSWERED, legal=True),
            term("decide", 20, BEGINS, DECIDED, legal=True),
            term("promised", promised, BEGINS, DECIDED, legal=False),
            term("deliver", 10, ("Granted",), ("Delivered",), legal=True),
        ),
        CALENDAR,
        yellow_percent=20,
    )


@dataclass(frozen=True)
class Owed:
    """What the office owes, as a reader of the law would write it on a sheet of paper."""

    due: date | None
    legal: date | None


def counts(day: date) -> bool:
    """行政许可法 82: working days, without the statutory holidays; a make-up day is a working day."""
    notice = next(year for year in CALENDAR.years if year.year == day.year)
    return day in notice.makeup or (day.weekday() < 5 and day not in notice.off)


def days_after(day: date, number: int) -> date:
    """民法典 201: the day itself is not counted."""
    while number:
        day += ONE
        number -= counts(day)
    return day


def read(history: list[Fact], promised: int) -> Owed:
    """Walk the life once, holding in the hand what is still owed."""
    owed: dict[str, date] = {}
    for fact in history:
        match fact.name:
            case "Received":  # 32 (4): within five days
                owed = {"accept": days_after(fact.on, 5)}
            case "Accepted" | "AcceptedBySilence":  # 42: twenty days, and what the office promised
                owed = {"decide": days_after(fact.on, 20), "promised": days_after(fact.on, promised)}
            case "Granted":  # 44: ten days to hand over
                owed = {"deliver": days_after(fact.on, 10)}
            case "PickupReminded" | "Kept":  # he has been told to fetch it: what is left is his to do
                owed = {}
            case "CorrectionAsked" | "Denied" | "Delivered" | "Refused" | "NotOurs" | "NotNeeded":
                owed = {}
            case "Withdrawn" | "CorrectionLapsed":
                owed = {}
    by_law = [day for name, day in owed.items() if name != "promised"]
    return Owed(min(owed.values(), default=None), min(by_law, default=None))


def one(name: str, on: date) -> Fact:
    """A fact of this name with any ids: the reckoning reads names and days alone."""
    ids: dict[str, dict[str, Any]] = {
        "Received": {"channel": "counter", "application": 1},
        "Judged": {"fits": (), "lacking": ()},
        "Rated": {"rating": 1, "grade": 5, "reasons": (), "channel": "web"},
        "CorrectedOnSpot": {"materials": ()},
        "CorrectionAsked": {"correction": 1, "reply_by": on, "materials": ()},
        "CorrectionReceived": {"correction": 1, "materials": ()},
        "CorrectionReminded": {"correction": 1, "reply_by": on},
        "CorrectionLapsed": {"correction": 1},
        "AcceptedBySilence": {"recorded_on": on},
        "Forwarded": {"to": 1},
        "ExplanationAsked": {"question": 1, "reply_by": on},
        "Explained": {"question": 1},
        "Reviewed": {"opinion": 1, "favourable": True},
        "ReviewSentBack": {"opinion": 1},
        "Served": {"letter": 1, "way": "counter"},
        "PickupReminded": {"reminder": 1},
        "OriginalsReturned": {"delivery": 1, "materials": ()},
        "Delivered": {"delivery": 1, "way": "counter"},
    }
    ids |= {name: {"refusal": 1} for name in ("RefusalProposed", "RefusalSentBack")}
    ids |= {name: {"refusal": 1} for name in ("Refused", "NotOurs", "NotNeeded")}
    ids |= {name: {"decision": 1} for name in ("Granted", "Denied")}
    ids |= {name: {"delivery": 1} for name in ("Dispatched", "CameBack")}
    ids["HandedBack"] = {"officer": 1}
    ids |= {name: {"letter": 1} for name in ("LetterSent", "LetterCameBack")}
    ids |= {name: {"letter": 1, "reissue": 1} for name in ("LetterCorrectionAsked", "LetterCorrected")}
    ids["LetterCorrectionDeclined"] = {"reissue": 1}
    ids["LightTurned"] = {"light": "red", "term": "promised", "due": on}
    ids["OverdueCalled"] = {"overdue": 1, "term": "promised", "due": on}
    ids["OverdueExplained"] = {"overdue": 1, "answer": 1, "cause": "load", "expected": on}
    ids["OverdueSentBack"] = {"overdue": 1, "answer": 1}
    ids["OverdueSettled"] = {"overdue": 1, "answer": 1, "finding": "reasoned"}
    return FACTS[name](on=on, **ids.get(name, {}))


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A life that the table of stages allows, within the years of which the calendar knows."""
    day = date(2025, 1, 2) + draw(st.integers(0, 560)) * ONE
    stage, facts = Stage.RECEIVED, [one("Received", day)]
    for _ in range(draw(st.integers(0, 14))):
        steps = sorted(name for at, name in NEXT if at == stage)
        name = draw(st.sampled_from(steps))
        day += draw(st.integers(0, 9)) * ONE
        # 32 (4): silence accepts as of the day on which the papers came in.
        facts.append(one(name, facts[0].on if name == "AcceptedBySilence" else day))
        stage = NEXT[stage, name]
    return facts


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(1, 20))
def test_a_reader_of_the_law_and_the_machine_find_the_same_days(history: list[Fact], promised: int) -> None:
    found: Standing = standing(history, law(promised))
    wanted = read(history, promised)
    assert (found.due_on, found.legal_due_on) == (wanted.due, wanted.legal)
    told = {"PickupReminded", "Kept"} & {fact.name for fact in history}
    assert found.held == (found.stage is Stage.GRANTED and bool(told))


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(1, 20))
def test_yellow_begins_with_a_fifth_or_one_day_of_the_term_left(history: list[Fact], promised: int) -> None:
    """Yellow: from the first day after which no more than a fifth of the term, or one day, is left."""
    found = standing(history, law(promised))
    if found.due_on is None:
        assert found.yellow_on is None
        return
    running = min(found.running(), key=lambda state: (state.due, state.term.legal))
    few = max(1, (running.term.days or 0) // 5)
    day = running.reckoning.start
    while len([d for d in _between(day, found.due_on) if counts(d)]) > few:
        day += ONE
    assert found.yellow_on == day


def _between(day: date, due: date) -> list[date]:
    return [day + n * ONE for n in range(1, (due - day).days + 1)]
