"""模拟大厅: how does the hall of a demonstration county get a day to look at, to train on and to load it with?

`onewindow simulate --hall` lets invented people come for a day by the ordinary acts, at once or while one watches. The
numbers are assumed, each is printed as an assumption, and the same seed gives the same people.
"""

from __future__ import annotations

import time as clock
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from onewindow.config.refused import Refused
from onewindow.config.rehearsal.assumed import Assumed, assumed
from onewindow.config.rehearsal.booking import book
from onewindow.config.rehearsal.happens import LUNCH, REST, Day, Desk
from onewindow.config.rehearsal.plan import capacity, people
from onewindow.config.rehearsal.told import Record
from onewindow.ground.clock import SHANGHAI, now
from onewindow.hall.offered import sessions_of
from onewindow.people.models import Officer
from onewindow.places.models import Device, Hall, Service, Window
from onewindow.places.reads import here
from onewindow.rules.grants import Grant
from onewindow.rules.opening import Session, SessionKind

NEAR = 15  # days in which a day of work is found, whatever the holidays
EARLY = "这一天还没有过完：记录里会有还没有到的时刻。有过去的日子可用时请用 --day 另选。"
FASTEST = 3600


def main(argv: list[str]) -> int:
    """`onewindow simulate --hall --at-once --seed 1`: what was assumed, what happened, how good the estimates were."""
    told = _arguments(argv)
    if not here().demo:
        raise Refused("模拟只能在演示县进行，正式系统里没有虚构的人。")
    if not 0 < told.speed <= FASTEST:
        raise Refused(f"--speed 应在 1 到 {FASTEST} 之间：60 表示一分钟过一小时。")
    hall = _hall(told.number)
    day = _day(hall, told)
    said = assumed(told.assumptions)
    print(
        f"{hall.name}，{day:%Y-%m-%d}，种子 {told.seed}。\n\n假设（不是统计，可以用 --assumptions 换成本地的数）："
    )
    for word, value in said.told():
        print(f"  {word}：{value}")
    if told.at_once and day >= now().date():
        print(f"\n{EARLY}")
    record = Record()
    try:
        rehearse(hall, day, said, told.seed, _pace(told, hall, day), record, but=told.leave.split(","))
    finally:  # also when somebody has seen enough
        print("\n" + "\n".join(record.sentences()))
    return 0


def _arguments(argv: list[str]) -> Namespace:
    parser = ArgumentParser(prog="onewindow simulate --hall", description="在演示县模拟一个大厅的一天。")
    parser.add_argument("--hall", action="store_true", required=True)
    parser.add_argument("--number", type=int, help="哪个大厅（场所编号）；不写：县级大厅")
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        help="哪一天；不写：今天；一次做完的，是最近过去的一个开门的日子",
    )
    parser.add_argument("--seed", type=int, default=1, help="同一个种子给出同样的来人")
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument("--speed", type=float, default=60.0, help="比真实时间快多少倍，屏幕会跟着动；默认 60")
    pace.add_argument("--at-once", action="store_true", help="不等，一次做完")
    parser.add_argument("--assumptions", type=Path, help="假设文件（TOML），只写要改的几行也可以")
    parser.add_argument("--leave", default="", help="留给受训人员自己叫号的窗口，例如 3,4")
    return parser.parse_args(argv)


def _hall(number: int | None) -> Hall:
    rows = Hall.objects.filter(county=here().code, lines__closed_on__isnull=True, lines__isnull=False)
    found = (
        (rows.filter(pk=number) if number else rows.filter(kind=Hall.Kind.CENTRE))
        .order_by("pk")
        .distinct()
        .first()
    )
    if found is None:
        raise Refused("没有这个大厅，或者它还没有业务队列：请在“场所”页面先设好队列和窗口。")
    if found.box:
        raise Refused("该大厅的排队由大厅本机管理，请在那台机器上模拟。")
    return found


