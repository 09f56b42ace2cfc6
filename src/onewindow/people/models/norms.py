"""签收的表: who acknowledged which version of a written rule, for which unit, in which post?"""

from __future__ import annotations

from django.db import models

from onewindow.people.models.officers import Officer, Post
from onewindow.places.models import NormUnit


class NormReceipt(models.Model):
    """签收: one person has read it, for one unit to which it is addressed."""

    unit = models.ForeignKey(NormUnit, on_delete=models.PROTECT, related_name="receipts")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="norm_receipts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "officer"], name="norm_acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.officer}（{self.post}）"
