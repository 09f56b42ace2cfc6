"""答复的样子: in which shape does a program read a case, its dates, its letters and an item?

Keys are English, words for people stand beside their codes in Chinese. `null` stands for what is not there.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import AfterValidator, BaseModel, Field

from onewindow.ground.clock import SHANGHAI
from onewindow.web.api.shapes_ways import FilingOut, InstantOut, RenewalOut, ThirdOut, UpwardOut

JSON = "application/json"


PUBLIC = "public, no-cache"  # may be kept, and is asked for again by its ETag

# A moment is told in the time of the place, wherever it was read from.
Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(SHANGHAI))]


def said(told: BaseModel, status: int = 200, *, kept: str = "no-store") -> HttpResponse:
    """The answer as it goes out; every shape is declared, so nothing is checked a second time."""
    answer = HttpResponse(told.model_dump_json(), status=status, content_type=JSON)
    answer["Cache-Control"] = kept
    return answer


class Word(BaseModel):
    """A code and the word that people read."""

    code: str
    word: str


class Row(BaseModel):
    """One case in a list."""

    number: str = Field(examples=["LS-260924-0001"])
    item: str
    applicant: str
    stage: Word
    kind: Word = Field(description="办件类型")
    mode: Word = Field(description="办理方式")
    light: Word
    received_on: date
    due_on: date | None
    legal_due_on: date | None
    provisional: bool = Field(description="日期暂定，待国务院办公厅放假通知")
    unpaid: bool = Field(description="等缴费")
    closed_on: date | None


class Page(BaseModel):
    """One page of a list."""

    cases: list[Row]
    count: str = Field(description="1,000 以内是确数，超过为 1,000+", examples=["37", "1,000+"])
    next: str | None = Field(description="下一页的 after；没有下一页为 null")


class Term(BaseModel):
    """One term of a case."""

    name: str
    title: str
    days: int
    extended_days: int = Field(0, description="其中经批准延长的天数")
    unit: Word
    legal: bool = Field(description="法定的时限，不是承诺的")
    owed_by: str = Field(description="office 机关，applicant 申请人，above 上级机关")
    start: date = Field(description="这一天不算，从次日起数")
    due: date | None
    ended: date | None
    rests_since: date | None = Field(None, description="从这天起轮到申请人（如已催领），不再算机关的期限")
    provisional: bool
    provisional_words: str = ""
    note: str = Field("", description="本地设定的时限注明没有文件规定")


class Step(BaseModel):
    """One step of the way, in the applicant's words."""

    state: str = Field(description="done 已办，now 正在办，next 接下来")
    title: str
    at: Moment | None
    where: str
    text: str
    voided: bool = Field(False, description="这一步已作废，原因在 text 里")


class LetterOut(BaseModel):
    """One letter of a case."""

    id: int
    title: str
    number: str
    issued_on: date
    code: str = Field(description="验真码")
    replaced: bool = Field(description="已被另一份文书更正")
    replaced_by: str = Field("", description="更正它的那份文书的文号")
    replaces: str = Field("", description="它更正的那份文书的文号")
    served_at: datetime | None = Field(None, description="送达时间；结果的送达见经过")
    served_by: str = Field(
        "", description="送达方式：counter 直接，left 留置，post 邮寄，online 电子；空着是还没送达"
    )
    waits: bool = Field(False, description="等着送达（hand-letter、send-letter、leave-letter）")
    tracking: str = Field("", description="寄出还没有签收的运单号（letter-arrived、letter-back）")
    correction: int | None = Field(
        None, description="等着确认的更正（confirm-correction、decline-correction）"
    )
    void_on: date | None = Field(None, description="作废的日期")
    revoked_on: date | None = Field(None, description="所载决定被撤销的日期")
    url: str = Field(description="签章 PDF")


class ResultOut(BaseModel):
    """What was granted."""

    name: str
    number: str
    valid_from: date | None = Field(description="有效期自")
    valid_until: date | None = Field(description="有效期至，含这一天")
    revoked_on: date | None = Field(None, description="哪一天撤销的，从那天起不再有效；没有撤销的，没有")


class ItemRef(BaseModel):
    """The item of a case and the version that the case keeps."""

    code: str
    name: str
    version: int


class ProcedureOut(BaseModel):
    """One special procedure."""

    id: int
    kind: str
    begun_on: date
    planned_end: date
    ended_on: date | None
    stops: list[str] = Field(description="它停止计算的期限，terms 的 name")
    overrun: bool = Field(description="过了告诉申请人的日子才结束或者还没有结束")


class RecordOut(BaseModel):
    """One entry of the record of a case, as the office reads it."""

    place: int = Field(description="序号，从 1 起；ask-void 用它")
    fact: str
    word: str
    on: date = Field(description="发生的日子")
    at: Moment = Field(description="登记的时刻；和 on 不是同一天的是补录")
    voided: bool = Field(description="已作废，不再算数")
    voiding: int | None = Field(None, description="等着确认的作废（confirm-void、decline-void）")


class BillOut(BaseModel):
    """One bill; sums are yuan with two places, as texts."""

    id: int
    pay_number: str = Field(description="缴款单号")
    total: str = Field(examples=["75.50"])
    relief: str = Field(description="已减免")
    due: str = Field(description="还要缴的；作废、缴清和全部减免的是 0.00")
    paid: str | None = Field(description="已缴；没有缴为 null")
    refunded: str = Field(description="已退付")
    pay_by: date
    before: Word = Field(description="decide 作出决定以前缴，issue 领取结果以前缴；等缴费不停止计算期限")


