"""办一件事: the form of one act on a case, and doing it – once, and only on what the officer has just seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.cases.reads.work import light_at
from onewindow.cases.write import Stale
from onewindow.ground.clock import now, today
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.examining import GrantForm
from onewindow.web.forms.judging import JudgeForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overreach import note
from onewindow.web.views.case import others, promised, stopped, telling
from onewindow.web.views.case.deeds import DEEDS, Deed, after_judging
from onewindow.web.views.case.handed import handed
from onewindow.web.views.case.page import READERS, case_page, letters_beside, light, load, open_to


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
    officer = request.officer
    form = deed.form(
        request.POST, request.FILES, case=case, officer=officer, load=lambda: load(request, number)
    )
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
        status = (
            422 if getattr(refusal, "by_field", None) else 409
        )  # something on the page is to be put right
        return _form(request, deed, load(request, number), form, status)
    messages.success(request, f"{number}　{deed.done or deed.word}")
    if deed.key == "judge" and request.POST.get("then"):
        return _on_from_judging(request, load(request, number))
    return _onward(request, case, deed)


def _open(request: StaffRequest, deed: Deed, whole: Whole) -> HttpResponse:
    case = whole.case
    if not deed.open_for(request.officer, whole):
        messages.warning(request, f"本件现在是“{case.stage_word}”，不能办“{deed.word}”。")
        return redirect("case", number=case.number)
    if why := stopped.why_not(deed.key, request.officer, whole):
        messages.warning(request, why)
        return redirect("case", number=case.number)
    if deed.judged and whole.pending and DEEDS["judge"].open_for(request.officer, whole):
        return _to_judging(request, whole, deed.key)
    form = deed.form(case=case, officer=request.officer, load=lambda: whole)
    return _form(request, deed, whole, form, afresh=True)


def _to_judging(request: StaffRequest, whole: Whole, then: str) -> HttpResponse:
    """First things first: what was not looked at is neither accepted nor found lacking."""
    messages.warning(
        request, f"还有 {len(whole.pending)} 份材料没有核对，请先核对，再办“{DEEDS[then].word}”。"
    )
    return redirect(f"{reverse('case_do', args=[whole.case.number, 'judge'])}?then={then}")


def _on_from_judging(request: StaffRequest, whole: Whole) -> HttpResponse:
    """On to what the officer came for, as far as what he found allows it."""
    key = after_judging(request.officer, whole)
    if key == "judge":
        return _to_judging(request, whole, "accept")
    return redirect("case_do", whole.case.number, key) if key else redirect("case", number=whole.case.number)


def _onward(request: StaffRequest, case: Case, deed: Deed) -> HttpResponse:
    """Back to the case; a window that handed it over does not see it any longer."""
    if deed.key == "at-once":  # the same sitting goes on: the result is handed over on the next page
        return redirect("case_do", case.number, "hand-over")
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
        "light": light_at(whole.case, today()),
        "form": form,
        "seen": seen,
        **(_judging(request, whole, form) if isinstance(form, JudgeForm) else {}),
        **_granting(whole, form),
        **(letters_beside(request.officer, whole) if _at_one_sitting(deed, whole) else {}),
        **promised.signing(whole, deed.key),
        **others.wished(whole, deed.key),
        "judge_first": deed.judged and bool(whole.pending),
    }
    return render(request, f"case/{_TEMPLATES.get(deed.key, 'do')}.html", context, status=status)


_TEMPLATES = {
    "judge": "judge",
    "at-once": "grant",
    "grant": "grant",
    "came": "came",
    "hand-over": "hand_over",
    "originals": "hand_over",
    "supply": "came",
    "accept-later": "sign",
    "promise": "sign",
}


def _at_one_sitting(deed: Deed, whole: Whole) -> bool:
    """Whether the result is handed over right after it was decided, so that the letter stands beside the form."""
    return deed.key == "hand-over" and whole.law.kind is CaseKind.INSTANT


def _granting(whole: Whole, form: DeedForm) -> dict[str, Any]:
    """The examination points, where nobody looked at them before the decision."""
    if not (isinstance(form, GrantForm) and form.alone):
        return {}
    return {"points": telling.points(whole, form.data if form.is_bound else None)}


def _judging(request: StaffRequest, whole: Whole, form: JudgeForm) -> dict[str, Any]:
    """What lies beside the verdicts: what came in, and what the applicant filled in."""
    return {
        "rows": list(zip(form.rows, handed(whole, telling.names_in(whole)), strict=True)),
        "answers": telling.answers(whole),
        "then": (request.POST or request.GET).get("then", ""),
    }
