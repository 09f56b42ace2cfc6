"""办件页: the case as its officers see it – papers, answers, points, history, letters, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from csp.constants import SELF
from csp.decorators import csp_replace
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from onewindow.cases.examined import by_two
from onewindow.cases.models import Case
from onewindow.cases.reads.visible import sees_file, visible_to
from onewindow.cases.reads.whole import Whole, whole
from onewindow.cases.reads.work import light_at
from onewindow.ground import files
from onewindow.ground.clock import now, today
from onewindow.ground.hearing import channel_of
from onewindow.ground.models import StoredFile
from onewindow.helping.reads.aids import green_of
from onewindow.helping.reads.guided import consulted
from onewindow.intake.form import labels
from onewindow.journal.write import log_access
from onewindow.letters.causes import coming
from onewindow.letters.models import Letter
from onewindow.letters.reads import letters_of, open_service, place_words, service_words, with_corrections
from onewindow.oversight import stations
from onewindow.oversight.reads import ANSWERING
from onewindow.people import acts as people
from onewindow.people.models import Officer
from onewindow.places.reads import here
from onewindow.rules.grants import Grant
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.examining import ReviewForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.hearing import stream_of
from onewindow.web.views.case import others, passing, promised, special, telling
from onewindow.web.views.case.deeds import Deed, held_back, open_deeds
from onewindow.web.views.case.handed import handed
from onewindow.web.views.case.laid_out import laid_out
from onewindow.web.views.case.recorded import marks
from onewindow.web.views.counter import front
from onewindow.web.views.serving import Way, ways_of

READERS = (
    Grant.INTAKE_RECEIVE,
    Grant.CASE_ACCEPT,
    Grant.CASE_EXAMINE,
    Grant.CASE_DECIDE,
    Grant.CASE_REFUSE,
    Grant.CASE_DELIVER,
    Grant.CASE_EXTEND_JOINT,
    Grant.SUPERVISE,
)
_SHOWN = ("application/pdf", "image/png", "image/jpeg")


@require_GET
@never_cache
@staff_required(*READERS)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """One case; another office's number is not found."""
    return case_page(request, load(request, number))


@require_GET
@never_cache
@staff_required(*READERS)
def time(request: StaffRequest, number: str) -> HttpResponse:
    """怎么算的: every term of the case, open or ended, day by day, with its clause in its own words."""
    found = load(request, number)
    context = {"whole": found, "case": found.case, "terms": telling.terms(found), "today": today()}
    return render(request, "case/time.html", context)


@require_POST
@never_cache
@staff_required(Grant.PEOPLE_UNMASK)
def unmask(request: StaffRequest, number: str) -> HttpResponse:
    """Numbers and telephones in full, with a reason that stands in the access log before anybody sees them."""
    found, reason, at = load(request, number), request.POST.get("reason", ""), now()
    case, origin = found.case, request.META.get("REMOTE_ADDR", "")
    told = {"by": request.officer, "at": at, "reason": reason, "origin": origin}
    paper = people.unmask(case.applicant, **told)
    phone = people.unmask(case.applicant, field="phone", **told)
    log_access(case.county, what="unmask:case", about=case.number, **told)
    answers = labels(case.version.form, case.application.form)
    context = {"case": case, "paper": paper, "phone": phone, "answers": answers}
    return render(request, "case/unmasked.html", context)


@require_GET
@staff_required(*READERS)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def file(request: StaffRequest, number: str, file: int) -> HttpResponse:
    """One paper of the case, shown in the page when it is a PDF or a picture."""
    case = _seen(request, number)
    stored = get_object_or_404(
        StoredFile.objects.filter(submitted__application=case.application_id).distinct(), pk=file
    )
    return _answer(stored, stored.name)


@require_GET
@never_cache
@staff_required(*READERS)
def letters(request: StaffRequest, number: str) -> HttpResponse:
    """The letters as far as they are made, for the page that waits for one."""
    found = load(request, number)
    context = {"case": found.case, **letters_beside(request.officer, found)}
    return render(request, "case/letters.html", context)


@require_GET
@staff_required(*READERS)
def letter(request: StaffRequest, number: str, letter: int) -> HttpResponse:
    """One letter of the case, as it was sealed."""
    case = _seen(request, number)
    whose = Q(subject=case.subject_id)
    if sees_file(request.officer, case):  # the notices of third parties, whom the applicant never sees
        whose |= Q(subject__third__case=case.pk)
    rows = Letter.objects.select_related("file").filter(whose, county=case.county)
    found = get_object_or_404(rows, pk=letter)
    return _answer(found.file, f"{found.title} {found.number}.pdf")


def load(request: StaffRequest, number: str) -> Whole:
    """The whole case, when this officer may see it."""
    try:
        rows = open_to(request).annotate(**stations.WITH_STAY)
        return whole(rows, number, request.county)  # type: ignore[attr-defined]
    except Case.DoesNotExist:
        raise Http404 from None


def light(request: StaffRequest, number: str) -> Case:
    """The case alone, for acting on it."""
    rows = open_to(request).select_related("version", "applicant")
    return get_object_or_404(rows, number=number)


