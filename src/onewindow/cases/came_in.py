"""补来的材料: how is it written down that what a notice asked for, or what was promised to follow, has come in?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from onewindow.cases.dated import record_dated
from onewindow.cases.models import CorrectionPoint
from onewindow.cases.write import Held
from onewindow.intake.acts import Paper, add_papers, check_reuse
from onewindow.journal.models import Entry
from onewindow.rules import promises
from onewindow.rules.facts import CorrectionReceived, Fact
from onewindow.rules.facts_promise import PapersSupplied
from onewindow.rules.grants import Actor, NotAllowed, Overreach


def take_in(
    held: Held, papers: Sequence[Paper], *, on: date, by: Actor, at: datetime, why_late: str | None = None
) -> Entry:
    """Write down what came as the correction on the day `on`; who says no reason answers for the day himself."""
    held.expect("CorrectionReceived")
    correction = held.case.corrections.order_by("-id").first()
    if correction is None:
        raise NotAllowed("本件没有发出过补正告知，请刷新后再看。")
    asked = set(correction.points.values_list("material_id", flat=True))
    if not papers or not {paper.material.pk for paper in papers} <= asked:
        raise NotAllowed("只收补正告知里列出的材料，请对照告知书核对。")
    check_reuse(held.case.applicant, papers, at.date())
    add_papers(held.case.application, papers, at)
    CorrectionPoint.objects.filter(
        correction=correction, material__in=[paper.material for paper in papers]
    ).update(answered_at=at)
    codes = tuple(paper.material.code for paper in papers)
    fact = CorrectionReceived(on=on, correction=correction.pk, materials=codes)
    return _write(held, fact, by=by, at=at, why_late=why_late)


def take_promised(
    held: Held, papers: Sequence[Paper], *, on: date, by: Actor, at: datetime, why_late: str | None = None
) -> Entry:
    """Write down what came of the papers that may follow, on the day `on` (容缺)."""
    held.expect("PapersSupplied")
    now = promises.deferral(held.facts)
    came = {paper.material.pk for paper in papers}
    if now is None or not now.open:
        raise NotAllowed(
            _OVER if now is not None and now.missed else "本件没有要补交的容缺材料，请刷新后再看。"
        )
    if not came or not came <= set(now.owed):
        raise Overreach("只收承诺书里还没有补来的容缺材料，请对照承诺书核对。")
    _refuse_late(held, on)
    check_reuse(held.case.applicant, papers, at.date())
    add_papers(held.case.application, papers, at)
    left = tuple(sorted(set(now.owed) - came))
    fact = PapersSupplied(on=on, deferral=now.number, materials=tuple(sorted(came)), left=left)
    return _write(held, fact, by=by, at=at, why_late=why_late)


_OVER = (
    "补交的日子已经过了，不能再收容缺材料，请按承诺书写明的办法处理；"
    "申请人在期限内已经补来、当时漏记的，请提出作废，连同补录。"
)


def _refuse_late(held: Held, on: date) -> None:
    """What comes after the day stops the case; a day that is not certain never does."""
    state = next((s for s in held.now.running() if s.term.name == promises.TERM), None)
    if state is None or state.due is None or state.reckoning.provisional:
        return
    if on > state.due:
        raise NotAllowed(
            f"承诺 {state.due.month} 月 {state.due.day} 日以前补交，已经过了，不能再收，请按承诺书写明的办法处理。"
        )


def _write(held: Held, fact: Fact, *, by: Actor, at: datetime, why_late: str | None) -> Entry:
    if why_late is None:
        return held.record(fact, by=by, at=at)
    return record_dated(held, fact, by=by, at=at, why=why_late)
