"""凭什么是这几天: in which words of which clause does a term of a case rest, for the office and for the applicant alike?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onewindow.cases.reads.whole import Whole
from onewindow.catalogue.models import ItemVersion
from onewindow.rules.pack import Term
from onewindow.rules.special import EXTENSION_LAW
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
    moved = moved_by(whole, state)
    quoted += [one for one in moved if not any(_says(other, one) for other in quoted)]
    if not _by_item(version, term):
        return quoted
    own = [_clause(one) for one in _listed(version)]
    general = whole.pack.term(term.name, version.kind, whole.case.application.channel)
    if general is None or general.days in (None, term.days):
        return [*own, *moved] if own else quoted
    # Another number than the general law gives: its words would contradict the day beside them.
    laws = {_short(clause.source) for clause in quoted}
    others = [clause for clause in own if _short(clause.source) not in laws]
    return [*others, *moved] if others else quoted[1:]


def _says(said: Clause, one: Clause) -> bool:
    """Whether the same clause was quoted with these words, or with some of them."""
    same = (said.source, said.clause) == (one.source, one.clause)
    return same and (said.quote in one.quote or one.quote in said.quote)


def moved_by(whole: Whole, state: TermState) -> list[Clause]:
    """The law that lengthened this term or made it stand still."""
    return list(_moved(whole, state))


def _moved(whole: Whole, state: TermState) -> Iterator[Clause]:
    reckoning, kind = state.reckoning, whole.case.version.kind
    by_law = reckoning.extended is not None and reckoning.extended.source == EXTENSION_LAW
    names = (["decide.extension"] if by_law else []) + (["pauses.legal"] if reckoning.pauses else [])
    for name in names:
        if (rule := whole.pack.rule(name, kind)) is not None:
            source = whole.pack.pack.sources[rule.cite.source]
            yield Clause(source.name, rule.cite.clause, rule.cite.quote, rule.cite.verified)
    if reckoning.extended is not None and not by_law:
        limit = whole.case.version.content.get("limit") or {}
        yield from (_clause(one) for one in _named(whole.case.version, limit.get("extension_basis") or ()))


def own_note(whole: Whole, state: TermState) -> str:
    """What the guide says about the item's own limit."""
    if not _by_item(whole.case.version, state.term):
        return ""
    return str((whole.case.version.content.get("limit") or {}).get("legal_note") or "")


def _by_item(version: ItemVersion, term: Term) -> bool:
    return version.legal_days is not None and (term.item_may_set or term.from_item == "legal")


def _listed(version: ItemVersion) -> list[Mapping[str, Any]]:
    """依据 of the item's legal limit, in the guide's order."""
    return _named(version, (version.content.get("limit") or {}).get("legal_basis") or ())


def _named(version: ItemVersion, wanted: Iterable[str]) -> list[Mapping[str, Any]]:
    bases = {one.get("key"): one for one in version.content.get("basis") or ()}
    return [bases[key] for key in wanted if key in bases]


def _clause(one: Mapping[str, Any]) -> Clause:
    checked = bool(one.get("verified", True))
    return Clause(f"《{one.get('law', '')}》", one.get("article", ""), one.get("quote", ""), checked)


def _short(title: str) -> str:
    return title.removeprefix(f"《{_NATION}").removeprefix("《")
