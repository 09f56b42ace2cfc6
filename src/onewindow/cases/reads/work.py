"""待办: which cases wait for an office, in the order in which they fall due?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from onewindow.cases.models import Case, Extension, Opinion, Refund
from onewindow.cases.reads.visible import visible_to
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places import reads as places
from onewindow.rules.grants import Grant
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.lights import READY, WAITS, Light, light
from onewindow.rules.stages import Stage

_WAITS = {stage.value: waits for stage, waits in WAITS.items()}
_NO_LIGHT = Light("done", "")
PAGE = 50
COUNTED = 1000


@dataclass(frozen=True)
class Tab:
    """One list of the desk."""

    key: str
    label: str
    where: Q
    newest_first: bool = False
    seldom: bool = False  # offered only while something waits in it


def _waiting(*stages: Stage) -> Q:
    return Q(is_open=True, held=False, stage__in=[stage.value for stage in stages])


_REFUNDS = Refund.objects.filter(bill__case=OuterRef("pk"), approved__isnull=True)
TABS: Mapping[str, Tab] = {
    tab.key: tab
    for tab in (
        Tab("accept", "待受理", _waiting(Stage.RECEIVED)),
        Tab("examine", "待审核", _waiting(Stage.EXAMINING)),
        Tab("refusal", "待确认不予受理", _waiting(Stage.REFUSING), seldom=True),
        Tab("decide", "待决定", _waiting(Stage.DECIDING)),
        Tab("above", "等上级决定", _waiting(Stage.ABOVE), seldom=True),
        Tab("deliver", "待送达", _waiting(Stage.GRANTED, Stage.DENIED)),
        Tab("paused", "暂停或等待", Q(is_open=True) & (Q(held=True) | Q(stage=Stage.CORRECTING.value))),
        Tab("unpaid", "等缴费", Q(is_open=True, unpaid=True), seldom=True),
        # Money that waits to go back, also of a case that has ended.
        Tab("refund", "等退付", Q(Exists(_REFUNDS)), seldom=True),
        Tab("done", "已办", Q(is_open=False), newest_first=True),
    )
}


_ABOVE = Light("held", "等上级决定")


@dataclass(frozen=True)
class Row:
    """One line of a list: the case and its light today."""

    case: Case
    light: Light


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key from which the next one goes on."""

    rows: Sequence[Row]
    after: str


def light_of(case: Case | Line, today: date) -> Light:
    """The light of a case on a day, from its index alone."""
    return light(
        today,
        due_on=case.due_on,
        yellow_on=case.yellow_on,
        legal_due_on=case.legal_due_on,
        held=case.held,
        closed=not case.is_open,
        calendar=places.workdays(),
        waits=_WAITS.get(case.stage),
    )


def light_at(case: Case, today: date) -> Light:
    """The same beside the case's application: a result that is to be fetched says so."""
    light = light_of(case, today)
    if light.word == READY.word and case.application.delivery_way == "counter":
        return Light(light.colour, "待领取")
    return light


def light_told(case: Case, today: date) -> Light:
    """What the applicant sees: while another organ decides, our own days say nothing to him."""
    return _ABOVE if case.stage == Stage.ABOVE.value else light_of(case, today)


def mine(officer: Officer) -> Q:
    """What is his to do: examined by him, taken in by him, or given to nobody yet; of what is done, what he did."""
    his = Q(examiner=officer) | Q(taken_by=officer)
    if officer.stands_for:  # what waits for whoever is away waits for him
        his |= Q(examiner__in=officer.stands_for, is_open=True)
    return his | Q(examiner__isnull=True, is_open=True) | Q(is_open=False) & Q(_did(officer))


def in_hand(officer: Officer) -> list[Case]:
    """What nobody else would take up by himself: to be examined by him, or forwarded to him for the decision."""
    his = Q(stage=Stage.EXAMINING.value) | Q(stage=Stage.DECIDING.value) & ~Exists(
        Opinion.objects.filter(case=OuterRef("pk"), by=officer, sent_back=False)
    )
    return list(Case.objects.filter(his, examiner=officer, is_open=True).order_by("due_on", "pk"))


def _did(officer: Officer) -> Exists:
    """Whether he decided it, handed it out or did anything else in its course."""
    return Exists(Entry.objects.filter(subject=OuterRef("subject"), by=officer.actor_code))


