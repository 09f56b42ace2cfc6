"""备案的步骤: what does a program send to file complete papers, and to tell what the check afterwards found?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from onewindow.cases.acts import instant
from onewindow.cases.models import Case, Filing
from onewindow.rules.grants import NotAllowed
from onewindow.web.api.deed import Deed


class FileIt(Deed):
    """备案；只用于备案备查的事项，材料已经核对齐全"""

    step: Literal["file"]
    act = staticmethod(instant.record_filing)


class CheckFiling(Deed):
    """备案以后的核查；由办备案的人以外的同志办"""

    step: Literal["check-filing"]
    fits: bool = Field(description="没有发现问题")
    remark: str = Field("", max_length=500, description="发现问题的，写明是什么问题、怎么处理")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        filing = Filing.objects.select_related("case").filter(case=case).first()
        if filing is None:
            raise NotAllowed("本件没有备案过，不能办备案核查。请刷新后再看。")
        return instant.check_filing(filing, by=by, at=at, fits=self.fits, remark=self.remark)
