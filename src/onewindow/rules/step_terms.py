"""环节的期限: by which day is the running step of the guide to be done, inside the term of the case?

The guide gives each step its days, together no more than what is promised. A step begins with the fact that hands the
case to it; what stops the promised term stops the step, and no step ends later than the case itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onewindow.rules.clock import Pause, Unit, reckon
from onewindow.rules.facts import Fact
from onewindow.rules.stages import Stage
from onewindow.rules.workdays import Calendar

STEP_WORDS: dict[str, str] = {"examiner": "审核", "head": "决定"}
_NAMED = "step:"
_ACCEPTED = ("Accepted", "AcceptedBySilence")
# Which role acts in which stage, and which facts hand the case to it.
_BEGINS: Mapping[Stage, tuple[str, tuple[str, ...]]] = {
    Stage.EXAMINING: ("examiner", (*_ACCEPTED, "ReviewSentBack")),
    Stage.DECIDING: ("head", (*_ACCEPTED, "Reviewed")),
}


@dataclass(frozen=True)
class StepTerm:
    """环节期限: which step runs, since when, for how many days and until when."""

    role: str
    start: date
    days: int
    due: date

    @property
    def word(self) -> str:
        return STEP_WORDS[self.role]

    @property
    def name(self) -> str:
        """As a light names it."""
        return f"{_NAMED}{self.role}"


def role_in(term: str) -> str:
    """Whose step a light speaks of; nothing where it speaks of a term of the case."""
    return term.removeprefix(_NAMED) if term.startswith(_NAMED) else ""


def running(
    stage: Stage,
    facts: Sequence[Fact],
    days: Mapping[str, int],
    *,
    unit: Unit,
    calendar: Calendar,
    pauses: tuple[Pause, ...] = (),
    last: date | None = None,
) -> StepTerm | None:
    """The step of a case in this stage; none when the guide gives it no days, or while its days stand still."""
    role, begins = _BEGINS.get(stage, ("", ()))
    if not days.get(role):
        return None
    start = next((fact.on for fact in reversed(facts) if fact.name in begins), None)
    if start is None:
        return None
    due = reckon(start, days[role], unit, calendar, pauses).due
    if due is None:
        return None
    return StepTerm(role, start, days[role], min(due, last) if last else due)
