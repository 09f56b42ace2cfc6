"""接口的网址: which addresses do programs use?"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from onewindow.web.api import docs, problems
from onewindow.web.api.site import api, unknown


def _told(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same view; a method that it does not know is refused as everything else is."""

    @csrf_exempt  # no cookie opens anything here
    @functools.wraps(view)
    def asked(request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **told)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        refused = problems.problem(problems.Kind.NO_METHOD, f"这个地址只接受 {answer['Allow']}。")
        refused["Allow"] = answer["Allow"]
        return refused

    return asked


_OPERATIONS, _, _NAMESPACE = api.urls
for _one in _OPERATIONS:
    if isinstance(_one, URLPattern):
        _one.callback = _told(_one.callback)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api_docs")),
    path("docs", docs.docs, name="api_docs"),
    path("", (_OPERATIONS, "ninja", _NAMESPACE)),
    re_path(r"^.*$", unknown),
]
