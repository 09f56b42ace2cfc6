"""表格: how does an item's form become the sheet that an applicant prints, blank or filled as a sample?

The application's sheet follows from the item's own form, field by field, so that paper and screen ask the same. In a
demonstration the other papers that are filled in get a sheet of their material; elsewhere the office hands in its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set

TEMPLATE = Path(__file__).parent / "typeset" / "sheet.typ"
SAMPLE = "样表，仅供参考"
DEMO = "演示"
_NAME, _PAPER, _PHONE = "王芳", "991523198803100426", "10012345678"
_PERSON = (
    ("申请人姓名", _NAME),
    ("证件类型", "居民身份证"),
    ("证件号码", _PAPER),
    ("联系电话", _PHONE),
    ("通讯地址", "{county}测试路 58 号"),
)
_FIRM = (
    ("申请单位名称", "{county}测试商贸有限公司"),
    ("统一社会信用代码", "99411521MA00000000"),
    ("法定代表人", _NAME),
    ("联系电话", _PHONE),
    ("住所", "{county}测试路 58 号"),
)
_AGENT = (("代理人姓名（委托办理的填）", ""), ("代理人证件号码", ""), ("代理人电话", ""))
_SAMPLE_DAY = "2026-11-02"
_TRUE = "以上内容和提交的材料真实有效。如有不实，申请人承担相应责任。"
_KNOWN = (_PHONE, _PAPER, "WANG FANG")
_PIECE = re.compile(r"\[([^\]]+)\](?:\{(\d+)(?:,\d*)?\}|\+)?|([^\^$\\()+{}])")
_ABOUT = (
    ("电话", _PHONE),
    ("手机", _PHONE),
    ("法定代表人", _NAME),
    ("负责人", _NAME),
    ("联系人", _NAME),
    ("姓名", _NAME),
    ("人", _NAME),
    ("地址", "{county}测试路 58 号"),
    ("地点", "{county}测试路 58 号"),
    ("住所", "{county}测试路 58 号"),
    ("场所", "{county}测试路 58 号"),
    ("名称", "{county}测试小店"),
    ("单位", "{county}测试商贸有限公司"),
)


@dataclass(frozen=True)
class Place:
    """Where the sheet is from: the county's name, the office, whether this is a demonstration."""

    county: str
    organ: str
    demo: bool


def application(version: ItemVersion, place: Place, *, filled: bool) -> bytes:
    """申请表: the fields of the item's own form, blank or filled as a sample."""
    form = version.form or {}
    spec: Mapping[str, Any] = form.get("schema", {}).get("properties", {})
    needed = set(form.get("schema", {}).get("required", ()))
    groups: dict[str, list[dict[str, Any]]] = {"申请人": _who(version, place, filled)}
    for line in form.get("layout", ()):
        rows = groups.setdefault(line.get("section") or "申请内容", [])
        rows.append(_row(line, spec.get(line["key"], {}), line["key"] in needed, place, filled))
    sheet = {
        "title": f"{version.name}申请表",
        "lead": "带 * 的必须填写。请用黑色笔填写，选择的打勾。",
        "groups": _listed(groups),
        "signs": _signs(filled),
        "true": _TRUE,
    }
    return _printed(sheet, version, place, filled=filled)


def paper(material: Material, version: ItemVersion, place: Place, *, filled: bool) -> bytes:
    """The sheet of another paper that is filled in: who hands it in, for what, and its contents."""
    told = material.detail
    words = told.get("sample") or f"{material.name}的内容"
    about = {
        "label": "内容",
        "text": f"（示例）{words}" if filled else "",
        "hint": "",
        "tall": True,
        "options": [],
    }
    for_what = {"label": "办理事项", "text": version.name, "hint": "", "tall": False, "options": []}
    sheet = {
        "title": material.name,
        "lead": told.get("fill", ""),
        "groups": _listed({"申请人": _who(version, place, filled), "正文": [for_what, about]}),
        "signs": _signs(filled),
        "true": _TRUE,
    }
    return _printed(sheet, version, place, filled=filled)


def sample_values(form: Mapping[str, Any], county: str) -> dict[str, Any]:
    """A value for each field of a form, such as a careful applicant would write."""
    spec: Mapping[str, Any] = form.get("schema", {}).get("properties", {})
    labels = {line["key"]: line.get("label", "") for line in form.get("layout", ())}
    return {key: _value(one, labels.get(key, ""), county) for key, one in spec.items()}


