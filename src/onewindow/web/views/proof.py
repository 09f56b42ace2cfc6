"""期限证明页: how was this one date reckoned, every day on a line, for the screen and for paper?"""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole, whole
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.letters.proofs import NO_LETTER, ProofSheet, typeset
from onewindow.web import proved
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.pace import address_of, too_often
from onewindow.web.proofsheets import sheet
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.case.page import READERS, load
from onewindow.web.views.case.telling import names_in
from onewindow.web.views.track.case import ask_again
from onewindow.web.views.track.dates import explained

SHEETS = Limit("proof:address", times=30, within=timedelta(minutes=1))


@require_GET
@never_cache
@staff_required(*READERS)
def desk(request: StaffRequest, number: str, term: str) -> HttpResponse:
    """For the office: with the name of whoever recorded the fact; another office's number is not found."""
    found = load(request, number)
    told = _for_desk(request, found, term)
    return render(request, "case/proof.html", {"case": found.case, "sheet": told, "no_letter": NO_LETTER})


@require_GET
@never_cache
@staff_required(*READERS)
def desk_pdf(request: StaffRequest, number: str, term: str) -> HttpResponse:
    """The same on paper."""
    return pdf(_for_desk(request, load(request, number), term), download="download" in request.GET)


@require_GET
@never_cache
def terms(request: VisitorRequest, number: str) -> HttpResponse:
    """Every term of one's case, those that ended too, each with the way to its proof."""
    found = _shown(request, number)
    if found is None:
        return ask_again(request, number)
    rows = [(key, state, explained(found, state)) for key, state in found.terms.items()]
    rows.sort(key=lambda row: not row[1].running)
    return render(request, "track/terms.html", {"case": found.case, "rows": rows})


@require_GET
@never_cache
def public(request: VisitorRequest, number: str, term: str) -> HttpResponse:
    """For the applicant, signed in or with number and code: the same days, without the names of officers."""
    found = _shown(request, number)
    if found is None:
        return ask_again(request, number)
    context = {"case": found.case, "sheet": _for_all(request, found, term), "no_letter": NO_LETTER}
    return render(request, "track/proof.html", context)


@require_GET
@never_cache
def public_pdf(request: VisitorRequest, number: str, term: str) -> HttpResponse:
    """The same on paper; each sheet is set anew, so nobody asks for them without end."""
    slow = too_often(request, (SHEETS, address_of(request)))
    if slow is not None:
        return slow
    found = _shown(request, number)
    if found is None:
        return ask_again(request, number)
    return pdf(_for_all(request, found, term), download="download" in request.GET)


def pdf(told: ProofSheet, *, download: bool = False) -> HttpResponse:
    """The sheet as a file; what it says depends on the day, so it is not kept."""
    answer = HttpResponse(typeset(told), content_type="application/pdf")
    name = f"期限证明 {told.case} {told.title.split('　')[0]}.pdf"
    answer["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    answer["Cache-Control"] = "no-store"
    return answer


def _for_desk(request: StaffRequest, found: Whole, term: str) -> ProofSheet:
    if term not in found.terms:
        raise Http404
    demo = request.county.demo  # type: ignore[attr-defined]
    return sheet(found, term, now(), demo=demo, names=names_in(found))


def _for_all(request: VisitorRequest, found: Whole, term: str) -> ProofSheet:
    if term not in found.terms:
        raise Http404
    return sheet(found, term, now(), demo=request.county.demo)


def _shown(request: VisitorRequest, number: str) -> Whole | None:
    """The case, when it is one's own or its code was shown."""
    try:
        return whole(proved.may_see(request, now()), number, request.county)
    except Case.DoesNotExist:
        return None
