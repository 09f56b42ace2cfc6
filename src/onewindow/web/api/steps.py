"""办理接口: a program takes a case one step on, by the same act and the same power as at the desk."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from onewindow.cases.models import Case
from onewindow.people.models import ApiToken
from onewindow.rules.grants import Overreach
from onewindow.web.api import shapes
from onewindow.web.api.apply import Key
from onewindow.web.api.cases import stage_of
from onewindow.web.api.deed import Deed, now_of
from onewindow.web.api.deeds import AnyDeed
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.parts import filled
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import said
from onewindow.web.overreach import note

router = Router(tags=["办理"])


@router.post(
    "/cases/{number}/steps",
    auth=Door("step", ApiToken.Scope.STEP, a_minute=600, parts=True),
    response=refusals(shapes.Done, 404, 409, 411, 413, 415, *WITH_TOKEN),
)
def step(request: ApiRequest, number: str, deed: AnyDeed, idempotency_key: Key = None) -> HttpResponse:
    """办一步: 受理、审核、决定、送达等；权限、回避和时限规则与工作台完全相同。"""
    filled(request, deed.attached())
    try:
        return once(request, lambda: _do(request.auth, number, deed))
    except Overreach as refusal:
        note(refusal, by=request.auth.actor, at=request.auth.at, number=number)
        raise


def _do(caller: Caller, number: str, deed: Deed) -> HttpResponse:
    case = deed.find(caller, number)
    case.seen = deed.seen
    result = deed.do(case, caller.actor, caller.at)
    now = _after(case, result)
    return said(
        shapes.Done(
            number=now.number,
            step=deed.step,  # type: ignore[attr-defined]
            stage=stage_of(now.stage, caller),
            due_on=now.due_on,
            legal_due_on=now.legal_due_on,
            provisional=now.provisional,
            closed_on=now.closed_on,
            seen=now.subject.length,
        )
    )


def _after(before: Case, result: object) -> Case:
    """The case as the act left it: the act's own answer, what its answer belongs to, else read anew."""
    found = result if isinstance(result, Case) else getattr(result, "case", None)
    return found if isinstance(found, Case) else now_of(before)
