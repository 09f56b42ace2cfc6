"""现在: what time is it? Only screens, the command line and the tick may ask; acts are told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment in Shanghai."""
    return timezone.now().astimezone(SHANGHAI)


def today() -> date:
    """Today in Shanghai."""
    return now().date()
