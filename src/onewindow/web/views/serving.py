"""送达文书: which letters wait to be served, and how is each way of serving one written down?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.models import Case
from onewindow.ground import files
from onewindow.ground.clock import now
from onewindow.intake import uploads
from onewindow.letters import acts
from onewindow.letters.models import Letter, Service
from onewindow.letters.reads import to_serve
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.forms.serving import FORMS
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.case.signing import taker_of

SHELF = "letters"
Perform = Callable[[Case, Officer, datetime, int, Any], object]


@dataclass(frozen=True)
class Way:
    """One thing that can be done with a letter that waits: its word, what it means, and what is said after it."""

    key: str
    word: str
    says: str
    done: str
    perform: Perform
    on_the_way: bool = False


def _handed(case: Case, by: Officer, at: datetime, letter: int, form: Any) -> object:
    with files.atomic():
        taker = taker_of(form, case, at)
        return acts.serve_at_counter(
            case, by=by, at=at, letter=letter, taker=taker, window=by.window, **form.late
        )


def _left(case: Case, by: Officer, at: datetime, letter: int, form: Any) -> object:
    told = form.cleaned_data
    with files.atomic():
        photo = uploads.keep(case.county, form.picture, at) if form.picture else None
        return acts.serve_by_leaving(
            case,
            by=by,
            at=at,
            letter=letter,
            place=told["place"],
            why=told["why"],
            witness=told["witness"],
            photo=photo,
            **form.late,
        )


def _arrived(case: Case, by: Officer, at: datetime, letter: int, form: Any) -> object:
    taker = form.cleaned_data["taker"]
    return acts.letter_arrived(case, by=by, at=at, letter=letter, taker=taker, **form.late)


def _told(act: Any, name: str) -> Perform:
    return lambda case, by, at, letter, form: act(
        case, by=by, at=at, letter=letter, **{name: form.cleaned_data[name]}
    )


WAYS: Mapping[str, Way] = {
    way.key: way
    for way in (
        Way(
            "hand",
            "当面送达",
            "核对来人的证件，签收的日期就是送达日期。",
            "已登记送达，送达回证正在生成。",
            _handed,
        ),
        Way(
            "send",
            "邮寄",
            "寄出不是送达，等回执上的签收。",
            "已登记寄出。",
            _told(acts.send_letter, "tracking"),
        ),
        Way(
            "left",
            "拒收，留置送达",
            "对方拒绝接收的，把文书留在他的住所，由见证人签名，或者拍照、录像记录过程，视为送达（参照《中华人民共和国民事诉讼法》第八十九条）。",
            "已登记留置送达，送达回证正在生成。",
            _left,
        ),
        Way(
            "arrived",
            "已签收",
            "收到邮政的签收回执以后登记。",
            "已登记送达，送达回证正在生成。",
            _arrived,
            on_the_way=True,
        ),
        Way(
            "back",
            "退件",
            "退回来的可以再寄、当面送达，拒收的可以留置送达。",
            "退件已登记。",
            _told(acts.letter_came_back, "why"),
            on_the_way=True,
        ),
    )
}


def ways_of(service: Service) -> list[Way]:
    """What can be done with it now."""
    return [way for way in WAYS.values() if way.on_the_way == service.on_the_way]


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.CASE_DELIVER)
@sensitive_post_parameters()
def serve(request: StaffRequest, letter: int, way: str) -> HttpResponse:
    """The page of one way of serving; sent, it acts and leads back to the list."""
    chosen = WAYS.get(way)
    if chosen is None:
        raise Http404
    service = _service(request, letter)
    if service is None:
        return _gone(request, letter)
    case = service.letter.subject.case
    told: dict[str, Any] = {"case": case, "officer": request.officer, "load": lambda: None}
    if request.method != "POST":
        return _page(request, service, chosen, FORMS[way](**told))
    form = FORMS[way](request.POST, request.FILES, **told)
    if not form.is_valid():
        return _page(request, service, chosen, form, 422)
    try:
        chosen.perform(case, request.officer, now(), letter, form)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, service, chosen, form, 409)
    messages.success(request, f"{service.letter.number}　{chosen.done}")
    return _back()


@require_GET
@staff_required(Grant.CASE_DELIVER)
@xframe_options_sameorigin
def pdf(request: StaffRequest, letter: int) -> HttpResponse:
    """The letter itself, to print it for whoever comes."""
    service = _service(request, letter)
    if service is None:
        raise Http404
    try:
        answer = HttpResponse(files.read(service.letter.file), content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None
    name = f"{service.letter.title} {service.letter.number}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _service(request: StaffRequest, letter: int) -> Service | None:
    beside = ("letter__file", "letter__subject__case__applicant__representative")
    more = ("letter__subject__case__applicant__guardian", "letter__subject__case__application__agent")
    return to_serve(request.officer).select_related(*beside, *more).filter(letter=letter).first()


def _gone(request: StaffRequest, letter: int) -> HttpResponse:
    """Served in the meantime, or nobody's: whoever served it himself is told so."""
    get_object_or_404(Letter, pk=letter, service__by=request.officer.actor_code)
    messages.info(request, "这份文书已经登记送达，不用再办。")
    return _back()


def _back() -> HttpResponse:
    return redirect(f"{reverse('issue')}?{urlencode({'shelf': SHELF})}")


def _page(request: StaffRequest, service: Service, way: Way, form: Any, status: int = 200) -> HttpResponse:
    case = service.letter.subject.case
    context = {"way": way, "service": service, "letter": service.letter, "case": case, "form": form}
    return render(request, "issue/serve.html", context, status=status)
