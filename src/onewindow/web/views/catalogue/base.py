"""基本目录的页面: what is laid down for the items here, which of them rest on it, and where do they differ?"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue import acts, base, reads, ready, text
from onewindow.catalogue.gate import Gap
from onewindow.catalogue.models import BaseItem, Item
from onewindow.ground.clock import now, today
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS

PAGE = 50


@dataclass
class Resting:
    """An item that rests on the base item, with what differs in the version that is public."""

    item: Item
    gaps: list[Gap] = field(default_factory=list)


@require_GET
@staff_required(*KEEPERS)
def bases(request: StaffRequest) -> HttpResponse:
    """The base catalogue of the place, with how many items rest on each and how many differ."""
    asked = request.GET.get("q", "").replace("\x00", "")[:100]
    rows = reads.bases(request.officer.county)
    if asked:
        rows = rows.filter(Q(current__name__icontains=asked) | Q(code=asked))
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) <= 12:
        rows = rows.filter(code__gt=after)
    page = list(rows[: PAGE + 1])
    lines = _lines(request.officer.county, page[:PAGE])
    context = {
        "lines": lines,
        "q": asked,
        "next_key": page[PAGE - 1].code if len(page) > PAGE else "",
        "without": _without(request.officer.county),
        "may_publish": request.officer.may(Grant.CATALOGUE_PUBLISH),
    }
    return render(request, "catalogue/bases.html", context)


@require_GET
@staff_required(*KEEPERS)
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One base item: what is laid down, what the place may set itself, its versions, and the items that rest on it."""
    found = _found(request, code)
    context = {
        "base": found,
        "told": ready.base_text(found.current, found.code) if found.current else None,
        "versions": found.versions.order_by("-number"),
        "resting": _resting(found),
        "same": base.SAME,
        "bounds": base.BOUNDS,
        "own": base.OWN,
        "may_publish": request.officer.may(Grant.CATALOGUE_PUBLISH),
    }
    return render(request, "catalogue/base.html", context)


@require_POST
@staff_required(Grant.CATALOGUE_PUBLISH)
def follow(request: StaffRequest, code: str) -> HttpResponse:
    """Bring every public item that rests on it in line, in one publication."""
    made = acts.follow_base(_found(request, code), by=request.officer, on=today(), at=now())
    if made.done:
        messages.success(
            request, f"已按基本目录更新并发布 {len(made.done)} 个事项：{'、'.join(made.done[:5])}。"
        )
    for name, why in made.left:
        messages.error(request, f"“{name}”没有更新：{why}")
    if not made.done and not made.left:
        messages.success(request, "公开的事项都和基本目录一致，不用更新。")
    return redirect("catalogue_base", code)


def _found(request: StaffRequest, code: str) -> BaseItem:
    found = reads.bases(request.officer.county).filter(code=code).first()
    if found is None:
        raise Http404("基本目录里没有这个编码。")
    return found


def _lines(county: str, page: list[BaseItem]) -> list[tuple[BaseItem, int, int]]:
    """Each base item with how many items rest on it and how many of their public versions differ."""
    items = Item.objects.filter(county=county, base_code__in=[row.code for row in page])
    counted = dict(items.exclude(state=Item.State.WITHDRAWN).values_list("base_code").annotate(n=Count("pk")))
    public = items.filter(current__isnull=False).exclude(state=Item.State.WITHDRAWN)
    differ: dict[str, int] = {}
    known = {row.code: row for row in page}
    for item in public.select_related("current").prefetch_related("current__materials"):
        differ[item.base_code] = differ.get(item.base_code, 0) + bool(_gaps(item, known[item.base_code]))
    return [(row, counted.get(row.code, 0), differ.get(row.code, 0)) for row in page]


def _resting(found: BaseItem) -> list[Resting]:
    rows = reads.resting(found).prefetch_related("current__materials")
    return [Resting(item, _gaps(item, found)) for item in rows]


def _gaps(item: Item, found: BaseItem) -> list[Gap]:
    if item.current is None or found.current is None:
        return []
    wanted = ready.base_text(found.current, found.code)
    return list(base.divergences(text.of_version(item.current), wanted, found.current.number))


def _without(county: str) -> int:
    """How many public items have a code that the base catalogue does not know."""
    known = BaseItem.objects.filter(county=county).values("code")
    return Item.objects.filter(county=county, state=Item.State.PUBLISHED).exclude(base_code__in=known).count()
