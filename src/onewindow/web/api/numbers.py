"""取号接口: an applicant's own program takes a number in the hall in which he stands, and sees how long he waits."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.box.reads import copy_of
from onewindow.ground.clock import now
from onewindow.hall.actors import Visitor
from onewindow.hall.acts.tickets import take
from onewindow.hall.hours import line_of
from onewindow.hall.models import Ticket
from onewindow.hall.reads import by_code, place
from onewindow.people.models import ApiToken, Party
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.tickets import STAGE_WORDS, TicketStage
from onewindow.web.api.apply import Key
from onewindow.web.api.deed import fault
from onewindow.web.api.door import ApiRequest, Door, PublicDoor
from onewindow.web.api.halls import found_hall
from onewindow.web.api.once import once
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Moment, Word, said
from onewindow.web.views.hall.scan import shown_here

router = Router(tags=["大厅"])


class NumberIn(BaseModel):
    """Where he stands, and for which business."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    hall: int = Field(description="大厅的 id")
    line: int = Field(description="队列的 id，getHall 的 lines 给出")
    shown: str = Field(
        min_length=8,
        max_length=200,
        description="取号机屏幕上二维码里的 t 参数：人在大厅里才取得到号，几分钟有效",
    )


class NumberOut(BaseModel):
    """A number, and how long its holder waits yet."""

    code: str = Field(description="查这个号用的码，只有取号的人知道")
    number: str
    stage: Word
    line: str
    window: str | None = Field(description="叫到几号窗口")
    ahead: int | None = Field(description="前面还有几个号；不在等、大厅暂时离线的为 null")
    least: int | None = Field(description="至少还要等几分钟")
    most: int | None = Field(description="最多还要等几分钟")
    taken_at: Moment
    url: str = Field(description="手机上看这个号的网页")


@router.post(
    "/numbers",
    auth=Door("number-take", ApiToken.Scope.APPLY, a_minute=20),
    response=refusals(NumberOut, 404, 409, 411, 413, 415, *WITH_TOKEN, status=201),
)
def take_number(request: ApiRequest, told: NumberIn, idempotency_key: Key = None) -> HttpResponse:
    """手机取号: 用申请人的令牌，人在大厅里扫取号机上的码取号；规则和网页上扫码取号一样。"""
    return once(request, lambda: _taken(request, told))


@router.get("/numbers/{code}", auth=PublicDoor("number", a_minute=120), response=refusals(NumberOut, 404))
def number(request: ApiRequest, code: str) -> HttpResponse:
    """我的号: 前面还有几个人、大约还要等多久、叫到哪个窗口；凭取号时给的码。"""
    found = by_code(code[:24])
    if found is None or found.county != request.county.code:
        raise Http404("没有这个号，请核对取号时给的码。")
    return said(_out(found, now()))


def _taken(request: ApiRequest, told: NumberIn) -> HttpResponse:
    caller = request.auth
    if not isinstance(caller.actor, Party):
        raise NotGranted("取号要用申请人本人的令牌。窗口替来人取号，请在叫号栏取。")
    hall = found_hall(caller.county.code, told.hall)
    if not shown_here(told.shown, hall):
        raise NotAllowed("这个码过时了，或者不是这个大厅的。请重新扫取号机屏幕上的码。")
    line = line_of(hall, told.line) if 0 < told.line < 2**63 else None
    if line is None:
        raise fault("line", "本大厅没有这个队列，请重新选择。")
    channel, party = Ticket.Channel.PHONE, caller.actor
    made = take(hall, line, by=Visitor(hall), at=caller.at, once=uuid4(), channel=channel, party=party)
    answer = said(_out(made, caller.at), status=201)
    answer["Location"] = reverse("api-1:number", args=[made.code])
    return answer


def _out(one: Ticket, at: datetime) -> NumberOut:
    copy = copy_of(one.hall, at)
    stands = place(one, at) if copy is None or not copy.stale else None  # what is too old is shown to nobody
    wait = stands.wait if stands is not None else None
    return NumberOut(
        code=one.code,
        number=one.number,
        stage=Word(code=one.stage, word=STAGE_WORDS[TicketStage(one.stage)]),
        line=one.line.name,
        window=one.window.number if one.window is not None else None,
        ahead=stands.ahead if stands is not None else None,
        least=wait.least if wait is not None else None,
        most=wait.most if wait is not None else None,
        taken_at=one.taken_at,
        url=f"{settings.PUBLIC_URL}{reverse('hall_number', args=[one.code])}",
    )
