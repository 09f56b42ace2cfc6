"""网上补交和收回: the applicant brings the papers that he promised, or takes his promise back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.acts.defer import supply as bring
from onewindow.cases.acts.promise import take_promise_back
from onewindow.cases.models import Case
from onewindow.catalogue.models import Material
from onewindow.ground import files as store
from onewindow.ground.clock import now
from onewindow.intake import uploads
from onewindow.intake.acts import Paper
from onewindow.intake.content import Unfit
from onewindow.intake.models import Submitted
from onewindow.journal.write import history
from onewindow.places.reads import pack_here
from onewindow.rules import promises
from onewindow.rules.grants import NotAllowed
from onewindow.rules.record import effective
from onewindow.web import proved
from onewindow.web.pace import too_often
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track.case import ask_again, case_of, done, last_four
from onewindow.web.views.track.correct import BY_CASE


@require_http_methods(["GET", "POST"])
@never_cache
def supply(request: VisitorRequest, number: str) -> HttpResponse:
    """The papers that he still owes, each with room for its files; some now, the others later."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    told = promises.deferral(effective(history(case.subject)))
    if told is None or not told.open or not told.owed or not case.is_open:
        messages.warning(request, "现在没有要补交的材料。")
        return redirect("track_case", number)
    owed = list(Material.objects.filter(pk__in=told.owed).order_by("order"))
    if request.method == "GET":
        return _page(request, case, owed, {})
    waiting = too_often(request, (BY_CASE, str(case.pk)))
    if waiting is not None:
        return waiting
    errors = _brought(request, case, owed)
    if errors:
        return _page(request, case, owed, errors)
    messages.success(request, "收到您补交的材料，核对后告诉您结果。")
    return redirect("track_case", number)


@require_http_methods(["GET", "POST"])
@never_cache
def back(request: VisitorRequest, number: str) -> HttpResponse:
    """Take the promise back, on a page of its own that says what follows; without a sign-in the paper's last four are asked."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    by = proved.actor_for(request, case)
    possible = promises.live(effective(history(case.subject))) is not None and case.stage in (
        "received",
        "deciding",
    )
    context: dict[str, Any] = {"case": case, "asks": isinstance(by, proved.Bearer), "possible": possible}
    if request.method == "GET" or not possible:
        return render(request, "track/promise_back.html", context)
    if context["asks"]:
        waiting, error = last_four(request, case)
        if waiting is not None:
            return waiting
        if error:
            return render(request, "track/promise_back.html", {**context, "error": error}, status=422)
    return done(
        request,
        number,
        lambda: take_promise_back(case, by=by, at=now()),
        "已收回承诺，改按一般程序办理。",
    )


def _brought(request: VisitorRequest, case: Case, owed: list[Material]) -> dict[int, str]:
    """Take in what was chosen; answers the sentence beside each file that does not fit."""
    errors: dict[int, str] = {}
    looked: list[tuple[Material, uploads.Upload]] = []
    most = pack_here(request.county).setting("upload.max_megabytes").number
    for material in owed:
        try:
            files = request.FILES.getlist(f"file-{material.pk}")
            uploads.not_too_many(files)
            looked += [(material, uploads.look(one.read(), one.name or "", most)) for one in files]
        except Unfit as refusal:
            errors[material.pk] = str(refusal)
    if errors or not looked:
        return errors or {0: "请至少选一份材料的文件。"}
    try:
        with store.atomic():
            papers = [
                Paper(material, how=Submitted.How.UPLOAD, file=uploads.keep(case.county, upload, now()))
                for material, upload in looked
            ]
            bring(case, by=proved.actor_for(request, case), at=now(), papers=papers)
    except NotAllowed as refusal:
        return {0: str(refusal)}
    return {}


def _page(request: VisitorRequest, case: Case, owed: list[Material], errors: dict[int, str]) -> HttpResponse:
    row = case.deferrals.order_by("-id").first()
    context = {
        "case": case,
        "due": row.due_on if row else None,
        "papers": [(one, errors.get(one.pk, "")) for one in owed],
        "errors": [(f"file-{pk}" if pk else "", text) for pk, text in errors.items()],
        "most": pack_here(request.county).setting("upload.max_megabytes").number,
    }
    return render(request, "track/supply.html", context, status=422 if errors else 200)
