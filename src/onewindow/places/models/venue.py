"""场所档案的表: what a venue is and has, why it deviates, what the daily round found, and what is to be put right?"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onewindow.journal.models import Subject
from onewindow.places.models.halls import DeviceFault, Hall
from onewindow.places.models.norms import NormCheck


class Sheet(models.Model):
    """场所档案: what is known of a venue beside its windows, zones and machines."""

    class Upgrade(models.TextChoices):
        NONE = "none", "没有计划"
        PLANNED = "planned", "已列入计划"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"

    hall = models.OneToOneField(Hall, on_delete=models.CASCADE, related_name="sheet")
    area = models.PositiveIntegerField(null=True, blank=True)  # m²
    new = models.BooleanField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    bus = models.CharField(max_length=200, blank=True)
    parking = models.CharField(max_length=120, blank=True)
    # 单设的办事点 belongs to a centre, with the reason why it is not in it.
    parent = models.ForeignKey(
        Hall, on_delete=models.PROTECT, null=True, blank=True, related_name="branch_sheets"
    )
    why_apart = models.CharField(max_length=200, blank=True)
    # 主城区, 县城驻地, 一般乡镇 where the text knows such classes; 重点规划的站.
    place_class = models.CharField(max_length=20, blank=True)
    key_station = models.BooleanField(default=False)
    staff_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    items = models.ManyToManyField(Subject, blank=True, related_name="+")
    marked = models.BooleanField(null=True, blank=True)
    network = models.BooleanField(null=True, blank=True)
    upgrade = models.CharField(max_length=10, choices=Upgrade, default=Upgrade.NONE)
    upgrade_plan = models.CharField(max_length=200, blank=True)
    # Where the guides hang, and since when.
    guides_place = models.CharField(max_length=120, blank=True)
    guides_on = models.DateField(null=True, blank=True)
    # Lines of local lists (六有一能, 标杆型) that it answers with yes.
    ticks = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    set_by = models.CharField(max_length=40)
    set_at = models.DateTimeField()

    @property
    def county(self) -> str:
        return self.hall.county


class Profile(models.Model):
    """场所规范: business standard, mode of service and internal rules of one kind of venue, version by version."""

    county = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Hall.Kind)
    version = models.PositiveSmallIntegerField()
    business = models.TextField(max_length=2000)
    service = models.TextField(max_length=2000)
    internal = models.TextField(max_length=2000)
    set_by = models.CharField(max_length=40)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "version"], name="profile_version_once")
        ]


class Deviation(models.Model):
    """偏离理由: why a venue does not meet one line of the check-up, until it is taken back."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="deviations")
    line = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "line"], condition=Q(ended_at__isnull=True), name="deviation_open_once"
            )
        ]

    @property
    def county(self) -> str:
        return self.hall.county


class Round(models.Model):
    """巡检: somebody went through the venue and looked at every line."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="rounds")
    day = models.DateField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hall", "-made_at"], name="round_of_hall")]

    @property
    def county(self) -> str:
        return self.hall.county


class RoundLine(models.Model):
    """巡检的一项: what was looked at, and whether it was in order."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=120)
    good = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    # 制度的检查项, where it is one.
    norm_check = models.ForeignKey(
        NormCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )


class Task(models.Model):
    """整改: what is to be put right, by whom, until when; closed with what was done."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=60)
    due_on = models.DateField()
    line = models.ForeignKey(RoundLine, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    fault = models.ForeignKey(
        DeviceFault, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    opened_by = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Found again and again it is one task.
            models.UniqueConstraint(
                fields=["hall", "key"], condition=Q(closed_at__isnull=True), name="task_open_once"
            )
        ]

    @property
    def county(self) -> str:
        return self.hall.county

    @property
    def open(self) -> bool:
        return self.closed_at is None
