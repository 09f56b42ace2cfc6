"""本地关口: what does the pack of the place demand of a version beyond what every place demands?

How many steps there may be, and what a guide has to say. The gate refuses what the case would not run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onewindow.catalogue.gate import LOCAL, Gap
from onewindow.catalogue.text import VersionText
from onewindow.places.reads import here, pack_here
from onewindow.rules.pack import LOCAL_WORDS, Kind

ORDER = ("window", "examiner", "head")
DECIDING = ORDER[1:]
SECTIONS = "guide.sections"


@dataclass(frozen=True)
class Law:
    """What the pack says on a day, for each kind of item: the steps at most and on what that rests, the sections."""

    steps: Mapping[str, tuple[int, str]]
    sections: Mapping[str, tuple[str, ...]]


def law(on: date) -> Law:
    """The demands of this county's pack on a day; where no document says how many steps, its setting does."""
    pack = pack_here(here())
    steps, sections = {}, {}
    otherwise = pack.setting("case.most_steps").number
    for kind in Kind:
        said = pack.value("case.max_steps", on, kind)
        steps[kind.value] = (
            (min(said, otherwise), LOCAL) if isinstance(said, int) else (otherwise, LOCAL_WORDS)
        )
        named = pack.value(SECTIONS, on, kind)
        sections[kind.value] = named if isinstance(named, tuple) else ()
    return Law(steps, sections)


def gaps(text: VersionText, told: Law) -> list[Gap]:
    """What of this version the pack of the place does not allow, or misses in it."""
    found = list(_steps(text, told)) or list(_order(text))
    for word in told.sections.get(text.kind, ()):
        look = _WANTED.get(word)
        if look is not None and (said := look(text)):
            found.append(Gap(word, said, LOCAL))
    return found


def _steps(text: VersionText, told: Law) -> Iterator[Gap]:
    found = len(text.content.get("steps", ()))
    most, ground = told.steps.get(text.kind, (len(ORDER), LOCAL_WORDS))
    if found > most:
        yield Gap("办理流程", f"有 {found} 个环节，最多 {most} 个（受理、审核、决定），请合并", ground)


def _order(text: VersionText) -> Iterator[Gap]:
    """A case is taken in, examined by one and decided by one; more in the guide would be drawn and never run."""
    roles = [one.get("role") for one in text.content.get("steps", ())]
    if not roles:
        return  # the gate of every place says so
    if roles != [role for role in ORDER if role in roles]:
        yield Gap(
            "办理流程", "办件依次经过窗口受理、一人审核、一人决定，每一种只有一个环节，请照这个顺序写", LOCAL
        )
    elif not set(roles) & set(DECIDING):
        yield Gap("办理流程", "没有作出决定的环节，请写明由哪个岗位决定", LOCAL)


def _criteria(text: VersionText) -> str:
    points = text.content.get("points", ())
    if not points:
        return "没有写审查要点，审核的人和办事的人都不知道按什么标准看"
    bare = [str(n) for n, one in enumerate(points, 1) if not one.get("look") or not one.get("check")]
    return f"第 {'、'.join(bare)} 个审查要点没有写看什么或者符合的标准" if bare else ""


def _answerable(text: VersionText) -> str:
    deciding = [one for one in text.content.get("steps", ()) if one.get("role") in DECIDING]
    if not deciding or deciding[-1].get("post", "").strip():
        return ""  # without any such step the order of the steps is at fault
    return "最后一个环节没有写由哪个岗位决定，请写岗位，不写个人姓名"


def _to_fill(text: VersionText) -> str:
    fields = text.form.get("schema", {}).get("properties", {})
    bare = [key for key, one in fields.items() if not one.get("title")]
    if not fields:
        return "申请表没有一个栏目"
    return f"申请表的 {'、'.join(bare)} 没有名称" if bare else ""


# Sections that the gate of every place (行政许可法 30 and the national elements) does not look at already.
_WANTED: Mapping[str, Callable[[VersionText], str]] = {
    "表单字段": _to_fill,
    "审查标准": _criteria,
    "审批责任人": _answerable,
}
