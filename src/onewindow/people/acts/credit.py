"""失信和修复: a broken promise is written down, and repaired by two persons."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.journal.doers import who_did
from onewindow.journal.models import Subject
from onewindow.people.instead import counting, instead_of
from onewindow.people.models import Breach, Officer, Party
from onewindow.people.register import record_about, subject_of
from onewindow.places.models import Department
from onewindow.rules.facts_credit import (
    BreachNoted,
    BreachRepaired,
    BreachVoided,
    RepairAsked,
    RepairDeclined,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.CREDIT_NOTE)
@transaction.atomic
def note_breach(
    party: Party, *, by: Actor, at: datetime, subject: Subject, department: Department, kind: str
) -> Breach:
    """记入失信记录, once for a case and a kind; it follows from the fact that the promise was not kept."""
    told = {"county": subject.county, "party": party, "department": department, "on": at.date(), "at": at}
    breach, new = Breach.objects.get_or_create(subject=subject, kind=kind, voided_on=None, defaults=told)
    if new:
        record_about(party, BreachNoted(on=at.date(), breach=breach.pk), by=by, at=at)
    return breach


@needs(Grant.CREDIT_NOTE)
@transaction.atomic
def void_breach(breach: Breach, *, by: Actor, at: datetime) -> Breach:
    """The fact on which the record rests was voided: it counts no more, and stays readable; twice it is done once."""
    held = Breach.objects.select_for_update(of=("self",)).select_related("party").get(pk=breach.pk)
    if held.voided_on is not None:
        return held
    held.voided_on = at.date()
    held.save(update_fields=["voided_on"])
    record_about(held.party, BreachVoided(on=at.date(), breach=held.pk), by=by, at=at)
    return held


@needs(Grant.CREDIT_ASK)
@transaction.atomic
def ask_repair(breach: Breach, *, by: Officer, at: datetime, why: str) -> Breach:
    """提请信用修复: say how it was made good; a second person agrees."""
    held = _open(breach)
    if held.asked_by_id is not None:
        raise NotAllowed("已经提请过信用修复，正在等第二人同意，不用再提。")
    if len(why.strip()) < 4:
        raise NotAllowed("请写明怎样改正的，例如“材料已补齐，核对无误”，第二人照着它审核。")
    held.asked_by, held.asked_at, held.why, held.remark = by, at, why.strip()[:500], ""
    held.save(update_fields=["asked_by", "asked_at", "why", "remark"])
    asked = RepairAsked(on=at.date(), breach=held.pk)
    record_about(held.party, asked, by=by, at=at, instead=instead_of(by, held, asked.name, None))
    return held


@needs(Grant.CREDIT_REPAIR)
@transaction.atomic
def repair(breach: Breach, *, by: Officer, at: datetime) -> Breach:
    """信用修复: the second person agrees; from now on promises are taken from this party again."""
    held = _asked(breach, by)
    instead = instead_of(by, held, BreachRepaired.__name__, None)
    held.repaired_by, held.repaired_on = by, at.date()
    held.save(update_fields=["repaired_by", "repaired_on"])
    fact = BreachRepaired(on=at.date(), breach=held.pk)
    record_about(held.party, fact, by=by, at=at, instead=instead)
    return held


@needs(Grant.CREDIT_REPAIR)
@transaction.atomic
def decline_repair(breach: Breach, *, by: Officer, at: datetime, remark: str) -> Breach:
    """The second person does not agree; the record stays, and may be asked about again."""
    held = _asked(breach, by)
    if not remark.strip():
        raise NotAllowed("请写明不同意信用修复的理由。")
    held.asked_by, held.asked_at, held.remark = None, None, remark.strip()[:300]
    held.save(update_fields=["asked_by", "asked_at", "remark"])
    record_about(held.party, RepairDeclined(on=at.date(), breach=held.pk), by=by, at=at)
    return held


def unrepaired(party: Party) -> Breach | None:
    """The last broken promise of this party that was not made good."""
    open_ones = Breach.objects.filter(party=party, repaired_on__isnull=True, voided_on__isnull=True)
    rows = open_ones.select_related("department")
    return rows.order_by("-id").first()


def refuse_unrepaired(party: Party, then: str) -> None:
    """失信未修复: no promise is taken; the ordinary route stays open, and it is said how to repair it."""
    found = unrepaired(party)
    if found is None:
        return
    raise NotAllowed(
        f"{party.name}有一条失信记录没有修复（{found.on:%Y-%m-%d}，{found.get_kind_display()}，"
        f"{found.department}记录），不能{then}。可以按一般程序办理；要修复的，请向{found.department}提出。"
    )


def _open(breach: Breach) -> Breach:
    held = Breach.objects.select_for_update(of=("self",)).select_related("party").get(pk=breach.pk)
    if held.voided_on is not None:
        raise NotAllowed("这条失信记录已经作废，不用修复，请刷新后再看。")
    if held.repaired_on is not None:
        raise NotAllowed("这条失信记录已经修复，请刷新后再看。")
    return held


def _asked(breach: Breach, by: Officer) -> Breach:
    held = _open(breach)
    if held.asked_by_id is None:
        raise NotAllowed("还没有人提请信用修复，或者已经处理过了。请刷新后再看。")
    chain = subject_of(held.party, held.county)
    asked = who_did(chain, RepairAsked.__name__, breach=held.pk) if chain is not None else frozenset()
    if (asked | {f"officer:{held.asked_by_id}"}) & counting(by, held, BreachRepaired.__name__):
        raise NotAllowed("提请和同意信用修复不能是同一个人，请由另一位有权限的同志办理。")
    return held
