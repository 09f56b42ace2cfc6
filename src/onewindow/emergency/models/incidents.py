"""应急的表: when a hall stopped, what is planned for which event, what was done when it came, and what drills found."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from onewindow.ground.fields import EncryptedText
from onewindow.journal.models import Subject
from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.rules.emergency_words import EVENT_WORDS


class Stop(models.Model):
    """停止服务: from when, why, until when as it was said, and how it ended."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="stops")
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=60)
    stopped_by = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)
    resumed_by = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall"], condition=models.Q(ended_at__isnull=True), name="stop_open_once"
            )
        ]
        indexes = [models.Index(fields=["hall", "-began_at"], name="stop_of_hall")]

    def __str__(self) -> str:
        return self.reason


class Event(models.TextChoices):
    """For what one plans."""

    FIRE = "fire", EVENT_WORDS["fire"]
    POWER = "power", EVENT_WORDS["power"]
    SYSTEM = "system", EVENT_WORDS["system"]
    CROWD = "crowd", EVENT_WORDS["crowd"]
    MEDICAL = "medical", EVENT_WORDS["medical"]
    CONFLICT = "conflict", EVENT_WORDS["conflict"]
    WEATHER = "weather", EVENT_WORDS["weather"]
    EPIDEMIC = "epidemic", EVENT_WORDS["epidemic"]
    OTHER = "other", EVENT_WORDS["other"]


class Plan(models.Model):
    """应急预案: one version of what a hall does in one kind of event; what was approved is never changed."""

    class Stage(models.TextChoices):
        DRAFT = "draft", "起草中"
        APPROVED = "approved", "执行中"
        REPLACED = "replaced", "已被新版代替"

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="plans")
    event = models.CharField(max_length=12, choices=Event)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    chief = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    # Who does what, and the steps in their order: [{"part", "who"}] and [{"step", "who"}].
    parts = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    # Of an epidemic plan: how many may be inside, every how many hours is disinfected, the line that hangs out.
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    round_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    advice = models.CharField(max_length=60, blank=True, default="")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    drafted_by = models.CharField(max_length=40)
    drafted_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "event", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["hall", "event"], condition=models.Q(stage="approved"), name="plan_in_force_once"
            ),
            models.UniqueConstraint(
                fields=["hall", "event"], condition=models.Q(stage="draft"), name="plan_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"


class Incident(models.Model):
    """突发事件: against which plan, what happened, and the report when it was over."""

    county = models.CharField(max_length=12)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="incident")
    number = models.CharField(max_length=24)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="incidents")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="incidents")
    what = models.CharField(max_length=300)
    place = models.CharField(max_length=60, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True, default="")
    # The report: how it went, what was harmed, what is to be better.
    summary = models.TextField(blank=True, default="")
    harm = models.CharField(max_length=300, blank=True, default="")
    better = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="incident_number_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(closed_at__isnull=True), name="incident_open_once"
            ),
        ]
        indexes = [models.Index(fields=["hall", "-opened_at"], name="incident_of_hall")]

    def __str__(self) -> str:
        return self.number

    @property
    def open(self) -> bool:
        return self.closed_at is None


class IncidentEntry(models.Model):
    """应急记录: a step of the plan that is ticked, or what somebody did besides; time, person, action."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="entries")
    order = models.PositiveSmallIntegerField()
    planned = models.BooleanField(default=True)
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=60, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["incident", "order"], name="incident_entry_once")]

    @property
    def county(self) -> str:
        return self.incident.county

    @property
    def hall_id(self) -> int:
        return self.incident.hall_id


class Round(models.Model):
    """消毒通风记录: where, by whom, while the epidemic plan is active."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="rounds")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    where = models.CharField(max_length=120)

    class Meta:
        ordering = ["-at", "-id"]


class HealthNote(models.Model):
    """工作人员健康登记: may he work today; what he has stands encrypted."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="health")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="+")
    day = models.DateField()
    fit = models.BooleanField()
    note = EncryptedText(blank=True, default="")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "officer"]
        constraints = [models.UniqueConstraint(fields=["incident", "officer", "day"], name="health_once")]


class Drill(models.Model):
    """应急演练: which plan was tried when, who took part, what was found."""

    county = models.CharField(max_length=12)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="drills")
    held_on = models.DateField()
    people = models.CharField(max_length=300)
    headcount = models.PositiveSmallIntegerField()
    course = models.CharField(max_length=400)
    findings = models.CharField(max_length=400, blank=True, default="")
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]

    @property
    def hall_id(self) -> int:
        return self.plan.hall_id


class DrillMeasure(models.Model):
    """演练整改: what is to be better, by whom, until when, and when it was done."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=60)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=40, blank=True, default="")
    outcome = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["due_on", "id"]

    @property
    def county(self) -> str:
        return self.drill.county

    @property
    def hall_id(self) -> int:
        return self.drill.plan.hall_id

    def late(self, at: datetime) -> bool:
        return self.done_at is None and self.due_on < at.date()
