"""预约服务登记表: how is the form of one booking printed, in as many copies as the text asks for?"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.files import read
from onewindow.hall.models import Booking, Extension
from onewindow.helping.models import AidRequest
from onewindow.letters import words
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set
from onewindow.rules.bookings import GROUNDS, STAGE_WORDS, Policy, Stage
from onewindow.rules.keeping import CLEARED

TEMPLATE = Path(__file__).parent / "typeset" / "booking.typ"
DEMO = "演示"
Signed = Booking | Extension | AidRequest
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="600" height="180">'
    '<image width="600" height="180" xlink:href="data:image/png;base64,{}"/></svg>'
)


def booking_form(one: Booking, said: Policy, *, demo: bool, at: datetime, complaint: str = "") -> bytes:
    """The form as PDF, each copy marked with its number; both signatures where they were given on screen."""
    folder = chosen_folder()
    fonts = font_set(folder)
    rows = _rows(one) + ([("投诉电话", complaint)] if complaint else [])
    told = {
        "title": said.form,
        "number": one.number,
        "service": one.get_service_display(),
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


def _rows(one: Booking) -> list[tuple[str, str]]:
    papers = "；".join(f"{told['item']}：{'、'.join(told['papers']) or '不用带材料'}" for told in one.told)
    recorder = ""
    if one.recorder is not None:
        window = f"（{one.recorded_at}）" if one.recorded_at is not None else ""
        recorder = f"{one.recorder.name}{window}，"
    rows = [
        ("申请人", named(one)),
        ("联系电话", CLEARED if one.cleared_at is not None else one.phone),
        ("办理事项", "；".join(item.name for item in one.items.all())),
        ("预约方式", f"{one.get_channel_display()}，{recorder}{day_of(one.asked_at)}登记"),
        (
            "约定时间",
            f"{words.day(one.on)} {one.begins:%H:%M} 至 {one.ends:%H:%M}{'（暂定）' if one.provisional else ''}",
        ),
        ("办理地点", f"{one.hall}{f'，{one.window}' if one.window is not None else ''}"),
        ("承办人", one.officer.name if one.officer is not None else ""),
        ("首问责任人", one.first_asked.name if one.first_asked is not None else ""),
        ("已告知的材料", papers),
        ("办理情况", _outcome(one)),
    ]
    return [(name, text) for name, text in rows if text]


def named(one: Booking | AidRequest) -> str:
    """Who he is and by which paper, while that is kept."""
    if one.party is None:
        return CLEARED
    return f"{one.party.name}　{one.party.get_paper_kind_display()} {one.party.paper_masked}"


def _outcome(one: Booking) -> str:
    if one.stage == Stage.REFUSED.value:
        return f"未同意：{GROUNDS.get(one.ground, '')}。{one.reason}"
    tries = "；".join(
        f"{day_of(t.at)} {t.at.astimezone(SHANGHAI):%H:%M} {t.by.name}电话联系，"
        f"{'联系到了' if t.reached else '没有联系上'}"
        for t in one.tries.all()
    )
    return "。".join(text for text in (STAGE_WORDS[Stage(one.stage)], one.outcome, tries) if text)


def handler_of(one: Signed) -> str:
    if one.handler_signed_by is None or one.handler_signed_at is None:
        return ""
    return f"{one.handler_signed_by.name}（{day_of(one.handler_signed_at)}在系统上签字）"


def applicant_of(one: Signed) -> str:
    return day_of(one.applicant_signed_at) if one.applicant_signed_at and not one.on_paper else ""


def picture_of(one: Signed) -> str:
    if one.signature is None:
        return ""
    return _PICTURE.format(base64.b64encode(read(one.signature)).decode())


def _filed(one: Booking, said: Policy) -> str:
    if not one.filed_number or one.filed_at is None:
        return ""
    return f"{said.filed_with}备案号 {one.filed_number}，{day_of(one.filed_at)}"


def day_of(at: datetime) -> str:
    return words.day(at.astimezone(SHANGHAI).date())
