"""意见建议的表: what visitors and guides said of the hall on a day, what the section decided, and what became of it."""

from __future__ import annotations

import secrets

from django.db import models

from onewindow.ground.fields import EncryptedText
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall
from onewindow.rules.keeping import CLEARED


def new_code() -> str:
    """What opens the answer for somebody who left no telephone."""
    return secrets.token_urlsafe(9)


class Summary(models.Model):
    """当日汇总: what the guides send to whoever answers it at the end of a day; one for each hall and day."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="summaries")
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="summary_once")]
        ordering = ["-day"]


class Remark(models.Model):
    """意见建议: one thing that was said, by whom it is carried out once adopted, and until when."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", "群众反映的问题"
        SUGGESTION = "suggestion", "改进建议"
        FACILITY = "facility", "便民设施"

    class Source(models.TextChoices):
        GUIDE = "guide", "导办员登记"
        VISITOR = "visitor", "群众自己提的"

    county = models.CharField(max_length=12)
    code = models.CharField(max_length=16, default=new_code, unique=True)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="remarks")
    day = models.DateField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=8, choices=Source)
    by = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    # Who said it, when he is signed in.
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="remarks"
    )
    # 留的电话: rung up, or sent a message, by whoever answers.
    phone = EncryptedText(blank=True, default="")
    adopted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # 按保存期限清除: since when neither his words nor his telephone are kept.
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "day"], name="remark_of_day"),
            models.Index(
                fields=["hall", "at", "id"],
                condition=models.Q(decided_at__isnull=True),
                name="remark_to_answer",
            ),
            models.Index(
                fields=["hall", "decided_at", "id"],
                condition=models.Q(decided_at__isnull=False),
                name="remark_settled",
            ),
            models.Index(
                fields=["owner"],
                condition=models.Q(adopted=True, done_at__isnull=True),
                name="remark_task",
            ),
            # Whose term of keeping is over; and whose they are.
            models.Index(
                fields=["county", "day"], condition=models.Q(cleared_at__isnull=True), name="remark_to_clear"
            ),
            models.Index(fields=["party"], condition=models.Q(party__isnull=False), name="remark_of_party"),
        ]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.said[:40]

    @property
    def said(self) -> str:
        """The words, while they are kept."""
        return CLEARED if self.cleared_at is not None else self.text

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.decided_at is None:
            return "等待答复"
        if not self.adopted:
            return "已答复，没有采纳"
        return "已完成" if self.done_at is not None else "已采纳，正在改进"
