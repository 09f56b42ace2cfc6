"""到点了: which answers to programs need not be kept any longer?"""

from __future__ import annotations

from datetime import datetime, timedelta

from onewindow.people.models import ApiAnswer

KEPT = timedelta(days=7)


def tick(at: datetime) -> int:
    """Throw away what was answered more than a week ago; a key may then be used again."""
    return ApiAnswer.objects.filter(at__lt=at - KEPT).delete()[0]
