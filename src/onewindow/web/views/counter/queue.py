"""叫号栏: who is called to the clerk's window, and what does the clerk do with his number?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue.models import Item
from onewindow.ground.clock import now
from onewindow.hall.acts import calling, moving
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.hall.reads import AtWindow, at_window, current_at, in_hall
from onewindow.hall.write import channel_of
from onewindow.people.models import Officer
from onewindow.places import acts as places
from onewindow.places.models import Line, Window
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.queueing import PRIORITY_WORDS, Priority
from onewindow.rules.tickets import SERVING, WHY_ABANDONED, WHY_MOVED, WHY_PARKED
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front

_VISIT = "visit"
FIRST = 4  # of those who wait, on the bar
_CLASSES = {one.value: word for one, word in PRIORITY_WORDS.items() if one is not Priority.BOOKED}
PAUSES = ("取材料，马上回来", "开会", "交接班", "设备故障", "用餐")


@dataclass(frozen=True)
class Bar:
    """What the bar shows: the window with its numbers, and where a number can be moved."""

    at: AtWindow
    others: list[Window]
    lines: list[Line]
    channel: str
    # What the one who is here booked, and how often he still has to be called before he counts as missed.
    booked: list[str]
    calls_left: int

    @property
    def stream(self) -> str:
        """Where it is told what happens in the hall; everybody may hear it."""
        return f"{settings.EVENTS_URL}/events/{self.channel}"

    @property
    def next(self) -> list[Ticket]:
        return self.at.waiting[:FIRST]


def window_of(officer: Officer) -> Window | None:
    """The window at which the officer sits, when he may call numbers there; a tidal one while it is open."""
    there = [post for post in officer.posts if post.window is not None]
    tidal = (post for post in there if post.window and post.window.tidal and post.window.is_open)
    post = next(tidal, next(iter(there), None))
    if post is None or post.window is None:
        return None
    if post.hall is not None:
        post.window.hall = post.hall  # read with the posts
    return post.window if officer.may(Grant.HALL_CALL, post.window) else None


def bar(request: StaffRequest) -> dict[str, Any]:
    """For the pages of the counter; nothing, and no statement, for those who call no numbers."""
    window = window_of(request.officer)
    if window is None:
        return {}
    at = at_window(window, now().date())
    if not at.lines:
        return {}
    others, lines = [], []
    if at.current is not None:
        there = Window.objects.filter(
            hall=window.hall_id, is_open=True, paused_at__isnull=True, services__isnull=False
        )
        others = list(there.exclude(pk=window.pk).distinct().order_by("pk"))
        lines = list(Line.objects.filter(hall=window.hall_id, closed_on__isnull=True))
    return {
        "queue": Bar(at, others, lines, channel_of(window.hall_id), _booked(at.current), _left(at.current)),
        "queue_back": request.path if request.path.startswith("/counter/") else "/counter/",
        "queue_once": uuid4(),
        "classes": _CLASSES.items(),
        "pauses": PAUSES,
        "why_parked": WHY_PARKED.items(),
        "why_moved": WHY_MOVED.items(),
        "why_abandoned": [one for one in WHY_ABANDONED.items() if one[0] != "closing"],
    }


def _booked(current: Ticket | None) -> list[str]:
    """The items for which he comes, when he booked."""
    if current is None or current.channel != Ticket.Channel.BOOKING:
        return []
    return list(Item.objects.filter(bookings__ticket=current).order_by("pk").values_list("name", flat=True))


def _left(current: Ticket | None) -> int:
    return max(0, calling.setting("queue.calls") - current.calls) if current is not None else 0


def visit(request: HttpRequest) -> int | None:
    """The stay of the person who was called last here; what is taken in now belongs to it."""
    found = request.session.get(_VISIT)
    return found if isinstance(found, int) else None


def stay(request: StaffRequest) -> int | None:
    """The same, also for a clerk who signed in anew while somebody is at his window."""
    found = visit(request)
    if found is not None:
        return found
    window = window_of(request.officer)
    there = current_at(window) if window is not None else None
    return there.visit_id if there is not None else None


def shown(request: StaffRequest) -> dict[str, str]:
    """The paper that the person here showed at the machine, while nobody has opened his file."""
    window = window_of(request.officer) if visit(request) else None
    ticket = current_at(window) if window else None
    told = ticket.visit.shown if ticket is not None else {}
    return {"paper_kind": told["kind"], "paper_number": told["number"]} if "number" in told else {}


@require_GET
@never_cache
@staff_required(Grant.HALL_CALL)
def look(request: StaffRequest) -> HttpResponse:
    """The bar alone, when something was told."""
    told = bar(request)
    back = request.GET.get("back", "")
    if told and back.startswith("/counter/"):
        told["queue_back"] = back
    return render(request, "counter/queue.html", told)


@require_POST
@staff_required(Grant.HALL_CALL)
def act(request: StaffRequest, name: str) -> HttpResponse:
    """One button of the bar."""
    window = window_of(request.officer)
    if window is None:
        raise NotGranted("您的岗位没有安排在窗口，不能叫号。请联系本单位管理员。")
    done = ACTS.get(name)
    if done is None:
        raise Http404
    try:
        done(request, window)  # each act is a transaction of its own; 办结并叫下一位 are two
    except NotGranted:
        raise
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request))
    return redirect("counter" if name in ("next", "resume") else _back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    return wanted if wanted.startswith("/counter/") and wanted.isascii() else "/counter/"


def _ticket(request: StaffRequest, window: Window) -> Ticket:
    """The number on the button, of this hall; a button without one means the number that is at the window."""
    wanted = request.POST.get("ticket", "")
    if not wanted and (there := current_at(window)) is not None:
        return there
    key = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
    ticket = in_hall(key, window.hall_id)
    if ticket is None:
        raise Http404
    return ticket


def _next(request: StaffRequest, window: Window) -> None:
    """办结并叫下一位: the one who is served is through, and the next one is called."""
    at, there = now(), current_at(window)
    if (
        there is not None
        and there.stage == SERVING
        and request.POST.get("ticket", str(there.pk)) == str(there.pk)
    ):
        calling.finish(there, by=request.officer, at=at)
        gone(request)
    found = calling.call_next(window, by=request.officer, at=at)
    if found is None:
        front.clear(request)
        messages.info(request, "现在没有人在等。")
        return
    _before(request, found)


def _before(request: StaffRequest, ticket: Ticket) -> None:
    """The file of whoever was called opens, when he took his number with his paper or with a booking."""
    front.clear(request)
    request.session[_VISIT] = ticket.visit_id
    if ticket.visit.party is not None:
        front.put(request, ticket.visit.party, now())


def gone(request: HttpRequest) -> None:
    """Whoever was here is through: nothing of him stays on the screen."""
    request.session.pop(_VISIT, None)
    front.clear(request)


def _take(request: StaffRequest, window: Window) -> None:
    """替来人取号: where no machine stands at the door, the clerk gives the number."""
    key = request.POST.get("line", "")
    line = (
        Line.objects.filter(hall=window.hall_id, pk=key).first()
        if key.isascii() and key.isdigit() and len(key) < 19
        else None
    )
    if line is None:
        raise NotAllowed("请选择取哪一队的号。")
    chosen = request.POST.get("priority", "")
    ticket = take(
        window.hall,
        line,
        by=request.officer,
        at=now(),
        once=_once(request),
        channel=Ticket.Channel.GUIDE,
        priority=Priority(chosen) if chosen in _CLASSES else Priority.ORDINARY,
    )
    messages.success(request, f"取到 {ticket.number}，{line.name}。请把号告诉来人。")


def _once(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


def _again(request: StaffRequest, window: Window) -> None:
    calling.call_again(_ticket(request, window), by=request.officer, at=now())


def _begin(request: StaffRequest, window: Window) -> None:
    ticket = calling.begin(_ticket(request, window), by=request.officer, at=now())
    if visit(request) is None:  # signed in anew since he was called
        _before(request, ticket)


def _finish(request: StaffRequest, window: Window) -> None:
    calling.finish(_ticket(request, window), by=request.officer, at=now())
    gone(request)


def _miss(request: StaffRequest, window: Window) -> None:
    calling.miss(_ticket(request, window), by=request.officer, at=now())
    gone(request)


def _park(request: StaffRequest, window: Window) -> None:
    calling.park(_ticket(request, window), by=request.officer, at=now(), why=request.POST.get("why", ""))
    gone(request)


def _resume(request: StaffRequest, window: Window) -> None:
    ticket = calling.resume(_ticket(request, window), by=request.officer, at=now(), window=window)
    _before(request, ticket)


def _return(request: StaffRequest, window: Window) -> None:
    ticket = moving.return_(_ticket(request, window), by=request.officer, at=now())
    messages.success(request, f"{ticket} 已经回队，排在前面几位之后。")


def _abandon(request: StaffRequest, window: Window) -> None:
    calling.abandon(_ticket(request, window), by=request.officer, at=now(), why=request.POST.get("why", ""))
    gone(request)


def _move(request: StaffRequest, window: Window) -> None:
    """转移: the choice says `line-3` or `window-5`."""
    kind, _, key = request.POST.get("to", "").partition("-")
    told: dict[str, Any] = {}
    if key.isascii() and key.isdigit() and len(key) < 19:
        if kind == "line":
            told["line"] = Line.objects.filter(hall=window.hall_id, pk=key).first()
        elif kind == "window":
            told["window"] = Window.objects.filter(hall=window.hall_id, pk=key).first()
    ticket, why = _ticket(request, window), request.POST.get("why", "")
    moving.transfer(ticket, by=request.officer, at=now(), why=why, **told)
    gone(request)


def _pause(request: StaffRequest, window: Window) -> None:
    reason = request.POST.get("reason", "").strip() or request.POST.get("usual", "")
    places.pause_window(window, by=request.officer, at=now(), reason=reason)


def _go_on(request: StaffRequest, window: Window) -> None:
    places.resume_window(window, by=request.officer, at=now())


ACTS: dict[str, Callable[[StaffRequest, Window], None]] = {
    "take": _take,
    "next": _next,
    "again": _again,
    "begin": _begin,
    "finish": _finish,
    "miss": _miss,
    "park": _park,
    "resume": _resume,
    "return": _return,
    "move": _move,
    "abandon": _abandon,
    "pause": _pause,
    "go-on": _go_on,
}
