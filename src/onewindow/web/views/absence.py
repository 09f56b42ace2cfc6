"""休假顶岗: who is away, who stands in for whom, which post has which B, and what happened while somebody was away?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.reads.meanwhile import meanwhile
from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people import acts
from onewindow.people.away import covers_of, leaves_among, leaves_of, left_empty, posts_with_b
from onewindow.people.models import Absence, Holding, Officer, Post
from onewindow.people.reads import names_of
from onewindow.places.reads import pack_here
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant, NotGranted
from onewindow.web.asking import ask, posted
from onewindow.web.forms.absence import LeaveForm, SentForm, WhoForm, beside
from onewindow.web.gates import StaffRequest, staff_required

HOME, POSTS = "absence", "absence_posts"
PAGE, OWN = 50, 20


def arranging(officer: Officer) -> list[Post]:
    """The posts by which he may arrange who stands in."""
    return [post for post in officer.posts if Grant.ABSENCE_ARRANGE.value in post.grants]


@require_GET
@never_cache
@staff_required()
def absence(request: StaffRequest) -> HttpResponse:
    """His own leaves, whom he stands in for, and who of his office is away."""
    officer, day = request.officer, today()
    posts = arranging(officer)
    own, own_key = page(leaves_of(officer), request.GET.get("own", ""), by=("-pk",), size=OWN)
    among = leaves_among(posts, day).exclude(officer=officer) if posts else Absence.objects.none()
    others, next_key = page(among, request.GET.get("after", ""), by=("since",), size=PAGE)
    covers = covers_of([*own, *others], day)
    names = names_of(f"officer:{pk}" for pk in officer.stands_for)
    standing = [
        (held, names.get(f"officer:{held.instead_of_id}", ""))
        for held in officer.holdings
        if held.instead_of_id and held.in_force(day)
    ]
    context = {
        "own": [(one, covers.get(one.pk, []), _runs(one)) for one in own],
        "standing": standing,
        "others": [(one, covers.get(one.pk, [])) for one in others],
        **{"own_key": own_key, "next_key": next_key},
        "arranges": bool(posts),
        "today": day,
    }
    return render(request, "desk/absence.html", context)


def _runs(one: Absence) -> bool:
    return one.back_on is None and one.until >= today()


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required()
def enter(request: StaffRequest) -> HttpResponse:
    """He enters his own."""
    form = LeaveForm(posted(request), initial={"since": today(), "until": today()})

    def act(_: dict[str, Any]) -> None:
        row = acts.go_on_leave(request.officer, by=request.officer, at=now(), leave=form.leave())
        bare = "、".join(left_empty(row))
        told = f"“{bare}”还没有人顶岗，请本部门负责人指定。" if bare else "B角到时自动顶岗，并收到消息。"
        messages.success(request, f"已登记。{told}")

    lead = "B角从第一天到最后一天自动顶岗：您名下的件、消息和亮灯都转给他，他办的每一步都记两个人的名字。"
    return ask(request, form, act, title="登记休假", lead=lead, main="登记", back=HOME)


@require_GET
@never_cache
@staff_required(Grant.ABSENCE_ARRANGE)
def posts(request: StaffRequest) -> HttpResponse:
    """AB角: every post of his office with its A and its B."""
    rows = posts_with_b(arranging(request.officer), today())
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    rule = pack.at(today()).rule("staff.ab_required")
    bare = [one for one in rows if one.needs_b]
    return render(request, "desk/absence_posts.html", {"rows": rows, "bare": bare, "rule": rule})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.ABSENCE_ARRANGE)
def deputy(request: StaffRequest, pk: int) -> HttpResponse:
    """指定B角."""
    post = _post(request, pk)
    form = WhoForm(beside([post], today()), posted(request), label="由谁当B角")
    return ask(
        request,
        form,
        lambda told: acts.name_deputy(post, by=request.officer, at=now(), **told),
        title=f"指定B角：{post}",
        lead="A角休假、外出、培训的日子里，B角自动顶岗；平时没有这个岗位的权限。",
        main="指定",
        back=POSTS,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.ABSENCE_ARRANGE)
def send(request: StaffRequest, pk: int, officer: int) -> HttpResponse:
    """The head enters it for somebody, also on the same morning."""
    post, who = _post(request, pk), _person(request, officer)
    form = SentForm(
        beside([post, *request.officer.posts], today(), who.pk),
        posted(request),
        initial={"since": today(), "until": today()},
    )

    def act(told: dict[str, Any]) -> None:
        acts.send_on_leave(
            post,
            officer=who,
            by=request.officer,
            at=now(),
            leave=form.leave(),
            takes_over=told["takes_over"],
        )
        messages.success(request, f"已登记{who.name}休假，顶岗的同志已收到消息。")

    lead = "今天早上才知道的也在这里登记，马上生效。"
    return ask(request, form, act, title=f"登记{who.name}休假", lead=lead, main="登记", back=HOME)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.ABSENCE_ARRANGE)
def cover(request: StaffRequest, absence: int, pk: int) -> HttpResponse:
    """Whom the head names stands in from today."""
    post, row = _post(request, pk), _load(request, absence)
    form = WhoForm(beside([post, *request.officer.posts], today(), row.officer_id), posted(request))
    return ask(
        request,
        form,
        lambda told: acts.name_cover(post, absence=row, by=request.officer, at=now(), **told),
        title=f"另外指定谁顶“{post}”",
        lead=f"{row.officer.name}到 {row.until.month} 月 {row.until.day} 日不在岗。原来顶岗的同志从现在起不再顶。",
        main="指定",
        back=HOME,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required()
def back(request: StaffRequest, absence: int) -> HttpResponse:
    """销假: by himself, or by who arranges it; what ends with it is said before."""
    row, done = _load(request, absence), []
    his = row.officer_id == request.officer.pk
    post = None if his else _arranged(request.officer, row)
    if not his and post is None:
        raise NotGranted("销假由他本人或者安排顶岗的负责人登记，请告诉他们来办。")
    word = "取消休假" if row.since > today() else "销假"

    def act(_: dict[str, Any]) -> None:
        if post is None:
            acts.come_back(row, by=request.officer, at=now())
        else:
            acts.call_back(post, absence=row, by=request.officer, at=now())
        done.append(row)
        messages.success(request, "已销假，顶岗从现在起结束。")

    asked = ask(
        request,
        forms.Form(posted(request)),
        act,
        title=f"{row.officer.name}{word}",
        lead=_what_ends(row, word),
        main=word,
        back=HOME,
    )
    return redirect("absence_one", row.pk) if done else asked


def _what_ends(row: Absence, word: str) -> str:
    """Who stops standing in, and whose work it is again."""
    days = f"{row.since.month} 月 {row.since.day} 日至 {row.until.month} 月 {row.until.day} 日的{row.get_kind_display()}"
    held = Holding.objects.filter(absence=row, until__gte=row.since).select_related("officer", "post")
    covers = "、".join(dict.fromkeys(f"{one.officer.name}（{one.post.name}）" for one in held))
    ends = f"{covers}的顶岗从现在起结束，没有办完的回到{row.officer.name}的待办。" if covers else ""
    return f"{days}，{word}以后不能恢复，再休假要重新登记。{ends}"


@require_GET
@never_cache
@staff_required()
def one(request: StaffRequest, absence: int) -> HttpResponse:
    """One leave: who stood in, and what happened meanwhile to what is in his name."""
    row = _load(request, absence)
    typed = request.GET.get("after", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    entries = meanwhile(row.officer_id, row.since, row.seen_until, before=before, size=PAGE)
    shown = entries[:PAGE]
    names = names_of({*(each.by for each in shown)})
    mine = row.officer_id == request.officer.pk
    context = {
        "row": row,
        "covers": Holding.objects.filter(absence=row)
        .select_related("officer", "post")
        .order_by("since", "pk"),
        "entries": [(each, TERMS_ZH[each.fact], names.get(each.by, "")) for each in shown],
        "next_key": shown[-1].pk if len(entries) > PAGE else "",
        "may_end": _runs(row) and (mine or _arranged(request.officer, row) is not None),
        "arranges": not mine and _runs(row) and _arranged(request.officer, row) is not None,
        "mine": mine,
    }
    return render(request, "desk/absence_one.html", context)


def _arranged(officer: Officer, row: Absence) -> Any:
    """The post of his by which this officer may arrange it."""
    held = getattr(row, "posts_of_his", None)
    if held is None:
        rows = Holding.objects.filter(officer=row.officer_id).select_related("post").order_by("pk")
        held = row.posts_of_his = [each.post for each in rows]  # type: ignore[attr-defined]
    return next((post for post in held if officer.may(Grant.ABSENCE_ARRANGE, post)), None)


def _load(request: StaffRequest, pk: int) -> Absence:
    """One that is his, in which he stands in, or that he may arrange."""
    row = get_object_or_404(
        Absence.objects.select_related("officer"), pk=_small(pk), county=request.officer.county
    )
    his = row.officer_id == request.officer.pk
    stands = any(held.absence_id == row.pk for held in request.officer.holdings)
    if not his and not stands and _arranged(request.officer, row) is None:
        raise Http404
    return row


def _post(request: StaffRequest, pk: int) -> Post:
    post = get_object_or_404(
        Post.objects.select_related("department", "hall"), pk=_small(pk), county=request.officer.county
    )
    if not request.officer.may(Grant.ABSENCE_ARRANGE, post):
        raise Http404
    return post


def _person(request: StaffRequest, pk: int) -> Officer:
    return get_object_or_404(Officer, pk=_small(pk), county=request.officer.county, left_on__isnull=True)


def _small(pk: int) -> int:
    if pk >= 2**63:
        raise Http404
    return pk
