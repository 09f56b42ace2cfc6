"""延时服务登记表: how is the form of one service beyond closing time printed, in as many copies as the form of a booking?"""

from __future__ import annotations

from datetime import UTC, datetime

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Extension
from onewindow.letters.booking_forms import DEMO, TEMPLATE, applicant_of, day_of, handler_of, picture_of
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set
from onewindow.rules.extending import Policy


def extension_form(one: Extension, said: Policy, *, demo: bool, at: datetime, complaint: str = "") -> bytes:
    """The form as PDF, each copy marked with its number; both signatures where they were given on screen."""
    folder = chosen_folder()
    fonts = font_set(folder)
    rows = rows_of(one) + ([("投诉电话", complaint)] if complaint else [])
    told = {
        "title": said.form,
        "number": one.number,
        "service": "延时服务",
        "mark": DEMO if demo else "",
        "copies": said.copies,
        "handler": handler_of(one),
        "applicant": applicant_of(one),
        "signature": picture_of(one),
        "filed": _filed(one, said),
        "keeps": said.filed_with,
        "rows": [[clean(name, fonts.has, set()), clean(text, fonts.has, set())] for name, text in rows],
        "fonts": {"title": fonts.title, "body": fonts.body, "hei": fonts.hei},
    }
    stamp = at.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"booking": told}, fonts, folder, at=stamp)


def rows_of(one: Extension, *, masked: bool = False) -> list[tuple[str, str]]:
    """What stands on the form, on paper and on the page; on the page the telephone is masked."""
    paper = (
        f"　{one.party.get_paper_kind_display()} {one.party.paper_masked}" if one.party is not None else ""
    )
    ended = f" 至 {_clock(one.ended_at)}，共 {one.minutes} 分钟在下班以后" if one.ended_at else ""
    rows = [
        ("窗口", f"{one.hall}，{one.window}"),
        ("承办人", one.officer.name),
        ("申请人", f"{one.who}{paper}"),
        ("联系电话", one.telephone_masked if masked or one.cleared_at is not None else one.telephone),
        ("排队号", one.ticket.number if one.ticket is not None else ""),
        ("办理事项", one.what),
        ("办件编号", "、".join(case.number for case in one.cases.all())),
        ("延时原因", f"{one.get_ground_display()}{'：' + one.why if one.why else ''}"),
        ("下班时间", _clock(one.closed_at) if one.closed_at else ""),
        ("延时起止", f"{day_of(one.began_at)} {_clock(one.began_at)}{ended}"),
        ("办理结果", one.outcome or one.get_stage_display()),
    ]
    return [(name, text) for name, text in rows if text]


def _filed(one: Extension, said: Policy) -> str:
    if not one.filed_number or one.filed_at is None:
        return ""
    return f"{said.filed_with}备案号 {one.filed_number}，{day_of(one.filed_at)}"


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%H:%M}"
