"""找得到: the search over all items, with its facets and its help when nothing is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from onewindow.catalogue import handling, reads, text
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now, today
from onewindow.guidance import log, words
from onewindow.guidance.reads import Facet, Found, Wanted, search
from onewindow.places.reads import pack_here
from onewindow.web import guides
from onewindow.web.shorter import tiers_of
from onewindow.web.views.guide import county_of

PAGE = 20
LONGEST = 80
HANDLING = {word: f"{word}（{means}）" for word, means in handling.MEANS.items()}
LEVELS = {str(n): word for word, n in text.LEVELS.items()}


@dataclass(frozen=True)
class Row:
    """One hit as the page shows it; `marked` is the name in pieces, with what was typed set apart."""

    item: Item
    marked: list[tuple[str, bool]]
    days: str
    mentioned: bool
    tier: str = ""


@dataclass(frozen=True)
class Choice:
    """One way to narrow down: what it is called, how many, where it leads, and whether it is chosen."""

    word: str
    count: int
    url: str
    chosen: bool


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """What was found, in a window of pages, with the ways to narrow it down; nothing found helps on."""
    county = county_of(request).code
    wanted = _wanted(request)
    found = search(county, wanted)
    number = _number(request.GET.get("page", "1"), found)
    hits = found.page(number, PAGE)
    items = reads.names_of(hit.item for hit in hits)
    tiers = tiers_of((one.current_id for one in items.values()), pack_here(county_of(request)), today())
    rows = [_row(items[hit.item], wanted, hit.why == 3, tiers) for hit in hits if hit.item in items]
    offices = dict(_offices(county))
    if not rows and wanted.words:
        log.missed(county, wanted.words, now())
    context = {
        "wanted": wanted,
        "rows": rows,
        "found": found,
        "page": number,
        "pages": -(-len(found.hits) // PAGE),
        "before": _url(request, page=number - 1) if number > 1 else "",
        "after": _url(request, page=number + 1) if number * PAGE < len(found.hits) else "",
        "facets": _facets(request, wanted, found, offices),
        "offices": [] if rows else reads.offices(county),
        "carried": [(k, v) for k, v in request.GET.items() if k not in ("q", "page") and v],
    }
    return render(request, "search/results.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    office, depth, level = asked.get("department", ""), asked.get("online", ""), asked.get("level", "")
    return Wanted(
        words=asked.get("q", "").replace("\x00", "").strip()[:LONGEST],
        who=asked.get("who", "")[:20],
        theme=asked.get("theme", "")[:20],
        kind=asked.get("kind", "")[:12],
        department=int(office) if office.isascii() and office.isdigit() and len(office) < 10 else None,
        handling=asked.get("handling", "")[:20],
        depth=int(depth) if depth in ("1", "2", "3") else 0,
        level=int(level) if level in LEVELS else 0,
    )


def _number(asked: str, found: Found) -> int:
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return max(1, min(number, -(-len(found.hits) // PAGE)))


def _row(item: Item, wanted: Wanted, mentioned: bool, tiers: Mapping[int, str]) -> Row:
    name, tier = _marked(item.name, words.pieces(wanted.words)), tiers.get(item.current_id or 0, "")
    return Row(item, name, _days(item), mentioned, tier)


def _days(item: Item) -> str:
    if item.current is None:
        return ""
    return guides.span(item.current.promised_days, item.current.promised_unit, item.current.immediate)


def _marked(name: str, parts: Iterable[str]) -> list[tuple[str, bool]]:
    """The name in pieces; a piece that was typed is marked, once."""
    lowered = name.lower()
    for part in parts:
        start = lowered.find(part)
        if start >= 0 and len(lowered) == len(name):
            end = start + len(part)
            return [(name[:start], False), (name[start:end], True), (name[end:], False)]
    return [(name, False)]


def _offices(county: str) -> Iterable[tuple[str, str]]:
    return ((str(office.pk), office.name) for office, _ in reads.offices(county))


def _facets(
    request: HttpRequest, wanted: Wanted, found: Found, offices: dict[str, str]
) -> list[tuple[str, list[Choice]]]:
    office = str(wanted.department or "")
    told = [
        ("谁来办", _choices(request, "who", found.who, wanted.who)),
        ("主题", _choices(request, "theme", found.themes, wanted.theme)),
        ("类型", _choices(request, "kind", found.kinds, wanted.kind)),
        ("部门", _choices(request, "department", found.departments, office, offices)),
        ("层级", _choices(request, "level", found.levels, str(wanted.level or ""), LEVELS)),
        ("怎么办", _choices(request, "handling", found.handling, wanted.handling, HANDLING)),
    ]
    return [pair for pair in told if pair[1]]


def _choices(
    request: HttpRequest, name: str, facets: list[Facet], chosen: str, called: dict[str, str] | None = None
) -> list[Choice]:
    made = []
    for facet in facets:
        is_chosen = facet.value == chosen
        word = (called or {}).get(facet.value, facet.value)
        if facet.count or is_chosen:
            made.append(
                Choice(
                    word, facet.count, _url(request, **{name: "" if is_chosen else facet.value}), is_chosen
                )
            )
    return made


def _url(request: HttpRequest, **changed: object) -> str:
    """This search with something changed; another facet begins at the first page again."""
    kept = {key: str(value) for key, value in request.GET.items() if key != "page"}
    kept |= {key: str(value) for key, value in changed.items()}
    query = urlencode({key: value for key, value in kept.items() if value})
    return f"{request.path}?{query}" if query else request.path
