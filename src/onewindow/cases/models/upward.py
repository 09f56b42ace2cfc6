"""上报和延续: what was sent to the organ above, how it was asked after, and which licence is to go on."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.cases.models.result import Decision
from onewindow.ground.voidable import Voidable
from onewindow.people.models import Officer


class Report(models.Model):
    """转报: the opinion of the first look and what went up with it; the number and the answer from above come later."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="report")
    organ = models.CharField(max_length=100)  # the organ above, as the guide names it
    opinion = models.TextField()
    sent = models.JSONField(default=list)  # the names of the papers that went up
    sent_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=0)  # what the guide gives to the organ above
    number_above = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Contact(models.Model):
    """与上级联系: when, with whom there, and what was said."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    whom = models.CharField(max_length=100)
    said = models.CharField(max_length=500)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Renewal(Voidable):
    """延续: the licence that is to go on; `in_time`: applied for as early as the law asks. One named by mistake is marked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="renewals")
    licence = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    number = models.CharField(max_length=60)
    expires_on = models.DateField()
    apply_by = models.DateField()
    in_time = models.BooleanField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        # What time looks for: licences that ran out while their renewal was not decided.
        indexes = [models.Index(fields=["expires_on"], condition=models.Q(in_time=True), name="renewal_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(voided=False), name="renewal_named_once"
            )
        ]
