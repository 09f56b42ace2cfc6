"""一件的进度: what does the applicant see, which letters may he open, and what may he answer?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.acts.deliver import download
from onewindow.cases.acts.examine import explain
from onewindow.cases.acts.withdraw import withdraw
from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.ground import files
from onewindow.ground.clock import now, today
from onewindow.ground.limits import Limit
from onewindow.letters.acts import take_online
from onewindow.letters.models import Letter
from onewindow.letters.reads import result_of
from onewindow.places.reads import telephone
from onewindow.rules.grants import Actor, NotAllowed
from onewindow.rules.identity import tidy
from onewindow.rules.stages import BEFORE_DECISION, Stage
from onewindow.web import held, proved
from onewindow.web.gates import to_sign_in
from onewindow.web.pace import too_often
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track import shown

BY_CASE = Limit("withdraw:case", times=5, within=timedelta(minutes=15))
_LAST = 4
_AGAIN = "离您输入查询码已经超过一个小时，请再输入一次。您刚才填的内容还在，输入后可以接着办。"


@require_GET
@never_cache
def page(request: VisitorRequest, number: str) -> HttpResponse:
    """How far it is."""
    try:
        found, letters = shown.read(proved.may_see(request, now()), number, request.county)
    except Case.DoesNotExist:
        return ask_again(request, number)
    return render(request, "track/case.html", _context(request, found, letters))


@require_GET
@never_cache
def letter(request: VisitorRequest, number: str, letter: int) -> HttpResponse:
    """A letter as it was sealed; bound to the same proof as the page."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    one = Letter.objects.filter(pk=letter, subject=case.subject_id).select_related("file").first()
    if one is None:
        raise Http404
    answer = HttpResponse(files.read(one.file), content_type=one.file.media_type)
    named = content_disposition_header("download" in request.GET, f"{one.title}.pdf")
    answer["Content-Disposition"] = named or "inline"
    return answer


@require_POST
def answer(request: VisitorRequest, number: str, question: int) -> HttpResponse:
    """The applicant explains what was asked."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    asked = case.questions.filter(pk=question).first()
    if asked is None:
        raise Http404
    text = request.POST.get("answer", "")[:2000]
    return done(
        request,
        number,
        lambda: explain(case, by=proved.actor_for(request, case), at=now(), question=asked, answer=text),
        "收到您的说明，审核人员会马上看到。",
    )


@require_POST
def fetch(request: VisitorRequest, number: str) -> HttpResponse:
    """The applicant who agreed to electronic service takes the result himself; the download is the proof."""
    return _signed_for(
        request,
        number,
        lambda case, by: download(case, by=by, at=now(), result=result_of(case.subject_id)),
        "结果已经送达您本人。决定书就在下面，可以随时再下载。",
    )


@require_GET
@never_cache
def held_form(request: VisitorRequest, number: str) -> HttpResponse:
    """After the hour: what was typed about this case, to be sent again by whoever shows its code."""
    if case_of(request, number) is None:
        return ask_again(request, number)
    kept = held.take_for_case(request, number)
    if kept is None:
        return redirect("track_case", number)
    return render(request, "account/held.html", {"held": kept, "by_code": True})


@require_POST
def take(request: VisitorRequest, number: str, letter: int) -> HttpResponse:
    """The applicant who agreed to electronic service signs for a letter other than the result."""
    return _signed_for(
        request,
        number,
        lambda case, by: take_online(case, by=by, at=now(), letter=letter),
        "文书已经送达您本人，可以随时再下载。",
    )


def _signed_for(
    request: VisitorRequest, number: str, act: Callable[[Case, Actor], object], said: str
) -> HttpResponse:
    """What the applicant takes over by himself, under his own name or the code's."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    return done(request, number, lambda: act(case, proved.actor_for(request, case)), said)


@require_http_methods(["GET", "POST"])
@never_cache
def take_back(request: VisitorRequest, number: str) -> HttpResponse:
    """Withdraw, on a page of its own that says what follows; without a sign-in the paper's last four are asked."""
    case = case_of(request, number)
    if case is None:
        return ask_again(request, number)
    by = proved.actor_for(request, case)
    asks = isinstance(by, proved.Bearer)
    context = {"case": case, "asks": asks, "possible": Stage(case.stage) in BEFORE_DECISION}
    if request.method == "GET":
        return render(request, "track/withdraw.html", context)
    if asks:
        waiting, error = last_four(request, case)
        if waiting is not None:
            return waiting
        if error:
            return render(request, "track/withdraw.html", {**context, "error": error}, status=422)
    return done(
        request,
        number,
        lambda: withdraw(case, by=by, at=now()),
        "申请已经撤回，不再办理。需要时可以重新申请。",
    )


def last_four(request: VisitorRequest, case: Case) -> tuple[HttpResponse | None, str]:
    """Whether who sent this knows the end of the applicant's paper; the page that says wait, or what is wrong."""
    waiting = too_often(request, (BY_CASE, str(case.pk)))
    if waiting is not None:
        return waiting, ""
    same = tidy(request.POST.get("last", "")) == case.applicant.paper_number[-_LAST:]
    return None, "" if same else "和申请人证件号码的最后 4 位对不上，请再核一次。"


def _context(request: VisitorRequest, found: Whole, letters: list[Letter]) -> dict[str, object]:
    county = request.county
    told = shown.page(found, letters, today())
    return {**told, "complaint_phone": telephone(county, county.supervision_phone), "county": county}


def done(request: VisitorRequest, number: str, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("track_case", number)


def case_of(request: VisitorRequest, number: str) -> Case | None:
    seen = proved.may_see(request, now()).select_related("applicant", "department", "application")
    return seen.filter(number=number).first()


def ask_again(request: VisitorRequest, number: str) -> HttpResponse:
    """Nobody is told whether there is such a case; what was typed comes back with number and code."""
    if request.method == "POST":
        if held.EXPIRED in request.session:
            return to_sign_in(request)
        if held.keep_for_case(request, number):
            messages.warning(request, _AGAIN)
    return redirect(f"{reverse('track')}?{urlencode({'number': number})}")
