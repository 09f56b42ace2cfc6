"""练习用的申请人和表单: whom does a rehearsal invent, and what does he write into an item's form?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from onewindow.cases.examined import OnSite, Point, inspectors, look_of
from onewindow.catalogue.models import ItemVersion
from onewindow.intake.form import faults
from onewindow.people import acts
from onewindow.people.acts.parties import PartyData
from onewindow.people.models import Officer, PaperKind, Party
from onewindow.rules.identity import demo_id

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安本成德恩方光浩海和佳健景军凯乐丽林明宁平琪清荣瑞山思桐伟文欣秀雅永雨元云泽志"
# Tried in this order until one fits the field.
_TEXTS = (
    "测试省测试市测试县测试路1号",
    "测试",
    "10012345678",
    "991523198803100426",
    "2026-01-05",
    "2027-01-05",
    "123456",
    "1",
    "A1234567",
    "测A12345",
)


def applicant(chance: Random, *, by: Officer, at: datetime) -> Party:
    """A person whose number begins with 99 and whose telephone begins with 100."""
    born = date(1950 + chance.randrange(55), 1 + chance.randrange(12), 1 + chance.randrange(28))
    data = PartyData(
        paper_kind=PaperKind.RESIDENT,
        paper_number=demo_id(chance.randrange(1000, 9999), born, chance.randrange(1000)),
        name=chance.choice(_SURNAMES)
        + "".join(chance.choice(_GIVEN) for _ in range(1 + chance.randrange(2))),
        phone=f"100{chance.randrange(10**8):08d}",
        address=f"测试省测试市测试县测试街道第{chance.randrange(1, 99)}号",
    )
    return acts.file_party(data, by=by, at=at)


def looked_at(version: ItemVersion, *, fits: bool = True) -> list[Point]:
    """Every examination point of the version, looked at; when not all is in order, the first one fails."""
    return [{"point": look, "fits": fits or n > 0, "note": ""} for n, look in enumerate(look_of(version))]


def visited(version: ItemVersion, second: Officer | None, on: date) -> OnSite | None:
    """The on-site check by two where the item sends somebody; none when there is nobody to go along."""
    if second is None or not inspectors(version):
        return None
    return OnSite(second, on, "申请表填写的地址", "两人到现场逐项核对，所见写在各项审查要点里。")


def filled(form: Mapping[str, Any]) -> dict[str, Any] | None:
    """An answer to every field that the form accepts as a whole; None when none was found."""
    schema = form.get("schema") or {}
    properties: Mapping[str, Any] = schema.get("properties", {})
    answers = {name: _answer(name, field) for name, field in properties.items()}
    answers = {name: value for name, value in answers.items() if value is not None}
    return answers if not faults(form, answers) else None


def _answer(name: str, field: Mapping[str, Any]) -> Any:
    if "enum" in field:
        return field["enum"][0]
    kind = field.get("type")
    if kind == "array":
        return field.get("items", {}).get("enum", [])[:1]
    if kind == "boolean":
        return False
    candidates = _TEXTS if kind == "string" else (1, field.get("minimum"), field.get("maximum"))
    alone = {"schema": {"type": "object", "properties": {name: field}}}
    return next((c for c in candidates if c is not None and not faults(alone, {name: c})), None)
