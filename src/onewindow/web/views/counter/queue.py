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

from onewindow.box.models import Box
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now, today
from onewindow.hall.acts import calling, moving
from onewindow.hall.acts.tickets import take
from onewindow.hall.hours import line_of
from onewindow.hall.models import Ticket
from onewindow.hall.reads import AtWindow, at_window, current_at, in_hall, window_of
from onewindow.hall.write import channel_of, owned
from onewindow.people.models import Party
from onewindow.places import acts as places
from onewindow.places.models import Line, Window
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.queueing import PRIORITY_WORDS, Priority
from onewindow.rules.tickets import SERVING, WHY_ABANDONED, WHY_MOVED, WHY_PARKED
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front, late, visitor
from onewindow.web.views.counter.late import Late

_AT_HOME = "visit_at_home"  # the stay of the person at whose home the clerk is
FIRST = 4  # of those who wait, on the bar
# Whose time or ground was looked at beforehand: nobody says so of himself.
_BY_BOOKING = (Priority.BOOKED, Priority.GREEN)
_CLASSES = {one.value: word for one, word in PRIORITY_WORDS.items() if one not in _BY_BOOKING}
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
    late: Late

    @property
    def stream(self) -> str:
        """Where it is told what happens in the hall; everybody may hear it."""
        return f"{settings.EVENTS_URL}/events/{self.channel}"

    @property
    def next(self) -> list[Ticket]:
        return self.late.order(self.at)[:FIRST]


def bar(request: StaffRequest) -> dict[str, Any]:
    """For the pages of the counter; nothing, and no statement, for those who call no numbers."""
    window = window_of(request.officer)
    if window is None:
        return {}
    if not owned(window.hall):  # its own machine calls there
        return {"elsewhere": Box.objects.filter(hall=window.hall_id, key=window.hall.box).first()}
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
        "queue": Bar(
            at,
            others,
            lines,
            channel_of(window.hall_id),
            _booked(at.current),
            _left(at.current),
            late.late(window, at, now()),
        ),
        "queue_back": request.path if request.path.startswith("/counter/") else "/counter/",
        "queue_once": uuid4(),
        "in_front": front.key(request),
        "one_to_one": pack_here(request.county).value("aids.one_to_one", today()),  # type: ignore[attr-defined]
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


def stay(request: StaffRequest) -> int | None:
    """The stay of the person at this window; what is taken in now belongs to it."""
    window = window_of(request.officer)
    there = current_at(window) if window is not None else None
    return there.visit_id if there is not None else None


def staying(request: StaffRequest) -> dict[str, Any]:
    """In whose stay an application begins, and whether that stay is at his home (上门)."""
    visit, party = request.session.get(_AT_HOME, (None, None))
    if visit is None or party != front.key(request):  # somebody else's paper was read since
        return {"visit": stay(request), "at_home": False}
    return {"visit": visit, "at_home": True}


def at_home(request: StaffRequest, visit: int, party: Party) -> None:
    """The clerk is at the home of this person: his file opens, and what is taken in belongs to this stay."""
    request.session[_AT_HOME] = visit, party.pk
    front.put(request, party, now())


def gone(request: HttpRequest) -> None:
    """Whoever was here is through: nothing of him stays on the screen."""
    request.session.pop(_AT_HOME, None)
    front.clear(request)


def shown(bar: dict[str, Any]) -> dict[str, str]:
    """The paper that the person here showed at the machine, while nobody has opened his file."""
    ticket = bar["queue"].at.current if "queue" in bar else None
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
        then = done(request, window)  # each act is a transaction of its own; 办结并叫下一位 are two
    except NotGranted:
        raise
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request))
    return redirect(then or ("counter" if name in ("next", "resume") else _back(request)))


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
        late.through(request, calling.finish(there, by=request.officer, at=at), at)
        gone(request)
    found = calling.call_next(window, by=request.officer, at=at)
    if found is None:
        gone(request)
        messages.info(request, "现在没有人在等。")
        return
    _before(request, found)


def _before(request: StaffRequest, ticket: Ticket) -> None:
    """The file of whoever was called opens, when he took his number with his paper or with a booking."""
    gone(request)
    if ticket.visit.party is not None:
        front.put(request, ticket.visit.party, now())


def _take(request: StaffRequest, window: Window) -> None:
    """替来人取号: where no machine stands at the door, the clerk gives the number."""
    key = request.POST.get("line", "")
    number = key.isascii() and key.isdigit() and len(key) < 19
    line = line_of(window.hall, int(key)) if number else None
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
        outside=request.POST.get("outside", ""),
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
    if front.key(request) is None:  # signed in anew since he was called
        _before(request, ticket)


def _finish(request: StaffRequest, window: Window) -> str:
    done = calling.finish(_ticket(request, window), by=request.officer, at=now())
    gone(request)
    return late.through(request, done, now())


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
    why = request.POST.get("why", "")
    late.through(
        request, calling.abandon(_ticket(request, window), by=request.officer, at=now(), why=why), now()
    )
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


def _offer(request: StaffRequest, window: Window) -> None:
    visitor.offer(request, _ticket(request, window))


def _reply(request: StaffRequest, window: Window) -> None:
    visitor.reply(request, _ticket(request, window))
    gone(request)


def _bind(request: StaffRequest, window: Window) -> None:
    visitor.bind(request, _ticket(request, window))


ACTS: dict[str, Callable[[StaffRequest, Window], str | None]] = {
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
    "offer": _offer,
    "reply": _reply,
    "bind": _bind,
    **late.ACTS,
}
