"""阶段: which fact may follow in which stage of a case, and what stage comes then?

The whole life of a case is the one table `NEXT`. A key that is missing is an act that is not allowed.
"""

from __future__ import annotations

from enum import StrEnum

from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import NotAllowed


class Stage(StrEnum):
    """Where a case stands."""

    NEW = "new"
    RECEIVED = "received"
    CORRECTING = "correcting"
    REFUSING = "refusing"
    EXAMINING = "examining"
    DECIDING = "deciding"
    ABOVE = "above"
    GRANTED = "granted"
    DENIED = "denied"
    CLOSED = "closed"
    REFUSED = "refused"
    NOT_OURS = "not_ours"
    NOT_NEEDED = "not_needed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    EXEMPT = "exempt"
    FILED = "filed"


STAGE_WORDS: dict[Stage, str] = {
    Stage.NEW: "未提交",
    Stage.RECEIVED: "已收件，待受理",
    Stage.CORRECTING: "等待补正",
    Stage.REFUSING: "拟不予受理，待确认",
    Stage.EXAMINING: "已受理，审核中",
    Stage.DECIDING: "待决定",
    Stage.ABOVE: "已转报上级，等待决定",
    Stage.GRANTED: "已准予，待送达",
    Stage.DENIED: "已作不予决定，待送达",
    Stage.CLOSED: "办结",
    Stage.REFUSED: "不予受理",
    Stage.NOT_OURS: "不属本机关职权",
    Stage.NOT_NEEDED: "依法不需要办理",
    Stage.LAPSED: "逾期未补正，已终止",
    Stage.WITHDRAWN: "已撤回",
    Stage.EXEMPT: "免予审批，已告知",
    Stage.FILED: "已备案",
}

OPEN: frozenset[Stage] = frozenset(
    {
        Stage.RECEIVED,
        Stage.CORRECTING,
        Stage.REFUSING,
        Stage.EXAMINING,
        Stage.DECIDING,
        Stage.ABOVE,
        Stage.GRANTED,
        Stage.DENIED,
    }
)
BEFORE_DECISION: tuple[Stage, ...] = (
    Stage.RECEIVED,
    Stage.CORRECTING,
    Stage.REFUSING,
    Stage.EXAMINING,
    Stage.DECIDING,
    Stage.ABOVE,
)
DECIDED: tuple[Stage, ...] = (Stage.GRANTED, Stage.DENIED)
# Stages from which a letter can still be served, an original given back and the service rated.
ENDED: tuple[Stage, ...] = (
    Stage.CLOSED,
    Stage.REFUSED,
    Stage.NOT_OURS,
    Stage.NOT_NEEDED,
    Stage.LAPSED,
    Stage.WITHDRAWN,
    Stage.EXEMPT,
    Stage.FILED,
)

# While an accepted case is looked at and decided; none of them moves it from there.
MOVING_THE_DAYS = (
    "ExtensionAsked",
    "ExtensionDeclined",
    "Extended",
    "ProcedureBegun",
    "ProcedureProlonged",
    "ProcedureEnded",
)
# Who has it, who leads its hearing, and that a procedure lasts too long.
IN_COURSE = ("HandedOver", "HostReplaced", "ProcedureOverran")
# What an applicant promised to bring later is brought, judged and reminded of while his case goes on.
SUPPLYING = ("DeferralReminded", "PapersSupplied", "SupplyReturned", "PapersCleared", "DeferralMissed")
# What was granted on a promise is checked afterwards, whether the result was fetched or not.
CHECKING = (
    "PromiseKept",
    "CheckOverdue",
    "MendOrdered",
    "Mended",
    "RevocationAnnounced",
    "StatementHeard",
    "RevocationDropped",
    "Revoked",
)
# A letter is put right in whatever stage it stands; the case goes on as it was.
CORRECTING_A_LETTER = ("LetterCorrectionAsked", "LetterCorrectionDeclined", "LetterCorrected")
# An overrun is answered for also after the case has ended.
ANSWERING_FOR = ("OverdueCalled", "OverdueExplained", "OverdueSentBack", "OverdueSettled", "OverdueTakenBack")
# A wrong fact is voided in whatever stage the case stands; where it stands then, the effective history says.
VOIDING = ("VoidAsked", "VoidDeclined", "Voided")
# What is owed for a case is told, reduced and paid from acceptance until the result is handed out, and paid back after.
MONEY = ("BillMade", "ReliefAsked", "ReliefGranted", "ReliefDeclined", "FeePaid")
PAID_BACK = ("PaidAstray", "RefundAsked", "Refunded", "RefundDeclined")
# Others whom the decision touches are heard before it.
HEARING_OTHERS = ("ThirdNamed", "ThirdTold", "ThirdSpoke", "ThirdHeard", "ThirdReleased")
# What false papers and fraud lead to is recorded when the case has been refused, denied or granted.
BARRING = ("Warned", "Barred", "BarLiftAsked", "BarLifted", "BarLiftDeclined")
# None of them moves a stage or a day.
BESIDE_THE_DAYS = frozenset({*MONEY, *PAID_BACK, *HEARING_OTHERS, *BARRING})

