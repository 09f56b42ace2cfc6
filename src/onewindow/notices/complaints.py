"""投诉怎么告诉: who looks into it, and what do whoever complained and whoever answers for it hear of the end?"""

from __future__ import annotations

from django.db.models import Q

from onewindow.feedback.models import Complaint
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import holding, leaders, once
from onewindow.notices.words import Words
from onewindow.places.models import County
from onewindow.rules.grants import Grant


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
        on = entry.at.astimezone(SHANGHAI).date()
        able = holding(one.county, Grant.COMPLAINT_SETTLE, on, _near(one))
        people = [officer for officer in able if officer != one.officer]  # nobody judges himself
        where = f"{one.hall}{one.window or ''}，{one.get_service_display()}"
        text = f"{where}，{one.due_on:%m 月 %d 日}前核查答复。"
        return Said(people, f"有投诉：{one.get_kind_display()}", text, page)
    if not entry.body["verified"]:
        return None
    people = leaders([one.window_id]) + ([one.officer] if one.officer is not None else [])
    text = f"{one.get_gravity_display()}，{one.get_penalty_display()}。{one.remark}"
    return Said(once(people), f"投诉经查属实：{one.get_kind_display()}", text, "/messages/")


def _near(one: Complaint) -> Q:
    """Of the county, or of the hall in which it happened."""
    return Q(post__scope="county") | Q(post__scope="hall", post__hall=one.hall_id)
