"""限号: who may limit the numbers of a line, where does the law forbid it, and when are they given out?

By default nothing is limited. An exception is proposed with its reason, approved by another person, published, and
counts only from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.whole import one
from onewindow.hall.models import Cap, Ticket
from onewindow.hall.noting import heard
from onewindow.hall.offered import sessions_between, sessions_of
from onewindow.hall.opened import ends_at
from onewindow.hall.write import refuse_on_machine
from onewindow.places.models import Hall, Line
from onewindow.places.reads import here, pack_here
from onewindow.places.write import journalise
from onewindow.rules.facts_relief import CapApproved, CapDeclined, CapEnded, CapProposed
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.opening import SESSION_WORDS, Session, SessionKind

RECURS = timedelta(days=31)  # within so many days each kind of session comes again


def forbidden_kinds(on: date) -> frozenset[SessionKind]:
    """In which sessions numbers are never limited here: where the rule holds, in working hours."""
    holds = pack_here(here()).at(on).holds("intake.no_daily_cap")
    return frozenset({SessionKind.REGULAR}) if holds else frozenset()


def forbidden_by(on: date) -> list[str]:
    """What the texts say of it, the law first."""
    rules = list(pack_here(here()).rules_of("intake.no_daily_cap", on))
    return [cite.quote for rule in reversed(rules) for cite in rule.cites]


class CapFault(NotAllowed):
    """What has to be put right, beside its field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.by_field = {field: sentence}


def _past(
    hall: Hall, kinds: Iterable[SessionKind], days: tuple[date, date], at: datetime
) -> set[SessionKind]:
    """Of these sessions those whose last hour on these days is over, so that there is nothing to limit any more."""
    first, last = max(days[0], at.date()), days[1]
    if last - first > RECURS:
        return set()
    found = [one for there in sessions_between(hall, first, last).values() for one in there]
    return {
        kind
        for kind in kinds
        if (ends := [ends_at(one) for one in found if one.kind is kind]) and max(ends) <= at
    }


def _refuse_past(hall: Hall, kinds: Iterable[SessionKind], since: date, until: date, at: datetime) -> None:
    if past := _past(hall, kinds, (since, until), at):
        words = "、".join(word for kind, word in SESSION_WORDS.items() if kind in past)
        day = f"{until.month} 月 {until.day} 日"
        raise CapFault("kinds", f"{words}的场次到 {day}已经结束，没有号可限。请去掉它，或者改日期。")


@needs(Grant.HALL_MANAGE)
@one
def propose_cap(
    line: Line,
    *,
    by: Actor,
    at: datetime,
    number: int,
    kinds: Sequence[SessionKind],
    since: date,
    until: date,
    reason: str,
) -> Cap:
    """提请限号: for some days, in some sessions, with its reason; nothing is limited until it is approved."""
    refuse_on_machine()
    if forbidden_kinds(at.date()) & set(kinds):
        said = "；".join(f"“{quote}”" for quote in forbidden_by(at.date()))
        raise NotAllowed(f"工作时间内不得限号：{said}。只能提请工作时间以外的场次，请改后再提交。")
    if not kinds:
        raise NotAllowed("请选择哪些场次限号。")
    if not 1 <= number <= 999:
        raise NotAllowed("每场给多少个号，请填 1 到 999 之间的数。")
    if since < at.date() or until < since:
        raise NotAllowed("限号从今天或者以后开始，结束不能早于开始。请改日期。")
    _refuse_past(line.hall, kinds, since, until, at)
    if len(reason.strip()) < 6:
        raise NotAllowed("请写明为什么要限号，至少六个字；批准的人和群众都会看到。")
    made = Cap.objects.create(
        county=line.hall.county,
        hall=line.hall,
        line=line,
        number=number,
        kinds=[kind.value for kind in kinds],
        since=since,
        until=until,
        reason=reason.strip()[:200],
        proposed_by=by.actor_code,
        proposed_at=at,
    )
    fact = CapProposed(on=at.date(), cap=made.pk, hall=line.hall_id, number=number)
    journalise(made.county, fact, by=by, at=at)
    return made


@needs(Grant.CAP_APPROVE)
@one
def approve_cap(cap: Cap, *, by: Actor, at: datetime, opinion: str = "") -> Cap:
    """批准限号: never by whoever proposed it; published at once."""
    refuse_on_machine()
    held = _to_decide(cap, by)
    if held.until < at.date():
        raise NotAllowed("限号的日子已经过了，不能再批准。请不批准，需要的重新提请。")
    kinds = {SessionKind(kind) for kind in held.kinds}
    if _past(held.hall, kinds, (held.since, held.until), at) == kinds:
        raise CapFault("opinion", "要限号的场次已经结束，不能再批准。请不批准，需要的重新提请。")
    if forbidden_kinds(at.date()) & kinds:
        raise NotAllowed("现行规定工作时间内不得限号，不能批准。请不批准，写明理由。")
    _decide(held, Cap.State.APPROVED, opinion, by, at)
    line = Line.objects.select_for_update(of=("self",)).get(pk=held.line_id)
    line.capped_until = max(held.until, line.capped_until or held.until)
    line.save(update_fields=["capped_until"])
    fact = CapApproved(on=at.date(), cap=held.pk, hall=held.hall_id, number=held.number)
    journalise(held.county, fact, by=by, at=at)
    heard(held.hall_id, fact.name)
    return held


