"""各类办件的步骤: what does a program send to settle on the spot, to send up and to enter the answer from above?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from onewindow.cases.acts import extend, renew, upward
from onewindow.cases.acts.at_once import decide_at_once
from onewindow.cases.models import Case
from onewindow.web.api.deed import Deed, Line, Text
from onewindow.web.api.examining import Point


class DecideAtOnce(Deed):
    """当场办结；受理和准予一次完成，只用于一个人决定的即办件，部门授权窗口当场决定的才可以"""

    step: Literal["decide-at-once"]
    text: Text
    valid_from: date | None = Field(None, description="有效期自；空着的，按事项定的有效期算")
    valid_until: date | None = None
    points: list[Point] = Field([], max_length=100)

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {"valid_from": self.valid_from, "valid_until": self.valid_until}
        points = [one.model_dump() for one in self.points]
        return decide_at_once(case, by=by, at=at, text=self.text, points=points, **told)


class SendUp(Deed):
    """转报上级；只用于上报件，初审意见和全部申请材料一起报送"""

    step: Literal["send-up"]
    takes = ("opinion", "number_above")
    opinion: Text
    number_above: str = Field("", max_length=60, description="上级系统给的收件号，没有的不写")
    act = staticmethod(upward.send_up)


class ContactAbove(Deed):
    """与上级联系；下一次联系的日子从今天重新起算"""

    step: Literal["contact-above"]
    takes = ("whom", "said")
    whom: Annotated[str, Field(min_length=1, max_length=100)]
    said: Annotated[str, Field(min_length=1, max_length=500)]
    act = staticmethod(upward.contact_above)


class AnswerAbove(Deed):
    """登记上级决定；照上级的决定书写，不予的写明理由和依据"""

    step: Literal["answer-above"]
    granted: bool
    number: Annotated[str, Field(min_length=1, max_length=50, description="上级决定的文号")]
    decided_on: date = Field(description="转报以后、今天以前（含今天）")
    text: Text
    grounds: str = Field("", max_length=2000)
    basis: str = Field("", max_length=300)
    valid_from: date | None = None
    valid_until: date | None = None

    def do(self, case: Case, by: Any, at: datetime) -> object:
        names = ("granted", "number", "decided_on", "text", "grounds", "basis", "valid_from", "valid_until")
        answer = upward.Answer(**{name: getattr(self, name) for name in names})
        return upward.answer_above(case, by=by, at=at, answer=answer)


class NameLicence(Deed):
    """登记原证；只用于办事指南写明可以延续的事项，到期没有决定的行政许可依法视为准予延续"""

    step: Literal["name-licence"]
    takes = ("number", "expires_on")
    number: Annotated[str, Field(min_length=1, max_length=60)]
    expires_on: date = Field(description="原证的有效期截止日")
    act = staticmethod(renew.name_licence)


class ExtendJoint(Deed):
    """批准联办件延长；由本级人民政府负责人办"""

    step: Literal["extend-joint"]
    act = staticmethod(extend.extend_joint)


class DeclineJoint(Deed):
    """不批准联办件延长"""

    step: Literal["decline-joint-extension"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(extend.decline_joint_extension)
