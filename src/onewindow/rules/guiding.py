"""导办的规矩: who is helped through his whole visit, by which guide, and how often was somebody sent to the wrong place?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from onewindow.rules.queueing import Priority


class Group(StrEnum):
    """特殊群体: 老弱病残孕军, and whoever cannot walk well."""

    OLD = "old"
    WEAK = "weak"
    ILL = "ill"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    SOLDIER = "soldier"
    IMMOBILE = "immobile"


GROUP_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Group.OLD: "老年人",
        Group.WEAK: "体弱",
        Group.ILL: "生病",
        Group.DISABLED: "残疾人",
        Group.PREGNANT: "孕妇、带婴幼儿",
        Group.SOLDIER: "军人军属",
        Group.IMMOBILE: "行动不便",
    }
)
# 全程协助 and 一对一专办 are for all of them but soldiers, who go first and walk by themselves.
HELPED = frozenset(set(Group) - {Group.SOLDIER})
_CLASS: Mapping[str, Priority] = MappingProxyType(
    {
        Group.DISABLED: Priority.DISABLED,
        Group.PREGNANT: Priority.PREGNANT,
        Group.OLD: Priority.ELDERLY,
        Group.SOLDIER: Priority.SOLDIER,
        Group.IMMOBILE: Priority.HELPED,
        Group.WEAK: Priority.HELPED,
        Group.ILL: Priority.HELPED,
    }
)
_GROUP: Mapping[Priority, Group] = MappingProxyType(
    {
        Priority.ELDERLY: Group.OLD,
        Priority.DISABLED: Group.DISABLED,
        Priority.PREGNANT: Group.PREGNANT,
        Priority.SOLDIER: Group.SOLDIER,
    }
)
# What a visitor wants, in one tap.
NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "apply": "办事",
        "ask": "咨询",
        "collect": "取件",
        "progress": "查进度",
        "print": "打印复印",
        "complain": "反映问题",
        "other": "别的",
    }
)
# Where the guide, or the machine, sent him.
WAYS: Mapping[str, str] = MappingProxyType(
    {
        "number": "取号到窗口",
        "self": "到自助区办",
        "window": "可自助，仍到窗口",
        "question": "转窗口解答",
        "answered": "当场答复",
        "device": "帮助用设备",
    }
)
STEPS = ("取号", "填表", "复印", "陪到窗口", "陪同办理", "陪同取件", "送出大门")
ENDS: Mapping[str, str] = MappingProxyType(
    {"done": "办完，送到门口", "declined": "本人说不用陪", "left": "人已离开"}
)


def groups_of(priority: Priority, asked: Iterable[str] = ()) -> list[str]:
    """The groups of somebody who said them, or who took his number as one of them; in the order of the words."""
    said = set(asked) | ({_GROUP[priority]} if priority in _GROUP else set())
    return [one.value for one in Group if one in said]


def class_of(priority: Priority, groups: Iterable[str], needs_help: bool) -> Priority:
    """In which class he waits: as he said; else by his group; else as one who asked for help."""
    if priority is not Priority.ORDINARY:
        return priority
    said = set(groups)
    found = next((to for group, to in _CLASS.items() if group in said), None)
    return found or (Priority.HELPED if needs_help else Priority.ORDINARY)


def accompanied(groups: Iterable[str], needs_help: bool) -> bool:
    """Whether somebody goes with him all the way."""
    return needs_help or not HELPED.isdisjoint(groups)


def least_busy(guides: Iterable[int], busy: Mapping[int, int]) -> int | None:
    """Who accompanies the fewest now; of equals the first."""
    return min(guides, key=lambda one: busy.get(one, 0), default=None)


def percent(part: int, whole: int) -> int:
    """A share in whole hundredths; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def took(arrived: datetime, taken: datetime, misled: datetime | None) -> timedelta:
    """引导用时: from when he was first seen until he had a number of the right line."""
    return max(timedelta(), (misled or taken) - arrived)
