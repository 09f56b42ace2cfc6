"""每分钟封口: how is the whole journal of a county closed, so that nobody can change its past unseen?

Writers chain their own matter only and never wait for one another; once a minute one hash over all new
entries, chained to the last one, closes the county. Entries seen at one closing enter the hash of the next, a minute later: by then no
transaction that could still add an entry among them is running.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from onewindow.ground import sm
from onewindow.journal.models import Entry, Head

LONGEST_ACT = timedelta(seconds=50)


@dataclass(frozen=True)
class Opened:
    """A closing that no longer agrees with the entries that it closed."""

    county: str
    at: datetime


def close(at: datetime) -> int:
    """Close what was seen a minute ago in every county; returns how many entries were closed."""
    counties = Entry.objects.order_by().values_list("county", flat=True).distinct()
    return sum(_close(county, at) for county in counties)


def opened() -> list[Opened]:
    """Closings whose hash does not follow from their entries; empty when nobody touched the past."""
    wrong: list[Opened] = []
    before: dict[str, Head] = {}
    for head in Head.objects.order_by("county", "pk").iterator():
        last = before.get(head.county)
        if bytes(head.hash) != _hash(last, _between(head.county, last, head.last_entry)):
            wrong.append(Opened(head.county, head.at))
        before[head.county] = head
    return wrong


@transaction.atomic
def _close(county: str, at: datetime) -> int:
    last = Head.objects.select_for_update().filter(county=county).order_by("-pk").first()
    seen = Entry.objects.filter(county=county).aggregate(seen=Max("pk"))["seen"] or 0
    if last is not None and (last.seen_entry == last.last_entry == seen or at - last.at < LONGEST_ACT):
        return 0
    until = last.seen_entry if last else 0
    closed = _between(county, last, until)
    Head.objects.create(
        county=county,
        at=at,
        last_entry=until,
        seen_entry=seen,
        entries=len(closed),
        before=bytes(last.hash) if last else b"",
        hash=_hash(last, closed),
    )
    return len(closed)


def _between(county: str, last: Head | None, until: int) -> list[bytes]:
    rows = Entry.objects.filter(county=county, pk__gt=last.last_entry if last else 0, pk__lte=until)
    return [bytes(hash_) for hash_ in rows.order_by("pk").values_list("hash", flat=True)]


def _hash(last: Head | None, closed: list[bytes]) -> bytes:
    return sm.digest((bytes(last.hash) if last else b"") + b"".join(closed))
