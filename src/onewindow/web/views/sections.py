"""股室的页面: which sections has the office, and which posts belong to them?"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.people.acts import place_post
from onewindow.people.models import Post
from onewindow.places.acts import close_section, open_section
from onewindow.places.models import Section
from onewindow.places.norms import sections_named
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

HOME = "sections"


class SectionForm(AskingForm):
    """What it is called."""

    name = forms.CharField(label="股室名称", max_length=40)


class PlaceForm(AskingForm):
    """To which section a post belongs."""

    section = forms.ModelChoiceField(
        queryset=Section.objects.none(), label="股室", required=False, empty_label="不归股室"
    )

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Section.objects.filter(county=county, closed_on__isnull=True).order_by("pk")
        cast(forms.ModelChoiceField, self.fields["section"]).queryset = rows


@require_GET
@staff_required(Grant.PLACES_MANAGE, Grant.PEOPLE_MANAGE)
def sections(request: StaffRequest) -> HttpResponse:
    """股室: each with the posts that belong to it, and the posts of the county that belong to none."""
    county = request.officer.county
    posts = list(Post.objects.filter(county=county, scope=Post.Scope.COUNTY).order_by("pk"))
    rows = Section.objects.filter(county=county, closed_on__isnull=True).order_by("pk")
    shown = [(one, [post for post in posts if post.section_id == one.pk]) for one in rows]
    there = {one.pk for one, _ in shown}
    left = [post for post in posts if post.section_id not in there]
    may = {
        "may_found": request.officer.may(Grant.PLACES_MANAGE),
        "may_place": request.officer.may(Grant.PEOPLE_MANAGE) and bool(shown),
    }
    return render(request, "manage/sections.html", {"sections": shown, "left": left, **may})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def new(request: StaffRequest) -> HttpResponse:
    """设立股室; those that the text of the place names and that are not there yet are told."""
    county = request.county  # type: ignore[attr-defined]
    there = set(
        Section.objects.filter(county=county.code, closed_on__isnull=True).values_list("name", flat=True)
    )
    left = [name for name in sections_named(county, today()) if name not in there]
    named = f"文件里还有：{'、'.join(left)}。" if left else ""
    return ask(
        request,
        SectionForm(posted(request), initial={"name": left[0] if left else ""}),
        lambda told: open_section(county, by=request.officer, at=now(), **told),
        title="设立股室",
        lead=f"管理中心的机关内设的股室。{named}设立以后，把它的岗位归进来，制度就能发给它签收。",
        main="设立股室",
        back=HOME,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """撤销股室."""
    section = get_object_or_404(Section, pk=pk, county=request.officer.county)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: close_section(section, by=request.officer, at=now()),
        title=f"撤销股室：{section}",
        lead="撤销以后，新的制度不再发给它；它签收过的照旧留着。",
        main="撤销",
        back=HOME,
        adverse=True,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """岗位归入股室."""
    post = get_object_or_404(Post, pk=pk, county=request.officer.county, scope=Post.Scope.COUNTY)
    return ask(
        request,
        PlaceForm(post.county, posted(request), initial={"section": post.section_id}),
        lambda told: place_post(post, by=request.officer, at=now(), **told),
        title=f"归入股室：{post}",
        lead="股室不给权限，只说明这个岗位在哪里：发给股室的制度由在这个岗位上的人签收。",
        main="保存",
        back=HOME,
    )
