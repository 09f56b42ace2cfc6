"""动期限的办理: what does the desk offer that moves the days of a case – an extension, a special procedure?"""

from __future__ import annotations

from datetime import datetime

from onewindow.cases.acts import extend, longer, special
from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.rules.special import HEARING, LENGTHENED
from onewindow.web.forms import deeds as forms
from onewindow.web.forms import moving
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed


def _may_be_longer(whole: Whole) -> bool:
    """Once, while nothing waits for the head, and only where the law or the guide allows it."""
    running = any(state.term.name == LENGTHENED for state in whole.now.running())
    again = any(one.approved is not False for one in whole.extensions)
    return running and not again and extend.may_be_longer(whole)


def _asked_longer(whole: Whole) -> bool:
    """What waits for the head of this organ; what several settle together waits for the government's."""
    return whole.asked_longer is not None and not extend.is_joint(whole)


def _lists_more(whole: Whole) -> bool:
    """Whether there is a procedure that may begin and does not run already."""
    return bool(moving.to_begin(whole))


def _runs(whole: Whole) -> bool:
    return bool(whole.running)


def _begun(case: Case, by: Officer, at: datetime, form: moving.BeginForm) -> None:
    special.begin_procedure(case, by=by, at=at, plan=form.plan())


def _ended(case: Case, by: Officer, at: datetime, form: moving.EndForm) -> None:
    told = form.cleaned_data
    special.end_procedure(
        case,
        by=by,
        at=at,
        procedure=int(told["procedure"]),
        outcome=told["outcome"],
        result=told["result"],
        signed=bool(told.get("signed")),
        **form.late,
    )


def _may_last_longer(whole: Whole) -> bool:
    return any(one.first_end is None for one in whole.running)


def _heard(whole: Whole) -> bool:
    return any(one.kind == HEARING for one in whole.running)


def _prolonged(case: Case, by: Officer, at: datetime, form: moving.ProlongForm) -> None:
    told = form.cleaned_data
    longer.prolong_procedure(
        case,
        by=by,
        at=at,
        procedure=int(told["procedure"]),
        planned_end=told["planned_end"],
        reason=told["reason"],
    )


def _replaced(case: Case, by: Officer, at: datetime, form: moving.HostForm) -> None:
    told = form.cleaned_data
    longer.replace_host(case, by=by, at=at, procedure=int(told["procedure"]), host=form.people[told["host"]])


MOVING = (
    Deed(
        "procedure",
        "开始特别程序",
        Grant.CASE_EXAMINE,
        "ProcedureBegun",
        _begun,
        moving.BeginForm,
        says="只能进行办事指南列出的特别程序；利害关系人依法要求的听证，没有列出也要举行。特别程序告知书发给申请人，写明所需时间；法律规定不计入期限的，从明天起停止计算。",
        done="特别程序已开始，告知书正在生成。",
        where=_lists_more,
        rare=True,
    ),
    Deed(
        "procedure-end",
        "结束特别程序",
        Grant.CASE_EXAMINE,
        "ProcedureEnded",
        _ended,
        moving.EndForm,
        says="记下结果以后，停止计算的期限从明天起接着算。没有结束的特别程序，不能作出决定。",
        done="特别程序已结束，期限接着算。",
        where=_runs,
    ),
    Deed(
        "procedure-longer",
        "延长特别程序",
        Grant.CASE_EXAMINE,
        "ProcedureProlonged",
        _prolonged,
        moving.ProlongForm,
        says="原来告诉申请人的日子办不完的，写明理由和新的日子，再书面告知一次；每一项只能延长一次。",
        done="特别程序已延长，告知书正在生成。",
        where=_may_last_longer,
        rare=True,
    ),
    Deed(
        "hearing-host",
        "更换听证主持人",
        Grant.ABSENCE_ARRANGE,
        "HostReplaced",
        _replaced,
        moving.HostForm,
        says="原主持人调岗、离岗或者不能主持的，由部门负责人另外指定；时间和地点不变，书面告知申请人。",
        done="已更换听证主持人，告知书正在生成。",
        where=_heard,
        rare=True,
    ),
    Deed(
        "extend-ask",
        "提请延长",
        Grant.CASE_EXAMINE,
        "ExtensionAsked",
        performing.told(extend.ask_extension, "reason"),
        moving.LongerForm,
        says="法定期限内不能作出决定的，写明理由，由本机关负责人批准，联办件由本级人民政府负责人批准；"
        "只能延长一次，承诺的时限不变。",
        done="已提请延长，等负责人批准。",
        where=_may_be_longer,
        rare=True,
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
