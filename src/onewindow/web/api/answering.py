"""消息和超期说明的接口: what was an officer told, and how does a program answer for an overrun or judge the answer?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.notices import reads as notices
from onewindow.notices.acts import read_told
from onewindow.notices.models import OfficerMessage
from onewindow.oversight import acts, reads
from onewindow.oversight.models import Answer, Overdue
from onewindow.people.models import ApiToken, Officer
from onewindow.people.reads import colleagues
from onewindow.rules.account import GRAVITY_WORDS, PENALTY_WORDS
from onewindow.rules.grants import NotGranted
from onewindow.rules.overdue import CAUSE_WORDS, FINDING_WORDS, Cause, Finding
from onewindow.web.api.apply import Key
from onewindow.web.api.cases import READ
from onewindow.web.api.deed import fault
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Word, said

PAGE = 50
router = Router(tags=["监督"])
After = Annotated[int, Query(ge=0, lt=2**63, description="上一页的 next")]
Text = Annotated[str, Field(min_length=2, max_length=1000)]
_GRAVE = "；".join(f"{one.value} {word}" for one, word in GRAVITY_WORDS.items())
_FOLLOWS = "；".join(f"{one.value} {word}" for one, word in PENALTY_WORDS.items())


class MessageOut(BaseModel):
    """One message."""

    id: int
    kind: str = Field(description="因为哪件事，如 LightTurned 亮灯、Forwarded 转办")
    title: str
    text: str
    case: str = Field(description="办件编号；空着是不属于哪一件的，如顶岗、移交、首问")
    overrun: int | None = Field(description="超期说明的 id")
    at: datetime
    read_at: datetime | None


class Messages(BaseModel):
    """工作消息."""

    messages: list[MessageOut]
    next: int | None


class ReadIn(BaseModel):
    """Which message was read."""

    model_config = ConfigDict(extra="forbid")
    message: Annotated[int, Field(gt=0, lt=2**63)] | None = Field(None, description="消息的 id；不写是全部")


class Unread(BaseModel):
    """What is still unread."""

    unread: int = Field(description="还有几条没看，最多数到 100")


class AnswerOut(BaseModel):
    """One answer to an overrun, and what was said to it."""

    place: int = Field(description="1 第一次说明，2 退回以后的说明")
    responsible: str = Field(description="责任人的工号")
    cause: Word
    why: str
    done: str
    expected: date
    at: datetime
    accepted: bool | None = Field(description="空着是还没有审核")
    finding: Word | None
    remark: str


class OverrunOut(BaseModel):
    """One overrun."""

    id: int
    case: str = Field(description="办件编号")
    department: str
    term: Word
    due_on: date
    legal: bool = Field(description="是不是法定期限")
    state: Word
    answers: list[AnswerOut] = Field([], description="列表里不写，看一条的时候写")


class Overruns(BaseModel):
    """超期说明."""

    overruns: list[OverrunOut]
    next: int | None


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ExplainIn(_In):
    """部门说明：责任人、原因、情况和补救"""

    step: Literal["explain"]
    responsible: str = Field(
        min_length=1, max_length=20, description="责任人的工号，本部门或者收件、承办的人"
    )
    cause: Literal["load", "absent", "others", "site", "complex", "system", "omitted"] = Field(
        description="；".join(f"{one.value} {words[0]}" for one, words in CAUSE_WORDS.items())
    )
    why: Text
    done: Text
    expected: date | None = Field(None, description="预计办好的日期；已经办好的不写")


class SendBackIn(_In):
    """督查退回一次，写明哪里没有说清楚"""

    step: Literal["send-back"]
    remark: Annotated[str, Field(min_length=2, max_length=500)]


class SettleIn(_In):
    """督查采纳并认定"""

    step: Literal["settle"]
    finding: Literal["reasoned", "unreasoned", "deliberate"] = Field(
        description="；".join(f"{one.value} {word}" for one, word in FINDING_WORDS.items())
    )
    remark: str = Field("", max_length=500, description="没有正当理由的必须写")
    gravity: Literal["", "light", "serious", "grave"] = Field(
        "", description=f"{_GRAVE}；没有正当理由的必须选"
    )
    penalty: Literal["", "talk", "review", "notice", "points", "sent_back", "passed_on"] = Field(
        "", description=f"{_FOLLOWS}；没有正当理由的必须选"
    )


class TakeBackIn(_In):
    """放假通知改了到期日、照新的没有超期的，认定不成立"""

    step: Literal["take-back"]
    reason: Annotated[str, Field(min_length=2, max_length=500)]


Step = Annotated[ExplainIn | SendBackIn | SettleIn | TakeBackIn, Field(discriminator="step")]


@router.get("/messages", auth=Door("messages", READ, a_minute=300), response=refusals(Messages, *WITH_TOKEN))
def messages(
    request: ApiRequest,
    unread: Annotated[bool, Query(description="true 只要没看的")] = False,
    after: After = 0,
) -> HttpResponse:
    """工作消息: 告诉您的事，最近的在前，每页最多 50 条，按 after 翻页。"""
    by = _officer(request.auth)
    found = notices.told_officer(by, unread_only=unread, before=after or None, size=PAGE)
    return said(
        Messages(
            messages=[_message(one) for one in found[:PAGE]],
            next=found[PAGE - 1].pk if len(found) > PAGE else None,
        )
    )


@router.post(
    "/messages/read",
    auth=Door("message-read", ApiToken.Scope.STEP, a_minute=600),
    response=refusals(Unread, 404, 409, 411, 413, 415, *WITH_TOKEN),
)
def read(request: ApiRequest, told: ReadIn, idempotency_key: Key = None) -> HttpResponse:
    """看过了: 这一条，或者全部，标为看过。"""
    return once(request, lambda: _read(request.auth, told.message))


@router.get("/overruns", auth=Door("overruns", READ, a_minute=300), response=refusals(Overruns, *WITH_TOKEN))
def overruns(
    request: ApiRequest,
    state: Annotated[Overdue.State | None, Query(description="只要这个状态的；不写是没有了结的")] = None,
    after: After = 0,
) -> HttpResponse:
    """超期说明: 本部门的，督查看全县的，最近的在前，按 after 翻页。"""
    by = _officer(request.auth)
    rows, following = reads.page(by, state.value if state else "", before=after, size=PAGE)
    return said(Overruns(overruns=[_overrun(one) for one in rows], next=following or None))


@router.get(
    "/overruns/{overrun}",
    auth=Door("overrun", READ, a_minute=600),
    response=refusals(OverrunOut, 404, *WITH_TOKEN),
)
def overrun(request: ApiRequest, overrun: int) -> HttpResponse:
    """一条超期说明: 说明了几次，审核怎么说。"""
    row = _find(request.auth, overrun)
    return said(_overrun(row, reads.answers(row)))


@router.post(
    "/overruns/{overrun}/steps",
    auth=Door("overrun-step", ApiToken.Scope.STEP, a_minute=300),
    response=refusals(OverrunOut, 404, 409, 411, 413, 415, *WITH_TOKEN),
)
def answer(request: ApiRequest, overrun: int, told: Step, idempotency_key: Key = None) -> HttpResponse:
    """超期说明办一步: 部门说明，督查退回、采纳，或者认定不成立；权限和工作台相同。"""
    return once(request, lambda: _answer(request.auth, overrun, told))


def _answer(
    caller: Caller, number: int, told: ExplainIn | SendBackIn | SettleIn | TakeBackIn
) -> HttpResponse:
    row, by = _find(caller, number), _officer(caller)
    fields = told.model_dump(exclude={"step"})
    if isinstance(told, ExplainIn):
        fields |= {"responsible": _named(row, told.responsible, caller.today)}
        acts.explain(row, by=by, at=caller.at, **fields)
    elif isinstance(told, SendBackIn):
        acts.send_back(row, by=by, at=caller.at, **fields)
    elif isinstance(told, SettleIn):
        acts.settle(row, by=by, at=caller.at, **fields)
    else:
        acts.take_back(row, by=by, at=caller.at, **fields)
    now = _find(caller, number)
    return said(_overrun(now, reads.answers(now)))


def _named(row: Overdue, staff_no: str, day: date) -> int:
    """The officer of this number among those who may be named."""
    beside = [one for one in (row.case.examiner, row.case.taken_by) if one is not None]
    found = next(
        (o.pk for o in (*colleagues(row.department_id, day), *beside) if o.staff_no == staff_no), None
    )
    if found is None:
        raise fault("responsible", "请写本部门、收件或者承办这一件的人的工号。")
    return found


def _read(caller: Caller, number: int | None) -> HttpResponse:
    by = _officer(caller)
    if number is not None and not OfficerMessage.objects.filter(pk=number, officer=by).exists():
        raise Http404("没有这条消息，或者不是给您的。")
    read_told(by.account, by=by, at=caller.at, message=number)
    left = OfficerMessage.objects.filter(officer=by, read_at__isnull=True)[: notices.COUNTED + 1]
    return said(Unread(unread=len(left.values_list("pk"))))


def _find(caller: Caller, number: int) -> Overdue:
    found = reads.one(_officer(caller), number) if 0 < number < 2**63 else None
    if found is None:
        raise Http404("没有这条超期说明，或者不归您看。")
    return found


def _officer(caller: Caller) -> Officer:
    if not isinstance(caller.actor, Officer):
        raise NotGranted("这里只给工作人员。您自己的消息，请到“我的办件”里看。")
    return caller.actor


def _message(one: OfficerMessage) -> MessageOut:
    return MessageOut(
        id=one.pk,
        kind=one.kind,
        title=one.title,
        text=one.text,
        case=one.case_number,
        overrun=one.overdue,
        at=one.created_at,
        read_at=one.read_at,
    )


def _overrun(row: Overdue, given: list[Answer] | None = None) -> OverrunOut:
    return OverrunOut(
        id=row.pk,
        case=row.case.number,
        department=row.department.name,
        term=Word(code=row.term, word=row.term_title),
        due_on=row.due_on,
        legal=row.legal,
        state=Word(code=row.state, word=row.get_state_display()),
        answers=[_said(one) for one in given or ()],
    )


def _said(one: Answer) -> AnswerOut:
    found = Finding(one.finding) if one.finding else None
    return AnswerOut(
        place=one.place,
        responsible=one.responsible.staff_no,
        cause=Word(code=one.cause, word=CAUSE_WORDS[Cause(one.cause)][0]),
        why=one.why,
        done=one.done,
        expected=one.expected,
        at=one.at,
        accepted=one.accepted,
        finding=Word(code=found.value, word=FINDING_WORDS[found]) if found else None,
        remark=one.remark,
    )
