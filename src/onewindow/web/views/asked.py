"""首问: what was somebody asked first, what waits for him, and how is it answered or handed on?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.reads.visible import visible_to
from onewindow.ground.clock import now, today
from onewindow.guidance import acts, asking
from onewindow.guidance.acts import Told
from onewindow.guidance.models import Asked
from onewindow.journal.models import Subject
from onewindow.people.models import Officer
from onewindow.people.reads import officers_of
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.identity import masked
from onewindow.web.asking import ask, posted, tell
from onewindow.web.forms.asked import AnswerAskedForm, AskedForm, OfferForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front

HOME = "asked"


@require_GET
@never_cache
@staff_required()
def asked(request: StaffRequest) -> HttpResponse:
    """What waits for him, or what he was asked first and what became of it."""
    first, typed = request.GET.get("list") == "first", request.GET.get("after", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
    found = (
        asking.first_by(request.officer, before=key) if first else asking.waiting(request.officer, after=key)
    )
    shown = found[: asking.PAGE]
    more = shown[-1].pk if first and shown else key + asking.PAGE
    context = {
        "rows": shown,
        "first": first,
        "next_key": more if len(found) > asking.PAGE else "",
        "today": today(),
        "officer": request.officer,
        "rule": pack_here(request.county).at(today()).rule("first_asked"),  # type: ignore[attr-defined]
    }
    return render(request, "desk/asked.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required()
@sensitive_post_parameters()
def new(request: StaffRequest) -> HttpResponse:
    """首问登记."""
    form = AskedForm(posted(request), initial={"case": request.GET.get("case", "")[:40]})

    def act(told: dict[str, Any]) -> None:
        number, answer = told.pop("case").strip(), told.pop("answer")
        about = _about(request, number) if number else None
        person = front.person(request) if told["channel"] == Asked.Channel.COUNTER else None
        his = person if person is not None and told["who"].strip() in ("", person.name) else None
        made = acts.ask_first(
            request.officer,
            by=request.officer,
            at=now(),
            told=Told(about=about, party=his, **told),
            answer=answer,
        )
        done = "已答复。" if made.answered_at else f"请在 {made.due_on.month} 月 {made.due_on.day} 日前答复。"
        messages.success(request, f"首问 {made.number} 已登记，{done}")

    lead = "先问到谁，就由谁负责到底：答复以前，或者别的同志确认接收以前，都在您名下。"
    return ask(request, form, act, title="首问登记", lead=lead, main="登记", back=HOME)


def _about(request: StaffRequest, number: str) -> Subject:
    """The case that was asked about, when he may see it."""
    case = visible_to(request.officer).select_related("subject").filter(number=number).first()
    if case is None:
        raise acts.Faulty({"case": "没有这个编号的办件，或者不是您看得到的。请核对，不写也可以。"})
    return case.subject


@require_GET
@never_cache
@staff_required()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """One question with its way, and what can be done with it."""
    return _page(request, _load(request, number))


@require_POST
@never_cache
@staff_required()
@sensitive_post_parameters()
def answer(request: StaffRequest, number: str) -> HttpResponse:
    """Answered."""
    row, form = _load(request, number), AnswerAskedForm(request.POST)
    return _do(
        request,
        row,
        form,
        lambda told: acts.answer(row, by=request.officer, at=now(), **told),
        "已答复，这一件了结。",
    )


@require_POST
@never_cache
@staff_required()
def offer(request: StaffRequest, number: str) -> HttpResponse:
    """转交."""
    row = _load(request, number)
    form = OfferForm(_people(request), request.POST)
    return _do(
        request,
        row,
        form,
        lambda told: acts.offer(row, by=request.officer, at=now(), **told),
        "已转交；他确认接收以前，还是由您负责。",
    )


@require_POST
@never_cache
@staff_required()
def take(request: StaffRequest, number: str) -> HttpResponse:
    """确认接收."""
    row, officer = _load(request, number), request.officer
    return _do(
        request,
        row,
        forms.Form(request.POST),
        lambda _: acts.take_over(officer, asked=row, by=officer, at=now()),
        "已接收，从现在起由您答复。",
    )


@require_POST
@never_cache
@staff_required()
def decline(request: StaffRequest, number: str) -> HttpResponse:
    """不接收."""
    row, officer = _load(request, number), request.officer
    return _do(
        request,
        row,
        forms.Form(request.POST),
        lambda _: acts.decline(officer, asked=row, by=officer, at=now()),
        "没有接收，还由原来的同志负责。",
    )


def _people(request: StaffRequest) -> Any:
    return officers_of(request.officer.county).exclude(pk=request.officer.pk)


def _load(request: StaffRequest, number: str) -> Asked:
    found = asking.one(request.officer, number[:40], watches=request.officer.may(Grant.SUPERVISE))
    if found is None:
        raise Http404
    return found


def _do(request: StaffRequest, row: Asked, form: forms.Form, act: Any, done: str) -> HttpResponse:
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        act(dict(form.cleaned_data))
    except NotAllowed as refusal:
        tell(form, refusal)
        whole = "" if getattr(refusal, "by_field", None) else str(refusal)
        return _page(request, row, form, 409, refused=whole)
    messages.success(request, done)
    return redirect(HOME)


def _page(
    request: StaffRequest,
    row: Asked,
    form: forms.Form | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    officer: Officer = request.officer
    his = row.answered_at is None and officer.may(Grant.ASKED_KEEP, row)
    context = {
        "row": row,
        "course": asking.course(row),
        "phone": masked(row.phone) if row.phone and not his else row.phone,
        "his": his,
        "offered": row.answered_at is None and row.offered_to_id == officer.pk,
        "answer": form if isinstance(form, AnswerAskedForm) else AnswerAskedForm(),
        "offer": form if isinstance(form, OfferForm) else OfferForm(_people(request)),
        "late": row.answered_at is None and today() > row.due_on,
        "refused": refused,
        "about": getattr(row.about, "case", None) if row.about_id else None,
    }
    return render(request, "desk/asked_one.html", context, status=status)
