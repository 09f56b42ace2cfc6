"""接口怎样写明: what does the OpenAPI document say beside the shapes – names, limits, headers, files, examples?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onewindow.rules.kinds_of_case import KIND_WORDS, MODE_WORDS
from onewindow.rules.stages import STAGE_WORDS
from onewindow.web.api import parts, problems
from onewindow.web.api.door import JSON, Door, PublicDoor
from onewindow.web.api.examples import REQUESTS, SENTENCES

# How generated clients call each operation; these names do not change.
IDS = {
    "items": "listItems",
    "item": "getItem",
    "version": "getItemVersion",
    "find": "searchItems",
    "apply": "submitApplication",
    "cases": "listCases",
    "case": "getCase",
    "proof": "getProof",
    "proof_pdf": "getProofPdf",
    "application": "getApplication",
    "file": "getFile",
    "letter": "getLetter",
    "genuine": "verifyLetter",
    "step": "takeStep",
    "status": "getStatus",
    "colleagues": "listColleagues",
    "waiting": "listLettersToServe",
    "rate": "rateCase",
    "messages": "listMessages",
    "read": "readMessages",
    "overruns": "listOverruns",
    "overrun": "getOverrun",
    "answer": "takeOverrunStep",
    "halls": "listHalls",
    "hall": "getHall",
    "times": "listTimes",
    "book": "bookVisit",
    "bookings": "listBookings",
    "booking_step": "takeBookingStep",
    "take_number": "takeNumber",
    "number": "getNumber",
    "window": "getWindow",
    "window_step": "takeWindowStep",
}
TAGS = {
    "事项": "公开的事项目录、办事指南和搜索，不用令牌。",
    "申请": "把申请和材料交进来，成为一件办件。",
    "办件": "看得见的办件：进度、期限、申请和材料、文书。",
    "办理": "把办件往前办一步，权限和工作台相同。",
    "监督": "告诉工作人员的消息，超期的说明和审核。",
    "评价": "办完以后评价。",
    "文书验真": "文书是不是本机关的，不用令牌。",
    "大厅": "大厅、等候情况和能约的时间不用令牌；预约、取号用申请人的令牌，叫号用窗口人员的令牌。",
}
SCHEME = "token"
_TITLES = {kind.status: kind.value[2] for kind in reversed(problems.Kind)}
_MARK = {"description": "这份答复的标记", "schema": {"type": "string"}}
_HEADERS = {
    "401": {"WWW-Authenticate": "令牌到期或者收回的写明 error=invalid_token"},
    "429": {"Retry-After": "几秒后再试"},
    "503": {"Retry-After": "几秒后再试"},
}
_KNOWN = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "上次答复的 ETag；没有变就答复 304，不带正文",
}


def completed(schema: dict[str, Any], doors: Mapping[tuple[str, str], Door | PublicDoor]) -> dict[str, Any]:
    """The document that ninja makes of the shapes, with what a stranger needs beside them."""
    schema["servers"] = [{"url": "/"}]
    schema["tags"] = [{"name": name, "description": says} for name, says in TAGS.items()]
    schema["components"]["securitySchemes"] = {
        SCHEME: {"type": "http", "scheme": "bearer", "description": Door.openapi_description}
    }
    stages = "，".join(f"{stage.value} {word}" for stage, word in STAGE_WORDS.items())
    schema["components"]["schemas"]["Stage"]["description"] = stages
    kinds = "，".join(f"{kind.value} {word}" for kind, word in KIND_WORDS.items())
    schema["components"]["schemas"]["CaseKind"]["description"] = kinds
    modes = "，".join(f"{mode.value} {word}" for mode, word in MODE_WORDS.items())
    schema["components"]["schemas"]["Mode"]["description"] = modes
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            _operation(told, method, doors[method, path])
    return schema


def _operation(told: dict[str, Any], method: str, door: Door | PublicDoor) -> None:
    title, _, says = told.get("description", "").partition(":")
    told["summary"] = title
    told["description"] = f"{says.strip()}每分钟 {door.limit.times} 次。"
    told["x-times-a-minute"] = door.limit.times
    if "security" in told:
        told["security"] = [{SCHEME: []}]
        told["x-scope"] = door.scope.value if isinstance(door, Door) else ""
    if method == "get":
        _conditional(told)
    else:
        _sent(told, door)
    _name_refusals(told["responses"])


def _conditional(told: dict[str, Any]) -> None:
    told["parameters"] = [*told.get("parameters", ()), _KNOWN]
    _good(told)["headers"] = {"ETag": _MARK}
    told["responses"]["304"] = {"description": "没有变", "headers": {"ETag": _MARK}}


def _sent(told: dict[str, Any], door: Door | PublicDoor) -> None:
    content = told["requestBody"]["content"]
    content[JSON]["examples"] = REQUESTS[told["operationId"]]
    if isinstance(door, Door) and door.parts:
        content[parts.MEDIA_TYPE] = _in_parts(content[JSON]["schema"])
    if not isinstance(door, Door):
        return
    replayed = {"description": "true：以前办过的同一个请求，这是当时的答复", "schema": {"type": "string"}}
    _good(told)["headers"] = {"Idempotency-Replayed": replayed}
    if told["operationId"] == "submitApplication":
        where = {"description": "办件的地址", "schema": {"type": "string"}}
        _good(told)["headers"]["Location"] = where


def _in_parts(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The words in one part, each file in a part of its own."""
    return {
        "schema": {
            "type": "object",
            "required": [parts.WORDS],
            "properties": {parts.WORDS: schema},
            "additionalProperties": {"type": "string", "format": "binary"},
        },
        "encoding": {parts.WORDS: {"contentType": JSON}},
    }


def _good(told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for status, one in told["responses"].items() if int(status) < 300)
    return found


def _name_refusals(responses: dict[Any, Any]) -> None:
    """What is said of refusals names their own media type and their codes."""
    for status, answer in _refused(responses):
        answer["description"] = _TITLES[int(status)]
        answer["content"] = {
            problems.MEDIA_TYPE: {**answer["content"][JSON], "examples": _problems(int(status))}
        }
        if status in _HEADERS:
            kind = "string" if status == "401" else "integer"
            answer["headers"] = {
                name: {"description": says, "schema": {"type": kind}}
                for name, says in _HEADERS[status].items()
            }


def _refused(responses: dict[Any, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((str(status), answer) for status, answer in responses.items() if int(status) >= 400)


def _problems(status: int) -> dict[str, Any]:
    """One example for each kind of this status."""
    return {
        kind.value[1]: {"value": problems.told(kind, SENTENCES.get(kind, f"{kind.value[2]}。")).model_dump()}
        for kind in problems.Kind
        if kind.status == status
    }
