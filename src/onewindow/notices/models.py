"""通知的表: what a person was told, through which channel it left, and one-time codes."""

from __future__ import annotations

from django.db import models

from onewindow.ground.fields import EncryptedText, LookupHash
from onewindow.journal.models import Entry, Subject
from onewindow.people.models import Officer, Party


class Message(models.Model):
    """消息: one thing that one party was told; it stays in his space until it is erased."""

    county = models.CharField(max_length=12)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    text = EncryptedText()
    case_number = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # A follower that runs twice tells once.
        constraints = [models.UniqueConstraint(fields=["cause", "kind"], name="message_once_per_cause")]
        indexes = [
            models.Index(fields=["party", "-id"]),
            models.Index(
                fields=["party"],
                condition=models.Q(read_at__isnull=True),
                name="message_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfficerMessage(models.Model):
    """工作消息: one thing that one officer was told of his work; no names of applicants, so nothing of it has to be hidden."""

    county = models.CharField(max_length=12)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="told")
    cause = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=400, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    # The record of the overrun, where it is about one.
    overdue = models.PositiveBigIntegerField(null=True, blank=True)
    # Where it leads, when it is about no case: a leave, a handover, a question.
    page = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # A follower that runs twice tells once.
        constraints = [models.UniqueConstraint(fields=["cause", "officer"], name="officer_told_once")]
        indexes = [
            models.Index(fields=["officer", "-id"], name="officer_message_latest"),
            models.Index(
                fields=["officer", "-id"],
                condition=models.Q(read_at__isnull=True),
                name="officer_message_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sending(models.Model):
    """发送: one message on its way through one channel outside of this system."""

    class Channel(models.TextChoices):
        SMS = "sms", "短信"
        EMAIL = "email", "电子邮件"

    class State(models.TextChoices):
        WAITING = "waiting", "等待发送"
        SENT = "sent", "已发出"
        DELIVERED = "delivered", "已送到"
        FAILED = "failed", "没有送到"
        OUTBOX = "outbox", "只进演示发件箱"
        NOWHERE = "nowhere", "没有配置网关"

    county = models.CharField(max_length=12)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sendings")
    channel = models.CharField(max_length=8, choices=Channel)
    target = EncryptedText()
    text = EncryptedText()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    # The number under which the gateway knows it; ours is the key that makes a second try no second message.
    key = models.UUIDField(unique=True)
    gateway_id = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="sending_once_per_channel")
        ]
        indexes = [models.Index(fields=["county", "-id"]), models.Index(fields=["gateway_id"])]


class Code(models.Model):
    """验证码: six digits sent to a telephone, good for a few minutes and a few tries."""

    county = models.CharField(max_length=12)
    purpose = models.CharField(max_length=20)
    phone = LookupHash()
    code = LookupHash()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "phone", "-id"]), models.Index(fields=["expires_at"])]
