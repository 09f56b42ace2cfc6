"""钟的快慢: B14, what does a minute cost in which nothing is due, and how fast are all open cases reckoned anew?"""

from __future__ import annotations

import time

from benchmarks.found import Found
from onewindow.cases.models import Case
from onewindow.cases.recheck import everywhere
from onewindow.config.tick import tick
from onewindow.ground.clock import now

PROCESSES = 2


def run(cases: int) -> list[Found]:
    """Both figures of one database of so many cases."""
    return [_quiet_minute(cases), _all_open(cases)]


def _quiet_minute(cases: int) -> Found:
    failed = tick(now())  # what was due is done
    took = []
    for _ in range(3):
        began = time.perf_counter()
        failed += tick(now())
        took.append(time.perf_counter() - began)
    figure = f"{cases:,} 件：{sorted(took)[1]:.2f} 秒" + (f"，出错 {len(failed)} 次" if failed else "")
    return Found("B14", "没有事情到时的一分钟", figure, "≤ 2 秒", max(took) <= 2 and not failed)


def _all_open(cases: int) -> Found:
    open_ones = Case.objects.filter(is_open=True).count()
    began = time.perf_counter()
    differences = sum(1 for _ in everywhere(PROCESSES))
    rate = open_ones / (time.perf_counter() - began)
    figure = f"{cases:,} 件里在办的 {open_ones:,} 件：每秒 {rate:,.0f} 件，{PROCESSES} 个进程，差异 {differences} 处"
    return Found(
        "B14", "按事实重算在办件", figure, "每秒 ≥ 5,000 件，没有差异", rate >= 5000 and not differences
    )
