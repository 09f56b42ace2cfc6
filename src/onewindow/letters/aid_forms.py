"""便民服务登记表和登记簿: how are the form of one request and the register of many printed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from onewindow.ground.clock import SHANGHAI
from onewindow.helping.models import AidRequest
from onewindow.letters import words
from onewindow.letters.booking_forms import DEMO, applicant_of, day_of, handler_of, named, picture_of
from onewindow.letters.booking_forms import TEMPLATE as FORM
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set
from onewindow.rules.keeping import CLEARED

REGISTER = Path(__file__).parent / "typeset" / "register.typ"
_HEAD = ("编号", "服务", "时间", "申请人", "情形", "方式", "由谁办", "状态", "办理情况")
_WIDTHS = (15, 10, 14, 8, 12, 9, 8, 8, 22)


def aid_form(one: AidRequest, *, demo: bool, at: datetime, complaint: str = "") -> bytes:
    """登记表 of one request as PDF, with the signatures that were given on screen and room for the others."""
    folder = chosen_folder()
    fonts = font_set(folder)
    rows = _rows(one) + ([("投诉电话", complaint)] if complaint else [])
    told = {
        "title": "便民服务登记表",
        "number": one.number,
        "service": one.aid.name,
        "mark": DEMO if demo else "",
        "copies": 1,
        "handler": handler_of(one),
        "applicant": applicant_of(one),
        "signature": picture_of(one),
        "filed": "",
        "keeps": "",
        "rows": [[clean(name, fonts.has, set()), clean(text, fonts.has, set())] for name, text in rows],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(FORM, {"booking": told}, fonts, folder, at=stamp)


def _rows(one: AidRequest) -> list[tuple[str, str]]:
    recorder = f"，{one.recorder.name}登记" if one.recorder is not None else ""
    course = "；".join(
        f"{word} {_moment(when)}"
        for word, when in (
            ("出发", one.set_out_at),
            ("到厅签到" if one.ticket is not None else "到达", one.begun_at),
            ("办结", one.done_at),
        )
        if when is not None
    )
    rows = [
        ("申请人", named(one)),
        ("联系电话", CLEARED if one.cleared_at is not None else one.phone),
        ("上门地址", one.address),
        ("情形", one.ground),
        *one.told.items(),
        ("申请人说", one.note),
        ("申请方式", f"{channel_of(one)}{recorder}，{day_of(one.asked_at)}"),
        ("约定时间", f"{words.day(one.on)} {one.begins:%H:%M}"),
        ("大厅", str(one.hall)),
        ("由谁办", _by(one)),
        ("排队号", one.ticket.number if one.ticket is not None else ""),
        ("经过", course),
        ("办理情况", "。".join(text for text in (one.get_stage_display(), one.outcome, one.reason) if text)),
    ]
    return [(str(name), str(text)) for name, text in rows if text]


def channel_of(one: AidRequest) -> str:
    """How it was asked for; the word is that of a booking."""
    return one.get_channel_display().replace("预约", "申请")


def _by(one: AidRequest) -> str:
    if one.officer is None:
        return ""
    arranged = f"（{one.arranged_by.name}核定、安排）" if one.arranged_by is not None else ""
    return f"{one.officer.name}{arranged}"


def aid_register(
    rows: Sequence[tuple[AidRequest, str]], *, of: int, place: str, sifted: str, demo: bool, at: datetime
) -> bytes:
    """登记簿 as PDF, as it was sifted; names as they are given, which is masked; `of` how many there are in all."""
    folder = chosen_folder()
    fonts = font_set(folder)
    cut = f"，这里只印了日子最近的 {len(rows)} 件，其余的请选日期分开打印" if of > len(rows) else ""
    told = {
        "title": "便民服务登记簿",
        "lead": clean(f"{place}　{sifted}　共 {of} 件{cut}", fonts.has, set()),
        "printed": f"{_moment(at)}打印",
        "mark": DEMO if demo else "",
        "head": _HEAD,
        "widths": _WIDTHS,
        "rows": [[clean(cell, fonts.has, set()) for cell in _cells(one, who)] for one, who in rows],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(REGISTER, {"register": told}, fonts, folder, at=stamp)


def _cells(one: AidRequest, who: str) -> list[str]:
    return [
        one.number,
        one.aid.name,
        f"{words.day(one.on)} {one.begins:%H:%M}",
        who,
        one.ground,
        channel_of(one),
        one.officer.name if one.officer is not None else "",
        one.get_stage_display(),
        one.outcome or one.reason,
    ]


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{words.day(local.date())} {local:%H:%M}"
