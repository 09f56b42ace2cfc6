"""旁边的记录: which rows beside the numbers go up with their facts – 延时, 引导, 广播, who was answered what, which window was open?

A row that both sides make has another key on each: the county knows it again by what is said here of each kind.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from onewindow.ground import files
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Escort, Extension, ExtensionAsk, SignOff, Ticket, TidalRun
from onewindow.helping.models import Announcement, Consultation, Guided
from onewindow.journal.models import Entry

Row = dict[str, Any]
# The line of an entry that stands in the journal of the county, and not of a number.
BESIDE = "beside"


def _kept(key: str) -> Callable[[Entry], Q]:
    return lambda entry: Q(pk=entry.body[key])


@dataclass(frozen=True)
class Kind:
    """Rows of one table: which facts tell of them, by what they are known again, and what of them is sent."""

    model: type[Model]
    facts: frozenset[str]
    known_by: tuple[str, ...]
    fields: tuple[str, ...]
    find: Callable[[Entry], Q]
    # The field of the fact that holds the row's own key.
    key: str = ""


KINDS: Mapping[str, Kind] = {
    "extension": Kind(
        Extension,
        frozenset(
            {"ExtensionBegun", "ExtensionEnded", "ExtensionLeft", "ExtensionSigned", "ExtensionServed"}
        ),
        ("number", "began_at"),
        (
            *("number", "stage", "window_id", "officer_id", "ticket", "party_id", "item_id", "what", "name"),
            *("phone", "ground", "why", "day", "closed_at", "began_at", "ended_at", "minutes", "outcome"),
            *("handler_signed_by_id", "handler_signed_at", "applicant_signed_at", "on_paper", "served_at"),
        ),
        _kept("extension"),
        "extension",
    ),
    "asked": Kind(
        ExtensionAsk,
        frozenset({"OvertimeAsked", "OvertimeAnswered"}),
        ("asked_at", "channel", "ticket"),
        (
            *("window_id", "ticket", "channel", "what", "asked_at", "agreed", "answered_at"),
            *("answered_by_id", "reason", "extension"),
        ),
        _kept("asked"),
        "asked",
    ),
    "guided": Kind(
        Guided,
        frozenset({"VisitorGuided"}),
        ("at", "by"),
        ("day", "at", "by", "need", "way", "item_id", "line_id", "ticket", "device_id", "worked"),
        _kept("guided"),
        "guided",
    ),
    "announcement": Kind(
        Announcement,
        frozenset({"Announced"}),
        ("at", "by"),
        ("zone_id", "text", "at", "by"),
        _kept("announcement"),
        "announcement",
    ),
    "consultation": Kind(
        Consultation,
        frozenset({"QuestionHanded", "QuestionAnswered"}),
        ("ticket",),
        ("ticket", "window_id", "question", "asked_by", "asked_at", "answer", "answered_by", "answered_at"),
        _kept("consultation"),
        "consultation",
    ),
    "escort": Kind(
        Escort,
        frozenset({"HelperAssigned", "HelpStepDone", "HelpOver"}),
        ("ticket", "begun_at"),
        ("ticket", "helper_id", "begun_at", "begun_by", "steps", "ended_at", "how"),
        _kept("escort"),
        "escort",
    ),
    "tidal": Kind(
        TidalRun,
        frozenset({"TidalOpened", "TidalClosed"}),
        ("window_id", "opened_at"),
        (
            *("window_id", "plan_id", "opened_at", "why", "opened_by"),
            *("closed_at", "why_closed", "closed_by"),
        ),
        lambda entry: Q(window=entry.body["window"]) & (Q(opened_at=entry.at) | Q(closed_at=entry.at)),
    ),
    "left": Kind(
        SignOff,
        frozenset({"WindowLeft"}),
        ("window_id", "at"),
        ("window_id", "officer_id", "at", "closed_at"),
        lambda entry: Q(window=entry.body["window"], at=entry.at),
    ),
}
# Those that stand in the journal of the county; the others stand with a number or with 延时服务.
IN_JOURNAL = frozenset(
    {"VisitorGuided", "Announced", "OvertimeAsked", "OvertimeAnswered", "TidalOpened", "TidalClosed"}
    | {"WindowLeft"}
)


def kinds_of(fact: str) -> Iterable[tuple[str, Kind]]:
    """Which rows such a fact tells of."""
    return ((name, kind) for name, kind in KINDS.items() if fact in kind.facts)


def rows_of(entry: Entry) -> list[Row]:
    """The rows as they are now; one statement for each, and none for a fact that tells of none."""
    told = []
    for name, kind in kinds_of(entry.fact):
        beside = [one for one in ("ticket", "extension") if one in kind.fields]
        rows = kind.model._default_manager.filter(kind.find(entry))
        row = (rows.select_related(*beside) if beside else rows).first()
        if row is not None:
            told.append(
                {"kind": name, **{one: _told(row, one) for one in kind.fields}, **_signed(row, entry)}
            )
    return told


def _told(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, Ticket):
        return str(value.once)
    if isinstance(value, Extension):
        return value.number
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _signed(row: Model, entry: Entry) -> Row:
    """申请人签字: his own hand goes along with the entry of it, once."""
    signs = entry.fact == "ExtensionSigned" and entry.body.get("side") == "applicant"
    if not signs or not isinstance(row, Extension) or row.signature is None:
        return {}
    try:
        drawn = base64.b64encode(files.read(row.signature)).decode()
    except FileNotFoundError:  # `doctor` says so; the line goes on
        return {}
    return {"signature": {"name": row.signature.name, "type": row.signature.media_type, "drawn": drawn}}
