"""作废不删: how does a row stay that no longer counts?"""

from __future__ import annotations

from typing import Any

from django.db import models


class Valid(models.Manager[Any]):
    """Those that count; every question asks them unless it says `every`."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(voided=False)


class Voidable(models.Model):
    """A row that a fact wrote: when the fact is voided, it stays, marked, and stands in nobody's way."""

    voided = models.BooleanField(default=False)

    objects = Valid()
    every = models.Manager[Any]()

    class Meta:
        abstract = True
