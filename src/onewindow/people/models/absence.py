"""不在岗的表: who is away from when to when, and who is B of which post?"""

from __future__ import annotations

from datetime import date

from django.db import models

from onewindow.people.models.officers import Officer, Post


class Absence(models.Model):
    """休假、外出、培训: from the first to the last day; who stands in is a holding of its own."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "休假"
        SICK = "sick", "病假"
        OUT = "out", "外出"
        TRAINING = "training", "培训"

    county = models.CharField(max_length=12)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateField()
    until = models.DateField()
    # The first day from noon on, the last day until noon; whoever stands in does so on the whole of both.
    from_noon = models.BooleanField(default=False)
    to_noon = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    # He came back on this day, or the leave was called off before it began.
    back_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="absence_has_days")
        ]
        indexes = [
            models.Index(fields=["officer", "until"], name="absence_of_officer"),
            # What the tick looks for.
            models.Index(fields=["since"], condition=models.Q(ended_at__isnull=True), name="absence_running"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.since}"

    @property
    def account_id(self) -> int:
        """Whose it is: he enters and ends it himself."""
        return self.officer.account_id

    @property
    def last_day(self) -> date:
        """The last day on which he was away or will be; the day before the first when it was called off."""
        if self.back_on is None or self.back_on > self.until:
            return self.until
        return date.fromordinal(self.back_on.toordinal() - 1)

    @property
    def seen_until(self) -> date:
        """The last day of which is told what was done meanwhile: the day he came back is one of them."""
        return self.until if self.back_on is None else min(self.until, self.back_on)

    def away_on(self, day: date) -> bool:
        return self.since <= day <= self.last_day


class Deputy(models.Model):
    """B角: who is to stand in for the holder of a post; it gives no power while the holder is there."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputies")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="deputy_of")
    named_by = models.CharField(max_length=40)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(ended_at__isnull=True), name="deputy_once_per_post"
            )
        ]

    @property
    def county(self) -> str:
        return self.post.county
