"""取号机上查进度和打印: how far is the case whose receipt somebody holds, and how does he get its papers on paper?

Number and code are typed, or the code on the receipt is held before the scanner; nothing of it stays in the browser.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.models import Case
from onewindow.cases.reads import public
from onewindow.ground import files
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, forgive, spend
from onewindow.letters.models import Letter
from onewindow.web import at_machine, carried
from onewindow.web.machines import MachineRequest, device_of
from onewindow.web.views.hall.kiosk import kiosk_required, page_of
from onewindow.web.views.track import shown
from onewindow.web.views.track.ask import BY_NUMBER, WRONG

SLOWLY = "输错的次数太多，请过几分钟再试，或者到导服台查。"
BY_MACHINE = Limit("kiosk:progress", times=40, within=timedelta(minutes=10))
LASTS = timedelta(minutes=5)
KEYS = "1234567890ABCDEFGHJKLMNPQRSTUVWXYZ-"
_SALT = "onewindow.kiosk.letter"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@kiosk_required
def progress(request: MachineRequest) -> HttpResponse:
    """查进度: the number and the code of the receipt, or the receipt itself before the scanner."""
    if request.method != "POST":
        return _ask(request)
    number, code = scanned(request.POST.get("scan", "")) or (
        request.POST.get("number", "")[:40],
        request.POST.get("code", "")[:12],
    )
    at, number = now(), public.by_number(number)
    if spend(BY_MACHINE, str(request.device.pk), at) is not None or spend(BY_NUMBER, number, at) is not None:
        return _ask(request, SLOWLY, number)
    case = public.proven(request.county.code, number, code)  # type: ignore[attr-defined]
    if case is None:
        return _ask(request, WRONG, number)
    forgive(BY_NUMBER, number)
    return _shown(request, case, at)


def scanned(typed: str) -> tuple[str, str] | None:
    """What the code on a receipt says: its address carries the number, what stands behind # the enquiry code."""
    parts = urlsplit(typed.strip()[:300])
    number = parse_qs(parts.query).get("number", [""])[0]
    return (number, parts.fragment) if number and parts.fragment else None


def _shown(request: MachineRequest, case: Case, at: datetime) -> HttpResponse:
    county = request.county  # type: ignore[attr-defined]
    found, letters = shown.read(public.open_to(county.code, None, [case.pk]), case.number, county)
    told = shown.page(found, letters, at.date())
    papers = [(one, signing.dumps([case.pk, one.pk], salt=_SALT)) for one in letters]
    return render(request, "hall/kiosk/progress.html", {**page_of(request), **told, "letters": papers})


def _ask(request: MachineRequest, wrong: str = "", number: str = "") -> HttpResponse:
    told = {**page_of(request), "error": wrong, "number": number, "keys": KEYS}
    return render(request, "hall/kiosk/ask.html", told, status=422 if wrong else 200)


@require_GET
@xframe_options_sameorigin
@kiosk_required
def letter(request: MachineRequest, token: str) -> HttpResponse:
    """A letter for the printer; its address opens it for some minutes, at a machine of the hall alone."""
    try:
        case, key = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        raise Http404 from None
    subject = Case.objects.filter(pk=case).values("subject")
    one = Letter.objects.filter(pk=key, subject__in=subject).select_related("file").first()
    if one is None:
        raise Http404
    answer = HttpResponse(files.read(one.file), content_type=one.file.media_type)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "object-src 'self'; frame-ancestors 'self'"
    return answer


@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody touches the page: asked once a minute while he does, so that he is not signed out while he types."""
    answer = HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """用完了: signed out, and nothing of him stays in the machine's browser."""
    at_machine.end(request)
    there = device_of(request) is not None
    answer = at_machine.leave(redirect(reverse("kiosk") if there else reverse("home")))
    carried.drop(answer)
    return answer
