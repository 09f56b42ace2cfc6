"""突发事件的事实: what can happen to a hall's service, its plans, incidents, drills and safety equipment?

The bodies hold row ids and codes; names, reasons and every word of a report stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "incident"


@dataclass(frozen=True, kw_only=True)
class ServiceStopped(Fact):
    """停止服务: the whole hall serves nobody until it goes on."""

    hall: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class StopChanged(Fact):
    """改停止服务的预计时间: it lasts longer or less long than was said."""

    hall: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class ServiceResumed(Fact):
    """恢复服务: after so many minutes."""

    hall: int
    stop: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class PlanSet(Fact):
    """起草应急预案: a plan, or a new version of it, was drafted or changed."""

    plan: int


@dataclass(frozen=True, kw_only=True)
class PlanApproved(Fact):
    """批准应急预案: from now on it is the plan of this hall for this kind of event."""

    plan: int


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(Fact):
    """启动应急预案: something happened, and the steps of the plan begin."""

    incident: int
    plan: int


@dataclass(frozen=True, kw_only=True)
class StepDone(Fact):
    """应急步骤已做: a step of the plan, by whoever ticked it."""

    incident: int
    entry: int


@dataclass(frozen=True, kw_only=True)
class IncidentNoted(Fact):
    """登记应急处置: what somebody did besides the steps of the plan."""

    incident: int
    entry: int


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Fact):
    """应急结束: with its report."""

    incident: int


@dataclass(frozen=True, kw_only=True)
class RoundDone(Fact):
    """消毒通风已做: one round while the epidemic plan is active."""

    incident: int
    round: int


@dataclass(frozen=True, kw_only=True)
class HealthNoted(Fact):
    """登记工作人员健康: whether he may work today."""

    incident: int
    officer: int
    fit: bool


@dataclass(frozen=True, kw_only=True)
class DrillHeld(Fact):
    """登记应急演练."""

    drill: int


@dataclass(frozen=True, kw_only=True)
class MeasureDone(Fact):
    """演练整改完成."""

    measure: int


@dataclass(frozen=True, kw_only=True)
class SafetySet(Fact):
    """登记安全和急救设备: a piece was entered or changed."""

    item: int


@dataclass(frozen=True, kw_only=True)
class SafetyChecked(Fact):
    """检查安全和急救设备."""

    item: int
    sound: bool


@dataclass(frozen=True, kw_only=True)
class SafetyUsed(Fact):
    """使用安全和急救设备: when, by whom, what was done."""

    item: int
    use: int


@dataclass(frozen=True, kw_only=True)
class SafetyOverdue(Fact):
    """安全和急救设备到期没有检查: told once for each day on which it was due."""

    item: int


@dataclass(frozen=True, kw_only=True)
class SafetyRetired(Fact):
    """停用安全和急救设备."""

    item: int


TERMS_ZH.update(
    {
        "DrillHeld": "登记应急演练",
        "HealthNoted": "登记工作人员健康",
        "IncidentClosed": "应急结束",
        "IncidentNoted": "登记应急处置",
        "IncidentOpened": "启动应急预案",
        "MeasureDone": "演练整改完成",
        "PlanApproved": "批准应急预案",
        "PlanSet": "起草应急预案",
        "RoundDone": "消毒通风已做",
        "SafetyChecked": "检查安全和急救设备",
        "SafetyOverdue": "安全和急救设备到期没有检查",
        "SafetyRetired": "停用安全和急救设备",
        "SafetySet": "登记安全和急救设备",
        "SafetyUsed": "使用安全和急救设备",
        "ServiceResumed": "大厅恢复服务",
        "ServiceStopped": "大厅停止服务",
        "StepDone": "应急步骤已做",
        "StopChanged": "改停止服务的预计时间",
    }
)
