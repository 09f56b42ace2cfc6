"""成绩单: what was measured, ratios first, as a table for the screen and for the document."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from benchmarks.found import Found
from benchmarks.life import Lives
from benchmarks.measure import Cell

YES_NO = {True: "达到", False: "**没有达到**", None: "—"}
# Measured in another hour on another machine: for orientation, compared with nothing here.
PEER = {
    ("B1", 1): 7.5,
    ("B1", 8): 15.1,
    ("B2", 1): 3.2,
    ("B2", 8): 5.0,
    ("B3", 1): 8.5,
    ("B3", 8): 14.2,
    ("B4", 1): 2.8,
    ("B4", 8): 4.7,
}


@dataclass
class Report:
    """Everything of one run."""

    began: datetime
    settings: dict[str, str] = field(default_factory=dict)
    cal: list[float] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    hall: list[Found] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    lives: list[Lives] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)
    recall: str = ""
    failed: str = ""

    def markdown(self) -> str:
        parts = [
            self._head(),
            self._ratios(),
            self._cpu(),
            self._life(),
            self._hall(),
            self._rest(),
            self._how(),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _head(self) -> str:
        told = "、".join(f"{one:.0f}" for one in self.cal)
        lines = [
            f"测于 {self.began:%Y-%m-%d %H:%M}，{platform.machine()}，Python {platform.python_version()}。"
        ]
        lines.append(f"`cal`（两个核同时跑一段固定的循环，毫秒；越大说明机器越忙）：{told}。")
        return "\n".join(lines)

    def _ratios(self) -> str:
        rows = [
            f"| {c.id} | {c.what} | {c.clients} | **{c.ratio:.2f}** | {c.aim or '—'} | {YES_NO[c.met]} | "
            f"{_rate(c.ours)} | {_rate(c.bare)}（{c.bare_what}） | {_ms(c.ours)} | {PEER.get((c.id, c.clients), '—')} |"
            for c in self.cells
        ]
        head = "| 编号 | 做什么 | 并发 | 与光秃秃的比 | 目标（并发 8） | | 每秒 | 光秃秃的每秒 | p50 / p95 毫秒 | 同类（另一时刻） |"
        return _table("## 比值", head, rows)

    def _cpu(self) -> str:
        rows = [
            f"| {c.id} | {c.what} | {c.clients} | {median(c.web):.1f} + {median(c.postgres):.1f} | "
            f"{median(c.bare_web):.1f} + {median(c.bare_postgres):.1f} | {c.cpu_ratio:.2f} | {c.note} |"
            for c in self.cells
        ]
        head = (
            "| 编号 | 做什么 | 并发 | 每次 CPU 毫秒：网页 + PostgreSQL | 光秃秃的 | 按 CPU 的比 | 后续事项 |"
        )
        return _table("## CPU", head, rows)

    def _life(self) -> str:
        rows = [
            f"| {one.cases:,} | **{median(one.rates):.1f}** | {median(one.asked):.1f} | "
            f"{median(one.letters):.0f} | {one.ratio:.4f} | {_spent(one)} |"
            for one in self.lives
        ]
        head = "| 库里的办件 | 每秒几件（文书都签好存好） | 只算请求 | 每秒几份文书 | 与光秃秃的事务的比 | 每件 CPU 毫秒：网页 + 后续事项 + PostgreSQL |"
        text = _table("## 整件（B11）", head, rows)
        if len(self.lives) == 2:
            small, large = (one.ratio for one in self.lives)
            apart = abs(small - large) / max(small, large)
            text += f"\n\n两个库按比值的中位数相差 {apart:.0%}（目标 ≤ 20%：{YES_NO[apart <= 0.2]}）。"
        return text if rows else ""

    def _hall(self) -> str:
        """A peer on another machine in another hour: 2.7 flows a second and 2.8 s for a call at eight windows."""
        if not self.hall:
            return ""
        text = _table("## 大厅", FOUND, [_line(one) for one in self.hall])
        return f"{text}\n\n同类（另一时刻、另一台机器）：8 个窗口每秒 2.7 次，叫号 p95 2,784 毫秒。"

    def _rest(self) -> str:
        rows = [_line(one) for one in self.found]
        total = sum(self.memory.values())
        told = "，".join(f"{name} {size:.0f}" for name, size in self.memory.items())
        rows.append(
            f"| B19 | 静止时的内存（PSS 之和） | **{total:.0f} MB**（{told}） | ≤ 600 MB | {YES_NO[total <= 600]} |"
        )
        text = _table("## 其他", FOUND, rows)
        return f"{text}\n\n{self.recall}".rstrip()

    def _how(self) -> str:
        lines = [f"- {name}：{value}" for name, value in self.settings.items()]
        return "\n".join(["## 怎样测的", *lines, f"- 没有做成的后续事项：{self.failed}"])


FOUND = "| 编号 | 做什么 | 测得 | 目标 | |"


def _line(one: Found) -> str:
    return f"| {one.id} | {one.what} | {one.figure} | {one.aim} | {YES_NO[one.met]} |"


def _table(title: str, head: str, rows: Sequence[str]) -> str:
    rule = "|" + " --- |" * (head.count("|") - 1)
    return "\n".join([title, "", head, rule, *rows])


def _spent(one: Lives) -> str:
    parts = ("web", "worker", "postgres")
    return " + ".join(f"{median(round_[part] for round_ in one.spent):.0f}" for part in parts)


def _rate(shots: Sequence[object]) -> str:
    return f"{median(shot.rate for shot in shots):.0f}"  # type: ignore[attr-defined]


def _ms(shots: Sequence[object]) -> str:
    p50 = median(shot.at(50) for shot in shots)  # type: ignore[attr-defined]
    return f"{p50:.0f} / {median(shot.at(95) for shot in shots):.0f}"  # type: ignore[attr-defined]
