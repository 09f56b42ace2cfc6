"""版本文本: what does a version say, whoever wrote it: an item file, a screen, or an imported list?"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from onewindow.catalogue.demo import offices, schema
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.demo.format import Material as MaterialOfFile
from onewindow.catalogue.models import ItemVersion, Material

NEEDS = {"必要": "required", "可容缺": "deferrable", "免提交": "exempt"}
LEVELS = {"国家级": 1, "省级": 2, "市级": 3, "县级": 4, "乡级": 5, "村级": 6}
# Kept in columns or in `form` and `materials`, not in `content`.
_ELSEWHERE = ("key", "code", "name", "kind", "department", "materials", "form", "remedy")


@dataclass(frozen=True, kw_only=True)
class MaterialText:
    """One paper of the list as the table `Material` keeps it."""

    code: str
    name: str
    necessity: str
    source: str
    forms: tuple[str, ...] = ()
    copies: int = 0
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VersionText:
    """Everything that a version says; what the gate, the lint and the diff read."""

    name: str
    kind: str
    legal_days: int | None
    legal_unit: str
    promised_days: int | None
    promised_unit: str
    immediate: bool
    content: dict[str, Any]
    form: dict[str, Any]
    index: dict[str, Any]
    materials: tuple[MaterialText, ...]


def of_file(item: ItemText, county: str) -> VersionText:
    """The text of an item file, with the county's name and its places written out."""
    return VersionText(
        name=item.name,
        kind=item.kind,
        legal_days=item.limit.legal_days,
        legal_unit=item.limit.unit,
        promised_days=item.limit.promised_days,
        promised_unit=item.limit.unit,
        immediate=item.case_kind == "即办件",
        content=_content(item, county),
        form={
            "schema": schema.schema(item),
            "layout": schema.layout(item),
            "messages": schema.messages(item),
        },
        index={
            "audience": list(item.who),
            "themes": list(dict.fromkeys((*item.person_themes, *item.firm_themes))),
            "aliases": list(item.everyday),
            "online_depth": item.service.online,
            "level": LEVELS[item.levels[0]],
        },
        materials=tuple(_material(one) for one in item.materials),
    )


def of_version(version: ItemVersion) -> VersionText:
    """The text of a version in the database; its materials in their order."""
    return VersionText(
        name=version.name,
        kind=version.kind,
        legal_days=version.legal_days,
        legal_unit=version.legal_unit,
        promised_days=version.promised_days,
        promised_unit=version.promised_unit,
        immediate=version.immediate,
        content=version.content,
        form=version.form,
        index=version.index,
        materials=tuple(of_material(row) for row in version.materials.all()),
    )


def of_material(row: Material) -> MaterialText:
    return MaterialText(
        code=row.code,
        name=row.name,
        necessity=row.necessity,
        source=row.source,
        forms=tuple(row.forms),
        copies=row.copies,
        detail=row.detail,
    )


def _content(item: ItemText, county: str) -> dict[str, Any]:
    whole = {key: value for key, value in asdict(item).items() if key not in _ELSEWHERE}
    if item.promise is None:
        del whole["promise"]
    places = offices.places()
    whole["service"] |= {
        "places": [
            {"key": key, "name": places[key].name, "address": places[key].address}
            for key in item.service.places
        ],
        "hours": offices.hours()[item.service.hours],
    }
    if item.joint is not None:
        whole["joint"] = {"with": whole["joint"]["partners"]}
    whole["remedies"] = [asdict(way) for way in offices.remedies(item)]
    plain: dict[str, Any] = json.loads(json.dumps(whole, ensure_ascii=False, default=_day))
    return {key: _named(value, county) for key, value in plain.items()}


def _named(value: Any, county: str) -> Any:
    """The value with {county} filled in wherever our own tables left room for it."""
    if isinstance(value, str):
        return value.replace("{county}", county)
    if isinstance(value, list):
        return [_named(one, county) for one in value]
    if isinstance(value, dict):
        return {key: _named(one, county) for key, one in value.items()}
    return value


def _material(m: MaterialOfFile) -> MaterialText:
    forms = [
        name
        for name, has in (("original", m.original), ("copy", m.copies), ("electronic", m.electronic))
        if has
    ]
    outside = ("code", "name", "source", "need")
    detail = {key: value for key, value in asdict(m).items() if key not in outside}
    if not m.defer_days:
        del detail["defer_days"]
    return MaterialText(
        code=m.code,
        name=m.name,
        necessity=NEEDS[m.need],
        source=m.source,
        forms=tuple(forms),
        copies=m.original + m.copies,
        detail=json.loads(json.dumps(detail, ensure_ascii=False, default=_day)),
    )


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a value of an item: {value!r}")
