"""接口的门面: which operations are there, and how does a program learn of them? (OpenAPI 3.1)"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.operation import Operation

from onewindow.web.api import (
    answering,
    apply,
    bookings,
    cases,
    catalogue,
    described,
    dossier,
    genuine,
    halls,
    numbers,
    problems,
    queue,
    ratings,
    status,
    steps,
    waiting,
)
from onewindow.web.api.door import Door, PublicDoor

VERSION = "1"
ABOUT = (
    "事项、办件、办理和大厅的接口。令牌由系统管理员在“接口令牌”页面发放，放在请求头 Authorization: Bearer 里；"
    "日期写作 2026-09-24，时刻带 +08:00。被拒绝时返回 application/problem+json，detail 是可以照着办的一句话。"
)


class Api(NinjaAPI):
    """Our API, described so that a stranger can use it."""

    _described: Any = None  # it does not change while the program runs

    def get_openapi_schema(self, **told: Any) -> Any:
        if self._described is None:
            self._described = described.completed(super().get_openapi_schema(**told), doors())
        return self._described

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return described.IDS[operation.view_func.__name__]


api = Api(
    title="OneWindow 一窗接口",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    urls_namespace=f"api-{VERSION}",
    openapi_url="/openapi.json",
)
_MADE_OF = (
    *(catalogue, apply, status, cases, dossier, steps, waiting, answering, ratings, genuine),
    *(halls, bookings, numbers, queue),
)
for router in (part.router for part in _MADE_OF):
    api.add_router("", router)
problems.listen(api)


def doors() -> dict[tuple[str, str], Door | PublicDoor]:
    """By method and path, who is let into an operation and how often."""
    return {
        (method.lower(), f"/{api.get_root_path({}).strip('/')}{path}"): door
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        for door in operation.auth_callbacks
        if isinstance(door, Door | PublicDoor)
    }


@cache
def asked_by(route: str) -> frozenset[str]:
    """The names that may stand in the query of an address, by its route."""
    told = api.get_openapi_schema()["paths"].get("/" + route.replace("<", "{").replace(">", "}"), {})
    named = told.get("get", {}).get("parameters", ())
    return frozenset(one["name"] for one in named if one["in"] == "query")


def unknown(request: HttpRequest) -> HttpResponse:
    """An address under the API that does not exist."""
    return problems.problem(problems.Kind.NOT_FOUND, "没有这个地址，请对照接口说明核对。")
