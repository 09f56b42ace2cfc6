"""收件页: whatever is sent is kept first; then the clerk accepts, receives, asks for correction or refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.cases.acts.accept import accept, accept_with_receipt
from onewindow.cases.acts.correct import ask_correction, correct_on_spot
from onewindow.cases.acts.instant import record_filing
from onewindow.cases.acts.refuse import propose_refusal, refuse
from onewindow.cases.law import pack_for
from onewindow.cases.models import Case
from onewindow.cases.route import route_at
from onewindow.ground.clock import now
from onewindow.ground.disk import NoRoom
from onewindow.intake import acts as intake
from onewindow.intake.content import Unfit
from onewindow.intake.models import Application
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.risk import Route
from onewindow.rules.stages import Stage
from onewindow.web.forms.refusal import RefusalFields
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import scans
from onewindow.web.views.counter.work import Work, beside, draft, seal, show, typed, work

Raw = dict[str, list[str]]
Then = Callable[[Case], object]


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
@sensitive_post_parameters()
def intake_sheet(request: StaffRequest, once: UUID) -> HttpResponse:
    """The one screen."""
    application, at = draft(request, once), now()
    if application.sealed_at is not None:
        return redirect("counter_done", once=once)
    if request.method != "POST":
        return show(request, work(application, application.draft, at.date()), at.date())
    try:
        scans.take(request, application, at)
    except (Unfit, NoRoom) as unfit:
        done = work(application, typed(request, application), at.date())
        done.refused = str(unfit)
        return _back(request, done, at)
    answer = _DO.get(request.POST.get("do", "save"), _saved)
    return answer(request, application, typed(request, application), at)


@require_POST
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
@sensitive_post_parameters()
def save(request: StaffRequest, once: UUID) -> HttpResponse:
    """暂存 while the clerk works: keeps the page and answers with the preview as it is now."""
    application, at = draft(request, once), now()
    try:
        scans.take(request, application, at)
    except (Unfit, NoRoom) as unfit:
        return HttpResponse(str(unfit), status=422, content_type="text/plain; charset=utf-8")
    raw = typed(request, application)
    if not intake.keep(application, by=request.officer, at=at, typed=raw):
        return HttpResponse(status=204)
    kept = work(application, raw, at.date())
    return render(request, "counter/side.html", {**beside(request, kept, at.date()), "saved_at": at})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.CASE_ACCEPT)
def ask(request: StaffRequest, once: UUID) -> HttpResponse:
    """一次性告知补正: everything once more before it goes out, because it can be said only once."""
    application, at = draft(request, once), now()
    if application.sealed_at is not None:
        return redirect("counter_done", once=once)
    done = work(application, application.draft, at.date(), "ask")
    lacking = {line.material.pk: line.why for line in done.lines if line.lacks}
    if done.faults or not lacking:
        return redirect("counter_sheet", once=once)
    if request.method != "POST":
        return render(request, "counter/ask.html", beside(request, done, at.date()))

    def then(case: Case) -> None:
        if case.stage == Stage.RECEIVED:
            ask_correction(case, by=request.officer, at=at, demands=lacking)

    return _take(request, done, at, then)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.CASE_REFUSE, Grant.CASE_PROPOSE_REFUSAL)
def turn_down(request: StaffRequest, once: UUID) -> HttpResponse:
    """不予受理 or 提请不予受理, as the pack of the place has it: kind, reasons, basis, where to go."""
    application, at = draft(request, once), now()
    if application.sealed_at is not None:
        return redirect("counter_done", once=once)
    done = work(application, application.draft, at.date(), "receive")
    page = beside(request, done, at.date())
    alone = page["may_refuse"] and not page["preview"].second_person
    form = RefusalFields(request.POST or None)
    context = {**page, "form": form, "alone": alone}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "counter/refuse.html", context, status=status)
    act = refuse if alone else propose_refusal

    def then(case: Case) -> None:
        if case.stage == Stage.RECEIVED:
            act(case, by=request.officer, at=at, **form.cleaned_data)

    return _take(request, done, at, then, complete=False)


def _take(
    request: StaffRequest,
    done: Work,
    at: datetime,
    then: Then | None = None,
    *,
    complete: bool = True,
    onward: str = "",
) -> HttpResponse:
    """Take in, receive, and what follows, in one transaction; or the page with what stands in the way.

    `onward` names the act that the clerk goes on to with the case.
    """
    if any(complete or not id.startswith("f-") for id, _ in done.faults):
        return _back(request, done, at)
    try:
        with transaction.atomic():
            case = seal(request, done, at, complete=complete)
            _log_corrected(request, case, done, at)
            if then is not None:
                then(case)
    except NotAllowed as refusal:
        done.refused = str(refusal)
        return _back(request, done, at, 409)
    if onward and case.stage == Stage.RECEIVED:
        return redirect("case_do", number=case.number, act=onward)
    return redirect("counter_done", once=done.application.once)


def _back(request: StaffRequest, done: Work, at: datetime, status: int = 422) -> HttpResponse:
    """The page again, with what stands in the way; what was typed is kept on the server too."""
    if not intake.keep(done.application, by=request.officer, at=at, typed=done.raw):
        return redirect("counter_done", once=done.application.once)  # the same page sent twice
    return show(request, done, at.date(), status)


def _log_corrected(request: StaffRequest, case: Case, done: Work, at: datetime) -> None:
    """当场更正: what the applicant put right at the counter is logged, not noticed."""
    codes = [line.material.code for line in done.lines if line.corrected]
    if codes and case.stage == Stage.RECEIVED and request.officer.may(Grant.CASE_ACCEPT, case):
        correct_on_spot(case, by=request.officer, at=at, materials=codes, papers=[])


def _accepted(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    """受理并打印, or 备案并打印."""

    def then(case: Case) -> None:
        if _filed(case):
            record_filing(case, by=request.officer, at=at)
        elif case.stage == Stage.RECEIVED:
            accept(case, by=request.officer, at=at)

    return _take(request, work(application, raw, at.date(), "accept"), at, then)


def _filed(case: Case) -> bool:
    """备案备查: what is complete is filed, and not accepted."""
    pack = pack_for(here(), case.pack, case.received_on)
    return case.stage == Stage.RECEIVED and route_at(case, pack) is Route.FILING


def _received(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    """只收件: a receipt, and the department accepts – unless the place says that complete papers are accepted."""

    def then(case: Case) -> None:
        accept_with_receipt(case, by=request.officer, at=at)

    return _take(request, work(application, raw, at.date(), "receive"), at, then)


def _deferred(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    """只收件, and on to the promise that what is lacking will follow."""
    done = work(application, raw, at.date(), "receive")
    return _take(request, done, at, onward="accept-later")


def _promised(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    """只收件, and on to the promise that stands for papers."""
    return _take(request, work(application, raw, at.date(), "receive"), at, onward="promise")


def _asking(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    """To the page that shows the correction notice once more."""
    done = work(application, raw, at.date(), "ask")
    if not done.faults and not any(line.lacks for line in done.lines):
        done.refused = "没有核为缺或不符的材料，不用补正，可以直接受理。"
    if done.faults:
        return _back(request, done, at)
    return _kept(request, application, raw, at, "counter_ask")


def _turning_down(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    return _kept(request, application, raw, at, "counter_refuse")


def _saved(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    messages.success(request, "已暂存。回到收件首页，从“没办完的”里可以接着办。")
    return _kept(request, application, raw, at, "counter_sheet")


def _switched(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    intake.keep(application, by=request.officer, at=at, typed=raw)
    return redirect("counter")


def _kept(
    request: StaffRequest, application: Application, raw: Raw, at: datetime, where: str
) -> HttpResponse:
    if not intake.keep(application, by=request.officer, at=at, typed=raw):
        where = "counter_done"
    return redirect(where, once=application.once)


def _dropped(request: StaffRequest, application: Application, raw: Raw, at: datetime) -> HttpResponse:
    intake.discard(application, by=request.officer, at=at)
    back = "已退回给申请人，网上填的还在，可以自己接着填。" if application.begun_as else "已作废，没有收件。"
    messages.success(request, back)
    return redirect("counter")


_DO: dict[str, Callable[[StaffRequest, Application, Raw, datetime], HttpResponse]] = {
    "accept": _accepted,
    "receive": _received,
    "later": _deferred,
    "promise": _promised,
    "ask": _asking,
    "refuse": _turning_down,
    "save": _saved,
    "switch": _switched,
    "drop": _dropped,
}
