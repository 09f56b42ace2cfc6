"""移交的表: what did one officer hand over to another, line by line, and who signed when?"""

from __future__ import annotations

from django.db import models

from onewindow.journal.models import Subject
from onewindow.people.models import Officer


class Handover(models.Model):
    """工作移交单: everything that was open in somebody's name on the day; nothing of it moves before both have signed."""

    class State(models.TextChoices):
        OPEN = "open", "等移交人签字"
        SIGNED = "signed", "等接收人签字"
        TAKEN = "taken", "已移交"
        OFF = "off", "已撤销"

    county = models.CharField(max_length=12)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="handed_over")
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="took_over")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    # By himself, or by whoever arranges it when he is gone already.
    signed_by = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Whoever hands over does so once at a time: no case stands on two lists.
            models.UniqueConstraint(
                fields=["officer"],
                condition=models.Q(state__in=["open", "signed"]),
                name="handover_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["county", "-id"], name="handover_latest")]

    def __str__(self) -> str:
        return f"{self.officer} → {self.to}"

    @property
    def account_id(self) -> int:
        """Whose it is next: of whoever signs it over, then of whoever takes it."""
        next_one = self.to if self.state == self.State.SIGNED else self.officer
        return next_one.account_id


class HandoverLine(models.Model):
    """移交单的一行: one thing that was open, and whether it went over."""

    class Kind(models.TextChoices):
        CASE = "case", "办件"
        EXTENSION = "extension", "提请的延长"
        PROCEDURE = "procedure", "特别程序"
        HEARING = "hearing", "主持的听证"
        DRAFT = "draft", "没有提交的申请"
        ASKED = "asked", "首问"

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    # Why it stayed where it was: the head gives it to somebody else.
    stayed = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["handover", "id"],
                condition=models.Q(moved_at__isnull=True, stayed=""),
                name="handover_line_waiting",
            )
        ]
