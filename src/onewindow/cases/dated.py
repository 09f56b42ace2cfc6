"""补录: may something be written down for an earlier day, and what does that move?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from onewindow.cases.models import BackDated, Case, TermMoved
from onewindow.cases.write import Held
from onewindow.journal.models import Entry
from onewindow.rules.facts import Fact
from onewindow.rules.grants import Actor, NotAllowed
from onewindow.rules.pack import InForce
from onewindow.rules.record import last_day_before, refuse_day
from onewindow.rules.standing import standing
from onewindow.rules.voiding import Move, moves
from onewindow.rules.workdays import Calendar


def record_dated(held: Held, fact: Fact, *, by: Actor, at: datetime, why: str = "") -> Entry:
    """Write down what came from outside, on the day on which it happened; of an earlier day with the reason."""
    today = at.date()
    if fact.on == today:
        return held.record(fact, by=by, at=at)
    refuse_late(
        fact.on,
        today,
        why,
        after=last_day_before(held.facts),
        pack=held.pack,
        calendar=held.law.calendar,
    )
    as_today = standing((*held.facts, _on(fact, today)), held.law)
    entry = held.record(fact, by=by, at=at)
    note(held.case, entry, why, moves(as_today, held.now))
    return entry


def refuse_late(
    on: date, today: date, why: str, *, after: date | None, pack: InForce, calendar: Calendar
) -> None:
    """Refuse a day that cannot be, and one without a reason."""
    days = pack.setting("record.backdate_days").number
    refuse_day(on, today, after=after, days=days, calendar=calendar)
    if on != today and not why.strip():
        raise NotAllowed("不是今天发生的，请写明为什么今天才登记，监督部门看得到。")


def note(case: Case, entry: Entry, why: str, moved: tuple[Move, ...] = ()) -> None:
    """That it was written down late, and which days are others for it."""
    BackDated.objects.create(case=case, entry=entry, why=why.strip()[:300])
    write_moves(case, entry, moved)


def write_moves(case: Case, cause: Entry, moved: tuple[Move, ...]) -> None:
    """The days that a correction of the record moved, for whoever reads the case."""
    TermMoved.objects.bulk_create(
        TermMoved(case=case, cause=cause, term=one.term, title=one.title, before=one.before, after=one.after)
        for one in moved
    )


def _on(fact: Fact, day: date) -> Fact:
    return replace(fact, on=day)
