"""审到哪里了: which points must be looked at before something is granted, and by how many persons?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion
from onewindow.people.models import Officer
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import InForce

# One point as it was looked at: {"point": …, "fits": true, false or – when it does not apply – none, "note": …}
Point = Mapping[str, Any]


class OpenPoints(NotAllowed):
    """Not before every examination point was looked at; `by_field` names those that were not."""

    within = "points"

    def __init__(self, numbers: Sequence[int], points: Sequence[str]) -> None:
        super().__init__(f"第 {'、'.join(map(str, numbers))} 项审查要点还没有核对，请逐项核对。")
        self.by_field = {point: "还没有核对。" for point in points}


class ForeignPoint(NotAllowed):
    """Something was examined that the guide does not name."""

    within = "points"

    def __init__(self, points: Sequence[str]) -> None:
        super().__init__("只能核对本事项办事指南列出的审查要点，请对照指南。")
        self.by_field = {point: "不是本事项的审查要点。" for point in points}


@dataclass(frozen=True)
class OnSite:
    """实地核查: who went along, on which day, where, and what the two of them found."""

    second: Officer
    on: date
    place: str
    record: str


def decision_steps(version: ItemVersion) -> int:
    """How many persons of the department decide one after the other: one (即办件) or two."""
    steps = version.content.get("steps", [])
    deciding = [step for step in steps if step.get("role") in ("examiner", "head")]
    return min(2, max(1, len(deciding)))


def inspectors(version: ItemVersion) -> int:
    """How many persons the guide sends there; 0 when nobody goes."""
    return max((int(step.get("inspectors") or 0) for step in version.content.get("steps", [])), default=0)


def by_two(version: ItemVersion, pack: InForce) -> bool:
    """Whether somebody has to go there, and not alone (行政许可法 34: 两名以上工作人员)."""
    sent = inspectors(version)
    return sent >= 2 or (sent == 1 and pack.holds("inspectors.two", version.kind))


def look_of(version: ItemVersion) -> list[str]:
    """The examination points of the version, in their order."""
    return [str(one.get("look", "")) for one in version.content.get("points", ())]


def refuse_foreign(version: ItemVersion, points: Sequence[Point]) -> None:
    """Nothing is examined that the guide does not name."""
    listed = set(look_of(version))
    if foreign := [str(one.get("point", "")) for one in points if one.get("point") not in listed]:
        raise ForeignPoint(foreign)


def refuse_unlooked(version: ItemVersion, points: Sequence[Point], but: str) -> None:
    """Nothing is granted before every point was looked at, nor while one fails; `but` says what else can be done."""
    seen = {one.get("point"): one.get("fits") for one in points}
    missing = [(n, look) for n, look in enumerate(look_of(version), 1) if look not in seen]
    if missing:
        raise OpenPoints([n for n, _ in missing], [look for _, look in missing])
    if False in seen.values():
        raise NotAllowed(f"还有审查要点核为不符，{but}")


def refuse_alone(case: Case, check: OnSite | None, *, by: Officer, on: date) -> None:
    """Where two have to go: another officer of the department who was in post, a day, a place and a record."""
    if check is None:
        raise NotAllowed(
            "本事项要由两名以上工作人员实地核查（行政许可法第三十四条），请写明同去的核查人员、日期、地点和核查情况，"
            "再提出准予的意见。"
        )
    refuse_untrue_check(case, check, by=by, on=on)


def refuse_untrue_check(case: Case, check: OnSite, *, by: Officer, on: date) -> None:
    """A check that cannot have been: by one and the same, by a stranger, before the acceptance or tomorrow."""
    if check.second.pk == by.pk:
        raise NotAllowed("同去核查的要是另一位工作人员，不能是您自己，请另选一位。")
    there = Officer.objects.get(pk=check.second.pk)
    there.day = check.on
    if case.department_id not in there.department_ids or (there.left_on and there.left_on < check.on):
        raise NotAllowed(f"{there.name}核查那天不在本部门任职，请选那天在岗的本部门工作人员。")
    if check.on > on or (case.accepted_on and check.on < case.accepted_on):
        raise NotAllowed("核查日期要在受理以后、今天以前（含今天），请改日期。")
    if not check.place.strip() or not check.record.strip():
        raise NotAllowed("请写明核查的地点和核查情况，两名核查人员对记录负责。")
