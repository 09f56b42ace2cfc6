"""办件类型: of which kind is a case – 即办, 承诺, 联办, 上报 or 退办 – and in which way is it handled (湛河 二(二)2)?

What is planned stands in the guide; a case that was refused, before or after its acceptance, is 退办件 from then on.
依法不需要办理 is no refusal: nobody fell short of a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from onewindow.rules.facts import Fact
from onewindow.rules.grants import NotAllowed


class CaseKind(StrEnum):
    """办件类型."""

    INSTANT = "instant"
    PROMISED = "promised"
    JOINT = "joint"
    UPWARD = "upward"
    RETURNED = "returned"


class Mode(StrEnum):
    """办理方式: the applicant himself, or somebody who sees to all of it at his wish."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"


KIND_WORDS: dict[CaseKind, str] = {
    CaseKind.INSTANT: "即办件",
    CaseKind.PROMISED: "承诺件",
    CaseKind.JOINT: "联办件",
    CaseKind.UPWARD: "上报件",
    CaseKind.RETURNED: "退办件",
}
KIND_MEANS: dict[CaseKind, str] = {
    CaseKind.INSTANT: "当场受理，当场办结",
    CaseKind.PROMISED: "受理后在承诺的期限内办结",
    CaseKind.JOINT: "两个以上部门联合办理，一个部门牵头",
    CaseKind.UPWARD: "本级初审后报上级机关决定",
    CaseKind.RETURNED: "不符合条件，书面说明理由后退回",
}
MODE_WORDS: dict[Mode, str] = {Mode.DIRECT: "直接办理", Mode.ENTRUSTED: "委托全程代办"}
# What a guide may say; nobody plans to send a case back.
PLANNED: tuple[str, ...] = tuple(word for kind, word in KIND_WORDS.items() if kind is not CaseKind.RETURNED)
_HERE = frozenset({"Granted", "Denied", "RenewedByLaw"})
_BY_WORD = {word: kind for kind, word in KIND_WORDS.items()}
_SENT_BACK = frozenset({"Refused", "NotOurs", "Denied", "DeniedAbove"})
_ANSWERED = _SENT_BACK | {"NotNeeded", "Granted", "GrantedAbove", "RenewedByLaw"}


def planned(told: Mapping[str, Any], *, immediate: bool) -> CaseKind:
    """The kind that the guide plans: what it says beside its days, else whether it is done at once."""
    kind = _BY_WORD.get(str(told.get("kind", "")))
    if kind in (CaseKind.JOINT, CaseKind.UPWARD):
        return kind
    return CaseKind.INSTANT if immediate else CaseKind.PROMISED


def kind_after(kind: CaseKind, history: Iterable[Fact]) -> CaseKind:
    """The kind after what happened: the last answer of the office counts."""
    last = ""
    for fact in history:
        if fact.name in _ANSWERED:
            last = fact.name
    return CaseKind.RETURNED if last in _SENT_BACK else kind


def refuse_strange(kind: CaseKind, facts: tuple[Fact, ...]) -> None:
    """Refuse what the table of stages cannot see: a decision here of what is decided above, and the other way round."""
    names = {fact.name for fact in facts}
    if kind is CaseKind.UPWARD and names & _HERE:
        raise NotAllowed("本件是上报件，由上级机关决定。请写好初审意见，转报上级。")
    if kind is not CaseKind.UPWARD and "SentUp" in names:
        raise NotAllowed("本件不是上报件，请由本机关作出决定，不转报上级。")
    if "RenewedByLaw" in names and "RenewalNamed" not in names:
        raise NotAllowed("本件没有登记要延续的原证，请先登记原证，或者依法作出决定。")
