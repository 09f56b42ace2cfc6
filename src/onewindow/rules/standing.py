"""现状: given the facts of a case, where does it stand and which terms run?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from onewindow.rules import fees, lights, promises, special, stages, step_terms, third
from onewindow.rules.clock import Reckoning, Unit, reckon
from onewindow.rules.facts import Fact
from onewindow.rules.kinds_of_case import CaseKind, kind_after, refuse_strange
from onewindow.rules.pack import Term
from onewindow.rules.record import effective
from onewindow.rules.stages import Stage
from onewindow.rules.step_terms import StepTerm
from onewindow.rules.turns import Turn, step_turn, turns, with_step
from onewindow.rules.wakes import wakes_on
from onewindow.rules.workdays import Calendar


@dataclass(frozen=True)
class CaseLaw:
    """What the clock is told about one case: the terms that apply to it, the calendar, and when yellow begins.

    `terms` are those of the pack for the item's kind, with the item's own legal and promised days put in;
    `yellow_percent` is the share of a term (0–100) and `yellow_days` the working days left that turn it yellow;
    `hint_days` working days before its end the office is reminded once more. `pickup_days` calendar days lie between
    two reminders to fetch a result; after `parcel_days` of them somebody asks after a parcel.
    """

    terms: tuple[Term, ...]
    calendar: Calendar
    yellow_percent: int = 0
    yellow_days: int = 1
    hint_days: int = 1
    pickup_days: int = 0
    parcel_days: int = 0
    steps: Mapping[str, int] = field(default_factory=dict)  # the days of each step of the guide
    step_unit: Unit = "working"
    kind: CaseKind = CaseKind.PROMISED  # as the guide plans it
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
    step: StepTerm | None = None
    planned: CaseKind = CaseKind.PROMISED

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
        # What was revoked before it was handed out ended with that; afterwards the case had long been closed.
        return self.day_of(*ending, "Exempted", "Filed") or self.day_of("Revoked")

    @property
    def kind(self) -> CaseKind:
        """即办件, 承诺件 …, and 退办件 once it was refused."""
        return kind_after(self.planned, self.seen)

    @property
    def turns_on(self) -> date | None:
        """The next day on which a light turns that nobody was told of."""
        return self.turns[0].on if self.turns else None

    def running(self) -> tuple[TermState, ...]:
        return tuple(state for state in self.terms if state.running)


def standing(history: Iterable[Fact], law: CaseLaw) -> Standing:
    """The stage and the terms after what holds of `history`; refuses one that `rules.stages` does not allow."""
    facts = effective(history)
    stage = Stage.NEW
    for fact in facts:
        stage = follow(stage, fact)
    refuse_strange(law.kind, facts)
    marks = special.marks(facts)
    if marks:
        special.refuse_impossible(facts)
    if fees.marks(facts):
        fees.refuse_impossible(facts)
    if third.marks(facts):
        third.refuse_impossible(facts, law.calendar)
    if promises.marks(facts):
        promises.refuse_impossible(facts)
    states = tuple(state for term in law.terms if (state := _state(term, facts, law, marks)) is not None)
    return _index(stage, states, facts, law)


def follow(stage: Stage, fact: Fact) -> Stage:
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
        return Standing(stage, states, facts, planned=law.kind)
    wakes = wakes_on(stage, facts, law.pickup_days, law.parcel_days)
    running = [state for state in states if state.owed_by_office]
    dated = sorted((s for s in running if s.due), key=lambda s: (s.due, s.term.legal))
    rests = any(state.running and state.rests_since is not None for state in states)
    held = (
        bool(running) or rests
    ) and not dated  # nothing is due of the office: a pause, or the other's turn
    if not dated:
        return Standing(stage, states, facts, held=held, wakes_on=wakes, planned=law.kind)
    first = dated[0]
    legal = next((s for s in dated if s.term.legal), None)
    yellow = lights.yellow_on(first.reckoning, law.yellow_percent, law.yellow_days, law.calendar)
    step = _step(stage, states, facts, law, first.due) if law.steps else None
    late = step_turn(step, first.due, facts) if step and first.due else None
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
        turns=with_step(_turns(first, legal, yellow, facts, law), late),
        step=step,
        planned=law.kind,
    )


def _step(
    stage: Stage, states: tuple[TermState, ...], facts: tuple[Fact, ...], law: CaseLaw, last: date | None
) -> StepTerm | None:
    """The running step of the guide; it stands still with the promised term."""
    promised = next((state for state in states if state.term.name == "promised" and state.running), None)
    pauses = promised.reckoning.pauses if promised else ()
    told = {"unit": law.step_unit, "calendar": law.calendar}
    return step_terms.running(stage, facts, law.steps, **told, pauses=pauses, last=last)  # type: ignore[arg-type]


def _turns(
    first: TermState, legal: TermState | None, yellow: date | None, facts: tuple[Fact, ...], law: CaseLaw
) -> tuple[Turn, ...]:
    if yellow is None:
        return ()
    near = None
    if legal is not None and legal is not first:
        near = lights.yellow_on(legal.reckoning, law.yellow_percent, law.yellow_days, law.calendar)
    return turns(
        first,
        legal,
        yellow=yellow,
        legal_yellow=near,
        hint_days=law.hint_days,
        calendar=law.calendar,
        seen=facts,
    )
