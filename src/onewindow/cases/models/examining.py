"""审核中写下的: questions and opinions."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedText
from onewindow.ground.voidable import Voidable
from onewindow.people.models import Officer


class Question(Voidable):
    """请您说明: a question after acceptance, with a date that stops no clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    reply_by = models.DateField()
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    answer = EncryptedText(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)


class Opinion(Voidable):
    """审核意见: the examiner's points and his proposal, or a sending back with its reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    favourable = models.BooleanField()
    sent_back = models.BooleanField(default=False)
    text = models.TextField()
    # One line per examination point of the version: {"point": …, "fits": true, "note": …}; `fits` is none where
    # the point does not apply.
    points = models.JSONField(default=list)
    # 实地核查 by two (行政许可法 34): who went along, when, where, and what they found.
    second = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    checked_at = models.CharField(max_length=200, blank=True)
    check_record = models.TextField(blank=True)
    # In whose place, when it was given by somebody who stood in for him (顶岗).
    instead_of = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    at = models.DateTimeField()
