"""申请表: what was filled in, does it fit the item's form, and what does one say beside each?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
    "exclusiveMinimum": "{title}应当大于零，请核对。",
    "maximum": "{title}太大了，请核对。",
    "format": "{title}的写法不对，请写成 2026-09-24 这样。",
    "type": "{title}的写法不对，请核对。",
    "pattern": "{title}的写法不对，请核对。",
    "minItems": "请在{title}里至少选一项。",
}
_MISSING = re.compile(r'^"(?P<name>[^"]+)" is a required property')
_WHOLE, _DECIMAL = re.compile(r"[-+]?\d{1,15}"), re.compile(r"[-+]?\d{1,15}\.\d{1,9}")
YES, NO = "是", "否"


@lru_cache(maxsize=512)
def _validator(schema: str) -> Any:
    return Draft202012Validator(loads(schema), validate_formats=True)


def faults(form: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence beside each field that is wrong; empty when the form is in order.

    `form` is `ItemVersion.form`: {"schema": JSON Schema, "messages": a field's own sentence, …}.
    """
    schema = form.get("schema") or {"type": "object"}
    found: dict[str, str] = {}
    for error in _validator(dumps(schema)).iter_errors(dict(values)):
        for name in _fields(error):
            found.setdefault(name, _sentence(error, name, form))
    return found


def typed(form: Mapping[str, Any], raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a person typed, as the schema's types; blank, unknown and hidden fields are left out."""
    properties = _properties(form)
    given = {name: [text.strip() for text in raw.get(name, ()) if text.strip()] for name in properties}
    values = {name: _as(properties[name].get("type"), texts) for name, texts in given.items() if texts}
    conditions = {row["key"]: _condition(row) for row in _layout(form)}
    return {name: value for name, value in values.items() if _is_shown(conditions.get(name), values)}


def entered(form: Mapping[str, Any], raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What stands in each field as it was typed, right or wrong, for showing the page again."""
    return {
        name: list(raw[name]) if field.get("type") == "array" else raw[name][0]
        for name, field in _properties(form).items()
        if raw.get(name)
    }


def labels(form: Mapping[str, Any], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The form's fields in their order with what was filled in, for reading."""
    properties = _properties(form)
    return [
        (row.get("label") or properties[key].get("title", key), _words(values[key]) + row.get("unit", ""))
        for row in _layout(form)
        if (key := row["key"]) in properties and key in values
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return str(value)


def _properties(form: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (form.get("schema") or {}).get("properties", {})
    return found


def _layout(form: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return form.get("layout") or [{"key": name} for name in _properties(form)]


def _condition(row: Mapping[str, Any]) -> tuple[str, str] | None:
    told = row.get("show_if") or {}
    return next(iter(told.items()), None)


def _is_shown(condition: tuple[str, str] | None, values: Mapping[str, Any]) -> bool:
    if condition is None:
        return True
    value = values.get(condition[0])
    return condition[1] in value if isinstance(value, list) else _words(value) == condition[1]


def _as(kind: str | None, given: Sequence[str]) -> Any:
    if kind == "array":
        return list(given)
    text = given[0]
    if kind in ("integer", "number") and _WHOLE.fullmatch(text):
        return int(text)
    if kind == "number" and _DECIMAL.fullmatch(text):
        return float(text)
    if kind == "boolean":
        return {YES: True, NO: False}.get(text, text)
    return text


def _fields(error: Any) -> Iterator[str]:
    path = list(error.instance_path)
    if path:
        yield str(path[0])
    elif missing := _MISSING.match(error.message):
        yield missing["name"]


def _sentence(error: Any, name: str, form: Mapping[str, Any]) -> str:
    own = (form.get("messages") or {}).get(name)
    if own:
        return f"{str(own).rstrip('。')}。"
    title = _properties(form).get(name, {}).get("title", name)
    keyword = next((str(p) for p in reversed(list(error.schema_path)) if str(p) in _SENTENCES), "type")
    return _SENTENCES[keyword].format(title=f"“{title}”")
