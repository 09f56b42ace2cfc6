"""首页: what does a visitor come for – an item in his own words, a theme, a department, or his case?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from onewindow.cases.models import Case
from onewindow.cases.reads import public, told
from onewindow.cases.reads.work import light_told
from onewindow.catalogue.handling import MEANS
from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import offices, themes
from onewindow.ground.clock import today
from onewindow.people.acts.chiefs import offered
from onewindow.people.models import Party
from onewindow.places.reads import start_order
from onewindow.web import guides
from onewindow.web.desks import exists
from onewindow.web.middleware import party_of
from onewindow.web.proved import VisitorRequest

SHOWN, EACH = 8, 5
# Which icon stands for which theme; one without stands with a sheet.
_ICONS = {
    "户籍办理": "home-move", "证件办理": "id", "社会保障": "shield-check", "医疗卫生": "stethoscope", "婚育收养": "heart",
    "生育收养": "baby-carriage", "婚姻登记": "heart", "就业创业": "briefcase", "准营准办": "building-store",
    "设立变更": "building", "住房保障": "home", "不动产": "home", "交通出行": "car", "教育科研": "school", "入学": "school",
    "养老": "old", "离职退休": "old", "社会救助": "heart-handshake", "残疾人": "wheelchair", "死亡殡葬": "candle",
    "工程建设": "hammer", "规划建设": "hammer", "文体": "book", "农林牧渔": "plant", "环保绿化": "leaf", "司法公证": "scale", "出境入境": "plane", "纳税缴费": "coin",
}  # fmt: skip


@require_GET
@ensure_csrf_cookie
def home(request: VisitorRequest) -> HttpResponse:
    """One question, then what people come for; five statements beside who is signed in."""
    county, party = request.county.code, party_of(request)
    often = public.frequent(county, limit=40, first=start_order(request.county))
    context = {
        "search_url": reverse("search"),
        "mine": _mine(county, party) if party else None,
        "track": {"url": reverse("track")},
        "themes": _themes(county),
        "departments": _departments(county),
        "frequent": _frequent(often),
        "quick": _quick(),
        "handled": [(word, means, _found_by(handling=word)) for word, means in MEANS.items()],
    }
    return render(request, "home.html", context)


def _themes(county: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "url": _found_by(theme=name), "icon": _icon(name), "count": count}
        for name, count in themes(county)[:SHOWN]
    ]


def _icon(theme: str) -> str:
    return next((icon for words, icon in _ICONS.items() if words in theme), "file-text")


def _departments(county: str) -> list[dict[str, Any]]:
    return [
        {"name": office.name, "url": _found_by(department=str(office.pk)), "count": count}
        for office, count in offices(county)
        if count
    ]


def _found_by(**query: str) -> str:
    return f"{reverse('search')}?{urlencode(query)}"


def _frequent(items: list[Item]) -> list[dict[str, Any]]:
    """What persons do most and what firms do most; an item for both stands with firms, and with persons when they have room."""
    alone = [i for i in items if set(i.audience) == {"自然人"}]
    firm = [i for i in items if i.audience and i not in alone][:EACH]
    person = [*alone, *(i for i in items if "自然人" in i.audience and i not in alone and i not in firm)][
        :EACH
    ]
    groups = (("个人常办", "自然人", person), ("企业常办", "企业法人", firm))
    return [
        {"title": title, "url": _found_by(who=who), "items": [_line(item) for item in found]}
        for title, who, found in groups
        if found
    ]


def _line(item: Item) -> dict[str, str]:
    version = item.current
    days = guides.span(version.promised_days, version.promised_unit, version.immediate) if version else ""
    visits = (version.content.get("service") or {}).get("visits") if version is not None else None
    told = "" if visits is None else "不用跑" if visits == 0 else f"跑 {visits} 次"
    return {"name": item.name, "url": reverse("guide", args=[item.address]), "days": days, "visits": told}


def _quick() -> list[dict[str, str]]:
    doors = (
        ("预约和便民服务", reverse("services_offered"), "calendar"),
        ("就近办", reverse("near"), "map-pin"),
        ("查真伪", reverse("verify"), "qrcode"),
        ("准予许可公开", reverse("public_granted"), "certificate"),
        *([("首席事务代表", reverse("public_chiefs"), "users")] if offered(today()) else []),
        ("容缺和告知承诺清单", reverse("public_deferrable"), "file-text"),
        ("我的空间", "/my/", "user"),
    )
    return [{"label": label, "url": url, "icon": icon} for label, url, icon in doors if exists(url)]


def _mine(county: str, party: Party) -> dict[str, Any] | None:
    """The visitor's latest open case."""
    case: Case | None = public.of_party(county, party).filter(is_open=True).first()
    if case is None:
        return None
    light = light_told(case, today())
    return {
        "name": case.item_name,
        "url": reverse("track_case", args=[case.number]),
        "colour": light.colour,
        "word": light.word,
        "text": told.stage_words(case.stage),
    }
