"""帮他找到: where does an item line up, how many wait there, can a machine do it – and the number, at once?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now
from onewindow.guidance.reads import Wanted, search
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.hall.reads import board, lines_for
from onewindow.helping.acts import consulting, guiding
from onewindow.places.models import Line, Window, Zone
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.guiding import GROUP_WORDS, NEEDS, Group
from onewindow.rules.queueing import Priority
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.hall.asked import key_of, whole
from onewindow.web.views.helping import guide_required, hall_of

SHOWN = 20


@require_GET
@never_cache
@guide_required
def find(request: StaffRequest) -> HttpResponse:
    """Everyday words, pinyin or initials; each hit with its line and how many wait there."""
    hall, at = hall_of(request), now()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    county = request.officer.county
    hits = [one.item for one in search(county, Wanted(words=words)).page(1, SHOWN)] if words else []
    named, counted = reads.names_of(hits), {one.line.pk: one for one in board(hall, at).lines}
    by_machine = reads.at_machines(county, hits)
    rows = [_row(hall, named[pk], counted, pk in by_machine) for pk in hits if pk in named]
    return render(request, "guiding/find.html", {"hall": hall, "words": words, "rows": rows})


def _row(hall: Any, item: Item, counted: dict[int, Any], by_machine: bool) -> dict[str, Any]:
    line = next(iter(lines_for(hall, item)), None)
    return {"item": item, "self": by_machine, "line": counted.get(line.pk) if line else None}


@require_GET
@never_cache
@guide_required
def item(request: StaffRequest, address: str) -> HttpResponse:
    """One item: its line and windows, and what to do with whoever wants it."""
    hall, found = hall_of(request), _item(request, address)
    seen = board(hall, now())
    wanted = [line.pk for line in lines_for(hall, found)]
    lines = sorted(
        (one for one in seen.lines if one.line.pk in wanted), key=lambda one: wanted.index(one.line.pk)
    )
    zones = Zone.objects.filter(hall=hall, kind=Zone.Kind.SELF_SERVICE, closed_on__isnull=True)
    context = {
        "hall": hall,
        "item": found,
        "lines": lines,
        "windows": [one for one in seen.signs if lines and lines[0].line.name in one.lines],
        "self": bool(reads.at_machines(found.county, [found.pk])),
        "zones": list(zones),
        "groups": GROUP_WORDS.items(),
        "once": uuid4(),
    }
    return render(request, "guiding/item.html", context)


@require_POST
@guide_required
def number(request: StaffRequest, address: str) -> HttpResponse:
    """取号 for the person, with his groups; the assisted visitor is in the log."""
    hall, found, at = hall_of(request), _item(request, address), now()
    line = Line.objects.filter(hall=hall, pk=whole(request.POST.get("line", ""))).first()
    if line is None:
        raise NotAllowed("请选择取哪一队的号。")
    ticket = take(
        hall,
        line,
        by=request.officer,
        at=at,
        once=key_of(request),
        channel=Ticket.Channel.GUIDE,
        priority=Priority.ORDINARY,
        groups=groups_said(request),
        help=request.POST.get("help") == "on",
        item=found,
    )
    way = "window" if reads.at_machines(found.county, [found.pk]) else "number"
    told: dict[str, Any] = {"need": "apply", "way": way, "item": found, "line": line, "ticket": ticket}
    guiding.guide(hall, by=request.officer, at=at, **told)
    return redirect("guiding_number", ticket.pk)


@require_POST
@guide_required
def direct(request: StaffRequest, address: str) -> HttpResponse:
    """到自助区办, or answered on the spot."""
    hall, found = hall_of(request), _item(request, address)
    way = request.POST.get("way", "")
    if way not in ("self", "answered"):
        raise NotAllowed("请点“到自助区”或者“当场答复”。")
    need = "apply" if way == "self" else "ask"
    guiding.guide(hall, by=request.officer, at=now(), need=need, way=way, item=found)
    messages.success(request, "已记下。" if way == "answered" else "已记下，请带他到自助区。")
    return redirect("helping")


@require_POST
@guide_required
def asked(request: StaffRequest) -> HttpResponse:
    """一点就记: what he wanted, answered on the spot."""
    need = request.POST.get("need", "")
    guiding.guide(hall_of(request), by=request.officer, at=now(), need=need, way="answered")
    messages.success(request, f"已记一位：{NEEDS[need]}。")
    return redirect("helping")


@require_GET
@never_cache
@guide_required
def ticket(request: StaffRequest, pk: int) -> HttpResponse:
    """One number of today: what is known of whoever has it, and what the guide may add."""
    hall = hall_of(request)
    found = Ticket.objects.filter(pk=pk, hall=hall).select_related("visit", "line", "window", "item").first()
    if found is None:
        raise Http404
    escort = found.visit.escorts.filter(ended_at__isnull=True).select_related("helper").first()
    context: dict[str, Any] = {
        "hall": hall,
        "ticket": found,
        "escort": escort,
        "groups": GROUP_WORDS.items(),
        "at": now(),
    }
    context["manages"] = request.officer.may(Grant.HALL_MANAGE, hall)
    return render(request, "guiding/number.html", context)


@require_POST
@guide_required
def ask_window(request: StaffRequest) -> HttpResponse:
    """转窗口解答: a number for one window, with the question."""
    hall = hall_of(request)
    window = Window.objects.filter(hall=hall, pk=whole(request.POST.get("window", ""))).select_related("hall")
    there = window.first()
    if there is None:
        raise NotAllowed("请选择由哪个窗口解答。")
    made = consulting.hand_off(
        there,
        by=request.officer,
        at=now(),
        once=key_of(request),
        question=request.POST.get("question", ""),
        groups=tuple(groups_said(request)),
    )
    told: dict[str, Any] = {"need": "ask", "way": "question", "ticket": made.ticket}
    guiding.guide(hall, by=request.officer, at=now(), **told)
    return redirect("guiding_number", made.ticket.pk)


def groups_said(request: StaffRequest) -> list[str]:
    """The groups that were ticked."""
    return [one for one in request.POST.getlist("group") if one in set(Group)]


def _item(request: StaffRequest, address: str) -> Item:
    found = reads.called(request.officer.county, address)
    if found is None:
        raise Http404
    return found


@require_GET
@never_cache
@staff_required(Grant.HALL_TAKE)
def question(request: StaffRequest) -> HttpResponse:
    """The page on which a question is handed to a window."""
    hall = hall_of(request)
    windows = [one for one in board(hall, now()).signs if one.window.calls and one.lines]
    context = {"hall": hall, "windows": windows, "groups": GROUP_WORDS.items(), "once": uuid4()}
    return render(request, "guiding/question.html", context)
