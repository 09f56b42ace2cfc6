"""大厅里张贴和呼叫的表: what hangs on the displays of a hall, and who pressed for a guide?"""

from __future__ import annotations

from django.db import models

from onewindow.places.models.halls import Device, Hall


class Notice(models.Model):
    """公告: a line on the displays of a hall, from when until when."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    posted_by = models.CharField(max_length=40)
    posted_at = models.DateTimeField()
    down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="notice_hangs_some_time"
            )
        ]
        indexes = [
            models.Index(fields=["hall"], condition=models.Q(down_at__isnull=True), name="notice_hanging")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def county(self) -> str:
        return self.hall.county


class HelpCall(models.Model):
    """叫人帮忙: at which machine, since when, and how it ended."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="help_calls")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="help_calls")
    called_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=120, blank=True)
    helped = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            # Pressed again and again it is one call.
            models.UniqueConstraint(
                fields=["device"], condition=models.Q(answered_at__isnull=True), name="help_call_open_once"
            )
        ]
        indexes = [models.Index(fields=["hall", "-called_at"], name="help_call_of_hall")]

    @property
    def county(self) -> str:
        return self.hall.county
