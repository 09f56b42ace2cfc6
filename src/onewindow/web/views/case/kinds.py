"""各类办件的办理: what does the desk offer that only 即办件, 上报件, 联办件 and a renewal know?"""

from __future__ import annotations

from datetime import datetime

from onewindow.cases.acts import extend, renew, upward
from onewindow.cases.acts.at_once import decide_at_once
from onewindow.cases.granting import settled_here
from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.stages import Stage
from onewindow.web.forms import deeds as forms
from onewindow.web.forms import kinds
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed

_OPEN = (Stage.RECEIVED, Stage.DECIDING)


def _now(whole: Whole) -> bool:
    """Before the decision, and with nothing found lacking."""
    return whole.now.stage in _OPEN and not whole.lacking


def _upward(whole: Whole) -> bool:
    return whole.law.kind is CaseKind.UPWARD


def _joint_wish(whole: Whole) -> bool:
    return whole.asked_longer is not None and extend.is_joint(whole)


def _may_name(whole: Whole) -> bool:
    """Where the guide says that such a licence goes on, and it is not named yet."""
    return bool(whole.case.version.content.get("renewal")) and whole.renewal is None


def _settled(case: Case, by: Officer, at: datetime, form: kinds.AtOnceForm) -> None:
    told = form.cleaned_data
    valid = {"valid_from": told["valid_from"], "valid_until": told["valid_until"]}
    decide_at_once(case, by=by, at=at, text=told["text"], **valid, points=form.points())


def _answered(case: Case, by: Officer, at: datetime, form: kinds.AnswerForm) -> None:
    upward.answer_above(case, by=by, at=at, answer=form.answer())


AT_ONCE = Deed(
    "at-once",
    "当场办结",
    Grant.CASE_DECIDE_AT_ONCE,
    "",
    _settled,
    kinds.AtOnceForm,
    says="核对审查要点，受理和准予一次完成，接着在这里交付结果。不符合条件的不在这里办，请走不予受理或者由部门决定。",
    done="已当场办结，决定书正在生成。请交付结果。",
    main=True,
    press="Ctrl Enter",
    where=_now,
    judged=True,
    to=settled_here,
)
KINDS = (
    Deed(
        "send-up",
        "转报上级",
        Grant.CASE_DECIDE,
        "SentUp",
        performing.told(upward.send_up, "opinion", "number_above"),
        kinds.SendUpForm,
        says="初审意见和全部申请材料一起报送上级机关，由它决定；上报件告知书发给申请人，写明材料、费用和办结时限。",
        done="已转报上级，上报件告知书正在生成。",
        main=True,
        press="Ctrl Enter",
        where=_upward,
    ),
    Deed(
        "contact-above",
        "与上级联系",
        Grant.CASE_REPORT,
        "ContactedAbove",
        performing.told(upward.contact_above, "whom", "said"),
        kinds.ContactForm,
        says="联系、协调上级以后记在这里；下一次联系的日子从今天重新起算。",
        done="联系情况已记下。",
    ),
    Deed(
        "answer-above",
        "登记上级决定",
        Grant.CASE_REPORT,
        "GrantedAbove",
        _answered,
        kinds.AnswerForm,
        says="照上级的决定书登记，登记以后转交申请人。",
        done="上级决定已登记，告知书正在生成。",
        main=True,
    ),
    Deed(
        "renewal",
        "登记原证",
        Grant.CASE_ACCEPT,
        "RenewalNamed",
        performing.told(renew.name_licence, "number", "expires_on"),
        kinds.RenewalForm,
        says="登记要延续的证照和它的到期日。行政许可按时提出申请、到期没有决定的，依法视为准予延续。",
        done="原证已登记。",
        where=_may_name,
        rare=True,
    ),
    Deed(
        "extend-joint",
        "批准联办件延长",
        Grant.CASE_EXTEND_JOINT,
        "Extended",
        performing.told(extend.extend_joint),
        forms.DeedForm,
        says="由本级人民政府负责人批准。延长办理期限告知书发给申请人，写明理由和新的到期日。",
        done="已批准延长，告知书正在生成。",
        where=_joint_wish,
    ),
    Deed(
        "extend-joint-decline",
        "不批准联办件延长",
        Grant.CASE_EXTEND_JOINT,
        "ExtensionDeclined",
        performing.told(extend.decline_joint_extension, "remark"),
        forms.RemarkForm,
        says="期限照原来的计算。",
        done="没有批准延长，期限不变。",
        adverse=True,
        where=_joint_wish,
    ),
)
