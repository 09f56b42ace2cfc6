"""办件类型的关口: what is missing of a guide whose cases are settled jointly or above, or whose licence goes on?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onewindow.catalogue.text import VersionText
from onewindow.rules.kinds_of_case import KIND_WORDS, PLANNED, CaseKind

# Element and sentence of each gap; the gate adds on what it rests.
Said = tuple[str, str]
_UPWARD, _JOINT, _INSTANT = (KIND_WORDS[k] for k in (CaseKind.UPWARD, CaseKind.JOINT, CaseKind.INSTANT))


def lacking(text: VersionText) -> Iterator[Said]:
    """Everything of it that stands against publication."""
    kind = text.content.get("case_kind") or ""
    if kind and kind not in PLANNED:
        yield "办件类型", f"没有“{kind}”这一类"
    if kind in (_UPWARD, _JOINT) and text.immediate:
        yield "办件类型", f"{kind}不能同时是即办件"
    if kind == _UPWARD:
        yield from _upward(text.content.get("upward") or {})
    if kind == _JOINT:
        yield from _joint(text.content.get("joint") or {})
    yield from _renewal(text, text.content.get("renewal") or {})
    for one in text.content.get("special", ()):
        if one.get("stops") and not one.get("basis"):
            yield "特别程序", f"“{one.get('name', '')}”停止计算期限，没有写是哪一条规定的"


def _upward(told: dict[str, Any]) -> Iterator[Said]:
    if not told.get("organ"):
        yield "上报件", "没有写报给哪个上级机关"
    if not told.get("days"):
        yield "上报件", "没有写上级办理的天数，办结时限要告诉申请人"
    if not told.get("basis"):
        yield "上报件", "没有写由上级机关决定的依据"


def _joint(told: dict[str, Any]) -> Iterator[Said]:
    others = [one for one in told.get("with", ()) if one.get("department")]
    if not others:
        yield "联办件", "联办件要有两个以上的部门，请写明还有哪个部门、办什么"
    for one in others:
        if not one.get("does"):
            yield "联办件", f"没有写“{one['department']}”办什么"


def _renewal(text: VersionText, told: dict[str, Any]) -> Iterator[Said]:
    if told.get("before_days") and not told.get("basis"):
        yield "延续", "自己规定了届满几日前申请，没有写是哪一条"
    if told and text.kind != "行政许可" and not told.get("before_days"):
        yield "延续", "不是行政许可，没有通用的日数，请写明届满几日前申请和依据"
