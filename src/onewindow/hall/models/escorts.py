"""谁陪他的表: which guide goes with a visitor from his number on.

It stands beside the numbers, because whoever needs somebody gets him in the act that gives the number.
"""

from __future__ import annotations

from django.db import models

from onewindow.hall.models.tickets import Ticket, Visit
from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.rules.guiding import ENDS


class Escort(models.Model):
    """全程协助: who goes with a visitor, what they did together, and how it ended."""

    county = models.CharField(max_length=12)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="escorts")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="escorts")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, db_index=False, related_name="escorts")
    # Nobody while no guide is in the hall: then it stands first on everybody's list.
    helper = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="escorts"
    )
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=40)
    # When, what, and the code of who did it.
    steps = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, blank=True, choices=list(ENDS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=models.Q(ended_at__isnull=True), name="escort_open_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["hall", "begun_at"], condition=models.Q(ended_at__isnull=True), name="escort_open"
            )
        ]
