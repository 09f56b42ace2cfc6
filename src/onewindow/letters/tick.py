"""印章到日启用: which confirmed seals begin today?"""

from __future__ import annotations

from datetime import datetime

from onewindow.letters.acts import begin_seal
from onewindow.letters.models import Seal
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> None:
    """Put every seal into force whose day has come."""
    waiting = Seal.objects.filter(
        confirmed_at__isnull=False, begun_at__isnull=True, ended_at__isnull=True, end_asked_at__isnull=True
    )
    for seal in waiting.filter(in_force_from__lte=at.date()):
        begin_seal(seal, by=SYSTEM, at=at)
