"""事项一览: which items does this officer keep, what is missing in each, and what happened to one?"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.catalogue import diff, gate, lint, reads, ready, text
from onewindow.catalogue.models import Change, Item, ItemVersion, Material, MaterialPaper
from onewindow.ground.clock import today
from onewindow.ground.paging import page as turned
from onewindow.guidance import log
from onewindow.journal.reads import entries
from onewindow.people.reads import names_of
from onewindow.places.reads import open_departments, pack_here
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant
from onewindow.rules.risk import TIERS_RULE, names, tier_of
from onewindow.web import guides
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS, item_of

PAGE = 30
UNSETTLED = "unsettled"
_WHO = {"loader": "演示数据", "console": "命令行"}
UNFINISHED = (ItemVersion.State.DRAFT, ItemVersion.State.REVIEWED)


@dataclass
class Line:
    """One item in the list, with its newest version and what is wrong with that."""

    item: Item
    newest: ItemVersion | None
    gaps: list[gate.Gap] = field(default_factory=list)
    findings: list[lint.Finding] = field(default_factory=list)
    tier: str = ""


@require_GET
@staff_required(*KEEPERS)
def items(request: StaffRequest) -> HttpResponse:
    """The items of the officer's offices, the newest first, with what is missing in their newest version."""
    asked = {key: request.GET.get(key, "") for key in ("q", "state", "office")}
    rows = _filtered(reads.visible_to(request.officer), asked)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    page = list(rows.order_by("-pk")[: PAGE + 1])
    lines = _lines(page[:PAGE])
    told = names(pack_here(request.county).value(TIERS_RULE, today()))  # type: ignore[attr-defined]
    for line in lines:
        tier = tier_of(line.newest.content) if line.newest else None
        line.tier = told.get(tier, "") if tier else ""
    context = {
        "lines": lines,
        "asked": asked,
        "states": [*Item.State.choices, (UNSETTLED, "三到位不全")],
        "offices": open_departments(request.officer.county),
        "next_key": page[PAGE - 1].pk if len(page) > PAGE else "",
        "open_changes": reads.changes_visible_to(request.officer).filter(state=Change.State.ASKED).count(),
        "may_draft": request.officer.may(Grant.CATALOGUE_DRAFT),
        "empty_offices": reads.offices_without_items(request.officer.county),
    }
    return render(request, "catalogue/items.html", context)


@require_GET
@staff_required(*KEEPERS)
def item(request: StaffRequest, pk: int) -> HttpResponse:
    """One item: its versions, its requests for change, its notices, and everything that happened."""
    found = item_of(request.officer, pk)
    told = list(entries(found.subject))
    who = names_of(entry.by for entry in told)
    context = {
        "item": found,
        "versions": found.versions.defer("content", "form").order_by("-number"),
        "changes": found.changes.select_related("version").order_by("-pk"),
        "notices": found.notices.order_by("-pk"),
        "history": [(one, TERMS_ZH.get(one.fact, one.fact), _WHO.get(one.by) or who[one.by]) for one in told],
        "may": powers(request, found),
        "base": ready.base_of(found.county, found.base_code),
        "settled": [
            ("moved_in", "事项进驻到位", found.moved_in),
            ("staffed", "人员进驻到位", found.staffed),
            ("empowered", "权限授权到位", found.empowered),
        ],
    }
    return render(request, "catalogue/item.html", context)


