"""现状: given the facts of a case, where does it stand and which terms run?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from onewindow.rules import lights, promises, special, stages
from onewindow.rules.clock import Reckoning, Unit, reckon
from onewindow.rules.facts import Fact
from onewindow.rules.pack import Term
from onewindow.rules.stages import Stage
from onewindow.rules.turns import Turn, turns
from onewindow.rules.wakes import wakes_on
from onewindow.rules.workdays import Calendar


@dataclass(frozen=True)
class CaseLaw:
    """What the clock is told about one case: the terms that apply to it, the calendar, and when yellow begins.

    `terms` are those of the pack for the item's kind, with the item's own legal and promised days put in;
    `yellow_percent` is the share of a term (0–100) and `yellow_days` the working days left that turn it yellow;
    `hint_days` working days before its end the office is reminded once more. `pickup_days` calendar days lie between
    two reminders to fetch a result.
    """

    terms: tuple[Term, ...]
    calendar: Calendar
    yellow_percent: int = 0
    yellow_days: int = 1
    hint_days: int = 1
    pickup_days: int = 0
    # Whether the promised term waits for papers that may follow (容缺受理); the legal one never does.
    waits_for_papers: bool = False


@dataclass(frozen=True)
class TermState:
    """One term of a case: since when it runs, when it ends, whether it still runs, and since when it is the other's turn."""

    term: Term
    reckoning: Reckoning
    ended: date | None
    rests_since: date | None = None

    @property
    def due(self) -> date | None:
        return self.reckoning.due

    @property
    def running(self) -> bool:
        return self.ended is None

    @property
    def late(self) -> bool:
        """Whether what ended it, or made it the other's turn, came after its last day."""
        done = min((day for day in (self.ended, self.rests_since) if day), default=None)
        return done is not None and self.due is not None and done > self.due

    @property
    def owed_by_office(self) -> bool:
        """Whether it still runs and the office is the one who must do something."""
        return self.running and self.rests_since is None and self.term.owed_by == "office"


@dataclass(frozen=True)
class Standing:
    """Where a case stands after its facts."""

    stage: Stage
    terms: tuple[TermState, ...] = ()
    seen: tuple[Fact, ...] = field(default=(), repr=False)
    due_on: date | None = None
    legal_due_on: date | None = None
    yellow_on: date | None = None
    provisional: bool = False
    held: bool = False
    wakes_on: date | None = None
    turns: tuple[Turn, ...] = ()

    def day_of(self, *names: str) -> date | None:
        """The day of the latest fact with one of these names."""
        return next((fact.on for fact in reversed(self.seen) if fact.name in names), None)

    def seen_last_ending(self) -> date | None:
        """The day of the fact that ended the case; service and returns of originals may follow it."""
        ending = (
            "Delivered",
            "Refused",
            "NotOurs",
            "NotNeeded",
            "CorrectionLapsed",
            "Withdrawn",
            "DeemedWithdrawn",
        )
        return self.day_of(*ending)

    @property
    def turns_on(self) -> date | None:
        """The next day on which a light turns that nobody was told of."""
        return self.turns[0].on if self.turns else None

    def running(self) -> tuple[TermState, ...]:
        return tuple(state for state in self.terms if state.running)


def standing(history: Iterable[Fact], law: CaseLaw) -> Standing:
    """The stage and the terms after `history`; refuses a history that `rules.stages` does not allow."""
    facts = tuple(history)
    stage = Stage.NEW
    for fact in facts:
        stage = _next(stage, fact)
    marks = special.marks(facts)
    if marks:
        special.refuse_impossible(facts)
    if promises.marks(facts):
        promises.refuse_impossible(facts)
    states = tuple(state for term in law.terms if (state := _state(term, facts, law, marks)) is not None)
    return _index(stage, states, facts, law)


def _next(stage: Stage, fact: Fact) -> Stage:
    """What comes after a fact; an item of one step waits for its decision as soon as it is accepted."""
    after = stages.after(stage, fact.name)
    return Stage.DECIDING if after is Stage.EXAMINING and getattr(fact, "one_step", False) else after


def term_of(law: CaseLaw, name: str) -> Term | None:
    """The term called `name`, when it applies to this case."""
    return next((term for term in law.terms if term.name == name), None)


def _state(term: Term, facts: tuple[Fact, ...], law: CaseLaw, marks: tuple[Fact, ...]) -> TermState | None:
    begins = [index for index, fact in enumerate(facts) if fact.name in term.runs_from]
    if not begins:
        return None
    begin = begins[-1]
    since = facts[begin + 1 :]
    ended = next((fact.on for fact in since if fact.name in term.ends_with), None)
    rests = next((f.on for f in since if f.name in term.rests_after and not promises.leaves_owed(f)), None)
    days = promises.days_of(term, facts[begin])
    if days is None:
        return None
    unit: Unit = "calendar" if term.unit == "calendar" else "working"
    pauses = special.pauses(term, marks, ended) if marks else ()
    if law.waits_for_papers:
        pauses = (*pauses, *promises.pauses(term, facts, ended))
    longer = special.extension(term, marks) if marks else None
    reckoning = reckon(facts[begin].on, days, unit, law.calendar, pauses, longer)
    return TermState(term, reckoning, ended, rests)


def _index(stage: Stage, states: tuple[TermState, ...], facts: tuple[Fact, ...], law: CaseLaw) -> Standing:
    if stage not in stages.OPEN:
        return Standing(stage, states, facts)
    wakes = wakes_on(stage, facts, law.pickup_days)
    running = [state for state in states if state.owed_by_office]
    dated = sorted((s for s in running if s.due), key=lambda s: (s.due, s.term.legal))
    rests = any(state.running and state.rests_since is not None for state in states)
    held = (
        bool(running) or rests
    ) and not dated  # nothing is due of the office: a pause, or the other's turn
    if not dated:
        return Standing(stage, states, facts, held=held, wakes_on=wakes)
    first = dated[0]
    legal = next((s for s in dated if s.term.legal), None)
    yellow = lights.yellow_on(first.reckoning, law.yellow_percent, law.yellow_days, law.calendar)
    return Standing(
        stage,
        states,
        facts,
        due_on=first.due,
        legal_due_on=legal.due if legal else None,
        yellow_on=yellow,
        provisional=first.reckoning.provisional,
        held=held,
        wakes_on=wakes,
        turns=_turns(first, legal, yellow, facts, law),
    )


def _turns(
    first: TermState, legal: TermState | None, yellow: date | None, facts: tuple[Fact, ...], law: CaseLaw
) -> tuple[Turn, ...]:
    if yellow is None:
        return ()
    return turns(first, legal, yellow=yellow, hint_days=law.hint_days, calendar=law.calendar, seen=facts)
