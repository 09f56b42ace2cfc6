"""限制申请的表: who may not apply for which licence again, until when, and on what it rests (行政许可法 78, 79)."""

from __future__ import annotations

from datetime import date

from django.db import models

from onewindow.journal.models import Subject
from onewindow.people.models.officers import Officer
from onewindow.people.models.parties import Party


class Block(models.Model):
    """警告和限制申请: of one person or firm for one licence; without `until` it is a warning alone."""

    class Ground(models.TextChoices):
        FALSE_PAPERS = "false_papers", "隐瞒有关情况或者提供虚假材料申请"
        FRAUD = "fraud", "以欺骗、贿赂等不正当手段取得"

    county = models.CharField(max_length=12)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="blocks")
    # The matter of the item, and that of the case on which it rests.
    item = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="blocks")
    item_name = models.CharField(max_length=300)
    ground = models.CharField(max_length=12, choices=Ground)
    facts = models.CharField(max_length=1000)
    decision = models.CharField(max_length=200)  # 依据的决定: kind and number
    decided_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lift_why = models.CharField(max_length=500, blank=True)
    lift_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lift_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="barred_once_per_case"),
            models.CheckConstraint(
                condition=models.Q(lifted_by__isnull=True) | ~models.Q(lifted_by=models.F("lift_by")),
                name="bar_lifted_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["party", "item"], condition=models.Q(lifted_at__isnull=True), name="block_in_force"
            )
        ]

    def in_force(self, on: date) -> bool:
        """Whether he may not apply on this day; it ends by itself."""
        return self.lifted_at is None and self.until is not None and on <= self.until