NEXT: dict[tuple[Stage, str], Stage] = {
    (Stage.NEW, "Received"): Stage.RECEIVED,
    (Stage.RECEIVED, "Judged"): Stage.RECEIVED,
    (Stage.REFUSING, "Judged"): Stage.REFUSING,
    (Stage.RECEIVED, "CorrectedOnSpot"): Stage.RECEIVED,
    (Stage.RECEIVED, "CorrectionAsked"): Stage.CORRECTING,
    (Stage.CORRECTING, "CorrectionReceived"): Stage.RECEIVED,
    (Stage.CORRECTING, "CorrectionReminded"): Stage.CORRECTING,
    (Stage.CORRECTING, "CorrectionLapsed"): Stage.LAPSED,
    (Stage.RECEIVED, "Accepted"): Stage.EXAMINING,
    (Stage.RECEIVED, "AcceptedBySilence"): Stage.EXAMINING,
    (Stage.REFUSING, "AcceptedBySilence"): Stage.EXAMINING,
    (Stage.RECEIVED, "RefusalProposed"): Stage.REFUSING,
    (Stage.REFUSING, "RefusalSentBack"): Stage.RECEIVED,
    (Stage.REFUSING, "Refused"): Stage.REFUSED,
    (Stage.REFUSING, "NotOurs"): Stage.NOT_OURS,
    (Stage.REFUSING, "NotNeeded"): Stage.NOT_NEEDED,
    (Stage.RECEIVED, "Refused"): Stage.REFUSED,
    (Stage.RECEIVED, "NotOurs"): Stage.NOT_OURS,
    (Stage.RECEIVED, "NotNeeded"): Stage.NOT_NEEDED,
    # The shorter ways of an item's risk tier, and the decision table that is asked once.
    (Stage.RECEIVED, "Exempted"): Stage.EXEMPT,
    (Stage.RECEIVED, "Filed"): Stage.FILED,
    (Stage.FILED, "FilingChecked"): Stage.FILED,
    **{(stage, "JudgedAtOnce"): stage for stage in (Stage.RECEIVED, Stage.EXAMINING, Stage.DECIDING)},
    **{(stage, "MachineGrantChecked"): stage for stage in (*DECIDED, *ENDED)},
    (Stage.EXAMINING, "Forwarded"): Stage.EXAMINING,
    (Stage.EXAMINING, "HandedBack"): Stage.EXAMINING,
    (Stage.DECIDING, "HandedBack"): Stage.DECIDING,
    (Stage.EXAMINING, "ExplanationAsked"): Stage.EXAMINING,
    (Stage.EXAMINING, "Explained"): Stage.EXAMINING,
    (Stage.DECIDING, "ExplanationAsked"): Stage.DECIDING,
    (Stage.DECIDING, "Explained"): Stage.DECIDING,
    (Stage.EXAMINING, "Reviewed"): Stage.DECIDING,
    # Items with a single step of decision (即办件) wait for it from acceptance on (`standing`); those that were
    # accepted before that was so stand here.
    (Stage.EXAMINING, "Granted"): Stage.GRANTED,
    (Stage.EXAMINING, "Denied"): Stage.DENIED,
    (Stage.DECIDING, "Forwarded"): Stage.DECIDING,
    (Stage.DECIDING, "ReviewSentBack"): Stage.EXAMINING,
    # What the organ above decides (上报件); an opinion that was sent up is not looked at again here.
    (Stage.DECIDING, "SentUp"): Stage.ABOVE,
    (Stage.ABOVE, "ContactedAbove"): Stage.ABOVE,
    (Stage.ABOVE, "GrantedAbove"): Stage.GRANTED,
    (Stage.ABOVE, "DeniedAbove"): Stage.DENIED,
    # A licence that is to go on, and the silence that lets it (行政许可法 50).
    **{(stage, "RenewalNamed"): stage for stage in (Stage.RECEIVED, Stage.EXAMINING, Stage.DECIDING)},
    **{(stage, "RenewedByLaw"): Stage.GRANTED for stage in (Stage.EXAMINING, Stage.DECIDING)},
    (Stage.CLOSED, "RenewalReminded"): Stage.CLOSED,
    (Stage.DECIDING, "Granted"): Stage.GRANTED,
    (Stage.DECIDING, "Denied"): Stage.DENIED,
    **{
        (stage, fact): stage
        for stage in (Stage.EXAMINING, Stage.DECIDING)
        for fact in (*MOVING_THE_DAYS, *IN_COURSE)
    },
    **{(stage, fact): stage for stage in (Stage.EXAMINING, Stage.DECIDING) for fact in HEARING_OTHERS},
    **{
        (stage, fact): stage
        for stage in (Stage.EXAMINING, Stage.DECIDING, Stage.ABOVE, Stage.GRANTED)
        for fact in MONEY
    },
    **{(stage, fact): stage for stage in (*BEFORE_DECISION, *DECIDED, *ENDED) for fact in PAID_BACK},
    # A promise was taken back after the bill: the case waits for its acceptance again, and the bill for its money.
    **{(stage, "FeePaid"): stage for stage in (Stage.RECEIVED, Stage.CORRECTING, Stage.REFUSING)},
    **{(stage, fact): stage for stage in (*DECIDED, Stage.CLOSED, Stage.REFUSED) for fact in BARRING},
    # 容缺受理, 告知承诺: signed before the acceptance; taken back, the case is where its papers had come in.
    **{
        (Stage.RECEIVED, fact): Stage.RECEIVED for fact in ("LackPromised", "PapersDeferred", "PromiseSigned")
    },
    **{
        (stage, "PromiseTakenBack"): Stage.RECEIVED
        for stage in (Stage.RECEIVED, Stage.EXAMINING, Stage.DECIDING)
    },
    **{(stage, fact): stage for stage in (Stage.EXAMINING, Stage.DECIDING) for fact in SUPPLYING},
    **{(stage, "DeemedWithdrawn"): Stage.WITHDRAWN for stage in (Stage.EXAMINING, Stage.DECIDING)},
    **{(stage, fact): stage for stage in (Stage.GRANTED, Stage.CLOSED) for fact in CHECKING},
    (Stage.GRANTED, "Revoked"): Stage.CLOSED,  # nothing is left to hand out
    **{(stage, "Withdrawn"): Stage.WITHDRAWN for stage in BEFORE_DECISION},
    **{(stage, "Delivered"): Stage.CLOSED for stage in DECIDED},
    **{
        (stage, fact): stage
        for stage in DECIDED
        for fact in ("Dispatched", "CameBack", "ParcelSilent", "PickupReminded", "Kept")
    },
    **{
        (stage, fact): stage
        for stage in (*BEFORE_DECISION, *DECIDED, *ENDED)
        for fact in ("Served", "LetterSent", "LetterCameBack", *CORRECTING_A_LETTER, *ANSWERING_FOR, *VOIDING)
    },
    **{(stage, "LightTurned"): stage for stage in (*BEFORE_DECISION, *DECIDED)},
    **{(stage, "OriginalsReturned"): stage for stage in (*BEFORE_DECISION, *DECIDED, *ENDED)},
    **{(stage, "Rated"): stage for stage in ENDED},
}


def after(stage: Stage, fact: str) -> Stage:
    """The stage that `fact` leads to from `stage`; refuses what the table does not name."""
    try:
        return NEXT[stage, fact]
    except KeyError:
        raise NotAllowed(
            f"本件现在是“{STAGE_WORDS[stage]}”，不能办“{TERMS_ZH[fact]}”。请刷新后再看。"
        ) from None
