"""假设: how many people come to a rehearsed hall and when, how long does each take, and who does not come when called?

Nothing of it was measured. The numbers stand in `day.toml`; whoever knows his own hall replaces them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from onewindow.config.refused import Refused

SHIPPED = Path(__file__).with_name("day.toml")
MOST = 5000
_PERCENT = (0, 100)
# Field: what it is called, in what it is counted, and between which bounds it makes sense.
WORDS: Mapping[str, tuple[str, str, tuple[int, int]]] = {
    "people": ("一天来多少人", "人", (0, MOST)),
    "load_percent": ("来的人占窗口能力的", "%", (1, 300)),
    "booked_percent": ("预约的人", "%", _PERCENT),
    "elderly_percent": ("老年人", "%", _PERCENT),
    "disabled_percent": ("残疾人", "%", _PERCENT),
    "pregnant_percent": ("孕妇和带婴幼儿的", "%", _PERCENT),
    "soldier_percent": ("现役军人、军属和退役军人", "%", _PERCENT),
    "booked_absent_percent": ("预约了不来", "%", _PERCENT),
    "service_percent": ("办一件的平均时间，占队列标准时间的", "%", (5, 1000)),
    "spread_percent": ("办得快慢的标准差，占平均数的", "%", (0, 200)),
    "walk_seconds": ("叫到号走到窗口", "秒", (0, 600)),
    "absent_percent": ("叫到号不在", "%", _PERCENT),
    "back_percent": ("过号还会回来", "%", _PERCENT),
    "back_minutes": ("过号多久回来", "分钟", (1, 240)),
    "recall_seconds": ("没有人来，再叫一次要隔", "秒", (5, 600)),
    "park_percent": ("中途去复印、缴费", "%", _PERCENT),
    "park_minutes": ("去多久", "分钟", (1, 120)),
    "move_percent": ("还要转到别的队", "%", _PERCENT),
    "leave_percent": ("等不住走了", "%", _PERCENT),
    "leave_minutes": ("等了多久走的", "分钟", (1, 480)),
    "rest_minutes": ("窗口上午、下午各歇", "分钟", (0, 60)),
    "rated_percent": ("有评价器的窗口会评价", "%", _PERCENT),
}
_TABLES = {"hours": "每个钟头来的人的比重", "lines": "每一队来的人的比重"}


@dataclass(frozen=True)
class Assumed:
    """The assumptions of one day."""

    people: int
    load_percent: int
    booked_percent: int
    elderly_percent: int
    disabled_percent: int
    pregnant_percent: int
    soldier_percent: int
    booked_absent_percent: int
    service_percent: int
    spread_percent: int
    walk_seconds: int
    absent_percent: int
    back_percent: int
    back_minutes: int
    recall_seconds: int
    park_percent: int
    park_minutes: int
    move_percent: int
    leave_percent: int
    leave_minutes: int
    rest_minutes: int
    rated_percent: int
    hours: Mapping[int, int]
    lines: Mapping[str, int]

    def told(self) -> Iterator[tuple[str, str]]:
        """Each of them in words, for the screen."""
        for name, (word, unit, _) in WORDS.items():
            if name == "people" and not self.people:
                yield word, "按窗口的能力"
            elif name != "load_percent" or not self.people:
                yield word, f"{getattr(self, name)} {unit}"
        yield _TABLES["hours"], "、".join(f"{hour} 时 {part}" for hour, part in self.hours.items())
        lines = "、".join(f"{letter} {part}" for letter, part in self.lines.items())
        yield _TABLES["lines"], lines or "按办这一队的窗口的能力"


def assumed(path: Path | None = None) -> Assumed:
    """The shipped assumptions, with those of a file in their place; what cannot be right is refused by its name."""
    told = tomllib.loads(SHIPPED.read_text("utf-8"))
    if path is not None:
        told |= _read(path)
    known = {one.name for one in fields(Assumed)}
    for name, value in told.items():
        _check(name, value, known)
    hours = {int(hour): part for hour, part in told["hours"].items()}
    return Assumed(**{**told, "hours": hours, "lines": dict(told["lines"])})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"读不了假设文件 {path}：请检查文件名和权限，用 UTF-8 保存。") from error
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"假设文件 {path} 不是正确的 TOML：{error}。") from error


def _check(name: str, value: Any, known: set[str]) -> None:
    if name not in known:
        raise Refused(f"假设文件里的 {name} 没有这一项，请对照随软件附的 {SHIPPED.name}。")
    if name in _TABLES:
        _check_table(name, value)
        return
    word, unit, (least, most) = WORDS[name]
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"假设“{word}”（{name}）应是 {least} 到 {most} 之间的整数（{unit}）。")


def _check_table(name: str, value: Any) -> None:
    good = isinstance(value, dict) and all(type(part) is int and 0 <= part <= 1000 for part in value.values())
    if not good or (name == "hours" and not all(hour.isdigit() and int(hour) < 24 for hour in value)):
        raise Refused(f"假设“{_TABLES[name]}”（{name}）的每一行应是“钟头或者字母 = 0 到 1000 的整数”。")
