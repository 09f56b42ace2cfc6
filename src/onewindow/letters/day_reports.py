"""大厅当日运行报告: how are the figures of one day set on paper?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from onewindow.ground.clock import SHANGHAI
from onewindow.letters import words
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set
from onewindow.places.models import Hall

TEMPLATE = Path(__file__).parent / "typeset" / "day.typ"
DEMO = "演示"
_HEAD = ["取号", "办结", "弃号", "平均等候", "九成等候", "平均办理"]


def day_report(
    hall: Hall, on: date, told: dict[str, Any], *, demo: bool, at: datetime, reported: datetime | None
) -> bytes:
    """The report as PDF."""
    folder = chosen_folder()
    fonts = font_set(folder)

    def plain(text: str) -> str:
        return clean(text, fonts.has, set())

    sent = f"{_moment(reported)}报出" if reported else f"{_moment(at)}的数，还没有报出"
    data = {
        "title": "政务大厅运行日报",
        "hall": plain(hall.name),
        "day": words.day(on),
        "sent": sent,
        "mark": DEMO if demo else "",
        "all": [plain(line) for line in whole(told)],
        "head": _HEAD,
        "tables": [
            [name, [[plain(cell) for cell in _row(one, name)] for one in told[key]]]
            for name, key in (("时间", "hours"), ("队列", "lines"), ("窗口", "windows"))
        ],
        "log": [[plain(cell) for cell in row] for row in happened(told)],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"day": data}, fonts, folder, at=stamp)


def whole(told: dict[str, Any]) -> list[str]:
    """The day in sentences."""
    one, error = told["all"], told["error"]
    lines = [f"取号 {one['taken']} 个，办结 {one['served']} 个，弃号 {one['abandoned']} 个。"]
    if one["wait"]["mean"] is not None:
        wait = one["wait"]
        lines.append(
            f"平均等候 {wait['mean']:g} 分钟，九成在 {wait['most']} 分钟以内，最久 {wait['last']} 分钟。"
        )
    if one["service"]["mean"] is not None:
        service = one["service"]
        lines.append(f"平均办理 {service['mean']:g} 分钟，九成在 {service['most']} 分钟以内。")
    if error["told"]:
        bias = error["bias"]
        word = f"少说 {-bias:g} 分钟" if bias < 0 else f"多说 {bias:g} 分钟"
        lines.append(
            f"等候时间的估计：{error['told']} 个号告知过，{error['percent']}% 落在告知的范围内，"
            f"平均相差 {error['mean']:g} 分钟，平均{word}。"
        )
    booked = "，".join(f"{word} {count} 个" for word, count in told["bookings"].items())
    return [*lines, f"预约：{booked}。"] if booked else lines


def happened(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Alerts, measures and tidal windows."""
    rows = [
        (
            f"{one['from']}–{one['to']}" if one["to"] else f"{one['from']} 起",
            "排队过长",
            f"{one['waiting']} 人等、最久 {one['minutes']} 分钟（{one['lines']}）；"
            f"最多时 {one['peak_waiting']} 人、{one['peak_minutes']} 分钟",
        )
        for one in told["alerts"]
    ]
    rows += [
        (one["at"], one["what"], "，".join(text for text in (one["note"], one["by"]) if text))
        for one in told["measures"]
    ]
    return rows + [
        (
            f"{one['from']}–{one['to']}" if one["to"] else f"{one['from']} 起",
            "潮汐窗口",
            f"{one['window']}，{one['why']}开放{'，' + one['closed'] + '关闭' if one['closed'] else ''}",
        )
        for one in told["tidal"]
    ]


def _row(one: dict[str, Any], name: str) -> list[str]:
    at_window = name == "窗口"  # a number is taken at no window
    return [
        one["label"],
        "" if at_window else str(one["taken"]),
        str(one["served"]),
        "" if at_window else str(one["abandoned"]),
        _minutes(one["wait"]["mean"]),
        _minutes(one["wait"]["most"]),
        _minutes(one["service"]["mean"]),
    ]


def _minutes(number: float | None) -> str:
    return "" if number is None else f"{number:g} 分钟"


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{words.day(local.date())} {local:%H:%M}"
