"""答复的样子: in which shape does a program read a case, its dates, its letters and an item?

Keys are English, words for people stand beside their codes in Chinese. `null` stands for what is not there.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import AfterValidator, BaseModel, Field

from onewindow.ground.clock import SHANGHAI

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
    light: Word
    received_on: date
    due_on: date | None
    legal_due_on: date | None
    provisional: bool = Field(description="日期暂定，待国务院办公厅放假通知")
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
    owed_by: str = Field(description="office 机关，applicant 申请人")
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
    url: str = Field(description="签章 PDF")


class ResultOut(BaseModel):
    """What was granted."""

    name: str
    number: str
    valid_from: date | None = Field(description="有效期自")
    valid_until: date | None = Field(description="有效期至，含这一天")


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
    stage: Word = Field(description="申请人读到的说法")
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
    deferral: DeferralOut | None = Field(None, description="容缺受理；没有的不写")
    promise: PromiseOut | None = Field(None, description="告知承诺；没有的不写")
    timeline: list[Step]
    result: ResultOut | None = Field(None, description="准予的结果；还没有决定或者不予的，没有")
    letters: list[LetterOut]
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


class PaperOut(BaseModel):
    """One sheet that an applicant can download."""

    role: Word = Field(description="blank 空白表格，sample 样表")
    type: str
    url: str


class OptionOut(BaseModel):
    """One answer to a question about the situation."""

    key: str = Field(description="写进申请的 situation")
    label: str
    way: str = Field("", description="这样的情形怎么申请")
    window_only: bool = Field(False, description="只能到窗口办，网上提交会被拒绝")


class QuestionOut(BaseModel):
    """情形: a question on which it depends what must be handed in."""

    key: str
    ask: str
    options: list[OptionOut]


class MaterialOut(BaseModel):
    """One material that an item demands."""

    code: str
    name: str
    necessity: Word
    source: str
    forms: list[str]
    copies: int
    when: dict[str, list[str]] = Field(
        description="哪些情形才要：每个问题答了其中之一；空的都要", examples=[{"agent": ["other"]}]
    )
    handed_in: bool = Field(description="要申请人交；否则部门自己有，不用交")
    by_form: bool = Field(description="网上申请时申请表就是它，不用再传")
    papers: list[PaperOut] = Field(description="可以免费下载的空白表格和样表")


class ItemRow(BaseModel):
    """One item in a list."""

    code: str = Field(description="办事指南的编码，用在其他地址里")
    name: str
    kind: str
    department: str
    state: Word
    open: bool = Field(description="今天能不能申请")
    online: bool = Field(description="能不能在网上申请")
    audience: list[str]
    themes: list[str]


class ItemPage(BaseModel):
    """One page of the catalogue."""

    items: list[ItemRow]
    next: str | None


class Days(BaseModel):
    """A number of days and their unit."""

    days: int
    unit: Word


class ItemOut(ItemRow):
    """One version of an item: what its guide says, in its own elements."""

    version: int | None = Field(description="没有完整指南的名录事项为 null")
    current: bool
    effective_on: date | None
    published_at: Moment | None
    legal: Days | None
    promised: Days | None
    immediate: bool
    questions: list[QuestionOut] = Field(description="情形问题，网上申请时都要答")
    materials: list[MaterialOut]
    form: dict[str, object] = Field(description="申请表的 JSON Schema")
    form_papers: list[PaperOut] = Field(description="申请表的空白表格和样表")
    guide: dict[str, object] = Field(description="指南的其他要素：依据、条件、步骤、收费、结果")
    notice: str = Field(description="暂停或取消的原因")


class Hit(BaseModel):
    """One item found."""

    item: ItemRow
    why: Word = Field(description="named 就叫这个，meant 意思是这个，mentioned 提到")


class Found(BaseModel):
    """What a search found."""

    hits: list[Hit]
    count: str
    page: int
    pages: int