def _day(hall: Hall, told: Namespace) -> date:
    """The day that was asked for, when the hall is open on it; else today, at once the last one that is over."""
    today = told.day or now().date()
    near = (*range(-1, -NEAR, -1), *range(NEAR)) if told.at_once and not told.day else (0,)
    for day in (today + timedelta(days=n) for n in near):
        if _open(hall, day):
            return day
    raise Refused(f"{today:%Y-%m-%d} 这个大厅不开门，或者没有设开放时间：请用 --day 另选一天。")


def _open(hall: Hall, day: date) -> list[Session]:
    return [one for one in sessions_of(hall, day) if one.kind is SessionKind.REGULAR]


def _pace(told: Namespace, hall: Hall, day: date) -> Callable[[datetime], None]:
    """Waiting for the moments of the day: not at all, or as fast as was asked for."""
    if told.at_once:
        return lambda at: None
    began, first = clock.monotonic(), datetime.combine(day, _open(hall, day)[0].begins, SHANGHAI)

    def wait(at: datetime) -> None:
        clock.sleep(max(0.0, (at - first).total_seconds() / told.speed - (clock.monotonic() - began)))

    return wait


def rehearse(
    hall: Hall,
    day: date,
    said: Assumed,
    seed: int,
    wait: Callable[[datetime], None],
    record: Record,
    *,
    but: Sequence[str] = (),
) -> None:
    """Let the day happen; what happens stands in `record`. `but`: windows that others work at."""
    chance, open_ = Random(seed), _open(hall, day)  # noqa: S311 (chance for a rehearsal)
    lines = list(hall.lines.filter(closed_on__isnull=True).order_by("order", "letter"))
    desks = _desks(hall, day, open_, said, chance, but)
    if not desks:
        raise Refused("没有窗口可以叫号：请看窗口是不是开着、有没有队列，大厅里有没有能叫号的人。")
    served = Service.objects.filter(window__in=[desk.window.pk for desk in desks])
    coming = people(lines, capacity(lines, served, open_, said), open_, said, chance)
    writes = Officer.objects.get(pk=desks[0].clerk.pk)
    first = datetime.combine(day, open_[0].begins, SHANGHAI)
    kiosk = Device.objects.filter(hall=hall, kind=Device.Kind.KIOSK, retired_on__isnull=True).first()
    made = Day(hall, kiosk, lines, desks, said, chance, record)
    made.plan(coming, book(coming, hall, writes, first, chance))
    made.run(wait)


def _desks(
    hall: Hall, day: date, open_: list[Session], said: Assumed, chance: Random, but: Sequence[str]
) -> list[Desk]:
    """The windows that call, each with whoever sits there, or with somebody of the hall who may."""
    staff = list(Officer.objects.filter(county=hall.county, left_on__isnull=True).order_by("pk"))
    for officer in staff:
        officer.day = day
    machines = Device.objects.filter(hall=hall, retired_on__isnull=True)
    pads = {pad.window_id: pad for pad in machines.filter(kind=Device.Kind.PAD)}
    windows = Window.objects.filter(hall=hall, is_open=True, paused_at__isnull=True, services__isnull=False)
    found = []
    for window in windows.exclude(number__in=but).select_related("hall").distinct().order_by("pk"):
        clerk = _clerk(window, staff)
        if clerk is not None:
            found.append(Desk(window, clerk, pads.get(window.pk), _rests(open_, said, chance)))
    return found


def _clerk(window: Window, staff: list[Officer]) -> Officer | None:
    able = [officer for officer in staff if officer.may(Grant.HALL_CALL, window)]
    return min(able, key=lambda one: one.window is None or one.window.pk != window.pk, default=None)


def _rests(open_: list[Session], said: Assumed, chance: Random) -> list[tuple[datetime, timedelta, str]]:
    """A short rest in each session, and the meal between two."""
    found = [
        (_moment(one.on, one.begins) + timedelta(minutes=chance.randrange(40, max(41, one.minutes - 30))),
         timedelta(minutes=said.rest_minutes), REST)
        for one in open_
        if said.rest_minutes
    ]  # fmt: skip
    for one, after in pairwise(open_):
        begins = _moment(one.on, one.ends)
        found.append((begins, _moment(after.on, after.begins) - begins, LUNCH))
    return sorted(found)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI)
