"""导办的表: whom the guides sent where, what a window has to answer, who knows the machines, what was announced."""

from __future__ import annotations

from django.db import models

from onewindow.catalogue.models import Item
from onewindow.hall.models import Ticket
from onewindow.people.models import Officer
from onewindow.places.models import Device, Hall, Line, Window, Zone
from onewindow.rules.guiding import NEEDS, WAYS


class Guided(models.Model):
    """引导登记: one visitor who was asked what he wants, and where he was sent – by a guide, or by a machine at the door."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="guided")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    need = models.CharField(max_length=10, choices=list(NEEDS.items()))
    way = models.CharField(max_length=10, choices=list(WAYS.items()))
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="guided"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="guided"
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="guided")
    # 帮助用设备: at which one, and whether it worked out.
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="guided"
    )
    worked = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "day"], name="guided_of_day")]


class Consultation(models.Model):
    """转窗口解答: a question that a guide handed to a window, and what the window answered."""

    county = models.CharField(max_length=12)
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="consultation")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="consultations")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, db_index=False, related_name="consultations")
    question = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=400, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "-asked_at"], name="consultation_of_hall")]


class Training(models.Model):
    """设备培训: since when a guide knows one kind of machine."""

    county = models.CharField(max_length=12)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False, related_name="trainings")
    kind = models.CharField(max_length=16, choices=Device.Kind)
    on = models.DateField()
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "kind", "on"], name="training_once")]


class Announcement(models.Model):
    """大厅广播: words for one zone of a hall or for all of it; the displays show them and sound the chime."""

    county = models.CharField(max_length=12)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, db_index=False, related_name="announcements")
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="announcements"
    )
    text = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["hall", "-at"], name="announcement_of_hall")]

    def __str__(self) -> str:
        return self.text
