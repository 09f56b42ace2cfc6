"""我的办件: what is under way, what is not submitted yet, what was I told, and what have I given before?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.cases.models import Case
from onewindow.cases.reads import public, told
from onewindow.cases.reads.work import light_told
from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.intake import reads as intake
from onewindow.intake.acts import online
from onewindow.notices import reads as notices
from onewindow.notices.acts import mark_read
from onewindow.rules.grants import NotAllowed
from onewindow.web.gates import PartyRequest, party_required

PAGE, PAPERS = 20, 50


@require_GET
@party_required
@never_cache
def home(request: PartyRequest) -> HttpResponse:
    """The cases, the latest first, with what is not submitted yet above them."""
    county, party = request.county.code, request.party  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    rows = public.of_party(county, party)
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    context = {
        "rows": [_row(case, today()) for case in found[:PAGE]],
        "next_key": found[PAGE - 1].pk if len(found) > PAGE else "",
        "drafts": [] if after else list(intake.drafts_for(party, county)[:PAGE]),
        "at_window": [] if after else list(intake.at_window_for(party, county)[:PAGE]),
        "unread": notices.unread(party),
        "tab": "cases",
    }
    return render(request, "my/cases.html", context)


@require_GET
@party_required
@never_cache
def messages(request: PartyRequest) -> HttpResponse:
    """What one was told; seen is read."""
    before = request.GET.get("after", "")
    found = notices.told(request.party, before=int(before) if before.isdigit() else None)
    context = {
        "messages_told": found[: notices.PAGE],
        "next_key": found[notices.PAGE - 1].pk if len(found) > notices.PAGE else "",
        "unread": sum(one.read_at is None for one in found[: notices.PAGE]),
        "tab": "messages",
    }
    return render(request, "my/messages.html", context)


@require_POST
@party_required
def take_back(request: PartyRequest, once: UUID) -> HttpResponse:
    """What a window goes on with comes back to the applicant's own page."""
    county = request.county.code  # type: ignore[attr-defined]
    application = intake.at_window_for(request.party, county).filter(once=once).first()
    if application is None:
        raise NotAllowed("窗口已经替您交上，或者已经退回给您。请到“我的办件”里看。")
    online.take_back(application, by=request.party, at=now())
    return redirect("apply_draft", once)


@require_POST
@party_required
def read(request: PartyRequest) -> HttpResponse:
    """Everything is read."""
    mark_read(request.party, by=request.party, at=now())
    return redirect("my_messages")


@require_GET
@party_required
@never_cache
def papers(request: PartyRequest) -> HttpResponse:
    """What one has handed in before, whether it can stand again, and until when."""
    county, day = request.county.code, today()  # type: ignore[attr-defined]
    given = intake.papers_of(request.party, county)
    found, next_key = page(given, request.GET.get("after", ""), by=("-pk",), size=PAPERS)
    rows = [{"paper": one, "usable": one.usable_on(day), "number": ""} for one in found]
    told = {"rows": rows, "next_key": next_key, "today": day, "tab": "papers"}
    return render(request, "my/papers.html", told)


def _row(case: Case, day: date) -> dict[str, Any]:
    denied: bool = case.denied  # type: ignore[attr-defined]
    return {
        "case": case,
        "light": light_told(case, day),
        "stage": told.stage_words(case.stage, denied=denied),
    }
