"""下发什么: which rows does the machine of a hall need to go on alone, and which must never leave the county?

Least power: of the people those who hold a post in this hall, with their sign-in, and of their powers those of the
hall; of the items names, forms and lists of papers; of the applicants those who booked (`asked.py`), nobody else.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.core import serializers
from django.db.models import Model, Q, QuerySet

from onewindow.box.models import Box
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.hall.models import Cap, TidalPlan
from onewindow.people.models import Account, Holding, Officer, Post
from onewindow.places.models import (
    County,
    Department,
    Device,
    Hall,
    Line,
    Opening,
    Region,
    Service,
    Window,
    Zone,
)
from onewindow.rules.grants import Grant

# What somebody may do at the machine of a hall, whatever else he may do at the county's.
AT_HALL = (Grant.HALL_TAKE, Grant.HALL_CALL, Grant.HALL_MANAGE)
_FIELDS: dict[type[Model], tuple[str, ...]] = {
    County: (
        *("name", "pack", "demo", "address", "hours", "phone", "supervision_phone", "settings", "notices"),
    ),
    Region: ("name", "level"),
    Department: ("county", "key", "name", "short", "uscc", "level", "phone", "window_accepts", "closed_on"),
    Hall: ("county", "region", "kind", "name", "address", "hours", "phone", "capacity", "advice"),
    Zone: ("hall", "kind", "name", "internal", "floor", "place", "closed_on"),
    Line: ("hall", "letter", "name", "about", "departments", "minutes", "order", "closed_on", "capped_until"),
    Window: ("hall", "number", "name", "kinds", "zone", "is_open", "why_closed", "low", "tidal"),
    Service: ("window", "line", "first"),
    Opening: ("hall", "kind", "weekdays", "begins", "ends", "since", "until"),
    Device: (
        *("hall", "kind", "name", "zone", "window", "keeper", "printer"),
        *("key_hash", "registered_by", "registered_at", "retired_on"),
    ),
    Account: ("username", "password", "is_active", "joined_at", "password_changed_at", "factor_reset_at"),
    Officer: ("county", "account", "name", "staff_no", "left_on"),
    Post: ("county", "name", "scope", "department", "hall", "window", "grants", "head"),
    Holding: ("officer", "post", "kind", "since", "until"),
    TidalPlan: (
        *("county", "hall", "window", "mode", "since", "until", "begins", "ends"),
        *("lines", "staff", "planned_by", "planned_at", "dropped_at"),
    ),
    Cap: (
        *("county", "hall", "line", "number", "kinds", "since", "until", "reason"),
        *("state", "proposed_by", "proposed_at"),
    ),
    Item: (
        *("county", "department", "handle_code", "local_code", "state", "name", "kind", "changed_at"),
        *("audience", "themes", "aliases"),
    ),
    ItemVersion: (
        *("county", "item", "number", "state", "name", "kind", "form", "clock", "published_at"),
        *("legal_days", "legal_unit", "promised_days", "promised_unit", "immediate"),
    ),
    Material: ("version", "code", "order", "name", "necessity", "source", "forms", "copies"),
}
MODELS = {model._meta.label: model for model in _FIELDS}


def names(model: type[Model]) -> tuple[str, ...]:
    """The fields of a row that are sent."""
    return _FIELDS[model]


def venue(box: Box, at: datetime) -> dict[str, Any]:
    """Everything that the machine needs, with its digest; the same as long as nothing of it was changed."""
    told: dict[str, Any] = {
        "rows": [_rows(rows) for rows in _all(box, at.date())],
        "subjects": _numbers(Item.objects.filter(county=box.county).exclude(current=None)),
        "lines": _items_of_lines(box),
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return {**told, "digest": hashlib.sha256(text.encode()).hexdigest()}


def _all(box: Box, today: date) -> list[QuerySet[Any]]:
    """In the order in which they are put down: what others point to first."""
    here, hall = box.county, box.hall_id
    posts = Post.objects.filter(hall=hall, county=here)
    seats = Holding.objects.filter(Q(until__isnull=True) | Q(until__gte=today), post__in=posts)
    officers = Officer.objects.filter(pk__in=seats.values("officer"), left_on__isnull=True)
    seats = seats.filter(officer__in=officers)
    items = Item.objects.filter(county=here, state=Item.State.PUBLISHED).exclude(current=None)
    versions = ItemVersion.objects.filter(pk__in=items.values("current"))
    return [
        County.objects.filter(pk=here),
        Region.objects.filter(Q(pk=here) | Q(hall=hall)).distinct(),
        Department.objects.filter(county=here),
        Hall.objects.filter(pk=hall),
        Zone.objects.filter(hall=hall),
        Line.objects.filter(hall=hall),
        Window.objects.filter(hall=hall),
        Service.objects.filter(window__hall=hall),
        Opening.objects.filter(hall=hall),
        Device.objects.filter(hall=hall),
        Account.objects.filter(officer__in=officers, is_active=True),
        officers,
        posts,
        seats,
        TidalPlan.objects.filter(hall=hall, until__gte=today),
        Cap.objects.filter(hall=hall, until__gte=today, state__in=[Cap.State.APPROVED, Cap.State.ENDED]),
        items,
        versions,
        Material.objects.filter(version__in=versions),
    ]


def _rows(rows: QuerySet[Any]) -> dict[str, Any]:
    model = rows.model
    found = json.loads(serializers.serialize("json", rows.order_by("pk"), fields=list(names(model))))
    if model is Post:
        for one in found:
            one["fields"] |= {"grants": _grants(one["fields"]["grants"]), "scope": "hall", "head": False}
    return {"model": model._meta.label, "rows": found}


def _grants(kept: str) -> str:
    """Of the powers of a post those of the hall; who takes papers in may do so on a receipt."""
    held = json.loads(kept)
    told = [grant.value for grant in AT_HALL if grant.value in held]
    if Grant.INTAKE_RECEIVE.value in held:
        told.append(Grant.RECEIPT_WRITE.value)
    return json.dumps(told)


def _numbers(items: QuerySet[Item]) -> dict[str, str]:
    """The public number of each item: the numbers of rows of the journal differ from one database to the other."""
    return {str(pk): number for pk, number in items.values_list("pk", "subject__number")}


def _items_of_lines(box: Box) -> dict[str, list[str]]:
    rows = Line.objects.filter(hall=box.hall_id, items__isnull=False).order_by("pk", "items__number")
    found: dict[str, list[str]] = {}
    for pk, number in rows.values_list("pk", "items__number"):
        found.setdefault(str(pk), []).append(number)
    return found
