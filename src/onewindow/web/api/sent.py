"""请求的样子: what does a program send to hand an application in?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, model_validator

from onewindow.intake.content import MOST_FILES
from onewindow.people.models import PaperKind

PAPERS = "，".join(f"{kind.value} {kind.label}" for kind in PaperKind)
CLOSED = ConfigDict(extra="forbid", str_strip_whitespace=True)


class GuardianIn(BaseModel):
    """Who acts for a child, by the paper that he showed."""

    model_config = CLOSED
    paper_kind: PaperKind = Field(PaperKind.RESIDENT, description=PAPERS)
    paper_number: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=60)


class ApplicantIn(BaseModel):
    """Who applies, by the paper that he showed."""

    model_config = CLOSED
    paper_kind: PaperKind = Field(description=PAPERS)
    paper_number: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=100)
    renamed: bool = Field(False, description="已核对更名证明，按新名称登记")
    nation: str = Field("", max_length=3, description="护照写国家（地区）代码，如 CHN、USA")
    sex: Literal["", "男", "女"] = Field("", description="证件号码看不出性别的写")
    phone: str = Field("", max_length=20)
    address: str = Field("", max_length=200)
    born: date | None = None
    legal_representative: str = Field("", max_length=60)
    guardian: GuardianIn | None = Field(None, description="未成年人的监护人，关系证明已核对")
    guardian_relation: str = Field("", max_length=20, description="如 父亲、母亲")


class FileIn(BaseModel):
    """A file of a material: within the body, or in a part beside it."""

    model_config = CLOSED
    name: str = Field("", max_length=200, description="文件名，例如 布局图.pdf；另附的可以不写")
    content: Base64Bytes | None = Field(None, description="Base64；PDF、JPG 或 PNG；和 part 写一个")
    part: str = Field("", max_length=100, description="multipart/form-data 里另附的那一部分的名称")

    @model_validator(mode="after")
    def one_of_two(self) -> FileIn:
        if (self.content is None) == (not self.part):
            raise ValueError("content 和 part 写一个，也只写一个。")
        if self.content is not None and not self.name:
            raise ValueError("请写明文件名（name）。")
        return self


Files = Annotated[list[FileIn], Field(max_length=MOST_FILES, description=f"最多 {MOST_FILES} 个")]


class MaterialIn(BaseModel):
    """One material of the item's list as it came in, and what was found."""

    model_config = CLOSED
    code: str = Field(min_length=1, max_length=20)
    original: bool = Field(False, description="收了原件")
    copies: int = Field(1, ge=1, le=99)
    valid_until: date | None = None
    files: Files = []
    finding: Literal["fits", "missing", "wrong"] | None = Field(None, description="只有窗口写：核对结果")
    reason: str = Field("", max_length=300)


class ApplicationIn(BaseModel):
    """An application."""

    model_config = CLOSED
    item: str = Field(min_length=1, max_length=64, description="办事指南的编码")
    applicant: ApplicantIn | None = Field(
        None, description="窗口必填；申请人的令牌不填就是本人，也可以是他监护的人或他代表的单位"
    )
    form: dict[str, Any] = Field(description="申请表，按事项的 JSON Schema")
    situation: dict[str, str] = Field(
        {}, description="网上申请：指南的每个情形问题（questions）选了哪一项", examples=[{"agent": "self"}]
    )
    materials: list[MaterialIn] = Field([], max_length=100)
    phone: str = Field("", max_length=20)
    delivery_way: Literal["counter", "courier", "download"] = Field(
        "counter", description="counter 窗口领取，courier 邮寄，download 网上下载（要同意电子送达）"
    )
    delivery_address: str = Field("", max_length=200, description="邮寄的必填")
    e_service: bool = Field(False, description="申请人同意电子送达")
    mode: Literal["", "direct", "entrusted"] = Field(
        "", description="办理方式：direct 直接办理，entrusted 委托全程代办；窗口办开通了代办的事项必填"
    )

    received_on: date | None = Field(
        None,
        description="窗口收件：哪一天在窗口收到的，不写就是今天；最多往前补录本地设定的工作日数，期限从那天起算",
    )
    why_late: str = Field(
        "", max_length=300, description="补录到以前的，写明为什么今天才登记，监督部门看得到"
    )

    def files(self) -> Iterator[tuple[str, FileIn]]:
        """Every file with its place in the request."""
        for n, one in enumerate(self.materials):
            yield from ((f"materials.{n}.files.{m}", file) for m, file in enumerate(one.files))
