"""组织与岗位: which departments and posts are there, who sits in them, and who stands in for whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.acts import leave
from onewindow.cases.models import Case
from onewindow.cases.reads.work import in_hand
from onewindow.feedback.complained import settled_by_nobody
from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people import acts
from onewindow.people.models import Holding, Officer, Post
from onewindow.people.passwords import long_enough
from onewindow.people.reads import officers_of, posts_of
from onewindow.places.models import County
from onewindow.places.reads import here, open_departments, pack_here
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.gates import StaffRequest, staff_required

HOME = "organisation"
LISTED = 10
DAY = forms.DateInput(attrs={"type": "date"})


@dataclass(frozen=True)
class Office:
    """A department, a hall or the county itself with its posts."""

    name: str
    posts: list[Seat]


@dataclass(frozen=True)
class Seat:
    """A post with those who sit in it today and those who will."""

    post: Post
    held: list[Holding]
    coming: list[Holding]

    @property
    def empty(self) -> bool:
        return not self.held

    @property
    def alone(self) -> bool:
        """Whether nobody could take over: one holder, no B, and nobody else today or later (AB角)."""
        return self.deputy is None and len({held.officer_id for held in (*self.held, *self.coming)}) == 1

    @property
    def deputy(self) -> str | None:
        """The name of the post's B, while he is in service."""
        return self.post.deputy  # type: ignore[attr-defined]  # posts_of


class StandInForm(AskingForm):
    """Who stands in, from when to when, and why."""

    officer = PersonField("由谁顶岗")
    since = forms.DateField(label="从哪天起", widget=DAY)
    until = forms.DateField(label="到哪天止", help_text="这一天下班后权限自动收回。", widget=DAY)
    reason = forms.CharField(label="原因", max_length=200, help_text="如：A角休假、外出学习。")

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["officer"]).queryset = officers_of(county)


class GiveForm(AskingForm):
    """Who takes the post, from when."""

    officer = PersonField("由谁任岗")
    since = forms.DateField(label="从哪天起", widget=DAY)

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["officer"]).queryset = officers_of(county)


