"""评价: what did the person served think of it – five grades, the national reasons, his own words, once?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.models import Case
from onewindow.feedback.acts import rate as give
from onewindow.feedback.models import Grade, Rating
from onewindow.feedback.reasons import of_grade
from onewindow.ground.clock import now
from onewindow.places.reads import telephone
from onewindow.rules.grants import NotAllowed
from onewindow.rules.stages import ENDED, Stage
from onewindow.web import proved
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track.case import ask_again

FIRST = 3


@dataclass(frozen=True)
class GradeShown:
    """One grade with its reasons: the first ones open, the rest behind a line."""

    value: int
    word: str
    first: list[tuple[int, str]]
    rest: list[tuple[int, str]]


def grades() -> list[GradeShown]:
    """From very good to very bad; none is chosen beforehand."""
    shown = []
    for grade in sorted(Grade, reverse=True):
        reasons = of_grade(grade)
        shown.append(GradeShown(grade.value, grade.label, reasons[:FIRST], reasons[FIRST:]))
    return shown


@require_http_methods(["GET", "POST"])
@never_cache
def rate(request: VisitorRequest, number: str) -> HttpResponse:
    """Rate one ended service; whoever holds its number and code may."""
    case = (
        proved.may_see(request, now()).select_related("subject", "department").filter(number=number).first()
    )
    if case is None:
        return ask_again(request, number)
    given = Rating.objects.filter(subject=case.subject_id).first()
    if given is not None:
        return render(request, "rate/thanks.html", _thanks(request, case, given))
    if Stage(case.stage) not in ENDED:
        return redirect("track_case", number)
    told: dict[str, Any] = {"case": case, "grades": grades()}
    if request.method == "POST":
        try:
            _give(request, case)
        except NotAllowed as refusal:
            return render(
                request, "rate/rate.html", {**told, **_typed(request), "error": str(refusal)}, status=422
            )
        return redirect("rate", number)
    return render(request, "rate/rate.html", told)


def channel_of(request: VisitorRequest) -> str:
    """From a telephone or from a computer (GB/T 39046 A.5)."""
    return "phone" if "Mobi" in request.headers.get("User-Agent", "") else "web"


def _give(request: VisitorRequest, case: Case) -> None:
    grade = request.POST.get("grade", "")
    reasons = [int(code) for code in request.POST.getlist("reason") if code.isascii() and code.isdigit()]
    give(
        case,
        by=proved.actor_for(request, case),
        at=now(),
        grade=int(grade) if grade.isascii() and grade.isdigit() else 0,
        reasons=reasons,
        text=request.POST.get("text", ""),
        channel=channel_of(request),
    )


def _typed(request: VisitorRequest) -> dict[str, Any]:
    return {
        "grade": request.POST.get("grade", ""),
        "chosen": request.POST.getlist("reason"),
        "text": request.POST.get("text", "")[:500],
    }


def _thanks(request: VisitorRequest, case: Case, given: Rating) -> dict[str, Any]:
    if given.case_number != case.number:
        raise Http404
    phone = telephone(request.county, request.county.supervision_phone)
    return {"case": case, "given": given, "bad": given.bad, "complaint_phone": phone}
