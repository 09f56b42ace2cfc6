"""投诉的事实: somebody complained, and what was found; what he said stands in the row, where it can be cleared."""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "complaint"


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(Fact):
    """投诉 (罗山县 预约办 八、延时办 七)."""

    complaint: int
    kind: str
    service: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class ComplaintSettled(Fact):
    """投诉核查: verified or not, and how many points the window loses."""

    complaint: int
    verified: bool
    points: int = 0


TERMS_ZH.update({"ComplaintMade": "投诉", "ComplaintSettled": "投诉核查结果"})
