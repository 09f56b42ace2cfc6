"""利害关系人: whom else does the decision touch, was he told, and was he heard before it (行政许可法 36, 47)?

His notice hangs on a matter of his own: the applicant learns that others are heard, never who they are; a third party
sees by number and code what concerns him, and nothing of the case.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.dated import note
from onewindow.cases.models import Case, Third, ThirdStatement
from onewindow.cases.write import Held, hold
from onewindow.journal.write import open_subject
from onewindow.people.models import Officer
from onewindow.rules.facts_third import ThirdHeard, ThirdNamed, ThirdReleased, ThirdSpoke, ThirdTold
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.third import ThirdState, late_to_ask, states

KIND = "third"


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Who he is, how to reach him, and in what the decision touches him."""

    name: str
    concerns: str
    contact: str = ""
    organisation: bool = False


@dataclass(frozen=True)
class ThirdBearer:
    """持码的利害关系人: speaks in the one matter whose number and code he showed."""

    third: int

    @property
    def actor_code(self) -> str:
        return f"third:{self.third}"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.THIRD_SPEAK and isinstance(subject, Third) and subject.pk == self.third


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def name_third(case: Case, *, by: Officer, at: datetime, who: Touched) -> Third:
    """确定利害关系人: the examiner finds that the decision touches somebody's major interests; his notice follows."""
    held = hold(case)
    held.expect("ThirdNamed")
    if not who.name.strip() or not who.concerns.strip():
        raise NotAllowed("请写明利害关系人是谁，和本件直接关系他的什么重大利益；后一句会印在告知书上。")
    place = Third.objects.filter(case=held.case).count() + 1
    named = Third.objects.create(
        case=held.case,
        subject=open_subject(held.case.county, KIND, f"{held.case.number}-L{place}"),
        name=who.name.strip()[:100],
        contact=who.contact.strip()[:200],
        organisation=who.organisation,
        concerns=who.concerns.strip()[:500],
        code="".join(secrets.choice("0123456789") for _ in range(6)),
        named_by=by,
        named_at=at,
    )
    held.record(ThirdNamed(on=at.date(), third=named.pk), by=by, at=at)
    return named


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def tell_third(case: Case, *, by: Officer, at: datetime, third: int, way: str, told_on: date) -> Third:
    """登记送达: the notice reached him on this day, and his days run from it."""
    held = hold(case)
    held.expect("ThirdTold")
    row = _his(held, third)
    if way not in Third.Way.values:
        raise NotAllowed("请选择告知书是怎样送达的。")
    if not row.named_at.date() <= told_on <= at.date():
        raise NotAllowed("送达的日子要在确定利害关系人以后、今天以前（含今天），请核对。")
    reply_by, ask_by = days_of(held, told_on)
    reply_days, ask_days = _days(held)
    fact = ThirdTold(
        on=told_on,
        third=row.pk,
        reply_by=reply_by,
        ask_by=ask_by or reply_by,
        may_ask=ask_by is not None,
        reply_days=reply_days,
        ask_days=ask_days,
    )
    row.told_on, row.told_way, row.reply_by, row.ask_by = told_on, way, reply_by, ask_by
    held.record(fact, by=by, at=at)
    row.save(update_fields=["told_on", "told_way", "reply_by", "ask_by"])
    return row


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def note_third(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    third: int,
    how: str,
    text: str,
    hearing: bool = False,
    said_on: date | None = None,
    why_late: str = "",
) -> ThirdStatement:
    """记下他的意见: what he said at the counter, or wrote on paper.

    `said_on` is the day on which it came, where the office is late in writing it down: whoever asked for a hearing in
    time keeps it. No limit of days applies, for it moves no term and speaks for him alone.
    """
    held = hold(case)
    if how not in (ThirdStatement.How.COUNTER, ThirdStatement.How.PAPER):
        raise NotAllowed("请选择意见是当面说的，还是书面寄来的。")
    return _said(held, third, how, text, hearing, by=by, at=at, on=said_on, why=why_late)


