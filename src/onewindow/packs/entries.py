"""条目: is this one row of a pack a sound term, rule, setting, source or example?"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from onewindow.packs.keys import CHANNELS, RULES, TERMS, Key
from onewindow.packs.keys_settings import SETTINGS, refusal
from onewindow.packs.laws import Register
from onewindow.rules import all_facts  # noqa: F401 (their facts stand in examples and terms)
from onewindow.rules.facts import FACTS
from onewindow.rules.kinds_of_case import PLANNED
from onewindow.rules.pack import (
    Basis,
    Cite,
    Example,
    Kind,
    PackError,
    Period,
    Rule,
    Setting,
    Source,
    Step,
    Term,
    Value,
)

KIND_GROUPS = {"全部": frozenset(Kind), "行政许可以外": frozenset(Kind) - {Kind.LICENCE}}
_IN_FORCE = {"applies_to", "cite", "cites", "in_force", "until", "note"}
_TERM_KEYS = frozenset(
    {"name", "title", "days", "unit", "runs_from", "ends_with", "stops_for", "legal", "item"}
    | {"rests_after", "item_may_set", "owed_by", "channels", "setting", "case_kinds"}
    | _IN_FORCE
)
_RULE_KEYS = frozenset({"name", "value"} | _IN_FORCE)
_CITE_KEYS = frozenset({"source", "clause", "quote"})
_SOURCE_KEYS = frozenset({"title", "number", "issued", "origin", "sha256", "text", "note", "headings"})
_EXAMPLE_KEYS = frozenset(
    {"name", "kind", "item_legal_days", "item_promised_days", "channel", "as_of"}
    | {"case_kind", "item_above_days", "item_legal_unit"}
    | {"history", "expect", "provisional", "shows", "working"}
)
_SETTING_KEYS = frozenset({"value", "set_by", "since", "note"})


def rows(pack: str, body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows `[[name]]` of a file that holds nothing else."""
    if set(body) - {name}:
        raise PackError(
            f"政策包 {pack}：{name}.toml 中只能有 [[{name}]]，却有 {'、'.join(set(body) - {name})}。"
        )
    return list(body.get(name, []))


def documents(folder: Path, table: Mapping[str, Any]) -> Iterator[Source]:
    """The documents archived with a pack, each compared with its recorded fingerprint."""
    for key, row in table.items():
        where = f"政策包 {folder.name}：文件 {key}"
        _no_strangers(where, row, _SOURCE_KEYS)
        path = folder / row.get("text", "")
        if not row.get("text") or not path.is_file():
            raise PackError(f"{where} 没有随包存档的全文。")
        if hashlib.sha256(path.read_bytes()).hexdigest() != row.get("sha256"):
            raise PackError(f"{where} 的存档全文与登记的 SHA-256 不符。")
        named = {"text": f"{folder.name}/{row['text']}", "headings": tuple(row.get("headings", ()))}
        yield Source(key, Basis.DOCUMENT, **{**row, **named}, verified=True)


class Quotes:
    """Where a quotation is looked up: the documents of this pack, then the register of laws."""

    def __init__(self, pack: str, folder: Path, sources: Mapping[str, Source], register: Register) -> None:
        self._pack = pack
        self._register = register
        self._sources = sources
        self._texts = {
            key: (folder.parent / source.text).read_text(encoding="utf-8")
            for key, source in sources.items()
            if source.text
        }

    def check(self, rule: str, row: Mapping[str, Any]) -> Cite:
        where = f"政策包 {self._pack}：规则 {rule}"
        _no_strangers(f"{where} 的引文", row, _CITE_KEYS)
        if not all(row.get(key) for key in _CITE_KEYS):
            raise PackError(f"{where} 的引文须写明 source、clause、quote。")
        cite = Cite(row["source"], row["clause"], row["quote"])
        if cite.source in self._texts:
            self._in_document(where, cite)
            return replace(cite, verified=True)
        if not self._register.knows(cite.source):
            raise PackError(f"{where} 引用了没有登记的来源 {cite.source}。")
        return replace(cite, verified=self._register.has_checked(cite))

    def _in_document(self, where: str, cite: Cite) -> None:
        """Letter for letter in the archived text, and under the headings that the clause names."""
        source, text = self._sources[cite.source], self._texts[cite.source]
        places = [m.start() for m in re.finditer(re.escape(cite.quote), text)]
        if not places:
            raise PackError(f"{where} 的引文不在{source.name}全文中：“{cite.quote}”。")
        found = [_clause_at(text, place, source.headings) for place in places]
        if source.headings and _plain(cite.clause) not in found and any(found):
            raise PackError(f"{where} 的引文不在所写的“{cite.clause}”，而在“{'、'.join(found)}”。")

    def basis(self, cites: tuple[Cite, ...]) -> Basis:
        return Basis.DOCUMENT if cites[0].source in self._texts else Basis.LAW

    def cites(self, rule: str, row: Mapping[str, Any]) -> tuple[Cite, ...]:
        given = [row["cite"]] if "cite" in row else list(row.get("cites", []))
        return tuple(self.check(rule, one) for one in given)


