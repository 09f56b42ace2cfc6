"""代谁办: in whose place does an officer do something, when he stands in for somebody who is away?

Everything that a stand-in does by a power that the post alone gives him, or on a case in the other's name, carries both
names; what his own posts let him do on anything else is his own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from onewindow.people.models import Officer
from onewindow.rules.grants import Actor, Grant

# The power by which each fact of a case is written.
POWER_OF: Mapping[str, Grant] = MappingProxyType(
    {
        "Received": Grant.INTAKE_RECEIVE,
        "Accepted": Grant.CASE_ACCEPT,
        "CorrectionAsked": Grant.CASE_ACCEPT,
        "RefusalProposed": Grant.CASE_PROPOSE_REFUSAL,
        "RefusalSentBack": Grant.CASE_REFUSE,
        "Refused": Grant.CASE_REFUSE,
        "NotOurs": Grant.CASE_REFUSE,
        "NotNeeded": Grant.CASE_REFUSE,
        "Forwarded": Grant.CASE_FORWARD,
        "Reviewed": Grant.CASE_EXAMINE,
        "ExplanationAsked": Grant.CASE_EXAMINE,
        "ExtensionAsked": Grant.CASE_EXAMINE,
        "ProcedureBegun": Grant.CASE_EXAMINE,
        "ProcedureEnded": Grant.CASE_EXAMINE,
        "ProcedureProlonged": Grant.CASE_EXAMINE,
        "ReviewSentBack": Grant.CASE_DECIDE,
        "Granted": Grant.CASE_DECIDE,
        "Denied": Grant.CASE_DECIDE,
        "Extended": Grant.CASE_EXTEND,
        "ExtensionDeclined": Grant.CASE_EXTEND,
        "Delivered": Grant.CASE_DELIVER,
        "OverdueExplained": Grant.OVERDUE_ANSWER,
        **dict.fromkeys(("OverdueSettled", "OverdueSentBack"), Grant.OVERDUE_SETTLE),
        "LetterCorrectionAsked": Grant.LETTER_CORRECT,
        **dict.fromkeys(("LetterCorrected", "LetterCorrectionDeclined"), Grant.CASE_DECIDE),
        "RepairAsked": Grant.CREDIT_ASK,
        **dict.fromkeys(("BreachRepaired", "RepairDeclined"), Grant.CREDIT_REPAIR),
        **dict.fromkeys(("VersionReviewed", "ChangeApproved", "ChangeDeclined"), Grant.CATALOGUE_REVIEW),
        "VersionDrafted": Grant.CATALOGUE_DRAFT,
        **dict.fromkeys(("SealLoaded", "SealConfirmed", "SealEndAsked", "SealEnded"), Grant.SEAL_LOAD),
        "PapersDeferred": Grant.CASE_ACCEPT,
        "SupplyReturned": Grant.CASE_ACCEPT,
        "PapersCleared": Grant.CASE_ACCEPT,
        "RenewalNamed": Grant.CASE_ACCEPT,
        "Filed": Grant.CASE_ACCEPT,
        "FilingChecked": Grant.CASE_EXAMINE,
        "HostReplaced": Grant.ABSENCE_ARRANGE,
        **dict.fromkeys(("ThirdNamed", "ThirdTold", "ThirdHeard", "ThirdReleased"), Grant.CASE_EXAMINE),
        **dict.fromkeys(("PromiseKept", "MendOrdered", "Mended"), Grant.CASE_EXAMINE),
        **dict.fromkeys(("RevocationAnnounced", "StatementHeard", "BarLiftAsked"), Grant.CASE_EXAMINE),
        **dict.fromkeys(("Revoked", "RevocationDropped", "SentUp"), Grant.CASE_DECIDE),
        **dict.fromkeys(("ContactedAbove", "GrantedAbove", "DeniedAbove"), Grant.CASE_REPORT),
        **dict.fromkeys(("Warned", "Barred", "BarLifted", "BarLiftDeclined"), Grant.PARTY_BAR),
        **dict.fromkeys(("ReliefAsked", "RefundAsked"), Grant.FEE_BILL),
        **dict.fromkeys(("ReliefGranted", "ReliefDeclined", "Refunded", "RefundDeclined"), Grant.FEE_SETTLE),
        "FeePaid": Grant.FEE_COLLECT,
        "VoidAsked": Grant.RECORD_ASK,
        **dict.fromkeys(("VoidDeclined", "Voided"), Grant.RECORD_VOID),
    }
)


def instead_of(by: Actor, subject: object, fact: str, whose: int | None) -> int:
    """Whose place it is; 0 when he acts for himself. `whose`: in whose name the case stood. No statement."""
    if not isinstance(by, Officer) or not by.stands_for:
        return 0
    held = [one for one in by.holdings if one.in_force(by.day) and one.post.covers(subject)]
    standing = [one for one in held if one.instead_of_id]
    if any(one.instead_of_id == whose for one in standing):
        return whose or 0
    own = {grant for one in held if not one.instead_of_id for grant in one.post.grants}
    needed = POWER_OF.get(fact)
    if needed is None:
        return 0 if own else next((one.instead_of_id or 0 for one in standing), 0)
    gives = (one.instead_of_id or 0 for one in standing if needed.value in one.post.grants)
    return 0 if needed.value in own else next(gives, 0)


def counting(by: Actor, subject: object, fact: str) -> frozenset[str]:
    """The codes of all who count as doing it: a stand-in is himself and the one in whose place he acts."""
    instead = instead_of(by, subject, fact, None)
    return frozenset({by.actor_code, f"officer:{instead}"} if instead else {by.actor_code})
