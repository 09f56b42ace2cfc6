"""推演页: which dates would a history have here, each with its proof, and do the worked examples come out as by hand?

Anybody may ask: the page holds the law and made-up days, reads no case and writes nothing. What was typed stands in the
address, so that a rehearsal can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.letters.proofs import Words
from onewindow.packs.keys import TERMS
from onewindow.packs.reads import places
from onewindow.packs.rehearsal import MORE, Impossible, Rehearsed, compared, rehearse
from onewindow.places.reads import pack_here, pack_of, workdays
from onewindow.rules.clock import ProofDay, lasting
from onewindow.rules.lights import Light
from onewindow.rules.pack import LOCAL_WORDS, Basis, Example, Pack
from onewindow.rules.proofs import counting, reason
from onewindow.rules.standing import TermState
from onewindow.web.forms import whatif
from onewindow.web.forms.whatif import FACTS, Typed
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track.dates import PROVISIONAL

NATION = "cn"
_NAMES = {"deemed_on": "视为受理记下", "accepted_as_of": "视为受理起算"}


@dataclass(frozen=True)
class Told:
    """One term of the answer."""

    title: str
    length: str
    state: TermState
    light: Light | None
    lines: Sequence[ProofDay]
    still: Sequence[tuple[date, str, str]]  # while it stands still: each day in words, up to the day asked
    clauses: Sequence[Words]
    local: str
    note: str


@dataclass(frozen=True)
class Compared:
    """One date by hand and by the clock; `moved` where the hand had no notice yet."""

    name: str
    hand: date | None
    here: date | None
    moved: bool

    @property
    def same(self) -> bool:
        return self.hand == self.here


@require_GET
def what_if(request: VisitorRequest) -> HttpResponse:
    """The form, and under it the answer; nothing that was typed is lost when it cannot be."""
    known = _places()
    place = request.GET.get("place") or request.county.pack
    if place not in known:
        place = request.county.pack
    pack = _pack(request, place)
    example = _example(request.GET.get("example", ""), pack)
    told = _typed(request, place, example)
    found = _answer(told, pack)
    context = {
        "told": told,
        "fields": told.fields(list(known.items())),
        "facts": FACTS,
        "more": bool(MORE),
        "found": found,
        "terms": [_term(found, state) for state in found.now.terms] if found else [],
        "example": example,
        "rows": _rows(found, example) if found and example else [],
        "examples": list(enumerate(pack.examples, start=1)),
        "chosen": place,
        "chosen_title": known[place],
        "until": (told.day and found and found.history.day) or today(),
        "provisional_words": PROVISIONAL,
    }
    return render(request, "rules/what_if.html", context, status=422 if told.errors else 200)


def _typed(request: VisitorRequest, place: str, example: Example | None) -> Typed:
    if example is not None:
        return whatif.of_example(example, place)
    if "fact" not in request.GET:
        return whatif.fresh(place, today())
    told = whatif.typed(request.GET, place)
    if request.GET.get("place") and request.GET["place"] != place:
        told.faults["place"] = "没有这个地方，请另选一个。"
    return told


def _answer(told: Typed, pack: Pack) -> Rehearsed | None:
    history = told.history()
    if history is None:
        return None
    try:
        return rehearse(history, pack, workdays())
    except Impossible as wrong:
        told.refuse(wrong)
        return None


def _term(found: Rehearsed, state: TermState) -> Told:
    term, reckoning, lines = state.term, state.reckoning, found.proof(state)
    return Told(
        title=term.title_zh,
        length=lasting(reckoning.days, reckoning.unit),
        state=state,
        light=found.light_of(state),
        lines=lines if state.due else (),
        still=[]
        if state.due
        else [(x.on, counting(x, first=n == 0), reason(x)) for n, x in enumerate(lines)],
        clauses=[
            Words(found.pack.sources[cite.source].name, cite.clause, cite.quote, cite.verified)
            for cite in term.cites
        ],
        local=LOCAL_WORDS if term.basis is Basis.LOCAL and not term.cites else "",
        note=term.note,
    )


def _rows(found: Rehearsed, example: Example) -> list[Compared]:
    """A date that rested on a year without notice when it was reckoned by hand may have moved since, and is no fault."""
    return [
        Compared(_name(name), hand, here, moved=hand != here and name in example.provisional)
        for name, hand, here in compared(found.dates(), example)
    ]


def _name(name: str) -> str:
    key = TERMS.get(name.removesuffix("_due"))
    return f"{key.title}到期" if key else _NAMES.get(name, name)


def _example(number: str, pack: Pack) -> Example | None:
    if not number.isdecimal() or not 1 <= int(number) <= len(pack.examples):
        return None
    return pack.examples[int(number) - 1]


def _places() -> dict[str, str]:
    """The places and, first of all, the nation's own law."""
    return {name: pack_of(name).title for name in (NATION, *places(settings.PACKS_DIR))}


def _pack(request: VisitorRequest, place: str) -> Pack:
    """The pack as it is here; a worked example was reckoned with the start values of the settings."""
    if place == request.county.pack and "example" not in request.GET:
        return pack_here(request.county)
    return pack_of(place)