class OfficerForm(AskingForm):
    """A new member of staff and his first password."""

    name = forms.CharField(label="姓名", max_length=60)
    staff_no = forms.CharField(label="工号", max_length=20)
    username = forms.CharField(label="用户名", max_length=60, help_text="小写字母开头，用来登录。")
    password1 = forms.CharField(
        label="第一次登录的密码",
        help_text=long_enough("。本人第一次登录时必须改掉。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ReasonForm(AskingForm):
    """Why somebody leaves."""

    reason = forms.CharField(label="原因", max_length=200, help_text="如：调离、退休、辞职。")


class HandingForm(AskingForm):
    """What happens to the open cases of somebody who leaves a post; asked for only when there are any."""

    hands_back = forms.BooleanField(label="退回部门待办，由同事接着办", required=False)

    def __init__(self, *args: Any, cases: Sequence[Case] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cases:
            del self.fields["hands_back"]
            return
        told = "；".join(_line(case) for case in cases[:LISTED])
        more = f"；还有 {len(cases) - LISTED} 件" if len(cases) > LISTED else ""
        self.fields["hands_back"].help_text = f"手上没有办完的 {len(cases)} 件：{told}{more}。期限照常计算。"


class LeavingForm(HandingForm, ReasonForm):
    """离岗: why, and what happens to his cases."""


class PasswordForm(AskingForm):
    """A new first password."""

    password1 = forms.CharField(
        label="新的密码",
        help_text=long_enough("。本人下次登录时必须改掉。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    factor = forms.BooleanField(
        label="手机丢了，同时取消他的动态口令",
        required=False,
        help_text="先当面核对本人。要求动态口令的，他下次登录时重新启用。",
    )


@require_GET
@staff_required(Grant.PEOPLE_MANAGE)
def organisation(request: StaffRequest) -> HttpResponse:
    """All posts by office, with who sits in them today."""
    day = today()
    offices: dict[str, list[Seat]] = {}
    posts = list(posts_of(request.officer.county))
    manned = {post.department_id for post in posts}
    departments = list(open_departments(request.officer.county))
    for bare in departments:
        if bare.pk not in manned:
            offices[bare.name] = []
    for post in posts:
        name = str(post.department or post.hall or request.county.whole)  # type: ignore[attr-defined]
        held = [h for h in post.held.all() if h.officer.left_on is None]
        seat = Seat(
            post,
            [h for h in held if h.in_force(day)],
            [h for h in held if h.since > day and (h.until is None or h.until >= h.since)],
        )
        if held and not seat.held and not seat.coming and all(h.kind == Holding.Kind.CHIEF for h in held):
            continue  # a delegation that is over took its post with it
        offices.setdefault(name, []).append(seat)
    shown = [Office(name, seats) for name, seats in offices.items()]
    standing = [h for office in shown for seat in office.posts for h in seat.held if h.kind == "stand_in"]
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    chiefs = {
        seat.post.department_id for one in shown for seat in one.posts for h in seat.held if h.kind == "chief"
    }
    without = [one.name for one in departments if one.pk not in chiefs]
    waiting = settled_by_nobody(request.officer.county, day)
    unsettled, unsettled_key = page(waiting, request.GET.get("unsettled", ""), by=("due_on",), size=LISTED)
    context = {
        "offices": shown,
        "standing_in": standing,
        "today": day,
        "ab": pack.value("staff.ab_required", day) is True,
        "unsettled": unsettled,
        "unsettled_key": unsettled_key,
        "without_chief": without if pack.value("window.authority", day) == "full" else [],
    }
    return render(request, "manage/organisation.html", context)


@require_GET
@staff_required(Grant.PEOPLE_MANAGE)
def officers(request: StaffRequest) -> HttpResponse:
    """Everybody in service with his posts of today."""
    day = today()
    found = list(
        officers_of(request.officer.county).prefetch_related("held__post__department", "held__post__hall")
    )
    lines = [(who, [h for h in who.held.all() if h.in_force(day)]) for who in found]
    return render(request, "manage/officers.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def stand_in(request: StaffRequest, pk: int) -> HttpResponse:
    """AB角: the form and the act."""
    post = _post(request, pk)
    form = StandInForm(post.county, posted(request), initial={"since": today()})
    return ask(
        request,
        form,
        lambda told: acts.stand_in(post, by=request.officer, at=now(), **told),
        title=f"安排顶岗：{post}",
        lead=f"{post.department or post.hall or here().whole}，权限：{post.grant_words}。",
        main="安排顶岗",
        back=HOME,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """任岗: the form and the act."""
    post = _post(request, pk)
    form = GiveForm(post.county, posted(request), initial={"since": today()})
    return ask(
        request,
        form,
        lambda told: acts.give_post(post, by=request.officer, at=now(), **told),
        title=f"任岗：{post}",
        lead=f"{post.department or post.hall or here().whole}，权限：{post.grant_words}。",
        main="任岗",
        back=HOME,
    )


def _line(case: Case) -> str:
    """An open case for an administrator: its number, item and last day, nothing of whom it concerns."""
    due = f"，{case.due_on.month} 月 {case.due_on.day} 日到期" if case.due_on else ""
    return f"{case.number} {case.item_name}{due}"


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """卸岗 at the end of today, after a page that says what follows."""
    held = get_object_or_404(
        Holding.objects.select_related("post", "officer"), pk=pk, post__county=request.officer.county
    )
    return ask(
        request,
        HandingForm(posted(request), cases=leave.bound_to(held, today())),
        lambda told: leave.end_post(held, by=request.officer, at=now(), last_day=today(), **told),
        title=f"{held.officer}卸下“{held.post}”？",
        lead="今天下班后，这个岗位的权限就收回；还没有开始的任岗直接取消。已经办过的事不受影响。",
        main="卸岗",
        back=HOME,
        adverse=True,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def new_officer(request: StaffRequest) -> HttpResponse:
    """到岗: an account for a member of staff."""
    county = County.objects.get(pk=request.officer.county)

    def act(told: dict[str, Any]) -> object:
        password = told.pop("password1")
        return acts.open_officer(county, by=request.officer, at=now(), password=password, **told)

    form = OfficerForm(posted(request))
    lead = "开好账号以后，再到“组织与岗位”里安排岗位；没有岗位的账号什么也办不了。"
    return ask(request, form, act, title="新增工作人员", lead=lead, main="新增", back="officers")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """离岗: all posts end at once and the account with them."""
    officer = _officer(request, pk)
    return ask(
        request,
        LeavingForm(posted(request), cases=in_hand(officer)),
        lambda told: leave.let_go(officer, by=request.officer, at=now(), **told),
        title=f"{officer}离岗？",
        lead="账号马上停用，所有岗位收回。手上没有办完的件先转办，或者退回部门待办。",
        main="确认离岗",
        adverse=True,
        back="officers",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PEOPLE_MANAGE)
def password(request: StaffRequest, pk: int) -> HttpResponse:
    """A forgotten password is replaced by a new first one."""
    officer = _officer(request, pk)
    return ask(
        request,
        PasswordForm(posted(request)),
        lambda told: acts.reset_password(
            officer, by=request.officer, at=now(), password=told["password1"], factor=told["factor"]
        ),
        title=f"为{officer}重设密码",
        lead="请当面告诉本人，不要写在纸上或发短信。重设会记入访问日志。",
        main="重设密码",
        back="officers",
    )


def _post(request: StaffRequest, pk: int) -> Post:
    return get_object_or_404(
        Post.objects.select_related("department", "hall"), pk=pk, county=request.officer.county
    )


def _officer(request: StaffRequest, pk: int) -> Officer:
    return get_object_or_404(officers_of(request.officer.county), pk=pk)
