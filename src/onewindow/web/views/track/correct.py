"""网上补正: everything that the notice asks for, chosen on one page and sent at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.acts.correct import answer_correction, answer_nothing
from onewindow.cases.judged import defect, held_at
from onewindow.cases.models import Case, Correction, CorrectionPoint, Verdict
from onewindow.ground import files as store
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.intake import uploads
from onewindow.intake.acts import Paper
from onewindow.intake.content import Unfit
from onewindow.intake.models import Submitted
from onewindow.places.reads import pack_here
from onewindow.rules.grants import NotAllowed
from onewindow.rules.stages import Stage
from onewindow.web import proved
from onewindow.web.pace import too_often
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track.case import ask_again, case_of, done, last_four

BY_CASE = Limit("correct:case", times=20, within=proved.LASTS)
_CHOOSE_AGAIN = "刚才选的文件浏览器不保留，请把每一份都重新选一次。"


@require_http_methods(["GET", "POST"])
@never_cache
def correct(request: VisitorRequest, number: str) -> HttpResponse:
    """The points of the notice, each with room for its files."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    correction = case.corrections.order_by("-id").first()
    if correction is None or Stage(case.stage) is not Stage.CORRECTING:
        messages.warning(request, "现在没有要补的材料。")
        return redirect("track_case", number)
    points = list(correction.points.select_related("material").order_by("pk"))
    if request.method == "GET":
        return _page(request, case, correction, points, {})
    waiting = too_often(request, (BY_CASE, str(case.pk)))
    if waiting is not None:
        return waiting
    errors = _answered(request, case, points)
    if errors:
        return _page(request, case, correction, points, errors)
    messages.success(request, "收到您补来的材料，核对后告诉您是否受理。")
    return redirect("track_case", number)


@require_http_methods(["GET", "POST"])
@never_cache
def nothing(request: VisitorRequest, number: str) -> HttpResponse:
    """Nothing to add, on a page of its own that says what follows; without a sign-in the paper's last four are asked."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    correction = case.corrections.order_by("-id").first()
    if correction is None or Stage(case.stage) is not Stage.CORRECTING:
        messages.warning(request, "现在没有要补的材料。")
        return redirect("track_case", number)
    by = proved.actor_for(request, case)
    points = list(correction.points.select_related("material").order_by("pk"))
    wrong = [(point, *told) for point, told in _wrong(case, correction, points)]
    context = {"case": case, "points": wrong, "asks": isinstance(by, proved.Bearer)}
    if request.method == "GET":
        return render(request, "track/nothing.html", context)
    if context["asks"]:
        waiting, error = last_four(request, case)
        if waiting is not None:
            return waiting
        if error:
            return render(request, "track/nothing.html", {**context, "error": error}, status=422)
    return done(
        request,
        number,
        lambda: answer_nothing(case, by=by, at=now()),
        "收到您的答复，照现有材料处理，接下来告诉您是否受理。",
    )


def _answered(request: VisitorRequest, case: Case, points: list[CorrectionPoint]) -> dict[int, str]:
    """Take everything in, or nothing; answers the sentence beside each point that does not fit."""
    errors: dict[int, str] = {}
    looked: list[tuple[CorrectionPoint, list[uploads.Upload]]] = []
    for point in points:
        try:
            looked.append((point, _chosen(request, point)))
        except Unfit as refusal:
            errors[point.pk] = str(refusal)
    if errors:
        return errors
    try:
        with store.atomic():
            papers = [
                Paper(point.material, how=Submitted.How.UPLOAD, file=uploads.keep(case.county, upload, now()))
                for point, files in looked
                for upload in files
            ]
            answer_correction(case, by=proved.actor_for(request, case), at=now(), papers=papers)
    except NotAllowed as refusal:
        return {0: str(refusal)}
    return {}


def _chosen(request: VisitorRequest, point: CorrectionPoint) -> list[uploads.Upload]:
    files = request.FILES.getlist(f"file-{point.pk}")
    if not files:
        raise Unfit(f"请选择“{point.material.name}”的文件。")
    uploads.not_too_many(files)
    most = pack_here(request.county).setting("upload.max_megabytes").number
    return [uploads.look(one.read(), one.name or "", most) for one in files]


def _wrong(
    case: Case, asked: Correction, points: list[CorrectionPoint]
) -> list[tuple[CorrectionPoint, tuple[str, str]]]:
    """With each point what is wrong and how to put it right, in the words of the notice."""
    held = held_at(Verdict.objects.filter(case=case).order_by("pk"), asked.asked_at)
    return [
        (point, defect(point, point.material, held.get(point.material_id), asked.what_is_wrong))
        for point in points
    ]


def _page(
    request: VisitorRequest,
    case: Case,
    correction: Correction,
    points: list[CorrectionPoint],
    errors: dict[int, str],
) -> HttpResponse:
    lost = [("", _CHOOSE_AGAIN)] if errors and request.FILES and len(points) > 1 else []
    context = {
        "case": case,
        "correction": correction,
        "points": [
            (point, *told, errors.get(point.pk, "")) for point, told in _wrong(case, correction, points)
        ],
        "errors": [*((f"file-{pk}" if pk else "", text) for pk, text in errors.items()), *lost],
        "most": pack_here(request.county).setting("upload.max_megabytes").number,
    }
    return render(request, "track/correct.html", context, status=422 if errors else 200)
