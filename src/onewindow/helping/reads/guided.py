"""导办看什么: whom to look after, what the figures of guiding say, and which days have no summary?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from onewindow.ground.paging import page
from onewindow.hall.actors import SELF_SERVICE
from onewindow.hall.models import Escort, Ticket, Visit
from onewindow.helping.models import Consultation, Guided, Remark, Summary, Training
from onewindow.people.models import Officer
from onewindow.people.reads import guides_at
from onewindow.places.models import Device, Hall
from onewindow.rules.guiding import GROUP_WORDS, percent, took
from onewindow.rules.tickets import AT_WINDOW, MISSED, PARKED, WAITING

PAGE, SETTLED = 50, 20
# 自助服务设备: what a guide has to know.
_IN_HALL = (WAITING, MISSED, PARKED, *AT_WINDOW)


def going(hall: Hall) -> list[Escort]:
    """Who is accompanied now, whoever has no guide yet first."""
    rows = Escort.objects.filter(hall=hall, ended_at__isnull=True)
    beside = ("ticket__line", "ticket__window", "ticket__device", "visit", "helper")
    return sorted(
        rows.select_related(*beside).order_by("begun_at"), key=lambda one: one.helper_id is not None
    )


def escorts_of(hall: Hall, day: date) -> list[Escort]:
    """What was accompanied and is over, of one day, with its steps."""
    rows = Escort.objects.filter(hall=hall, ticket__day=day, ended_at__isnull=False)
    return list(rows.select_related("ticket__line", "visit", "helper").order_by("-ended_at"))


def looked_after(hall: Hall, at: datetime, minutes: int) -> tuple[list[Ticket], list[Ticket]]:
    """The numbers of those of a group who are in the hall; and 关怀单: who waits longer than laid down here and
    nobody looked after yet, the longest first. One statement."""
    rows = Ticket.objects.filter(hall=hall, day=at.date(), stage__in=_IN_HALL)
    since = at - _span(minutes)  # who came early for his booked hour waits from when his turn can come
    long_ones = Q(stage=WAITING, cared_at__isnull=True, taken_at__lt=since, rank__lt=since)
    wanted = ~Q(visit__groups=[]) | long_ones
    found = list(rows.filter(wanted).select_related("line", "window", "visit").order_by("rank"))
    long = [one for one in found if _waits_long(one, at, minutes)]
    return [one for one in found if one.visit.groups], sorted(long, key=lambda one: one.taken_at)


def _waits_long(ticket: Ticket, at: datetime, minutes: int) -> bool:
    since = max(ticket.taken_at, ticket.rank)
    return ticket.stage == WAITING and ticket.cared_at is None and since < at - _span(minutes)


def _span(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def consulted(visit: int | None) -> list[Consultation]:
    """受理前咨询: what was asked in the stay in which a case was taken in; nothing is read without a stay."""
    if visit is None:
        return []
    rows = Consultation.objects.filter(ticket__visit=visit).select_related("ticket", "window")
    return list(rows.order_by("asked_at", "pk"))


def open_questions(hall: Hall, day: date) -> list[Consultation]:
    """What was handed to windows on a day, what is not answered first."""
    rows = Consultation.objects.filter(hall=hall, asked_at__date=day)
    found = rows.select_related("ticket", "window").order_by("-asked_at")
    return sorted(found, key=lambda one: one.answered_at is not None)


@dataclass(frozen=True)
class Misled:
    """走错窗口率 of one item, or of a line where no item was said."""

    name: str
    taken: int
    wrong: int

    @property
    def rate(self) -> int:
        return percent(self.wrong, self.taken)


@dataclass(frozen=True)
class Figures:
    """What the guiding of some days came to."""

    assisted: int
    ways: dict[str, int]
    groups: list[tuple[str, int]]
    misled: list[Misled]
    minutes: float | None
    offered: int
    diverted: int
    cared: int
    escorted: int

    @property
    def share(self) -> int:
        """自助分流率: of those whose item a machine does, how many went there."""
        return percent(self.diverted, self.offered)


def figures(hall: Hall, since: date, until: date) -> Figures:
    """Counted from the rows of those days; four statements."""
    span = {"hall": hall, "day__gte": since, "day__lte": until}
    guided = list(Guided.objects.filter(**span).select_related(None))
    tickets = list(Ticket.objects.filter(**span).select_related("item", "line", "visit"))
    ways = Counter(one.way for one in guided)
    counted = Counter(group for stay in _stays(tickets) for group in stay.groups)
    return Figures(
        assisted=len(guided),
        ways=dict(ways),
        groups=[(word, counted[code]) for code, word in GROUP_WORDS.items()],
        misled=_misled(tickets),
        minutes=_minutes(tickets, guided),
        offered=ways["self"] + ways["window"],
        diverted=ways["self"],
        cared=sum(1 for one in tickets if one.cared_at is not None),
        escorted=Escort.objects.filter(hall=hall, ticket__day__range=(since, until)).count(),
    )


def _stays(tickets: Iterable[Ticket]) -> Iterable[Visit]:
    return {one.visit_id: one.visit for one in tickets}.values()


def _misled(tickets: Iterable[Ticket]) -> list[Misled]:
    taken: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in tickets:
        name = one.item.name if one.item is not None else f"没有说明事项（{one.line.name}）"
        taken[name] += 1
        wrong[name] += one.misled_at is not None
    found = [Misled(name, taken[name], wrong[name]) for name in taken if wrong[name]]
    return sorted(found, key=lambda one: (-one.rate, -one.wrong, one.name))


def _minutes(tickets: Iterable[Ticket], guided: Iterable[Guided]) -> float | None:
    """引导用时, on average: from when somebody was first seen until he had a number of the right line."""
    first: dict[int, datetime] = {}
    for one in guided:
        if one.ticket_id is not None:
            first[one.ticket_id] = min(one.at, first.get(one.ticket_id, one.at))
    spans = [
        took(min(first.get(one.pk, one.taken_at), one.visit.began_at), one.taken_at, one.misled_at)
        for one in tickets
    ]
    return round(sum(span.total_seconds() for span in spans) / len(spans) / 60, 1) if spans else None


@dataclass(frozen=True)
class Trained:
    """A guide, the machines that he knows with the day, and those of this hall that he does not."""

    officer: Officer
    known: list[tuple[str, date]]
    missing: list[str]


def trained(hall: Hall, on: date) -> list[Trained]:
    """The guides of a hall; who lacks something first."""
    guides = guides_at(hall.pk, on)
    known: dict[int, dict[str, date]] = {}
    for one in Training.objects.filter(officer__in=guides).order_by("on"):
        known.setdefault(one.officer_id, {})[one.kind] = one.on
    here = Device.objects.filter(hall=hall, retired_on__isnull=True, kind__in=SELF_SERVICE)
    kinds = [kind for kind in SELF_SERVICE if kind in set(here.values_list("kind", flat=True))]
    told = [
        Trained(
            officer,
            [(Device.Kind(kind).label, day) for kind, day in known.get(officer.pk, {}).items()],
            [kind.label for kind in kinds if kind not in known.get(officer.pk, {})],
        )
        for officer in guides
    ]
    return sorted(told, key=lambda one: -len(one.missing))


@dataclass(frozen=True)
class Day:
    """One day: what was entered, and whether its summary was sent."""

    day: date
    entries: int
    summary: Summary | None


def days(hall: Hall, workdays: Iterable[date]) -> list[Day]:
    """汇总 of these days, the latest first; a day without one stands there too."""
    wanted = sorted(workdays, reverse=True)
    sent = {one.day: one for one in Summary.objects.filter(hall=hall, day__in=wanted)}
    counts = Remark.objects.filter(hall=hall, day__in=wanted).order_by().values_list("day")
    entered = dict(counts.annotate(n=Count("pk")))
    return [Day(one, entered.get(one, 0), sent.get(one)) for one in wanted]


def to_answer(hall: Hall, after: str = "") -> tuple[list[Remark], str]:
    """What was said and nobody answered, the oldest first; one page, and the key after which the next goes on."""
    rows = Remark.objects.filter(hall=hall, decided_at__isnull=True).select_related("owner")
    return page(rows, after, by=("at",), size=PAGE)


def tasks(hall: Hall, after: str = "") -> tuple[list[Remark], str]:
    """What was adopted and is not done, the first due first."""
    rows = Remark.objects.filter(hall=hall, adopted=True, done_at__isnull=True).select_related("owner")
    return page(rows, after, by=("due",), size=PAGE)


def settled(hall: Hall, after: str = "") -> tuple[list[Remark], str]:
    """What was answered, and carried out where it was adopted, the latest first."""
    rows = Remark.objects.filter(hall=hall, decided_at__isnull=False)
    rows = rows.exclude(adopted=True, done_at__isnull=True).select_related("owner")
    return page(rows, after, by=("-decided_at",), size=SETTLED, filled=True)


def remarks_of(hall: Hall, day: date) -> QuerySet[Remark]:
    """What was said on one day."""
    return Remark.objects.filter(hall=hall, day=day).select_related("owner")
