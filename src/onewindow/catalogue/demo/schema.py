"""What may be written into an item's form? Its fields as JSON Schema, display order and Chinese messages."""

from __future__ import annotations

from typing import Any

from onewindow.catalogue.demo.format import Field, Item

SHARED = ("name", "id_type", "id_number", "phone", "address", "agent_name", "agent_id_number", "agent_phone")
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {
    "text": "string",
    "longtext": "string",
    "date": "string",
    "choice": "string",
    "choices": "array",
    "integer": "integer",
    "number": "number",
    "yesno": "boolean",
}


def schema(item: Item) -> dict[str, Any]:
    """The JSON Schema of the item's own fields; the applicant's shared fields are not repeated here."""
    always = [f.key for f in item.form if f.required and not f.show_if]
    whole: dict[str, Any] = {
        "$schema": DRAFT,
        "title": f"{item.name}申请信息",
        "type": "object",
        "additionalProperties": False,
        "properties": {f.key: _property(f) for f in item.form},
        "required": always,
    }
    if depending := [_only_if(f, item) for f in item.form if f.required and f.show_if]:
        whole["allOf"] = depending
    return whole


def layout(item: Item) -> list[dict[str, Any]]:
    """The order on the screen: one row per field, under its section, with what shows it."""
    return [
        {
            "key": f.key,
            "section": f.section,
            "label": f.label,
            "widget": f.type,
            "unit": f.unit,
            "hint": f.hint,
            "show_if": dict([_condition(f.show_if)]) if f.show_if else {},
            **({"known": f.known} if f.known else {}),
        }
        for f in item.form
    ]


def messages(item: Item) -> dict[str, str]:
    """What a person is told beside the field when his entry does not fit."""
    return {f.key: f.message or _message(f) for f in item.form}


def _property(f: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"title": f.label, "type": TYPES[f.type]}
    if f.hint:
        made["description"] = f.hint
    if f.type == "date":
        made["format"] = "date"
    if f.type == "choice":
        made["enum"] = list(f.options)
    if f.type == "choices":
        made |= {"items": {"enum": list(f.options)}, "uniqueItems": True, "minItems": 1 if f.required else 0}
    if f.type in ("text", "longtext"):
        made |= {"minLength": 1, "maxLength": f.max_length or (1000 if f.type == "longtext" else 100)}
    bounds = {"pattern": f.pattern, "minimum": f.minimum, "maximum": f.maximum}
    return made | {name: bound for name, bound in bounds.items() if bound not in ("", None)}


def _only_if(f: Field, item: Item) -> dict[str, Any]:
    other, value = _condition(f.show_if)
    chosen = next(g for g in item.form if g.key == other)
    wanted = {"const": value == "是" if chosen.type == "yesno" else value}
    test: dict[str, Any] = {"contains": wanted} if chosen.type == "choices" else wanted
    return {
        "if": {"properties": {other: test}, "required": [other]},
        "then": {"required": [f.key]},
    }


def _condition(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key, value


def _plain(number: float) -> str:
    """The number as people write it: 1000000, never 1e+06."""
    return f"{number:f}".rstrip("0").rstrip(".")


def _message(f: Field) -> str:
    if f.type in ("choice", "choices", "yesno"):
        return f"请选择{f.label}"
    if f.type == "date":
        return f"请填写{f.label}，例如 2026-05-18"
    if f.minimum is not None and f.maximum is not None:
        return f"{f.label}应在 {_plain(f.minimum)} 到 {_plain(f.maximum)}{f' {f.unit}' if f.unit else ''}之间"
    if f.minimum is not None:
        return f"{f.label}不能小于 {_plain(f.minimum)}{f' {f.unit}' if f.unit else ''}"
    return f"请填写{f.label}"
