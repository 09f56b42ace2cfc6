"""收完件以后: the number, the code, the letters to print, and the next person."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.granting import settled_here
from onewindow.cases.law import pack_for
from onewindow.cases.models import Case
from onewindow.ground.clock import now
from onewindow.ground.hearing import channel_of
from onewindow.journal.models import Entry
from onewindow.letters.causes import FACTS, coming
from onewindow.letters.models import Letter
from onewindow.places.reads import here
from onewindow.rules.grants import Grant
from onewindow.rules.stages import Stage
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.hearing import stream_of
from onewindow.web.views.counter import queue

_BEFORE = (Stage.RECEIVED, Stage.DECIDING)
_WORDS = {
    Stage.RECEIVED: "已收件，部门受理后再通知申请人",
    Stage.CORRECTING: "已一次性告知补正",
    Stage.REFUSING: "已提请不予受理，等第二人确认",
    Stage.EXAMINING: "已受理",
    Stage.REFUSED: "已作出不予受理决定",
    Stage.NOT_OURS: "已告知向有权机关申请",
    Stage.NOT_NEEDED: "已告知不需要办理",
    Stage.EXEMPT: "不用审批，已书面告知",
    Stage.FILED: "已备案",
}


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def result(request: StaffRequest, once: UUID) -> HttpResponse:
    """What came of the intake; the same page however often it was sent."""
    case = _case(request, once)
    if case is None:
        return redirect("counter_sheet", once=once)
    correction = case.corrections.order_by("-id").first() if case.stage == Stage.CORRECTING else None
    at_once = (
        case.stage in _BEFORE
        and request.officer.may(Grant.CASE_DECIDE_AT_ONCE, case)
        and settled_here(case, request.officer)
    )
    word = _WORDS.get(Stage(case.stage), case.stage_word)
    context = {
        "case": case,
        "stream": stream_of(request, case),
        "channel": channel_of(case.subject_id),
        "once": once,
        "at_once": at_once,
        "word": "已受理，可以当场办结" if at_once and case.stage == Stage.DECIDING else word,
        "reply_by": correction.reply_by if correction else None,
        **_letters(request, case),
        **queue.bar(request),
    }
    return render(request, "counter/done.html", context)


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def letters(request: StaffRequest, once: UUID) -> HttpResponse:
    """The letters as far as they are made; the page asks again while some are still coming."""
    case = _case(request, once)
    if case is None:
        raise Http404
    return render(request, "counter/letters.html", {"case": case, **_letters(request, case)})


def _case(request: StaffRequest, once: UUID) -> Case | None:
    return (
        Case.objects.filter(application__once=once, county=request.officer.county, taken_by=request.officer)
        .select_related("subject", "version", "department", "application__window")
        .first()
    )


def _one_letter(case: Case) -> bool:
    """收件即受理: the letter of acceptance is the receipt too."""
    law = pack_for(here(), case.pack, case.received_on)
    return law.holds("intake.receipt_is_acceptance", case.version.kind)


def _letters(request: StaffRequest, case: Case) -> dict[str, object]:
    beside = Letter.objects.filter(subject=case.subject_id).select_related("service").defer("data")
    letters = list(beside.order_by("id"))
    return {
        "may_serve": request.officer.may(Grant.CASE_DELIVER, case),
        "letters": letters,
        "coming": coming(
            Entry.objects.filter(subject=case.subject_id, fact__in=FACTS),
            letters,
            case.application.submitted.filter(original=True).values_list("added_at", flat=True),
            now(),
            one_letter=_one_letter(case),
        ),
    }
