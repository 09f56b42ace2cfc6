"""结果的表: what was decided, and how it left the house."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.ground.voidable import Voidable
from onewindow.people.models import Officer
from onewindow.places.models import Window


class Decision(models.Model):
    """决定: granted or denied, in writing; a denial has its grounds and basis.

    A case has one that holds; one that was voided before it was served hangs on its case by `voided_of` alone.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    voided_of = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="voided_decisions"
    )
    granted = models.BooleanField()
    text = models.TextField()
    # What was looked at where nobody examines before the decision; like those of an opinion.
    points = models.JSONField(default=list)
    grounds = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    result_number = models.CharField(max_length=50, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    # The organ above that decided, when it was not our own department (上报件).
    organ = models.CharField(max_length=100, blank=True)
    # None where the law itself decided: 视为准予延续; or where the decision table granted.
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    # 撤销: since when it does not hold any more, although it was served; never of a voided one.
    revoked_on = models.DateField(null=True, blank=True)
    # When its holder was told that it runs out.
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=True) ^ models.Q(voided_of__isnull=True),
                name="decision_holds_or_is_voided",
            )
        ]
        indexes = [
            models.Index(fields=["granted", "-on", "-id"]),
            # What time looks for: licences that run out and whose holders were not told.
            models.Index(
                fields=["valid_until"],
                condition=models.Q(granted=True, valid_until__isnull=False, reminded_on__isnull=True),
                name="decision_runs_out",
            ),
        ]


class Delivery(Voidable):
    """送达: how a result or originals left the house, who took them and what he signed."""

    class Way(models.TextChoices):
        COUNTER = "counter", "窗口领取"
        COURIER = "courier", "邮寄"
        DOWNLOAD = "download", "网上下载"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    what = models.CharField(max_length=10, default="result")
    way = models.CharField(max_length=10, choices=Way)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True)
    taker_name = models.CharField(max_length=60, blank=True)
    taker_paper_kind = models.CharField(max_length=20, blank=True)
    taker_paper = EncryptedText(blank=True, default="")
    taker_relation = models.CharField(max_length=40, blank=True)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    signed = models.BooleanField(default=False)
    tracking = models.CharField(max_length=40, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    came_back_on = models.DateField(null=True, blank=True)
    why_back = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
