"""机构的表: regions, the county and its pack, and its departments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.rules.grants import Grant


class Level(models.IntegerChoices):
    """行使层级 (GB/T 39046 A.2)."""

    NATION = 1, "国家级"
    PROVINCE = 2, "省级"
    CITY = 3, "市级"
    COUNTY = 4, "县级"
    TOWNSHIP = 5, "镇（乡、街道）级"
    VILLAGE = 6, "村（社区）级"


class Region(models.Model):
    """行政区划: province to village, by the statistics bureau's 12-digit code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """本地: the place that this installation serves, and the policy pack that it follows."""

    # Powers with which an office may bring a file for the whole county, because the act asks again for each row.
    row_by_row: ClassVar[frozenset[Grant]] = frozenset({Grant.CATALOGUE_DRAFT})

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=40)
    pack = models.CharField(max_length=40)
    demo = models.BooleanField(default=False)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    supervision_phone = models.CharField(max_length=20, blank=True)
    # The index of SettingChange: name → [[since, value], …], oldest first.
    settings = models.JSONField(default=dict)
    # Holiday notices imported here, beside those that ship: year → the text of the notice.
    notices = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> str:
        """全县, 全区 or 全市: the place as a whole, in its own word."""
        return f"全{self.name[-1:]}" if self.name[-1:] in ("县", "区", "市") else "全域"

    @property
    def county(self) -> str:
        """What a post compares before it covers a matter: of the county itself, its own code."""
        return self.code


class SettingChange(models.Model):
    """本地设定的修改: a value that no document gives, who set it and since when; the latest one holds."""

    county = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    value = models.JSONField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    since = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["county", "name", "since"])]


class Department(models.Model):
    """部门: an organ that decides on items, with its unified code and the short form in its letters' numbers."""

    county = models.CharField(max_length=12)
    key = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    short = models.CharField(max_length=20)
    uscc = models.CharField(max_length=18)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.COUNTY)
    phone = models.CharField(max_length=20, blank=True)
    window_accepts = models.BooleanField(default=True)
    # Its 即办件 may be decided on the spot at the comprehensive window, by whoever holds that power there.
    window_decides = models.BooleanField(default=False)
    vertical = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "key"], name="department_key_once")]

    def __str__(self) -> str:
        return self.name
