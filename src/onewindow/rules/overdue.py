"""超期的说法: for which causes may an overrun be explained, in which public words, and what may be found of it?

The public words are chosen and not written, so that no name can stand in them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """原因: why an office did not keep a term."""

    LOAD = "load"
    ABSENT = "absent"
    OTHERS = "others"
    SITE = "site"
    COMPLEX = "complex"
    SYSTEM = "system"
    OMITTED = "omitted"


# For the office that chooses, and for the applicant who reads.
CAUSE_WORDS: dict[Cause, tuple[str, str]] = {
    Cause.LOAD: ("办件集中，人手不够", "近期办件集中，没有排开"),
    Cause.ABSENT: ("承办岗位缺人，没有及时接办", "承办的岗位一时缺人，没有及时接上"),
    Cause.OTHERS: ("等其他部门的意见或者数据", "在等其他部门的意见或者数据"),
    Cause.SITE: ("现场核查、检验等环节超出计划", "现场核查、检验等环节用的时间比计划长"),
    Cause.COMPLEX: ("情况复杂，需要进一步核实", "情况比较复杂，还要进一步核实"),
    Cause.SYSTEM: ("系统或者网络故障", "系统或者网络出了故障"),
    Cause.OMITTED: ("疏忽，没有按时办理", "工作疏忽，没有按时办理"),
}


class Finding(StrEnum):
    """认定: what the supervisor finds."""

    REASONED = "reasoned"
    UNREASONED = "unreasoned"
    DELIBERATE = "deliberate"


FINDING_WORDS: dict[Finding, str] = {
    Finding.REASONED: "有正当理由",
    Finding.UNREASONED: "无故延时",
    Finding.DELIBERATE: "故意拖延",
}


def in_public(cause: str, told_on: date, expected: date) -> str:
    """What the applicant reads: why it takes longer and, while it is not done, by when it will be."""
    why = f"超期的原因：{CAUSE_WORDS[Cause(cause)][1]}。"
    if expected <= told_on:
        return why
    year = f"{expected.year} 年 " if expected.year != told_on.year else ""
    return f"{why}预计 {year}{expected.month} 月 {expected.day} 日以前办好。"
