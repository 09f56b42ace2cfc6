"""拖长的程序各自要说的: what do the letters of a prolonged procedure and of another host add to what all letters say?"""

from __future__ import annotations

from typing import Any

from onewindow.cases.models import Procedure
from onewindow.letters.compose import Matter
from onewindow.letters.data import Cite, Special
from onewindow.people.models import Officer
from onewindow.rules.special import procedures

More = dict[str, Any]


def prolonged(matter: Matter) -> More:
    """The new end stands in the fact; the one before it in the history."""
    row, fact = Procedure.objects.get(pk=matter.fact.procedure), matter.fact
    stopped = [s.term.title_zh for s in matter.now.running() if row.kind in s.term.stops_for]
    special = Special(
        name=row.kind,
        parties=row.parties,
        place=row.place,
        why=row.prolonged_why,
        begins=row.begun_on,
        before=row.first_end,
        until=fact.planned_end,
        days=matter.law.calendar.between(row.begun_on, fact.planned_end),
        stops=tuple(stopped),
    )
    told = matter.cites("pauses.told") if stopped else ()
    return {"special": special, "basis": tuple(dict.fromkeys((*_basis(matter, row), *told)))}


def host(matter: Matter) -> More:
    """The name as it stood when the fact was written: another may follow him."""
    row = Procedure.objects.get(pk=matter.fact.procedure)
    known = next((one for one in procedures(matter.facts) if one.number == row.pk), None)
    special = Special(
        name=row.kind,
        parties=row.parties,
        place=row.place,
        begins=row.begun_on,
        until=known.planned_end if known else row.planned_end,
        days=0,
        held_on=row.held_on,
        host=Officer.objects.get(pk=matter.fact.host).name,
    )
    return {"special": special, "basis": _basis(matter, row)}


def _basis(matter: Matter, row: Procedure) -> tuple[Cite, ...]:
    """The laws that the guide names for it."""
    content = matter.case.version.content
    listed = (one.get("basis", ()) for one in content.get("special", ()) if one.get("name") == row.kind)
    keys = next(listed, ())
    known = {one.get("key"): one for one in content.get("basis", ())}
    laws = [known[key] for key in keys if key in known]
    return tuple(Cite(law=one.get("law", ""), article=one.get("article", "")) for one in laws)
