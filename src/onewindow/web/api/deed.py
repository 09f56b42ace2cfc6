"""一步: what has every step of a case in common that a program sends?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts.taking import MANDATE_SEEN, RELATIONS, Taker
from onewindow.cases.models import Case
from onewindow.cases.reads.visible import Asked
from onewindow.catalogue.models import Material
from onewindow.people.models import PaperKind
from onewindow.web.api.door import Caller
from onewindow.web.api.problems import Fault, Kind, Refusal
from onewindow.web.api.sent import PAPERS, FileIn, Files

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Codes = Annotated[list[Annotated[str, Field(max_length=20)]], Field(min_length=1, max_length=100)]


FilesByCode = Annotated[
    dict[str, Files], Field(max_length=100, description="按材料编码附文件；另附的用 multipart/form-data")
]


def _to_step(visible: QuerySet[Case], number: str) -> QuerySet[Case]:
    """The case with what an act's power is asked of."""
    rows = visible.filter(number=number).select_related("subject", "application__window")
    return rows.defer("enquiry_code", "application__form", "application__draft")


_TO_STEP = Asked(_to_step)


class Deed(BaseModel):
    """One step."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    act: ClassVar[Callable[..., object]]
    takes: ClassVar[tuple[str, ...]] = ()
    seen: int | None = Field(None, description="读到的记载条数；之后有人办过就拒绝")

    def find(self, caller: Caller, number: str) -> Case:
        """The case that the step is for."""
        return caller.find(_TO_STEP, number)

    def do(self, case: Case, by: Any, at: datetime) -> object:
        """Call the act with the fields that it takes under their own names."""
        told = {name: getattr(self, name) for name in self.takes}
        return type(self).act(case, by=by, at=at, **told)

    def attached(self) -> Iterator[tuple[str, FileIn]]:
        """Every file with its place in the request."""
        told: Mapping[str, list[FileIn]] = getattr(self, "files", {})
        for code, files in told.items():
            yield from ((f"files.{code}.{n}", one) for n, one in enumerate(files))


def now_of(case: Case) -> Case:
    """The case as it stands after an act whose answer is a row of somebody or something else."""
    return Case.objects.select_related("subject").get(pk=case.pk)


class Dated(Deed):
    """What came from outside, on the day on which it happened."""

    on: date | None = Field(None, description="实际发生的日子，不填就是今天；最多往前几个工作日由本地设定")
    why_late: str = Field("", max_length=300, description="不是今天的，写明为什么今天才登记")

    @property
    def late(self) -> dict[str, Any]:
        return {"on": self.on, "why_late": self.why_late}


class Taken(Deed):
    """Who stands there, what he shows, and that he signs."""

    name: str = Field(min_length=1, max_length=60, description="领取人")
    paper_kind: PaperKind = Field(PaperKind.RESIDENT, description=PAPERS)
    paper: str = Field(min_length=1, max_length=40, description="领取人出示的证件号码")
    relation: str = Field("本人", max_length=40, description="、".join(RELATIONS))
    signed: bool = Field(description="领取人已签收")
    mandate: bool = Field(False, description=MANDATE_SEEN)

    @property
    def taker(self) -> Taker:
        shown = (self.name, self.paper_kind, self.paper, self.relation)
        return Taker(*shown, signed=self.signed, mandate=self.mandate)


def materials_of(case: Case, codes: Iterable[str], field: str) -> Mapping[str, Material]:
    """The materials of the case's version by their codes."""
    wanted = list(codes)
    found = {m.code: m for m in Material.objects.filter(version=case.version_id, code__in=wanted)}
    for code in wanted:
        if code not in found:
            raise fault(f"{field}.{code}", "不在本事项的材料清单里。")
    return found


def fault(field: str, message: str) -> Refusal:
    return Refusal(Kind.FAULTS, message, [Fault(field=field, message=message)])
