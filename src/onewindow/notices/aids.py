"""便民服务怎么告诉: in which words does the applicant hear who comes when, and who in the hall has to see to it?"""

from __future__ import annotations

from django.db.models import Q

from onewindow.cases.reads.told import day
from onewindow.emergency.models import Incident, SafetyItem, Stop
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.stopped import until_words
from onewindow.helping.models import AidRequest
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import holding, once
from onewindow.notices.words import Words
from onewindow.places.models import County
from onewindow.rules.aids import COURSES, Way
from onewindow.rules.grants import Grant

# Title, and what the text message says; what only his space says besides.
_WORDS = {
    "AidArranged": (
        "{name}已安排",
        "您申请的{name}已安排：{when}，{officer}{does}。编号 {number}。",
        "{more}",
    ),
    "AidDeclined": ("{name}不能提供", "您申请的{name}不能提供。", "原因：{reason}"),
    "AidDisplaced": (
        "约的时间不能办了",
        "您申请的{name}（{when}）不能照原来的时间办：{hall}停止服务（{cause}）。",
        "请打开这个申请，一步改到别的日子；不办了可以取消。",
    ),
    "AidRestored": ("约的时间照常", "您申请的{name}（{when}）照原来的时间办，不用改日子。", ""),
    "AidMoved": ("{name}改了日子", "您申请的{name}改到 {when}，安排好了再告诉您。编号 {number}。", ""),
    "AidSetOut": ("工作人员已出发", "您申请的{name}，{officer}已经出发，请留人在家。", ""),
    "AidWithdrawn": ("{name}已取消", "您申请的{name}（{when}）已取消。", "原因：{reason}"),
    "AidDone": ("{name}已办结", "您申请的{name}已办结，编号 {number}。", "{outcome}"),
}


def request_of(entry: Entry) -> AidRequest:
    beside = ("aid", "hall", "party__account", "officer")
    return AidRequest.objects.select_related(*beside).get(subject=entry.subject_id)


def applicant(entry: Entry, one: AidRequest, county: County) -> Words | None:
    """What he is told; a reason stands in his space alone."""
    if entry.fact not in _WORDS or entry.body.get("side") == "applicant":
        return None
    at_home, in_hall = COURSES[Way(one.aid.way)].at_home, COURSES[Way(one.aid.way)].in_hall
    told = {
        "name": one.aid.name,
        "number": one.number,
        "when": f"{day(one.on)} {one.begins:%H:%M}",
        "officer": one.officer.name if one.officer is not None else "工作人员",
        "does": "上门" if at_home else f"在{one.hall}等您" if in_hall else "承办",
        "more": f"到大厅出示签到码 {one.code}，直接给号。"
        if in_hall
        else "时间不合适的，可以取消或者打电话改。",
        "reason": one.reason,
        "outcome": one.outcome,
        "hall": str(one.hall),
        "cause": one.hall.why_stopped,
    }
    title, text, more = (part.format(**told) for part in _WORDS[entry.fact])
    sms = f"【{county.name}政务服务】{text}{'详见“我的预约”。' if more else ''}"
    return Words(title, text + more, sms)


def officers(entry: Entry, one: AidRequest) -> Said | None:
    """The hall when somebody asks, whoever is sent when it is arranged or given up."""
    on, page = entry.at.astimezone(SHANGHAI).date(), f"/services/{one.number}/"
    when = f"{day(one.on)} {one.begins:%H:%M}"
    if entry.fact == "AidDisplaced" and one.officer is not None:
        text = "大厅那时停止服务，已经请申请人改日子。"
        return Said([one.officer], f"{one.aid.name}的时间没有了：{when}", text, page)
    if entry.fact in ("AidAsked", "AidMoved"):
        people = holding(one.county, Grant.BOOKING_ANSWER, on, Q(post__hall=one.hall_id))
        word = "改了日子，" if entry.fact == "AidMoved" else "有人申请"
        return Said(people, f"{word}{one.aid.name}：{when}", "请安排由谁办、哪天办。", page)
    if entry.fact in ("AidArranged", "AidWithdrawn") and one.officer is not None:
        word = "安排您去办" if entry.fact == "AidArranged" else "取消了"
        return Said([one.officer], f"{one.aid.name}{word}：{when}", f"编号 {one.number}。", page)
    return None


def hall(entry: Entry) -> Said | None:
    """Whoever manages a hall when a piece was not looked at; the supervisors when a hall stops or a plan starts."""
    on = entry.at.astimezone(SHANGHAI).date()
    if entry.fact == "SafetyOverdue":
        item = SafetyItem.objects.select_related("hall").get(pk=entry.body["item"])
        near = Q(post__hall=item.hall_id) | Q(post__scope="county")
        people = holding(item.county, Grant.HALL_MANAGE, on, near)
        return Said(
            people,
            f"到期没有检查：{item.name}",
            f"{item.hall}，{item.place}，{item.keeper}负责。",
            f"/emergency/{item.hall_id}/",
        )
    if entry.fact == "IncidentOpened":
        incident = Incident.objects.select_related("hall", "plan").get(pk=entry.body["incident"])
        people = holding(incident.county, Grant.HALL_CALL, on, Q(post__hall=incident.hall_id))
        people += holding(incident.county, Grant.SUPERVISE, on, Q(post__scope="county"))
        title = f"已启动{incident.plan.get_event_display()}预案：{incident.hall}"
        page = f"/emergency/incidents/{incident.number}/"
        return Said(once(people), title, "请按步骤做，做了的在页面上勾。", page)
    stop = Stop.objects.select_related("hall").get(pk=entry.body["stop"])
    people = holding(stop.county, Grant.HALL_CALL, on, Q(post__hall=stop.hall_id))
    people += holding(stop.county, Grant.SUPERVISE, on, Q(post__scope="county"))
    if entry.fact == "ServiceResumed":
        return Said(once(people), f"{stop.hall}恢复服务", "可以取号叫号了。", "/counter/")
    text = f"{stop.reason}，预计 {until_words(stop.hall)} 恢复。不取号、不叫号，正在办的办完。"
    return Said(once(people), f"{stop.hall}停止服务", text, f"/hall/{stop.hall_id}/")
