"""权力: which powers exist, and how does an act demand one?"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast


class Grant(StrEnum):
    """A power is a word; a post at an office holds it, never a person."""

    INTAKE_RECEIVE = "intake:receive"
    CASE_ACCEPT = "cases:accept"
    CASE_PROPOSE_REFUSAL = "cases:propose-refusal"
    CASE_REFUSE = "cases:refuse"
    CASE_EXAMINE = "cases:examine"
    CASE_DECIDE = "cases:decide"
    CASE_DECIDE_AT_ONCE = "cases:decide-at-once"
    CASE_REPORT = "cases:report"
    CASE_FORWARD = "cases:forward"
    CASE_SECOND_CORRECTION = "cases:second-correction"
    CASE_EXTEND = "cases:extend"
    CASE_EXTEND_JOINT = "cases:extend-joint"
    CASE_DELIVER = "cases:deliver"
    FEE_BILL = "fees:bill"
    FEE_BILL_AGAIN = "fees:bill-again"
    FEE_COLLECT = "fees:collect"
    FEE_SETTLE = "fees:settle"
    FEE_GATEWAY = "fees:gateway"
    THIRD_SPEAK = "cases:third-speak"
    PARTY_BAR = "people:bar"
    CASE_WITHDRAW = "cases:withdraw"
    CASE_APPLY = "cases:apply"
    CASE_TICK = "cases:tick"
    RECORD_ASK = "record:ask"
    RECORD_VOID = "record:void"
    RATING_GIVE = "ratings:give"
    RATING_WATCH = "ratings:watch"
    COMPLAINT_GIVE = "complaints:give"
    COMPLAINT_SETTLE = "complaints:settle"
    SUPERVISE = "oversight:watch"
    LIGHTS_WATCH = "oversight:lights"
    OVERDUE_ANSWER = "oversight:answer"
    OVERDUE_SETTLE = "oversight:settle"
    CREDIT_NOTE = "credit:note"
    CREDIT_ASK = "credit:ask"
    CREDIT_REPAIR = "credit:repair"
    CATALOGUE_DRAFT = "catalogue:draft"
    CATALOGUE_REVIEW = "catalogue:review"
    CATALOGUE_PUBLISH = "catalogue:publish"
    PEOPLE_FILE = "people:file"
    PEOPLE_UNMASK = "people:unmask"
    PEOPLE_MANAGE = "people:manage"
    CHIEF_DELEGATE = "people:delegate"
    TOKENS_MANAGE = "tokens:manage"
    PLACES_MANAGE = "places:manage"
    SETTINGS_CHANGE = "settings:change"
    ERRANDS_RETRY = "errands:retry"
    SEAL_LOAD = "seals:load"
    LETTER_ISSUE = "letters:issue"
    LETTER_CORRECT = "letters:correct"
    ACCESS_READ = "access:read"
    ACCOUNT_KEEP = "account:keep"
    ACCOUNT_KEEP_OWN = "account:keep-own"
    ACCOUNT_OPEN_OWN = "account:open-own"
    NOTICE_SEND = "notices:send"
    ABSENCE_OWN = "absence:own"
    ABSENCE_ARRANGE = "absence:arrange"
    ASKED_KEEP = "asked:keep"
    HALL_TAKE = "hall:take"
    HALL_CALL = "hall:call"
    HALL_MANAGE = "hall:manage"
    HALL_TICK = "hall:tick"
    KEEPING_CLEAR = "keeping:clear"
    HALL_IMPROVE = "hall:improve"
    BOX_LINK = "box:link"
    RECEIPT_WRITE = "receipts:write"
    CAP_APPROVE = "hall:cap"
    BOOKING_ASK = "bookings:ask"
    BOOKING_ANSWER = "bookings:answer"
    BOOKING_FILE = "bookings:file"
    BOOKING_LIFT = "bookings:lift"
    EXTENSION_ASK = "extensions:ask"
    EXTENSION_FILE = "extensions:file"
    EXTENSION_CALL_BACK = "extensions:call-back"
    DUTY_ARRANGE = "duty:arrange"
    DUTY_OWN = "duty:own"
    EMERGENCY_APPROVE = "emergency:approve"
    NORMS_ISSUE = "norms:issue"
    NORMS_OWN = "norms:own"


GRANT_WORDS: dict[Grant, str] = {
    Grant.INTAKE_RECEIVE: "收件",
    Grant.CASE_ACCEPT: "受理",
    Grant.CASE_PROPOSE_REFUSAL: "提请不予受理",
    Grant.CASE_REFUSE: "决定不予受理",
    Grant.CASE_EXAMINE: "审核",
    Grant.CASE_DECIDE: "决定",
    Grant.CASE_DECIDE_AT_ONCE: "窗口当场决定",
    Grant.CASE_REPORT: "联系上级和登记上级决定",
    Grant.CASE_FORWARD: "转办",
    Grant.CASE_SECOND_CORRECTION: "批准再次补正",
    Grant.CASE_EXTEND: "批准延长期限",
    Grant.CASE_EXTEND_JOINT: "代表本级政府批准联办件延长",
    Grant.CASE_DELIVER: "送达和出件",
    Grant.FEE_BILL: "开缴费通知书",
    Grant.FEE_BILL_AGAIN: "另开缴费通知书",
    Grant.FEE_COLLECT: "收费",
    Grant.FEE_SETTLE: "决定减免和退付",
    Grant.FEE_GATEWAY: "记下网上缴费",
    Grant.THIRD_SPEAK: "利害关系人陈述意见",
    Grant.PARTY_BAR: "警告和限制申请",
    Grant.CASE_WITHDRAW: "撤回申请",
    Grant.CASE_APPLY: "提出申请",
    Grant.CASE_TICK: "到期自动处理",
    Grant.RECORD_ASK: "提出作废记载",
    Grant.RECORD_VOID: "确认作废记载",
    Grant.RATING_GIVE: "评价",
    Grant.RATING_WATCH: "查看评价",
    Grant.COMPLAINT_GIVE: "登记投诉",
    Grant.COMPLAINT_SETTLE: "核查投诉",
    Grant.SUPERVISE: "监督检查",
    Grant.LIGHTS_WATCH: "查看本部门红黄灯",
    Grant.OVERDUE_ANSWER: "说明超期",
    Grant.OVERDUE_SETTLE: "审核超期说明",
    Grant.CREDIT_NOTE: "记入失信记录",
    Grant.CREDIT_ASK: "提请信用修复",
    Grant.CREDIT_REPAIR: "同意信用修复",
    Grant.CATALOGUE_DRAFT: "起草事项",
    Grant.CATALOGUE_REVIEW: "审核事项",
    Grant.CATALOGUE_PUBLISH: "发布事项",
    Grant.PEOPLE_FILE: "查看申请人档案",
    Grant.PEOPLE_UNMASK: "查看完整证件号码",
    Grant.PEOPLE_MANAGE: "管理人员和岗位",
    Grant.CHIEF_DELEGATE: "授权首席事务代表",
    Grant.TOKENS_MANAGE: "管理接口令牌",
    Grant.PLACES_MANAGE: "管理机构和窗口",
    Grant.SETTINGS_CHANGE: "修改本地设定",
    Grant.ERRANDS_RETRY: "重办失败的后续事项",
    Grant.SEAL_LOAD: "装入印章",
    Grant.LETTER_ISSUE: "出具文书",
    Grant.LETTER_CORRECT: "更正文书",
    Grant.ACCESS_READ: "查看访问日志",
    Grant.ACCOUNT_KEEP: "修改自己的账号",
    Grant.ACCOUNT_KEEP_OWN: "管理自己的信息",
    Grant.ACCOUNT_OPEN_OWN: "自己注册账号",
    Grant.NOTICE_SEND: "发送通知",
    Grant.ABSENCE_OWN: "登记自己的休假和移交",
    Grant.ABSENCE_ARRANGE: "安排休假顶岗和工作移交",
    Grant.ASKED_KEEP: "首问登记和答复",
    Grant.HALL_TAKE: "取号",
    Grant.HALL_CALL: "叫号",
    Grant.HALL_MANAGE: "管理大厅排队",
    Grant.HALL_TICK: "大厅到点自动处理",
    Grant.KEEPING_CLEAR: "按保存期限清除个人信息",
    Grant.HALL_IMPROVE: "答复大厅意见建议",
    Grant.BOX_LINK: "大厅本机对接",
    Grant.RECEIPT_WRITE: "离线收件",
    Grant.CAP_APPROVE: "批准限号",
    Grant.BOOKING_ASK: "登记预约",
    Grant.BOOKING_ANSWER: "答复和办理预约",
    Grant.BOOKING_FILE: "预约登记表备案",
    Grant.BOOKING_LIFT: "决定恢复预约",
    Grant.EXTENSION_ASK: "请求延时服务",
    Grant.EXTENSION_FILE: "延时登记表备案",
    Grant.EXTENSION_CALL_BACK: "延时服务回访",
    Grant.DUTY_ARRANGE: "安排值班",
    Grant.DUTY_OWN: "值班签到",
    Grant.EMERGENCY_APPROVE: "批准应急预案",
    Grant.NORMS_ISSUE: "发布工作制度",
    Grant.NORMS_OWN: "签收工作制度",
}


class NotAllowed(Exception):
    """A refusal with a Chinese sentence that the person in front of the screen can act on."""


class NotGranted(NotAllowed):
    """The actor's posts do not hold the power, or not for this object."""


