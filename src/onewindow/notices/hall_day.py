"""大厅运行怎么告诉: who hears that too many wait, that numbers are to be limited, or that a day is reported?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Q

from onewindow.cases.reads.told import day
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Cap, HallDay, Measure, Overload
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import holding, once
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant


def told(entry: Entry) -> Said:
    """What is said of this fact, and to whom."""
    return _TOLD[entry.fact](entry)


def _near(entry: Entry, grant: Grant, hall: int) -> list[Officer]:
    """Who may do this in the hall, or in the whole county."""
    on = entry.at.astimezone(SHANGHAI).date()
    return holding(entry.county, grant, on, Q(post__hall=hall) | Q(post__scope="county"))


def _crowded(entry: Entry) -> Said:
    one = Overload.objects.select_related("hall").get(pk=entry.body["alert"])
    people = _near(entry, Grant.HALL_MANAGE, one.hall_id)
    return Said(
        people,
        f"排队过长：{one.hall}",
        f"{one.waiting} 人在等，最久 {one.minutes} 分钟。请采取措施，并且登记。",
        f"/day/{one.hall_id}/",
    )


def _calm(entry: Entry) -> Said:
    one = Overload.objects.select_related("hall").get(pk=entry.body["alert"])
    people = _near(entry, Grant.HALL_MANAGE, one.hall_id)
    done = Measure.objects.filter(alert=one).count()
    left = f"登记了 {done} 项措施。" if done else "还没有登记采取了什么措施，请补登。"
    text = f"持续 {entry.body['minutes']} 分钟，最多 {one.peak_waiting} 人等。{left}"
    word = "排队恢复正常" if one.calm_since else "开放时段结束，排队提醒解除"
    return Said(people, f"{word}：{one.hall}", text, f"/day/{one.hall_id}/")


def _capping(entry: Entry) -> Said:
    """The head decides what was proposed; the proposer hears of it; supervisors of what is limited."""
    one = Cap.objects.select_related("hall", "line").get(pk=entry.body["cap"])
    what = f"{one.hall}{one.line}每场 {one.number} 个号"
    when = f"{day(one.since)}至 {day(one.until)}，{one.kinds_words}。"
    page = f"/day/{one.hall_id}/caps/"
    managing = _near(entry, Grant.HALL_MANAGE, one.hall_id)
    if entry.fact == "CapProposed":
        people = _near(entry, Grant.CAP_APPROVE, one.hall_id)
        return Said(people, f"提请限号，等您决定：{what}", f"{when}理由：{one.reason}", page)
    if entry.fact == "CapDeclined":
        return Said(managing, f"限号没有批准：{what}", f"{one.opinion}照常给号。", page)
    watching = _near(entry, Grant.SUPERVISE, one.hall_id)
    word = "批准限号" if entry.fact == "CapApproved" else "取消限号"
    return Said(once([*managing, *watching]), f"{word}：{what}", f"{when}理由：{one.reason}", page)


def _reported(entry: Entry) -> Said:
    one = HallDay.objects.select_related("hall").get(pk=entry.body["report"])
    told = one.figures["all"]
    wait = told["wait"]["mean"]
    waited = f"，平均等候 {wait:g} 分钟" if wait is not None else ""
    alerts = len(one.figures["alerts"])
    long = f"，排队过长 {alerts} 次" if alerts else ""
    text = f"取号 {told['taken']} 个，办结 {told['served']} 个，弃号 {told['abandoned']} 个{waited}{long}。"
    people = [
        *_near(entry, Grant.HALL_MANAGE, one.hall_id),
        *_near(entry, Grant.CAP_APPROVE, one.hall_id),
    ]
    page = f"/day/{one.hall_id}/report/?on={one.day:%Y-%m-%d}"
    return Said(once(people), f"当日运行报告：{one.hall} {day(one.day)}", text, page)


_TOLD: Mapping[str, Callable[[Entry], Said]] = {
    "OverloadRaised": _crowded,
    "OverloadCleared": _calm,
    "CapProposed": _capping,
    "CapApproved": _capping,
    "CapDeclined": _capping,
    "CapEnded": _capping,
    "DayReported": _reported,
}
