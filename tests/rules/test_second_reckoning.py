"""The days of a case reckoned a second time, from the words of the law alone and one day after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.rules.facts import FACTS, Fact
from onewindow.rules.pack import Kind, Term
from onewindow.rules.promises import NAMES
from onewindow.rules.stages import BESIDE_THE_DAYS, NEXT, VOIDING, Stage
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
    "Exempted",
    "Filed",
    "Withdrawn",
)
BEGINS = ("Accepted", "AcceptedBySilence")
DECIDED = ("Granted", "Denied", "Withdrawn")


STOPPING = ("听证", "鉴定")  # two of the eight of 45; 公示 is none of them
KINDS = (*STOPPING, "公示")
APART = {*BESIDE_THE_DAYS, *VOIDING, *NAMES}


def term(name: str, days: int, begins: tuple[str, ...], ends: tuple[str, ...], *, legal: bool) -> Term:
    kinds = frozenset({Kind.LICENCE})
    rests = ("PickupReminded", "Kept") if name == "deliver" else ()
    stops = STOPPING if name in ("decide", "promised") else ()
    told = {"applies_to": kinds, "legal": legal, "rests_after": rests, "stops_for": stops}
    return Term(name, name, days, "working", begins, ends, **told)


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
    held: bool = False


def counts(day: date) -> bool:
    """行政许可法 82: working days, without the statutory holidays; a make-up day is a working day."""
    notice = next(year for year in CALENDAR.years if year.year == day.year)
    return day in notice.makeup or (day.weekday() < 5 and day not in notice.off)


def days_after(day: date, number: int, out: frozenset[date] = frozenset()) -> date:
    """民法典 201: the day itself is not counted; 45: what a procedure needs is not counted either."""
    while number:
        day += ONE
        number -= counts(day) and day not in out
    return day


def stood_still(history: list[Fact]) -> tuple[frozenset[date], date | None]:
    """The days that a procedure of 45 took, after its notice; and since when one still lasts."""
    ends = {fact.procedure: fact.on for fact in history if fact.name == "ProcedureEnded"}
    out, lasting = set[date](), list[date]()
    for fact in history:
        if fact.name == "ProcedureBegun" and fact.kind in STOPPING:
            end = ends.get(fact.procedure)
            lasting += [] if end else [fact.on]
            out |= set(_between(fact.on, end)) if end else set()
    return frozenset(out), min(lasting, default=None)


def read(history: list[Fact], promised: int) -> Owed:
    """Walk the life once, holding in the hand what is still owed: from which day, and how many days."""
    owed: dict[str, tuple[date, int]] = {}
    for fact in history:
        match fact.name:
            case "Received":  # 32 (4): within five days
                owed = {"accept": (fact.on, 5)}
            case "Accepted" | "AcceptedBySilence":  # 42: twenty days, and what the office promised
                owed = {"decide": (fact.on, 20), "promised": (fact.on, promised)}
            case "Extended":  # 42: ten more to decide; the promise stays
                owed["decide"] = (owed["decide"][0], 30)
            case "Granted":  # 44: ten days to hand over
                owed = {"deliver": (fact.on, 10)}
            case "PickupReminded" | "Kept":  # he has been told to fetch it: what is left is his to do
                owed = {}
            case "CorrectionAsked" | "Denied" | "Delivered" | "Refused" | "NotOurs" | "NotNeeded":
                owed = {}
            case "Withdrawn" | "CorrectionLapsed" | "Exempted" | "Filed":
                owed = {}
    out, since = stood_still(history)
    nothing = frozenset[date]()
    found = {name: days_after(*told, out if name in MOVED else nothing) for name, told in owed.items()}
    # A procedure that lasts has stopped what had not run out when it began.
    dated = {name: day for name, day in found.items() if not (name in MOVED and since and day > since)}
    by_law = [day for name, day in dated.items() if name != "promised"]
    return Owed(min(dated.values(), default=None), min(by_law, default=None), held=bool(found) and not dated)


MOVED = ("decide", "promised")


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
    ids |= {name: {"delivery": 1} for name in ("Dispatched", "CameBack", "ParcelSilent")}
    ids["HandedBack"] = {"officer": 1}
    ids["HandedOver"] = {"officer": 1, "to": 2, "handover": 1}
    ids["HostReplaced"] = {"procedure": 1, "host": 2}
    ids["ProcedureOverran"] = {"procedure": 1}
    ids["OverdueTakenBack"] = {"overdue": 1, "due": on}
    ids["ExtensionDeclined"] = {"extension": 1}
    ids["ExtensionAsked"] = {"extension": 1, "asked_days": 10}
    ids["Extended"] = {"extension": 1, "days": 10}
    ids["ProcedureBegun"] = {"procedure": 1, "kind": "鉴定", "planned_end": on}
    ids["ProcedureEnded"] = {"procedure": 1}
    ids |= {name: {"letter": 1} for name in ("LetterSent", "LetterCameBack")}
    ids |= {name: {"letter": 1, "reissue": 1} for name in ("LetterCorrectionAsked", "LetterCorrected")}
    ids["LetterCorrectionDeclined"] = {"reissue": 1}
    ids["LightTurned"] = {"light": "red", "term": "promised", "due": on}
    ids["OverdueCalled"] = {"overdue": 1, "term": "promised", "due": on}
    ids["OverdueExplained"] = {"overdue": 1, "answer": 1, "cause": "load", "expected": on}
    ids["OverdueSentBack"] = {"overdue": 1, "answer": 1}
    ids["OverdueSettled"] = {"overdue": 1, "answer": 1, "finding": "reasoned"}
    ids["Exempted"], ids["Filed"] = {"version": 1}, {"filing": 1}
    ids["FilingChecked"], ids["MachineGrantChecked"] = (
        {"filing": 1, "fits": True},
        {"judgement": 1, "right": True},
    )
    ids["JudgedAtOnce"] = {"judgement": 1, "version": 1, "mark": "", "granted": False, "inputs": ()}
    return FACTS[name](on=on, **ids.get(name, {}))


def possible(name: str, facts: list[Fact]) -> bool:
    """Whether the extension and the procedures so far allow such a fact: the table of stages cannot see it."""
    names = [fact.name for fact in facts]
    waits = names.count("ExtensionAsked") > names.count("ExtensionDeclined") + names.count("Extended")
    match name:
        case "ExtensionAsked":
            return not waits and "Extended" not in names
        case "Extended" | "ExtensionDeclined":
            return waits
        case "ProcedureBegun":
            return len(running(facts)) < len(KINDS)
        case "ProcedureEnded":
            return bool(running(facts))
        case "ProcedureProlonged":
            return bool(prolongable(facts))
        case "Granted" | "Denied":
            return not running(facts)
        case "SentUp" | "RenewalNamed" | "RenewedByLaw" | "RenewalReminded":
            return False  # of a case that is decided above, or of a licence that is to go on
    return True


def running(facts: list[Fact]) -> dict[int, str]:
    """The procedures that have not ended, by their numbers."""
    ended = {fact.procedure for fact in facts if fact.name == "ProcedureEnded"}
    begun = {fact.procedure: fact.kind for fact in facts if fact.name == "ProcedureBegun"}
    return {number: kind for number, kind in begun.items() if number not in ended}


def prolongable(facts: list[Fact]) -> list[int]:
    """The procedures that last and were not prolonged yet."""
    once = {fact.procedure for fact in facts if fact.name == "ProcedureProlonged"}
    return sorted(set(running(facts)) - once)


def of_procedure(draw: st.DrawFn, name: str, on: date, facts: list[Fact]) -> Fact:
    going = running(facts)
    if name == "ProcedureOverran":
        return one(name, on)
    if name == "ProcedureProlonged":
        return FACTS[name](on=on, procedure=draw(st.sampled_from(prolongable(facts))), planned_end=on)
    if name == "ProcedureEnded":
        return FACTS[name](on=on, procedure=draw(st.sampled_from(sorted(going))))
    number = 1 + sum(fact.name == "ProcedureBegun" for fact in facts)
    kind = draw(st.sampled_from([one for one in KINDS if one not in going.values()]))
    return FACTS[name](on=on, procedure=number, kind=kind, planned_end=on)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A life that the table of stages allows, within the years of which the calendar knows.

    Promises have a reckoning of their own in `test_promises`.
    """
    day = date(2025, 1, 2) + draw(st.integers(0, 500)) * ONE
    stage, facts = Stage.RECEIVED, [one("Received", day)]
    for _ in range(draw(st.integers(0, 14))):
        # Voidings are met in test_record.py: what holds of a history is a history without them.
        steps = sorted(
            name for at, name in NEXT if at == stage and name not in APART and possible(name, facts)
        )
        name = draw(st.sampled_from(steps))
        day += draw(st.integers(0, 9)) * ONE
        # 32 (4): silence accepts as of the day on which the papers came in.
        on = facts[0].on if name == "AcceptedBySilence" else day
        moves = name.startswith("Procedure")
        facts.append(of_procedure(draw, name, on, facts) if moves else one(name, on))
        stage = NEXT[stage, name]
    return facts


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(1, 20))
def test_a_reader_of_the_law_and_the_machine_find_the_same_days(history: list[Fact], promised: int) -> None:
    found: Standing = standing(history, law(promised))
    wanted = read(history, promised)
    assert (found.due_on, found.legal_due_on) == (wanted.due, wanted.legal)
    told = {"PickupReminded", "Kept"} & {fact.name for fact in history}
    assert found.held == ((found.stage is Stage.GRANTED and bool(told)) or wanted.held)


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(1, 20))
def test_yellow_begins_with_a_fifth_or_one_day_of_the_term_left(history: list[Fact], promised: int) -> None:
    """Yellow: from the first day after which no more than a fifth of the term, or one day, is left."""
    found = standing(history, law(promised))
    if found.due_on is None:
        assert found.yellow_on is None
        return
    dated = [state for state in found.running() if state.due]
    first = min(dated, key=lambda state: (state.due, state.term.legal))
    few = max(1, first.reckoning.days // 5)
    day = first.reckoning.start
    while len([d for d in _between(day, found.due_on) if counts(d)]) > few:
        day += ONE
    assert found.yellow_on == day


def _between(day: date, due: date) -> list[date]:
    return [day + n * ONE for n in range(1, (due - day).days + 1)]
