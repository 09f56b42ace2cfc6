"""政策包: what does the law of a place say on a given day, in which clause and in which words?

Values only. Reading them from files, checking them against their texts and laying one pack over
another is the work of `onewindow.packs`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

Value = bool | int | str | tuple[str, ...]


class PackError(ValueError):
    """A pack that may not be used; the sentence names the pack and the rule."""


class Kind(StrEnum):
    """事项类型: the kinds of item that a rule can apply to."""

    LICENCE = "行政许可"
    CONFIRMATION = "行政确认"
    BENEFIT = "行政给付"
    REWARD = "行政奖励"
    RULING = "行政裁决"
    OTHER = "其他行政权力"
    SERVICE = "公共服务"


class Basis(StrEnum):
    """依据: on what a value rests."""

    LAW = "law"
    DOCUMENT = "document"
    LOCAL = "local"


LOCAL_WORDS = "本地设定，文件未规定"


@dataclass(frozen=True, slots=True)
class Source:
    """来源: a law, or an official document that is archived whole with its pack."""

    id: str
    kind: Basis
    title: str
    number: str = ""
    issued: date | None = None
    origin: str = ""
    sha256: str = ""
    text: str | None = None
    headings: tuple[str, ...] = ()
    note: str = ""
    newer: str = ""
    verified: bool = False

    @property
    def name(self) -> str:
        """《title》 as a letter cites it."""
        return f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Cite:
    """引文: the clause and its own words; unverified while nothing was there to check it against."""

    source: str
    clause: str
    quote: str
    verified: bool = False

    def __str__(self) -> str:
        return f"{self.clause}：“{self.quote}”"


@dataclass(frozen=True, slots=True)
class Period:
    """有效期间: from the first day to the last day on which a rule holds, both included."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def overlaps(self, other: "Period") -> bool:
        starts_in_time = self.since is None or other.until is None or self.since <= other.until
        ends_in_time = self.until is None or other.since is None or other.since <= self.until
        return starts_in_time and ends_in_time


@dataclass(frozen=True, slots=True)
class Term:
    """期限: how long something may take, from which fact, until which fact.

    `days` is None where the item itself brings the number: its legal or its promised days
    (`from_item`). `owed_by` says against whom the term runs: the office, or the applicant. After a fact of
    `rests_after` the office has done its part and the applicant's is next: the term stays open until one of
    `ends_with`, and is no longer counted against the office.
    """

    name: str
    title_zh: str
    days: int | None
    unit: str
    runs_from: tuple[str, ...]
    ends_with: tuple[str, ...]
    applies_to: frozenset[Kind]
    cites: tuple[Cite, ...] = ()
    stops_for: tuple[str, ...] = ()
    rests_after: tuple[str, ...] = ()
    legal: bool = False
    from_item: str = ""
    item_may_set: bool = False
    owed_by: str = "office"
    channels: frozenset[str] = frozenset()
    case_kinds: frozenset[str] = frozenset()  # the kinds of case that it governs; all when it names none
    setting: str = ""
    basis: Basis = Basis.LOCAL
    period: Period = Period()
    note: str = ""
    pack: str = ""

    @property
    def cite(self) -> Cite | None:
        return self.cites[0] if self.cites else None

    def fits(
        self, kind: str | None, on: date, channel: str | None = None, case_kind: str | None = None
    ) -> bool:
        return (
            (kind is None or kind in self.applies_to)
            and (not self.channels or channel in self.channels)
            and (case_kind is None or not self.case_kinds or case_kind in self.case_kinds)
            and self.period.holds(on)
        )

    def days_for(
        self, legal_days: int | None, promised_days: int | None, above_days: int | None = None
    ) -> int | None:
        """The days of this term for an item; None when neither law nor item gives any."""
        if self.from_item == "above":
            return above_days
        if self.from_item == "promised":
            return promised_days
        if self.from_item == "legal":
            return legal_days
        if self.setting and not self.days:
            return None  # a setting of no days asks for nothing
        if self.item_may_set and legal_days is not None:
            return legal_days
        return self.days


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: one value with the clause that gives it."""

    name: str
    title_zh: str
    value: Value
    applies_to: frozenset[Kind]
    cites: tuple[Cite, ...]
    basis: Basis = Basis.DOCUMENT
    period: Period = Period()
    note: str = ""
    pack: str = ""

    @property
    def cite(self) -> Cite:
        return self.cites[0]

    def fits(self, kind: str | None, on: date) -> bool:
        return (kind is None or kind in self.applies_to) and self.period.holds(on)


@dataclass(frozen=True, slots=True)
class Setting:
    """本地设定: a value that no text gives; shown everywhere with the words of LOCAL_WORDS."""

    name: str
    title_zh: str
    value: Value
    unit: str = ""
    set_by: str = ""
    since: date | None = None
    note: str = ""
    basis: Basis = Basis.LOCAL

    @property
    def number(self) -> int:
        """The value of a setting that counts something."""
        if isinstance(self.value, int):
            return self.value
        raise PackError(f"本地设定 {self.name} 不是数值。")


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a worked example, its day, and what else the reckoning needs to know of it."""

    fact: str
    on: date
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """算例: a history with the dates that a person worked out by hand.

    `as_of` is the day on which the question is asked; without it, a day after everything. `expect`
    holds `<term>_due` for every term that the history opened, and `deemed_on`, `accepted_as_of`
    where the law accepts because nobody answered. `provisional` names the dates without a notice.
    """

    name: str
    kind: Kind
    history: tuple[Step, ...]
    expect: Mapping[str, date]
    item_legal_days: int | None = None
    item_promised_days: int | None = None
    channel: str | None = None
    case_kind: str | None = None
    item_above_days: int | None = None
    item_legal_unit: str = "working"
    as_of: date | None = None
    provisional: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    working: str = ""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """放假通知: the days off and the make-up working days of one year, with their names.

    Without a notice (`noticed` is False) `off` holds the statutory days alone, and every date
    reckoned with it is provisional.
    """

    year: int
    title: str
    number: str
    issued: date | None
    source: str
    off: dict[date, str]
    makeup: dict[date, str]
    noticed: bool

    @property
    def cited(self) -> str:
        """The notice as a page cites it."""
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")