def _clause_at(text: str, place: int, headings: tuple[str, ...]) -> str:
    """The headings over a place, from the outermost to the innermost, without their brackets."""
    above, found = -1, ""
    for heading in headings:
        inside = [m for m in re.finditer(heading, text[: place + 1], re.MULTILINE) if m.start() > above]
        if inside:
            above = inside[-1].start()
            found += inside[-1].group(1)
    return _plain(found)


def _plain(clause: str) -> str:
    return re.sub(r"[\s()（）.、]", "", clause)


def term(pack: str, row: Mapping[str, Any], quotes: Quotes, settings: Mapping[str, Setting]) -> Term:
    name = row.get("name", "")
    where = f"政策包 {pack}：期限 {name}"
    _known(where, name, TERMS)
    _no_strangers(where, row, _TERM_KEYS)
    cites = quotes.cites(name, row)
    return Term(
        name=name,
        title_zh=row.get("title", TERMS[name].title),
        days=_days(where, row, cites, settings),
        unit=_one_of(where, row, "unit", "working", "calendar"),
        runs_from=_names(where, row, "runs_from"),
        ends_with=_names(where, row, "ends_with"),
        applies_to=_kinds(where, row),
        cites=cites,
        stops_for=tuple(row.get("stops_for", ())),
        rests_after=tuple(row.get("rests_after", ())),
        legal=bool(row.get("legal", False)),
        from_item=row.get("item", ""),
        item_may_set=bool(row.get("item_may_set", False)),
        owed_by=_one_of(where, row, "owed_by", "office", "applicant", "above"),
        channels=_channels(where, row),
        case_kinds=_case_kinds(where, row),
        setting=row.get("setting", ""),
        basis=quotes.basis(cites) if cites else Basis.LOCAL,
        period=_period(where, row),
        note=row.get("note", ""),
        pack=pack,
    )


def _days(
    where: str, row: Mapping[str, Any], cites: tuple[Cite, ...], settings: Mapping[str, Setting]
) -> int | None:
    """The days of a term: written with their clause, taken from a setting, or left to the item."""
    named = row.get("setting", "")
    if bool(cites) == bool(named):
        raise PackError(f"{where} 须有引文，或写明本地设定（setting），二者居其一。")
    if named and named not in settings:
        raise PackError(f"{where} 引用了没有的本地设定 {named}。")
    days = settings[named].value if named else row.get("days")
    item = row.get("item", "")
    if (days is None) == (not item) or item not in {"", "legal", "promised", "above"}:
        raise PackError(f"{where} 须写明 days，或由事项给出（item = legal、promised 或 above）。")
    if days is not None and (type(days) is not int or days < (0 if named else 1)):
        raise PackError(f"{where} 的 days 须是正整数。")
    return days


