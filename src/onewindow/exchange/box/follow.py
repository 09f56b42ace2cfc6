"""大厅本机的反应: what follows at the county from a receipt that was written while it could not be reached?"""

from __future__ import annotations

from django.conf import settings

from onewindow.cases.acts.offline import make_case
from onewindow.cases.models import OfflineReceipt
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.rules.grants import SYSTEM


def case_of_receipt(entry: Entry) -> None:
    """The case, or the reason why somebody has to look; on the machine itself nothing follows."""
    if settings.BOX:
        return
    receipt = OfflineReceipt.objects.get(subject=entry.subject_id)
    if receipt.heard_at is not None:
        make_case(receipt, by=SYSTEM, at=receipt.heard_at.astimezone(SHANGHAI))
