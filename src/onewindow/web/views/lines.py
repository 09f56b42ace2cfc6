"""公布的电话: who sets the telephones that stand on public pages and in letters?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.phone import PhoneField
from onewindow.web.gates import StaffRequest, staff_required

_LEAD = "公众页面、办事指南和文书上马上改用这个号码；已经出具的文书不变。"


class LinesForm(AskingForm):
    """The county's own lines."""

    phone = PhoneField(
        "咨询电话", max_length=20, help_text="首页、页脚、进度查询；部门没有自己的电话的，指南也用它。"
    )
    supervision_phone = PhoneField("监督投诉电话", max_length=20, help_text="指南、进度查询和文书。")


class PhoneForm(AskingForm):
    """One telephone."""

    phone = PhoneField("咨询电话", max_length=20, help_text="如 0000-0000000；没有专线的，可以填大厅的总机。")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def county(request: StaffRequest) -> HttpResponse:
    """Where the whole county is asked, and where one complains."""
    place = get_object_or_404(County, pk=request.officer.county)
    first = {"phone": place.phone, "supervision_phone": place.supervision_phone}
    return ask(
        request,
        LinesForm(posted(request), initial=first),
        lambda told: acts.set_lines(place, by=request.officer, at=now(), **told),
        title=f"{place.name}的电话",
        **_words(),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def department(request: StaffRequest, pk: int) -> HttpResponse:
    """The telephone of one department."""
    found = get_object_or_404(Department, pk=pk, county=request.officer.county)
    return ask(
        request,
        PhoneForm(posted(request), initial={"phone": found.phone}),
        lambda told: acts.set_department_phone(found, by=request.officer, at=now(), **told),
        title=f"{found}的电话",
        **_words(),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def hall(request: StaffRequest, pk: int) -> HttpResponse:
    """The telephone of one hall or station."""
    found = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    return ask(
        request,
        PhoneForm(posted(request), initial={"phone": found.phone}),
        lambda told: acts.set_hall_phone(found, by=request.officer, at=now(), **told),
        title=f"{found}的电话",
        **_words(),
    )


class PowerForm(AskingForm):
    """What a department lets the comprehensive windows do for it."""

    accepts = forms.BooleanField(
        label="授权综合窗口受理", required=False, help_text="不授权的，窗口只收件，由本部门受理。"
    )
    decides = forms.BooleanField(
        label="授权综合窗口当场决定即办件",
        required=False,
        help_text="只用于一个人决定的即办件，由有“窗口当场决定”权限的岗位办。",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def power(request: StaffRequest, pk: int) -> HttpResponse:
    """授权窗口: what the windows may do for one department."""
    found = get_object_or_404(Department, pk=pk, county=request.officer.county)
    first = {"accepts": found.window_accepts, "decides": found.window_decides}
    return ask(
        request,
        PowerForm(posted(request), initial=first),
        lambda told: acts.empower_windows(found, by=request.officer, at=now(), **told),
        title=f"{found}授权窗口",
        lead="从现在起照新的授权办；已经受理、决定的不变。",
        main="照此授权",
        back="windows",
    )


def _words() -> dict[str, Any]:
    return {"lead": _LEAD, "main": "改用这个电话", "back": "windows"}
