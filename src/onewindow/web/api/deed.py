"""一步: what has every step of a case in common that a program sends?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.models import Case
from onewindow.catalogue.models import Material
from onewindow.web.api.problems import Fault, Kind, Refusal
from onewindow.web.api.sent import FileIn, Files

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Codes = Annotated[list[Annotated[str, Field(max_length=20)]], Field(min_length=1, max_length=100)]


FilesByCode = Annotated[
    dict[str, Files], Field(max_length=100, description="按材料编码附文件；另附的用 multipart/form-data")
]


class Deed(BaseModel):
    """One step."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    act: ClassVar[Callable[..., object]]
    takes: ClassVar[tuple[str, ...]] = ()
    seen: int | None = Field(None, description="读到的记载条数；之后有人办过就拒绝")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        """Call the act with the fields that it takes under their own names."""
        told = {name: getattr(self, name) for name in self.takes}
        return type(self).act(case, by=by, at=at, **told)

    def attached(self) -> Iterator[tuple[str, FileIn]]:
        """Every file with its place in the request."""
        told: Mapping[str, list[FileIn]] = getattr(self, "files", {})
        for code, files in told.items():
            yield from ((f"files.{code}.{n}", one) for n, one in enumerate(files))


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
