"""哪一队: which halls and lines give numbers, and which of them is for an item?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from onewindow.catalogue.models import Item
from onewindow.ground.prepared import Question, slot_number
from onewindow.hall.models import Cap
from onewindow.places.models import Hall, Line
from onewindow.rules.tickets import TicketStage


def with_waiting(day: date) -> QuerySet[Hall]:
    """The halls where numbers are given, each with how many wait in it on this day (`waiting`)."""
    waiting = Count("tickets", filter=Q(tickets__day=day, tickets__stage=TicketStage.WAITING))
    giving = Line.objects.filter(hall=OuterRef("pk"), closed_on__isnull=True)
    return Hall.objects.filter(Exists(giving)).annotate(waiting=waiting).order_by("pk")


def lines_of(hall: Hall) -> QuerySet[Line]:
    """The lines for which numbers are given, in the order of the machine at the door."""
    return Line.objects.filter(hall=hall, closed_on__isnull=True).order_by("order", "letter")


def _line_in(hall: int, pk: int) -> QuerySet[Line]:
    return Line.objects.filter(hall=hall, pk=pk)


_LINE_IN = Question(_line_in, slot_number(), slot_number())


def line_in(hall: int, pk: int) -> Line | None:
    """A line of this hall."""
    return _LINE_IN.one(hall, pk)


def lines_for(hall: Hall, item: Item) -> list[Line]:
    """Where one lines up for an item, the best first: the line that names it, its department's, the general one."""
    of_item = Line.items.through.objects.filter(line=OuterRef("pk"))
    of_department = Line.departments.through.objects.filter(line=OuterRef("pk"))
    found = lines_of(hall).annotate(
        named=Exists(of_item.filter(subject=item.subject_id)),
        own=Exists(of_department.filter(department=item.department_id)),
        general=~Exists(of_item) & ~Exists(of_department),
    )
    fitting = list(found.filter(Q(named=True) | Q(own=True) | Q(general=True)))
    return sorted(fitting, key=lambda line: (not line.named, not line.own))  # type: ignore[attr-defined]


def limits_on(lines: Iterable[Line], day: date) -> list[Cap]:
    """限号 that is published; no statement where no line has an approved one."""
    capped = [one.pk for one in lines if one.capped_until is not None and one.capped_until >= day]
    if not capped:
        return []
    rows = Cap.objects.filter(
        line__in=capped, state=Cap.State.APPROVED, since__lte=day, until__gte=day
    ).select_related("line")
    return list(rows.order_by("pk"))