@require_GET
@staff_required(*KEEPERS)
def version(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """One version: what the gate and the lint say, what differs from the one in force, and how it will look."""
    found = item_of(request.officer, pk)
    shown = version_of(found, number)
    words = text.of_version(shown)
    before = found.current if found.current_id != shown.pk else None
    context = {
        "item": found,
        "version": shown,
        "gaps": ready.gaps(shown),
        "papers": _papers(shown),
        "findings": [one for one in lint.read(words) if not one.stops],
        "differences": diff.differences(text.of_version(before), words) if before is not None else [],
        "before": before,
        "page": guides.page(
            reads.Guide(found, shown, tuple(shown.materials.all())),
            pack_here(request.county),  # type: ignore[attr-defined]
            today(),
            request.county.name,  # type: ignore[attr-defined]
        ),
        "may": powers(request, found),
        "own": shown.drafted_by == request.officer.actor_code,
        "change": found.changes.filter(version=shown).order_by("-pk").first(),
    }
    return render(request, "catalogue/version.html", context)


@require_GET
@staff_required(*KEEPERS)
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Two versions of an item side by side, field by field."""
    found = item_of(request.officer, pk)
    numbers = [request.GET.get(key, "") for key in ("from", "to")]
    if not all(n.isascii() and n.isdigit() and len(n) < 6 for n in numbers):
        raise Http404("请选两个版本来比较。")
    one, other = (version_of(found, int(n)) for n in numbers)
    context = {
        "item": found,
        "one": one,
        "other": other,
        "differences": diff.differences(text.of_version(one), text.of_version(other)),
    }
    return render(request, "catalogue/compare.html", context)


@require_GET
@staff_required(*KEEPERS)
def missed(request: StaffRequest) -> HttpResponse:
    """What people searched for and did not find: the next everyday names."""
    rows, next_key = turned(
        log.often_missed(request.officer.county),
        request.GET.get("after", ""),
        by=("-times", "-last_at"),
        size=PAGE,
    )
    return render(request, "catalogue/missed.html", {"rows": rows, "next_key": next_key})


def _papers(shown: ItemVersion) -> list[tuple[Material, list[tuple[str, str, bool]]]]:
    """The materials that are filled in on a sheet, each with its kinds of file and whether the file is there."""
    held = set(shown.papers.values_list("code", "role"))
    rows = [one for one in shown.materials.all() if ready.is_form(one.detail.get("blank", ""))]
    rows += [one for one in shown.materials.all() if one not in rows and any(c == one.code for c, _ in held)]
    kinds = MaterialPaper.Role.choices
    return [(one, [(role, word, (one.code, role) in held) for role, word in kinds]) for one in rows]


def version_of(found: Item, number: int) -> ItemVersion:
    """A version of an item with its materials; 404 when there is none of that number."""
    made = reads.whole_versions().filter(item=found, number=number).first()
    if made is None:
        raise Http404("没有这一版。")
    return made


def powers(request: StaffRequest, found: Item) -> dict[str, bool]:
    """What this officer may do with the item."""
    words = {
        "draft": Grant.CATALOGUE_DRAFT,
        "review": Grant.CATALOGUE_REVIEW,
        "publish": Grant.CATALOGUE_PUBLISH,
    }
    return {word: request.officer.may(grant, found) for word, grant in words.items()}


def _filtered(rows: QuerySet[Item], asked: dict[str, str]) -> QuerySet[Item]:
    if asked["q"]:
        words = asked["q"].replace("\x00", "")[:100]
        rows = rows.filter(Q(name__icontains=words) | Q(handle_code=words) | Q(local_code=words))
    if asked["state"] in Item.State.values:
        rows = rows.filter(state=asked["state"])
    if asked["state"] == UNSETTLED:
        rows = rows.exclude(state=Item.State.WITHDRAWN)
        rows = rows.exclude(moved_in=True, staffed=True, empowered=True)
    if asked["office"].isascii() and asked["office"].isdigit():
        rows = rows.filter(department_id=int(asked["office"]))
    return rows


def _lines(page: list[Item]) -> list[Line]:
    papers = Prefetch("materials", queryset=Material.objects.order_by("order"))
    rows = ItemVersion.objects.filter(item__in=page).order_by("item", "-number").distinct("item")
    newest = list(rows.select_related("item").prefetch_related(papers))
    beside = ready.beside(newest)
    by_item = {one.item_id: one for one in newest}
    return [_line(one, by_item.get(one.pk), beside) for one in page]


def _line(one: Item, newest: ItemVersion | None, beside: dict[int, ready.Beside]) -> Line:
    made = Line(one, newest)
    if newest is not None:
        words, known = text.of_version(newest), beside[newest.pk]
        unfinished = newest.state in UNFINISHED
        made.gaps = (
            ready.judged(newest, words, known) if unfinished else ready.against_base(newest, words, known)
        )
        made.findings = [hit for hit in lint.read(words) if not hit.stops]
    return made