def named(found: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Those whose number, applicant or item is called so."""
    if not words:
        return found
    return found.filter(
        Q(number__icontains=words) | Q(applicant_name__icontains=words) | Q(item_name__icontains=words)
    )


def page(
    officer: Officer,
    tab: Tab,
    today: date,
    *,
    only_mine: bool = False,
    words: str = "",
    sifted: Q | None = None,
    after: str = "",
    size: int = PAGE,
) -> Page:
    """A page of one list, by due day with the undated last; newest first for what is done. Paged by key."""
    found = named(visible_to(officer).filter(tab.where), words)
    if sifted is not None:
        found = found.filter(sifted)
    if only_mine:
        found = found.filter(mine(officer))
    return keyed(found, today, newest_first=tab.newest_first, after=after, size=size)


def keyed(
    found: QuerySet[Case], today: date, *, newest_first: bool = False, after: str = "", size: int = PAGE
) -> Page:
    """One page of `found` in its order, from the key `after` on; each case knows whether its applicant has died."""
    ordered = (
        found.defer("enquiry_code")
        .annotate(died_on=F("applicant__died_on"))
        .select_related("examiner")
        .order_by(*(["-id"] if newest_first else ["due_on", "id"]))
    )
    rows = list(ordered.filter(_beyond(after, newest_first))[: size + 1])
    more = rows[size - 1] if len(rows) > size else None
    return Page([Row(case, light_of(case, today)) for case in rows[:size]], _key(more) if more else "")


class Line(NamedTuple):
    """One line of the longest list: the columns that it shows, and the light today."""

    pk: int
    number: str
    item_name: str
    applicant_name: str
    stage: str
    received_on: date
    closed_on: date | None
    is_open: bool
    due_on: date | None
    legal_due_on: date | None
    yellow_on: date | None
    provisional: bool
    held: bool
    unpaid: bool
    kind: str
    mode: str
    light: Light


def latest(found: QuerySet[Case], today: date, *, after: str, size: int) -> tuple[list[Line], str]:
    """The latest of `found` as lines, from the key `after` on, and the key of the next page."""
    ordered = found.filter(_beyond(after, newest_first=True)).order_by("-id")
    rows = [_line(row, today) for row in ordered.values_list(*Line._fields[:-1])[: size + 1]]
    return rows[:size], f"_{rows[size - 1].pk}" if len(rows) > size else ""


def _line(row: tuple[Any, ...], today: date) -> Line:
    line = Line._make((*row, _NO_LIGHT))
    return line._replace(light=light_of(line, today))


def extensions_to_settle(officer: Officer) -> QuerySet[Extension]:
    """Wishes for more days that wait for him, the first to fall due first: as head of the organ, or of the government.

    What was decided meanwhile needs no days any more.
    """
    undecided = [Stage.EXAMINING.value, Stage.DECIDING.value]
    waiting = Extension.objects.filter(
        approved__isnull=True, case__stage__in=undecided, case__in=visible_to(officer)
    )
    joint, his_own = Q(case__kind=CaseKind.JOINT.value), Q(pk__in=())
    if officer.may(Grant.CASE_EXTEND):
        his_own |= ~joint
    if officer.may(Grant.CASE_EXTEND_JOINT):
        his_own |= joint
    his = waiting.filter(his_own).exclude(asked_by=officer).select_related("case")
    return his.order_by("case__legal_due_on", "pk")


def counts(
    officer: Officer,
    *,
    only_mine: bool = False,
    words: str = "",
    sifted: Q | None = None,
    **beside: QuerySet[Any],
) -> dict[str, int]:
    """How many cases each list holds and how much stands `beside`, in one statement; COUNTED + 1 stands for more."""
    seen = named(visible_to(officer), words)
    if sifted is not None:
        seen = seen.filter(sifted)
    if only_mine:
        seen = seen.filter(mine(officer))
    return bounded_counts({key: seen.filter(tab.where) for key, tab in TABS.items()} | beside)


def bounded_counts(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Each queryset's size, exact to COUNTED, all in one statement."""
    found = dict.fromkeys(querysets, 0)
    parts: list[tuple[str, str]] = []
    told: list[Any] = []
    for key, rows in querysets.items():
        try:
            sql, params = rows.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append((key, f"(SELECT count(*) FROM ({sql}) part)"))  # noqa: S608 (the ORM's own SQL)
        told.extend(params)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(sql for _, sql in parts)}", told)
            found |= dict(zip((key for key, _ in parts), cursor.fetchone(), strict=True))
    return found


def shown(count: int) -> str:
    """A bounded count as a screen writes it."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def _key(case: Case) -> str:
    return f"{case.due_on.isoformat() if case.due_on else ''}_{case.pk}"


def _beyond(after: str, newest_first: bool) -> Q:
    day, _, number = after.partition("_")
    if not number.isdigit():
        return Q()
    if newest_first:
        return Q(pk__lt=int(number))
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return Q(due_on__isnull=True, pk__gt=int(number))
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=int(number)) | Q(due_on__isnull=True)