@dataclass(frozen=True, slots=True)
class Pack:
    """政策包: all that holds at a place. Its own terms and rules stand before inherited ones."""

    id: str
    title: str
    place: str
    division: str
    prefix: str
    initials: str
    extends: tuple[str, ...]
    sources: Mapping[str, Source]
    terms: tuple[Term, ...]
    rules: tuple[Rule, ...]
    settings: Mapping[str, Setting]
    examples: tuple[Example, ...] = ()
    adding: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    # Roughly where the place lies: latitude and longitude of its seat.
    seat: tuple[float, float] | None = None
    digest: str = field(default="", compare=False)

    def term(
        self, name: str, kind: str, on: date, channel: str | None = None, case_kind: str | None = None
    ) -> Term | None:
        """The term of this name that holds for such an item on that day; None when there is none."""
        return next((t for t in self.terms if t.name == name and t.fits(kind, on, channel, case_kind)), None)

    def rule(self, name: str, on: date, kind: str | None = None) -> Rule | None:
        return next(self.rules_of(name, on, kind), None)

    def rules_of(self, name: str, on: date, kind: str | None = None) -> Iterator[Rule]:
        """All rules of a name in force, the nearest pack first."""
        return (r for r in self.rules if r.name == name and r.fits(kind, on))

    def value(self, name: str, on: date, kind: str | None = None) -> Value | None:
        """The value in force. A key that adds up gives the values of all packs together."""
        found = list(self.rules_of(name, on, kind))
        if not found:
            return None
        if name in self.adding:
            lists = [r.value for r in reversed(found) if isinstance(r.value, tuple)]
            return tuple(dict.fromkeys(word for words in lists for word in words))
        return found[0].value

    def setting(self, name: str) -> Setting:
        try:
            return self.settings[name]
        except KeyError:
            raise PackError(f"政策包 {self.id}：没有名为 {name} 的本地设定。") from None

    def changed(self, settings: Mapping[str, Setting]) -> "Pack":
        """The same pack with the settings that an administrator of this installation changed."""
        for name in settings:
            self.setting(name)
        terms = tuple(
            replace(t, days=settings[t.setting].number) if t.setting in settings else t for t in self.terms
        )
        return replace(self, settings={**self.settings, **settings}, terms=terms)

    def entries(self) -> tuple["Term | Rule", ...]:
        """All terms and rules, its own before inherited ones."""
        return (*self.terms, *self.rules)

    def at(self, on: date) -> "InForce":
        return InForce(self, on)


@dataclass(frozen=True, slots=True)
class InForce:
    """A pack as it holds on one day: what a case that began on that day keeps."""

    pack: Pack
    on: date

    def term(
        self, name: str, kind: str, channel: str | None = None, case_kind: str | None = None
    ) -> Term | None:
        return self.pack.term(name, kind, self.on, channel, case_kind)

    def terms(self, kind: str, channel: str | None = None, case_kind: str | None = None) -> tuple[Term, ...]:
        """Every term of such an item, each name once."""
        fitting = [t for t in self.pack.terms if t.fits(kind, self.on, channel, case_kind)]
        return tuple({t.name: t for t in reversed(fitting)}.values())

    def rule(self, name: str, kind: str | None = None) -> Rule | None:
        return self.pack.rule(name, self.on, kind)

    def value(self, name: str, kind: str | None = None) -> Value | None:
        return self.pack.value(name, self.on, kind)

    def holds(self, name: str, kind: str | None = None) -> bool:
        """Whether a yes-or-no rule says yes; a pack that is silent says no."""
        return self.value(name, kind) is True

    def setting(self, name: str) -> Setting:
        return self.pack.setting(name)
