"""动期限的办理: what does the desk offer that moves the days of a case – an extension, a special procedure?"""

from __future__ import annotations

from onewindow.cases.acts import extend
from onewindow.cases.reads.whole import Whole
from onewindow.rules.grants import Grant
from onewindow.rules.special import LENGTHENED
from onewindow.web.forms import deeds as forms
from onewindow.web.forms import moving
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed


def _may_be_longer(whole: Whole) -> bool:
    """Once, and while nothing waits for the head; that the law allows it for this item, the act says."""
    running = any(state.term.name == LENGTHENED for state in whole.now.running())
    return running and all(one.approved is False for one in whole.extensions)


def _asked_longer(whole: Whole) -> bool:
    return whole.asked_longer is not None


MOVING = (
    Deed(
        "extend-ask",
        "提请延长",
        Grant.CASE_EXAMINE,
        "ExtensionAsked",
        performing.told(extend.ask_extension, "reason"),
        moving.LongerForm,
        says="法定期限内不能作出决定的，写明理由，由本机关负责人批准；只能延长一次，承诺的时限不变。",
        done="已提请延长，等本机关负责人批准。",
        where=_may_be_longer,
    ),
    Deed(
        "extend",
        "批准延长",
        Grant.CASE_EXTEND,
        "Extended",
        performing.told(extend.extend),
        forms.DeedForm,
        says="批准以后，延长办理期限告知书发给申请人，写明理由和新的到期日。",
        done="已批准延长，告知书正在生成。",
        where=_asked_longer,
    ),
    Deed(
        "extend-decline",
        "不批准延长",
        Grant.CASE_EXTEND,
        "ExtensionDeclined",
        performing.told(extend.decline_extension, "remark"),
        forms.RemarkForm,
        says="期限照原来的计算。",
        done="没有批准延长，期限不变。",
        adverse=True,
        where=_asked_longer,
    ),
)
