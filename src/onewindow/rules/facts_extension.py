"""延时服务的事实: what can happen around the closing time of a window?

The bodies hold row ids, days and codes; names, reasons and opinions stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "extension"


@dataclass(frozen=True, kw_only=True)
class ExtensionBegun(Fact):
    """启动延时服务: at a window, for one visitor, on one of the grounds."""

    extension: int
    window: int
    ground: str
    ticket: int = 0


@dataclass(frozen=True, kw_only=True)
class ExtensionEnded(Fact):
    """延时服务结束: who served at which window, and how many minutes beyond closing time."""

    extension: int
    window: int
    officer: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class ExtensionLeft(Fact):
    """申请人离开: nothing was served; `why` is a code of the number that was given up."""

    extension: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtensionSigned(Fact):
    """延时登记表签字: by the handler or by the applicant."""

    extension: int
    side: str


@dataclass(frozen=True, kw_only=True)
class ExtensionServed(Fact):
    """延时服务完成: with the cases that came of it."""

    extension: int
    cases: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExtensionFiled(Fact):
    """延时登记表备案."""

    extension: int
    number: str


@dataclass(frozen=True, kw_only=True)
class OvertimeAsked(Fact):
    """请求延时服务: by whoever holds the number, at the kiosk or in words; `channel` says how."""

    asked: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class OvertimeAnswered(Fact):
    """答复延时请求: agreed to, or not with a reason that stands in the row."""

    asked: int
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class CallBackDrawn(Fact):
    """抽取延时回访: a sample of the services of some days."""

    draw: int
    services: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class CallBackMade(Fact):
    """延时回访: whether he was reached, and how satisfied he was; 0 where he did not say."""

    call: int
    reached: bool
    grade: int = 0


@dataclass(frozen=True, kw_only=True)
class WindowLeaderNamed(Fact):
    """指定窗口负责人."""

    window: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class WindowLeft(Fact):
    """窗口签退: nobody waits for it any more, or somebody else serves them."""

    window: int
    officer: int


TERMS_ZH.update(
    {
        "CallBackDrawn": "抽取延时回访",
        "CallBackMade": "延时服务回访",
        "OvertimeAnswered": "答复延时请求",
        "OvertimeAsked": "请求延时服务",
        "ExtensionBegun": "启动延时服务",
        "ExtensionEnded": "延时服务结束",
        "ExtensionFiled": "延时登记表备案",
        "ExtensionLeft": "申请人离开，延时未办",
        "ExtensionServed": "延时服务完成",
        "ExtensionSigned": "延时登记表签字",
        "WindowLeaderNamed": "指定窗口负责人",
        "WindowLeft": "窗口签退",
    }
)
