"""读场所机构: which place is this, what does its pack say today, who sits where?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.conf import settings

from onewindow.packs import calendar, reader
from onewindow.places.models import County
from onewindow.rules.pack import Pack
from onewindow.rules.workdays import Calendar


def here() -> County:
    """The county that this installation serves."""
    return County.objects.get()


@cache
def workdays() -> Calendar:
    """The working-day calendar of all shipped and imported notices."""
    return Calendar(tuple(calendar.load(settings.PACKS_DIR).values()))


def pack_of(name: str) -> Pack:
    """The policy pack called `name`; a pack on disk never changes under a running process."""
    return reader.held(name, settings.PACKS_DIR)


def pack_here(county: County) -> Pack:
    """The pack of the county with the settings that its administrator changed."""
    pack = pack_of(county.pack)
    if not county.settings:
        return pack
    return pack.changed(
        {name: replace(pack.setting(name), value=value) for name, value in county.settings.items()}
    )
