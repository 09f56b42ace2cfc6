"""大厅一天的表: what was counted of each hour, when did too many wait, and what was reported of the day?"""

from __future__ import annotations

from django.db import models

from onewindow.places.models import Hall, Line, Window
from onewindow.rules.hourly import Error, Spread, read
from onewindow.rules.relief import MEASURES


class HallDay(models.Model):
    """大厅的一天: when its numbers were counted last, how long services took, and the report."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="days")
    day = models.DateField()
    counted_at = models.DateTimeField(null=True, blank=True)
    # How many minutes a service of each line takes, by its standard and by what was seen on the day.
    minutes = models.JSONField(default=dict)
    # 当日运行报告: its figures as they were when it was made, and when the day was over for good.
    figures = models.JSONField(default=dict)
    reported_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="hall_day_once")]
        indexes = [
            # Days of which numbers may still change.
            models.Index(fields=["day"], condition=models.Q(sealed_at__isnull=True), name="hall_day_open")
        ]

    def __str__(self) -> str:
        return f"{self.hall} {self.day}"


class HourCount(models.Model):
    """一小时: what was taken, served and abandoned of one line, at one window or before any called."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="hours_counted")
    day = models.DateField()
    hour = models.PositiveSmallIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, db_index=False, related_name="+")
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    taken = models.PositiveIntegerField(default=0)
    served = models.PositiveIntegerField(default=0)
    abandoned = models.PositiveIntegerField(default=0)
    # How many waited, or were served, for how many whole minutes; and all of them together.
    waits = models.JSONField(default=dict)
    wait_seconds = models.PositiveIntegerField(default=0)
    services = models.JSONField(default=dict)
    service_seconds = models.PositiveIntegerField(default=0)
    # 估计误差: of how many it is known, of how many it was within what was said, and by how many minutes it was off.
    told = models.PositiveIntegerField(default=0)
    within = models.PositiveIntegerField(default=0)
    off = models.PositiveIntegerField(default=0)
    over = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "day", "hour", "line", "window"],
                nulls_distinct=False,
                name="hour_count_once",
            )
        ]

    @property
    def wait(self) -> Spread:
        return read(self.waits, self.wait_seconds)

    @property
    def service(self) -> Spread:
        return read(self.services, self.service_seconds)

    @property
    def error(self) -> Error:
        return Error(self.told, self.within, self.off, self.over)


class Overload(models.Model):
    """排队过长: from when to when more waited than is laid down, and how bad it was."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="overloads")
    raised_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    # How many waited in which line when it was raised.
    lines = models.JSONField(default=dict)
    peak_waiting = models.PositiveIntegerField()
    peak_minutes = models.PositiveIntegerField()
    # Since when it is below again; cleared when it has stayed so.
    calm_since = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall"], condition=models.Q(cleared_at__isnull=True), name="overload_open_once"
            )
        ]
        indexes = [models.Index(fields=["hall", "-raised_at"], name="overload_of_hall")]


class Measure(models.Model):
    """措施: what was done when too many waited, when and by whom."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="measures")
    alert = models.ForeignKey(
        Overload, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    kind = models.CharField(max_length=16, choices=list(MEASURES.items()))
    note = models.CharField(max_length=200, blank=True)
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hall", "-at"], name="measure_of_hall")]

    @property
    def county(self) -> str:
        return self.hall.county
