"""接口的网址: which addresses do programs use?"""

from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from onewindow.web.api import docs
from onewindow.web.api.asked import asked
from onewindow.web.api.site import api, unknown

_OPERATIONS, _, _NAMESPACE = api.urls
for _one in _OPERATIONS:
    if isinstance(_one, URLPattern):
        _one.callback = asked(_one.callback)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api_docs")),
    path("docs", docs.docs, name="api_docs"),
    path("", (_OPERATIONS, "ninja", _NAMESPACE)),
    re_path(r"^.*$", unknown),
]
