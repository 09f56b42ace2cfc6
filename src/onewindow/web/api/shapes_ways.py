"""各条路的字段: which fields has a case that went up, goes on, is heard by others, or was short of a person?"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field


class ThirdOut(BaseModel):
    """One third party by its number; who it is stands nowhere here."""

    id: int = Field(description="tell-third、note-third、hear-third、release-third 的 third")
    reply_by: date | None = Field(description="提出意见到哪一天；告知书还没有送达为 null")
    ask_by: date | None = Field(description="要求听证到哪一天；不能要求听证为 null")
    spoke: bool
    heard: bool = Field(description="已经听取")
    hearing: bool = Field(description="要求听证，还没有举行")


class UpwardOut(BaseModel):
    """What was sent to the organ above."""

    organ: str
    sent_on: date
    due: date | None = Field(description="上级公布的时限到哪一天；没有公布为 null")
    answered_on: date | None = Field(description="收到上级决定的日子")
    granted: bool | None = Field(description="上级准予还是不予；还没有决定为 null")


class RenewalOut(BaseModel):
    """The licence that is to go on."""

    expires_on: date = Field(description="原证的有效期截止日")
    by_law_on: date | None = Field(description="到期没有决定，视为准予延续的日子")


class RowOut(BaseModel):
    """One row of the decision table."""

    row: int = Field(description="第几条，从 1 起，条文见事项的 guide.instant")
    holds: bool | None = Field(description="true 符合，false 不符合，null 拿不准")


class InstantOut(BaseModel):
    """秒批规则核对."""

    granted: bool = Field(description="true 由系统准予，false 转给了工作人员")
    on: date
    mark: str = Field(description="规则的标识，规则改了就变")
    rows: list[RowOut] = Field(description="逐条核对；只给工作人员")


class FilingOut(BaseModel):
    """A filing."""

    filed_on: date
    checked_on: date | None = Field(description="核查的日子")
    fits: bool | None = Field(description="核查有没有问题；还没有核查为 null")
