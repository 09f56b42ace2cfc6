"""潮汐窗口: when is it planned, when does it open and close by itself, and when does the manager do it by hand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.whole import one
from onewindow.hall.models import Overload, Ticket, TidalPlan, TidalRun
from onewindow.hall.noting import heard, noted
from onewindow.hall.opened import open_now
from onewindow.hall.write import owned, refuse_elsewhere, refuse_on_machine
from onewindow.people.away import away
from onewindow.people.models import Officer
from onewindow.people.reads import sitting_at
from onewindow.places.models import Hall, Line, Service, Window
from onewindow.places.write import journalise
from onewindow.rules.facts_relief import TidalClosed, TidalDropped, TidalOpened, TidalPlanned
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.relief import AWAITS, Mode, closes, minutes, opens
from onewindow.rules.tickets import AT_WINDOW, WAITING


@dataclass(frozen=True, kw_only=True)
class Wish:
    """When a tidal window is to open, for which lines and with whom."""

    mode: Mode
    since: date
    until: date
    begins: time
    ends: time
    lines: Sequence[Line]
    staff: Sequence[Officer]


@needs(Grant.HALL_MANAGE)
@one
def plan_tidal(window: Window, *, by: Actor, at: datetime, wish: Wish) -> TidalPlan:
    """安排潮汐窗口; from now on it is open only then, so it closes until its time has come."""
    refuse_on_machine()
    window = _held(window)
    _refuse(window, wish, at)
    made = TidalPlan.objects.create(
        county=window.county,
        hall=window.hall,
        window=window,
        mode=wish.mode.value,
        since=wish.since,
        until=wish.until,
        begins=wish.begins,
        ends=wish.ends,
        planned_by=by.actor_code,
        planned_at=at,
    )
    made.lines.set(wish.lines)
    made.staff.set(wish.staff)
    journalise(window.county, TidalPlanned(on=at.date(), plan=made.pk, window=window.pk), by=by, at=at)
    if window.is_open and _run(window) is None:
        _refuse_served(window, at)
        _shut(window)
        heard(window.hall_id, "TidalPlanned")
    return made


def _refuse(window: Window, wish: Wish, at: datetime) -> None:
    if not window.tidal:
        raise NotAllowed(f"{window.number} 号窗口不是潮汐窗口。请管理员先在“排队和区域”里把它标为潮汐窗口。")
    if wish.until < wish.since or wish.ends <= wish.begins:
        raise NotAllowed("结束要晚于开始，请改日期或者时间。")
    if wish.until < at.date():
        raise NotAllowed("最后一天已经过了，请改日期。")
    if not wish.lines or any(
        line.hall_id != window.hall_id or line.closed_on is not None for line in wish.lines
    ):
        raise NotAllowed("请选择它办哪些队列，只能选本大厅开着的队列。")
    here = {officer.pk for officer in sitting_at(window, max(at.date(), wish.since))}
    if not wish.staff or any(officer.pk not in here for officer in wish.staff):
        raise NotAllowed(
            f"请写明由谁办。只能选在 {window.number} 号窗口有岗位的人，没有的请管理员先安排岗位。"
        )
    there = TidalPlan.objects.filter(
        window=window, dropped_at__isnull=True, since__lte=wish.until, until__gte=wish.since
    ).filter(begins__lt=wish.ends, ends__gt=wish.begins)
    if there.exists():
        raise NotAllowed("这个窗口在这些日子的同一时间已经有安排，请改时间，或者先取消原来的安排。")


@needs(Grant.HALL_MANAGE)
@one
def drop_plan(plan: TidalPlan, *, by: Actor, at: datetime) -> TidalPlan:
    """取消安排: a window that is open by it closes as soon as nobody is served there."""
    refuse_on_machine()
    held = TidalPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.dropped_at is not None:
        raise NotAllowed("这项安排已经取消，不用再办。请刷新后再看。")
    held.dropped_at, held.dropped_by = at, by.actor_code
    held.save(update_fields=["dropped_at", "dropped_by"])
    fact = TidalDropped(on=at.date(), plan=held.pk, window=held.window_id)
    journalise(held.county, fact, by=by, at=at)
    return held


@needs(Grant.HALL_MANAGE)
@one
def open_by_hand(window: Window, *, by: Actor, at: datetime) -> TidalRun:
    """大厅主任开放潮汐窗口, whatever its plan says; it stays until he closes it or the day is over."""
    window = _held(window)
    refuse_elsewhere(window.hall)
    if not window.tidal:
        raise NotAllowed(f"{window.number} 号窗口不是潮汐窗口，请管理员在窗口页开放它。")
    if window.is_open:
        raise NotAllowed(f"{window.number} 号窗口已经开着，不用再开。请刷新后再看。")
    if not Service.objects.filter(window=window, line__closed_on__isnull=True).exists():
        raise NotAllowed(f"{window.number} 号窗口没有业务队列。请先在安排里写明它办哪些队列。")
    return _open(window, None, "hand", by=by, at=at)


@needs(Grant.HALL_MANAGE)
@one
def close_by_hand(window: Window, *, by: Actor, at: datetime) -> Window:
    """大厅主任关闭潮汐窗口; refused while somebody is served there or was sent to it."""
    window = _held(window)
    refuse_elsewhere(window.hall)
    if not window.tidal or not window.is_open:
        raise NotAllowed(f"{window.number} 号窗口没有作为潮汐窗口开着。请刷新后再看。")
    _refuse_served(window, at)
    return _close(window, "hand", by=by, at=at)


@needs(Grant.HALL_TICK)
@one
def turn(plan: TidalPlan, *, by: Actor, at: datetime) -> bool:
    """到时开关: open the window of a plan or close it, when its time, the queue and its people say so."""
    window = _held(plan.window)
    if not owned(window.hall):
        return False  # its own machine took it over meanwhile
    run = _run(window)
    in_time = plan.dropped_at is None and _in_time(plan, at)
    crowded = Overload.objects.filter(
        hall=plan.hall_id, cleared_at__isnull=True, calm_since__isnull=True
    ).exists()
    if run is None:
        if window.is_open:
            return False  # opened by the administrator as any other window
        why = opens(plan.how, in_time=in_time, crowded=crowded, staffed=in_time and bool(at_hand(plan, at)))
        return bool(why and _open(window, plan, why, by=by, at=at))
    if run.plan_id != plan.pk:
        return False
    calm = not Overload.objects.filter(hall=plan.hall_id, cleared_at__isnull=True).exists()
    why = closes(plan.how, in_time=in_time, calm=calm, by_hand=run.why == "hand")
    if not why or _served(window, at):
        return False
    _close(window, why, by=by, at=at)
    return True


@needs(Grant.HALL_TICK)
@one
def end_of_day(run: TidalRun, *, by: Actor, at: datetime) -> bool:
    """What was opened by hand is over when the hall has closed."""
    window = _held(run.window)
    open_run = _run(window)
    if open_run is None or open_run.pk != run.pk or not owned(window.hall) or _served(window, at):
        return False
    _close(window, "over", by=by, at=at)
    return True


@needs(Grant.HALL_TICK)
@one
def hand_over(hall: Hall, *, by: Actor, at: datetime) -> None:
    """大厅本机接管: what was open here is closed, and from now on that machine alone opens and closes."""
    for run in TidalRun.objects.filter(hall=hall, closed_at__isnull=True).select_related("window"):
        _close(_held(run.window), "machine", by=by, at=at)


def at_hand(plan: TidalPlan, at: datetime) -> list[Officer]:
    """Those named who are in service at that window, not away today, and serve nobody elsewhere now."""
    named = {officer.pk for officer in plan.staff.all()}
    there = [officer for officer in sitting_at(plan.window, at.date()) if officer.pk in named]
    gone = away([officer.pk for officer in there], at.date(), at.date())
    busy = Ticket.objects.filter(officer__in=there, stage__in=AT_WINDOW).exclude(window=plan.window)
    serves = set(busy.values_list("officer_id", flat=True))
    return [officer for officer in there if officer.pk not in gone and officer.pk not in serves]


def _in_time(plan: TidalPlan, at: datetime) -> bool:
    return plan.span.holds(at.astimezone(SHANGHAI)) and open_now(plan.hall, at) is not False


def _held(window: Window) -> Window:
    """Locked as whoever calls there locks it: nobody is called to a window that closes at that moment."""
    return Window.objects.select_for_update(of=("self",)).select_related("hall").get(pk=window.pk)


def _run(window: Window) -> TidalRun | None:
    return TidalRun.objects.filter(window=window, closed_at__isnull=True).first()


def _open(window: Window, plan: TidalPlan | None, why: str, *, by: Actor, at: datetime) -> TidalRun:
    if plan is not None:
        lines = list(plan.lines.filter(closed_on__isnull=True))
        Service.objects.filter(window=window).exclude(line__in=lines).delete()
        Service.objects.bulk_create(
            [Service(window=window, line=line) for line in lines], ignore_conflicts=True
        )
    window.is_open, window.why_closed, window.paused_at, window.why_paused = True, "", None, ""
    window.save(update_fields=["is_open", "why_closed", "paused_at", "why_paused"])
    run = TidalRun.objects.create(
        hall=window.hall, window=window, plan=plan, opened_at=at, why=why, opened_by=by.actor_code
    )
    fact = TidalOpened(on=at.date(), window=window.pk, plan=plan.pk if plan else 0, why=why)
    journalise(window.county, fact, by=by, at=at)
    if why != "planned":
        noted(window.hall, "tidal", f"{window.number} 号窗口", window, by=by, at=at)
    heard(window.hall_id, fact.name)
    return run


def _close(window: Window, why: str, *, by: Actor, at: datetime) -> Window:
    run = _run(window)
    lasted = 0
    if run is not None:
        run.closed_at, run.why_closed, run.closed_by = at, why, by.actor_code
        run.save(update_fields=["closed_at", "why_closed", "closed_by"])
        lasted = minutes(at - run.opened_at)
    _shut(window)
    fact = TidalClosed(on=at.date(), window=window.pk, why=why, minutes=lasted)
    journalise(window.county, fact, by=by, at=at)
    heard(window.hall_id, fact.name)
    return window


def _shut(window: Window) -> None:
    window.is_open, window.why_closed, window.paused_at, window.why_paused = False, AWAITS, None, ""
    window.save(update_fields=["is_open", "why_closed", "paused_at", "why_paused"])


def _served(window: Window, at: datetime) -> str:
    """Why it cannot close now: who is called or served there, or was sent to it alone."""
    there = Ticket.objects.filter(window=window, stage__in=AT_WINDOW).first()
    if there is not None:
        return f"{window.number} 号窗口正在办 {there}，办完才能关闭。"
    sent = Ticket.objects.filter(only=window, stage=WAITING, only_until__gt=at, day=at.date()).first()
    return f"{sent} 转到 {window.number} 号窗口在等，叫完才能关闭。" if sent is not None else ""


def _refuse_served(window: Window, at: datetime) -> None:
    if why := _served(window, at):
        raise NotAllowed(why)
