"""离线收件的表: which receipt numbers are a machine's own, what was taken in on them, and what became of it?"""

from __future__ import annotations

import uuid

from django.db import models

from onewindow.box.models import Box
from onewindow.cases.models.case import Case
from onewindow.catalogue.models import ItemVersion
from onewindow.ground.fields import EncryptedJSON
from onewindow.hall.models import Visit
from onewindow.journal.models import Subject
from onewindow.people.models import Officer
from onewindow.places.models import Window


class ReceiptBlock(models.Model):
    """预留编号: from which to which number of the county's one series of receipts."""

    county = models.CharField(max_length=12)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="blocks")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reserved_by = models.CharField(max_length=40)
    reserved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "first"], name="receipt_block_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="receipt_block_has_numbers"
            ),
        ]
        ordering = ["first"]


class OfflineReceipt(models.Model):
    """离线收件: who handed in what for which item, on which numbered receipt, at which moment, to whom."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="offline_receipt")
    number = models.CharField(max_length=12)
    # The key of the page: sent twice, it is one receipt; and the key of the application that comes of it.
    once = models.UUIDField(default=uuid.uuid4, unique=True)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="receipts")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, db_index=False, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    taken_at = models.DateTimeField()
    # Name, kind and number of the paper, telephone; what was filled in; the codes of the papers that came.
    person = EncryptedJSON(default=dict)
    form = EncryptedJSON(default=dict)
    papers = models.JSONField(default=list)
    # At the county: when it was heard, and what became of it.
    heard_at = models.DateTimeField(null=True, blank=True)
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="offline_receipt"
    )
    why = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="offline_receipt_once")]
        indexes = [
            models.Index(fields=["box", "-taken_at"], name="receipt_of_box"),
            models.Index(
                fields=["county"],
                condition=~models.Q(why="") & models.Q(settled_at__isnull=True),
                name="receipt_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def hall_id(self) -> int:
        """Whose counter took it in."""
        return self.box.hall_id

    @property
    def name(self) -> str:
        return str(self.person.get("name", ""))