class DeferralOut(BaseModel):
    """Papers that follow after the acceptance."""

    id: int
    promised: int = Field(description="承诺补交几份")
    owed: int = Field(description="还差几份")
    waits: int = Field(description="补来了、还没有核对的")
    due: date | None = Field(description="补交到哪一天；不在等的没有")
    state: Literal["open", "cleared", "missed"]


class PromiseOut(BaseModel):
    """A promise of the conditions, and how far its check is."""

    id: int
    signed_on: date
    state: Literal["signed", "taken_back", "kept", "mending", "mended", "revoking", "revoked"]
    mend_by: date | None
    reply_by: date | None = Field(description="陈述申辩到哪一天")


class CaseOut(BaseModel):
    """One case."""

    number: str
    national_number: str
    item: ItemRef
    department: str
    applicant: str
    applicant_died_on: date | None = Field(None, description="申请人哪一天去世的，窗口登记的；只给工作人员")
    stage: Word = Field(description="申请人读到的说法")
    kind: Word = Field(description="办件类型")
    mode: Word = Field(description="办理方式")
    light: Word
    received_at: Moment
    accepted_on: date | None
    decided_on: date | None
    closed_on: date | None
    due_on: date | None
    legal_due_on: date | None
    provisional: bool
    terms: list[Term]
    procedures: list[ProcedureOut] = Field(description="特别程序，先开始的在前")
    bills: list[BillOut] = Field(description="缴费通知书，先开的在前；不收费的为空")
    heard: int = Field(description="要听取意见的利害关系人有几位；不说是谁")
    deferral: DeferralOut | None = Field(None, description="容缺受理；没有的不写")
    promise: PromiseOut | None = Field(None, description="告知承诺；没有的不写")
    thirds: list[ThirdOut] = Field(default=[], description="利害关系人，只有编号，没有姓名；只给工作人员")
    upward: UpwardOut | None = Field(None, description="转报上级；没有转报的不写")
    renewal: RenewalOut | None = Field(None, description="登记了要延续的原证；没有的不写")
    instant: InstantOut | None = Field(None, description="秒批规则核对；没有核对的不写")
    filing: FilingOut | None = Field(None, description="备案；没有备案的不写")
    timeline: list[Step]
    result: ResultOut | None = Field(None, description="准予的结果；还没有决定或者不予的，没有")
    letters: list[LetterOut]
    records: list[RecordOut] = Field(default=[], description="全部记载，作废的也在；只给工作人员")
    seen: int = Field(description="已有几条记载；办理时带上它，别人刚办过就会被拒绝")


class ProofLine(BaseModel):
    """One day of a proof."""

    on: date
    counted: bool
    number: int
    reason: str
    source: str
    last: bool
    kind: Literal["day", "paused", "extension"] = Field(
        description="day 平常的一天，paused 特别程序期间，extension 不是一天，是写明延长的一行"
    )


class BeganOut(BaseModel):
    """The fact from which a term runs."""

    fact: str
    word: str
    on: date = Field(description="从这天的次日起数")
    at: Moment = Field(description="记下的时刻")


class ClauseOut(BaseModel):
    """The words on which a term rests."""

    source: str
    clause: str
    quote: str


class TermProof(Term):
    """A term with every day from its start to its end, counted or not and why."""

    key: str = Field(description="期限证明地址里的那个词", examples=["decide"])
    began: BeganOut | None = Field(description="从哪个事实起算")
    why: str
    clauses: list[ClauseOut] = Field(description="这个期限的条文原话")
    rules: list[ClauseOut] = Field(description="怎样计日的条文原话")
    days_proved: list[ProofLine] = Field(description="逐日；正在暂停的列到今天为止")
    pdf: str = Field(description="期限证明的 PDF")


class Proof(BaseModel):
    """怎么算的: every term of a case day by day."""

    number: str
    terms: list[TermProof]


class Opened(BaseModel):
    """A case that was just opened."""

    number: str
    national_number: str
    enquiry_code: str = Field(description="凭编号和查询码查进度")
    stage: Word
    received_at: Moment
    due_on: date | None
    provisional: bool
    url: str


class Done(BaseModel):
    """Where a case stands after a step."""

    number: str
    step: str
    stage: Word
    due_on: date | None
    legal_due_on: date | None
    provisional: bool
    closed_on: date | None
    seen: int


class Rated(BaseModel):
    """A rating that was given."""

    number: str
    grade: Word
    reasons: list[Word]


class LetterKnown(BaseModel):
    """What anybody may know of a letter that carries this code."""

    code: str
    title: str
    number: str
    organ: str
    issued_on: date
    addressee: str = Field(description="遮住名字")
    item: str
    digest: str = Field(description="签章 PDF 的 SM3 摘要，十六进制；一致的就是我们保存的这一份")
    sha256: str = Field(description="同一份 PDF 的 SHA-256 摘要，十六进制")
    demo: bool = Field(description="演示，没有法律效力")
    replaced_by: str = Field(description="已被这一文号的文书更正；空的是现行的")
    void_on: date | None = Field(None, description="作废的日期；作废的文书不发生效力")
    revoked_on: date | None = Field(None, description="文书写的决定撤销的日期；从那天起不再有效")
    void_by: str = Field("", description="告知作废的文书的文号")
    revoked_by: str = Field("", description="撤销决定书的文号")
