"""清什么、留什么: of each kind, which rows are over their term, which of them still have business, and what is emptied?

`over` is found by an index of the rows that are not cleared yet. Nothing that runs is cleared: `needed` are rows of which
the telephone is still used too, `counts` those of which only the name is (a ban that may still follow).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from onewindow.box.models import Box
from onewindow.feedback.models import Complaint
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.files import forget_all
from onewindow.hall.models import Ban, Booking, CallBack, ContactTry, Extension, Visit
from onewindow.helping.models import AidRequest, Remark
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules import aids, bookings, complaints, extending
from onewindow.rules.keeping import Kind, ended_by

NOTHING = Q(pk__in=[])
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Store:
    """One kind in its table: of whom, by which day, and how it is emptied."""

    model: type[Any]
    ended: str  # the column of the index by which what is due is found
    over: Callable[[Rows, date], Rows]
    needed: Callable[[County, date], Q]
    empty: Callable[[Collection[int], datetime], None]
    people: tuple[str, ...] = ("party",)
    counts: Callable[[County, date], Q] = lambda county, today: NOTHING
    # What is emptied of an ended one as soon as he asks.
    contact: Mapping[str, object] | None = None
    said: str = ""  # the words under which it waits, on the page of the administrator

    def rows(self, county: County, last: date) -> Rows:
        """Those over their term and not cleared, whether anything still runs or not."""
        return self.over(self.model.objects.filter(county=county.code), last)

    def due(self, county: County, last: date, today: date) -> Rows:
        """Those to be cleared now."""
        return self.rows(county, last).exclude(self.needed(county, today) | self.counts(county, today))

    def held(self, county: County, last: date, today: date) -> Rows:
        """Those over their term that are still needed."""
        return self.rows(county, last).filter(self.needed(county, today) | self.counts(county, today))


def _complained(subject: str) -> Q:
    """Somebody looks into a complaint about it."""
    waiting = Complaint.objects.filter(about=OuterRef(subject), stage=complaints.Stage.OPEN.value)
    return Q(Exists(waiting))


def _awaited(day: str) -> Q:
    """The machine of its hall has not told everything of that day yet, or waits with data older than the copy."""
    boxes = Box.objects.filter(hall=OuterRef("hall"), retired_at__isnull=True)
    behind = Q(whole_at__isnull=True) | Q(whole_at__date__lte=OuterRef(day)) | Q(older_than__isnull=False)
    return Q(Exists(boxes.filter(behind)))


def _booking_needed(county: County, today: date) -> Q:
    open_ones = Q(stage__in=[one.value for one in (bookings.Stage.NEW, *bookings.OPEN)])
    found = open_ones | _complained("subject") | _awaited("on")
    if bookings.policy(pack_here(county).at(today)).filed_with:
        off = [one.value for one in bookings.OFF_HOURS]
        found |= Q(stage=bookings.Stage.SERVED.value, service__in=off)
    return found


def _booking_counts(county: County, today: date) -> Q:
    """放弃的次数: as long as a ban may follow of it, or follows."""
    said = bookings.policy(pack_here(county).at(today))
    if not said.ban_after:
        return NOTHING
    lifted = Ban.objects.filter(county=county.code, party=OuterRef("party"), lifted_on__gte=OuterRef("on"))
    found = Q(stage=bookings.Stage.ABANDONED.value) & ~Q(Exists(lifted))
    return found & Q(on__gt=ended_by(today, said.ban_months)) if said.ban_months else found


def _empty_bookings(keys: Collection[int], at: datetime) -> None:
    rows = Booking.objects.filter(pk__in=keys)
    signed = _signatures(rows)
    rows.update(party=None, agent=None, phone="", note="", reason="", signature=None, cleared_at=at)
    ContactTry.objects.filter(booking__in=keys).update(phone="", note="")
    forget_all(signed)


def _extension_needed(county: County, today: date) -> Q:
    stages = [extending.Stage.OPEN.value, extending.Stage.ENDED.value]
    if extending.policy(pack_here(county).at(today)).files:
        stages.append(extending.Stage.SERVED.value)
    to_call = CallBack.objects.filter(extension=OuterRef("pk"), at__isnull=True)
    return Q(stage__in=stages) | Q(Exists(to_call)) | _complained("ticket__subject")


def _empty_extensions(keys: Collection[int], at: datetime) -> None:
    rows = Extension.objects.filter(pk__in=keys)
    signed = _signatures(rows)
    rows.update(party=None, name="", phone="", signature=None, cleared_at=at)
    CallBack.objects.filter(extension__in=keys).update(opinion="", suggestion="")
    forget_all(signed)


def _services_over(rows: Rows, last: date) -> Rows:
    done = Q(done_at__isnull=True) | Q(done_at__date__lte=last)
    return rows.filter(done, cleared_at__isnull=True, on__lte=last)


def _empty_services(keys: Collection[int], at: datetime) -> None:
    rows = AidRequest.objects.filter(pk__in=keys)
    signed = _signatures(rows)
    rows.update(
        party=None,
        agent=None,
        phone="",
        address="",
        note="",
        told={},
        reason="",
        signature=None,
        cleared_at=at,
    )
    forget_all(signed)


def _remarks_over(rows: Rows, last: date) -> Rows:
    done = Q(done_at__isnull=True) | Q(done_at__date__lte=last)
    decided = Q(decided_at__isnull=True) | Q(decided_at__date__lte=last)
    return rows.filter(done, decided, cleared_at__isnull=True, day__lte=last)


def _visit_needed(county: County, today: date) -> Q:
    asked = Complaint.objects.filter(about__ticket__visit=OuterRef("pk"), stage=complaints.Stage.OPEN.value)
    helped = AidRequest.objects.filter(visit=OuterRef("pk"), stage__in=[one.value for one in aids.OPEN])
    return Q(ended_at__isnull=True) | Q(Exists(asked)) | Q(Exists(helped)) | _awaited("day")


def _empty_visits(keys: Collection[int], at: datetime) -> None:
    Visit.objects.filter(pk__in=keys).update(party=None, shown={})


def _after(last: date) -> datetime:
    """The moment at which that day is over."""
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=SHANGHAI)


def _signatures(rows: Rows) -> list[int]:
    return list(rows.filter(signature__isnull=False).values_list("signature", flat=True))


def _update(model: type[Any], **values: Any) -> Callable[[Collection[int], datetime], None]:
    def empty(keys: Collection[int], at: datetime) -> None:
        dated = {"cleared_at": at} if hasattr(model, "cleared_at") else {}
        model.objects.filter(pk__in=keys).update(**values, **dated)

    return empty


STORES: Mapping[Kind, Store] = {
    Kind.BOOKING: Store(
        Booking,
        "on",
        over=lambda rows, last: rows.filter(cleared_at__isnull=True, on__lte=last),
        needed=_booking_needed,
        counts=_booking_counts,
        empty=_empty_bookings,
        people=("party", "agent"),
        contact={"phone": "", "note": ""},
        said="还没有办完、没有备案、正在投诉，或者放弃次数还在累计的",
    ),
    Kind.EXTENSION: Store(
        Extension,
        "day",
        over=lambda rows, last: rows.filter(cleared_at__isnull=True, day__lte=last),
        needed=_extension_needed,
        empty=_empty_extensions,
        contact={"phone": ""},
        said="没有签字、没有备案、等着回访或者正在投诉的",
    ),
    Kind.SERVICE: Store(
        AidRequest,
        "on",
        over=_services_over,
        needed=lambda county, today: (
            Q(stage__in=[one.value for one in (aids.Stage.NEW, *aids.OPEN)]) | _complained("ticket__subject")
        ),
        empty=_empty_services,
        people=("party", "agent"),
        contact={"phone": "", "address": "", "note": ""},
        said="还没有办结的",
    ),
    Kind.REMARK: Store(
        Remark,
        "day",
        over=_remarks_over,
        needed=lambda county, today: Q(decided_at__isnull=True) | Q(adopted=True, done_at__isnull=True),
        empty=_update(Remark, party=None, phone="", text=""),
        contact={"phone": ""},
        said="还没有答复、改进还没有完成的",
    ),
    Kind.COMPLAINT: Store(
        Complaint,
        "settled_at",
        over=lambda rows, last: rows.filter(cleared_at__isnull=True, settled_at__lt=_after(last)),
        needed=lambda county, today: Q(stage=complaints.Stage.OPEN.value),
        counts=lambda county, today: Q(
            stage=complaints.Stage.VERIFIED.value, happened_on__gte=date(today.year, 1, 1)
        ),
        empty=_update(Complaint, party=None, name="", phone="", what="", finding="", answer=""),
        contact={"phone": ""},
        said="还没有答复、当年还计入考核的",
    ),
    Kind.VISIT: Store(
        Visit,
        "day",
        over=lambda rows, last: rows.filter(party__isnull=False, day__lte=last),
        needed=_visit_needed,
        empty=_empty_visits,
        said="没有结束、正在投诉，或者大厅本机还没有报完的",
    ),
    Kind.BAN: Store(
        Ban,
        "lifted_on",
        over=lambda rows, last: rows.filter(party__isnull=False, lifted_on__lte=last),
        needed=lambda county, today: NOTHING,
        empty=_update(Ban, party=None),
        said="没有恢复的",
    ),
}


def in_order(rows: Rows, store: Store) -> Rows:
    """By the index, the oldest first."""
    return rows.order_by(F(store.ended).asc(), "pk")
