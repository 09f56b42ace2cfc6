"""叫号栏·下班前后: who is still here at closing time, and what does the clerk do about it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from onewindow.ground.clock import now, today
from onewindow.hall import hours, overtime
from onewindow.hall.acts import declining, extending, leaving
from onewindow.hall.extended import said
from onewindow.hall.models import Extension, ExtensionAsk, Ticket
from onewindow.hall.reads import AtWindow, beyond_closing
from onewindow.places.models import Window
from onewindow.rules.extending import GROUND_WORDS, Ground
from onewindow.web.gates import StaffRequest


@dataclass(frozen=True)
class Late:
    """What the bar says near closing time and after it; nothing of it in the middle of the day."""

    gives: bool
    # A session for those who booked goes on.
    booked: bool
    closes: datetime | None
    over: bool
    uncovered: int
    # Of those that wait: who is not through at closing, as the manager's board reckons it.
    beyond: int
    again: int
    open: list[Extension]
    asked: list[ExtensionAsk]

    @property
    def shown(self) -> bool:
        return self.near or bool(self.open) or bool(self.asked)

    @property
    def near(self) -> bool:
        """Closing time is near or past, or the hall is not open and somebody is here nevertheless."""
        return self.closes is not None or (not self.gives and not self.booked and self.uncovered > 0)

    def order(self, at: AtWindow) -> list[Ticket]:
        """Who waits, as this window calls them: after closing time first those to whom it has promised 延时."""
        if not self.over:
            return at.waiting
        promised = {one.ticket_id for one in self.open}
        return sorted(at.waiting, key=lambda one: not (one.covered and (one.only_id or one.pk in promised)))

    @property
    def grounds(self) -> list[tuple[str, str]]:
        return [(one.value, GROUND_WORDS[one]) for one in Ground]


def late(window: Window, at: AtWindow, moment: datetime) -> Late:
    """No statement more, unless something of 延时服务 is open here."""
    first = at.lines[0]
    found = hours.of_line(first, window.hall, moment)
    closes, change = found.closing, found.next_change
    return Late(
        gives=found.gives,
        booked=closes is None and found.booked_now,
        closes=closes,
        over=found.closed,
        uncovered=len(at.uncovered),
        beyond=_beyond(window, at, moment, closes) if closes is not None and moment < closes else 0,
        again=int(change.timestamp() * 1000) if change else 0,
        open=overtime.open_at(window) if getattr(first, "late", False) else [],
        asked=overtime.asked_at(window, moment.date()) if getattr(first, "asked", False) else [],
    )


def _beyond(window: Window, at: AtWindow, moment: datetime, closes: datetime) -> int:
    """Asked only in the last minutes before closing, while somebody waits."""
    waiting = {one.pk for one in at.waiting if not one.covered}
    return len(waiting & beyond_closing(window.hall, moment, closes)) if waiting else 0


def through(request: StaffRequest, ticket: Ticket, at: datetime) -> str:
    """Whoever was served beyond closing time signs for it while he is still here; answers that page."""
    ended = extending.end_with(ticket, by=request.officer, at=at)
    if ended is None or ended.stage == "gone":
        return ""
    after = "双方在登记表上签字" if said(today()).signed else "写明办理结果"
    messages.info(request, f"{ticket} 的延时服务已结束，请{after}。")
    return reverse("extension", args=[ended.number])


def _extend(request: StaffRequest, window: Window) -> None:
    told = {"ground": request.POST.get("ground", ""), "why": request.POST.get("why", "")}
    made = extending.extend(window, by=request.officer, at=now(), **told)
    messages.success(request, f"已启动延时服务，{len(made)} 个号过了下班时间照样叫、照样办。")


def _asked(request: StaffRequest, window: Window) -> ExtensionAsk:
    key = request.POST.get("asked", "")
    found = (
        ExtensionAsk.objects.filter(pk=int(key), hall=window.hall_id)
        if key.isdigit() and len(key) < 10
        else None
    )
    one = found.select_related("ticket").first() if found is not None else None
    if one is None:
        raise Http404
    return one


def _agree(request: StaffRequest, window: Window) -> None:
    asked = _asked(request, window)
    declining.agree(window, by=request.officer, at=now(), asked=asked, ground=Ground.UNFINISHED.value)
    messages.success(request, f"已同意为 {asked.ticket} 延时。")


def _decline(request: StaffRequest, window: Window) -> None:
    asked, reason = _asked(request, window), request.POST.get("reason", "")
    declining.decline(window, by=request.officer, at=now(), asked=asked, reason=reason)
    messages.success(request, "已记下不能延时的理由，申请人看得到，督查也会看到。")


def _sign_off(request: StaffRequest, window: Window) -> None:
    leaving.sign_off(window, by=request.officer, at=now())
    if still := leaving.undertaken(window):
        messages.warning(
            request, f"已签退。本窗口还有 {still} 个延时的号，办完以前继续叫号，办完再按“签退”。"
        )
    else:
        messages.success(request, f"{window.number} 号窗口已签退，上班时请按“恢复服务”。")


ACTS: dict[str, Callable[[StaffRequest, Window], None]] = {
    "extend": _extend,
    "agree-late": _agree,
    "decline-late": _decline,
    "sign-off": _sign_off,
}
