"""安全和急救设备的表: what hangs where, who keeps it, when it has to be looked at, and when it was used."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from onewindow.places.models import Hall


class SafetyItem(models.Model):
    """安全设备: a piece with its place, its keeper, how often it is checked and when it expires."""

    class Kind(models.TextChoices):
        FIRST_AID = "first_aid", "急救箱"
        AED = "aed", "自动体外除颤器"
        EXTINGUISHER = "extinguisher", "灭火器"
        HYDRANT = "hydrant", "消火栓"
        ALARM = "alarm", "火灾报警和应急广播"
        EXIT = "exit", "疏散通道和应急照明"
        LIGHT = "light", "照明"
        SANITARY = "sanitary", "卫生洁具"
        EPIDEMIC = "epidemic", "防疫物资"
        OTHER = "other", "其他安全设备"

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="safety_items")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    keeper = models.CharField(max_length=60)
    every_days = models.PositiveSmallIntegerField()
    checked_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    # The day on which it was due when that was told.
    warned_for = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "name"], condition=Q(retired_on__isnull=True), name="safety_name_once"
            )
        ]
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county

    @property
    def due_on(self) -> date:
        """Until when it has to be looked at: the next check, or the day on which it expires when that is earlier."""
        check = self.checked_on + timedelta(days=self.every_days)
        return min(check, self.expires_on) if self.expires_on is not None else check

    def overdue(self, today: date) -> bool:
        return self.retired_on is None and self.due_on < today


class SafetyCheck(models.Model):
    """检查记录: when, by whom, and whether it was sound."""

    item = models.ForeignKey(SafetyItem, on_delete=models.CASCADE, related_name="checks")
    on = models.DateField()
    by = models.CharField(max_length=40)
    sound = models.BooleanField()
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-on", "-id"]


class SafetyUse(models.Model):
    """使用记录: when, by whom, for what, what was done; never the name of whoever was helped."""

    item = models.ForeignKey(SafetyItem, on_delete=models.CASCADE, related_name="uses")
    at = models.DateTimeField()
    person = models.CharField(max_length=60)
    why = models.CharField(max_length=200)
    action = models.CharField(max_length=200)
    noted_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at", "-id"]
