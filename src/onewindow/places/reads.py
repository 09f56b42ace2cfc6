"""读场所机构: which place is this, what does its pack say today, who sits where?"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from onewindow.packs import calendar, reader
from onewindow.places.models import County, SettingChange
from onewindow.rules.pack import Pack
from onewindow.rules.workdays import Calendar


def here() -> County:
    """The county that this installation serves."""
    return County.objects.get()


@cache
def _pack(name: str) -> Pack:
    return reader.load(name, settings.PACKS_DIR)


@cache
def workdays() -> Calendar:
    """The working-day calendar of all shipped and imported notices."""
    return Calendar(tuple(calendar.load(settings.PACKS_DIR).values()))


def pack_of(name: str) -> Pack:
    """The policy pack called `name`; a pack on disk never changes under a running process."""
    return _pack(name)


def setting(county: County, name: str, on: date) -> Any:
    """A value that no document gives: the latest recorded change in force on the day, else the pack's start value."""
    changed = (
        SettingChange.objects.filter(county=county.code, name=name, since__lte=on)
        .order_by("-since", "-id")
        .values_list("value", flat=True)
        .first()
    )
    return pack_of(county.pack).setting(name).value if changed is None else changed
