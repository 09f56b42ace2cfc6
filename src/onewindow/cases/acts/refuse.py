"""不予受理、不属本机关、依法不需办理: never without reasons, basis and what to do next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.cases.chief import chief_of
from onewindow.cases.judged import look
from onewindow.cases.law import delegated
from onewindow.cases.models import Case, Refusal
from onewindow.cases.write import Held, hold, settle_open
from onewindow.people.models import Officer
from onewindow.rules.facts import Fact, NotNeeded, NotOurs, RefusalProposed, RefusalSentBack, Refused
from onewindow.rules.grants import Grant, NotAllowed, needs

FACT_OF: dict[str, type[Fact]] = {"refused": Refused, "not_ours": NotOurs, "not_needed": NotNeeded}


@needs(Grant.CASE_REFUSE)
@transaction.atomic
def refuse(
    case: Case, *, by: Officer, at: datetime, kind: str, reasons: str, basis: str, go_to: str = ""
) -> Refusal:
    """Decide alone not to accept, for the own department or as a window that it empowered.

    Refused where the pack says that a second person confirms.
    """
    held = hold(case)
    if held.pack.holds("refusal.second_person"):
        raise NotAllowed("本地规定窗口无权否决：请提请不予受理，由第二人确认。")
    if not delegated(held.case, by):
        raise NotAllowed(f"{held.case.department}没有授权窗口作出不予受理决定，请提请不予受理，由部门决定。")
    held.expect(FACT_OF[kind].__name__ if kind in FACT_OF else "Refused")
    chief = chief_of(held.case, by, Grant.CASE_REFUSE)
    _refuse_when_corrected(held, kind)
    settle_open(held.case, at=at, why="另行作出了不予受理的决定", by=by)
    refusal = _write(held, kind, reasons, basis, go_to, by=by, at=at)
    Refusal.objects.filter(pk=refusal.pk).update(settled_by=by, settled_at=at, confirmed=True)
    held.record(_fact(refusal, at, chief), by=by, at=at)
    return refusal


@needs(Grant.CASE_PROPOSE_REFUSAL)
@transaction.atomic
def propose_refusal(
    case: Case, *, by: Officer, at: datetime, kind: str, reasons: str, basis: str, go_to: str = ""
) -> Refusal:
    """Propose not to accept; the five days go on, and silence still accepts."""
    held = hold(case)
    held.expect("RefusalProposed")
    _refuse_when_corrected(held, kind)
    refusal = _write(held, kind, reasons, basis, go_to, by=by, at=at)
    held.record(RefusalProposed(on=at.date(), refusal=refusal.pk), by=by, at=at)
    return refusal


@needs(Grant.CASE_REFUSE)
@transaction.atomic
def confirm_refusal(case: Case, *, by: Officer, at: datetime) -> Refusal:
    """A second person confirms the proposal; the letter goes out in writing."""
    held = hold(case)
    held.expect("Refused")
    refusal = _open_proposal(held, by)
    chief = chief_of(held.case, by, Grant.CASE_REFUSE)
    _refuse_when_corrected(held, refusal.kind)
    Refusal.objects.filter(pk=refusal.pk).update(settled_by=by, settled_at=at, confirmed=True)
    held.record(_fact(refusal, at, chief), by=by, at=at)
    return refusal


@needs(Grant.CASE_REFUSE)
@transaction.atomic
def send_back_refusal(case: Case, *, by: Officer, at: datetime, remark: str) -> Refusal:
    """The second person does not agree: the case goes back to be accepted or corrected."""
    held = hold(case)
    held.expect("RefusalSentBack")
    refusal = _open_proposal(held, by)
    if not remark.strip():
        raise NotAllowed("请写明不同意不予受理的理由。")
    Refusal.objects.filter(pk=refusal.pk).update(
        settled_by=by, settled_at=at, confirmed=False, remark=remark.strip()[:300]
    )
    held.record(RefusalSentBack(on=at.date(), refusal=refusal.pk), by=by, at=at)
    return refusal


def _refuse_when_corrected(held: Held, kind: str) -> None:
    """Whoever handed in all that the notice named must be accepted (行政许可法 32(五)); what lacks is judged first."""
    if kind != Refusal.Kind.REFUSED or not held.asked:
        return
    looked = look(held.case)
    looked.refuse_pending("不予受理")
    if not looked.counting(held.asked):
        raise NotAllowed(
            "补正告知要的材料都已补齐，没有核为缺或不符的，依法应当受理（行政许可法第三十二条第一款第五项）。"
            "请受理；认为不符合条件的，受理以后依法作出不予决定。"
        )


def _write(
    held: Held, kind: str, reasons: str, basis: str, go_to: str, *, by: Officer, at: datetime
) -> Refusal:
    if kind not in FACT_OF:
        raise NotAllowed("请选择：不予受理、不属本机关职权，还是依法不需要办理。")
    if not reasons.strip() or not basis.strip():
        raise NotAllowed("请写明不予受理的理由和依据，申请人有权知道。")
    if kind == "not_ours" and not go_to.strip():
        raise NotAllowed("不属本机关职权的，请写明应当向哪个机关申请。")
    return Refusal.objects.create(
        case=held.case,
        kind=kind,
        reasons=reasons.strip(),
        basis=basis.strip()[:300],
        go_to=go_to.strip()[:200],
        proposed_by=by,
        proposed_at=at,
    )


def _open_proposal(held: Held, by: Officer) -> Refusal:
    refusal = (
        held.case.refusals.filter(settled_at__isnull=True)
        .select_related("proposed_by")
        .order_by("-id")
        .first()
    )
    if refusal is None:
        raise NotAllowed("本件没有等待确认的不予受理提请，请刷新后再看。")
    if held.same(RefusalProposed.__name__, by, Refused.__name__, refusal=refusal.pk):
        raise NotAllowed("提请人不能确认自己的提请，请由另一位有权限的同志确认。")
    return refusal


def _fact(refusal: Refusal, at: datetime, chief: int) -> Fact:
    marked = {"chief": chief} if refusal.kind == Refusal.Kind.REFUSED else {}
    return FACT_OF[refusal.kind](on=at.date(), refusal=refusal.pk, **marked)  # type: ignore[call-arg]