@needs(Grant.CAP_APPROVE)
@one
def decline_cap(cap: Cap, *, by: Actor, at: datetime, opinion: str) -> Cap:
    """不批准限号, with the reason."""
    refuse_on_machine()
    if not opinion.strip():
        raise NotAllowed("请写明为什么不批准，提请的人会看到。")
    held = _to_decide(cap, by)
    _decide(held, Cap.State.DECLINED, opinion, by, at)
    journalise(held.county, CapDeclined(on=at.date(), cap=held.pk, hall=held.hall_id), by=by, at=at)
    return held


@needs(Grant.HALL_MANAGE)
@one
def end_cap(cap: Cap, *, by: Actor, at: datetime, why: str) -> Cap:
    """取消限号 before its last day; nobody has to approve that numbers are given again."""
    refuse_on_machine()
    held = _held(cap)
    if held.state not in (Cap.State.PROPOSED, Cap.State.APPROVED):
        raise NotAllowed("这次限号已经结束，不用再办。请刷新后再看。")
    held.state, held.ended_by, held.ended_at = Cap.State.ENDED, by.actor_code, at
    held.why_ended = why.strip()[:200]
    Line.objects.select_for_update(of=("self",)).get(pk=held.line_id)  # nothing is approved of it meanwhile
    held.save(update_fields=["state", "ended_by", "ended_at", "why_ended"])
    others = Cap.objects.filter(line=held.line_id, state=Cap.State.APPROVED)
    last = others.order_by("-until").values_list("until", flat=True).first()
    Line.objects.filter(pk=held.line_id).update(capped_until=last)
    journalise(held.county, CapEnded(on=at.date(), cap=held.pk, hall=held.hall_id), by=by, at=at)
    heard(held.hall_id, "CapEnded")
    return held


def refuse_beyond(line: Line, at: datetime, once: UUID) -> None:
    """No number when those of this session are given out; the last one is given to one alone.

    Called only for a line with an approved limit, inside the transaction that gives the number.
    """
    session = _session(line, at)
    if session is None or Ticket.objects.filter(hall=line.hall_id, once=once).exists():
        return
    rows = Cap.objects.select_for_update().filter(
        line=line, state=Cap.State.APPROVED, since__lte=at.date(), until__gte=at.date()
    )
    cap = next((one for one in rows.order_by("number", "pk") if session.kind.value in one.kinds), None)
    if cap is None:
        return
    given = Ticket.objects.filter(line=line, day=at.date()).exclude(channel=Ticket.Channel.BOOKING)
    before = [one for one in sessions_of(line.hall, at.date()) if one.ends <= session.begins]
    if before:
        given = given.filter(taken_at__gte=max(ends_at(one) for one in before))
    if given.count() >= cap.number:
        raise NotAllowed(
            f"{line}这一场（{SESSION_WORDS[session.kind]}）经批准限 {cap.number} 个号，已经取完：{cap.reason}。"
            "请预约别的时间，或者换一场再来；急事请到导服台。"
        )


def _session(line: Line, at: datetime) -> Session | None:
    """The session that goes on or comes next today: for which a number is given now."""
    clock = at.astimezone(SHANGHAI).time()
    return next((one for one in sessions_of(line.hall, at.date()) if clock < one.ends), None)


def _held(cap: Cap) -> Cap:
    return Cap.objects.select_for_update(of=("self",)).select_related("hall", "line").get(pk=cap.pk)


def _to_decide(cap: Cap, by: Actor) -> Cap:
    held = _held(cap)
    if held.state != Cap.State.PROPOSED:
        raise NotAllowed("这次限号已经有决定，或者已经取消。请刷新后再看。")
    if held.proposed_by == by.actor_code:
        raise NotAllowed("提请限号的人不能自己批准，请由另一位中心负责人决定。")
    return held


def _decide(held: Cap, state: Cap.State, opinion: str, by: Actor, at: datetime) -> None:
    held.state, held.decided_by, held.decided_at = state, by.actor_code, at
    held.opinion = opinion.strip()[:200]
    held.save(update_fields=["state", "decided_by", "decided_at", "opinion"])
