"""容缺受理: papers that may follow are promised for a day; brought, judged, or missed.

Only what the item's list calls 可容缺 may follow; a main paper never. The case goes on meanwhile, and nothing is granted
before all of it is there and in order (`rules.promises`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.accepting import write_acceptance
from onewindow.cases.acts.accept import refuse_unacceptable
from onewindow.cases.acts.receive import Found
from onewindow.cases.came_in import take_promised
from onewindow.cases.chief import chief_of
from onewindow.cases.examined import decision_steps
from onewindow.cases.judged import look
from onewindow.cases.law import delegated, may_accept
from onewindow.cases.models import Case, Deferral, Signing, Verdict
from onewindow.cases.route import refuse_shorter
from onewindow.cases.write import Held, hold
from onewindow.catalogue.models import Material
from onewindow.catalogue.promised import days_of, may_follow
from onewindow.ground.models import StoredFile
from onewindow.ground.whole import one
from onewindow.intake.acts import Paper
from onewindow.people.acts.credit import refuse_unrepaired
from onewindow.people.models import Officer, Party
from onewindow.rules import promises
from onewindow.rules.clock import reckon
from onewindow.rules.facts import Fact
from onewindow.rules.facts_promise import (
    DeemedWithdrawn,
    DeferralMissed,
    DeferralReminded,
    LackPromised,
    PapersCleared,
    PapersDeferred,
    SupplyReturned,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.standing import term_of


@needs(Grant.CASE_APPLY)
@transaction.atomic
def promise_lacking(case: Case, *, by: Party, at: datetime, materials: Sequence[Material]) -> Deferral:
    """The applicant chose online to bring what may follow after the acceptance, and signs for it."""
    held = hold(case)
    held.expect("LackPromised")
    refuse_shorter(held)
    refuse_unrepaired(held.case.applicant, "申请容缺受理")
    absent = {m.pk for m in look(held.case).materials if m.came_at is None}  # type: ignore[attr-defined]
    _refuse_main([m for m in materials if m.pk in absent])
    if promises.asked(held.facts) is not None:
        raise NotAllowed("您已经申请过容缺受理，请等审核结果。")
    pks = _pks([m for m in materials if m.pk in absent])
    row = Deferral.objects.create(case=held.case, materials=list(pks), how=Signing.ONLINE, signed_at=at)
    held.record(LackPromised(on=at.date(), deferral=row.pk, materials=pks), by=by, at=at)
    return row


@needs(Grant.CASE_ACCEPT)
@one
def accept_on_promise(
    case: Case, *, by: Officer, at: datetime, signature: StoredFile | None = None, on_paper: bool = False
) -> Deferral:
    """容缺受理: accept although papers that may follow lack, on the signed promise to bring them by a day."""
    held = hold(case)
    may_accept(held.case, by)
    held.expect("PapersDeferred")
    refuse_unacceptable(held)
    _refuse_promised(held)
    chief = chief_of(held.case, by, Grant.CASE_ACCEPT)
    looked = look(held.case)
    looked.refuse_pending("容缺受理")
    lacking = looked.counting(held.asked)
    _refuse_main(lacking)
    refuse_unrepaired(held.case.applicant, "容缺受理")
    days = supply_days(held, lacking, at.date())
    row = _signed(held, lacking, signature, on_paper, at)
    row.accepted_by, row.materials = by, list(_pks(lacking))
    row.due_on = held.law.calendar.add(at.date(), days)
    row.save()
    promised = PapersDeferred(on=at.date(), deferral=row.pk, materials=_pks(lacking), days=days)
    held.record(promised, by=by, at=at)
    one_step = decision_steps(held.case.version) == 1
    write_acceptance(held, by=by, at=at, one_step=one_step, chief=chief)
    return row


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def receive_supply(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    papers: Sequence[Paper],
    on: date | None = None,
    why_late: str = "",
) -> Case:
    """At the counter: take in what was promised; more may follow until the day.

    `on` is the day on which it came, where that was not today.
    """
    held = hold(case)
    take_promised(held, papers, on=on or at.date(), by=by, at=at, why_late=why_late)
    return held.case


@needs(Grant.CASE_APPLY)
@transaction.atomic
def supply(case: Case, *, by: Actor, at: datetime, papers: Sequence[Paper]) -> Case:
    """The applicant brings it online: it is there when the system has it."""
    held = hold(case)
    take_promised(held, papers, on=at.date(), by=by, at=at)
    return held.case


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def judge_supply(case: Case, *, by: Officer, at: datetime, findings: Mapping[int, Found]) -> Case:
    """What was brought is in order, or some of it is owed again with a day of its own."""
    held = hold(case)
    if not delegated(held.case, by):
        raise NotAllowed(f"{held.case.department}没有授权窗口核对补交的材料，请由部门核对。")
    held.expect("PapersCleared")
    now = promises.deferral(held.facts)
    if now is None or not now.open or now.owed or not now.waits:
        raise NotAllowed("没有等核对的容缺材料，请刷新后再看。")
    if set(findings) != set(now.waits):
        raise NotAllowed("请逐份核对补交的容缺材料，核为符合或者不符。")
    bad = tuple(sorted(key for key, found in findings.items() if found.finding != Verdict.Finding.FITS))
    if any(not findings[key].reason.strip() for key in bad):
        raise NotAllowed("核为不符的，请写明哪里不符、怎样改，会告诉申请人。")
    Verdict.objects.bulk_create(
        Verdict(case=held.case, material_id=key, finding=told.finding, reason=told.reason[:300], by=by, at=at)
        for key, told in findings.items()
    )
    held.record(_judged(held, now.number, bad, at.date()), by=by, at=at)
    return held.case


def _judged(held: Held, number: int, bad: tuple[int, ...], on: date) -> Fact:
    """All in order, or owed again: at least so many days after he was told, never fewer than were left."""
    rows = Deferral.objects.filter(pk=number)
    if not bad:
        rows.update(settled_on=on, outcome=Deferral.Outcome.CLEARED)
        return PapersCleared(on=on, deferral=number)
    row = rows.get()
    calendar, again = held.law.calendar, held.pack.setting("rongque.again_days").number
    left = calendar.between(on, row.due_on) if row.due_on and row.due_on > on else 0
    days = max(left, again)
    rows.update(due_on=calendar.add(on, days))
    return SupplyReturned(on=on, deferral=number, materials=bad, days=days)


@needs(Grant.CASE_TICK)
@transaction.atomic
def remind_or_miss(case: Case, *, by: Actor, at: datetime) -> bool:
    """The promised day comes near: remind once. It is over: what the setting says, never on a provisional day."""
    held = hold(case)
    now = promises.deferral(held.facts)
    state = next((s for s in held.now.running() if s.term.name == promises.TERM), None)
    if now is not None and state is None:  # decided meanwhile, or gone
        ended = {"settled_on": at.date(), "outcome": Deferral.Outcome.ENDED}
        Deferral.objects.filter(pk=now.number, settled_on__isnull=True).update(**ended)
    if now is None or not now.open or not now.owed or state is None or state.due is None:
        return False
    calendar, today = held.law.calendar, at.date()
    if today > state.due:
        if state.reckoning.provisional:
            return False
        _miss(held, now.number, by=by, at=at)
        return True
    ahead = held.pack.setting("rongque.remind_days").number
    if now.reminded or today <= state.reckoning.start or calendar.between(today, state.due) > ahead:
        return False
    Deferral.objects.filter(pk=now.number).update(reminded_on=today)
    held.record(DeferralReminded(on=today, deferral=now.number, due=state.due), by=by, at=at)
    return True


def _miss(held: Held, number: int, *, by: Actor, at: datetime) -> None:
    gone = held.pack.setting("rongque.missed").value == "withdrawn"
    kind = DeemedWithdrawn if gone else DeferralMissed
    Deferral.objects.filter(pk=number).update(settled_on=at.date(), outcome=Deferral.Outcome.MISSED)
    held.record(kind(on=at.date(), deferral=number), by=by, at=at)


def supply_days(held: Held, materials: Sequence[Material], on: date) -> int:
    """Within how many working days the papers are to follow: the item's or the setting's, within the promised term."""
    setting = held.pack.setting("rongque.days").number
    days = min((days_of(material) or setting for material in materials), default=setting)
    if held.pack.setting("rongque.within_promise").value:
        days = min(days, _promised_days(held, on, days))
    if days < 1:
        raise NotAllowed("本事项承诺当场办结，没有可以等补交的日子，不能容缺受理。请补齐以后受理。")
    return days


def _promised_days(held: Held, on: date, else_: int) -> int:
    """How many working days the promise to decide leaves, from an acceptance on this day."""
    term = term_of(held.law, "promised") or term_of(held.law, "decide")
    if term is None or term.days is None:
        return else_
    unit = "calendar" if term.unit == "calendar" else "working"
    due = reckon(on, term.days, unit, held.law.calendar).due  # type: ignore[arg-type]
    return held.law.calendar.between(on, due) if due is not None and due > on else 0


def _signed(
    held: Held, lacking: Sequence[Material], signature: StoredFile | None, on_paper: bool, at: datetime
) -> Deferral:
    """What he signs for here, or signed for online when he handed in."""
    asked = promises.asked(held.facts)
    if asked is not None and set(_pks(lacking)) <= set(asked.materials):
        return Deferral.objects.get(pk=asked.deferral)
    if signature is None and not on_paper:
        raise NotAllowed("容缺受理要有申请人签字的承诺书。请申请人在签名屏上签，或者签好纸质承诺书再受理。")
    how = Signing.PAPER if on_paper and signature is None else Signing.SCREEN
    return Deferral(case=held.case, how=how, signature=signature, signed_at=at)


def _refuse_promised(held: Held) -> None:
    """One promise at a time: whoever promised what the law demands (告知承诺) is accepted on that."""
    if promises.live(held.facts) is not None:
        raise NotAllowed(
            "本件已经签了告知承诺书，不能再容缺受理。承诺以外的材料齐全的，请直接受理；"
            "不齐的，请一次性告知补正，或者由申请人收回承诺以后再办。"
        )


def _refuse_main(lacking: Sequence[Material]) -> None:
    """可容缺 alone may follow; what the list calls a main paper never does."""
    if not lacking:
        raise NotAllowed("材料已经齐全，不用容缺，请直接受理。")
    if main := [material.name for material in lacking if not may_follow(material)]:
        raise NotAllowed(
            f"{'、'.join(main)}是主要材料，缺了不能容缺受理。请一次性告知补正，补齐以后再受理；"
            "只有办事指南写明“可容缺”的材料可以后补。"
        )


def _pks(materials: Sequence[Material]) -> tuple[int, ...]:
    return tuple(sorted(material.pk for material in materials))
