"""个人信息副本·大厅: bookings, services, remarks, complaints and the like of one person, and until when they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from onewindow.feedback.models import Complaint
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Ban, Booking, Extension, Ticket
from onewindow.helping.models import AidRequest, Remark
from onewindow.keeping.reads import Own, rows_of
from onewindow.keeping.terms import months
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.rules.keeping import Kind, kept_until
from onewindow.web.views.my.copy import MOST
from onewindow.web.views.my.copy import Kind as Line


def kinds(found: Iterable[Own]) -> list[Line]:
    """What is kept of him, in one line each, with the day until which it is."""
    return [Line(one.about.word, one.count, one.about.why, _until(one)) for one in found]


def _until(one: Own) -> str:
    if one.until is None:
        return f"还有事没有完，完了以后再存 {one.months} 个月"
    running = f"；没有完的 {one.running} 件，完了以后再存 {one.months} 个月" if one.running else ""
    return f"存到 {_long(one.until)}，到期清除{running}"


def whole(party: Party, county: County, today: date) -> dict[str, Any]:
    """What he gave, when, how far it is, and until when it is kept; all of it in plain words."""
    until = {kind: months(county, kind, today) for kind in Kind}

    def told(kind: Kind, tell: Callable[[Any, int], dict[str, Any]], *beside: str) -> list[dict[str, Any]]:
        rows = rows_of(kind, party, county, today).prefetch_related(*beside)
        return [tell(one, until[kind]) for one in rows[:MOST]]

    return {
        "预约": told(Kind.BOOKING, _booking, "items"),
        "便民服务": told(Kind.SERVICE, _service, "aid"),
        "延时服务": told(Kind.EXTENSION, _extension, "call_back"),
        "意见建议": told(Kind.REMARK, _remark),
        "投诉": told(Kind.COMPLAINT, _complaint),
        "取号": [_ticket(one, until[Kind.VISIT]) for one in _tickets(party, county)],
        "不再接受预约": told(Kind.BAN, _ban),
    }


def _tickets(party: Party, county: County) -> QuerySet[Ticket]:
    rows = Ticket.objects.filter(visit__party=party, county=county.code).select_related("hall", "line")
    return rows.order_by("pk")[:MOST]


def _booking(one: Booking, months: int) -> dict[str, Any]:
    return {
        "编号": one.number,
        "事项": [item.name for item in one.items.all()],
        "日期": one.on.isoformat(),
        "时间": f"{one.begins:%H:%M}",
        "电话": one.phone,
        "留言": one.note,
        "原因": one.reason,
        "登记": _at(one.asked_at),
        "现在": one.get_stage_display(),
        "办理情况": one.outcome,
        "保存到": _kept(one, one.on, months),
    }


def _service(one: AidRequest, months: int) -> dict[str, Any]:
    return {
        "编号": one.number,
        "服务": one.aid.name,
        "日期": one.on.isoformat(),
        "电话": one.phone,
        "地址": one.address,
        "情形": one.ground,
        "填写的内容": one.told,
        "留言": one.note,
        "申请": _at(one.asked_at),
        "现在": one.get_stage_display(),
        "办理情况": one.outcome,
        "保存到": _kept(one, max(one.on, _day(one.done_at) or one.on), months),
    }


def _extension(one: Extension, months: int) -> dict[str, Any]:
    called = getattr(one, "call_back", None)
    return {
        "编号": one.number,
        "办什么": one.what,
        "日期": one.day.isoformat(),
        "姓名": one.name,
        "电话": one.phone,
        "延时分钟": one.minutes,
        "现在": one.get_stage_display(),
        "办理结果": one.outcome,
        "回访意见": called.opinion if called is not None else "",
        "回访建议": called.suggestion if called is not None else "",
        "保存到": _kept(one, one.day, months),
    }


def _remark(one: Remark, months: int) -> dict[str, Any]:
    ended = _day(one.done_at) or _day(one.decided_at)
    return {
        "日期": one.day.isoformat(),
        "说了什么": one.text,
        "电话": one.phone,
        "现在": one.state,
        "答复": one.answer,
        "改进结果": one.outcome,
        "保存到": _kept(one, ended, months),
    }


def _complaint(one: Complaint, months: int) -> dict[str, Any]:
    """What was found out for the office is not his; the answer is."""
    return {
        "编号": one.number,
        "投诉什么": one.get_kind_display(),
        "哪一天": one.happened_on.isoformat(),
        "姓名": one.name,
        "电话": one.phone,
        "内容": one.what,
        "提交": _at(one.made_at),
        "现在": one.get_stage_display(),
        "答复": one.answer,
        "保存到": _kept(one, _day(one.settled_at), months),
    }


def _ticket(one: Ticket, months: int) -> dict[str, Any]:
    return {
        "大厅": one.hall.name,
        "号": one.number,
        "业务": one.line.name,
        "取号": _at(one.taken_at),
        "现在": one.get_stage_display(),
        "保存到": kept_until(one.day, months).isoformat(),
    }


def _ban(one: Ban, months: int) -> dict[str, Any]:
    return {
        "从哪天起": one.began_on.isoformat(),
        "放弃的日子": one.days,
        "恢复": one.lifted_on.isoformat() if one.lifted_on else "没有恢复",
        "保存到": _kept(one, one.lifted_on, months),
    }


def _kept(row: Any, ended: date | None, months: int) -> str:
    """The last day; of what is not over how long it is kept then."""
    if row.runs or ended is None:
        return f"完了以后 {months} 个月"
    return kept_until(ended, months).isoformat()


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SHANGHAI).date() if moment is not None else None


def _long(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
