"""大厅接口: which halls are there, how long does one wait in each line, when are they open, and when can one book?"""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from onewindow.box.reads import copy_of
from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now, today
from onewindow.hall.offered import Wanted, days_open, line_for, minutes_of, sessions_of, terms
from onewindow.hall.reads import board
from onewindow.hall.reads.boards import Counted, Sign
from onewindow.places.models import Hall
from onewindow.rules.opening import SESSION_WORDS
from onewindow.web.api.door import ApiRequest, PublicDoor
from onewindow.web.api.refusals import refusals
from onewindow.web.api.shapes import Moment, Word, said

router = Router(tags=["大厅"])
Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class Hours(BaseModel):
    """One stretch of time in which the hall serves."""

    kind: Word
    begins: Clock
    ends: Clock
    provisional: bool = Field(description="日期暂定，待国务院办公厅放假通知")


class LineOut(BaseModel):
    """One line of business, and what somebody waits who comes now."""

    id: int
    letter: str = Field(description="号码的字母")
    name: str
    about: str
    waiting: int | None = Field(description="在等的人数；大厅本机没有消息、数字已经旧了为 null")
    least: int | None = Field(description="现在取号，至少等几分钟；没有窗口开着或者数字已经旧了为 null")
    most: int | None = Field(description="最多等几分钟")


class WindowOut(BaseModel):
    """One window: what it calls, and whether it does now."""

    number: str
    name: str
    lines: list[str]
    calls: bool = Field(description="开着，没有暂停服务")
    why: str = Field(description="没有开着或者暂停的原因")
    serving: str | None = Field(description="正在叫或者正在办的号；数字已经旧了为 null")


class HallRow(BaseModel):
    """One hall in the list."""

    id: int
    name: str
    kind: Word
    address: str
    phone: str


class Halls(BaseModel):
    """取号的大厅."""

    halls: list[HallRow]


class HallOut(HallRow):
    """One hall as it is now."""

    at: Moment
    elsewhere: bool = Field(
        description="排队由大厅本机管理；本机没有消息的时候，等候人数、时间和正在办的号为 null"
    )
    today: list[Hours] = Field(description="今天的开放时间")
    lines: list[LineOut]
    windows: list[WindowOut]


class SlotOut(BaseModel):
    """A time at which a visit can begin."""

    begins: Clock
    ends: Clock
    left: int = Field(description="还能约几个")


class Bookable(BaseModel):
    """The times of one session of a day."""

    on: date
    service: Word = Field(description="时段预约，双休日和节假日的预约，错时服务；名称照本地文件")
    provisional: bool
    slots: list[SlotOut]


class Times(BaseModel):
    """能约的时间."""

    hall: int
    minutes: int = Field(description="这次来一共约多少分钟")
    times: list[Bookable]


@router.get("/halls", auth=PublicDoor("halls", a_minute=120), response=refusals(Halls))
def halls(request: ApiRequest) -> HttpResponse:
    """大厅: 能取号的大厅、便民服务中心和站。"""
    rows = Hall.objects.filter(county=request.county.code, lines__closed_on__isnull=True, lines__isnull=False)
    return said(Halls(halls=[HallRow(**_row(one)) for one in rows.distinct().order_by("pk")]))


@router.get("/halls/{hall}", auth=PublicDoor("hall", a_minute=120), response=refusals(HallOut, 404))
def hall(request: ApiRequest, hall: int) -> HttpResponse:
    """大厅现在: 每一队等几个人、现在取号等多久，今天的开放时间，每个窗口开没开。只有号码，没有姓名。"""
    found, at = found_hall(request.county.code, hall), now()
    there, copy = board(found, at), copy_of(found, at)
    known = copy is None or not copy.stale  # what is too old is told to nobody
    hours = [
        Hours(
            kind=Word(code=one.kind.value, word=SESSION_WORDS[one.kind]),
            begins=clock(one.begins),
            ends=clock(one.ends),
            provisional=one.provisional,
        )
        for one in sessions_of(found, at.date())
    ]
    told = HallOut(
        **_row(found),
        at=at,
        elsewhere=bool(found.box),
        today=hours,
        lines=[_line(one, known) for one in there.lines],
        windows=[_window(one, known) for one in there.signs if one.window.lines.all()],
    )
    return said(told)


@router.get("/halls/{hall}/times", auth=PublicDoor("times", a_minute=60), response=refusals(Times, 404, 409))
def times(
    request: ApiRequest,
    hall: int,
    item: Annotated[list[str], Query(min_length=1, max_length=5, description="事项编码，一次办几项就写几次")],
) -> HttpResponse:
    """能约的时间: 这些事项在这个大厅能约的日子和时段，从现在起到可约的最后一天。"""
    found = found_hall(request.county.code, hall)
    items = [found_item(request.county.code, code) for code in item]
    line = line_for(found, items)
    if line is None:
        raise Http404("这些事项不能在这个大厅一次办完，请分开预约，或者另选大厅。")
    minutes, called = minutes_of(line, items), terms(today()).policy.words
    told = [
        Bookable(
            on=day.on,
            service=Word(code=service.value, word=called[service]),
            provisional=session.provisional,
            slots=[SlotOut(begins=clock(one.begins), ends=clock(one.ends), left=one.left) for one in slots],
        )
        for day in days_open(Wanted(found, line, minutes), at=now())
        for session, service, slots in day.times
        if slots
    ]
    return said(Times(hall=found.pk, minutes=minutes, times=told))


def clock(at: time) -> str:
    """A time of day as programs read it."""
    return f"{at:%H:%M}"


def found_hall(county: str, pk: int) -> Hall:
    """A hall of this county."""
    found = Hall.objects.filter(county=county, pk=pk).first() if 0 < pk < 2**63 else None
    if found is None:
        raise Http404("没有这个大厅，请核对编号。")
    return found


def found_item(county: str, code: str) -> Item:
    """An item that can be done now."""
    guide = reads.guide(county, code)
    if guide is None or not guide.item.is_open:
        raise Http404("没有这个事项，或者现在不能办，请核对编码。")
    return guide.item


def _row(one: Hall) -> dict[str, Any]:
    kind = Word(code=one.kind, word=Hall.Kind(one.kind).label)
    return {"id": one.pk, "name": one.name, "kind": kind, "address": one.address, "phone": one.phone}


def _line(one: Counted, known: bool) -> LineOut:
    line, wait = one.line, one.wait if known else None
    return LineOut(
        id=line.pk,
        letter=line.letter,
        name=line.name,
        about=line.about,
        waiting=one.waiting if known else None,
        least=wait.least if wait else None,
        most=wait.most if wait else None,
    )


def _window(one: Sign, known: bool) -> WindowOut:
    window = one.window
    return WindowOut(
        number=window.number,
        name=window.name,
        lines=one.lines,
        calls=window.calls,
        why=window.why_paused if window.paused else window.why_closed if not window.is_open else "",
        serving=one.current.number if one.current and known else None,
    )
