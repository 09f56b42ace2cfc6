"""动期限的步骤: what does a program send to ask for more days, to approve them, or to decline?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onewindow.cases.acts import extend
from onewindow.web.api.deed import Deed, Line


class AskExtension(Deed):
    """提请延长；只能延长一次，在法定期限届满以前，法律或者办事指南写明可以延长的事项才可以"""

    step: Literal["ask-extension"]
    takes = ("reason",)
    reason: Annotated[str, Field(min_length=1, max_length=500, description="写给申请人看，印在告知书上")]
    act = staticmethod(extend.ask_extension)


class Extend(Deed):
    """批准延长；由本机关负责人办，不能是提请的人"""

    step: Literal["extend"]
    act = staticmethod(extend.extend)


class DeclineExtension(Deed):
    """不批准延长"""

    step: Literal["decline-extension"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(extend.decline_extension)
