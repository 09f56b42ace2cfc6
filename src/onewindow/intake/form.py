"""申请表: which cells does an item's form have, does what was filled in fit, and what does one say beside each?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_MISSING = re.compile(r'^"(?P<name>[^"]+)" is a required property')
_WIDGETS = {"integer": "integer", "number": "number", "boolean": "yesno", "array": "choices"}
_WHOLE, _DECIMAL = re.compile(r"[-+]?\d{1,15}"), re.compile(r"[-+]?\d{1,15}\.\d{1,9}")
YES, NO = "是", "否"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """一格: one field of an item's form, with what was typed into it and what is wrong with that."""

    key: str
    label: str
    widget: str
    required: bool
    section: str = ""
    unit: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    max_length: int | None = None
    shown_if: tuple[str, str] | None = None
    typed: tuple[str, ...] = ()
    error: str = ""

    @property
    def value(self) -> str:
        return self.typed[0] if self.typed else ""


@lru_cache(maxsize=512)
def _validator(schema: str) -> Any:
    return Draft202012Validator(loads(schema), validate_formats=True)


def faults(form: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence beside each field that is wrong; empty when the form is in order.

    `form` is `ItemVersion.form`: {"schema": JSON Schema, "messages": a field's own sentence, …}.
    """
    schema = form.get("schema") or {"type": "object"}
    found: dict[str, str] = {}
    for error in _validator(dumps(schema, sort_keys=True)).iter_errors(dict(values)):
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


def cells(
    form: Mapping[str, Any],
    raw: Mapping[str, Sequence[str]],
    wrong: Mapping[str, str] = {},  # noqa: B006 (never changed)
) -> list[Cell]:
    """The form's fields in their order, as a page shows them."""
    properties, required = _properties(form), _required(form)
    return [
        Cell(
            key=row["key"],
            label=row.get("label") or properties[row["key"]].get("title", row["key"]),
            widget=row.get("widget") or _widget(properties[row["key"]]),
            required=row["key"] in required,
            section=row.get("section", ""),
            unit=row.get("unit", ""),
            hint=row.get("hint", ""),
            options=_options(properties[row["key"]]),
            max_length=properties[row["key"]].get("maxLength"),
            shown_if=_condition(row),
            typed=tuple(raw.get(row["key"], ())),
            error=wrong.get(row["key"], ""),
        )
        for row in _layout(form)
        if row["key"] in properties
    ]


def labels(form: Mapping[str, Any], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The form's fields in their order with what was filled in, for reading."""
    return [
        (cell.label, _words(values[cell.key]) + cell.unit) for cell in cells(form, {}) if cell.key in values
    ]


def texts(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Typed values as a page would have sent them: what a saved form looks like when it is opened again."""
    return {
        name: [_words(one) for one in value] if isinstance(value, list) else [_words(value)]
        for name, value in values.items()
    }


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


def _required(form: Mapping[str, Any]) -> set[str]:
    """Fields that must be filled in whenever they are shown."""
    schema = form.get("schema") or {}
    depending = (name for part in schema.get("allOf", ()) for name in part.get("then", {}).get("required", ()))
    return {*schema.get("required", ()), *depending}


def _widget(field: Mapping[str, Any]) -> str:
    if "enum" in field:
        return "choice"
    return "date" if field.get("format") == "date" else _WIDGETS.get(str(field.get("type")), "text")


def _options(field: Mapping[str, Any]) -> tuple[str, ...]:
    if field.get("type") == "boolean":
        return (YES, NO)
    return tuple(field.get("enum") or field.get("items", {}).get("enum", ()))


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
