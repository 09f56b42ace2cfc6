"""凭查询码: how far is a case, asked by whoever holds its receipt, without a token?"""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.models import Case
from onewindow.cases.reads import public, told
from onewindow.cases.reads.progress import PROGRESS, Progress, progress
from onewindow.cases.reads.work import light_told
from onewindow.ground.clock import now
from onewindow.ground.limits import forgive
from onewindow.rules.stages import Stage
from onewindow.web.api import shapes
from onewindow.web.api.cases import step_of, term_of
from onewindow.web.api.door import ApiRequest, PublicDoor, spend_or_wait
from onewindow.web.api.refusals import refusals
from onewindow.web.api.shapes import Word, said
from onewindow.web.pace import address_of
from onewindow.web.views.track.ask import BY_ADDRESS, BY_NUMBER, WRONG

router = Router(tags=["办件"])


class Receipt(BaseModel):
    """What stands on the receipt."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    number: str = Field(min_length=1, max_length=40, description="办件编号")
    enquiry_code: str = Field(min_length=1, max_length=12, description="查询码，收件凭证上的 6 位数字")


class Status(BaseModel):
    """How far a case is, for whoever holds its receipt; nothing of who applied."""

    number: str
    item: shapes.ItemRef
    department: str
    stage: Word
    light: Word
    received_at: shapes.Moment
    accepted_on: date | None
    decided_on: date | None
    closed_on: date | None
    due_on: date | None
    legal_due_on: date | None
    provisional: bool
    answer_by: date | None = Field(description="等待补正的，请在这天前补来；否则为 null")
    terms: list[shapes.Term]
    timeline: list[shapes.Step]


@router.post("/status", auth=PublicDoor("status", a_minute=30), response=refusals(Status, 404, 411, 413, 415))
def status(request: ApiRequest, receipt: Receipt) -> HttpResponse:
    """凭编号和查询码查进度: 编号和查询码写在正文里。猜的次数和查询页面合在一起算：同一来源 10 分钟 30 次，同一编号 15 分钟 5 次。"""
    at, number = now(), public.by_number(receipt.number)
    spend_or_wait((BY_ADDRESS, address_of(request)), (BY_NUMBER, number), at=at)
    proven = public.proven(request.county.code, number, receipt.enquiry_code)
    found = PROGRESS.among(Case.objects.filter(pk=proven.pk), number) if proven else None
    if found is None:
        raise Http404(WRONG)
    forgive(BY_NUMBER, number)
    return said(_status(progress(found, request.county), at.date()))


def _status(found: Progress, today: date) -> Status:
    case = found.case
    light = light_told(case, today)
    waits = found.now.stage is Stage.CORRECTING and found.corrections
    return Status(
        number=case.number,
        item=shapes.ItemRef(code=case.version.item.address, name=case.item_name, version=case.version.number),
        department=case.department.name,
        stage=Word(code=case.stage, word=told.stage_words(case.stage)),
        light=Word(code=light.colour, word=light.word),
        received_at=case.received_at,
        accepted_on=case.accepted_on,
        decided_on=case.decided_on,
        closed_on=case.closed_on,
        due_on=case.due_on,
        legal_due_on=case.legal_due_on,
        provisional=case.provisional,
        answer_by=found.corrections[-1][0].reply_by if waits else None,
        terms=[shapes.Term(**term_of(state)) for state in found.now.terms],
        timeline=[step_of(step) for step in told.steps(found)],
    )
