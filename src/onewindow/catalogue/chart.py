"""流程图: where do the boxes and arrows of an item's flow chart stand? Drawn from its steps and nothing else.

Lanes are those who act: the applicant, the window, the deciding organ. Each step is a box in the lane of its
actor, one column to the right of the step before. The same data give the table and the text that a screen
reader reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LANE, TOP, HIGH = 84, 16, 52
FIRST, WIDE, STEP = 106, 116, 146
ROUND_TRIP = 494  # left of this the note about correction needs its place
SMALL, LARGE = 13, 15  # px of a character


@dataclass(frozen=True)
class Box:
    """One thing done by one actor."""

    x: int
    y: int
    width: int
    title: str
    note: str
    look: str  # begin, step, end

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def title_y(self) -> int:
        return self.y + (24 if self.note else 31)

    @property
    def note_y(self) -> int:
        return self.y + 43

    @property
    def radius(self) -> int:
        return 4 if self.look == "step" else HIGH // 2


@dataclass(frozen=True)
class Arrow:
    path: str
    dashed: bool = False


@dataclass(frozen=True)
class Lane:
    """One actor's strip: his name in short lines around `y`, its upper edge at `top`."""

    label: tuple[str, ...]
    y: int
    top: int

    @property
    def first_y(self) -> int:
        return self.y + 5 - (len(self.label) - 1) * 9


@dataclass(frozen=True)
class Row:
    """One line of the flow table."""

    name: str
    who: str
    time: str
    does: str
    post: str = ""


@dataclass
class Chart:
    """The drawing, the table and the sentence, all of the same steps."""

    lanes: list[Lane] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    text: str = ""
    width: int = 0
    height: int = 0
    turn: int = 0

    @property
    def notes_x(self) -> int:
        return self.turn + 12


UNITS = {"working": "个工作日", "calendar": "天"}


def draw(steps: list[dict[str, Any]], *, unit: str, organ: str, result: str, immediate: bool) -> Chart | None:
    """The chart of these steps; None when there are none."""
    if not steps:
        return None
    rows = [_row(one, unit, organ, immediate) for one in steps]
    actors = _actors(rows, steps)
    chart = Chart(rows=rows, height=LANE * len(actors))
    chart.lanes = [Lane(_broken(one), TOP + HIGH // 2 + LANE * n, LANE * n) for n, one in enumerate(actors)]
    boxes = _boxes(rows, steps, actors)
    begin = Box(FIRST, TOP, WIDE, "提交申请", "", "begin")
    note = result if len(result) <= 14 else result[:13] + "…"
    wide = max(WIDE, len(note) * SMALL + 28)
    # the last column is the window's hand-over with the applicant's box above it
    left = max(boxes[-1].x + boxes[-1].width + STEP - WIDE, ROUND_TRIP)
    hand = Box(left + (wide - WIDE) // 2, TOP + LANE, WIDE, "送达", "", "step")
    end = Box(left, TOP, wide, "收到结果", note, "end")
    chart.boxes = [begin, *boxes, hand, end]
    chart.arrows = [_arrow(a, b) for a, b in zip(chart.boxes, chart.boxes[1:], strict=False)]
    chart.turn = begin.x + begin.width + 16
    chart.arrows.append(_back(boxes[0], begin, chart.turn))
    chart.width = end.x + end.width + 20
    chart.text = _sentence(rows, result)
    return chart


def _row(step: dict[str, Any], unit: str, organ: str, immediate: bool) -> Row:
    days = step.get("days") or 0
    time = f"{days} {UNITS.get(unit, '天')}" if days else ("当场" if immediate else "当日")
    post = step.get("post", "")
    who = post if step.get("role") == "window" else organ
    return Row(step.get("name", ""), who, time, step.get("does", ""), post)


def _actors(rows: list[Row], steps: list[dict[str, Any]]) -> list[str]:
    """The applicant, who takes in and hands over, then the others in the order in which they act."""
    windows = [row.who for row, step in zip(rows, steps, strict=True) if step.get("role") == "window"]
    return list(dict.fromkeys(["申请人", *(windows[:1] or ["综合窗口"]), *(row.who for row in rows)]))


def _boxes(rows: list[Row], steps: list[dict[str, Any]], actors: list[str]) -> list[Box]:
    boxes = []
    for place, row in enumerate(rows):
        lane = actors.index(row.who)
        title = row.name if len(row.name) <= 6 else row.name[:6] + "…"
        boxes.append(Box(FIRST + STEP * place, TOP + LANE * lane, WIDE, title, row.time, "step"))
    return boxes


def _arrow(a: Box, b: Box) -> Arrow:
    """Straight where the boxes stand beside or under each other, with one bend otherwise."""
    if a.y == b.y:
        return Arrow(f"M{a.x + a.width} {a.y + HIGH // 2}H{b.x - 1}")
    enter = b.y - 1 if b.y > a.y else b.y + HIGH + 1
    if a.middle == b.middle:
        leave = a.y + HIGH if b.y > a.y else a.y
        return Arrow(f"M{a.middle} {leave}V{enter}")
    return Arrow(f"M{a.x + a.width} {a.y + HIGH // 2}H{b.middle}V{enter}")


def _back(first: Box, begin: Box, turn: int) -> Arrow:
    """From the check of the papers back to the applicant."""
    return Arrow(
        f"M{turn} {first.y + HIGH // 2}V{begin.y + HIGH // 2}H{begin.x + begin.width + 1}", dashed=True
    )


def _broken(label: str) -> tuple[str, ...]:
    """A lane's name in lines of at most six characters."""
    return tuple(label[n : n + 6] for n in range(0, len(label), 6))[:3]


def _sentence(rows: list[Row], result: str) -> str:
    parts = [f"{row.who}{row.name}，{row.time}" for row in rows]
    return f"您提交申请；{'；'.join(parts)}；送达{result}。材料不齐的，一次性告知，补正时间不算在办理时限里。"
