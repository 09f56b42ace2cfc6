"""看不懂的请求: what does somebody read whose request Django itself refuses, most often for its host name?"""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.web.api.problems import Kind, problem
from onewindow.web.bounds import API

STRANGER = "请求用的域名（Host）不是本系统登记的，请核对接口地址。"
UNREADABLE = "请求不完整或者写法不对，请核对。"


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The host name is not said back: whoever sent it may have put anything there."""
    stranger = isinstance(exception, DisallowedHost)
    if request.path_info.startswith(API):
        return problem(Kind.BAD_REQUEST, STRANGER if stranger else UNREADABLE)
    answer = render(None, "400_host.html" if stranger else "400.html", status=400)
    answer["Cache-Control"] = "no-store"
    return answer
