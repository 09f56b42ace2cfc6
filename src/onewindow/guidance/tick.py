"""到点了: of which questions does the day of the answer come, or has it passed? Told once each, safe to run at any time."""

from __future__ import annotations

from datetime import datetime

from onewindow.guidance.acts import remind
from onewindow.guidance.asking import due_to_tell
from onewindow.rules.grants import SYSTEM

MOST = 1000


def tick(at: datetime) -> int:
    """Remind whoever has them."""
    return sum(remind(one, by=SYSTEM, at=at) for one in due_to_tell(at.date())[:MOST])
