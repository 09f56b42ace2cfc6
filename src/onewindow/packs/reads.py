"""读政策包: every rule beside its clause, and how two places differ; for the page that shows the law."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onewindow.packs.acted import LATER
from onewindow.packs.keys import CHANNELS, RULES, TERMS, Direction, in_words
from onewindow.packs.keys_settings import SETTINGS
from onewindow.packs.reader import read_toml
from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind
from onewindow.rules.pack import LOCAL_WORDS, Basis, Cite, InForce, Kind, Pack, Rule, Setting, Source, Term

ALL = "全部事项"
SILENT = "没有规定"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation ready to be shown: the title and number of its source, the clause, the words."""

    source: str
    number: str
    clause: str
    quote: str
    verified: bool
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One term, rule or setting as the page shows it."""

    key: str
    title: str
    value: str
    kinds: str
    basis: Basis
    quotes: tuple[Quoted, ...]
    own: bool
    origin: str
    in_force: bool
    since: date | None
    until: date | None
    note: str
    statutory: bool
    later: bool = False

    @property
    def verified(self) -> bool:
        return all(quote.verified for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two places do not say the same for the same kinds of item."""

    key: str
    title: str
    kinds: str
    one: str
    one_quotes: tuple[Quoted, ...]
    other: str
    other_quotes: tuple[Quoted, ...]


def places(root: Path) -> list[str]:
    """The packs that stand for a place; the nation's and the provinces' are only built upon."""
    found = {path.parent.name: read_toml(path) for path in root.glob("*/pack.toml")}
    return sorted(name for name, told in found.items() if "place" in told)


def explain(pack: Pack, on: date) -> list[Row]:
    """Every term, rule and setting; `in_force` is false for one that a nearer pack or a later day replaced."""
    rows = [_row(pack, entry, on) for entry in pack.entries()]
    order = {key: place for place, key in enumerate((*TERMS, *RULES))}
    rows.sort(key=lambda row: (order[row.key], not row.in_force))
    return rows + [_setting(setting) for setting in pack.settings.values()]


def difference(one: Pack, other: Pack, on: date) -> list[Difference]:
    """What two places say otherwise, key by key; the kinds of item for which both differ alike are put together."""
    found = []
    for key in (*TERMS, *RULES):
        for kinds, (here, there) in _pairs(one, other, key, on):
            found.append(
                Difference(
                    key,
                    _title(key),
                    _kinds(kinds),
                    _said(one, key, here, on),
                    _quoted(one, here),
                    _said(other, key, there, on),
                    _quoted(other, there),
                )
            )
    return found


def unverified(pack: Pack) -> list[Quoted]:
    """The quotations of a pack that were checked against nothing."""
    cites = [cite for entry in pack.entries() for cite in entry.cites]
    return [_quote(pack.sources[cite.source], cite) for cite in cites if not cite.verified]


def counting(pack: InForce, kind: str, *, working: bool, paused: bool) -> tuple[Quoted, ...]:
    """In which words days are counted: the first day, what a working day is or the last day, and what stops the count."""
    names = [
        "count.first_day",
        *(("count.working_days", "count.weekend") if working else ("count.last_day",)),
    ]
    names += ["pauses.legal", "pauses.told"] if paused else []
    rules = [rule for rule in (pack.rule(name, kind) for name in names) if rule is not None]
    return tuple(dict.fromkeys(_quoted(pack.pack, list(rules))))


def value_in_words(entry: Term | Rule) -> str:
    if isinstance(entry, Rule):
        return in_words(RULES[entry.name], entry.value)
    if entry.from_item == "legal":
        return "事项依据规定的时限"
    if entry.from_item == "promised":
        return "事项承诺的时限"
    days = f"{entry.days}{'个工作日' if entry.unit == 'working' else '日'}"
    return days + ("（事项依据的法律、法规另有规定的，依照其规定）" if entry.item_may_set else "")


