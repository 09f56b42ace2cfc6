"""一件事叫什么: which line of its story does a fact give the applicant, and which facts are not told to him at all?"""

from __future__ import annotations

from onewindow.cases.reads import told_others, told_promise, told_upward
from onewindow.cases.reads import told_shorter as shorter

# The papers and their proof stand beside the letters themselves.
_OF_LETTERS = frozenset(
    {"Served", "LetterSent", "LetterCameBack", "LetterCorrectionAsked", "LetterCorrectionDeclined"}
)
INNER = (
    _OF_LETTERS
    | told_others.INNER
    | told_promise.INNER
    | {
        "Judged",
        "RefusalProposed",
        "RefusalSentBack",
        "Forwarded",
        "HandedBack",
        "HandedOver",
        "ReviewSentBack",
        "ExtensionAsked",
        "ExtensionDeclined",
        "VoidAsked",
        "VoidDeclined",
        "LightTurned",
        "OverdueCalled",
        "OverdueSentBack",
        "OverdueSettled",
        "OverdueTakenBack",
        "MachineGrantChecked",
    }
)
TITLES: dict[str, str] = {
    "Received": "收到您的申请",
    "CorrectedOnSpot": "您当场更正了材料",
    "CorrectionAsked": "请您补正材料",
    "CorrectionReceived": "收到您补来的材料",
    "CorrectionReminded": "提醒您补正材料",
    "CorrectionLapsed": "没有等到补正，终止办理",
    "Accepted": "已受理",
    "AcceptedBySilence": "视为受理",
    "Refused": "不予受理",
    "NotOurs": "不归本机关办理",
    "NotNeeded": "依法不用办理",
    "ExplanationAsked": "请您说明一个问题",
    "Explained": "收到您的说明",
    "Extended": "办理期限延长了",
    "ProcedureBegun": "开始一项特别程序",
    "ProcedureProlonged": "特别程序要延长",
    "ProcedureOverran": "特别程序超过了计划的时间",
    "HostReplaced": "换了听证主持人",
    "ProcedureEnded": "特别程序结束了",
    "Reviewed": "审核完成",
    "OverdueExplained": "说明超期的原因",
    "Granted": "已准予",
    "Denied": "不予办理",
    "LetterCorrected": "更正了一份文书",
    "Voided": "更正了一项记载",
    "Dispatched": "结果已经寄出",
    "CameBack": "寄出的结果被退回",
    "ParcelSilent": "寄出的结果还没有回音",
    "PickupReminded": "提醒您领取结果",
    "Kept": "结果给您留着",
    "Delivered": "结果已送达，办结",
    "OriginalsReturned": "原件已退还",
    **told_upward.TITLES,
    "Withdrawn": "您撤回了申请",
    "Rated": "您评价了这次服务",
    **told_others.TITLES,
    **shorter.TITLES,
    **told_promise.TITLES,
}
# What an applicant reads of a stage; the office's own doubts are not his worry.
