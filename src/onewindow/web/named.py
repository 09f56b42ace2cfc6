"""指南的指定内容: what does the pack of the place name that a guide has to say, and what does this item say of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.catalogue.local import DECIDING, SECTIONS
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.promised import Offer, days_of, may_follow, offer
from onewindow.rules.pack import Pack

_FILLED = {
    "text": "填写",
    "longtext": "填写",
    "date": "填日期",
    "choice": "选一项",
    "choices": "可选多项",
    "integer": "填整数",
    "number": "填数",
    "yesno": "选是或否",
}


@dataclass(frozen=True)
class Cell:
    """表单字段: one thing that the application form asks."""

    label: str
    how: str
    need: str


@dataclass(frozen=True)
class Seat:
    """审批责任人: which step a post answers for; the post, never a person."""

    step: str
    office: str
    post: str


@dataclass(frozen=True)
class Named:
    """The sections that the pack names beyond those that every guide has; None where it does not name one."""

    cells: tuple[Cell, ...] | None = None
    criteria: bool = False
    seats: tuple[Seat, ...] | None = None
    deferrable: tuple[str, ...] | None = None
    pledge: bool = False
    offer: Offer | None = None
    later: tuple[tuple[str, int], ...] = ()  # what may follow, each with its own days or 0

    @property
    def must(self) -> int:
        """How many fields everybody fills in."""
        return sum(cell.need == "必填" for cell in self.cells or ())


def named(version: ItemVersion, materials: tuple[Material, ...], pack: Pack, on: date, organ: str) -> Named:
    """What the pack in force names for a guide of this kind, filled from the version itself."""
    words = pack.value(SECTIONS, on, version.kind)
    asked = words if isinstance(words, tuple) else ()
    later = tuple((one.name, days_of(one)) for one in materials if may_follow(one))
    promise = offer(version)
    return Named(
        cells=_cells(version.form) if "表单字段" in asked else None,
        criteria="审查标准" in asked,
        seats=_seats(version, organ) if "审批责任人" in asked else None,
        deferrable=tuple(name for name, _ in later) if later or "容缺受理" in asked else None,
        pledge=promise is not None or "告知承诺" in asked,
        offer=promise,
        later=later,
    )


def _seats(version: ItemVersion, organ: str) -> tuple[Seat, ...]:
    steps = version.content.get("steps", ())
    return tuple(
        Seat(one.get("name", ""), organ, one.get("post", "")) for one in steps if one.get("role") in DECIDING
    )


def _cells(form: Mapping[str, Any]) -> tuple[Cell, ...]:
    schema = form.get("schema", {})
    fields, always = schema.get("properties", {}), set(schema.get("required", ()))
    rows = form.get("layout") or [{"key": key} for key in fields]
    labels = {row["key"]: row.get("label") or fields[row["key"]].get("title", "") for row in rows}
    return tuple(
        Cell(labels[row["key"]], _how(row, fields[row["key"]]), _need(row, labels, always))
        for row in rows
        if row["key"] in fields
    )


def _how(row: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    options = field.get("enum") or field.get("items", {}).get("enum", ())
    said = _FILLED.get(row.get("widget", "text"), "填写")
    if row.get("unit"):
        said += f"（{row['unit']}）"
    if options:
        said += "：" + "、".join(map(str, options))
    return f"{said}。{row['hint']}" if row.get("hint") else said


def _need(row: Mapping[str, Any], labels: Mapping[str, str], always: set[str]) -> str:
    if row["key"] in always:
        return "必填"
    for other, value in (row.get("show_if") or {}).items():
        return f"“{labels.get(other, other)}”是“{value}”的填"
    return "可不填"
