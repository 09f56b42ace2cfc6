"""大厅看板: what hangs in the hall for everybody – numbers and windows, never a name?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from onewindow.hall.models import Cap, Ticket
from onewindow.hall.reads.lines import limits_on, lines_of
from onewindow.hall.reads.waits import waits
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.tickets import AT_WINDOW, CALLED, MISSED, WAITING, TicketStage
from onewindow.rules.waiting import Told, told


@dataclass(frozen=True)
class Shown:
    """A number as it stands on a screen for everybody."""

    ticket: int
    number: str
    line: str
    window: str
    stage: TicketStage
    called_at: datetime | None
    calls: int

    @property
    def fresh(self) -> bool:
        """Whether he is called and not there yet."""
        return self.stage == CALLED

    @property
    def key(self) -> str:
        """Of this very call: it is never the same again."""
        return f"{self.ticket}-{int(_moment(self.called_at) * 1000)}"


@dataclass(frozen=True)
class Sign:
    """A window as its own screen shows it: the number that is there, or why there is none."""

    window: Window
    current: Shown | None
    lines: list[str]

    @property
    def there(self) -> bool:
        """Whether it hangs there at all: a tidal window that waits for its time does not."""
        return self.window.is_open or not self.window.tidal

    @property
    def words(self) -> str:
        """办理中, 暂停服务 with its reason, 关闭 or 空闲."""
        if not self.window.is_open:
            return "关闭"
        if self.window.paused:
            return f"暂停服务：{self.window.why_paused}"
        return "" if self.current else "空闲"


@dataclass(frozen=True)
class Counted:
    """A line: how many wait in it, the longest of them since when, and what somebody waits who comes now.

    `minutes` is what stands behind the words: it goes with the form, and is kept with the number.
    """

    line: Line
    waiting: int
    since: datetime | None
    wait: Told | None
    minutes: int | None = None

    @property
    def words(self) -> str:
        """What is said to whoever takes a number now."""
        return self.wait.words if self.wait else "没有窗口开放"

    @property
    def short(self) -> str:
        """The same in a narrow column that has 约等 above it."""
        return self.words.removeprefix("约 ").replace(" 分钟以内", " 分钟内")


@dataclass(frozen=True)
class Board:
    """The latest call first; the windows; who missed his number; the lines."""

    hall: Hall
    calls: list[Shown]
    signs: list[Sign]
    missed: list[Shown]
    lines: list[Counted]
    # 限号 that is published; nothing is limited that does not hang there.
    limits: list[Cap]

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)


def tickets_of(hall: Hall, day: date) -> QuerySet[Ticket]:
    """The numbers of one day in one hall."""
    return Ticket.objects.filter(hall=hall, day=day).select_related("line", "window")


def board(hall: Hall, at: datetime) -> Board:
    """What hangs in the hall at this moment; five statements and the county's, one more where a limit was approved."""
    stages = [WAITING, *AT_WINDOW, MISSED]
    rows = list(tickets_of(hall, at.date()).filter(stage__in=stages).order_by("rank", "pk"))
    called = sorted((t for t in rows if t.stage in AT_WINDOW), key=_when, reverse=True)
    missed = sorted((t for t in rows if t.stage == MISSED), key=_when, reverse=True)
    windows = list(Window.objects.filter(hall=hall).prefetch_related("lines").order_by("pk"))
    there = {one.window_id: _shown(one) for one in called}
    called_now = {line.pk for one in windows if one.calls for line in one.lines.all()}
    lines = _counted(hall, [t for t in rows if t.stage == WAITING], called_now, at)
    return Board(
        hall=hall,
        calls=[_shown(one) for one in called],
        signs=[Sign(one, there.get(one.pk), [line.name for line in one.lines.all()]) for one in windows],
        missed=[_shown(one) for one in missed],
        lines=lines,
        limits=limits_on([one.line for one in lines], at.date()),
    )


def _moment(when: datetime | None) -> float:
    return when.timestamp() if when else 0.0


def _when(ticket: Ticket) -> datetime:
    return ticket.called_at or ticket.taken_at


def _counted(
    hall: Hall, waiting: Sequence[Ticket], called_now: Collection[int], at: datetime
) -> list[Counted]:
    """What who comes now waits: as long as the last of his line, and one service more for those before him."""
    number = Counter(one.line_id for one in waiting)
    found = waits(hall, at) if waiting else {}
    longest: dict[int, timedelta] = {}
    since: dict[int, datetime] = {}
    for one in waiting:
        mine = max(
            one.taken_at, one.rank
        )  # who came early for his booked hour waits from when his turn can come
        since[one.line_id] = min(mine, since.get(one.line_id, mine))
        if one.pk in found:
            longest[one.line_id] = max(found[one.pk], longest.get(one.line_id, timedelta()))
    return [
        Counted(
            line,
            number[line.pk],
            since.get(line.pk),
            *_told(
                longest.get(line.pk, timedelta() if not number[line.pk] and line.pk in called_now else None)
            ),
        )
        for line in lines_of(hall)
    ]


def _told(wait: timedelta | None) -> tuple[Told | None, int | None]:
    """What is said of a wait, and the minutes behind it; nothing where no window serves the line."""
    return (None, None) if wait is None else (told(wait), round(wait.total_seconds() / 60))


def _shown(ticket: Ticket) -> Shown:
    return Shown(
        ticket=ticket.pk,
        number=ticket.number,
        line=ticket.line.name,
        window=ticket.window.number if ticket.window else "",
        stage=TicketStage(ticket.stage),
        called_at=ticket.called_at,
        calls=ticket.calls,
    )
