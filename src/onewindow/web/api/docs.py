"""接口说明: what does a person read about the operations? One plain page, made from the same schema, served locally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.people.models import ApiToken
from onewindow.web.api.problems import Kind
from onewindow.web.api.site import ABOUT, api

_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "array": "列表",
    "object": "对象",
}
_SCOPES = dict(ApiToken.Scope.choices)
_FORMATS = {"date": "日期", "date-time": "时刻"}


@dataclass(frozen=True)
class Field:
    """One field of a request or an answer."""

    name: str
    kind: str
    required: bool
    says: str
    depth: int


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    key: str
    method: str
    path: str
    title: str
    says: str
    needs: bool
    scope: str
    in_parts: bool
    asked: list[Field]
    bodies: list[tuple[str, list[Field]]]
    answer: list[Field]
    statuses: list[int]


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its fields, its limit and how it may be refused."""
    context = {
        "about": ABOUT,
        "groups": _groups(),
        "kinds": [kind.value for kind in Kind],
        "scopes": ApiToken.Scope.choices,
    }
    return render(request, "api/docs.html", context)


@cache
def _groups() -> list[tuple[str, list[Operation]]]:
    """The operations by their tag; they do not change while the program runs."""
    schema = api.get_openapi_schema()
    shapes = schema["components"]["schemas"]
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_operation(path, method, told, shapes))
    return list(found.items())


def _operation(path: str, method: str, told: Mapping[str, Any], shapes: Mapping[str, Any]) -> Operation:
    good = next(iter(told["responses"].values()))
    return Operation(
        key=told["operationId"],
        method=method.upper(),
        path=path,
        title=told["summary"],
        says=told["description"],
        needs=bool(told.get("security")),
        scope=_SCOPES.get(told.get("x-scope", ""), ""),
        in_parts="multipart/form-data" in told.get("requestBody", {}).get("content", {}),
        asked=[_parameter(one) for one in told.get("parameters", ())],
        bodies=list(_bodies(told, shapes)),
        answer=list(_fields(_schema(good), shapes)),
        statuses=sorted(int(status) for status in told["responses"]),
    )


def _bodies(told: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[tuple[str, list[Field]]]:
    """The body; where it is one of several, each under its own word."""
    schema = _schema(told.get("requestBody", {}))
    for one in schema.get("oneOf", [schema] if schema else []):
        shape = _open(one, shapes)
        yield (shape.get("description", "") if "oneOf" in schema else "", list(_fields(one, shapes)))


def _schema(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    media: Mapping[str, Any] = next(iter(holder.get("content", {}).values()), {})
    found: Mapping[str, Any] = media.get("schema", {})
    return found


def _parameter(one: Mapping[str, Any]) -> Field:
    schema = one.get("schema", {})
    says = one.get("description") or schema.get("description", "")
    return Field(one["name"], _kind(schema), one.get("required", False), says, 0)


def _fields(schema: Mapping[str, Any], shapes: Mapping[str, Any], depth: int = 0) -> Iterator[Field]:
    shape = _open(schema, shapes)
    required = shape.get("required", ())
    for name, one in shape.get("properties", {}).items():
        opened = _open(one, shapes)
        yield Field(name, _kind(opened), name in required, _says(one, opened), depth)
        if depth < 3:
            yield from _fields(_inner(one, shapes), shapes, depth + 1)


def _says(one: Mapping[str, Any], opened: Mapping[str, Any]) -> str:
    """What a field means, with the codes that may stand there when its description does not name them."""
    if "const" in one:
        return f"固定写 {one['const']}"
    says, codes = one.get("description") or "", [str(code) for code in opened.get("enum", ()) if code]
    named = all(code in says for code in codes)
    return says if named else "：".join(filter(None, (says, "、".join(codes))))


def _inner(one: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands inside a list or an object; a word with its code is not opened."""
    opened = _open(one, shapes)
    if opened.get("type") == "array":
        return _open(opened.get("items", {}), shapes)
    if isinstance(opened.get("additionalProperties"), dict):
        return _open(opened["additionalProperties"], shapes)
    return {} if opened.get("title") == "Word" else opened


def _open(one: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Behind a reference, and behind “or null”."""
    for choice in (*one.get("anyOf", ()), *one.get("allOf", ())):
        if choice.get("type") != "null":
            return _open(choice, shapes)
    name = str(one.get("$ref", "")).rsplit("/", 1)[-1]
    found: Mapping[str, Any] = shapes[name] if name else one
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    if schema.get("title") == "Word":
        return "编码和文字"
    if "enum" in schema:
        return "编码"
    if "anyOf" in schema:
        return _kind(next(_real(schema["anyOf"]), {}))
    return _FORMATS.get(schema.get("format", ""), _KINDS.get(schema.get("type", ""), ""))


def _real(choices: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (one for one in choices if one.get("type") != "null")
