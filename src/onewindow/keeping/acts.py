"""清除个人信息: what is over its term loses its names, telephones, addresses and words; what was registered stays.

Each clearing is one transaction about a bounded number of rows and one line of the journal: kind and ids, no names.
Whoever just then works on a row is not waited for: it is cleared, if it still is due, in the next minute.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onewindow.hall.models import ContactTry
from onewindow.journal.models import Subject
from onewindow.journal.write import record
from onewindow.keeping.kinds import STORES, Store, in_order
from onewindow.keeping.terms import last_over
from onewindow.people.models import Party
from onewindow.people.write import forget_unnamed
from onewindow.places.models import County
from onewindow.rules.facts_keeping import KIND, PersonalCleared
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.keeping import Kind

AT_ONCE = 200  # in one transaction; the next minute goes on


@needs(Grant.KEEPING_CLEAR)
@transaction.atomic
def clear(county: County, *, by: Actor, at: datetime, kind: Kind) -> int:
    """按保存期限清除: the oldest rows of this kind that are due, and the files of persons that nothing names then."""
    store, today = STORES[kind], at.date()
    due = in_order(store.due(county, last_over(county, kind, today), today), store)
    rows = due.select_for_update(of=("self",), skip_locked=True).values_list("pk", *store.people)
    found = list(rows[:AT_ONCE])
    if not found:
        return 0
    keys = [row[0] for row in found]
    store.empty(keys, at)
    persons = forget_unnamed({key for row in found for key in row[1:] if key is not None})
    _write(county, PersonalCleared(on=today, kind=kind, rows=tuple(keys), persons=persons), by, at)
    return len(keys)


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def clear_own(party: Party, *, by: Party, at: datetime, county: County) -> int:
    """本人要求删除 (个人信息保护法 47): where he was reached and what he noted of everything that is over, at once."""
    return sum(_clear_contact(kind, store, party, by, at, county) for kind, store in STORES.items())


def _clear_contact(kind: Kind, store: Store, party: Party, by: Party, at: datetime, county: County) -> int:
    if store.contact is None:
        return 0
    rows = store.model.objects.filter(county=county.code, party=party, cleared_at__isnull=True)
    there = Q()
    for name, nothing in store.contact.items():
        there |= ~Q(**{name: nothing})
    ended = rows.filter(there).exclude(store.needed(county, at.date()))
    keys = list(ended.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        return 0
    store.model.objects.filter(pk__in=keys).update(**store.contact)
    if kind is Kind.BOOKING:
        ContactTry.objects.filter(booking__in=keys).update(phone="", note="")
    fact = PersonalCleared(on=at.date(), kind=kind, rows=tuple(keys), asked=True)
    _write(county, fact, by, at)
    return len(keys)


def _write(county: County, fact: PersonalCleared, by: Actor, at: datetime) -> None:
    """One matter of the journal for each kind; its row is locked, so that its entries stand one after the other."""
    made, _ = Subject.objects.get_or_create(county=county.code, kind=KIND, number=fact.kind)
    record(Subject.objects.select_for_update().get(pk=made.pk), fact, by=by, at=at)
