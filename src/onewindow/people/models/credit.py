"""失信记录: who broke which promise, and whether it was repaired."""

from __future__ import annotations

from django.db import models

from onewindow.journal.models import Subject
from onewindow.people.models.officers import Officer
from onewindow.people.models.parties import Party
from onewindow.places.models import Department


class Breach(models.Model):
    """失信记录: a promise that was not kept; until it is repaired no further promise is taken from this party."""

    class Kind(models.TextChoices):
        RONGQUE = "rongque", "容缺材料逾期未补齐"
        PROMISE = "promise", "告知承诺不实"

    county = models.CharField(max_length=12)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="breaches")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    # The case of which it speaks; its pages come later on the journey.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="breaches")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    at = models.DateTimeField()
    # 信用修复: who asked for it and why, and the second person who agreed.
    why = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    repaired_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    repaired_on = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    # The fact on which it rests was voided: the promise had been kept, and it never counted.
    voided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=models.Q(voided_on__isnull=True),
                name="breach_once_per_case",
            ),
            models.CheckConstraint(
                condition=models.Q(repaired_by__isnull=True) | ~models.Q(repaired_by=models.F("asked_by")),
                name="breach_repaired_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["department", "-id"],
                condition=models.Q(repaired_on__isnull=True),
                name="breach_open",
            )
        ]
