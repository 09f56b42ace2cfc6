"""超清单索要: who demanded more than guide and law allow? Written down after the refusal, for the supervisor."""

from __future__ import annotations

from datetime import datetime

from onewindow.journal.write import log_access
from onewindow.people.models import Officer
from onewindow.rules.grants import NotAllowed, Overreach

OVERREACH = "overreach"


def note(refusal: NotAllowed, *, by: object, at: datetime, number: str) -> None:
    """A line of the access log, outside the act that was refused and so took everything back."""
    if isinstance(refusal, Overreach) and isinstance(by, Officer):
        log_access(by.county, by=by, at=at, what=OVERREACH, about=number, reason=str(refusal))
