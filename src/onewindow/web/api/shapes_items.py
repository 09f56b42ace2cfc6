"""接口里的事项: what does a program read of items, their materials and a search?"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from onewindow.web.api.shapes import Moment, Word


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
