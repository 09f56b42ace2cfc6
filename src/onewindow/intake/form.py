"""申请表: does what was filled in fit the item's form, and what does one say beside each field?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from json import dumps, loads
from typing import Any

from jsonschema_rs import Draft202012Validator

_SENTENCES = {
    "required": "请填写{title}。",
    "minLength": "请填写{title}。",
    "maxLength": "{title}太长了，请写得短一些。",
    "enum": "请在{title}里选一项。",
    "minimum": "{title}太小了，请核对。",
    "exclusiveMinimum": "{title}应当大于零。",
    "maximum": "{title}太大了，请核对。",
    "format": "{title}的写法不对，日期写作 2026-09-24。",
    "type": "{title}的写法不对，请核对。",
    "pattern": "{title}的写法不对，请核对。",
    "minItems": "请在{title}里至少选一项。",
}


@lru_cache(maxsize=512)
def _validator(schema: str) -> Any:
    return Draft202012Validator(loads(schema), validate_formats=True)


def faults(form: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence beside each field that is wrong; empty when the form is in order.

    `form` is `ItemVersion.form`: {"schema": JSON Schema, …}; a field's own sentence stands in its
    schema under `x-message`.
    """
    schema = form.get("schema") or {"type": "object"}
    found: dict[str, str] = {}
    for error in _validator(dumps(schema, sort_keys=True)).iter_errors(dict(values)):
        for name in _fields(error, schema):
            found.setdefault(name, _sentence(error, name, schema))
    return found


def typed(form: Mapping[str, Any], raw: Mapping[str, str]) -> dict[str, Any]:
    """What a person typed, as the schema's types; blank fields are left out, unknown ones dropped."""
    properties = (form.get("schema") or {}).get("properties", {})
    return {
        name: _as(properties[name].get("type"), raw[name].strip())
        for name in properties
        if raw.get(name, "").strip()
    }


def labels(form: Mapping[str, Any], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The form's fields in their order with what was filled in, for reading."""
    properties = (form.get("schema") or {}).get("properties", {})
    order = form.get("order") or list(properties)
    return [(properties[n].get("title", n), str(values[n])) for n in order if n in properties and n in values]


def _as(kind: str | None, text: str) -> Any:
    if kind in ("integer", "number"):
        try:
            return int(text) if kind == "integer" else float(text)
        except ValueError:
            return text
    if kind == "boolean":
        return text in ("true", "on", "1", "是")
    return text


def _fields(error: Any, schema: Mapping[str, Any]) -> list[str]:
    path = list(error.instance_path)
    if path:
        return [str(path[0])]
    return [name for name in schema.get("required", []) if f'"{name}"' in error.message][:1]


def _sentence(error: Any, name: str, schema: Mapping[str, Any]) -> str:
    field = schema.get("properties", {}).get(name, {})
    keyword = next((str(p) for p in reversed(list(error.schema_path)) if str(p) in _SENTENCES), "type")
    if keyword != "required" and field.get("x-message"):
        return str(field["x-message"])
    return _SENTENCES[keyword].format(title=f"“{field.get('title', name)}”")
