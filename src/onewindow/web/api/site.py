"""接口的门面: which operations are there, and how does a program learn of them? (OpenAPI 3.1)"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from onewindow.web.api import apply, cases, catalogue, dossier, genuine, problems, ratings, steps

VERSION = "1"
ABOUT = (
    "事项、办件和办理的接口。令牌由系统管理员在“接口令牌”页面发放，放在请求头 Authorization: Bearer 里；"
    "日期写作 2026-09-24，时刻带 +08:00。被拒绝时返回 application/problem+json，detail 是可以照着办的一句话。"
)


class Api(NinjaAPI):
    """Our API; what is said of refusals names their own media type."""

    def get_openapi_schema(self, **told: Any) -> Any:
        schema = super().get_openapi_schema(**told)
        for path in schema["paths"].values():
            for operation in path.values():
                _name_refusals(operation["responses"])
        return schema


def _name_refusals(responses: dict[Any, Any]) -> None:
    for status, answer in responses.items():
        if int(status) < 400:
            continue
        answer["description"] = _TITLES.get(int(status), "")
        if "application/json" in answer.get("content", {}):
            answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
        if int(status) in (429, 503):
            seconds = {"description": "几秒后再试", "schema": {"type": "integer"}}
            answer["headers"] = {"Retry-After": seconds}


_TITLES = {kind.status: kind.value[2] for kind in reversed(problems.Kind)}

api = Api(
    title="OneWindow 一窗接口",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    urls_namespace=f"api-{VERSION}",
    openapi_url="/openapi.json",
)
_MADE_OF = (catalogue, apply, cases, dossier, steps, ratings, genuine)
for router in (part.router for part in _MADE_OF):
    api.add_router("", router)
problems.listen(api)


def unknown(request: HttpRequest) -> HttpResponse:
    """An address under the API that does not exist."""
    return problems.problem(problems.Kind.NOT_FOUND, "没有这个地址，请对照接口说明核对。")
