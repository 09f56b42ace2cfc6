"""巡检: what is to be looked at today, what was found, and what is to be put right by whom?"""

from __future__ import annotations

from itertools import groupby

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people.reads import names_of
from onewindow.places import acts
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import Looked, looked_at
from onewindow.places.models import Hall, Round, Task
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.helping import hall_of as own_hall

PAGE = 15
GOOD, BAD = "good", "bad"


class DoneForm(AskingForm):
    """How it was put right."""

    note = forms.CharField(label="怎样整改的", max_length=200)


@require_GET
@never_cache
@staff_required(Grant.HALL_MANAGE)
def rounds(request: StaffRequest) -> HttpResponse:
    """What is to be put right, and the latest rounds."""
    hall = own_hall(request)
    every = Round.objects.filter(hall=hall)
    made, made_key = page(
        every.prefetch_related("lines"), request.GET.get("after", ""), by=("-made_at",), size=PAGE
    )
    tasks = list(Task.objects.filter(hall=hall, closed_at__isnull=True).order_by("due_on", "pk"))
    over = Task.objects.filter(hall=hall, closed_at__isnull=False)
    closed, closed_key = page(over, request.GET.get("closed", ""), by=("-closed_at",), size=PAGE, filled=True)
    names = names_of({one.made_by for one in made} | {one.closed_by for one in closed})
    context = {
        "hall": hall,
        "today": today(),
        "tasks": tasks,
        "closed": [(one, names.get(one.closed_by, "")) for one in closed],
        "rounds": [
            (one, names.get(one.made_by, ""), [line for line in one.lines.all() if not line.good])
            for one in made
        ],
        **{"rounds_key": made_key, "closed_key": closed_key},
        "done": every.filter(day=today()).exists(),
    }
    return render(request, "venues/rounds.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def new(request: StaffRequest) -> HttpResponse:
    """Go through the venue, line by line."""
    hall = own_hall(request)
    lines, wrong = looked_at(hall, today()), ""
    if request.method == "POST":
        try:
            acts.make_round(
                hall,
                by=request.officer,
                at=now(),
                seen=_seen(request, lines),
                owner=request.POST.get("owner", ""),
            )
            return redirect("rounds")
        except NotAllowed as refusal:
            wrong = str(refusal)
    groups = [
        (group, [(one, *_typed(request, one)) for one in found])
        for group, found in groupby(
            sorted(lines, key=lambda one: _order(lines, one.group)), lambda one: one.group
        )
    ]
    context = {"hall": hall, "groups": groups, "wrong": wrong, "many": len(lines), "posted": request.POST}
    return render(request, "venues/round.html", context, status=422 if wrong else 200)


def _order(lines: list[Looked], group: str) -> int:
    return next(n for n, one in enumerate(lines) if one.group == group)


def _typed(request: StaffRequest, one: Looked) -> tuple[str, str]:
    return request.POST.get(f"r-{one.key}", ""), request.POST.get(f"n-{one.key}", "")


def _seen(request: StaffRequest, lines: list[Looked]) -> dict[str, Seen]:
    """What was pressed; the rest is good where the inspector says so with his own tick."""
    found = {}
    for one in lines:
        pressed, note = _typed(request, one)
        if pressed in (GOOD, BAD) or "rest" in request.POST:
            found[one.key] = Seen(pressed != BAD, note.strip())
    return found


@require_GET
@staff_required(Grant.HALL_MANAGE)
def one_round(request: StaffRequest, pk: int) -> HttpResponse:
    """The record of one round: result and inspector."""
    found = get_object_or_404(Round.objects.select_related("hall"), pk=pk, hall=own_hall(request))
    name = names_of({found.made_by}).get(found.made_by, "")
    context = {"round": found, "name": name, "lines": list(found.lines.order_by("pk"))}
    return render(request, "venues/round_record.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def close_task(request: StaffRequest, pk: int) -> HttpResponse:
    """It was put right."""
    hall: Hall = own_hall(request)
    task = get_object_or_404(Task.objects.select_related("hall"), pk=pk, hall=hall)
    return ask(
        request,
        DoneForm(posted(request)),
        lambda told: acts.close_task(task, by=request.officer, at=now(), **told),
        title="整改销号",
        lead=f"{task.what}。由 {task.owner} 整改，到 {task.due_on:%Y-%m-%d}。",
        main="销号",
        back="rounds",
    )