@needs(Grant.THIRD_SPEAK)
@transaction.atomic
def speak(third: Third, *, by: Actor, at: datetime, text: str, hearing: bool = False) -> ThirdStatement:
    """He says it himself, online, with the number and the code of his notice."""
    held = hold(third.case)
    return _said(held, third.pk, ThirdStatement.How.ONLINE, text, hearing, by=by, at=at)


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def hear_third(case: Case, *, by: Officer, at: datetime, third: int, weighed: str) -> Third:
    """听取意见: written down how what he said was weighed; he reads it."""
    held = hold(case)
    held.expect("ThirdHeard")
    row = _his(held, third)
    if not weighed.strip():
        raise NotAllowed("请写明意见采纳了没有，为什么；他凭查询码看得到。")
    held.record(ThirdHeard(on=at.date(), third=row.pk), by=by, at=at)
    row.heard, row.heard_by, row.heard_at = weighed.strip()[:1000], by, at
    row.save(update_fields=["heard", "heard_by", "heard_at"])
    return row


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def release_third(case: Case, *, by: Officer, at: datetime, third: int, why: str) -> Third:
    """不再列为利害关系人: it does not touch him after all; with the reason, and never to get round what he said."""
    held = hold(case)
    held.expect("ThirdReleased")
    row = _his(held, third)
    if not why.strip():
        raise NotAllowed("请写明为什么不再列为利害关系人。")
    if row.statements.exists():
        raise NotAllowed("他已经提出意见，不能不再列为利害关系人。请听取以后再决定。")
    held.record(ThirdReleased(on=at.date(), third=row.pk), by=by, at=at)
    row.released_at, row.why_released = at, why.strip()[:300]
    row.save(update_fields=["released_at", "why_released"])
    return row


def days_of(held: Held, told_on: date) -> tuple[date, date | None]:
    """Until when he may speak, and ask for a hearing: by the law where it says so, else by the local setting.

    Whoever may ask for a hearing until a day may speak at least until then.
    """
    calendar = held.law.calendar
    reply_days, ask_days = _days(held)
    reply_by = calendar.add(told_on, reply_days)
    ask_by = calendar.add(told_on, ask_days) if ask_days else None
    return max(reply_by, ask_by or reply_by), ask_by


def _days(held: Held) -> tuple[int, int]:
    """The working days in which he may speak and ask for a hearing; 0 where he may not ask."""
    days = held.pack.value("hearing.ask_days", held.case.version.kind)
    asks = days if isinstance(days, int) and not isinstance(days, bool) else 0
    return held.pack.setting("third.answer_days").number, asks


def state_of(held: Held, third: int) -> ThirdState | None:
    """Where he stands by the calendar of today."""
    return next((one for one in states(held.facts, held.law.calendar) if one.third == third), None)


def _said(
    held: Held,
    third: int,
    how: str,
    text: str,
    hearing: bool,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    why: str = "",
) -> ThirdStatement:
    held.expect("ThirdSpoke")
    row, day = _his(held, third), on or at.date()
    if row.told_on is not None and not row.told_on <= day <= at.date():
        raise NotAllowed("提出意见的日子要在告知书送达以后、今天以前（含今天），请核对。")
    if day != at.date() and not why.strip():
        raise NotAllowed("不是今天提出的，请写明为什么今天才登记，监督部门看得到。")
    if not text.strip():
        raise NotAllowed("请写下意见。没有意见的，可以写“没有意见”。")
    state = state_of(held, third)
    late = hearing and state is not None and late_to_ask(state, day)
    spoke = ThirdSpoke(on=day, third=row.pk, said=0, hearing=hearing and not late, late=late)
    held.refuse(spoke)
    said = ThirdStatement.objects.create(
        third=row,
        how=how,
        text=text.strip()[:4000],
        hearing=hearing,
        by=by if isinstance(by, Officer) else None,
        at=at,
    )
    entry = held.record(replace(spoke, said=said.pk), by=by, at=at)
    if day != at.date():
        note(held.case, entry, why)
    return said


def _his(held: Held, third: int) -> Third:
    row = Third.objects.select_related("subject").filter(pk=third, case=held.case).first()
    if row is None:
        raise NotAllowed("本件没有这位利害关系人，请刷新后再看。")
    row.case = held.case
    return row
