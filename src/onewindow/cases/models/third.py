"""利害关系人的表: who else is touched by a decision, and what they said (行政许可法 36)."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedText
from onewindow.journal.models import Subject
from onewindow.people.models import Officer


class Third(models.Model):
    """利害关系人: somebody whom the decision touches; his notice hangs on a matter of his own, which the applicant never sees."""

    class Way(models.TextChoices):
        COUNTER = "counter", "当面送达"
        POST = "post", "邮寄送达"
        LEFT = "left", "留置送达"
        PUBLIC = "public", "公告送达"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="thirds")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="third")
    name = EncryptedText()
    contact = EncryptedText(blank=True, default="")
    organisation = models.BooleanField(default=False)
    concerns = models.CharField(max_length=500)  # in what the decision touches him; he reads it
    code = EncryptedText()
    named_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    told_on = models.DateField(null=True, blank=True)
    told_way = models.CharField(max_length=8, choices=Way, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    ask_by = models.DateField(null=True, blank=True)
    heard = models.CharField(max_length=1000, blank=True)  # how what he said was weighed
    heard_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    why_released = models.CharField(max_length=300, blank=True)

    @property
    def number(self) -> str:
        return self.subject.number


class ThirdStatement(models.Model):
    """陈述申辩: what a third party said, on which way it came, and whether he wants a hearing."""

    class How(models.TextChoices):
        ONLINE = "online", "网上"
        COUNTER = "counter", "窗口记录"
        PAPER = "paper", "书面寄来"

    third = models.ForeignKey(Third, on_delete=models.PROTECT, related_name="statements")
    how = models.CharField(max_length=8, choices=How)
    text = EncryptedText()
    hearing = models.BooleanField(default=False)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    @property
    def case(self) -> Case:
        """The case in which he is heard."""
        return self.third.case
