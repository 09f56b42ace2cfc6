"""能办什么: which acts does a case allow now to this officer, and what does each one do with its form?"""

from __future__ import annotations

from onewindow.cases.acts import accept, correct, decide, deliver, examine, refuse, withdraw
from onewindow.cases.reads.whole import Whole
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.rules.stages import Stage
from onewindow.web.forms import dated, examining, judging
from onewindow.web.forms import deeds as forms
from onewindow.web.views.case import performing, stopped, when
from onewindow.web.views.case.deed import Deed
from onewindow.web.views.case.kinds import AT_ONCE, KINDS
from onewindow.web.views.case.moving import MOVING
from onewindow.web.views.case.others import OTHERS
from onewindow.web.views.case.promising import PROMISING
from onewindow.web.views.case.shorter import SHORTER, all_steps

_REFUSAL = ("kind", "reasons", "basis", "go_to")
_ALL = (
    Deed(
        "judge",
        "核对材料",
        Grant.CASE_ACCEPT,
        "Accepted",
        performing.judged,
        judging.JudgeForm,
        says="逐份核对收到的材料：打开看，和申请表对照。全部核对以后才能受理或者告知补正。",
        done="核对结果已记下。",
    ),
    AT_ONCE,
    Deed(
        "accept",
        "受理",
        Grant.CASE_ACCEPT,
        "Accepted",
        performing.told(accept.accept),
        says="受理以后开始计算办结时限，受理通知书发给申请人。受理后不能再要求补正。",
        done="已受理，受理通知书正在生成。",
        main=True,
        press="F8",
        where=lambda whole: when.complete(whole) and all_steps(whole),
        judged=True,
        answers=True,
    ),
    Deed(
        "accept-as-is",
        "照现有材料受理",
        Grant.CASE_ACCEPT,
        "Accepted",
        performing.told(accept.accept_as_is),
        says="补正只能告知一次。下列材料仍缺或不符，照现有材料受理：受理通知书会如实写明，以后在现有材料上作出决定。",
        done="已照现有材料受理，受理通知书正在生成。",
        where=lambda whole: when.on_what_is_there(whole) and all_steps(whole),
        judged=True,
        answers=True,
        rare=True,
    ),
    Deed(
        "correct",
        "当场更正",
        Grant.CASE_ACCEPT,
        "CorrectedOnSpot",
        performing.corrected,
        forms.SpotForm,
        says="能在窗口当场改好的，让申请人改好，不发补正告知。",
        done="当场更正已记下。",
        where=when.lacking,
        rare=True,
    ),
    Deed(
        "ask",
        "一次性告知补正",
        Grant.CASE_ACCEPT,
        "CorrectionAsked",
        lambda case, by, at, form: correct.ask_correction(
            case, by=by, at=at, demands=form.demands, why_late=form.said_late
        ),
        judging.DemandForm,
        says="只能告知一次，把缺的、不符的一次写全；第一次能看出的问题以后不得再提。",
        done="补正告知书正在生成。",
        press="F9",
        where=when.may_ask,
        judged=True,
        answers=True,
    ),
    Deed(
        "ask-again",
        "批准再次补正",
        Grant.CASE_SECOND_CORRECTION,
        "CorrectionAsked",
        lambda case, by, at, form: correct.ask_again(
            case, by=by, at=at, demands=form.demands, what_is_wrong=form.cleaned_data["what_is_wrong"]
        ),
        judging.AgainForm,
        says="只能针对补来以后仍不合格的材料，由负责人批准，并列入监督清单。",
        done="再次补正告知书正在生成。",
        adverse=True,
        where=when.may_ask_again,
        judged=True,
        rare=True,
    ),
    Deed(
        "came",
        "收补正材料",
        Grant.INTAKE_RECEIVE,
        "CorrectionReceived",
        performing.came,
        dated.DatedReceiveForm,
        says="只收补正告知书里列出的材料。",
        done="补正材料已收，接着核对。",
    ),
    Deed(
        "nothing",
        "没有可补正的",
        Grant.INTAKE_RECEIVE,
        "CorrectionReceived",
        performing.told(correct.note_nothing, "on", "why_late"),
        dated.DatedForm,
        says="只在申请人本人或代理人这样答复时登记：没有可补正的，请按现有材料处理。登记以后不能再要求补正，由部门照现有材料受理，或者依法不予受理。",
        done="已记下申请人的答复，由部门按现有材料处理。",
        adverse=True,
        rare=True,
    ),
    Deed(
        "refuse",
        "不予受理",
        Grant.CASE_REFUSE,
        "Refused",
        performing.told(refuse.refuse, *_REFUSAL),
        forms.RefusalForm,
        says="书面决定会写明理由、依据和救济途径，发给申请人。",
        done="书面决定正在生成。",
        adverse=True,
        press="F12",
        where=lambda whole: when.alone(whole) and whole.now.stage is Stage.RECEIVED,
        answers=True,
    ),
    Deed(
        "propose",
        "提请不予受理",
        Grant.CASE_PROPOSE_REFUSAL,
        "RefusalProposed",
        performing.told(refuse.propose_refusal, *_REFUSAL),
        forms.RefusalForm,
        says="由第二人确认后才作出决定；受理期限照常计算。",
        done="已提请，等第二人确认。",
        adverse=True,
    ),
    Deed(
        "confirm",
        "同意不予受理",
        Grant.CASE_REFUSE,
        "Refused",
        performing.told(refuse.confirm_refusal),
        says="书面决定会写明理由、依据和救济途径，发给申请人。",
        done="书面决定正在生成。",
        adverse=True,
        where=lambda whole: whole.now.stage is Stage.REFUSING,
    ),
    Deed(
        "send-back-refusal",
        "不同意，退回受理",
        Grant.CASE_REFUSE,
        "RefusalSentBack",
        performing.told(refuse.send_back_refusal, "remark"),
        forms.RemarkForm,
        done="已退回，由窗口受理或者告知补正。",
    ),
    Deed(
        "forward",
        "转办",
        Grant.CASE_FORWARD,
        "Forwarded",
        lambda case, by, at, form: examine.forward(
            case, by=by, at=at, to=form.people[form.cleaned_data["to"]]
        ),
        forms.ForwardForm,
        says="转给本部门另一位能接着办的同志：审核中的转给审核人员，待决定的转给有决定权的同志。期限照常计算。",
        done="已转办。",
        rare=True,
    ),
    Deed(
        "question",
        "请您说明",
        Grant.CASE_EXAMINE,
        "ExplanationAsked",
        performing.told(examine.ask_explanation, "text", "reply_by"),
        forms.QuestionForm,
        says="受理后不能再要求补正材料；可以请申请人说明，不停止任何期限。",
        done="说明通知正在发出。",
    ),
    Deed(
        "answer",
        "记下申请人的说明",
        Grant.CASE_APPLY,
        "Explained",
        performing.answered,
        forms.AnswerForm,
        done="说明已记下。",
        where=when.open_question,
    ),
    *SHORTER,
    *MOVING,
    *OTHERS,
    *KINDS,
    *PROMISING,
    Deed(
        "review",
        "审核意见",
        Grant.CASE_EXAMINE,
        "Reviewed",
        performing.reviewed,
        examining.ReviewForm,
        done="审核意见已交，等待决定。",
        where=when.two_steps,
    ),
    Deed(
        "send-back-review",
        "退回重新审核",
        Grant.CASE_DECIDE,
        "ReviewSentBack",
        performing.told(examine.send_back_review, "text"),
        forms.AgainReviewForm,
        says="期限照常计算。",
        done="已退回重新审核。",
        where=when.two_steps,
    ),
    Deed(
        "deny",
        "不予",
        Grant.CASE_DECIDE,
        "Denied",
        performing.told(decide.deny, "text", "grounds", "basis"),
        forms.DenyForm,
        says="决定书会写明理由、依据和救济途径。",
        done="不予决定书正在生成。",
        adverse=True,
        where=when.decided_here,
    ),
    Deed(
        "grant",
        "准予",
        Grant.CASE_DECIDE,
        "Granted",
        performing.granted,
        examining.GrantForm,
        says="准予决定作出后送达申请人；行政许可决定公开。",
        done="已准予，决定书正在生成。",
        main=True,
        press="Ctrl Enter",
        where=when.decided_here,
    ),
    Deed(
        "withdraw",
        "申请人撤回",
        Grant.CASE_WITHDRAW,
        "Withdrawn",
        performing.told(withdraw.withdraw, "on", "why_late"),
        dated.DatedForm,
        says="只在申请人本人或代理人要求时登记；撤回后可以重新申请。",
        done="已登记撤回，确认书正在生成。",
        adverse=True,
        rare=True,
    ),
    Deed(
        "hand-over",
        "窗口交付",
        Grant.CASE_DELIVER,
        "Delivered",
        performing.handed,
        dated.DatedTakerForm,
        says="核对领取人的证件，签收以后本件办结。",
        done="已交付，本件办结。",
        main=True,
        press="F8",
        where=when.here,
    ),
    Deed(
        "dispatch",
        "寄出",
        Grant.CASE_DELIVER,
        "Dispatched",
        performing.told(deliver.dispatch, "tracking"),
        forms.TrackingForm,
        done="已登记寄出。",
        where=when.here,
    ),
    Deed(
        "arrived",
        "邮件已签收",
        Grant.CASE_DELIVER,
        "Delivered",
        performing.told(deliver.confirm_arrival, "on", "why_late"),
        dated.DatedForm,
        says="收到邮政的签收回执以后登记，本件办结。",
        done="已送达，本件办结。",
        where=when.on_the_way,
    ),
    Deed(
        "back",
        "退件",
        Grant.CASE_DELIVER,
        "CameBack",
        performing.told(deliver.take_back, "why"),
        forms.WhyBackForm,
        says="退回来的可以再寄，或者请申请人到窗口领取。",
        done="退件已登记。",
        where=when.on_the_way,
    ),
    Deed(
        "originals",
        "退还原件",
        Grant.CASE_DELIVER,
        "OriginalsReturned",
        performing.returned,
        forms.OriginalsForm,
        says="收过的原件退还申请人，由领取人签收。",
        done="原件已退还。",
        where=lambda whole: bool(whole.originals),
        rare=True,
    ),
)
DEEDS: dict[str, Deed] = {deed.key: deed for deed in _ALL}


def open_deeds(officer: Officer, whole: Whole) -> list[Deed]:
    """What this officer can do with the case now, in the order of the work."""
    found = [deed for deed in _ALL if deed.open_for(officer, whole)]
    alone = any(deed.key == "refuse" for deed in found)
    return [
        deed
        for deed in found
        if not (alone and deed.key == "propose") and not stopped.why_not(deed.key, officer, whole)
    ]


def held_back(officer: Officer, whole: Whole) -> list[str]:
    """Why a decision for which he has the power is not offered now, each reason once."""
    decisions = [DEEDS[key] for key in stopped.DECISIONS]
    said = [stopped.why_not(deed.key, officer, whole) for deed in decisions if deed.open_for(officer, whole)]
    return list(dict.fromkeys(why for why in said if why))


def after_judging(officer: Officer, whole: Whole) -> str:
    """Where the work goes on when everything was judged: to what was found, if this officer may do it."""
    if whole.pending:
        return "judge"
    wanted = "ask" if when.lacking(whole) else "accept"
    return wanted if DEEDS[wanted].open_for(officer, whole) else ""
