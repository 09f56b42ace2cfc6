"""取哪一队的号: into which line of a hall does somebody go who comes for this item?"""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.catalogue.models import Item
from onewindow.places.models import Hall, Line


def open_lines(hall: Hall) -> list[Line]:
    """The lines that give numbers, each with what it is for."""
    found = Line.objects.filter(hall=hall, closed_on__isnull=True)
    return list(found.prefetch_related("items", "departments"))


def line_for(item: Item, lines: Iterable[Line]) -> Line | None:
    """The line that names the item, else the one of its department, else the one for everybody."""
    told = list(lines)
    for one in told:
        if any(subject.pk == item.subject_id for subject in one.items.all()):
            return one
    for one in told:
        if any(office.pk == item.department_id for office in one.departments.all()):
            return one
    return next((one for one in told if not one.items.all() and not one.departments.all()), None)
