"""准予许可公开 (行政许可法 40): which licences were granted here, by which office and when?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.cases.reads import public
from onewindow.web.proved import VisitorRequest

CITE = (
    "《中华人民共和国行政许可法》第四十条",
    "行政机关作出的准予行政许可决定，应当予以公开，公众有权查阅。",
)


@require_GET
def granted(request: VisitorRequest) -> HttpResponse:
    """The latest first, paged by key."""
    words = request.GET.get("q", "")[:60].strip()
    found = public.granted(request.county.code, words=words, after=request.GET.get("after", "")[:40])
    return render(request, "public/granted.html", {"page": found, "q": words, "cite": CITE})
