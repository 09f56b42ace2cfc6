"""到期的草稿: which drafts has nobody gone on with for so long that they are thrown away (draft.keep_days)?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from onewindow.intake.acts.online import erase
from onewindow.intake.models import Application
from onewindow.places.reads import setting_here

BATCH = 100


def tick(at: datetime) -> int:
    """Throw away what was left lying; returns how many drafts."""
    before = at - timedelta(days=int(setting_here("draft.keep_days", 90)))
    old = Application.objects.filter(sealed_at__isnull=True, saved_at__lt=before).order_by("pk")[:BATCH]
    for application in old:
        with transaction.atomic():
            erase(application)
    return len(old)
