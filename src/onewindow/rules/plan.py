"""大厅平面: where on its floor does each zone lie, where in it are windows and machines, and how does one get there?

Everything is in hundredths of the floor; a zone that nobody placed yet finds a free row below the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FULL = 100
LEAST = 4  # narrower than this nobody can read its sign
ROW = 16  # height of a zone that found its place by itself
ACROSS = 4  # how many of those stand beside each other
STEP = 2  # the way is looked for in squares of this side
Cell = tuple[int, int]
_AROUND: tuple[Cell, ...] = ((0, -1), (-1, 0), (1, 0), (0, 1))


class Box(NamedTuple):
    """Left, top, width and height."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def over(self, other: Box) -> bool:
        """Whether both lie over each other; edges may touch."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def fault(place: Box, others: Mapping[str, Box]) -> str:
    """Why a zone cannot lie there; empty when it can."""
    if place.left < 0 or place.top < 0 or place.right > FULL or place.bottom > FULL:
        return "区域超出了楼层，请改小：左加宽、上加高都不能超过 100。"
    if place.width < LEAST or place.height < LEAST:
        return f"区域太小，标牌写不下，请把宽和高改成至少 {LEAST}。"
    hit = next((name for name, other in others.items() if place.over(other)), "")
    return f"和“{hit}”重叠，请先移开其中一个。" if hit else ""


@dataclass(frozen=True, slots=True)
class Area:
    """A zone to be laid out."""

    key: int
    floor: int
    place: Box | None = None
    door: bool = False


def floors(areas: Iterable[Area]) -> dict[int, dict[int, Box]]:
    """Floor by floor, the lowest first, the box of each zone; what has no place yet stands below the others."""
    found: dict[int, dict[int, Box]] = {}
    for floor in sorted({one.floor for one in areas}):
        found[floor] = _floor([one for one in areas if one.floor == floor])
    return found


def _floor(areas: Sequence[Area]) -> dict[int, Box]:
    made = {one.key: one.place for one in areas if one.place is not None}
    low = max((box.bottom for box in made.values()), default=0)
    rest = [one.key for one in areas if one.place is None]
    wide = FULL // ACROSS
    for n, key in enumerate(rest):
        made[key] = Box(wide * (n % ACROSS), low + ROW * (n // ACROSS), wide, ROW)
    return {one.key: made[one.key] for one in areas}


def spots(box: Box, many: int) -> list[tuple[float, float]]:
    """Where in a zone so many things stand: in rows along its lower part, the first at the left."""
    if many < 1:
        return []
    across = max(1, min(many, box.width // 6))
    rows = -(-many // across)
    step = box.width / across
    high = min(8.0, (box.height - 5) / rows) if box.height > 5 else 0.0
    top = box.bottom - high * rows
    return [(box.left + step * (n % across + 0.5), top + high * (n // across + 0.5)) for n in range(many)]


def way(door: Box | None, target: Box, walls: Sequence[Box] = ()) -> list[tuple[float, float]]:
    """The way from the door to a zone around the zones that one does not walk through; empty when there is none."""
    if door is None or door == target:
        return []
    first, last = _cell(door.middle), _cell(target.middle)
    shut = {cell for box in walls if box not in (door, target) for cell in _within(box)}
    came: dict[Cell, Cell] = {first: first}
    turn = deque([first])
    while turn and last not in came:
        here = turn.popleft()
        for dx, dy in _steps(came[here], here):
            there = (here[0] + dx, here[1] + dy)
            inside = 0 <= there[0] < FULL // STEP and 0 <= there[1] < FULL // STEP
            if inside and there not in came and there not in shut:
                came[there] = here
                turn.append(there)
    return _corners(came, last) if last in came else []


def _steps(before: Cell, here: Cell) -> list[Cell]:
    """Straight on first, so that of two ways of one length the one with fewer corners is found."""
    ahead = (here[0] - before[0], here[1] - before[1])
    return sorted(_AROUND, key=lambda step: step != ahead)


def _cell(point: tuple[float, float]) -> Cell:
    return int(point[0]) // STEP, int(point[1]) // STEP


def _within(box: Box) -> Iterator[Cell]:
    for x in range(box.left // STEP, -(-box.right // STEP)):
        for y in range(box.top // STEP, -(-box.bottom // STEP)):
            yield x, y


def _corners(came: Mapping[Cell, Cell], last: Cell) -> list[tuple[float, float]]:
    """The beginning, every corner and the end, in hundredths."""
    cells = [last]
    while came[cells[-1]] != cells[-1]:
        cells.append(came[cells[-1]])
    cells.reverse()
    turns = [
        one
        for before, one, after in zip(cells, cells[1:], cells[2:], strict=False)
        if (one[0] - before[0], one[1] - before[1]) != (after[0] - one[0], after[1] - one[1])
    ]
    return [((x + 0.5) * STEP, (y + 0.5) * STEP) for x, y in dict.fromkeys([cells[0], *turns, cells[-1]])]
