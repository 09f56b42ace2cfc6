"""承诺核查: was it so as it was promised? Kept; or put right by a day; or revoked, after he was heard."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.cases.acts.deliver import refuse_on_the_way
from onewindow.cases.chief import chief_of
from onewindow.cases.models import Case, Decision, Promise, Revocation
from onewindow.cases.write import Held, hold
from onewindow.catalogue.promised import offer
from onewindow.people.models import Officer
from onewindow.rules import promises, revoking
from onewindow.rules.facts_promise import (
    CheckOverdue,
    Mended,
    MendOrdered,
    PromiseKept,
    RevocationAnnounced,
    RevocationDropped,
    Revoked,
    StatementHeard,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

State = Promise.State


def plan_check(held: Held, on: date) -> None:
    """What was granted on a promise is to be checked by a day that the item, or the setting, gives."""
    now = promises.live(held.facts)
    if now is None:
        return
    told = offer(held.case.version)
    days = (told.check_days if told else 0) or held.pack.setting("commitment.check_days").number
    Promise.objects.filter(pk=now.number).update(state=State.CHECKING, due_on=held.law.calendar.add(on, days))


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def confirm_kept(case: Case, *, by: Officer, at: datetime, found: str) -> Case:
    """The check found what was promised."""
    held, now = _checked(case, "PromiseKept")
    held.refuse(PromiseKept(on=at.date(), promise=now.number))
    _say(found, "请写明怎样核查的、查到什么。")
    told = {"checked_on": at.date(), "found": found.strip(), "checked_by": by, "due_on": None}
    Promise.objects.filter(pk=now.number).update(state=State.KEPT, **told)
    held.record(PromiseKept(on=at.date(), promise=now.number), by=by, at=at)
    return held.case


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def order_mending(
    case: Case, *, by: Officer, at: datetime, found: str, demand: str, mend_by: date | None = None
) -> Case:
    """责令限期整改: what was found, what is to be put right, by which day."""
    held, now = _checked(case, "MendOrdered")
    day = mend_by or held.law.calendar.add(at.date(), held.pack.setting("commitment.mend_days").number)
    held.refuse(MendOrdered(on=at.date(), promise=now.number, mend_by=day))
    _say(found, "请写明核查时查到什么。")
    _say(demand, "请写明要整改什么，会印在限期整改通知书上。")
    if day <= at.date():
        raise NotAllowed("整改的期限要在今天以后，请改日期。")
    told = {"checked_on": at.date(), "found": found.strip(), "checked_by": by, "demand": demand.strip()}
    Promise.objects.filter(pk=now.number).update(state=State.MENDING, mend_by=day, due_on=day, **told)
    held.record(MendOrdered(on=at.date(), promise=now.number, mend_by=day), by=by, at=at)
    return held.case


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def confirm_mended(case: Case, *, by: Officer, at: datetime, result: str) -> Case:
    """What was ordered was done; the decision stays."""
    held, now = _checked(case, "Mended")
    held.refuse(Mended(on=at.date(), promise=now.number))
    _say(result, "请写明怎样核实整改到位的。")
    told = {"mended_on": at.date(), "mended": result.strip(), "due_on": None}
    Promise.objects.filter(pk=now.number).update(state=State.MENDED, **told)
    held.record(Mended(on=at.date(), promise=now.number), by=by, at=at)
    return held.case


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def announce_revocation(case: Case, *, by: Officer, at: datetime, grounds: str, basis: str) -> Revocation:
    """拟撤销告知: the promise was not kept; he may speak first, until a day that is told."""
    held, now = _checked(case, "RevocationAnnounced")
    if now.settled:
        raise NotAllowed("这份承诺已经核查完毕，请刷新后再看。")
    days = held.pack.setting("commitment.hear_days").number
    until = held.law.calendar.add(at.date(), days)
    held.refuse(RevocationAnnounced(on=at.date(), revocation=0, reply_by=until))
    _say(grounds, "请写明拟撤销的理由：承诺了什么，查到什么。")
    _say(basis, "请写明撤销的依据。")
    if now.mend_by is not None and at.date() <= now.mend_by:
        raise NotAllowed(
            f"限期整改到 {now.mend_by.month} 月 {now.mend_by.day} 日，还没有到期，不能告知撤销。请等到期以后再核实。"
        )
    row = Revocation.objects.create(
        case=held.case,
        promise_id=now.number,
        grounds=grounds.strip(),
        basis=basis.strip()[:300],
        reply_by=until,
        announced_by=by,
        announced_at=at,
    )
    Promise.objects.filter(pk=now.number).update(state=State.REVOKING, due_on=until)
    fact = RevocationAnnounced(on=at.date(), revocation=row.pk, reply_by=until)
    held.record(fact, by=by, at=at)
    return row


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def hear_statement(case: Case, *, by: Officer, at: datetime, statement: str) -> Case:
    """陈述申辩: what he says against it, in his words, or that he has nothing to say."""
    held, now = _announced(case, "StatementHeard")
    held.refuse(StatementHeard(on=at.date(), revocation=now.number))
    _say(statement, "请写下申请人的陈述申辩；没有意见的，写“没有意见”。")
    row = Revocation.objects.get(pk=now.number)
    row.statement, row.heard_at = statement.strip(), at
    row.save(update_fields=["statement", "heard_at"])
    held.record(StatementHeard(on=at.date(), revocation=now.number), by=by, at=at)
    return held.case


@needs(Grant.CASE_DECIDE)
@transaction.atomic
def revoke(case: Case, *, by: Officer, at: datetime, remark: str) -> Revocation:
    """撤销决定: by another than who announced it, after he was heard or let the day pass."""
    held, now = _announced(case, "Revoked")
    fact = Revoked(on=at.date(), revocation=now.number)
    held.refuse(fact)
    _refuse_uncertain(held, now)
    refuse_on_the_way(held)
    row = _settled(held, now.number, True, remark, by=by, at=at)
    Decision.objects.filter(case=held.case).update(revoked_on=at.date())
    if row.promise_id is not None:
        Promise.objects.filter(pk=row.promise_id).update(state=State.REVOKED, due_on=None)
    held.record(fact, by=by, at=at)
    return row


@needs(Grant.CASE_DECIDE)
@transaction.atomic
def drop_revocation(case: Case, *, by: Officer, at: datetime, remark: str) -> Revocation:
    """After hearing him the decision stays; the check goes on where it was."""
    held, now = _announced(case, "RevocationDropped")
    fact = RevocationDropped(on=at.date(), revocation=now.number)
    held.refuse(fact)
    _say(remark, "请写明为什么不撤销。")
    row = _settled(held, now.number, False, remark, by=by, at=at)
    told = promises.live(held.facts)
    if row.promise_id is not None and told is not None:
        state = State.MENDING if told.mend_by is not None else State.CHECKING
        Promise.objects.filter(pk=row.promise_id).update(state=state, due_on=told.mend_by or at.date())
    held.record(fact, by=by, at=at)
    return row


@needs(Grant.CASE_TICK)
@transaction.atomic
def note_overdue(case: Case, *, by: Actor, at: datetime) -> bool:
    """The day of the check passed and nobody checked: told once, and red on the list; a provisional day does not act."""
    held = hold(case)
    now = promises.live(held.facts)
    row = Promise.objects.filter(pk=now.number).first() if now is not None else None
    if now is None or row is None or row.state != State.CHECKING or row.due_on is None or now.overdue:
        return False
    granted = held.now.day_of("Granted")
    if at.date() <= row.due_on or granted is None or held.law.calendar.provisional(granted, row.due_on):
        return False
    held.record(CheckOverdue(on=at.date(), promise=row.pk, due=row.due_on), by=by, at=at)
    return True


def _checked(case: Case, fact: str) -> tuple[Held, promises.Promise]:
    """The case, held, with the promise on which it was granted."""
    held = hold(case)
    held.expect(fact)
    now = promises.live(held.facts)
    if now is None:
        raise NotAllowed("本件不是按告知承诺办理的，请刷新后再看。")
    return held, now


def _announced(case: Case, fact: str) -> tuple[Held, revoking.Revoking]:
    """The case, held, with the revocation that waits."""
    held = hold(case)
    held.expect(fact)
    now = revoking.revoking(held.facts)
    if now is None:
        raise NotAllowed("没有等处理的拟撤销告知，或者已经处理过了。请刷新后再看。")
    return held, now


def _settled(held: Held, number: int, revoked: bool, remark: str, *, by: Officer, at: datetime) -> Revocation:
    chief_of(held.case, by, Grant.CASE_DECIDE)
    row = Revocation.objects.get(pk=number)
    if held.same(RevocationAnnounced.__name__, by, Revoked.__name__, revocation=number):
        raise NotAllowed("提出撤销和决定撤销不能是同一个人，请由另一位有决定权的同志决定。")
    row.revoked, row.settled_by, row.settled_at, row.remark = revoked, by, at, remark.strip()
    row.save(update_fields=["revoked", "settled_by", "settled_at", "remark"])
    return row


def _refuse_uncertain(held: Held, now: revoking.Revoking) -> None:
    """Who has not spoken yet loses nothing by a day that a holiday notice may still move."""
    announced = held.now.day_of(RevocationAnnounced.__name__)
    if now.heard or announced is None:
        return
    if held.law.calendar.provisional(announced, now.reply_by):
        raise NotAllowed(
            "陈述申辩的期限是暂定的，国务院办公厅的放假通知还没有公布，不能按它撤销。请先听取他的意见。"
        )


def _say(text: str, sentence: str) -> None:
    if not text.strip():
        raise NotAllowed(sentence)
