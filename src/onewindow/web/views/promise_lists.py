"""公开的两张清单: 容缺受理事项清单 and 告知承诺事项清单, for everybody, with their filters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.catalogue import promise_lists
from onewindow.catalogue.promised import FIELDS
from onewindow.places.reads import pack_here
from onewindow.web.proved import VisitorRequest


@require_GET
def deferrable(request: VisitorRequest) -> HttpResponse:
    """容缺受理事项清单: the item, its main papers, and those that may follow."""
    words, after = _asked(request)
    page = promise_lists.deferrable(request.county.code, words=words, after=after)
    setting = pack_here(request.county).setting("rongque.days").number
    return render(request, "public/deferrable.html", {"page": page, "q": words, "days": setting})


@require_GET
def promised(request: VisitorRequest) -> HttpResponse:
    """告知承诺事项清单: the item, what is promised, and what follows from a broken promise."""
    words, after = _asked(request)
    field = request.GET.get("field", "")
    field = field if field in FIELDS else ""
    page = promise_lists.promised(request.county.code, field=field, words=words, after=after)
    told = {"page": page, "q": words, "field": field, "fields": FIELDS}
    return render(request, "public/promises.html", told)


def _asked(request: VisitorRequest) -> tuple[str, int]:
    after = request.GET.get("after", "")
    return request.GET.get("q", "")[:60].strip(), int(after) if after.isdigit() and len(after) < 12 else 0