def _row(pack: Pack, entry: Term | Rule, on: date) -> Row:
    table = TERMS if isinstance(entry, Term) else RULES
    channels = "、".join(CHANNELS[c] for c in sorted(entry.channels)) if isinstance(entry, Term) else ""
    return Row(
        key=entry.name,
        title=entry.title_zh + (f"（{channels}）" if channels else ""),
        value=value_in_words(entry),
        kinds=_kinds(entry.applies_to) + _case_kinds(entry),
        basis=entry.basis,
        quotes=tuple(_quote(pack.sources[cite.source], cite) for cite in entry.cites),
        own=entry.pack == pack.id,
        origin=pack.titles.get(entry.pack, entry.pack),
        in_force=any(entry in _effective(pack, entry.name, kind, on) for kind in entry.applies_to),
        since=entry.period.since,
        until=entry.period.until,
        note=entry.note or (LOCAL_WORDS if entry.basis is Basis.LOCAL else ""),
        statutory=table[entry.name].direction is Direction.STATUTORY,
        later=entry.name in LATER,
    )


def _setting(setting: Setting) -> Row:
    return Row(
        key=setting.name,
        title=setting.title_zh,
        value=in_words(SETTINGS[setting.name], setting.value),
        kinds=ALL,
        basis=Basis.LOCAL,
        quotes=(),
        own=True,
        origin=setting.set_by,
        in_force=True,
        since=setting.since,
        until=None,
        note=f"{LOCAL_WORDS}。{setting.note}" if setting.note else LOCAL_WORDS,
        statutory=False,
        later=SETTINGS[setting.name].later,
    )


def _effective(pack: Pack, name: str, kind: str, on: date) -> list[Term | Rule]:
    """What decides for a kind of item: the nearest entry, one more per channel, all where values add up."""
    if name in TERMS:
        channels = (None, *CHANNELS)
        return [t for t in (pack.term(name, kind, on, channel) for channel in channels) if t]
    rules = list(pack.rules_of(name, on, kind))
    return [*rules] if name in pack.adding else [*rules[:1]]


def _pairs(
    one: Pack, other: Pack, key: str, on: date
) -> Iterator[tuple[list[Kind], tuple[list[Term | Rule], list[Term | Rule]]]]:
    """The kinds of item for which two packs differ in a key, those that differ alike together."""
    groups: dict[tuple[str, str], list[Kind]] = {}
    for kind in Kind:
        here, there = _effective(one, key, kind, on), _effective(other, key, kind, on)
        said = (_said(one, key, here, on), _said(other, key, there, on))
        if said[0] != said[1]:
            groups.setdefault(said, []).append(kind)
    for kinds in groups.values():
        yield kinds, (_effective(one, key, kinds[0], on), _effective(other, key, kinds[0], on))


def _said(pack: Pack, key: str, entries: list[Term | Rule], on: date) -> str:
    if not entries:
        return SILENT
    if key in pack.adding:
        together = [word for e in reversed(entries) if isinstance(e, Rule) for word in _words(e)]
        return "、".join(dict.fromkeys(together))
    return "；".join(dict.fromkeys(_for_channel(entry) for entry in entries))


def _words(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else ()


def _for_channel(entry: Term | Rule) -> str:
    channels = "、".join(CHANNELS[c] for c in sorted(entry.channels)) if isinstance(entry, Term) else ""
    return (f"{channels}：" if channels else "") + value_in_words(entry)


def _title(key: str) -> str:
    return (TERMS.get(key) or RULES[key]).title


def _kinds(kinds: Iterable[Kind]) -> str:
    given = set(kinds)
    if given == set(Kind):
        return ALL
    if given == set(Kind) - {Kind.LICENCE}:
        return "行政许可以外的事项"
    return "、".join(kind.value for kind in Kind if kind in given)


def _case_kinds(entry: Term | Rule) -> str:
    """（联办件）: for which kinds of case alone it holds, where that is not the usual one."""
    named = entry.case_kinds if isinstance(entry, Term) else frozenset()
    usual = KIND_WORDS[CaseKind.PROMISED]
    return f"（{'、'.join(sorted(named))}）" if named and usual not in named else ""


def _quoted(pack: Pack, entries: list[Term | Rule]) -> tuple[Quoted, ...]:
    return tuple(_quote(pack.sources[c.source], c) for entry in entries for c in entry.cites)


def _quote(source: Source, cite: Cite) -> Quoted:
    return Quoted(source.name, source.number, cite.clause, cite.quote, cite.verified, source.newer)
