"""事项接口: the catalogue, one version of an item, and the search, for everybody."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from ninja import Query, Router

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.catalogue.reads import Guide
from onewindow.guidance.reads import Wanted, search
from onewindow.intake import situation
from onewindow.places.models import County
from onewindow.places.reads import telephone
from onewindow.rules.clock import UNIT_WORDS
from onewindow.web import papers
from onewindow.web.api import shapes, shapes_items
from onewindow.web.api.door import ApiRequest, PublicDoor
from onewindow.web.api.refusals import refusals
from onewindow.web.api.shapes import Word, said

PAGE, FOUND = 100, 20
ONLINE_FROM = 3
WHY = {1: Word(code="named", word="就叫这个"), 2: Word(code="meant", word="意思是这个")}
MENTIONED = Word(code="mentioned", word="提到")
router = Router(tags=["事项"])

After = Annotated[str, Query(max_length=18, pattern="^[0-9]*$", description="上一页的 next，原样带上")]


@router.get("/items", auth=PublicDoor("items", a_minute=300), response=refusals(shapes_items.ItemPage, 404))
def items(
    request: ApiRequest,
    department: Annotated[str, Query(max_length=80, description="部门全称")] = "",
    theme: Annotated[str, Query(max_length=80, description="主题，例如 户籍办理")] = "",
    online: Annotated[bool | None, Query(description="true 只要能在网上申请的，false 只要不能的")] = None,
    after: After = "",
) -> HttpResponse:
    """事项目录: 公众能找到的全部事项，每页 100 个，按 after 翻页；可按部门名称、主题、能否网上办缩小。"""
    rows = _narrowed(reads.listing(request.county.code), department, theme, online).order_by("pk")
    if after:
        rows = rows.filter(pk__gt=int(after))
    found = list(rows[: PAGE + 1])
    shown = [_row(one) for one in found[:PAGE]]
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return said(shapes_items.ItemPage(items=shown, next=following), kept=shapes.PUBLIC)


@router.get(
    "/items/{code}", auth=PublicDoor("item", a_minute=300), response=refusals(shapes_items.ItemOut, 404)
)
def item(request: ApiRequest, code: str) -> HttpResponse:
    """现行指南: 一个事项现在的全部要素。"""
    return said(_item(request, code, None), kept=shapes.PUBLIC)


@router.get(
    "/items/{code}/versions/{number}",
    auth=PublicDoor("item", a_minute=300),
    response=refusals(shapes_items.ItemOut, 404),
)
def version(request: ApiRequest, code: str, number: int) -> HttpResponse:
    """某一版指南: 发布后不再改动，旧版仍可查阅。"""
    return said(_item(request, code, number), kept=shapes.PUBLIC)


@router.get("/search", auth=PublicDoor("search", a_minute=120), response=refusals(shapes_items.Found))
def find(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=80, description="要找的事，用平常的说法")],
    who: Annotated[str, Query(max_length=80, description="服务对象，例如 自然人")] = "",
    theme: Annotated[str, Query(max_length=80, description="主题，例如 户籍办理")] = "",
    kind: Annotated[str, Query(max_length=80, description="事项类型，例如 行政许可")] = "",
    online: Annotated[bool, Query(description="只要能在网上申请的")] = False,
    page: Annotated[int, Query(ge=1, le=50)] = 1,
) -> HttpResponse:
    """找事项: 名称、俗名、拼音、首字母、部门、错字都能找，可按对象、主题、类型、能否网上办缩小；每页 20 个。"""
    words = q.replace("\x00", "").strip()
    wanted = Wanted(words=words, who=who, theme=theme, kind=kind, depth=ONLINE_FROM if online else 0)
    found = search(request.county.code, wanted)
    hits = found.page(page, FOUND)
    known = reads.names_of(hit.item for hit in hits)
    told = shapes_items.Found(
        hits=[
            shapes_items.Hit(item=_row(known[hit.item]), why=WHY.get(hit.why, MENTIONED))
            for hit in hits
            if hit.item in known
        ],
        count=found.count,
        page=page,
        pages=-(-len(found.hits) // FOUND),
    )
    return said(told, kept=shapes.PUBLIC)


def _narrowed(rows: QuerySet[Item], department: str, theme: str, online: bool | None) -> QuerySet[Item]:
    if department:
        rows = rows.filter(department__name=department)
    if online is not None:
        through = Q(state=Item.State.PUBLISHED, online_depth__gte=ONLINE_FROM)
        rows = rows.filter(through if online else ~through)
    return rows.filter(themes__contains=[theme]) if theme else rows


def _row(one: Item) -> shapes_items.ItemRow:
    return shapes_items.ItemRow(**_head(one))


def _head(one: Item) -> dict[str, Any]:
    return {
        "code": one.address,
        "name": one.name,
        "kind": one.kind,
        "department": one.department.name,
        "state": Word(code=one.state, word=Item.State(one.state).label),
        "open": one.is_open,
        "online": one.is_open and one.online_depth >= ONLINE_FROM,
        "audience": one.audience,
        "themes": one.themes,
    }


def _item(request: ApiRequest, code: str, number: int | None) -> shapes_items.ItemOut:
    found = reads.guide(request.county.code, code, number)
    if found is None:
        raise Http404("没有这个事项，或者没有这一版指南，请核对编码。")
    head = _head(found.item) | _as_then(found)
    return shapes_items.ItemOut(**head, **_version(request, found), notice=_notice(found))


def _as_then(found: Guide) -> dict[str, Any]:
    """An earlier version is called, and is for whom, what it said itself and not what the item says today."""
    one = found.version
    if one is None or not found.outdated:
        return {}
    told = {key: one.index[key] for key in ("audience", "themes") if key in one.index}
    return {"name": one.name, "kind": one.kind, **told}


def _version(request: ApiRequest, found: Guide) -> dict[str, Any]:
    one = found.version
    if one is None:
        nothing = dict.fromkeys(("version", "effective_on", "published_at", "legal", "promised"))
        return {
            **nothing,
            "current": True,
            "immediate": False,
            "questions": [],
            "materials": [],
            "form": {},
            "form_papers": [],
            "guide": {},
        }
    offers = papers.offered(request.county, found)
    return {
        "version": one.number,
        "current": not found.outdated,
        "effective_on": one.effective_on,
        "published_at": one.published_at,
        "legal": _days(one.legal_days, one.legal_unit),
        "promised": _days(one.promised_days, one.promised_unit),
        "immediate": one.immediate,
        "questions": [_question(asked) for asked in one.content.get("questions") or ()],
        "materials": [
            _material(paper, _papers(request, offers.get(paper.code, []))) for paper in found.materials
        ],
        "form": (one.form or {}).get("schema") or {},
        "form_papers": _papers(request, offers.get(papers.FORM, [])),
        "guide": _guide(request.county, found.item, one),
    }


def _guide(county: County, item: Item, one: ItemVersion) -> dict[str, Any]:
    """The elements of the guide as they are kept, with the telephones that hold now."""
    service = dict(one.content.get("service") or {})
    if service:
        asked = (service.get("consult", ""), item.department.phone, county.phone)
        service["consult"] = telephone(county, *asked)
        service["complaint"] = telephone(county, service.get("complaint", ""), county.supervision_phone)
    return {**one.content, **({"service": service} if service else {})}


def _days(days: int | None, unit: str) -> shapes_items.Days | None:
    return None if days is None else shapes_items.Days(days=days, unit=Word(code=unit, word=UNIT_WORDS[unit]))


def _material(paper: Material, files: list[shapes_items.PaperOut]) -> shapes_items.MaterialOut:
    return shapes_items.MaterialOut(
        code=paper.code,
        name=paper.name,
        necessity=Word(code=paper.necessity, word=Material.Necessity(paper.necessity).label),
        source=paper.source,
        forms=paper.forms,
        copies=paper.copies,
        when=situation.wanted_by(paper),
        handed_in=paper.necessity != Material.Necessity.EXEMPT,
        by_form=situation.filled_in_online(paper),
        papers=files,
    )


def _question(one: dict[str, Any]) -> shapes_items.QuestionOut:
    options = [
        shapes_items.OptionOut(
            key=told["key"],
            label=told["label"],
            way=told.get("way", ""),
            window_only=bool(told.get("window_only")),
        )
        for told in one.get("options", ())
    ]
    return shapes_items.QuestionOut(key=one["key"], ask=one["ask"], options=options)


def _papers(request: ApiRequest, offers: list[papers.Offer]) -> list[shapes_items.PaperOut]:
    return [
        shapes_items.PaperOut(
            role=Word(code=one.role, word=one.word), type=one.type, url=request.build_absolute_uri(one.url)
        )
        for one in offers
    ]


def _notice(found: Guide) -> str:
    return found.notice.reason if found.notice is not None else ""
