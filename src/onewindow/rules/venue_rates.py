"""达标率: how far has the county come, line by line, grade by grade, and how much of its equipment works?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onewindow.rules.pack import Cite, InForce
from onewindow.rules.venues import COUNTED, STANDARDS, Line, Machine, Verdict

# The local settings that spell out what the text only names.
BENCHMARK = "venue.benchmark_lines"
SIX_HAVE = "venue.six_have_lines"


class Grade(StrEnum):
    """达标等级 of a township centre."""

    BELOW = "未达标"
    STANDARD = "标准型"
    BENCHMARK = "标杆型"


def grade(lines: Iterable[Line], ticks: frozenset[str], benchmark: Sequence[str]) -> Grade:
    """标准型: nothing that was asked is short; 标杆型: and every line of the local list is ticked as well."""
    if any(one.verdict in (Verdict.SHORT, Verdict.UNTOLD) for one in lines):
        return Grade.BELOW
    return Grade.BENCHMARK if benchmark and set(benchmark) <= ticks else Grade.STANDARD


@dataclass(frozen=True, slots=True)
class Share:
    """One line over all venues that it is asked of: how many meet it, and who does not."""

    title: str
    met: int
    total: int
    short: tuple[str, ...]
    cite: Cite

    @property
    def percent(self) -> int:
        """Whole percent, never rounded up to a hundred."""
        return self.met * 100 // self.total if self.total else 0


def shares(checked: Iterable[tuple[str, Sequence[Line]]]) -> list[Share]:
    """Line by line over the county; `checked` are pairs of a venue's name and its lines."""
    told: dict[str, list[tuple[str, Line]]] = {}
    for name, lines in checked:
        for line in lines:
            if line.verdict in COUNTED:
                told.setdefault(line.key, []).append((name, line))
    order = [key for key, _, _ in STANDARDS if key in told]
    return [_share(told[key]) for key in order]


def _share(rows: Sequence[tuple[str, Line]]) -> Share:
    short = tuple(name for name, line in rows if line.verdict is not Verdict.MET)
    first = rows[0][1]
    return Share(first.title, len(rows) - len(short), len(rows), short, first.cite)


@dataclass(frozen=True, slots=True)
class Rate:
    """达标率: how many townships reach a grade, and how many the text wants."""

    word: str
    many: int
    total: int
    asked: int
    cite: Cite

    @property
    def percent(self) -> int:
        return self.many * 100 // self.total if self.total else 0

    @property
    def met(self) -> bool:
        return bool(self.total) and self.many * 100 >= self.asked * self.total


def rates(grades: Sequence[Grade], said: InForce) -> list[Rate]:
    """标准型 and 标杆型 against what the text of the place wants; nothing where it is silent."""
    found = []
    reached = {Grade.STANDARD: (Grade.STANDARD, Grade.BENCHMARK), Grade.BENCHMARK: (Grade.BENCHMARK,)}
    asked = {
        Grade.STANDARD: said.rule("venue.standard_percent"),
        Grade.BENCHMARK: said.rule("venue.benchmark_percent"),
    }
    for word, rule in asked.items():
        if rule is not None:
            many = sum(1 for one in grades if one in reached[word])
            found.append(Rate(word.value, many, len(grades), _number(rule.value), rule.cite))
    return found


def availability(machines: Iterable[Machine]) -> dict[str, tuple[int, int]]:
    """可用率: by kind, how many work of how many there are; an entry that is broken counts with all its pieces."""
    found: dict[str, tuple[int, int]] = {}
    for one in machines:
        good, all_ = found.get(one.kind, (0, 0))
        found[one.kind] = (good + (one.count if one.works else 0), all_ + one.count)
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def lines_of(told: object) -> tuple[str, ...]:
    """The lines of a list that a local setting holds in one string; 没有 alone is an empty list."""
    found = tuple(line.strip() for line in str(told or "").split("；") if line.strip())
    return () if found == ("没有",) else found
