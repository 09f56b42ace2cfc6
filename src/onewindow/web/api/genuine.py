"""验真接口: is there a letter with this code, what may anybody know of it, and which bytes has it?"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from ninja import Router

from onewindow.letters.reads import by_code
from onewindow.web.api import shapes
from onewindow.web.api.door import ApiRequest, PublicDoor
from onewindow.web.api.refusals import refusals
from onewindow.web.api.shapes import said
from onewindow.web.views.verify import shown_of

router = Router(tags=["文书验真"])


@router.get(
    "/letters/{code}", auth=PublicDoor("verify", a_minute=30), response=refusals(shapes.LetterKnown, 404)
)
def genuine(request: ApiRequest, code: str) -> HttpResponse:
    """文书验真: 按文书上的验真码查是不是本机关的、是不是现行的；PDF 的摘要一致才是同一份。"""
    found = by_code(code[:60])
    if found is None or found.county != request.county.code:
        raise Http404("没有这份文书：验真码打错了，或者不是本机关签发的。")
    return said(shapes.LetterKnown(**vars(shown_of(found)), sha256=found.file.sha256))
