"""投诉怎么告诉: who looks into it, and what do whoever complained and whoever answers for it hear of the end?"""

from __future__ import annotations

from datetime import date

from onewindow.feedback.complained import settlers, who_gives_posts
from onewindow.feedback.models import Complaint
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import leaders, once
from onewindow.notices.words import Words
from onewindow.places.models import County


def complaint_of(entry: Entry) -> Complaint:
    """The complaint that the fact is about."""
    beside = ("hall", "window", "officer", "party__account")
    return Complaint.objects.select_related(*beside).get(pk=entry.body["complaint"])


def complainant(one: Complaint, county: County) -> Words:
    """The answer; the text message names the number and no more."""
    text = (
        f"您投诉的“{one.get_kind_display()}”（{one.number}）核查完了：{one.get_stage_display()}。{one.answer}"
    )
    sms = f"【{county.name}政务服务】您的投诉 {one.number} 已核查答复，请看“我的消息”或打大厅电话询问。"
    return Words("您的投诉有答复了", text, sms)


def officers(entry: Entry, one: Complaint) -> Said | None:
    """Whoever looks into it; once it is verified, whoever answers for it and who leads the window."""
    page = f"/complaints/{one.number}/"
    if entry.fact == "ComplaintMade":
        return _made(one, entry.at.astimezone(SHANGHAI).date(), page)
    if not entry.body["verified"]:
        return None
    people = leaders([one.window_id]) + ([one.officer] if one.officer is not None else [])
    text = f"{one.get_gravity_display()}，{one.get_penalty_display()}。{one.remark}"
    return Said(once(people), f"投诉经查属实：{one.get_kind_display()}", text, "/messages/")


def _made(one: Complaint, on: date, page: str) -> Said:
    until = f"{one.due_on:%m 月 %d 日}{'（暂定）' if one.provisional else ''}前"
    if able := settlers(one, on):
        where = f"{one.hall}{one.window or ''}，{one.get_service_display()}"
        return Said(able, f"有投诉：{one.get_kind_display()}", f"{where}，{until}核查答复。", page)
    # Nobody but himself, or nobody at all: whoever gives the posts hears of it, and nothing of what was said.
    text = (
        f"{one.hall}的投诉 {one.number}，没有可以核查的人：有核查权的没有别人，或者投诉的就是他本人。"
        f"要在{until}答复，请到“组织与岗位”把能核查投诉的岗位另给一位同志。"
    )
    return Said(who_gives_posts(one.county, on), "有投诉没有人能核查", text, "/manage/organisation/")
