"""潮汐窗口和限号的表: which windows open for a while only, and where may numbers run out?"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.people.models import Officer
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.opening import SESSION_WORDS
from onewindow.rules.relief import MODE_WORDS, WHY_CLOSED, WHY_OPENED, Mode, Span


class TidalPlan(models.Model):
    """潮汐窗口安排: on which days and hours a window may open, for which lines, with whom."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="tidal_plans")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="tidal_plans")
    mode = models.CharField(max_length=8, choices=[(m.value, w) for m, w in MODE_WORDS.items()])
    since = models.DateField()
    until = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    lines = models.ManyToManyField(Line, related_name="tidal_plans")
    staff = models.ManyToManyField(Officer, related_name="tidal_plans")
    planned_by = models.CharField(max_length=40)
    planned_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since"), ends__gt=models.F("begins")),
                name="tidal_plan_has_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["hall"], condition=models.Q(dropped_at__isnull=True), name="tidal_plan_of_hall"
            )
        ]

    @property
    def span(self) -> Span:
        return Span(self.since, self.until, self.begins, self.ends)

    @property
    def how(self) -> Mode:
        return Mode(self.mode)


class TidalRun(models.Model):
    """潮汐窗口开放: from when to when it was open, why, and by whom."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="tidal_runs")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, db_index=False, related_name="tidal_runs")
    plan = models.ForeignKey(
        TidalPlan, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="runs"
    )
    opened_at = models.DateTimeField()
    why = models.CharField(max_length=8, choices=list(WHY_OPENED.items()))
    opened_by = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True, blank=True)
    why_closed = models.CharField(max_length=8, blank=True, choices=list(WHY_CLOSED.items()))
    closed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window"], condition=models.Q(closed_at__isnull=True), name="tidal_run_open_once"
            )
        ]
        indexes = [models.Index(fields=["hall", "-opened_at"], name="tidal_run_of_hall")]

    @property
    def county(self) -> str:
        return self.hall.county


class Cap(models.Model):
    """限号: how many numbers of a line are given in one session, why, who proposed it and who approved it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "等批准"
        APPROVED = "approved", "已批准"
        DECLINED = "declined", "没有批准"
        ENDED = "ended", "已取消"

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="caps")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="caps")
    number = models.PositiveSmallIntegerField()
    # In which kinds of session; where the law forbids it in working hours, only outside of them.
    kinds = ArrayField(
        models.CharField(max_length=10, choices=[(k.value, w) for k, w in SESSION_WORDS.items()])
    )
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(max_length=200, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since"), number__gt=0), name="cap_has_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line.letter} 队每场 {self.number} 个号"

    @property
    def kinds_words(self) -> str:
        return "、".join(word for kind, word in SESSION_WORDS.items() if kind.value in self.kinds)

    @property
    def short(self) -> str:
        """As it stands on a display."""
        return f"{self.line}经批准限号：{self.kinds_words}每场 {self.number} 个"

    @property
    def words(self) -> str:
        """As it is published: until when, and why."""
        until = f"至 {_day(self.until)}" if self.until != self.since else ""
        return f"{self.short}，{_day(self.since)}{until}。{self.reason.rstrip('。')}。"


def _day(on: date) -> str:
    return f"{on.month} 月 {on.day} 日"
