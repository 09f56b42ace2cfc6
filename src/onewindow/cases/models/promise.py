"""承诺的表: papers promised for later (容缺受理), and conditions promised instead of proved (告知承诺)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.cases.models.case import Case
from onewindow.ground.fields import EncryptedText
from onewindow.ground.models import StoredFile
from onewindow.people.models import Officer


class Signing(models.TextChoices):
    """How a promise was signed."""

    SCREEN = "screen", "窗口签名屏"
    PAPER = "paper", "纸质承诺书"
    ONLINE = "online", "网上确认"


class Deferral(models.Model):
    """容缺: which materials may follow, by which day, who signed for it, and how it came out."""

    class Outcome(models.TextChoices):
        CLEARED = "cleared", "已补齐"
        MISSED = "missed", "逾期未补齐"
        ENDED = "ended", "随本件终止"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deferrals")
    materials = ArrayField(models.IntegerField())
    how = models.CharField(max_length=8, choices=Signing)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    signed_at = models.DateTimeField()
    # Of the acceptance; empty while the applicant only asked for it online.
    accepted_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    class Meta:
        # What the tick looks through, and the list of those who still owe something.
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(settled_on__isnull=True, due_on__isnull=False),
                name="deferral_open",
            )
        ]


class Promise(models.Model):
    """告知承诺: signed instead of proof, decided at once, checked afterwards."""

    class State(models.TextChoices):
        SIGNED = "signed", "已承诺"
        TAKEN_BACK = "taken_back", "已收回"
        CHECKING = "checking", "待核查"
        KEPT = "kept", "核查属实"
        MENDING = "mending", "限期整改"
        MENDED = "mended", "整改到位"
        REVOKING = "revoking", "拟撤销"
        REVOKED = "revoked", "已撤销"

    OPEN = (State.CHECKING, State.MENDING, State.REVOKING)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    how = models.CharField(max_length=8, choices=Signing)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.SIGNED)
    # What is to be done next by which day: the check, then the mending.
    due_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    found = models.TextField(blank=True)
    checked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    demand = models.TextField(blank=True)
    mend_by = models.DateField(null=True, blank=True)
    mended_on = models.DateField(null=True, blank=True)
    mended = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(state__in=["checking", "mending", "revoking"]),
                name="promise_open",
            )
        ]


class Revocation(models.Model):
    """撤销: what was granted on a promise that was not kept, or got by fraud; he is heard before it is decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="revocations")
    # None where it was got by fraud (行政许可法 69).
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="revocations")
    grounds = models.TextField()
    basis = models.CharField(max_length=300)
    reply_by = models.DateField()
    announced_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    statement = EncryptedText(blank=True, default="")
    heard_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    revoked = models.BooleanField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(revoked__isnull=True) | models.Q(revoked=True),
                name="revocation_once",
            )
        ]
