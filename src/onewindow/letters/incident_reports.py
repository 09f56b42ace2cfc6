"""应急处置报告: how is the report of one incident printed?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from onewindow.emergency.reads import Course
from onewindow.ground.clock import SHANGHAI
from onewindow.letters import words
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set

TEMPLATE = Path(__file__).parent / "typeset" / "incident.typ"
DEMO = "演示"


def report(seen: Course, *, demo: bool, at: datetime) -> bytes:
    """What happened, every step with who did it when, and what is to be better, as PDF."""
    folder = chosen_folder()
    fonts = font_set(folder)
    one = seen.incident

    def said(text: str) -> str:
        return clean(text, fonts.has, set())

    told = {
        "title": f"{one.plan.get_event_display()}应急处置报告",
        "number": one.number,
        "hall": said(one.hall.name),
        "mark": DEMO if demo else "",
        "rows": [[name, said(text)] for name, text in _rows(seen)],
        "entries": [[said(text) for text in row] for row in _entries(seen)],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"incident": told}, fonts, folder, at=stamp)


def _rows(seen: Course) -> list[tuple[str, str]]:
    one = seen.incident
    rows = [
        ("发生了什么", one.what),
        ("在哪里", one.place or one.hall.name),
        ("预案", f"{one.plan}，总负责人 {one.plan.chief.name}"),
        ("启动", f"{_at(one.opened_at)}　{seen.names.get(one.opened_by, '')}"),
        ("结束", f"{_at(one.closed_at)}　{seen.names.get(one.closed_by, '')}"),
        ("经过和结果", one.summary),
        ("伤亡和损失", one.harm or "没有"),
        ("要改进的", one.better or "没有"),
        ("消毒通风", f"{len(seen.rounds)} 次" if seen.rounds else ""),
    ]
    return [(name, text) for name, text in rows if text]


def _entries(seen: Course) -> list[tuple[str, str, str]]:
    return [
        (
            _at(row.done_at) if row.done_at is not None else "没有做",
            seen.names.get(row.done_by, "") or row.who,
            row.what + (f"（{row.note}）" if row.note else "") + ("" if row.planned else "（预案以外）"),
        )
        for row in seen.incident.entries.all()
    ]


def _at(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(SHANGHAI)
    return f"{words.day(local.date())} {local:%H:%M}"
