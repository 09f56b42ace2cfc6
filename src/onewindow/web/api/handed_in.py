"""交来的样子: in which shape does a program read an application, its files, and what was asked since?"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from onewindow.web.api.shapes import Moment, Word


class FileOut(BaseModel):
    """A file that was handed in."""

    id: int
    name: str
    type: str = Field(examples=["application/pdf"])
    size: int = Field(description="字节")
    sha256: str
    url: str


class Sheet(BaseModel):
    """One time that something came in for a material."""

    how: Word
    original: bool = Field(description="收了原件")
    copies: int
    valid_until: date | None
    added_at: Moment
    file: FileOut | None


class PaperHeld(BaseModel):
    """One material of the list with what came in for it, the earliest first."""

    code: str
    name: str
    sheets: list[Sheet]
    finding: Word | None = Field(description="最近一次核对结果；还没有核对、或者问的是申请人，为 null")
    reason: str


class PointOut(BaseModel):
    """One thing that a correction notice asks for."""

    code: str = Field(description="材料编码")
    name: str
    demand: str = Field(description="缺什么、怎样补")
    answered_at: Moment | None


class CorrectionOut(BaseModel):
    """补正告知: everything at once."""

    asked_at: Moment
    reply_by: date
    second: bool = Field(description="经负责人批准的再次补正")
    what_is_wrong: str
    points: list[PointOut]


class QuestionAsked(BaseModel):
    """请您说明: a question after acceptance."""

    id: int = Field(description="答复（explain）时写进 question")
    text: str
    reply_by: date
    asked_at: Moment
    answer: str
    answered_at: Moment | None


class Answer(BaseModel):
    """A field of the form as people read it."""

    label: str
    text: str


class Dossier(BaseModel):
    """The application of a case and what came to it since."""

    number: str
    channel: Word
    phone: str
    delivery_way: str
    delivery_address: str
    e_service: bool = Field(description="申请人同意电子送达")
    form: dict[str, object] = Field(description="申请表，按事项的 JSON Schema")
    answers: list[Answer] = Field(description="申请表的各项，给人读")
    materials: list[PaperHeld]
    corrections: list[CorrectionOut]
    questions: list[QuestionAsked]
