"""一项办理: what does the desk know of an act that it offers – its word, its power, its fact, its form, and where it fits?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onewindow.cases.law import delegated
from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.rules.stages import NEXT
from onewindow.web.forms import deeds as forms
from onewindow.web.views.case import performing


def _always(_: Whole) -> bool:
    return True


def _everybody(_: Case, __: Officer) -> bool:
    return True


@dataclass(frozen=True)
class Deed:
    """One act as the desk offers it: its word, its power, the fact it records, and its form."""

    key: str
    word: str
    grant: Grant
    fact: str
    perform: performing.Perform
    form: type[forms.DeedForm] = forms.DeedForm
    says: str = ""
    done: str = ""
    adverse: bool = False
    main: bool = False
    press: str = ""
    where: Callable[[Whole], bool] = _always
    judged: bool = False  # only when every material was judged
    card: str = ""  # offered beside its own card, and not in the bar
    to: Callable[[Case, Officer], bool] = _everybody  # beside his power: whether this case is given to him
    rare: bool = False  # under 更多 where there are more acts than a few
    answers: bool = False  # speaks for the department: at a window only where the department empowered it

    def open_for(self, officer: Officer, whole: Whole) -> bool:
        """Whether stage, power and what happened so far allow it."""
        allowed = not self.fact or (whole.now.stage, self.fact) in NEXT
        speaks = not self.answers or delegated(whole.case, officer)
        return (
            allowed
            and speaks
            and officer.may(self.grant, whole.case)
            and self.where(whole)
            and self.to(whole.case, officer)
        )