def _case_kinds(where: str, row: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of case that a term governs, in the words of the guides."""
    given = row.get("case_kinds", ())
    if strange := sorted(set(given) - set(PLANNED)):
        raise PackError(f"{where} 的办件类型没有“{'、'.join(strange)}”。")
    return frozenset(given)


def rule(pack: str, row: Mapping[str, Any], quotes: Quotes) -> Rule:
    name = row.get("name", "")
    where = f"政策包 {pack}：规则 {name}"
    _known(where, name, RULES)
    _no_strangers(where, row, _RULE_KEYS)
    cites = quotes.cites(name, row)
    if not cites:
        raise PackError(f"{where} 没有引文；文件没有规定的，写进 settings.toml。")
    return Rule(
        name=name,
        title_zh=RULES[name].title,
        value=_value(where, RULES[name], row.get("value")),
        applies_to=_kinds(where, row),
        cites=cites,
        basis=quotes.basis(cites),
        period=_period(where, row),
        note=row.get("note", ""),
        pack=pack,
    )


def setting(name: str, row: Mapping[str, Any]) -> Setting:
    where = f"本地设定 {name}"
    _known(where, name, SETTINGS)
    _no_strangers(where, row, _SETTING_KEYS)
    if not row.get("set_by") or not isinstance(row.get("since"), date):
        raise PackError(f"{where} 须写明由谁设定（set_by）、自何日起（since）。")
    value = _value(where, SETTINGS[name], row.get("value"))
    if wrong := refusal(SETTINGS[name], value, value):
        raise PackError(f"{where}：{wrong}")
    return Setting(
        name=name,
        title_zh=SETTINGS[name].title,
        value=value,
        unit=SETTINGS[name].unit,
        set_by=row["set_by"],
        since=row["since"],
        note=row.get("note", ""),
    )


def example(pack: str, row: Mapping[str, Any]) -> Example:
    where = f"政策包 {pack}：算例 {row.get('name', '')}"
    _no_strangers(where, row, _EXAMPLE_KEYS)
    if not (row.get("name") and row.get("history") and row.get("expect")):
        raise PackError(f"{where} 须有 name、history、expect。")
    history = tuple(_step(where, s) for s in row["history"])
    if list(history) != sorted(history, key=lambda step: step.on):
        raise PackError(f"{where} 的事实没有按日期先后排列。")
    return Example(
        name=row["name"],
        kind=Kind(row["kind"]),
        history=history,
        expect=dict(row["expect"]),
        item_legal_days=row.get("item_legal_days"),
        item_promised_days=row.get("item_promised_days"),
        channel=row.get("channel"),
        case_kind=row.get("case_kind"),
        item_above_days=row.get("item_above_days"),
        item_legal_unit=row.get("item_legal_unit", "working"),
        as_of=row.get("as_of"),
        provisional=tuple(row.get("provisional", ())),
        shows=tuple(row.get("shows", ())),
        working=row.get("working", ""),
        pack=pack,
    )


def _step(where: str, row: Mapping[str, Any]) -> Step:
    """One fact; whatever stands beside its name and its day has to be a field of such a fact."""
    told = {key: value for key, value in row.items() if key not in ("fact", "on")}
    kind = FACTS.get(row["fact"])
    if kind is None or not told.keys() <= {one.name for one in fields(kind)}:
        raise PackError(f"{where} 的事实 {row['fact']} 不存在，或者没有所写的栏目。")
    return Step(row["fact"], row["on"], told)


def _value(where: str, key: Key, given: object) -> Value:
    value = tuple(given) if isinstance(given, list) else given
    right = type(value) is key.kind and (
        not isinstance(value, tuple) or all(isinstance(v, str) for v in value)
    )
    if not right or value in ("", ()):
        raise PackError(f"{where} 的值不合规定的类型：{given!r}。")
    given_words = value if isinstance(value, tuple) else (value,)
    if key.words and not set(given_words) <= set(key.words):
        raise PackError(f"{where} 的值只能是 {'、'.join(key.words)} 之一。")
    return value  # type: ignore[return-value]


def _kinds(where: str, row: Mapping[str, Any]) -> frozenset[Kind]:
    given = row.get("applies_to")
    if not given:
        raise PackError(f"{where} 没有写明适用的事项类型（applies_to）。")
    if len(given) == 1 and given[0] in KIND_GROUPS:
        return KIND_GROUPS[given[0]]
    try:
        return frozenset(Kind(kind) for kind in given)
    except ValueError:
        raise PackError(f"{where} 的事项类型不认识：{'、'.join(given)}。") from None


def _channels(where: str, row: Mapping[str, Any]) -> frozenset[str]:
    """The channels of application that a term is for; none written means all."""
    given = frozenset(row.get("channels", ()))
    if not given <= set(CHANNELS):
        raise PackError(f"{where} 的申请渠道只能是 {'、'.join(CHANNELS)}。")
    return given


def _period(where: str, row: Mapping[str, Any]) -> Period:
    period = Period(row.get("in_force"), row.get("until"))
    if not isinstance(period.since, date):
        raise PackError(f"{where} 没有写明自何日起施行（in_force）。")
    if period.until is not None and period.until < period.since:
        raise PackError(f"{where} 的失效日早于施行日。")
    return period


def _one_of(where: str, row: Mapping[str, Any], key: str, *words: str) -> str:
    """One of the words; the first where nothing is written."""
    given = row.get(key, words[0])
    if given not in words:
        raise PackError(f"{where} 的 {key} 只能是 {'、'.join(words)} 之一。")
    return str(given)


def _names(where: str, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = row.get(key)
    if not given or not isinstance(given, list):
        raise PackError(f"{where} 须写明 {key}。")
    return tuple(given)


def _known(where: str, name: str, table: Mapping[str, Key]) -> None:
    if name not in table:
        raise PackError(f"{where}：不认识这个键。")


def _no_strangers(where: str, row: Mapping[str, Any], known: frozenset[str]) -> None:
    strangers = sorted(set(row) - known)
    if strangers:
        raise PackError(f"{where} 中有不认识的键 {'、'.join(strangers)}。")
