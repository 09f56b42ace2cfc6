"""读签收: which written rules has this officer still to acknowledge, and who of which unit has not?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from onewindow.people.models import Holding, NormReceipt, Officer
from onewindow.places.models import NormUnit, NormVersion

PAGE = 50
KINDS = {"section": "股室", "department": "部门", "hall": "场所"}
_OFFICES = ("section", "department", "hall")
# Of a section or a department that was closed nobody is waited for.
_STANDS = Q(section__closed_on__isnull=True, department__closed_on__isnull=True)


def _held(day: date, at: str = "") -> Q:
    """Who sits in a post on that day."""
    begun = Q(**{f"{at}since__lte": day})
    return begun & (Q(**{f"{at}until__isnull": True}) | Q(**{f"{at}until__gte": day}))


def asked_of(officer: Officer, day: date) -> Q:
    """The units in which he sits, as a condition on what is addressed."""
    posts = [one.post for one in officer.holdings if one.in_force(day)]
    found = Q(pk__in=[])
    for name in _OFFICES:
        if own := {getattr(post, f"{name}_id") for post in posts} - {None}:
            found |= Q(**{f"{name}__in": own})
    return found & _STANDS


def current(county: str) -> QuerySet[NormUnit]:
    """All to whom the newest versions are addressed."""
    return NormUnit.objects.filter(
        _STANDS,
        version__norm__county=county,
        version__superseded_at__isnull=True,
        version__norm__withdrawn_on__isnull=True,
    ).select_related("version__norm", *_OFFICES)


def with_open(units: QuerySet[NormUnit], day: date) -> QuerySet[Any]:
    """Each with `unsigned`: whether somebody of it has still to acknowledge."""
    unit = OuterRef("pk")
    own = NormReceipt.objects.filter(unit=OuterRef(unit), officer=OuterRef("officer"))
    seated = Q(pk__in=[])
    for name in _OFFICES:
        seated |= Q(**{f"post__{name}": OuterRef(name)})
    left = Holding.objects.filter(_held(day), seated, officer__left_on__isnull=True)
    signed = Exists(NormReceipt.objects.filter(unit=unit))
    return units.annotate(
        unsigned=Case(
            When(~_STANDS, then=Value(False)),
            When(Q(version__by_each=True), then=Exists(left.filter(~Exists(own)))),
            default=Case(When(signed, then=Value(False)), default=Value(True)),
            output_field=BooleanField(),
        )
    )


def to_acknowledge(officer: Officer, day: date) -> list[NormUnit]:
    """What waits for his signature: of each version once, the earliest day first."""
    his = NormReceipt.objects.filter(unit=OuterRef("pk"), officer=officer)
    anybody = NormReceipt.objects.filter(unit=OuterRef("pk"))
    done = Q(Exists(his)) | Q(Exists(anybody), version__by_each=False)
    rows = current(officer.county).filter(asked_of(officer, day)).exclude(done)
    found = rows.order_by("version__due_on", "version_id", "pk")[: PAGE * 4]
    return list({one.version_id: one for one in reversed(found)}.values())[::-1][:PAGE]


def counts(versions: Iterable[NormVersion], day: date) -> dict[int, tuple[int, int]]:
    """Of each version: to how many units it went, and how many of them have not acknowledged it; one statement."""
    rows = with_open(NormUnit.objects.filter(version__in=list(versions)), day).values("version")
    told = rows.annotate(sent=Count("pk"), left=Count("pk", filter=Q(unsigned=True))).order_by()
    return {one["version"]: (one["sent"], one["left"]) for one in told}


@dataclass(frozen=True)
class Line:
    """One unit with who of it acknowledged, and who has not."""

    unit: NormUnit
    signed: list[NormReceipt]
    left: dict[int, str]
    unsigned: bool

    @property
    def empty(self) -> bool:
        """Nobody sits there who could."""
        return self.unsigned and not self.left


def lines(units: Iterable[NormUnit], day: date) -> list[Line]:
    """Two statements for a page of units, however many people they have."""
    rows = list(units)
    signed: dict[int, list[NormReceipt]] = {one.pk: [] for one in rows}
    receipts = NormReceipt.objects.filter(unit__in=signed).select_related("officer", "post").order_by("pk")
    for receipt in receipts:
        signed[receipt.unit_id].append(receipt)
    seated = members(rows, day)
    made = []
    for one in rows:
        own = {receipt.officer_id for receipt in signed[one.pk]}
        # Of a unit that signs as one, all could do so until one has.
        waits = one.stands and (one.version.by_each or not own)
        left = {pk: name for pk, name in seated[one.pk].items() if pk not in own} if waits else {}
        made.append(Line(one, signed[one.pk], left, bool(left) or (waits and not one.version.by_each)))
    return made


def members(units: Iterable[NormUnit], day: date) -> dict[int, dict[int, str]]:
    """Who sits in each unit on that day: key and name; one statement."""
    rows = list(units)
    wanted = Q(pk__in=[])
    for name in _OFFICES:
        wanted |= Q(**{f"post__{name}__in": {getattr(one, f"{name}_id") for one in rows} - {None}})
    held = Holding.objects.filter(_held(day), wanted, officer__left_on__isnull=True)
    seats = held.order_by("officer_id").values_list(
        "officer_id", "officer__name", *(f"post__{name}" for name in _OFFICES)
    )
    found: dict[int, dict[int, str]] = {one.pk: {} for one in rows}
    for pk, called, *offices in seats:
        for one in rows:
            own = [getattr(one, f"{name}_id") for name in _OFFICES]
            if any(mine is not None and mine == his for mine, his in zip(own, offices, strict=True)):
                found[one.pk][pk] = called
    return found


def overdue(day: date) -> QuerySet[NormUnit]:
    """Who was not reminded yet of what was due before today."""
    rows = NormUnit.objects.filter(
        reminded_at__isnull=True,
        version__due_on__lt=day,
        version__superseded_at__isnull=True,
        version__norm__withdrawn_on__isnull=True,
    ).select_related("version__norm", *_OFFICES)
    return with_open(rows, day).filter(unsigned=True).order_by("pk")


def by_office(county: str, kind: str, day: date, after: int) -> tuple[list[Any], str]:
    """单位一览: how many rules each office of a kind was sent, and how many it has not acknowledged; one page."""
    late = Q(unsigned=True, version__due_on__lt=day)
    rows = (
        with_open(current(county), day)
        .filter(**{f"{kind}__gt": after})
        .values(office=F(f"{kind}_id"), name=F(f"{kind}__name"))
        .annotate(sent=Count("pk"), open=Count("pk", filter=Q(unsigned=True)), late=Count("pk", filter=late))
        .order_by("office")
    )
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1]["office"]) if len(found) > PAGE else ""


def of_office(county: str, kind: str, pk: int) -> QuerySet[NormUnit]:
    """What one office was sent and has to know."""
    return current(county).filter(**{kind: pk}).order_by("version__effective_on", "pk")
