"""本机忘记什么: how long does the machine of a hall keep who booked and who handed papers in, once the county knows?

It stands in a hall and can be stolen. What the county has not heard yet is kept, however old it is: also while the machine
waits because its data are older than the copy, for then nobody can say which of its lines were heard.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.models import Box, Outgoing
from onewindow.cases.models import OfflineReceipt
from onewindow.hall.models import Booking, Extension, Visit
from onewindow.keeping.kinds import STORES
from onewindow.people.models import Party
from onewindow.people.write import forget_unnamed
from onewindow.places.reads import here, pack_here
from onewindow.rules.extending import Stage
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.keeping import Kind

AT_ONCE = 500  # in one tick; the next minute goes on


def tick(at: datetime) -> None:
    """On the machine itself, every minute; at the county nothing is forgotten by this."""
    box = Box.objects.filter(key=settings.BOX).first() if settings.BOX else None
    if box is not None:
        forget(box, by=Owner(box), at=at)


@needs(Grant.BOX_LINK)
@transaction.atomic
def forget(box: Box, *, by: Actor, at: datetime) -> None:
    """到期删除: bookings and their people, what stands on the receipts, who was served late; numbers and moments stay."""
    if box.older_than is not None:
        return
    ledger.find()  # what nobody has looked for yet has not been told either
    first = at.date() - timedelta(days=pack_here(here()).setting("box.keep_days").number)
    Booking.objects.filter(pk__in=_pks(Booking.objects.filter(on__lt=first), box)).delete()
    old = _pks(OfflineReceipt.objects.filter(taken_at__date__lt=first, settled_at__isnull=True), box)
    OfflineReceipt.objects.filter(pk__in=old).update(person={}, form={}, papers=[], settled_at=at)
    if forms := _pks(_forms(box, first), box):
        STORES[Kind.EXTENSION].empty(forms, at)
    _people(first)


def _forms(box: Box, first: date) -> QuerySet[Extension]:
    """延时服务 that is through here: its form is filed at the county, of which this machine hears nothing."""
    rows = Extension.objects.filter(county=box.county, day__lt=first, cleared_at__isnull=True)
    rows = rows.exclude(stage__in=[Stage.OPEN.value, Stage.ENDED.value])
    through = list(rows.values_list("subject", flat=True))
    told = Outgoing.objects.filter(number__lte=box.held, entry__subject__in=through)
    return rows.filter(subject__in=told.values("entry__subject"))


def _pks(rows: QuerySet[Booking] | QuerySet[OfflineReceipt] | QuerySet[Extension], box: Box) -> list[int]:
    """Those of which the county holds every line."""
    untold = Outgoing.objects.filter(number__gt=box.held, entry__isnull=False).values("entry__subject")
    return list(rows.exclude(subject__in=untold).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _people(first: date) -> None:
    """Who has no booking any more; the numbers of his stay remain without his name.

    Who stands in the register of 延时服务 stays as long as the county has not heard all of it.
    """
    booked = Booking.objects.values("party")
    gone = Party.objects.filter(extensions__isnull=True).exclude(pk__in=booked)
    gone = gone.exclude(visits__day__gte=first)
    keys = list(gone.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        Visit.objects.filter(party__in=keys).update(party=None)
        forget_unnamed(keys)
