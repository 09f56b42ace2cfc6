"""取号机: how does somebody take a number by himself – with his card or without, for which business, and what is printed?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.reads.public import frequent
from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import at_machines, called
from onewindow.ground.clock import now, today
from onewindow.hall.actors import SELF_SERVICE
from onewindow.hall.acts.tickets import take
from onewindow.hall.booked import at_door
from onewindow.hall.hours import line_of, times
from onewindow.hall.models import Booking, Ticket
from onewindow.hall.reads import board, lines_for
from onewindow.hall.slips import NotPrinted, bytes_of, print_at
from onewindow.hall.stopped import until_words
from onewindow.helping.acts.guiding import guide
from onewindow.people.reads import party_by_paper
from onewindow.places.acts import call_guide
from onewindow.places.models import Device
from onewindow.places.reads import start_order
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import demo_fault, id_fault, tidy
from onewindow.rules.queueing import PRIORITY_WORDS
from onewindow.web import carried, guides
from onewindow.web.carried import Paper
from onewindow.web.machines import MachineRequest, machine_required
from onewindow.web.views.guide import qr
from onewindow.web.views.hall.asked import ASKED, key_of, priority_of, told_of, whole
from onewindow.web.views.hall.live import heard
from onewindow.web.views.hall.phone import address_of_code, slip_of
from onewindow.web.views.hall.scan import address_of_hall

OFTEN = 4
RESIDENT = "resident"
kiosk_required = machine_required(*SELF_SERVICE)


@require_GET
@ensure_csrf_cookie
@kiosk_required
def home(request: MachineRequest) -> HttpResponse:
    """The first page: what one came for. Whoever was there before is forgotten."""
    answer = render(request, "hall/kiosk/home.html", _first(request))
    carried.drop(answer)
    return answer


def _first(request: MachineRequest) -> dict[str, Any]:
    page = page_of(request)
    alone = page["lines"][0] if len(page["lines"]) == 1 else None
    hours = times(request.device.hall, page["at"])
    scan = qr(address_of_hall(request.device.hall))
    return {**page, "often": _often(request), "scan": scan, "alone": alone, "hours": hours}


def page_of(request: MachineRequest) -> dict[str, Any]:
    """What every page of the machine shows."""
    hall, at = request.device.hall, now()
    seen = board(hall, at)
    return {
        **heard(hall),
        "hall": hall,
        "device": request.device,
        "lines": seen.lines,
        "limits": seen.limits,
        "at": at,
        "paper": Paper.carried(request, at),
        "until": until_words(hall),
    }


def _often(request: MachineRequest) -> list[dict[str, Any]]:
    """What people do most, each with its line here."""
    county = request.county  # type: ignore[attr-defined]
    found = []
    for item in frequent(county.code, limit=OFTEN, first=start_order(county)):
        line, version = next(iter(lines_for(request.device.hall, item)), None), item.current
        if line is not None and version is not None:
            days = guides.span(version.promised_days, version.promised_unit, version.immediate)
            found.append({"item": item, "name": item.name, "days": days, "line": line.pk})
    return found


@require_GET
@kiosk_required
def now_waiting(request: MachineRequest) -> HttpResponse:
    """How many wait now, for the first page while nobody touches it."""
    return render(request, "hall/kiosk/waiting.html", page_of(request))


@require_http_methods(["GET", "POST"])
@kiosk_required
def paper(request: MachineRequest) -> HttpResponse:
    """An identity number: typed on the screen, or typed by a card reader that works as a keyboard."""
    typed = tidy(request.POST.get("paper", ""))[:40]
    wrong = None
    if request.method == "POST":
        wrong = id_fault(typed, today()) or _invented(request, typed)
        if wrong is None:
            answer = redirect("kiosk_lines")
            Paper(typed).carry(answer, now())
            return answer
    context = {**page_of(request), "error": wrong, "typed": typed, "keys": (*"123456789", "X", "0")}
    return render(request, "hall/kiosk/paper.html", context, status=422 if wrong else 200)


def _invented(request: MachineRequest, number: str) -> str | None:
    return None if request.county.demo else demo_fault(RESIDENT, number)  # type: ignore[attr-defined]


@require_GET
@kiosk_required
def lines(request: MachineRequest) -> HttpResponse:
    """For which business; who booked for today and showed his paper need not choose."""
    page = page_of(request)
    told = {"booked": booked_by(page), "hours": times(page["hall"], page["at"])}
    return render(request, "hall/kiosk/lines.html", {**page, **told})


def booked_by(page: dict[str, Any]) -> list[Booking]:
    """What the owner of the paper that was just shown has booked here today."""
    party = party_by_paper(RESIDENT, page["paper"].number) if page["paper"] else None
    return at_door(page["hall"], page["at"].date(), party=party) if party else []


@require_GET
@kiosk_required
def who(request: MachineRequest, line: int) -> HttpResponse:
    """Who goes before others says so here, or simply takes his number."""
    page = page_of(request)
    chosen = next((one for one in page["lines"] if one.line.pk == line), None)
    if chosen is None:
        return redirect("kiosk_lines")
    old = page["paper"] is not None and page["paper"].is_old(page["at"])
    asked = [(one.value, PRIORITY_WORDS[one]) for one in ASKED]
    item = _item(request, request.GET.get("item", ""))
    told = {"chosen": chosen, "asked": asked, "once": uuid4(), "old": old, "item": item}
    return render(request, "hall/kiosk/who.html", {**page, **told})


@require_POST
@kiosk_required
def take_number(request: MachineRequest) -> HttpResponse:
    """The number; pressed twice on the same page, it is the same one."""
    hall, at = request.device.hall, now()
    line = line_of(hall, whole(request.POST.get("line", "")))
    if line is None:
        raise NotAllowed("没有这一队，请返回重新选择业务。")
    item = _item(request, request.POST.get("item", ""))
    ticket = take(
        hall,
        line,
        by=request.machine,
        at=at,
        once=key_of(request),
        channel=Ticket.Channel.KIOSK,
        priority=priority_of(request),
        device=request.device,
        help=request.POST.get("help") == "on",
        told_minutes=told_of(request, line.pk),
        item=item,
        **_shown(Paper.carried(request, at)),
    )
    if item is not None and at_machines(item.county, [item.pk]):
        told: dict[str, Any] = {
            "need": "apply",
            "way": "window",
            "item": item,
            "line": line,
            "ticket": ticket,
        }
        guide(hall, by=request.machine, at=at, device=request.device, **told)
    printed = ticket.taken_at == at and printed_by(request.device, ticket)
    answer = redirect(f"{reverse('kiosk_slip', args=[ticket.code])}{'?printed' if printed else ''}")
    carried.drop(answer)
    return answer


def _item(request: MachineRequest, address: str) -> Item | None:
    """The item for which he takes his number, when he said it."""
    return called(request.county.code, address[:60]) if address else None  # type: ignore[attr-defined]


def printed_by(device: Device, ticket: Ticket) -> bool:
    """Whether the machine's own printer took the slip; the number is his in any case."""
    if not device.printer:
        return False
    try:
        print_at(device.printer, bytes_of(slip_of(ticket, ticket.taken_at)))
    except NotPrinted:
        return False
    return True


