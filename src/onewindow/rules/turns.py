"""亮灯: which lights has a case still to turn, and on which day?

Each graver than the one before: yellow, the hint shortly before the due day, red on the day after; where the promise
ended before the law's own day, yellow and the hint once more before that; and the legal day passed. A light belongs to one due day of one term: when the day moves or another term comes first, all
of them are judged anew, and nothing that was turned is taken back. Whoever comes late turns only the gravest.
Beside them stands the step of the guide (环节): once its own last day has passed, whoever has it is told, one time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from onewindow.rules.clock import Reckoning
from onewindow.rules.facts import Fact
from onewindow.rules.facts_watch import LightTurned
from onewindow.rules.lights import yellow_on
from onewindow.rules.pack import Term
from onewindow.rules.step_terms import StepTerm
from onewindow.rules.workdays import ONE_DAY, Calendar


class Lit(StrEnum):
    """What is told when a light turns."""

    YELLOW = "yellow"
    HINT = "hint"
    STEP = "step"
    RED = "red"
    LEGAL = "legal"


LIT_WORDS: dict[Lit, str] = {
    Lit.YELLOW: "黄灯",
    Lit.HINT: "快到期",
    Lit.STEP: "环节超期",
    Lit.RED: "红灯，已超期",
    Lit.LEGAL: "红灯，超法定期限",
}
OVER = (Lit.RED, Lit.LEGAL)


class Running(Protocol):
    """A running term with its end."""

    @property
    def term(self) -> Term: ...
    @property
    def reckoning(self) -> Reckoning: ...


@dataclass(frozen=True)
class Turn:
    """One light of a case: from which day it shows, and of which term's due day it speaks."""

    lit: Lit
    on: date
    term: str
    due: date

    def fact(self) -> LightTurned:
        return LightTurned(on=self.on, light=self.lit.value, term=self.term, due=self.due)


def turns(
    first: Running,
    legal: Running | None,
    *,
    yellow: date,
    hint_days: int,
    calendar: Calendar,
    seen: Iterable[Fact],
    legal_yellow: date | None = None,
) -> tuple[Turn, ...]:
    """The lights that are still to turn, the earliest first; `seen` are the facts of the case so far.

    `first` is the term that ends first, `legal` the legal one that ends first; `yellow` is the first yellow day, and
    `legal_yellow` that of the legal term.
    """
    every = _every(first, legal, yellow, legal_yellow, hint_days, calendar)
    told = {(fact.light, fact.term, fact.due) for fact in seen if isinstance(fact, LightTurned)}
    done = [n for n, turn in enumerate(every) if (turn.lit.value, turn.term, turn.due) in told]
    return tuple(every[max(done, default=-1) + 1 :])


def step_turn(step: StepTerm, first_due: date, seen: Iterable[Fact]) -> Turn | None:
    """The step that is late before its case is; none once it was told, or the case itself is red."""
    if step.due >= first_due:
        return None
    turn = Turn(Lit.STEP, step.due + ONE_DAY, step.name, step.due)
    over = [one.value for one in OVER]
    for fact in seen:
        if isinstance(fact, LightTurned) and (
            (fact.term, fact.due) == (turn.term, turn.due) or (fact.light in over and fact.due == first_due)
        ):
            return None
    return turn


def with_step(left: tuple[Turn, ...], step: Turn | None) -> tuple[Turn, ...]:
    """The lights of the case and that of its step, the earliest first; on one day the graver comes last."""
    return tuple(sorted((step, *left), key=lambda turn: turn.on)) if step is not None else left


def to_turn(left: Iterable[Turn], today: date) -> Turn | None:
    """The gravest light that shows by `today` and was not told; the lesser ones before it are no news any more.

    A red one is never passed over for the yellow of the law's own day that comes after it.
    """
    shown = [turn for turn in left if turn.on <= today]
    red = [turn for turn in shown if turn.lit in OVER]
    found = red or shown
    return found[-1] if found else None


def _every(
    first: Running,
    legal: Running | None,
    yellow: date,
    legal_yellow: date | None,
    hint_days: int,
    calendar: Calendar,
) -> list[Turn]:
    due = first.reckoning.due
    if due is None:
        return []
    name = first.term.name
    every = [Turn(Lit.YELLOW, yellow, name, due)]
    hint = yellow_on(first.reckoning, 0, hint_days, calendar)
    if hint is not None and hint > yellow:  # on one day with yellow, yellow says it all
        every.append(Turn(Lit.HINT, hint, name, due))
    last = legal.reckoning.due if legal is not None else None
    if last != due:
        every.append(Turn(Lit.RED, due + ONE_DAY, name, due))
    if legal is not None and last is not None:
        if last != due:
            every += _before_legal(legal, last, legal_yellow, hint_days, calendar, after=due + ONE_DAY)
        every.append(Turn(Lit.LEGAL, last + ONE_DAY, legal.term.name, last))
    return every


def _before_legal(
    legal: Running, last: date, yellow: date | None, hint_days: int, calendar: Calendar, *, after: date
) -> list[Turn]:
    """Once the promise is broken the law's own day comes near; what falls on the days before says nothing new."""
    hint, name = yellow_on(legal.reckoning, 0, hint_days, calendar), legal.term.name
    found = [Turn(Lit.YELLOW, yellow, name, last)] if yellow is not None and yellow > after else []
    if hint is not None and hint > after and hint != yellow:
        found.append(Turn(Lit.HINT, hint, name, last))
    return found
