"""设备和公告的事实: what can happen to the machines of a hall, to what hangs there, and to whoever presses for help?

The bodies hold row ids; names, reasons and texts stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class DeviceSet(Fact):
    """添置设备: a machine was entered or changed."""

    device: int


@dataclass(frozen=True, kw_only=True)
class DeviceRegistered(Fact):
    """登记设备: this very machine holds the key of the device from now on, and none before it."""

    device: int


@dataclass(frozen=True, kw_only=True)
class DeviceReleased(Fact):
    """收回设备密钥: no machine is the device until one is registered again."""

    device: int


@dataclass(frozen=True, kw_only=True)
class DeviceRetired(Fact):
    """停用设备."""

    device: int


@dataclass(frozen=True, kw_only=True)
class DeviceFaulty(Fact):
    """设备报修."""

    device: int
    fault: int


@dataclass(frozen=True, kw_only=True)
class DeviceMended(Fact):
    """设备修复."""

    device: int
    fault: int


@dataclass(frozen=True, kw_only=True)
class NoticePosted(Fact):
    """张贴公告: on the displays of a hall."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class NoticeTakenDown(Fact):
    """撤下公告."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class GuideCalled(Fact):
    """叫人帮忙: somebody pressed for a guide at a machine."""

    device: int
    call: int


@dataclass(frozen=True, kw_only=True)
class HelpGiven(Fact):
    """已去帮忙: the guide was there; whether it helped."""

    call: int
    helped: bool


TERMS_ZH.update(
    {
        "DeviceSet": "添置设备",
        "DeviceRegistered": "登记设备",
        "DeviceReleased": "收回设备密钥",
        "DeviceRetired": "停用设备",
        "DeviceFaulty": "设备报修",
        "DeviceMended": "设备修复",
        "NoticePosted": "张贴公告",
        "NoticeTakenDown": "撤下公告",
        "GuideCalled": "叫人帮忙",
        "HelpGiven": "已去帮忙",
    }
)
