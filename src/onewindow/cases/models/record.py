"""更正记载的表: which fact is wrong, who said so and who confirmed it, what was written down later, and which days moved."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedJSON
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.rules.record import WRONG_WORDS


class Voiding(models.Model):
    """作废: one fact that somebody says is wrong, why, and what a second person decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="voidings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="voidings")
    cause = models.CharField(max_length=12, choices=[(c.value, words[0]) for c, words in WRONG_WORDS.items()])
    reason = models.CharField(max_length=500)
    # What time did is voided only together with the fact from outside that shows it was wrong: on which day, and
    # of a correction which papers (ids of materials) came.
    shown_on = models.DateField(null=True, blank=True)
    shown_papers = models.JSONField(default=list)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    # What the rows said that stand open again: a procedure's result, a settled extension.
    kept = EncryptedJSON(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(confirmed__isnull=True) | models.Q(confirmed=True),
                name="voiding_once",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True) | ~models.Q(settled_by=models.F("asked_by")),
                name="voiding_by_another",
            ),
        ]
        # What waits for the heads.
        indexes = [
            models.Index(fields=["id"], condition=models.Q(confirmed__isnull=True), name="voiding_waiting")
        ]


class Struck(models.Model):
    """被作废的记载: one fact that no longer holds; of one voiding the wrong fact, and what fell with it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="struck")
    by = models.ForeignKey(Voiding, on_delete=models.PROTECT, related_name="struck")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="strikes")
    on = models.DateField()


class BackDated(models.Model):
    """补录: a fact that was written down on a later day than it happened, and why so late."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="back_dated")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="back_dated")
    why = models.CharField(max_length=300)


class TermMoved(models.Model):
    """期限变动: the last day of one term before and after a fact was voided, or written down for an earlier day.

    None where the term does not run, or stands still.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="terms_moved")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    before = models.DateField(null=True)
    after = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "term"], name="term_moved_once")]
