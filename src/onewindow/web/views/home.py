"""首页: what does a visitor come for – an item in his own words, a theme, a department, or his case?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from onewindow.cases.models import Case
from onewindow.cases.reads import public, told
from onewindow.cases.reads.work import light_of
from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import themes
from onewindow.ground.clock import today
from onewindow.people.models import Party
from onewindow.rules.clock import UNIT_WORDS
from onewindow.web.desks import exists
from onewindow.web.middleware import party_of
from onewindow.web.proved import VisitorRequest

SHOWN = 8
_ICONS = {
    "社会保障": "old",
    "准营准办": "building-store",
    "医疗卫生": "medical-cross",
    "设立变更": "building",
    "户籍办理": "home",
    "就业创业": "briefcase",
    "证件办理": "id",
    "生育收养": "baby-carriage",
    "国土和规划建设": "map",
    "住房保障": "home-move",
    "离职退休": "old",
    "农林牧渔": "plant",
    "人力资源": "users",
    "职业资格": "certificate",
    "环保绿化": "leaf",
    "死亡殡葬": "candle",
    "文体教育": "school",
    "教育科研": "school",
    "投资审批": "hammer",
    "婚姻登记": "heart",
    "司法公证": "gavel",
    "出境入境": "plane",
    "交通": "car",
}


@require_GET
@ensure_csrf_cookie
def home(request: VisitorRequest) -> HttpResponse:
    """One question, then what people come for; five statements beside who is signed in."""
    county, party = request.county.code, party_of(request)
    often = public.frequent(county, limit=40)
    context = {
        "search_url": "/search/",
        "mine": _mine(county, party) if party else None,
        "track": {"url": reverse("track")},
        "themes": _themes(county),
        "departments": _departments(county),
        "frequent": _frequent(often),
        "quick": _quick(),
    }
    return render(request, "home.html", context)


def guide_url(item: Item) -> str:
    return f"/items/{item.address}/"


def _themes(county: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "url": f"/search/?{urlencode({'theme': name})}", "icon": _icon(name), "count": count}
        for name, count in themes(county)[:SHOWN]
    ]


def _icon(theme: str) -> str:
    return next((icon for words, icon in _ICONS.items() if theme.startswith(words)), "folder")


def _departments(county: str) -> list[dict[str, Any]]:
    rows = (
        Item.objects.filter(county=county, state=Item.State.PUBLISHED)
        .values_list("department__key", "department__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "department_id")
    )
    return [
        {"name": name, "url": f"/search/?{urlencode({'department': key})}", "count": n}
        for key, name, n in rows
    ]


def _frequent(items: list[Item]) -> list[dict[str, Any]]:
    person = [item for item in items if item.audience == ["自然人"]][:5]
    firm = [item for item in items if set(item.audience) - {"自然人"}][:5]
    groups = (("个人常办", person), ("企业常办", firm))
    return [{"title": title, "items": [_line(item) for item in found]} for title, found in groups if found]


def _line(item: Item) -> dict[str, str]:
    version = item.current
    days = "当场办结" if item.immediate else ""
    if version is not None and not days and version.promised_days:
        days = f"{version.promised_days} {UNIT_WORDS[version.promised_unit]}"
    visits = (version.content.get("service") or {}).get("visits") if version is not None else None
    told = "" if visits is None else "不用跑" if visits == 0 else f"跑 {visits} 次"
    return {"name": item.name, "url": guide_url(item), "days": days, "visits": told}


def _quick() -> list[dict[str, str]]:
    doors = (
        ("查真伪", reverse("verify"), "qrcode"),
        ("政策规则", reverse("rules"), "book"),
        ("准予许可公开", reverse("public_granted"), "certificate"),
        ("我的空间", "/my/", "user"),
    )
    return [{"label": label, "url": url, "icon": icon} for label, url, icon in doors if exists(url)]


def _mine(county: str, party: Party) -> dict[str, Any] | None:
    """The visitor's latest open case."""
    case: Case | None = public.of_party(county, party).filter(is_open=True).first()
    if case is None:
        return None
    light = light_of(case, today())
    return {
        "name": case.item_name,
        "url": reverse("track_case", args=[case.number]),
        "colour": light.colour,
        "word": light.word,
        "text": told.stage_words(case.stage),
    }
