"""材料接口: what was handed in with a case, what was asked of the applicant since, and what do the files hold?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Router

from onewindow.cases.models import Correction, CorrectionPoint, Question, Verdict
from onewindow.cases.reads.whole import Paper, Whole, whole
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.intake.form import labels
from onewindow.intake.models import Channel, Submitted
from onewindow.people.models import Officer
from onewindow.web.api import handed_in
from onewindow.web.api.cases import NUMBER, READ
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Word, said
from onewindow.web.views.case.telling import hidden

router = Router(tags=["办件"])
_FILE = {"description": "文件原样", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}


@router.get(
    "/cases/{number}/application",
    auth=Door("application", READ, a_minute=300),
    response=refusals(handed_in.Dossier, 404, *WITH_TOKEN),
)
def application(request: ApiRequest, number: str) -> HttpResponse:
    """申请和材料: 申请表、交来的文件、核对结果、补正告知和请您说明。给工作人员的，证件号码和手机号码遮住中间。"""
    caller = request.auth
    found = whole(caller.visible, caller.find(NUMBER, number).number, caller.county)
    return said(_dossier(found, caller))


@router.get(
    "/cases/{number}/files/{file}",
    auth=Door("file", READ, a_minute=300),
    response=refusals(None, 404, *WITH_TOKEN),
    openapi_extra={"responses": {200: _FILE}},
)
def file(request: ApiRequest, number: str, file: int) -> HttpResponse:
    """一个文件: 申请人交来的材料，原样。"""
    case = request.auth.find(NUMBER, number)
    here = StoredFile.objects.filter(submitted__application=case.application_id, pk=file)
    one = here.distinct().first() if 0 < file < 2**63 else None
    if one is None:
        raise Http404("没有这个文件，请核对编号。")
    answer = HttpResponse(files.read(one), content_type=one.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(one.name)}"
    answer["Cache-Control"] = "no-store"
    answer["ETag"] = f'"{one.sha256}"'
    return answer


def _dossier(found: Whole, caller: Caller) -> handed_in.Dossier:
    one, for_office = found.case.application, isinstance(caller.actor, Officer)
    kept = StoredFile.objects.in_bulk(
        [sheet.file_id for paper in found.papers for sheet in paper.submitted if sheet.file_id]
    )
    written = labels(found.case.version.form, one.form)
    return handed_in.Dossier(
        number=found.case.number,
        channel=Word(code=one.channel, word=Channel(one.channel).label),
        phone=hidden(one.phone) if for_office else one.phone,
        delivery_way=one.delivery_way,
        delivery_address=one.delivery_address,
        e_service=one.e_service,
        form=_hidden(one.form) if for_office else one.form,
        answers=[
            handed_in.Answer(label=label, text=hidden(text) if for_office else text)
            for label, text in written
        ],
        materials=[_paper(paper, found.case.number, kept, for_office) for paper in found.papers],
        corrections=[_correction(*told, found.papers) for told in found.corrections],
        questions=[_question(asked) for asked in found.questions],
    )


def _paper(
    paper: Paper, number: str, kept: Mapping[int, StoredFile], for_office: bool
) -> handed_in.PaperHeld:
    """One material; what was found for it is the office's own until the notice tells it."""
    verdict = paper.verdict if for_office else None
    return handed_in.PaperHeld(
        code=paper.material.code,
        name=paper.material.name,
        sheets=[_sheet(one, number, kept.get(one.file_id or 0)) for one in paper.submitted],
        finding=Word(code=verdict.finding, word=Verdict.Finding(verdict.finding).label) if verdict else None,
        reason=verdict.reason if verdict else "",
    )


def _sheet(one: Submitted, number: str, stored: StoredFile | None) -> handed_in.Sheet:
    return handed_in.Sheet(
        how=Word(code=one.how, word=Submitted.How(one.how).label),
        original=one.original,
        copies=one.copies,
        valid_until=one.valid_until,
        added_at=one.added_at,
        file=None if stored is None else _file(stored, number),
    )


def _file(stored: StoredFile, number: str) -> handed_in.FileOut:
    return handed_in.FileOut(
        id=stored.pk,
        name=stored.name,
        type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        url=reverse("api-1:file", args=[number, stored.pk]),
    )


def _correction(one: Correction, points: list[CorrectionPoint], papers: Any) -> handed_in.CorrectionOut:
    codes = {paper.material.pk: (paper.material.code, paper.material.name) for paper in papers}
    return handed_in.CorrectionOut(
        asked_at=one.asked_at,
        reply_by=one.reply_by,
        second=one.second,
        what_is_wrong=one.what_is_wrong,
        points=[
            handed_in.PointOut(
                code=codes[point.material_id][0],
                name=codes[point.material_id][1],
                demand=point.demand,
                answered_at=point.answered_at,
            )
            for point in points
        ],
    )


def _question(one: Question) -> handed_in.QuestionAsked:
    return handed_in.QuestionAsked(
        id=one.pk,
        text=one.text,
        reply_by=one.reply_by,
        asked_at=one.asked_at,
        answer=one.answer,
        answered_at=one.answered_at,
    )


def _hidden(told: Any) -> Any:
    """The same values, every number of a paper or a telephone within them masked."""
    if isinstance(told, str):
        return hidden(told)
    if isinstance(told, dict):
        return {key: _hidden(one) for key, one in told.items()}
    return [_hidden(one) for one in told] if isinstance(told, list) else told
