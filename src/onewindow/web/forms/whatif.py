"""推演的表单: what was typed of a made-up history, what does it mean, and what is wrong with it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

from onewindow.packs import histories
from onewindow.packs.histories import Unreadable
from onewindow.packs.keys import CHANNELS
from onewindow.packs.rehearsal import MORE, MOST_STEPS, TELLABLE, History, Impossible, Limit, more_words
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.pack import Example, Kind, Step
from onewindow.web.templatetags.shown import Option, Shown

_WORDS = 40
_BLANK = 3
_HEAD = ("kind", "channel", "legal", "legal_unit", "promised", "promised_unit", "day", "case_kind", "above")
UNITS = (("working", "工作日"), ("calendar", "自然日"))
CASE_KINDS = (("", "即办件或者承诺件，看承诺时限"), ("联办件", "联办件"), ("上报件", "上报件"))
FACTS = [(name, TERMS_ZH[name]) for name in TELLABLE]


@dataclass
class Line:
    """One row of the history as it was typed."""

    fact: str = ""
    on: str = ""
    more: str = ""
    error: str = ""

    @property
    def blank(self) -> bool:
        return not (self.fact or self.on)


@dataclass
class Typed:
    """Everything as it was typed; `faults` names each field that cannot be right."""

    place: str
    kind: str = Kind.LICENCE.value
    channel: str = ""
    legal: str = ""
    legal_unit: str = "working"
    promised: str = ""
    promised_unit: str = "working"
    day: str = ""
    case_kind: str = ""
    above: str = ""
    lines: list[Line] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    whole: str = ""

    def history(self) -> History | None:
        """What was meant; None when a field cannot be read, which then says why."""
        kind = self._read("kind", lambda: histories.kind(self.kind))
        channel = self._read("channel", lambda: histories.channel(self.channel))
        legal = self._read("legal", lambda: histories.limit("法定时限", self.legal, self.legal_unit))
        promised = self._read(
            "promised", lambda: histories.limit("承诺时限", self.promised, self.promised_unit)
        )
        day = self._read("day", lambda: histories.day(self.day) if self.day else None)
        case_kind = self._read("case_kind", lambda: histories.case_kind(self.case_kind))
        above = self._read("above", lambda: histories.limit("上级时限", self.above, "working"))
        steps = [self._step(line) for line in self.lines if not line.blank]
        if self.faults or any(line.error for line in self.lines):
            return None
        return History(
            kind, tuple(step for step in steps if step), legal, promised, channel, day, case_kind, above
        )

    def refuse(self, wrong: Impossible) -> None:
        """Say at the row, or above the form, why it cannot be."""
        told = [line for line in self.lines if not line.blank]
        if wrong.place is None:
            self.whole = str(wrong)
        else:
            told[wrong.place].error = str(wrong)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary above the form: the id of each field, and the sentence."""
        found = [("", self.whole)] if self.whole else []
        found += [(f"w-{name}", text) for name, text in self.faults.items()]
        return found + [
            (f"on-{place}" if line.fact else f"fact-{place}", line.error)
            for place, line in enumerate(self.lines)
            if line.error
        ]

    def fields(self, places: Sequence[tuple[str, str]]) -> list[Shown]:
        """The fields above the rows, as the page draws them."""
        kinds = [(kind.value, kind.value) for kind in Kind]
        channels = [("", "不分渠道"), *CHANNELS.items()]
        return [
            self._select("place", "地方", places),
            self._select("kind", "事项类型", kinds),
            self._number("legal", "事项自己的法定时限（天）", "法律、法规另有规定的才填，例如 45"),
            self._select("legal_unit", "法定时限按", UNITS),
            self._number("promised", "承诺时限（天）", "不填就只算法定的"),
            self._select("promised_unit", "承诺时限按", UNITS),
            self._select("case_kind", "办件类型", CASE_KINDS),
            self._number("above", "上级时限（工作日）", "上报件才填"),
            self._select("channel", "渠道", channels),
            self._day(),
        ]

    def _read(self, name: str, reading: Any) -> Any:
        try:
            return reading()
        except Unreadable as wrong:
            self.faults[name] = str(wrong)
            return None

    def _step(self, line: Line) -> Step | None:
        if not line.fact:
            line.error = f"{line.on} 发生了什么？请选一项，或者把日期清空。"
            return None
        if not line.on:
            line.error = f"“{TERMS_ZH.get(line.fact, line.fact)}”是哪一天？请填日期。"
            return None
        try:
            told = {MORE[line.fact]: line.more} if line.more and line.fact in MORE else {}
            return Step(histories.fact(line.fact), histories.day(line.on), told)
        except Unreadable as wrong:
            line.error = str(wrong)
            return None

    def _select(self, name: str, label: str, options: Sequence[tuple[str, str]]) -> Shown:
        value = getattr(self, name)
        shown = tuple(
            Option(f"w-{name}-{n}", one, word, one == value) for n, (one, word) in enumerate(options)
        )
        return Shown(
            id=f"w-{name}",
            name=name,
            label=label,
            kind="select",
            value=value,
            options=shown,
            error=self.faults.get(name, ""),
        )

    def _number(self, name: str, label: str, hint: str) -> Shown:
        return Shown(
            id=f"w-{name}",
            name=name,
            label=label,
            kind="text",
            value=getattr(self, name),
            hint=hint,
            optional=True,
            error=self.faults.get(name, ""),
            attrs={"inputmode": "numeric", "maxlength": "4", "autocomplete": "off"},
        )

    def _day(self) -> Shown:
        return Shown(
            id="w-day",
            name="day",
            label="站在哪一天看",
            kind="date",
            value=self.day,
            hint="这一天以后的事还没有发生；不填就是很久以后",
            optional=True,
            error=self.faults.get("day", ""),
        )


def typed(query: QueryDict, place: str) -> Typed:
    """What came in, each word no longer than such a word can be; blank rows are left out and new ones follow."""
    columns = [[word[:_WORDS].strip() for word in query.getlist(name)] for name in ("fact", "on", "more")]
    lines = [Line(*row) for row in zip_longest(*(one[:MOST_STEPS] for one in columns), fillvalue="")]
    told = Typed(place, lines=[line for line in lines if not line.blank])
    for name in _HEAD:
        if name in query:
            setattr(told, name, query.get(name, "")[:_WORDS].strip())
    return with_room(told)


def fresh(place: str, today: date) -> Typed:
    """The first look: received today, nothing more."""
    return with_room(Typed(place, day=today.isoformat(), lines=[Line("Received", today.isoformat())]))


def of_example(example: Example, place: str) -> Typed:
    """A worked example as if it had been typed."""
    return with_room(
        Typed(
            place,
            kind=example.kind.value,
            channel=example.channel or "",
            legal=_days(Limit(example.item_legal_days)),
            promised=_days(Limit(example.item_promised_days)),
            legal_unit=example.item_legal_unit,
            case_kind=example.case_kind or "",
            above=_days(Limit(example.item_above_days)),
            day=example.as_of.isoformat() if example.as_of else "",
            lines=[
                Line(step.fact, step.on.isoformat(), more)
                for step, more in zip(example.history, more_words(example.history), strict=True)
            ],
        )
    )


def with_room(told: Typed) -> Typed:
    """Blank rows behind those that are filled."""
    room = min(_BLANK, MOST_STEPS - len(told.lines))
    told.lines += [Line() for _ in range(room)]
    return told


def _days(limit: Limit) -> str:
    return "" if limit.days is None else str(limit.days)
