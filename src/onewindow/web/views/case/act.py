"""办一件事: the form of one act on a case, and doing it – once, and only on what the officer has just seen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.cases.reads.work import light_of
from onewindow.cases.write import Stale
from onewindow.ground.clock import now, today
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overreach import note
from onewindow.web.views.case.deeds import DEEDS, Deed
from onewindow.web.views.case.page import READERS, case_page, light, load, open_to


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(*READERS)
@sensitive_post_parameters()
def do(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """The page of one act; sent, it acts and leads back to the case."""
    deed = DEEDS.get(act)
    if deed is None:
        raise Http404
    if request.method != "POST":
        return _open(request, deed, load(request, number))
    case = light(request, number)
    case.seen = _seen(request)
    form = deed.form(request.POST, case=case, officer=request.officer, load=lambda: load(request, number))
    if not form.is_valid():
        return _form(request, deed, load(request, number), form, 422)
    try:
        deed.perform(case, request.officer, now(), form)
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return _form(request, deed, load(request, number), form, 409, afresh=True)
    except NotAllowed as refusal:
        note(refusal, by=request.officer, at=now(), number=number)
        form.add_error(None, str(refusal))
        return _form(request, deed, load(request, number), form, 409)
    messages.success(request, f"{number}　{deed.done or deed.word}")
    return _onward(request, case)


def _open(request: StaffRequest, deed: Deed, whole: Whole) -> HttpResponse:
    case = whole.case
    if not deed.open_for(request.officer, whole):
        messages.warning(request, f"本件现在是“{case.stage_word}”，不能办“{deed.word}”。")
        return redirect("case", number=case.number)
    form = deed.form(case=case, officer=request.officer, load=lambda: whole)
    return _form(request, deed, whole, form, afresh=True)


def _onward(request: StaffRequest, case: Case) -> HttpResponse:
    """Back to the case; a window that handed it over does not see it any longer."""
    inside = case.department_id in request.officer.department_ids
    if inside or open_to(request).filter(pk=case.pk).exists():
        return redirect("case", number=case.number)
    return redirect("issue" if request.officer.may(Grant.CASE_DELIVER) else "counter")


def _seen(request: StaffRequest) -> int:
    told = request.POST.get("seen", "")
    return int(told) if told.isdigit() and len(told) < 9 else -1


def _form(
    request: StaffRequest,
    deed: Deed,
    whole: Whole,
    form: DeedForm,
    status: int = 200,
    *,
    afresh: bool = False,
) -> HttpResponse:
    """The page of the act; `afresh` says that it shows the case as it is now, not as it was sent."""
    seen = whole.case.subject.length if afresh else _seen(request)
    if deed.key == "review":
        return case_page(request, whole, status, review=form, seen=seen)
    context = {
        "deed": deed,
        "whole": whole,
        "case": whole.case,
        "light": light_of(whole.case, today()),
        "form": form,
        "seen": seen,
        "choices": _VERDICTS,
    }
    return render(request, f"case/{_TEMPLATES.get(deed.key, 'do')}.html", context, status=status)


_TEMPLATES = {"judge": "judge", "hand-over": "hand_over", "originals": "hand_over"}
_VERDICTS = (
    ("fits", "符合", "空格", "fits"),
    ("missing", "缺", "-", "lacks"),
    ("wrong", "不符", "X", "wrong"),
    ("", "不涉及", "N", "none"),
)
