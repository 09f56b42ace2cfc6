"""巡检的行为: who went through the venue today, and what was not in order?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onewindow.places.inspected import Looked, device_of, looked_at
from onewindow.places.models import Hall, Round, RoundLine
from onewindow.places.putright import entered, reported
from onewindow.places.write import journalise
from onewindow.rules.facts_sheet import RoundMade
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True)
class Seen:
    """What the inspector found at one line."""

    good: bool
    note: str = ""


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def make_round(hall: Hall, *, by: Actor, at: datetime, seen: Mapping[str, Seen], owner: str = "") -> Round:
    """巡检: every line of the list was looked at; what failed becomes a task, a machine that failed a fault as well."""
    Hall.objects.select_for_update().get(pk=hall.pk)
    lines = looked_at(hall, at.date())
    _refuse(lines, seen)
    done = Round.objects.create(hall=hall, day=at.date(), made_by=by.actor_code, made_at=at)
    kept = RoundLine.objects.bulk_create(
        RoundLine(
            round=done,
            key=one.key,
            what=one.what,
            good=seen[one.key].good,
            note=seen[one.key].note[:200],
            norm_check_id=one.norm_check,
        )
        for one in lines
    )
    failed = [(one, line) for one, line in zip(lines, kept, strict=True) if not line.good]
    fact = RoundMade(on=at.date(), round=done.pk, lines=len(kept), failed=len(failed))
    journalise(hall.county, fact, by=by, at=at)
    for one, line in failed:
        _put_right(hall, one, line, by=by, at=at, owner=owner)
    return done


def _put_right(hall: Hall, one: Looked, line: RoundLine, *, by: Actor, at: datetime, owner: str) -> None:
    device = device_of(hall, one.key)
    if device is not None:
        reported(device, by=by, at=at, what=line.note, line=line)
        return
    what = f"{one.what}：{line.note}"
    entered(hall, by=by, at=at, key=one.key, what=what, owner=one.keeper or owner, line=line)


def _refuse(lines: Sequence[Looked], seen: Mapping[str, Seen]) -> None:
    if left := [one.what for one in lines if one.key not in seen]:
        raise NotAllowed(f"还有 {len(left)} 项没有看：{'、'.join(left[:3])}。请看完再交。")
    for one in lines:
        if not seen[one.key].good and not seen[one.key].note.strip():
            raise NotAllowed(f"“{one.what}”不正常，请写明是什么问题。")