class Overreach(NotAllowed):
    """More was demanded of an applicant than guide and law allow; `by_field` names what. It is written down."""

    within = "demands"

    def __init__(self, sentence: str, *demanded: str) -> None:
        super().__init__(sentence)
        self.by_field = {name: "不在本事项的材料清单里。" for name in demanded}


class Actor(Protocol):
    """Who acts: an officer with his posts, an applicant, or the clock itself."""

    @property
    def actor_code(self) -> str:
        """What the journal keeps: `officer:12`, `person:3` or `system`; never a name."""
        ...

    def may(self, grant: Grant, subject: object | None = None) -> bool: ...


class System:
    """Time and duty that act by themselves: to tick, to issue letters, to tell, to note a broken promise, to clear."""

    actor_code = "system"
    _does = frozenset(
        {
            Grant.CASE_TICK,
            Grant.LETTER_ISSUE,
            Grant.NOTICE_SEND,
            Grant.CREDIT_NOTE,
            Grant.HALL_TICK,
            Grant.KEEPING_CLEAR,
        }
    )

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in self._does


class Gateway:
    """The payment gateway, whose signed word that a bill was paid is written down and nothing else."""

    actor_code = "gateway"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.FEE_GATEWAY


class Founder:
    """Whoever sets an installation up, before there is an administrator who could: offices, posts and people.

    Only the command line and the demonstration county act as the founder; no request ever does.
    """

    actor_code = "founder"
    _lays = frozenset(
        {
            Grant.PEOPLE_MANAGE,
            Grant.PEOPLE_FILE,
            Grant.PLACES_MANAGE,
            Grant.SETTINGS_CHANGE,
            Grant.ABSENCE_ARRANGE,
            Grant.NORMS_ISSUE,
        }
    )

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in self._lays


SYSTEM = System()
FOUNDER = Founder()
GATEWAY = Gateway()

Act = TypeVar("Act", bound=Callable[..., Any])


def needs(grant: Grant) -> Callable[[Act], Act]:
    """Let an act run only when its `by` holds `grant` for the first argument, however it was passed."""

    def wrap(act: Act) -> Act:
        first = next(iter(inspect.signature(act).parameters), "")

        @functools.wraps(act)
        def guarded(*args: Any, by: Actor, **kwargs: Any) -> Any:
            subject = args[0] if args else kwargs.get(first)
            if not by.may(grant, subject):
                raise NotGranted(f"您的岗位没有“{GRANT_WORDS[grant]}”的权限，请联系本单位管理员。")
            return act(*args, by=by, **kwargs)

        guarded.grant = grant  # type: ignore[attr-defined]
        return cast(Act, guarded)

    return wrap
