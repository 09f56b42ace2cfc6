"""凭什么是这几天: in which words of which clause does a term of a case rest, for the office and for the applicant alike?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onewindow.cases.reads.whole import Whole
from onewindow.catalogue.models import ItemVersion
from onewindow.rules.pack import Term
from onewindow.rules.standing import TermState

_NATION = "中华人民共和国"


@dataclass(frozen=True)
class Clause:
    """One clause in its own words; none when its text was not at hand to be checked."""

    source: str
    clause: str
    quote: str
    verified: bool = True


def clauses_of(whole: Whole, state: TermState) -> list[Clause]:
    """The item's own basis where its own limit is counted; else what the pack quotes."""
    term, version = state.term, whole.case.version
    sources = whole.pack.pack.sources
    quoted = [
        Clause(sources[cite.source].name, cite.clause, cite.quote, cite.verified)
        for cite in term.cites
        if cite.source in sources
    ]
    if not _by_item(version, term):
        return quoted
    own = [_clause(one) for one in _listed(version)]
    general = whole.pack.term(term.name, version.kind, whole.case.application.channel)
    if general is None or general.days in (None, term.days):
        return own or quoted
    # Another number than the general law gives: its words would contradict the day beside them.
    laws = {_short(clause.source) for clause in quoted}
    return [clause for clause in own if _short(clause.source) not in laws] or quoted[1:]


def own_note(whole: Whole, state: TermState) -> str:
    """What the guide says about the item's own limit."""
    if not _by_item(whole.case.version, state.term):
        return ""
    return str((whole.case.version.content.get("limit") or {}).get("legal_note") or "")


def _by_item(version: ItemVersion, term: Term) -> bool:
    return version.legal_days is not None and (term.item_may_set or term.from_item == "legal")


def _listed(version: ItemVersion) -> list[Mapping[str, Any]]:
    """依据 of the item's legal limit, in the guide's order."""
    bases = {one.get("key"): one for one in version.content.get("basis") or ()}
    wanted = (version.content.get("limit") or {}).get("legal_basis") or ()
    return [bases[key] for key in wanted if key in bases]


def _clause(one: Mapping[str, Any]) -> Clause:
    checked = bool(one.get("verified", True))
    return Clause(f"《{one.get('law', '')}》", one.get("article", ""), one.get("quote", ""), checked)


def _short(title: str) -> str:
    return title.removeprefix(f"《{_NATION}").removeprefix("《")
