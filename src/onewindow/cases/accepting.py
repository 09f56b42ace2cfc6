"""受理本身: what is written when an application is accepted, once it is settled who may, and since which day does it hold?"""

from __future__ import annotations

from datetime import date, datetime

from onewindow.cases.write import Held
from onewindow.rules.facts import Accepted
from onewindow.rules.grants import Actor


def write_acceptance(
    held: Held, *, by: Actor, at: datetime, one_step: bool, chief: int, lacking: tuple[int, ...] = ()
) -> None:
    """The acceptance itself, on the day that the pack gives it (`since`)."""
    fact = Accepted(on=since(held, at), lacking=lacking, one_step=one_step, chief=chief)
    held.record(fact, by=by, at=at, by_rule=True)


def since(held: Held, at: datetime) -> date:
    """From which day the acceptance holds: the day on which it is given, or with 收件即受理 the day of the papers.

    Receipt does not mean complete: what lacked is told once, and the days run from the receipt of what was asked for.
    """
    if not held.pack.holds("intake.receipt_is_acceptance", held.case.version.kind):
        return at.date()
    return held.now.day_of("Received", "CorrectionReceived") or at.date()
