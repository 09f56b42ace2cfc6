"""工作移交: who hands what over to whom, what stands on the list, and who signs next?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.acts import handover as acts
from onewindow.cases.models import Handover
from onewindow.cases.reads.handing import PAGE, counted, page, visible
from onewindow.ground.clock import now, today
from onewindow.people.models import Holding, Officer, Post
from onewindow.people.reads import names_of
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import ask, posted
from onewindow.web.forms.absence import HandForm, beside
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overdue_lines import overdue_among
from onewindow.web.views.absence import arranging

HOME = "handovers"
State = Handover.State


@require_GET
@never_cache
@staff_required()
def handovers(request: StaffRequest) -> HttpResponse:
    """Those in which he has a part, and those of the offices that he arranges; the latest first."""
    before = _number(request.GET.get("after", ""))
    rows = _seen(request).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    shown = found[:PAGE]
    return render(
        request,
        "desk/handovers.html",
        {"rows": shown, "next_key": shown[-1].pk if len(found) > PAGE else "", "officer": request.officer},
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required()
def new(request: StaffRequest) -> HttpResponse:
    """He lists himself what he hands over."""
    officer, made = request.officer, []
    form = HandForm(beside(officer.posts, today(), officer.pk), posted(request))

    def act(told: dict[str, Any]) -> None:
        made.append(acts.draw_up(officer, by=officer, at=now(), **told))
        messages.success(request, "移交单已开，请核对以后签字。")

    lead = "您名下没有办完的件、主持的听证、没有提交的申请和首问都列上。两个人都签了字才移交，期限照常计算。"
    asked = ask(request, form, act, title="开工作移交单", lead=lead, main="开移交单", back=HOME)
    return redirect("handover", made[0].pk) if made else asked  # to where it is looked through and signed


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.ABSENCE_ARRANGE)
def arrange(request: StaffRequest, pk: int, officer: int) -> HttpResponse:
    """The head lists it for somebody; he may receive it himself."""
    post = get_object_or_404(Post, pk=_key(pk), county=request.officer.county)
    who = get_object_or_404(Officer, pk=_key(officer), county=request.officer.county)
    if not request.officer.may(Grant.ABSENCE_ARRANGE, post):
        raise Http404
    people = beside([post, *request.officer.posts], today(), who.pk)
    form = HandForm(people, posted(request))

    def act(told: dict[str, Any]) -> None:
        if told["to"].pk == request.officer.pk:
            acts.take_all(post, officer=who, by=request.officer, at=now(), reason=told["reason"])
            messages.success(request, f"{who.name}手上的都由您接收了。")
        else:
            acts.arrange(post, officer=who, by=request.officer, at=now(), **told)
            messages.success(request, "移交单已开，请两位同志签字。")

    lead = (
        "选您自己，就由您全部接收，不用再签字；选别的同志，要移交人和接收人都签字，移交人不能签的由您代签。"
    )
    return ask(request, form, act, title=f"移交{who.name}手上的工作", lead=lead, main="开移交单", back=HOME)


@require_GET
@never_cache
@staff_required()
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """The list, line by line, with whoever signs next."""
    return _page(request, load_handover(request, pk))


@require_POST
@never_cache
@staff_required()
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """移交人签字, or by who arranges it for him."""
    row, officer = load_handover(request, pk), request.officer
    post = None if row.officer_id == officer.pk else _arranged(request, row)

    def act() -> object:
        if post is not None:
            return acts.sign_for(post, handover=row, by=officer, at=now())
        return acts.sign(row, by=officer, at=now())

    return _do(request, row, act, "已签字，接收人会收到消息。")


@require_POST
@never_cache
@staff_required()
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """接收人签字."""
    row = load_handover(request, pk)
    return _do(
        request,
        row,
        lambda: acts.take(row, by=request.officer, at=now()),
        "已接收，正在一件一件转到您名下，完成后会有消息。",
    )


@require_POST
@never_cache
@staff_required()
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """撤销."""
    row = load_handover(request, pk)
    return _do(request, row, lambda: acts.call_off(row, by=request.officer, at=now()), "移交单已撤销。")


def _do(request: StaffRequest, row: Handover, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except NotAllowed as refusal:
        return _page(request, load_handover(request, row.pk), 409, str(refusal))
    messages.success(request, done)
    return redirect("handover", row.pk)


def _page(request: StaffRequest, row: Handover, status: int = 200, refused: str = "") -> HttpResponse:
    officer, after = request.officer, _number(request.GET.get("after", ""))
    lines = page(row, after=after)
    shown = lines[:PAGE]
    names = names_of({row.opened_by, row.signed_by} - {""})
    waits, gives = row.state in (State.OPEN, State.SIGNED), row.officer_id == officer.pk
    arranged = waits and not gives and _arranged(request, row) is not None
    context = {
        "row": row,
        "numbers": counted(row),
        "lines": shown,
        "late": overdue_among(shown),
        "next_key": shown[-1].pk if len(lines) > PAGE else "",
        "opened_by": names.get(row.opened_by, ""),
        "signed_by": names.get(row.signed_by, ""),
        "may_sign": row.state == State.OPEN and (gives or arranged),
        "for_him": arranged,
        "may_take": row.state == State.SIGNED and row.to_id == officer.pk,
        "may_end": waits and row.account_id == officer.account_id,
        "refused": refused,
        "demo": here().demo,
    }
    return render(request, "desk/handover.html", context, status=status)


def _seen(request: StaffRequest) -> Any:
    posts = arranging(request.officer)
    whole = any(post.scope == Post.Scope.COUNTY for post in posts)
    return visible(request.officer, {post.department_id for post in posts if post.department_id}, whole)


def load_handover(request: StaffRequest, pk: int) -> Handover:
    found: Handover | None = _seen(request).filter(pk=_key(pk)).first()
    if found is None:
        raise Http404
    return found


def _arranged(request: StaffRequest, row: Handover) -> Post | None:
    """The post of whoever hands over by which this officer may arrange it."""
    held = Holding.objects.filter(officer=row.officer_id).select_related("post").order_by("pk")
    mine = (one.post for one in held if request.officer.may(Grant.ABSENCE_ARRANGE, one.post))
    return next(mine, None)


def _key(pk: int) -> int:
    if pk >= 2**63:
        raise Http404
    return pk


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
