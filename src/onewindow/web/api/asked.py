"""怎样问: what holds for every address of the API – its methods, the head alone, and what has not changed since?"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from onewindow.web.api.problems import Fault, Kind, problem
from onewindow.web.api.site import asked_by


def asked(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same view; a method that it does not know is refused as everything else is."""

    @csrf_exempt  # no cookie opens anything here
    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        if wrong := _misnamed(request):
            return problem(Kind.FAULTS, "网址里有接口没有的参数，请对照接口说明核对。", wrong)
        answer: HttpResponse = view(request, *args, **told)
        if isinstance(answer, HttpResponseNotAllowed):
            return _no_method(answer["Allow"])
        if request.method == "GET" and answer.status_code == 200:
            answer = _unless_known(request, answer)
        return _bare(answer) if head else answer

    return answered


def _misnamed(request: HttpRequest) -> list[Fault]:
    """A misspelt parameter would be passed over, and the answer be larger than was asked for."""
    if request.method != "GET" or not request.GET or request.resolver_match is None:
        return []
    known = asked_by(request.resolver_match.route)
    return [
        Fault(field=name, message="没有这个参数，请删去或者改正。")
        for name in request.GET
        if name not in known
    ]


def _no_method(allowed: str) -> HttpResponse:
    allowed = allowed.replace("GET", "GET, HEAD")
    refused = problem(Kind.NO_METHOD, f"这个地址只接受 {allowed}。")
    refused["Allow"] = allowed
    return refused


def _unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """304 to a program that has this very answer already (If-None-Match)."""
    if "ETag" not in answer:
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    mark = answer["ETag"]
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if not known or (known != ["*"] and mark not in (one.removeprefix("W/") for one in known)):
        return answer
    same = HttpResponseNotModified()
    same["ETag"], same["Cache-Control"] = mark, answer.get("Cache-Control", "no-store")
    return same


def _bare(answer: HttpResponse) -> HttpResponse:
    """The head of an answer, with the length that its body has."""
    answer["Content-Length"] = str(len(answer.content))
    answer.content = b""
    return answer
