"""工作制度的表: the sections of the office, its written rules version by version, to whom each is addressed, and what a round looks at."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from onewindow.places.models.halls import Hall
from onewindow.places.models.offices import Department


class Section(models.Model):
    """股室: a section of the office that runs the centre; posts of the county may belong to one."""

    county = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="section_name_once")]

    def __str__(self) -> str:
        return self.name


class Norm(models.Model):
    """工作制度: a written rule of the hall, in versions; `source` is the archived document that its text was taken from."""

    county = models.CharField(max_length=12)
    title = models.CharField(max_length=60)
    source = models.CharField(max_length=40, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "title"], condition=Q(withdrawn_on__isnull=True), name="norm_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NormVersion(models.Model):
    """一版制度: its words, from when they hold, and who has to acknowledge them until when."""

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20000)
    effective_on = models.DateField()
    # 每个人签收, or one person for his unit.
    by_each = models.BooleanField(default=False)
    due_on = models.DateField()
    issued_by = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    # A newer version is there; it holds until the day on which that one does.
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["norm", "number"], name="norm_version_once"),
            models.UniqueConstraint(
                fields=["norm"], condition=Q(superseded_at__isnull=True), name="norm_newest_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.norm.title} 第 {self.number} 版"

    @property
    def county(self) -> str:
        return self.norm.county

    def in_force(self, on: date) -> bool:
        return self.effective_on <= on


class NormUnit(models.Model):
    """发给: one unit to which a version is addressed: a section, a department or a venue."""

    version = models.ForeignKey(NormVersion, on_delete=models.PROTECT, related_name="units")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="norm_units"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="norm_units"
    )
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, null=True, blank=True, related_name="norm_units")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "section", "department", "hall"],
                nulls_distinct=False,
                name="norm_addressed_once",
            ),
            models.CheckConstraint(
                condition=Q(section__isnull=False, department__isnull=True, hall__isnull=True)
                | Q(section__isnull=True, department__isnull=False, hall__isnull=True)
                | Q(section__isnull=True, department__isnull=True, hall__isnull=False),
                name="norm_unit_is_one_office",
            ),
        ]

    def __str__(self) -> str:
        return str(self.section or self.department or self.hall)

    @property
    def stands(self) -> bool:
        """Its office was not closed."""
        office = self.section or self.department
        return office is None or office.closed_on is None

    @property
    def county(self) -> str:
        return self.version.norm.county


class NormCheck(models.Model):
    """检查项: what a round looks at, to see whether the version is kept; one that was dropped keeps its outcomes."""

    version = models.ForeignKey(NormVersion, on_delete=models.PROTECT, related_name="checks")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "what"], condition=Q(dropped_at__isnull=True), name="norm_check_once"
            )
        ]

    def __str__(self) -> str:
        return self.what
