"""旁边的记录抄录: how do 延时, 引导 and what else a machine writes beside its numbers become the county's own rows?

The same fact, of the same moment, by the same doer; the key of the row that it names is the county's.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from onewindow.box.acts.copying import Copied, fact_of, number_here, numbers_of, when, with_keys
from onewindow.box.beside import KINDS, Kind, Row
from onewindow.box.models import Box
from onewindow.ground import files
from onewindow.ground.events import tell
from onewindow.hall.models import Escort, Extension, SignOff, Ticket, TidalRun
from onewindow.hall.write import channel_of
from onewindow.journal.models import Entry, Subject
from onewindow.journal.write import open_subject, record
from onewindow.people.models import Officer, Party
from onewindow.places.models import Window
from onewindow.places.write import organisation
from onewindow.rules.extending import Stage
from onewindow.rules.facts_extension import KIND as EXTENSION
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.relief import AWAITS

_OPENS, _SHUTS = "TidalOpened", "TidalClosed"


@needs(Grant.BOX_LINK)
def copy_beside(box: Box, line: Row, *, by: Actor) -> None:
    """One entry of the hall that is not of a number; told twice it counts once."""
    entry, at = line["entry"], when(line["entry"]["at"])
    subject = organisation(box.county)
    if _has(subject, entry, at):
        return
    _record(subject, line, at, put_rows(box, line, by=by))
    if entry["fact"] in (_OPENS, _SHUTS):
        _turned(box, entry)
    tell(channel_of(box.hall_id), f'{{"fact":"{entry["fact"]}"}}')


@needs(Grant.BOX_LINK)
def copy_extension(box: Box, line: Row, *, by: Actor) -> None:
    """延时服务: one entry of its register; its number is that of its printed form."""
    entry, at = line["entry"], when(line["entry"]["at"])
    which = line["number"], _began(line)
    there = _extension(box, *which)
    if there is not None and _has(there.subject, entry, at):
        return
    keys = put_rows(box, line, by=by)
    there = there or _extension(box, *which)
    if there is None:
        raise NotAllowed("上报的延时服务没有登记内容，没有抄录。请看两边的版本是不是一样。")
    _record(there.subject, line, at, keys)


@needs(Grant.BOX_LINK)
def put_rows(box: Box, line: Row, *, by: Actor) -> dict[str, int]:
    """The rows of a line as they stand there; answers the county's own key of each by the field that names it."""
    keys: dict[str, int] = {}
    for told in line.get("rows", ()):
        kind = KINDS.get(told["kind"])
        if kind is not None and (row := _put(box, kind, told)) is not None and kind.key:
            keys[kind.key] = row.pk
            if isinstance(row, Extension):
                keys["ticket"] = row.ticket_id or 0
    return keys


def _has(subject: Subject, entry: Row, at: datetime) -> bool:
    """Known again by its moment, its doer and where it was; the keys of rows differ."""
    same = {"fact": entry["fact"], "at": at, "by": entry["by"], "on": entry["on"]}
    places = {name: entry["body"][name] for name in ("window", "side") if name in entry["body"]}
    return Entry.objects.filter(
        county=subject.county, subject=subject, body__contains=places, **same
    ).exists()


def _record(subject: Subject, line: Row, at: datetime, keys: dict[str, int]) -> None:
    record(subject, with_keys(fact_of(line["entry"]), keys), by=Copied(line["entry"]["by"]), at=at)


def _put(box: Box, kind: Kind, told: Row) -> Any:
    found = {name: _here(box, kind, name, told[name]) for name in kind.fields if name in told}
    if "ticket" in kind.known_by and told.get("ticket") and found["ticket"] is None:
        return None  # the number was never told here
    row = _known(box, kind, told, found)
    if row.pk is not None and isinstance(row, Extension) and row.stage == Stage.FILED.value:
        return row
    if isinstance(row, Extension) and row.pk is None:
        found["number"] = number_here(box, EXTENSION, "", told["number"])
        found["subject"] = open_subject(box.county, EXTENSION, found["number"])
    else:
        found.pop("number", None)
    if isinstance(row, TidalRun) and row.pk is None and row.closed_at is None:
        open_ones = TidalRun.objects.filter(window=found["window_id"], closed_at__isnull=True)
        open_ones.update(closed_at=found["opened_at"], why_closed="over", closed_by="system")
    for name, value in found.items():
        setattr(row, name, value)
    if isinstance(row, Extension) and row.signature is None and "signature" in told:
        row.signature = _signature(box, told["signature"], row.applicant_signed_at or row.began_at)
    row.save()
    return row


def _known(box: Box, kind: Kind, told: Row, found: Row) -> Any:
    """The row that is here already, or a new one of this hall."""
    if kind.model is Extension:
        there: Any = _extension(box, told["number"], found["began_at"])
        return there or Extension(county=box.county, hall=box.hall)
    of_hall = {} if kind.model is SignOff else {"hall": box.hall}
    there = kind.model._default_manager.filter(**of_hall, **{name: found[name] for name in kind.known_by})
    if (row := there.first()) is not None:
        return row
    own = {} if kind.model is TidalRun else {"county": box.county}
    stay = {"visit": found["ticket"].visit} if kind.model is Escort else {}
    return kind.model(**of_hall, **own, **stay)


def _extension(box: Box, number: str, began_at: datetime | None = None) -> Extension | None:
    """By its number there; the last one, where a machine that forgot the first gave it again."""
    rows = Extension.objects.filter(hall=box.hall_id, number__in=numbers_of(number)).select_related("subject")
    if began_at is not None:
        rows = rows.filter(began_at=began_at)
    return rows.order_by("-pk").first()


def _began(line: Row) -> datetime | None:
    """By which a form is told from another of its number; who answers a request tells of no form."""
    forms = (told for told in line.get("rows", ()) if told["kind"] == EXTENSION)
    return next((when(told["began_at"]) for told in forms), None)


_MEMBERS: dict[str, Callable[[int], bool]] = {
    "party_id": lambda key: Party.objects.filter(pk=key).exists(),
    "officer_id": lambda key: Officer.objects.filter(pk=key).exists(),
}


def _here(box: Box, kind: Kind, name: str, value: Any) -> Any:
    """A value as it stands in a column here."""
    if value is None:
        return None
    if name == "ticket":
        return Ticket.objects.select_related("visit").filter(hall=box.hall_id, once=UUID(value)).first()
    if name == "extension":
        return _extension(box, value)
    if name in _MEMBERS and not _MEMBERS[name](value):
        return None
    column: Any = kind.model._meta.get_field(name)
    made = column.to_python(value)
    return when(value) if isinstance(made, datetime) else made


def _signature(box: Box, told: Row, at: datetime) -> Any:
    drawn = base64.b64decode(told["drawn"])
    return files.keep(box.county, drawn, name=told["name"], media_type=told["type"], at=at)


def _turned(box: Box, entry: Row) -> None:
    """Which windows are open there; what the administrator says of it here goes down as before.

    What is closed there is closed: also what was opened here before that machine took the hall over.
    """
    is_open, window = entry["fact"] == _OPENS, entry["body"]["window"]
    told = {"is_open": is_open, "why_closed": "" if is_open else AWAITS}
    Window.objects.filter(hall=box.hall_id, pk=window).update(**told)
    if not is_open:
        left = TidalRun.objects.filter(hall=box.hall_id, window=window, closed_at__isnull=True)
        over = {"closed_at": when(entry["at"]), "why_closed": entry["body"]["why"], "closed_by": entry["by"]}
        left.update(**over)
