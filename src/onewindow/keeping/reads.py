"""保存期限的查询: how long each kind is kept, how many are due, when it was last cleared; and what is kept of one person?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate

from onewindow.journal.models import Entry, Subject
from onewindow.keeping.kinds import STORES, Rows
from onewindow.keeping.terms import last_over, months
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.rules.facts_keeping import KIND, PersonalCleared
from onewindow.rules.keeping import GRACE, KEPT, SETTING, Keeping, Kind, kept_until


@dataclass(frozen=True)
class Line:
    """One kind as the administrator sees it."""

    kind: Kind
    about: Keeping
    setting: str
    months: int
    due: int
    held: int
    held_words: str
    last_at: datetime | None
    last_count: int


def overview(county: County, today: date) -> list[Line]:
    """Every kind; three statements, however many rows there are."""
    counted = _counted(county, today)
    last = _last(county)
    return [
        Line(
            kind=kind,
            about=KEPT[kind],
            setting=SETTING[kind],
            months=months(county, kind, today),
            due=counted[f"due_{kind.value}"],
            held=counted[f"held_{kind.value}"],
            held_words=STORES[kind].said,
            last_at=last.get(kind.value, (None, 0))[0],
            last_count=last.get(kind.value, (None, 0))[1],
        )
        for kind in Kind
    ]


def _counted(county: County, today: date) -> dict[str, int]:
    counts: dict[str, Any] = {}
    for kind, store in STORES.items():
        last = last_over(county, kind, today)
        counts[f"due_{kind.value}"] = _count(store.due(county, last, today))
        counts[f"held_{kind.value}"] = _count(store.held(county, last, today))
    return _numbers(county, counts)


def _numbers(county: County, counts: dict[str, Any]) -> dict[str, int]:
    found: dict[str, Any] = dict(County.objects.filter(pk=county.pk).values(**counts).get())
    return found


def _count(rows: Rows) -> Coalesce:
    """How many, as one column of another question."""
    counted = rows.order_by().values("county").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _last(county: County) -> dict[str, tuple[datetime, int]]:
    """When each kind was last cleared by time, and how many rows on that day; two statements."""
    mine = Entry.objects.filter(county=county.code, fact=PersonalCleared.__name__, body__asked=False)
    newest = mine.filter(subject=OuterRef("pk")).order_by("-place").values("on")[:1]
    kinds = Subject.objects.filter(county=county.code, kind=KIND).annotate(last=Subquery(newest))
    days = Q(pk__in=[])
    for subject, day in kinds.exclude(last=None).values_list("pk", "last"):
        days |= Q(subject=subject, on=day)
    rows = mine.filter(days).order_by("pk").select_related("subject")
    found: dict[str, tuple[datetime, int]] = {}
    for one in rows:
        before = found.get(one.subject.number, (one.at, 0))[1]
        found[one.subject.number] = (one.at, before + len(one.body["rows"]))
    return found


def behind(county: County, today: date, kinds: Iterable[Kind] = tuple(Kind)) -> list[tuple[Keeping, int]]:
    """What was due some days ago and is there still: then nobody clears."""
    before = today - timedelta(days=GRACE)
    counts: dict[str, Any] = {}
    for kind in kinds:
        rows = STORES[kind].due(county, last_over(county, kind, before), today)
        counts[kind.value] = _count(rows)
    found = _numbers(county, counts)
    return [(KEPT[Kind(kind)], number) for kind, number in found.items() if number]


@dataclass(frozen=True)
class Own:
    """What is kept of one person of one kind: how many, how many of them are not over, and until when the last."""

    kind: Kind
    about: Keeping
    count: int
    running: int
    months: int
    last: date | None

    @property
    def until(self) -> date | None:
        """The last day on which the newest of them is kept, as far as it is over."""
        return kept_until(self.last, self.months) if self.last is not None else None


def own(party: Party, county: County, today: date) -> list[Own]:
    """Everything of his that has a term; one statement."""
    asked = [_own(kind, party, county, today) for kind in Kind]
    rows: QuerySet[Any] = asked[0].union(*asked[1:], all=True)
    found = {row["sort"]: row for row in rows if row["count"]}
    told = []
    for kind in Kind:
        row = found.get(kind.value)
        if row is not None:
            said = {name: row[name] for name in ("count", "running", "last")}
            told.append(Own(kind, KEPT[kind], months=months(county, kind, today), **said))
    return told


def rows_of(kind: Kind, party: Party, county: County, today: date) -> Rows:
    """What is kept of him of one kind, each with `runs`: it is not over, and its term has not begun."""
    rows = STORES[kind].model.objects.filter(county=county.code, party=party)
    runs = ExpressionWrapper(_runs(kind, county, today), output_field=BooleanField())
    return rows.annotate(runs=runs).order_by("pk")


def _runs(kind: Kind, county: County, today: date) -> Q:
    store = STORES[kind]
    runs = store.needed(county, today) | store.counts(county, today)
    return runs | Q(lifted_on__isnull=True) if kind is Kind.BAN else runs


def _own(kind: Kind, party: Party, county: County, today: date) -> QuerySet[Any]:
    store, runs = STORES[kind], _runs(kind, county, today)
    day = TruncDate(store.ended) if kind is Kind.COMPLAINT else store.ended
    rows = (
        store.model.objects.filter(county=county.code, party=party)
        .order_by()
        .annotate(sort=Value(kind.value))
    )
    return rows.values("sort").annotate(
        count=Count("pk"), running=Count("pk", filter=runs), last=Max(day, filter=~runs)
    )
