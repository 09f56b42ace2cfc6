"""试跑: what would the decision table of a version have done over past cases, and over invented answers?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.inputs import names_of, said
from onewindow.cases.reads.shorter import TRIED_WORDS, Tried, dry_run, stopped
from onewindow.catalogue import text, tiers
from onewindow.catalogue.models import ItemVersion
from onewindow.ground.clock import today
from onewindow.intake.form import typed
from onewindow.rules import instant
from onewindow.rules.instant import Known, Of, PaperSeen
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS, item_of
from onewindow.web.views.catalogue.items import version_of


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(*KEEPERS)
def show(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """A page of past cases with the counts of what table and people did; nothing is changed by looking."""
    found = item_of(request.officer, pk)
    version = version_of(found, number)
    rows = instant.rows_of(version.content)
    after = request.GET.get("after", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    tried, next_key = dry_run(found, rows, before=before) if rows else ([], 0)
    names = names_of(version, version.materials.all())
    words = [said(row, names, version.content) for row in rows]
    context = {
        "item": found,
        "version": version,
        "rows": words,
        "tried": [(one, TRIED_WORDS[one.word], _why(one, words)) for one in tried],
        "counts": _counts(tried),
        "next_key": next_key or "",
        "uncovered": tiers.uncovered(text.of_version(version)),
        "stopped": stopped(found),
        "asked": _asked(version, rows, names, request),
        "invented": _invented(version, rows, words, request) if request.method == "POST" else None,
    }
    return render(request, "catalogue/dry_run.html", context)


def _counts(tried: list[Tried]) -> list[tuple[str, int]]:
    found = Counter(one.word for one in tried)
    return [(word, found[key]) for key, word in TRIED_WORDS.items()]


def _why(one: Tried, words: list[str]) -> list[str]:
    return [words[row.row - 1] for row in one.trace.found if row.held is not True]


def _asked(
    version: ItemVersion,
    rows: tuple[instant.Row, ...],
    names: dict[tuple[str, str], str],
    request: StaffRequest,
) -> list[dict[str, Any]]:
    """One field for each thing that the table looks at; what was typed stands in it again."""
    fields, seen = version.form.get("schema", {}).get("properties", {}), set()
    asked = []
    for row in rows:
        name = f"{row.of}-{row.key}"
        if name in seen:
            continue
        seen.add(name)
        spec = fields.get(row.key, {}) if row.of == Of.FIELD else {}
        options = spec.get("enum") or spec.get("items", {}).get("enum") or []
        if spec.get("type") == "boolean":
            options = ["是", "否"]
        asked.append(
            {
                "name": name,
                "label": names.get((row.of, row.key), row.key),
                "tick": row.of != Of.FIELD,
                "options": options,
                "kind": "date" if spec.get("format") == "date" else "text",
                "value": request.POST.get(name, ""),
            }
        )
    return asked


def _invented(
    version: ItemVersion, rows: tuple[instant.Row, ...], words: list[str], request: StaffRequest
) -> dict[str, Any]:
    """What the table says of answers that somebody invented on this page; they are kept nowhere."""
    told = {
        name.removeprefix("field-"): request.POST.getlist(name)
        for name in request.POST
        if name.startswith("field-")
    }
    papers = {
        m.code: PaperSeen(came=f"material-{m.code}" in request.POST, file=True)
        for m in version.materials.all()
    }
    holdings = frozenset(
        name.removeprefix("holding-") for name in request.POST if name.startswith("holding-")
    )
    known = Known(
        on=today(),
        paper=request.POST.get("paper", "")[:40],
        name=request.POST.get("who", "")[:60],
        fields=typed(version.form, told),
        materials=papers,
        holdings=holdings,
    )
    trace = instant.judge(rows, known)
    return {"granted": trace.all_hold, "rows": [(one.held, words[one.row - 1]) for one in trace.found]}
