"""到期的草稿: which drafts has nobody gone on with for so long that they are thrown away (draft.keep_days)?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from onewindow.intake.acts.online import erase
from onewindow.intake.models import Application
from onewindow.places.reads import setting_here

BATCH = 100


def tick(at: datetime) -> int:
    """Throw away what was left lying; returns how many drafts."""
    before = at - timedelta(days=int(setting_here("draft.keep_days", 90)))
    old = Application.objects.filter(sealed_at__isnull=True, saved_at__lt=before)
    return sum(_throw_away(old, key) for key in old.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _throw_away(old: QuerySet[Application], key: int) -> bool:
    """Look once more with the row in hand: whoever has gone on or handed in since then keeps his draft."""
    still = old.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
    if still is None:
        return False
    erase(still)
    return True
