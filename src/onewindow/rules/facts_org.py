"""组织的事实: what can happen to the offices of a county and to those who hold posts in them?

The bodies hold row ids and days; names and reasons stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import FACTS, TERMS_ZH, Fact

KIND = "organisation"


@dataclass(frozen=True, kw_only=True)
class DepartmentOpened(Fact):
    """设立部门."""

    department: int


@dataclass(frozen=True, kw_only=True)
class HallOpened(Fact):
    """设立场所."""

    hall: int


@dataclass(frozen=True, kw_only=True)
class WindowOpened(Fact):
    """开设窗口, or open again after it was closed."""

    window: int


@dataclass(frozen=True, kw_only=True)
class WindowClosed(Fact):
    """关闭窗口."""

    window: int


@dataclass(frozen=True, kw_only=True)
class TelephoneSet(Fact):
    """修改公布的电话: of a department or a hall; of neither, the county's own lines."""

    department: int = 0
    hall: int = 0


@dataclass(frozen=True, kw_only=True)
class WindowsEmpowered(Fact):
    """授权窗口: whether the comprehensive windows accept for a department, and decide its 即办件 on the spot."""

    department: int
    accepts: bool
    decides: bool


@dataclass(frozen=True, kw_only=True)
class PostOpened(Fact):
    """设立岗位."""

    post: int


@dataclass(frozen=True, kw_only=True)
class OfficerJoined(Fact):
    """到岗: a member of staff got an account."""

    officer: int


@dataclass(frozen=True, kw_only=True)
class OfficerLeft(Fact):
    """离岗: all his powers ended with this day."""

    officer: int


@dataclass(frozen=True, kw_only=True)
class PostGiven(Fact):
    """任岗: somebody sits in a post, as 本岗 or 首席事务代表."""

    holding: int
    officer: int
    post: int


@dataclass(frozen=True, kw_only=True)
class StoodIn(Fact):
    """顶岗 (AB角): somebody stands in for the holder of a post until a day."""

    holding: int
    officer: int
    post: int
    until: date


@dataclass(frozen=True, kw_only=True)
class PostEnded(Fact):
    """卸岗: the last day in a post."""

    holding: int
    last_day: date


@dataclass(frozen=True, kw_only=True)
class CalendarNoticed(Fact):
    """导入放假通知: the holidays of a year are known, and every open case is reckoned anew."""

    year: int


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Fact):
    """修改本地设定: the value, who set it and why stand in the row."""

    setting: str
    change: int


@dataclass(frozen=True, kw_only=True)
class TokenMade(Fact):
    """发放接口令牌: a program may act in the name of an account."""

    token: int
    account: int


@dataclass(frozen=True, kw_only=True)
class TokenWithdrawn(Fact):
    """收回接口令牌."""

    token: int


@dataclass(frozen=True, kw_only=True)
class SealLoaded(Fact):
    """装入印章: checked and tried, to be confirmed by another person."""

    seal: int
    department: int


@dataclass(frozen=True, kw_only=True)
class SealRefused(Fact):
    """退回印章: it was not confirmed."""

    seal: int


@dataclass(frozen=True, kw_only=True)
class SealConfirmed(Fact):
    """确认印章: a second person saw the sample and agreed."""

    seal: int


@dataclass(frozen=True, kw_only=True)
class SealBegan(Fact):
    """启用印章: from now on the department's letters carry it."""

    seal: int
    department: int


@dataclass(frozen=True, kw_only=True)
class SealEndAsked(Fact):
    """提请停用印章."""

    seal: int


@dataclass(frozen=True, kw_only=True)
class SealKept(Fact):
    """不停用印章: the proposal to end it is off."""

    seal: int


@dataclass(frozen=True, kw_only=True)
class SealEnded(Fact):
    """停用印章: ended by a second person, or replaced."""

    seal: int
    department: int


_WORDS: dict[type[Fact], str] = {
    DepartmentOpened: "设立部门",
    WindowsEmpowered: "授权窗口",
    HallOpened: "设立场所",
    WindowOpened: "开设窗口",
    WindowClosed: "关闭窗口",
    TelephoneSet: "修改公布的电话",
    PostOpened: "设立岗位",
    OfficerJoined: "到岗",
    OfficerLeft: "离岗",
    PostGiven: "任岗",
    StoodIn: "顶岗",
    PostEnded: "卸岗",
    CalendarNoticed: "导入放假通知",
    SettingChanged: "修改本地设定",
    TokenMade: "发放接口令牌",
    TokenWithdrawn: "收回接口令牌",
    SealLoaded: "装入印章",
    SealRefused: "退回印章",
    SealConfirmed: "确认印章",
    SealBegan: "启用印章",
    SealEndAsked: "提请停用印章",
    SealKept: "不停用印章",
    SealEnded: "停用印章",
}
FACTS.update({kind.__name__: kind for kind in _WORDS})
TERMS_ZH.update({kind.__name__: word for kind, word in _WORDS.items()})
