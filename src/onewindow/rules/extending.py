"""延时服务: on which grounds does a window serve beyond closing time, and what may follow what?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import InForce


class Ground(StrEnum):
    """为什么延时: the three cases of the text (延时办 一)."""

    UNFINISHED = "unfinished"
    MANY = "many"
    OTHER = "other"


GROUND_WORDS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.UNFINISHED: "临近下班未办结",
        Ground.MANY: "即办事项办件量大",
        Ground.OTHER: "其他原因",
    }
)


class Stage(StrEnum):
    """办到哪一步."""

    OPEN = "open"
    ENDED = "ended"
    SERVED = "served"
    FILED = "filed"
    GONE = "gone"


STAGE_WORDS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.OPEN: "延时办理中",
        Stage.ENDED: "等双方签字",
        Stage.SERVED: "已签字，等备案",
        Stage.FILED: "已备案",
        Stage.GONE: "申请人离开，未办",
    }
)
# What is not here cannot happen.
LIFE: Mapping[tuple[Stage | None, str], Stage] = MappingProxyType(
    {
        (None, "ExtensionBegun"): Stage.OPEN,
        (Stage.OPEN, "ExtensionEnded"): Stage.ENDED,
        (Stage.OPEN, "ExtensionLeft"): Stage.GONE,
        (Stage.OPEN, "ExtensionSigned"): Stage.OPEN,
        (Stage.ENDED, "ExtensionSigned"): Stage.ENDED,
        (Stage.ENDED, "ExtensionServed"): Stage.SERVED,
        (Stage.ENDED, "ExtensionLeft"): Stage.GONE,
        (Stage.SERVED, "ExtensionFiled"): Stage.FILED,
        (Stage.SERVED, "CallBackMade"): Stage.SERVED,
        (Stage.FILED, "CallBackMade"): Stage.FILED,
    }
)
# Who is called back says how satisfied he was; these three count as satisfied.
GRADE_WORDS: Mapping[int, str] = MappingProxyType(
    {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
)
SATISFIED = 3


@dataclass(frozen=True)
class Policy:
    """What the text of a place says of 延时服务, or the usual where it says nothing."""

    form: str
    signed: bool
    copies: int
    filed_with: str
    called_back_by: str
    leader: bool
    offered: bool

    @property
    def files(self) -> bool:
        """Whether its form goes to an office that acknowledges it."""
        return bool(self.filed_with)


def policy(said: InForce) -> Policy:
    """What holds of 延时服务 on a day; a form is printed as often as that of a booking."""
    copies = said.value("booking.copies")
    return Policy(
        form=str(said.value("extension.form") or "延时服务登记表"),
        signed=said.holds("extension.signed"),
        copies=copies if isinstance(copies, int) else 1,
        filed_with=str(said.value("extension.filed_with") or ""),
        called_back_by=str(said.value("extension.called_back_by") or ""),
        leader=said.holds("extension.leader"),
        offered=said.holds("extension.offered"),
    )


def stage_word(stage: Stage, told: Policy, *, signed: bool = False) -> str:
    """What a stage is called here: nobody waits for a signature that is there, or that the text does not ask for."""
    if stage is Stage.ENDED and (signed or not told.signed):
        return "等写办理结果"
    if stage is Stage.SERVED and not told.files:
        return "已完成"
    return STAGE_WORDS[stage]


def after(stage: Stage | None, fact: str) -> Stage:
    """The stage in which the fact leaves it; a refusal in Chinese when it cannot happen there."""
    found = LIFE.get((stage, fact))
    if found is None:
        now = STAGE_WORDS[stage] if stage else "还没有开始"
        raise NotAllowed(f"这次延时服务{now}，现在不能这样办。请刷新后再看。")
    return found


def refuse_ground(ground: str, why: str) -> None:
    """One of the three grounds; 其他原因 in words (延时办 一(三))."""
    if ground not in {one.value for one in Ground}:
        raise NotAllowed("请选择延时的原因。")
    if ground == Ground.OTHER.value and len(why.strip()) < 4:
        raise NotAllowed("选了“其他原因”，请写明是什么原因，至少四个字。")


def overtime(closed_at: datetime | None, began_at: datetime, ended_at: datetime) -> int:
    """Minutes served beyond closing time; of a service through before it none."""
    since = max(closed_at, began_at) if closed_at is not None else began_at
    return max(0, int((ended_at - since).total_seconds() // 60))


def share(satisfied: int, answered: int) -> int | None:
    """满意率 in whole percent, never rounded up to a hundred; none while nobody answered."""
    return satisfied * 100 // answered if answered else None


def sample(numbers: Iterable[str], percent: int, draw: str) -> list[str]:
    """抽样: so many of a hundred, at least one; the same draw always finds the same, and nobody chooses them."""
    every = sorted(numbers)
    wanted = -(-len(every) * percent // 100)
    return sorted(sorted(every, key=lambda one: sha256(f"{draw}:{one}".encode()).hexdigest())[:wanted])
