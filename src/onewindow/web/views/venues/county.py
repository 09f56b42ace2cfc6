"""场所一览: which venues has the county level by level, what does each lack, and how far has the county come?"""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.places import acts
from onewindow.places.models import County, Hall, Profile
from onewindow.places.reads import pack_here
from onewindow.places.venues import Checked, checked, overview
from onewindow.rules.grants import Grant
from onewindow.rules.venues import Line
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

WATCH = (Grant.PLACES_MANAGE, Grant.SUPERVISE)
_HEAD = ("场所", "层级", "检查项", "结论", "要求", "实有", "理由", "依据", "原文")


@require_GET
@staff_required(*WATCH)
def venues(request: StaffRequest) -> HttpResponse:
    """The tree of four levels with its shortfalls, line by line and grade by grade."""
    county = _county(request)
    everything = checked(county, today())
    found = [one for one in everything if _wanted(request, one)]
    classes = pack_here(county).value("venue.classes", today())
    context = {
        "seen": overview(county, today(), found),
        "many": len(everything),
        "shown": len(found),
        "classes": classes if isinstance(classes, tuple) else (),
        "chosen": request.GET.get("class", ""),
        "wanting": request.GET.get("wanting", ""),
        "kinds": Hall.Kind.choices,
        "unmarked": [one.hall for one in found if one.sheet is None or not one.sheet.marked],
        "brand": pack_here(county).value("brand", today()),
    }
    return render(request, "venues/county.html", context)


def _wanted(request: StaffRequest, one: Checked) -> bool:
    chosen = request.GET.get("class", "")
    fits = not chosen or (one.sheet is not None and one.sheet.place_class == chosen)
    return fits and (not request.GET.get("wanting") or bool(one.lacking))


@require_GET
@staff_required(*WATCH)
def export(request: StaffRequest) -> HttpResponse:
    """Every line of every venue as a table for a spreadsheet."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="venues-{today():%Y%m%d}.csv"'
    page = csv.writer(answer)
    page.writerow(_HEAD)
    for one in checked(_county(request), today()):
        page.writerows(_row(one, line) for line in one.lines)
    return answer


def _row(one: Checked, line: Line) -> list[str]:
    told = (one.hall.name, one.hall.get_kind_display(), line.title, line.verdict, line.asked, line.found)
    return [_plain(str(word)) for word in (*told, line.reason, line.cite.clause, line.cite.quote)]


def _plain(word: str) -> str:
    """No spreadsheet takes what somebody typed for a formula."""
    return f"'{word}" if word[:1] in ("=", "+", "-", "@", "\t") else word


class ProfileForm(AskingForm):
    """The rules by which one kind of venue works."""

    business = forms.CharField(label="业务标准", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    service = forms.CharField(label="服务模式", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    internal = forms.CharField(label="内部管理", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def profile(request: StaffRequest, kind: str) -> HttpResponse:
    """A new version of the rules of one kind of venue."""
    if kind not in Hall.Kind.values:
        raise Http404
    county = _county(request)
    last = Profile.objects.filter(county=county.code, kind=kind).order_by("-version").first()
    first = {name: getattr(last, name) for name in ProfileForm.base_fields} if last else {}

    def act(told: dict[str, Any]) -> object:
        return acts.set_profile(county, by=request.officer, at=now(), kind=Hall.Kind(kind), **told)

    lead = f"现行第 {last.version} 版。" if last else "还没有写过。"
    return ask(
        request,
        ProfileForm(posted(request), initial=first),
        act,
        title=f"{Hall.Kind(kind).label}的规范",
        lead=f"{lead}保存就是新的一版，别的层级不变。",
        main="保存新版",
        back="venues",
    )


def _county(request: StaffRequest) -> County:
    return request.county  # type: ignore[attr-defined]