def _who(version: ItemVersion, place: Place, filled: bool) -> list[dict[str, Any]]:
    whom = version.index.get("audience", ())
    natural = not whom or any(one in ("自然人", "个体工商户") for one in whom)
    rows = (*(_PERSON if natural else _FIRM), *_AGENT)
    return [
        {
            "label": label,
            "text": value.format(county=place.county) if filled else "",
            "hint": "",
            "tall": False,
            "options": [],
        }
        for label, value in rows
    ]


def _row(
    line: Mapping[str, Any], spec: Mapping[str, Any], needed: bool, place: Place, filled: bool
) -> dict[str, Any]:
    label, unit = line.get("label", ""), line.get("unit", "")
    value = _value(spec, label, place.county) if filled else None
    options = spec.get("enum") or spec.get("items", {}).get("enum") or []
    if spec.get("type") == "boolean":
        options, value = ["是", "否"], "是" if value else None
    chosen = value if isinstance(value, list) else [value]
    return {
        "label": f"{label}{' *' if needed else ''}",
        "hint": f"{line.get('hint') or ''}{f'（{unit}）' if unit else ''}",
        "options": [{"word": str(one), "chosen": one in chosen} for one in options],
        "text": "" if options or value is None else _said(value, spec),
        "tall": line.get("widget") == "longtext",
    }


def _said(value: Any, spec: Mapping[str, Any]) -> str:
    if spec.get("format") == "date":
        year, month, day = str(value).split("-")
        return f"{year} 年 {int(month)} 月 {int(day)} 日"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _value(spec: Mapping[str, Any], label: str, county: str) -> Any:
    kind = spec.get("type")
    if "enum" in spec:
        return spec["enum"][0]
    if kind == "array":
        return [_value(spec.get("items", {}), label, county)]
    if kind in ("integer", "number"):
        return _amount(spec, label)
    return True if kind == "boolean" else _text(spec, label, county)


def _amount(spec: Mapping[str, Any], label: str) -> Any:
    least, most, usual = spec.get("minimum", 1), spec.get("maximum"), 60 if "面积" in label else 2
    value = max(least, usual) if most is None else min(max(least, usual), most)
    return int(value) if spec["type"] == "integer" else value


def _text(spec: Mapping[str, Any], label: str, county: str) -> str:
    if spec.get("format") == "date":
        return _SAMPLE_DAY
    if pattern := spec.get("pattern"):
        return next((one for one in _KNOWN if re.search(pattern, one)), None) or _matching(pattern)
    words = next((said for word, said in _ABOUT if word in label), "")
    text = words.format(county=county) if words else f"（如实写明{label}）"
    return text[: spec.get("maxLength", 100)]


def _matching(pattern: str) -> str:
    """A text for a pattern of plain classes and signs, such as numbers of papers have."""
    made = ""
    for kinds, times, sign in _PIECE.findall(pattern):
        made += sign or ("9" if "0-9" in kinds else kinds[0]) * int(times or 1)
    return made


def _listed(groups: Mapping[str, Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"title": title, "rows": list(rows)} for title, rows in groups.items()]


def _signs(filled: bool) -> dict[str, str]:
    return {"name": _NAME if filled else "", "day": "2026 年 11 月 2 日" if filled else "　　年　　月　　日"}


def _printed(sheet: dict[str, Any], version: ItemVersion, place: Place, *, filled: bool) -> bytes:
    marks = [SAMPLE] if filled else []
    told = {
        **sheet,
        "organ": place.organ,
        "item": f"{version.name}　第 {version.number} 版",
        "mark": "　".join([*marks, *([DEMO] if place.demo else [])]),
        "filled": filled,
    }
    folder = chosen_folder()
    fonts = font_set(folder)
    told = _cleaned(told, fonts.has, set())
    told["fonts"] = {"title": fonts.title, "body": fonts.body, "hei": fonts.hei}
    published = version.published_at or version.drafted_at
    stamp = (
        published.astimezone(UTC).replace(microsecond=0)
        if published is not None
        else datetime(2026, 1, 1, tzinfo=UTC)
    )
    return compiled(TEMPLATE, {"sheet": told}, fonts, folder, at=stamp)


def _cleaned(value: Any, has: frozenset[int], missing: set[str]) -> Any:
    if isinstance(value, str):
        return clean(value, has, missing)
    if isinstance(value, dict):
        return {name: _cleaned(one, has, missing) for name, one in value.items()}
    return [_cleaned(one, has, missing) for one in value] if isinstance(value, list | tuple) else value
