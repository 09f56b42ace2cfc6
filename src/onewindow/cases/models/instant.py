"""短路的表: what was filed, what the decision table found, and what was found of both afterwards."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.people.models import Officer
from onewindow.places.models import Department


class Filing(models.Model):
    """备案: the number under which complete papers were filed, and what the office found of them later."""

    county = models.CharField(max_length=12)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="filing")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.CharField(max_length=50)
    at = models.DateTimeField()
    check_by = models.DateField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    fits = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # What the office still has to look at, by the day until which it should have.
            models.Index(
                fields=["department", "check_by", "id"],
                condition=models.Q(checked_at__isnull=True),
                name="filing_to_check",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Judgement(models.Model):
    """机审: what the decision table found of one application, and what the supervisor found of a machine grant.

    `trace`: one line per row, {"row", "held" (true, false or none), "says"}; what was filled in is not in it.
    """

    county = models.CharField(max_length=12)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="judgement")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_index=False, related_name="+")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, db_index=False, related_name="+")
    mark = models.CharField(max_length=16)
    granted = models.BooleanField()
    trace = models.JSONField(default=list)
    at = models.DateTimeField()
    sampled = models.BooleanField(default=False)
    right = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    looked_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["item", "-id"], name="judgement_of_item"),
            # 抽查清单: what the supervisor has not looked at yet.
            models.Index(
                fields=["county", "-id"],
                condition=models.Q(sampled=True, looked_at__isnull=True),
                name="judgement_to_look_at",
            ),
        ]

    @property
    def doubts(self) -> list[str]:
        """The rows that did not hold, in words."""
        return [str(one["says"]) for one in self.trace if one.get("held") is not True]


class StoppedTable(models.Model):
    """停用的秒批规则: since when people decide alone under this version; the next version begins anew."""

    county = models.CharField(max_length=12)
    version = models.OneToOneField(ItemVersion, on_delete=models.PROTECT, related_name="stopped_table")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
