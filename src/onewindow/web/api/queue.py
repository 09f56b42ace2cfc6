"""叫号接口: the program of a window calls the next number and does with it what the bar over the counter does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.hall.acts import calling, extending, moving
from onewindow.hall.models import Ticket
from onewindow.hall.reads import current_at, in_hall, line_in, window_of
from onewindow.people.models import ApiToken, Officer
from onewindow.places.models import Window
from onewindow.rules.grants import NotGranted
from onewindow.rules.tickets import OVER, STAGE_WORDS, WHY_ABANDONED, WHY_MOVED, WHY_PARKED, TicketStage
from onewindow.web.api.apply import Key
from onewindow.web.api.deed import fault
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Moment, Word, said

router = Router(tags=["大厅"])
_WHY = "，".join(
    f"{code} {word}" for told in (WHY_MOVED, WHY_PARKED, WHY_ABANDONED) for code, word in told.items()
)


class CallStep(BaseModel):
    """One button of the bar."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    step: Literal[
        "next", "again", "begin", "finish", "miss", "return", "park", "resume", "transfer", "abandon"
    ] = Field(description="叫下一位、重呼、开始办理、办结、过号、回队、挂起、恢复、转移、弃号")
    ticket: int | None = Field(None, description="号的 id；不写就是这个窗口正在叫、正在办的号")
    why: str = Field("", max_length=20, description=f"转移、挂起、弃号的原因：{_WHY}")
    line: int | None = Field(None, description="转到哪一队（transfer）")
    window: str = Field("", max_length=20, description="转到几号窗口（transfer）")


class TicketOut(BaseModel):
    """A number as it is now."""

    id: int
    number: str
    stage: Word
    line: int
    window: str | None
    calls: int = Field(description="叫了几次")
    taken_at: Moment


class AtWindowOut(BaseModel):
    """The window after the step, and its number; none when nobody waits for it."""

    window: str
    ticket: TicketOut | None


@router.get(
    "/window",
    auth=Door("window", ApiToken.Scope.STEP, a_minute=600),
    response=refusals(AtWindowOut, *WITH_TOKEN),
)
def window(request: ApiRequest) -> HttpResponse:
    """本窗口: 令牌的账号坐的窗口，现在叫到或者正在办哪个号。"""
    there = _window(request.auth)
    return said(_out(there, current_at(there)))


@router.post(
    "/window/steps",
    auth=Door("window-step", ApiToken.Scope.STEP, a_minute=600),
    response=refusals(AtWindowOut, 404, 409, 411, 413, 415, *WITH_TOKEN),
)
def window_step(request: ApiRequest, told: CallStep, idempotency_key: Key = None) -> HttpResponse:
    """叫号办一步: 和窗口的叫号栏一样，权限也一样；一个窗口同时只有一个号。"""
    return once(request, lambda: _step(request.auth, told))


def _step(caller: Caller, told: CallStep) -> HttpResponse:
    there, by = _window(caller), caller.actor
    assert isinstance(by, Officer)
    if told.step == "next":
        return said(_out(there, calling.call_next(there, by=by, at=caller.at)))
    ticket = _ticket(there, told.ticket)
    if told.step == "transfer":
        done = _transferred(ticket, there, by, caller, told)
    elif told.step == "resume":
        done = calling.resume(ticket, by=by, at=caller.at, window=there)
    elif told.step in _WITH_WHY:
        done = _WITH_WHY[told.step](ticket, by=by, at=caller.at, why=told.why)
    else:
        done = _PLAIN[told.step](ticket, by=by, at=caller.at)
    if done.stage in OVER:
        extending.end_with(done, by=by, at=caller.at)
    return said(_out(there, done))


_PLAIN: dict[str, Callable[..., Ticket]] = {
    "again": calling.call_again,
    "begin": calling.begin,
    "finish": calling.finish,
    "miss": calling.miss,
    "return": moving.return_,
}
_WITH_WHY: dict[str, Callable[..., Ticket]] = {"park": calling.park, "abandon": calling.abandon}


def _transferred(ticket: Ticket, there: Window, by: Officer, caller: Caller, told: CallStep) -> Ticket:
    line = line_in(there.hall_id, told.line) if told.line else None
    window = Window.objects.filter(hall=there.hall_id, number=told.window).first() if told.window else None
    if (told.line and line is None) or (told.window and window is None):
        raise fault("line" if told.line and line is None else "window", "本大厅没有这个队列或者窗口。")
    return moving.transfer(ticket, by=by, at=caller.at, why=told.why, line=line, window=window)


def _window(caller: Caller) -> Window:
    """Where the officer of the token sits, as his bar over the counter has it; a tidal window while it is open."""
    by = caller.actor
    if not isinstance(by, Officer) or all(one.window is None for one in by.posts):
        raise NotGranted("叫号要用窗口人员的令牌：这个账号的岗位没有安排在窗口，请联系管理员。")
    found = window_of(by)
    if found is None:
        raise NotGranted("这个令牌的账号没有“叫号”的权限，请联系管理员。")
    return found


def _ticket(there: Window, told: int | None) -> Ticket:
    found = current_at(there) if told is None else in_hall(told, there.hall_id) if told < 2**63 else None
    if found is None:
        raise Http404("这个窗口没有正在叫、正在办的号，或者本大厅没有这个号。")
    return found


def _out(there: Window, one: Ticket | None) -> AtWindowOut:
    return AtWindowOut(window=there.number, ticket=_ticket_out(one) if one is not None else None)


def _ticket_out(one: Ticket) -> TicketOut:
    return TicketOut(
        id=one.pk,
        number=one.number,
        stage=Word(code=one.stage, word=STAGE_WORDS[TicketStage(one.stage)]),
        line=one.line_id,
        window=one.window.number if one.window is not None else None,
        calls=one.calls,
        taken_at=one.taken_at,
    )
