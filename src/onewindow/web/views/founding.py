"""设立机构: how does an administrator lay out departments, halls and posts of a new installation?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from django import forms
from django.forms.models import ModelChoiceIterator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.people import acts as people
from onewindow.people.usual import USUAL
from onewindow.places import acts as places
from onewindow.places.models import County, Department, Hall, Region, Window
from onewindow.places.reads import open_departments, regions_within, windows_of
from onewindow.rules.grants import GRANT_WORDS, Grant
from onewindow.rules.identity import tidy, uscc_fault
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.phone import PhoneField
from onewindow.web.gates import StaffRequest, staff_required

# What nobody holds by a post: the applicant's own, the account's own, everybody's own, the clock's and the machines' own.
_NOT_BY_POST = {
    Grant.RATING_GIVE,
    Grant.ACCOUNT_KEEP,
    Grant.ACCOUNT_KEEP_OWN,
    Grant.ACCOUNT_OPEN_OWN,
    Grant.CASE_TICK,
    Grant.LETTER_ISSUE,
    Grant.NOTICE_SEND,
    Grant.KEEPING_CLEAR,
    Grant.CREDIT_NOTE,
    Grant.HALL_TICK,
    Grant.FEE_GATEWAY,
    Grant.BOX_LINK,
    Grant.RECEIPT_WRITE,
    Grant.ABSENCE_OWN,
    Grant.ASKED_KEEP,
    Grant.DUTY_OWN,
    Grant.NORMS_OWN,
}


class DepartmentForm(AskingForm):
    """A department with its unified code and the short form in its letters' numbers."""

    name = forms.CharField(label="部门全称", max_length=100)
    key = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,29}$",
        label="代号",
        help_text="小写字母，如 shichang；以后不能改。",
        error_messages={"invalid": "代号请用小写字母开头，2 至 30 位小写字母、数字或横线，如 shichang。"},
    )
    short = forms.CharField(label="文号简称", max_length=20, help_text="用在文号里，如“罗市监”。")
    uscc = forms.CharField(label="统一社会信用代码", max_length=40)
    phone = PhoneField("咨询电话", max_length=20)
    window_accepts = forms.BooleanField(
        label="授权综合窗口受理", required=False, help_text="不授权的，由本部门受理。"
    )
    window_decides = forms.BooleanField(
        label="授权综合窗口当场决定即办件",
        required=False,
        help_text="只用于一个人决定的即办件，由有“窗口当场决定”权限的岗位办。",
    )

    def clean_uscc(self) -> str:
        told = tidy(self.cleaned_data["uscc"])
        if fault := uscc_fault(told):
            raise forms.ValidationError(fault)
        return told


class HallForm(AskingForm):
    """A hall or station, where it is and when it is open."""

    name = forms.CharField(label="场所名称", max_length=100)
    kind = forms.ChoiceField(label="场所种类", choices=Hall.Kind.choices)
    region = forms.ModelChoiceField(queryset=Region.objects.none(), label="所在地", empty_label="请选择")
    address = forms.CharField(label="地址", max_length=120)
    hours = forms.CharField(label="办公时间", max_length=120)
    phone = PhoneField("咨询电话", max_length=20)
    parent = forms.ModelChoiceField(
        queryset=Hall.objects.none(), label="归属的中心", required=False, help_text="分厅要选"
    )
    why_apart = forms.CharField(
        label="没有并入中心的理由", max_length=200, required=False, help_text="分厅要写"
    )

    def __init__(self, county: County, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions_within(county)
        centres = Hall.objects.filter(county=county.code, kind=Hall.Kind.CENTRE).order_by("pk")
        cast(forms.ModelChoiceField, self.fields["parent"]).queryset = centres


class HallByHall(ModelChoiceIterator):
    """The windows under their halls: every hall has its window 1."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for hall, windows in groupby(self.queryset, key=lambda window: window.hall):
            yield hall.name, [self.choice(window) for window in windows]


class WindowField(forms.ModelChoiceField):
    """A window, chosen under its hall."""

    iterator = HallByHall


class PostForm(AskingForm):
    """A post: at a department, at a hall, or for the whole county."""

    name = forms.CharField(label="岗位名称", max_length=60)
    department = forms.ModelChoiceField(
        queryset=Department.objects.none(), label="部门", required=False, empty_label="不属于一个部门"
    )
    hall = forms.ModelChoiceField(
        queryset=Hall.objects.none(), label="场所", required=False, empty_label="不属于一个场所"
    )
    window = WindowField(
        queryset=Window.objects.none(), label="窗口", required=False, empty_label="没有固定窗口"
    )
    grants = forms.MultipleChoiceField(
        label="权限",
        choices=[(g.value, word) for g, word in GRANT_WORDS.items() if g not in _NOT_BY_POST],
        widget=forms.CheckboxSelectMultiple,
    )
    head = forms.BooleanField(label="部门负责人", required=False)

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "department": open_departments(county),
            "hall": Hall.objects.filter(county=county).order_by("pk"),
            "window": windows_of(county),
        }
        for name, rows in choices.items():
            cast(forms.ModelChoiceField, self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        department, hall, window = told.get("department"), told.get("hall"), told.get("window")
        if department and hall:
            self.add_error("hall", "部门和场所请只选一个：管事项的选部门，管窗口的选场所。")
        if window and (hall is None or window.hall_id != hall.pk):
            self.add_error("window", "窗口要在所选的场所里，请重新选择。")
        return told


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def department(request: StaffRequest) -> HttpResponse:
    """设立部门."""
    return ask(
        request,
        DepartmentForm(posted(request), initial={"window_accepts": True}),
        lambda told: places.open_department(_county(request), by=request.officer, at=now(), **told),
        title="设立部门",
        lead="部门设立以后，再设立它的审核岗和负责人岗位。",
        main="设立部门",
        back="organisation",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def hall(request: StaffRequest) -> HttpResponse:
    """设立场所."""
    county = _county(request)

    def act(told: dict[str, Any]) -> object:
        kind = Hall.Kind(told.pop("kind"))
        return places.open_hall(county, by=request.officer, at=now(), kind=kind, **told)

    lead = "场所设立以后，再开设窗口。"
    form = HallForm(county, posted(request))
    return ask(request, form, act, title="设立场所", lead=lead, main="设立场所", back="windows")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def post(request: StaffRequest) -> HttpResponse:
    """设立岗位."""

    def act(told: dict[str, Any]) -> object:
        grants = [Grant(word) for word in told.pop("grants")]
        return people.open_post(_county(request), by=request.officer, at=now(), grants=grants, **told)

    wanted = next((one for one in USUAL if one.key == request.GET.get("usual")), None)
    first = {"name": wanted.name, "grants": sorted(wanted.grants), "head": wanted.head} if wanted else {}
    return ask(
        request,
        PostForm(request.officer.county, posted(request), initial=first),
        act,
        title="设立岗位",
        lead="只给办这些事需要的权限。岗位设立以后，再安排谁任岗。",
        main="设立岗位",
        back="organisation",
        presets=[(f"?usual={one.key}", one.name, one is wanted) for one in USUAL],
    )


def _county(request: StaffRequest) -> County:
    return County.objects.get(pk=request.officer.county)
