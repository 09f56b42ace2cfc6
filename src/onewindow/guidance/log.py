"""没有找到的: which words lead nowhere? Those who write everyday names read them; nothing about who typed is kept."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import F, QuerySet

from onewindow.guidance.models import Missed

LONGEST = 40
_NUMBERS = re.compile(r"\d{5,}")  # identity numbers and telephones are not kept


def missed(county: str, typed: str, at: datetime) -> None:
    """Somebody typed this and found nothing."""
    words = " ".join(typed.split())[:LONGEST]
    if len(words) < 2 or _NUMBERS.search(words):
        return
    row, made = Missed.objects.get_or_create(county=county, typed=words, defaults={"times": 1, "last_at": at})
    if not made:
        Missed.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=at)


def often_missed(county: str) -> QuerySet[Missed]:
    """What was asked for and never found, the most frequent first."""
    return Missed.objects.filter(county=county).order_by("-times", "-last_at")