def case_page(
    request: StaffRequest,
    found: Whole,
    status: int = 200,
    *,
    review: DeedForm | None = None,
    seen: int | None = None,
) -> HttpResponse:
    """The page of a case; `review` brings back an opinion that was refused, `seen` what its writer had read."""
    day, case, officer = today(), found.case, request.officer
    inner, deeds = sees_file(officer, case), open_deeds(officer, found)
    beside, names = _beside(request, found)
    cards = others.cards(officer, found, deeds, day, inner=inner)
    front, rest = laid_out(deeds, cards["cards"], pending=bool(found.pending))
    context = {
        "whole": found,
        "case": case,
        "today": day,
        "light": light_at(case, day),
        "first": telling.first_term(found),
        "dead": telling.of_the_dead(case),
        "green": green_of(case.application.visit_id),
        "answers": telling.answers(found),
        "may_unmask": officer.may(Grant.PEOPLE_UNMASK),
        "inner": inner,
        "points": telling.points(found, review.data if review else None) if inner else [],
        "review": review,
        "site": _site(request, found, deeds, review),
        "may_review": any(deed.key == "review" for deed in deeds),
        "opinion_text": review.data.get("text", "") if review else telling.opinion_text(found),
        "sent_back": telling.sent_back(found),
        "phrases": telling.PHRASES,
        "handed": handed(found, names),
        "procedures": special.shown(found, day),
        "listed": special.listed(found),
        "history": _history(officer, found, names),
        "may_void": officer.may(Grant.RECORD_VOID, case),
        "promised": promised.shown(found, day),
        **beside,
        "front": front,
        "rest": rest,
        "held_back": held_back(officer, found),
        **cards,
        "overruns": _overruns(officer, found),
        "seen": found.case.subject.length if seen is None else seen,
    }
    return render(request, "case/page.html", context, status=status)


def _beside(request: StaffRequest, found: Whole) -> tuple[dict[str, Any], dict[str, str]]:
    """The letters, 各环节 and where news of the case are heard; and the names of all who had to do with it."""
    case, beside = found.case, letters_beside(request.officer, found)
    line = stations.of_case(found, [one for one, *_ in beside["letters"]], now())
    names = telling.names_in(found, *passing.codes(line))
    way = passing.shown(line, stations.station_words(here(), case.received_on), names)
    heard = {"stream": stream_of(request, case), "channel": channel_of(case.subject_id)}
    return {**beside, **heard, "way": way}, names


def _history(officer: Officer, found: Whole, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What happened, from the consultation before it on, each line with whether it still holds."""
    beside = marks(found, may_ask=officer.may(Grant.RECORD_ASK, found.case))
    told = telling.history(found, ratings=officer.may(Grant.SUPERVISE), names=names)
    asked = telling.asked_before(consulted(found.case.application.visit_id), names)
    return [*asked, *({**line, "mark": beside[line["place"]]} for line in told)]


def letters_beside(officer: Officer, whole: Whole) -> dict[str, Any]:
    """The letters, each with how far its service is and what can be done with it, and those still to come."""
    case = whole.case
    beside = (
        letters_of(case.subject).select_related(None).select_related("service", "replaces", "replaced_by")
    )
    found = list(with_corrections(beside.defer("data", "replaces__data", "replaced_by__data")))
    papers = (one for paper in whole.papers for one in paper.submitted if one.original)
    return {
        "letters": [(one, _words(one, case), _ways(one, case)) for one in found],
        "coming": coming(
            whole.entries, found, (one.added_at for one in papers), now(), one_letter=_one_letter(whole)
        ),
        "to_serve": officer.may(Grant.CASE_DELIVER, case),
        "may_correct": officer.may(Grant.LETTER_CORRECT, case),
        "may_settle": officer.may(Grant.CASE_DECIDE, case),
    }


def _one_letter(whole: Whole) -> bool:
    """收件即受理: the letter of acceptance is the receipt too."""
    return whole.pack.holds("intake.receipt_is_acceptance", whole.case.version.kind)


def _words(letter: Letter, case: Case) -> str:
    """How far the letter is: corrected or being so, served or waiting for it."""
    waits, asked = letter.waits, letter.asked  # type: ignore[attr-defined]
    coming = (
        "" if hasattr(letter, "replaced_by") or not asked else "更正待确认" if waits else "更正的文书正在生成"
    )
    return "；".join(
        part for part in (place_words(letter), coming, service_words(letter, case.stage)) if part
    )


def _ways(letter: Letter, case: Case) -> list[Way]:
    service = open_service(letter, case.stage)
    return ways_of(service) if service is not None and not letter.asked else []  # type: ignore[attr-defined]


def _overruns(officer: Officer, found: Whole) -> list[int]:
    """The records of overruns of this case, for whoever may see them."""
    if not any(officer.may(grant, found.case) for grant in ANSWERING):
        return []
    return [entry.body["overdue"] for entry in found.entries if entry.fact == "OverdueCalled"]


def _site(request: StaffRequest, found: Whole, deeds: list[Deed], review: DeedForm | None) -> DeedForm | None:
    """The fields of the on-site check, where two have to go and this officer examines."""
    if not any(deed.key == "review" for deed in deeds) or not by_two(found.case.version, found.pack):
        return None
    return review or ReviewForm(case=found.case, officer=request.officer, load=lambda: found)


def open_to(request: StaffRequest) -> QuerySet[Case]:
    """What this officer may see, with what the person in front of his window handed in online."""
    return visible_to(request.officer, front.key(request))


def _seen(request: StaffRequest, number: str) -> Case:
    return get_object_or_404(open_to(request), number=number)


def _answer(stored: StoredFile, name: str) -> HttpResponse:
    try:
        content = files.read(stored)
    except FileNotFoundError:
        raise Http404 from None
    shown = stored.media_type in _SHOWN
    kind = stored.media_type if shown else "application/octet-stream"
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = _disposition("inline" if shown else "attachment", name)
    return answer


def _disposition(how: str, name: str) -> str:
    return f"{how}; filename*=UTF-8''{quote(name)}"
