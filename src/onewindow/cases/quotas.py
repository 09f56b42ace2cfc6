"""名额: which applications compete for the places of an item, and is there one for this case (行政许可法 57)?

The row is read from the facts: the acceptances of all cases of the item that compete for the same places, whichever
version they were received under. Whoever decides locks the item first, so that of two only one gets the last place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.journal.models import Entry
from onewindow.rules import quotas
from onewindow.rules.quotas import Claim, Quota, Standing
from onewindow.rules.stages import Stage

ACCEPTANCES = ("Accepted", "AcceptedBySilence")
_WAITING = (Stage.EXAMINING.value, Stage.DECIDING.value)


@dataclass(frozen=True)
class Placed:
    """One application in the row, as the lists show it."""

    case: Case
    place: Standing


def quota_of(version: ItemVersion) -> Quota | None:
    """How many the published guide allows; none where it sets no number."""
    told = version.content.get("limited") or {}
    number, period = told.get("number"), told.get("period")
    if not isinstance(number, int) or number < 1 or period not in quotas.PERIODS:
        return None
    return Quota(number, period)


def refuse_beyond(case: Case, on: date) -> None:
    """Refuse to grant what has no place; the item stays locked until the decision is written."""
    quota = quota_of(case.version)
    if quota is None:
        return
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=case.version.item_id)
    quotas.refuse_beyond(_claims(competing(case, quota, on)), quota, case.pk)


def why_beyond(case: Case, on: date) -> str:
    """Why the case cannot be granted for want of a place, to be said beforehand; nothing is locked."""
    quota = quota_of(case.version)
    if quota is None or not case.accepted_on:
        return ""
    return quotas.why_beyond(_claims(competing(case, quota, on)), quota, case.pk)


def row_of(case: Case, on: date) -> list[Placed]:
    """The row in which this case stands; empty where the item sets no number or it is not accepted yet."""
    quota = quota_of(case.version)
    return _placed(competing(case, quota, on), quota) if quota and case.accepted_on else []


def fallen_out(case: Case, on: date | None) -> Quota | None:
    """The number that leaves nothing for this case; none while it has a place."""
    quota = quota_of(case.version)
    if quota is None or on is None:
        return None
    mine = next((one.place for one in row_of(case, on) if one.case.pk == case.pk), None)
    return quota if mine is not None and not mine.has_place else None


def row_of_item(item: Item, on: date) -> list[Placed]:
    """The row of this year, or of all that ever competed."""
    quota = quota_of(item.current) if item.current else None
    if quota is None:
        return []
    return _placed(_of(item.pk, quota.span(on), on), quota)


def competing(case: Case, quota: Quota, on: date) -> QuerySet[Case]:
    """Every application that competes with this one: accepted and waiting, or granted and still in force."""
    return _of(case.version.item_id, quota.span(case.accepted_on or on), on)


def _of(item: int, span: tuple[date, date] | None, on: date) -> QuerySet[Case]:
    holds = Q(decision__valid_until__isnull=True) | Q(decision__valid_until__gte=on)
    granted = Q(decision__granted=True, decision__revoked_on__isnull=True) & (holds if span is None else Q())
    rows = Case.objects.filter(Q(stage__in=_WAITING) | granted, version__item=item, accepted_on__isnull=False)
    if span is not None:
        rows = rows.filter(accepted_on__range=span)
    accepted = Entry.objects.filter(subject=OuterRef("subject"), fact__in=ACCEPTANCES).order_by("-place")
    return rows.select_related("decision").annotate(
        acc_entry=Subquery(accepted.values("pk")[:1]),
        acc_at=Subquery(accepted.values("at")[:1]),
        acc_fact=Subquery(accepted.values("fact")[:1]),
    )


def _claims(rows: Iterable[Case]) -> list[Claim]:
    return [
        Claim(
            case=one.pk,
            since=one.received_at if one.acc_fact == "AcceptedBySilence" else one.acc_at,  # type: ignore[attr-defined]
            entry=one.acc_entry,  # type: ignore[attr-defined]
            granted=one.decided_on is not None,
        )
        for one in rows
    ]


def _placed(rows: QuerySet[Case], quota: Quota) -> list[Placed]:
    known = {one.pk: one for one in rows}
    return [Placed(known[one.case], one) for one in quotas.row(_claims(known.values()), quota)]
