"""The tables of the bare transaction: a case, its events, a counter; the same indexes as the measured peer's floor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BareCase(models.Model):
    """A case with a unique number and three more indexes."""

    objects: ClassVar[models.Manager[BareCase]] = models.Manager()

    number = models.CharField(max_length=40, unique=True)
    department = models.IntegerField(db_index=True)
    stage = models.CharField(max_length=20, db_index=True)
    due_on = models.DateField(db_index=True)
    body = models.JSONField()

    class Meta:
        app_label = "floor"


class BareEvent(models.Model):
    """One event of a case."""

    objects: ClassVar[models.Manager[BareEvent]] = models.Manager()

    case = models.ForeignKey(BareCase, on_delete=models.CASCADE)
    fact = models.CharField(max_length=20)
    at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        app_label = "floor"


class BareCounter(models.Model):
    """One of a thousand counters."""

    objects: ClassVar[models.Manager[BareCounter]] = models.Manager()

    last = models.IntegerField(default=0)

    class Meta:
        app_label = "floor"
