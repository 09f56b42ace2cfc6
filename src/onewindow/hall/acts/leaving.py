"""签退和窗口负责人: may a window be left at noon or in the evening, and who answers for it?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.ground.events import tell
from onewindow.hall.covering import held_window
from onewindow.hall.hours import times
from onewindow.hall.models import Extension, SignOff, Ticket, WindowLeader
from onewindow.people.models import Officer
from onewindow.places.models import Line, Service, Window
from onewindow.places.write import journalise, organisation
from onewindow.rules.extending import Stage
from onewindow.rules.facts_extension import WindowLeaderNamed, WindowLeft
from onewindow.rules.facts_venue import WindowPaused
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import AT_WINDOW, PARKED, WAITING

SIGN = "已下班"


@needs(Grant.HALL_CALL)
@transaction.atomic
def sign_off(window: Window, *, by: Officer, at: datetime) -> SignOff:
    """签退: only when nobody is left who waits for this window alone (延时办 一(一)).

    Served, transferred, given up by himself, or covered by 延时服务: each lets the window go. Where another open
    window serves the same line, those who wait are not left. The sign goes up with it, unless the window itself has
    undertaken to serve somebody longer: then it goes on calling until that is done.
    """
    organisation(window.county)  # the lock: of two windows of a line that leave at once one stays
    window = held_window(window)
    if not window.is_open:
        raise NotAllowed(f"{window.number} 号窗口已经关闭，不用签退。请刷新后再看。")
    hours = times(window.hall, at)
    if hours.known and hours.closing is None and hours.gives:
        minutes = int(hours.late.total_seconds() // 60)
        raise NotAllowed(f"还没有到下班前 {minutes} 分钟，不能签退。要离开一会儿的，请暂停服务并写明原因。")
    if left := left_behind(window, at):
        numbers = "、".join(one.number for one in left[:5])
        raise NotAllowed(
            f"还有 {len(left)} 个号没有办（{numbers}），不能签退。请办结、转移到别的窗口，或者启动延时服务。"
        )
    made = SignOff.objects.create(
        county=window.hall.county, window=window, officer=by, at=at, closed_at=hours.closing
    )
    if not window.paused and not undertaken(window):
        window.paused_at, window.why_paused = at, SIGN
        window.save(update_fields=["paused_at", "why_paused"])
        journalise(window.county, WindowPaused(on=at.date(), window=window.pk), by=by, at=at)
        tell(f"hall:{window.hall_id}", f'{{"fact":"WindowPaused","window":{window.pk}}}')
    journalise(window.county, WindowLeft(on=at.date(), window=window.pk, officer=by.pk), by=by, at=at)
    return made


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def name_leader(window: Window, *, by: Actor, at: datetime, officer: Officer) -> WindowLeader:
    """指定窗口负责人: one at a time; whoever led it before leads it no longer."""
    if officer.county != window.county or officer.left_on is not None:
        raise NotAllowed(f"{officer.name}不是本地在岗人员，不能作窗口负责人。请另选一位同志。")
    organisation(window.county)
    now = WindowLeader.objects.filter(window=window, until__isnull=True)
    if (there := now.filter(officer=officer).first()) is not None:
        return there
    now.update(until=at)
    made = WindowLeader.objects.create(county=window.county, window=window, officer=officer, since=at)
    fact = WindowLeaderNamed(on=at.date(), window=window.pk, officer=officer.pk)
    journalise(window.county, fact, by=by, at=at)
    return made


def undertaken(window: Window) -> int:
    """How many this window still has to serve beyond closing time."""
    return Extension.objects.filter(window=window, stage=Stage.OPEN.value).count()


def left_behind(window: Window, at: datetime) -> list[Ticket]:
    """Who would stand there alone: whoever is at the window, and who waits and is served by no other open one."""
    rows = Ticket.objects.filter(hall=window.hall_id, day=at.date()).order_by("rank", "pk")
    there = list(rows.filter(window=window, stage__in=AT_WINDOW))
    there += list(rows.filter(window=window, stage=PARKED, covered=False))
    waiting = rows.filter(stage=WAITING, covered=False, line__in=Line.objects.filter(services__window=window))
    others = Service.objects.filter(window__is_open=True, window__paused_at__isnull=True)
    served = set(others.exclude(window=window).values_list("line_id", flat=True)) if waiting else set()
    for one in waiting:
        own = one.only_id == window.pk
        if own or (one.only_id is None and one.line_id not in served):
            there.append(one)
    return there