def _shown(paper: Paper | None) -> dict[str, Any]:
    """His file when he has one here, else what he showed."""
    if paper is None:
        return {}
    party = party_by_paper(RESIDENT, paper.number)
    return {"party": party} if party else {"shown": {"kind": RESIDENT, "number": paper.number}}


@require_GET
@kiosk_required
def slip(request: MachineRequest, code: str) -> HttpResponse:
    """The number for a moment; where the machine's own printer took nothing, its browser prints."""
    found = (
        Ticket.objects.filter(code=code, hall=request.device.hall, day=today())
        .select_related("hall", "line", "window")
        .first()
    )
    if found is None:
        return redirect("kiosk")
    printed = "printed" in request.GET
    context = {
        "hall": request.device.hall,
        "at": now(),
        "ticket": found,
        "slip": slip_of(found, now()),
        "code": qr(address_of_code(found)),
        "browser": not printed,
        "failed": bool(request.device.printer) and not printed,
    }
    return render(request, "hall/kiosk/slip.html", context)


@require_POST
@kiosk_required
def help_me(request: MachineRequest) -> HttpResponse:
    """叫人帮忙: the guide sees at which machine somebody waits."""
    call_guide(request.device, by=request.machine, at=now())
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(f"{reverse('kiosk')}?called")
