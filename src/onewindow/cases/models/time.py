"""动了日子的: what moves the days of an accepted case."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.voidable import Voidable
from onewindow.people.models import Officer


class Extension(Voidable):
    """延长: the examiner cannot decide in time; the head of the organ approves so many days more, once, or does not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    own = models.BooleanField(default=False)  # by the item's own law, not by the general one
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=(models.Q(approved__isnull=True) | models.Q(approved=True))
                & models.Q(voided=False),
                name="extension_once",
            )
        ]
        # What waits for the heads.
        indexes = [
            models.Index(fields=["id"], condition=models.Q(approved__isnull=True), name="extension_waiting")
        ]


class Procedure(Voidable):
    """特别程序: one that the item's guide lists, from its written notice to its result."""

    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        CALLED_OFF = "called_off", "没有进行"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="procedures")
    kind = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)
    limit_days = models.PositiveSmallIntegerField(default=0)  # 0: the guide leaves it to the notice
    parties = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500)
    begun_on = models.DateField()
    planned_end = models.DateField()
    # Prolonged once by a second notice: the end that was told first, why, and who did it.
    first_end = models.DateField(null=True, blank=True)
    prolonged_why = models.CharField(max_length=500, blank=True)
    prolonged_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prolonged_on = models.DateField(null=True, blank=True)
    # When everybody was told that its planned end is past.
    overran_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # Of a hearing (行政许可法 46–48): when the right was told and used, none when the organ holds it by
    # itself; on which day it is held, who leads it, whether its record is signed.
    told_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    host = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    result = models.TextField(blank=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(ended_on__isnull=True, voided=False),
                name="procedure_once_at_a_time",
            )
        ]
        # The supervisor's list of those that last longer than was told.
        indexes = [
            models.Index(
                fields=["planned_end", "id"],
                condition=models.Q(ended_on__isnull=True),
                name="procedure_running",
            )
        ]
