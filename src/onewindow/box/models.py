"""大厅本机的表: which machine owns the queue of a hall, what it has to tell the county, and what the county asks of it?

`Box` and `Outgoing` stand on both sides of the line; on the machine itself there is one `Box`, its own.
"""

from __future__ import annotations

import uuid

from django.db import models

from onewindow.hall.models.bookings import Booking
from onewindow.hall.models.tickets import new_code
from onewindow.journal.models import Entry
from onewindow.places.models import Hall, Line
from onewindow.rules.queueing import PRIORITY_WORDS


class Box(models.Model):
    """大厅本机: its key, where it stands, and how far the county's copy reaches."""

    county = models.CharField(max_length=12)
    key = models.CharField(max_length=40, unique=True)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="boxes")
    name = models.CharField(max_length=60)
    # Under which the windows of the hall open it.
    address = models.CharField(max_length=120, blank=True)
    key_hash = models.BinaryField(max_length=32, default=b"")
    registered_by = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    took_over_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    why_retired = models.CharField(max_length=200, blank=True)
    # The last time that the other side was heard, and the last time that the copy was whole.
    heard_at = models.DateTimeField(null=True, blank=True)
    whole_at = models.DateTimeField(null=True, blank=True)
    # The last line that the county holds, and how many the machine had left when it was heard last.
    held = models.BigIntegerField(default=0)
    behind = models.PositiveIntegerField(default=0)
    # By which that last line is known again (`ledger.mark`): the machine must have the same one.
    held_mark = models.CharField(max_length=64, blank=True)
    # The digest of the venue that the machine has; on the machine also which windows the county said were open.
    venue = models.CharField(max_length=64, blank=True)
    said_open = models.JSONField(default=dict)
    # Why its lines are not taken, or why it does not run the queue; on both sides, until it is mended.
    trouble = models.CharField(max_length=200, blank=True)
    # Of a machine whose data are older than the copy: what it told last, and when it was let go on from the copy.
    # On the machine the first of them says that it waits.
    older_than = models.BigIntegerField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    # By how many seconds its clock is ahead of the county's.
    clock_off = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall"], condition=models.Q(retired_at__isnull=True), name="box_of_hall_once"
            )
        ]
        indexes = [models.Index(fields=["key_hash"], condition=~models.Q(key_hash=b""), name="box_by_key")]

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """上报: what the machine tells, line by line, without a gap; kept, so that it can be told again."""

    class Kind(models.TextChoices):
        ENTRY = "entry", "记载"
        WISH = "wish", "取号答复"
        ANSWERED = "answered", "预约答复"
        RESUMED = "resumed", "从县里接着用"

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="outgoing"
    )
    body = models.JSONField(default=dict)
    at = models.DateTimeField()


class Wish(models.Model):
    """远程取号请求: a number that somebody wishes by telephone from a hall whose machine gives the numbers."""

    class Answer(models.TextChoices):
        GIVEN = "given", "已取号"
        REFUSED = "refused", "没有取到"

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="wishes")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, db_index=False, related_name="+")
    once = models.UUIDField(default=uuid.uuid4, unique=True)
    # Opens the page of the wish; the number that is given bears the same.
    code = models.CharField(max_length=24, default=new_code, unique=True)
    priority = models.CharField(
        max_length=10, choices=[(p.value, w) for p, w in PRIORITY_WORDS.items()], default="ordinary"
    )
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    why = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["hall"], condition=models.Q(answered_at__isnull=True), name="wish_unanswered"
            )
        ]


class BoxBooking(models.Model):
    """送到本机的预约: what a machine has answered about a booking; sent again until it answered this very state."""

    class Answer(models.TextChoices):
        KEPT = "kept", "已记下"
        DROPPED = "dropped", "已取消"
        CAME = "came", "早已到场"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="at_boxes")
    # Moved to another hall, it is taken back here and told there.
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="bookings")
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=Answer)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking", "box"], name="box_booking_once")]
