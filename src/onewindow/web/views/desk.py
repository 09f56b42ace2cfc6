"""待办: what waits for this office, by light and due day?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.models import Extension, Refund, Relief, Voiding
from onewindow.cases.reads import others, work
from onewindow.cases.reads.record import to_settle
from onewindow.ground.clock import today
from onewindow.letters.models import Reissue
from onewindow.letters.reads import corrections_to_settle
from onewindow.people.models import Officer
from onewindow.places.reads import pack_here
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant
from onewindow.rules.risk import TIERS_RULE, names
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.sifting import Sift

# Which list opens first for whom.
_FIRST = (
    (Grant.CASE_DECIDE, "decide"),
    (Grant.CASE_EXAMINE, "examine"),
    (Grant.CASE_ACCEPT, "accept"),
    (Grant.CASE_REFUSE, "refusal"),
    (Grant.CASE_DELIVER, "deliver"),
)


@require_GET
@never_cache
@staff_required(
    Grant.CASE_ACCEPT,
    Grant.CASE_EXAMINE,
    Grant.CASE_DECIDE,
    Grant.CASE_REFUSE,
    Grant.INTAKE_RECEIVE,
    Grant.CASE_EXTEND_JOINT,
)
def work_list(request: StaffRequest) -> HttpResponse:
    """One list at a time, sorted in the database, paged by key."""
    day = today()
    only_mine = request.GET.get("mine") == "1"
    words = request.GET.get("q", "").strip()[:60]
    after = request.GET.get("after", "")
    sift = Sift.of(request)
    beside = _beside(request.officer)
    counts = work.counts(request.officer, only_mine=only_mine, words=words, sifted=sift.where, **beside)
    tab = work.TABS.get(request.GET.get("tab", "")) or work.TABS[_first(request.officer, counts)]
    told = {"only_mine": only_mine, "words": words, "sifted": sift.where, "after": after}
    page = work.page(request.officer, tab, day, **told)  # type: ignore[arg-type]
    context = {
        "tab": tab,
        "tabs": [
            (one, work.shown(counts[one.key]))
            for one in work.TABS.values()
            if counts[one.key] or one.key == tab.key or not one.seldom
        ],
        "count": work.shown(counts[tab.key]),
        "page": page,
        "words": words,
        "sift": sift,
        "keep": [("tab", tab.key), ("q", words), *([("mine", "1")] if only_mine else [])],
        "only_mine": only_mine,
        "today": day,
        "filings": _has_filings(request, day),
        "corrections": _corrections(request.officer),
        "extensions": _extensions(request.officer),
        "voidings": _voidings(request.officer) if counts.get("voidings") else [],
        "reliefs": _wishes(beside["reliefs"]) if counts.get("reliefs") else [],
        "refunds": _wishes(beside["refunds"]) if counts.get("refunds") else [],
    }
    return render(request, "desk/list.html", context)


def _beside(officer: Officer) -> dict[str, QuerySet[Any]]:
    """What waits for him beside the cases of the lists, counted with them."""
    found: dict[str, QuerySet[Any]] = {}
    if officer.may(Grant.RECORD_VOID):
        found["voidings"] = to_settle(officer)
    if officer.may(Grant.FEE_SETTLE):
        found["reliefs"] = others.reliefs_to_settle(officer)
        found["refunds"] = others.refunds_to_settle(officer)
    return found


def _wishes(rows: QuerySet[Any]) -> list[Relief | Refund]:
    """Less to pay, or money that goes back: what somebody asked for and he decides."""
    return list(rows.select_related("bill__case")[:5])


def _has_filings(request: StaffRequest, day: date) -> bool:
    """Whether the text of the place has filings, and this officer checks them."""
    tiers = names(pack_here(request.county).value(TIERS_RULE, day))  # type: ignore[attr-defined]
    return bool(tiers) and request.officer.may(Grant.CASE_EXAMINE)


def _corrections(officer: Officer) -> list[Reissue]:
    """What waits for whoever decides beside the cases themselves: corrections of decision letters."""
    return list(corrections_to_settle(officer)[:5]) if officer.may(Grant.CASE_DECIDE) else []


def _extensions(officer: Officer) -> list[Extension]:
    """Wishes for more days that wait for him."""
    may = officer.may(Grant.CASE_EXTEND) or officer.may(Grant.CASE_EXTEND_JOINT)
    return list(work.extensions_to_settle(officer)[:5]) if may else []


def _voidings(officer: Officer) -> list[tuple[Voiding, str]]:
    """Facts that somebody says are wrong, each with its word."""
    return [(one, TERMS_ZH[one.entry.fact]) for one in to_settle(officer)[:5]]


def _first(officer: Officer, counts: Mapping[str, int]) -> str:
    """The first of his lists on which something waits; else the one that is most his."""
    his = [key for grant, key in _FIRST if officer.may(grant)] or ["accept"]
    return next((key for key in his if counts[key]), his[0])
