"""评价的表: one service, one rating, given by the person served."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.journal.models import Subject
from onewindow.places.models import Department


class Grade(models.IntegerChoices):
    """满意度: a neutral scale; exchange maps it (GB/T 39046 A.8 and the national interface run opposite ways)."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


class Rating(models.Model):
    """评价: five grades and the national reason codes; never defaulted to good (GB/T 39734, 一次一评)."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="rating")
    # None where a service at a window was rated that is of no one department (综合受理).
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    grade = models.PositiveSmallIntegerField(choices=Grade)
    reasons = ArrayField(models.PositiveSmallIntegerField(), default=list)
    text = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    item_name = models.CharField(max_length=300)
    # Empty where a service at a window was rated, whose subject is its number in the hall.
    case_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "grade", "-given_at"])]

    @property
    def bad(self) -> bool:
        """差评: grades 1 and 2 (国办发〔2019〕51号)."""
        return self.grade <= Grade.BAD
