"""交付的步骤: what does a program send when a result or an original leaves the house, or comes back?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from onewindow.cases.acts import deliver
from onewindow.cases.models import Case
from onewindow.letters.reads import result_of
from onewindow.web.api.deed import Codes, Dated, Deed, Taken


class HandOver(Taken, Dated):
    """窗口交付"""

    step: Literal["hand-over"]

    def do(self, case: Case, by: Any, at: datetime) -> object:
        window = getattr(by, "window", None)
        return deliver.hand_over(case, by=by, at=at, taker=self.taker, window=window, **self.late)


class ReturnOriginals(Taken):
    """退还原件"""

    step: Literal["return-originals"]
    materials: Codes

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {
            "taker": self.taker,
            "materials": self.materials,
            "window": getattr(by, "window", None),
        }
        return deliver.return_originals(case, by=by, at=at, **told)


class Dispatch(Deed):
    """寄出"""

    step: Literal["dispatch"]
    takes = ("tracking",)
    tracking: Annotated[str, Field(min_length=1, max_length=40)]
    act = staticmethod(deliver.dispatch)


class ConfirmArrival(Dated):
    """邮件已签收"""

    step: Literal["confirm-arrival"]
    takes = ("on", "why_late")
    act = staticmethod(deliver.confirm_arrival)


class TakeBack(Deed):
    """退件"""

    step: Literal["take-back"]
    takes = ("why",)
    why: Annotated[str, Field(min_length=1, max_length=200)]
    act = staticmethod(deliver.take_back)


class Download(Deed):
    """网上领取结果"""

    step: Literal["download"]

    def do(self, case: Case, by: Any, at: datetime) -> object:
        return deliver.download(case, by=by, at=at, result=result_of(case.subject_id))
