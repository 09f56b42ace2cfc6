"""The days counted a second time, one by one and straight from the notices in their files, sharing nothing with `rules`.

The slow way crosses off days on a calendar as a clerk with a pencil would; the clock has tables. Both have to agree, on
every worked example, on every life that the table of stages allows, and whatever pauses there are.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.packs import load
from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.rehearsal import SILENCE, TELLABLE, History, Limit, of_example, rehearse
from onewindow.rules import promises
from onewindow.rules.clock import Pause, Reckoning, prove, reckon
from onewindow.rules.pack import Example, Kind, Pack, Step
from onewindow.rules.stages import NEXT, Stage
from onewindow.rules.workdays import Calendar
from tests.packs.reckon import DAY, PACKS, is_worked

CALENDAR = Calendar(tuple(load_calendar(PACKS).values()))
LOADED = [load(path.parent.name, PACKS) for path in sorted(PACKS.glob("*/pack.toml"))]
WORKED = [(pack, one) for pack in LOADED for one in pack.examples if one.pack == pack.id]
LUOSHAN = next(pack for pack in LOADED if pack.id == "luoshan")

starts = st.dates(date(2024, 1, 2), date(2026, 12, 31))
lengths = st.integers(1, 60)
units = st.sampled_from(["working", "calendar"])
spans = st.lists(st.tuples(st.integers(-5, 80), st.integers(0, 40)), max_size=3)


def crossed_off(start: date, days: int, unit: str, pauses: tuple[Pause, ...] = ()) -> list[tuple[date, bool]]:
    """Every day after the start with whether it counted, up to the last day of the term."""
    sheet: list[tuple[date, bool]] = []
    day = start
    while days:
        day += DAY
        still = any(pause.start < day and pause.end is not None and day <= pause.end for pause in pauses)
        counts = not still and (unit == "calendar" or is_worked(day))
        days -= counts
        sheet.append((day, counts))
    while unit == "calendar" and not is_worked(day):  # 民法典 203
        day += DAY
        sheet.append((day, False))
    return sheet


def paused(start: date, given: list[tuple[int, int]]) -> tuple[Pause, ...]:
    return tuple(
        Pause(start + after * DAY, start + (after + long) * DAY, "专家评审") for after, long in given
    )


def proved(reckoning: Reckoning) -> list[tuple[date, bool]]:
    """The days of the proof; a line that tells of an extension is no day."""
    lines = prove(reckoning, CALENDAR)[1:]
    return [(line.on, line.counted) for line in lines if getattr(line, "kind", "day") != "extension"]


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_each_day_of_each_worked_example_is_counted_alike(pack: Pack, example: Example) -> None:
    found = rehearse(of_example(example), pack, CALENDAR)
    assert found.now.terms
    for state in found.now.terms:
        told = state.reckoning
        if told.due is None:  # it stands still, and nobody can know its last day
            assert any(pause.end is None for pause in told.pauses)
            continue
        assert proved(told) == crossed_off(told.start, told.days, told.unit, told.pauses)


@settings(max_examples=400)
@given(starts, lengths, units, spans)
def test_whatever_the_pauses_both_ways_end_on_the_same_day(
    start: date, days: int, unit: str, given: list[tuple[int, int]]
) -> None:
    pauses = paused(start, given)
    found = reckon(start, days, unit, CALENDAR, pauses)  # type: ignore[arg-type]
    sheet = crossed_off(start, days, unit, pauses)
    assert found.due == sheet[-1][0]


@settings(max_examples=300)
@given(starts, lengths, spans)
def test_the_proof_counts_the_very_days_that_were_crossed_off(
    start: date, days: int, given: list[tuple[int, int]]
) -> None:
    pauses = paused(start, given)
    assert proved(reckon(start, days, "working", CALENDAR, pauses)) == crossed_off(
        start, days, "working", pauses
    )


@settings(max_examples=300)
@given(starts, lengths, units, spans, st.tuples(st.integers(-5, 80), st.integers(0, 40)))
def test_one_pause_more_never_shortens_and_the_order_of_pauses_does_not_matter(
    start: date, days: int, unit: str, given: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    fewer = reckon(start, days, unit, CALENDAR, paused(start, given))  # type: ignore[arg-type]
    longer = reckon(start, days, unit, CALENDAR, paused(start, [*given, more]))  # type: ignore[arg-type]
    turned = reckon(start, days, unit, CALENDAR, paused(start, [more, *reversed(given)]))  # type: ignore[arg-type]
    assert fewer.due is not None
    assert longer.due is not None
    assert fewer.due <= longer.due == turned.due


@settings(max_examples=200)
@given(starts, lengths, st.integers(0, 40), st.integers(0, 40), st.integers(0, 20))
def test_a_pause_that_ends_later_never_ends_the_term_earlier(
    start: date, days: int, after: int, long: int, later: int
) -> None:
    one, other = (
        reckon(start, days, "working", CALENDAR, paused(start, [(after, span)]))
        for span in (long, long + later)
    )
    assert one.due is not None
    assert other.due is not None
    assert one.due <= other.due


@settings(max_examples=200)
@given(starts, lengths, units)
def test_who_begins_a_day_later_never_has_to_be_done_earlier(start: date, days: int, unit: str) -> None:
    one, other = (reckon(day, days, unit, CALENDAR).due for day in (start, start + DAY))  # type: ignore[arg-type]
    assert one is not None
    assert other is not None
    assert one <= other


BEGINS = {
    "Received": ("accept",),
    "CorrectionAsked": ("answer_correction",),
    "CorrectionReceived": ("check_correction",),
    "Accepted": ("decide", "promised"),
    "ExplanationAsked": ("answer_explanation",),
    "Granted": ("deliver",),
}
ANSWERS = ("CorrectionAsked", "Accepted", "Refused", "NotOurs", "NotNeeded", "Exempted", "Filed", "Withdrawn")


@dataclass
class Pencil:
    """A life written down by hand: its facts, and the dates worked out beside them."""

    kind: Kind
    promised: int
    steps: list[Step] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)
    stage: Stage = Stage.NEW
    answered: bool = False

    def happens(self, fact: str, on: date) -> None:
        self.stage = NEXT[self.stage, fact]
        self.steps.append(Step(fact, on))
        self.answered |= fact in ANSWERS
        self.reckon(fact, on)

    def reckon(self, fact: str, on: date) -> None:
        first = self.steps[0].on
        for name in BEGINS.get(fact, ()):
            term = LUOSHAN.term(name, self.kind, first)
            days = term.days_for(None, self.promised) if term else None
            if days:
                self.dates[f"{name}_due"] = crossed_off(on, days, "working")[-1][0]

    def silent(self, on: date | None) -> None:
        """行政许可法 32(四): five days without a word, and it is accepted from the day of receipt."""
        last = self.dates["accept_due"]
        if self.answered or self.kind is not Kind.LICENCE or (on is not None and on <= last):
            return
        self.answered, self.stage = True, Stage.EXAMINING
        received = self.steps[0].on
        self.dates |= {"deemed_on": last + DAY, "accepted_as_of": received}
        self.reckon("Accepted", received)


@st.composite
def lives(draw: st.DrawFn) -> Pencil:
    """Any life that the table of stages allows, of a licence or of something else."""
    day = draw(st.dates(date(2024, 1, 2), date(2026, 9, 30)))
    told = Pencil(draw(st.sampled_from([Kind.LICENCE, Kind.OTHER])), draw(st.integers(1, 20)))
    told.happens("Received", day)
    for _ in range(draw(st.integers(0, 12))):
        day += draw(st.integers(0, 6)) * DAY
        told.silent(day)
        can = sorted(name for stage, name in NEXT if stage is told.stage and name in PLAIN)
        told.happens(draw(st.sampled_from(can)), day)
    told.silent(None)
    return told


# Extensions, special procedures and promises move days by what is told of them; they have examples of their own.
PLAIN = (
    frozenset(TELLABLE)
    - promises.NAMES
    - {SILENCE, "ExtensionAsked", "ExtensionDeclined", "Extended"}
    - {
        "ProcedureBegun",
        "ProcedureEnded",
    }
    # What belongs to a case that is decided above, or to a licence that is to go on.
    - {"SentUp", "RenewalNamed", "RenewedByLaw", "RenewalReminded"}
)


@settings(max_examples=300)
@given(lives())
def test_every_life_has_the_dates_that_a_pencil_finds(told: Pencil) -> None:
    asked = History(told.kind, tuple(told.steps), promised=Limit(told.promised))
    found = rehearse(asked, LUOSHAN, CALENDAR)
    assert found.now.stage is told.stage
    assert found.dates() == told.dates


@settings(max_examples=150)
@given(lives(), st.randoms(use_true_random=False))
def test_a_life_asked_about_on_any_day_has_the_dates_of_what_had_happened(
    told: Pencil, random: object
) -> None:
    day = told.steps[0].on + random.randint(0, 60) * DAY  # type: ignore[attr-defined]
    asked = History(told.kind, tuple(told.steps), promised=Limit(told.promised), day=day)
    found = rehearse(asked, LUOSHAN, CALENDAR)
    until = History(
        told.kind, tuple(s for s in told.steps if s.on <= day), promised=Limit(told.promised), day=day
    )
    assert found.dates() == rehearse(until, LUOSHAN, CALENDAR).dates()
    assert len(found.passed) - ("deemed_on" in found.dates()) + len(found.ahead) == len(told.steps)
