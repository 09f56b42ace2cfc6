"""补正收件: how is it written down that what a notice asked for has come in?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from onewindow.cases.dated import record_dated
from onewindow.cases.models import CorrectionPoint
from onewindow.cases.write import Held
from onewindow.intake.acts import Paper, add_papers, check_reuse
from onewindow.journal.models import Entry
from onewindow.rules.facts import CorrectionReceived
from onewindow.rules.grants import Actor, NotAllowed


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
    if why_late is None:
        return held.record(fact, by=by, at=at)
    return record_dated(held, fact, by=by, at=at, why=why_late)
