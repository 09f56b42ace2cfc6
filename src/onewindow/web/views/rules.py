"""政策规则: what holds here, in which clause and in which words, and how does another place differ?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.packs.acted import LATER_WORDS
from onewindow.packs.keys import RULES, TERMS
from onewindow.packs.keys_settings import SETTINGS, changeable
from onewindow.packs.reads import Quoted, Row, difference, explain, places
from onewindow.people.reads import seats_of
from onewindow.places.norms import published
from onewindow.places.reads import changes_of, pack_here, pack_of
from onewindow.rules.grants import Grant
from onewindow.rules.pack import LOCAL_WORDS, Pack, Source
from onewindow.web.proved import VisitorRequest


@dataclass(frozen=True)
class Group:
    """Rows of one sort under a heading."""

    id: str
    title: str
    text: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Change:
    """The last change of a local setting as everybody may read it: since when, by which post, why."""

    since: date
    by: str
    why: str


@dataclass(frozen=True)
class Archived:
    """A document archived whole."""

    id: str
    source: Source
    origin: str


@require_GET
def rules(request: VisitorRequest) -> HttpResponse:
    """Every rule of this place beside its clause; `q` looks within."""
    pack, words = pack_here(request.county), request.GET.get("q", "")[:60].strip()
    earlier = "earlier" in request.GET
    rows = [row for row in explain(pack, today()) if (row.in_force or earlier) and _says(row, words)]
    context = {
        "pack": pack,
        "groups": _groups(rows),
        "count": len(rows),
        "q": words,
        "earlier": earlier,
        "on": today(),
        "sources": _sources(pack),
        "texts": {one.source.name: one for one in _sources(pack) if one.source.text},
        "local": LOCAL_WORDS,
        "later": LATER_WORDS,
        "changes": _changes(request.county.code),
        "norms": published(request.county, today()),
        "others": [(name, title) for name, title in _places() if name != pack.id],
    }
    return render(request, "rules/rules.html", context)


@require_GET
def compare(request: VisitorRequest) -> HttpResponse:
    """Where two places do not say the same; siblings, so neither is wrong for it."""
    known = dict(_places())
    one = request.GET.get("a") or request.county.pack
    other = request.GET.get("b", "")
    if one not in known or (other and other not in known):
        raise Http404
    found = difference(_pack(request, one), _pack(request, other), today()) if other and other != one else []
    context = {
        "places": _places(),
        "a": one,
        "b": other,
        "one": known[one],
        "other": known.get(other, ""),
        "found": found,
        "on": today(),
    }
    return render(request, "rules/compare.html", context)


@require_GET
def text(request: VisitorRequest, source: str) -> HttpResponse:
    """The archived text of a document, with what proves that it is unchanged."""
    found = _archived(request, source)
    context = {"source": found, "id": source, "lines": _paragraphs(_bytes(found).decode())}
    return render(request, "rules/text.html", context)


@require_GET
def raw(request: VisitorRequest, source: str) -> HttpResponse:
    """The same bytes whose SHA-256 is shown."""
    answer = HttpResponse(_bytes(_archived(request, source)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{source}.txt"'
    return answer


def _changes(county: str) -> dict[str, Change]:
    """Each setting's last change: the office answers for it, so the post is named and not the person."""
    latest = {one.name: one for one in reversed(changes_of(county))}
    seats = seats_of([(one.by, one.since) for one in latest.values()], Grant.SETTINGS_CHANGE)
    return {
        name: Change(one.since, seats[one.by, one.since], one.reason)
        for name, one in latest.items()
        if changeable(name)
    }


def _archived(request: VisitorRequest, name: str) -> Source:
    found = pack_here(request.county).sources.get(name)
    if found is None or not found.text:
        raise Http404
    return found


def _bytes(source: Source) -> bytes:
    return (settings.PACKS_DIR / str(source.text)).read_bytes()


def _groups(rows: Iterable[Row]) -> list[Group]:
    found = list(rows)
    told = (
        ("terms", "期限", "从哪天起算、几天、到哪天为止。", [row for row in found if row.key in TERMS]),
        (
            "rules",
            "规则",
            "文件和法律的原话。标了“文件规定，本版尚未启用”的，系统还没有照它办；其他的，系统就照它办。",
            [row for row in found if row.key in RULES],
        ),
        (
            "settings",
            "本地设定",
            "文件没有规定、又必须有一个数的，由本地设定，可以修改并留下记录。",
            [row for row in found if row.key in SETTINGS],
        ),
    )
    return [Group(*one) for one in told if one[3]]


def _says(row: Row, words: str) -> bool:
    whole = " ".join((row.title, row.value, row.kinds, row.note, row.origin, *map(_text, row.quotes)))
    return all(word in whole for word in words.split())


def _text(quote: Quoted) -> str:
    return f"{quote.source} {quote.number} {quote.clause} {quote.quote}"


def _sources(pack: Pack) -> list[Archived]:
    return [Archived(name, source, source.origin) for name, source in pack.sources.items()]


@cache
def _places() -> list[tuple[str, str]]:
    return [(name, pack_of(name).title) for name in places(settings.PACKS_DIR)]


def _pack(request: VisitorRequest, name: str) -> Pack:
    return pack_here(request.county) if name == request.county.pack else pack_of(name)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
