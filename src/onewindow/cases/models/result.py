"""结果的表: what was decided, and how it left the house."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.people.models import Officer
from onewindow.places.models import Window


class Decision(models.Model):
    """决定: granted or denied, in writing; a denial has its grounds and basis."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
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
    # Nobody, where the decision table granted.
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["granted", "-on", "-id"])]


class Delivery(models.Model):
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
