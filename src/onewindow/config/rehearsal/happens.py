"""大厅的一天: what happens one after the other when people come, wait, are called, served, parked, moved, and leave?

Every deed is the ordinary act with the moment of the rehearsed day; chance decides only what people do.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import uuid4

from onewindow.config.rehearsal.assumed import Assumed
from onewindow.config.rehearsal.plan import Comes, lasts
from onewindow.config.rehearsal.told import Guess, Record
from onewindow.feedback.acts import rate_service
from onewindow.hall.actors import Machine, Visitor
from onewindow.hall.acts import calling, coming, moving
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Booking, Ticket
from onewindow.hall.reads import waits
from onewindow.people.models import Officer
from onewindow.places import acts as places
from onewindow.places.models import Device, Hall, Line, Window
from onewindow.rules.grants import NotAllowed
from onewindow.rules.tickets import TicketStage
from onewindow.rules.waiting import told

AGAIN = timedelta(minutes=2)  # a window at which somebody else sits is looked at again
LUNCH, REST = "用餐", "取材料，马上回来"
GRADES, PARTS = (5, 4, 3, 2, 1), (70, 20, 6, 3, 1)


@dataclass
class Desk:
    """A window of the day: who calls there, when he rests, and who is back from copying."""

    window: Window
    clerk: Officer
    pad: Device | None
    rests: list[tuple[datetime, timedelta, str]]
    back: list[Ticket] = field(default_factory=list)
    free: bool = True


@dataclass
class Day:
    """The rehearsed day."""

    hall: Hall
    kiosk: Device | None
    lines: list[Line]
    desks: list[Desk]
    told: Assumed
    chance: Random
    record: Record = field(default_factory=Record)
    _due: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _number: count[int] = field(default_factory=count)
    _called: set[int] = field(default_factory=set)

    def plan(self, people: list[Comes], booked: dict[int, Booking]) -> None:
        """Put everybody who comes, and every rest, on its time."""
        for n, one in enumerate(people):
            booking = booked.get(n)
            if booking is None:
                self._at(one.at, lambda at, one=one: self._comes(one, at))  # type: ignore[misc]
            elif self._happens(self.told.booked_absent_percent):
                self.record.deeds["预约没有来"] += 1
            else:
                early = timedelta(minutes=self.chance.randrange(1, 10))
                self._at(booking.agreed_at - early, lambda at, b=booking: self._checks_in(b, at))  # type: ignore[misc]
        for desk in self.desks:
            for begins, _, _ in desk.rests:
                self._at(begins, lambda at, desk=desk: self._frees(desk, at) if desk.free else None)  # type: ignore[misc]

    def run(self, wait: Callable[[datetime], None]) -> None:
        """Let it happen; `wait` comes back when the moment is there."""
        while self._due:
            at, _, deed = heapq.heappop(self._due)
            wait(at)
            try:
                deed(at)
            except NotAllowed as refusal:
                self.record.deeds[f"没有办成（{str(refusal)[:24]}…）"] += 1

    def _at(self, at: datetime, deed: Callable[[datetime], None]) -> None:
        heapq.heappush(self._due, (at, next(self._number), deed))

    def _there(self, desk: Desk, at: datetime, deed: Callable[[datetime], None]) -> None:
        """At a window: where somebody at the screen did it first, it is looked at again a little later."""

        def tried(then: datetime) -> None:
            try:
                deed(then)
            except NotAllowed:
                self._at(then + AGAIN, lambda later: self._frees(desk, later))

        self._at(at, tried)

    def _happens(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    # Who comes.

    def _comes(self, one: Comes, at: datetime) -> None:
        by = Machine(self.kiosk) if self.kiosk else Visitor(self.hall)
        channel = Ticket.Channel.KIOSK if self.kiosk else Ticket.Channel.PHONE
        ticket = take(
            self.hall, one.line, by=by, at=at, once=uuid4(), channel=channel, priority=one.priority,
            device=self.kiosk,
        )  # fmt: skip
        self._waits(ticket, at)
        if self._happens(self.told.leave_percent):
            self._at(at + timedelta(minutes=self.told.leave_minutes), lambda then: self._leaves(ticket, then))

    def _checks_in(self, booking: Booking, at: datetime) -> None:
        by = Machine(self.kiosk) if self.kiosk else self.desks[0].clerk
        ticket = coming.arrive(booking, by=by, at=at, device=self.kiosk).ticket
        self.record.deeds["预约签到"] += 1
        if ticket is not None:
            self._waits(ticket, at)

    def _waits(self, ticket: Ticket, at: datetime) -> None:
        """What his screen says now, to be held against what comes."""
        self.record.deeds["取号"] += 1
        there = waits(self.hall, at)
        self.record.waiting(at, len(there))
        wait = there.get(ticket.pk)
        if wait is not None and ticket.channel != Ticket.Channel.BOOKING:
            self.record.guesses[ticket.pk] = Guess(at, wait, told(wait))
        self._wake(at)

    def _leaves(self, ticket: Ticket, at: datetime) -> None:
        if _stage(ticket) == TicketStage.WAITING:
            calling.abandon(ticket, by=self.desks[0].clerk, at=at, why="left")
            self.record.deeds["弃号"] += 1

    # Who is called.

    def _wake(self, at: datetime) -> None:
        for desk in self.desks:
            if desk.free:
                self._next(desk, at)

    def _frees(self, desk: Desk, at: datetime) -> None:
        desk.free = True
        self._next(desk, at)

    def _next(self, desk: Desk, at: datetime) -> None:
        """Whoever is back from copying, the next number, or a rest."""
        if self._rests(desk, at, waiting=True):
            return
        desk.free = False
        try:
            ticket = (
                calling.resume(desk.back.pop(0), by=desk.clerk, at=at, window=desk.window)
                if desk.back
                else calling.call_next(desk.window, by=desk.clerk, at=at)
            )
        except NotAllowed:  # somebody else works at this window now
            self._at(at + AGAIN, lambda then: self._frees(desk, then))
            return
        if ticket is None:
            desk.free = True
            self._rests(desk, at, waiting=False)
            return
        self._called_to(desk, ticket, at)

    def _called_to(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        again = ticket.pk in self._called
        if not again:
            self._called.add(ticket.pk)
            self.record.called(ticket.pk, ticket.taken_at, at)
        self.record.deeds["叫号"] += 1
        if not again and self._happens(self.told.absent_percent):
            self._there(
                desk,
                at + timedelta(seconds=self.told.recall_seconds),
                lambda then: self._misses(desk, ticket, then),
            )
        else:
            walk = timedelta(seconds=0 if again else self.told.walk_seconds)
            self._there(desk, at + walk, lambda then: self._begins(desk, ticket, then))

    def _misses(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        if ticket.calls < calling.setting("queue.calls"):
            again = calling.call_again(ticket, by=desk.clerk, at=at)
            self.record.deeds["重呼"] += 1
            self._there(
                desk,
                at + timedelta(seconds=self.told.recall_seconds),
                lambda then: self._misses(desk, again, then),
            )
            return
        calling.miss(ticket, by=desk.clerk, at=at)
        self.record.deeds["过号"] += 1
        if self._happens(self.told.back_percent):
            self._at(at + timedelta(minutes=self.told.back_minutes), lambda then: self._returns(ticket, then))
        self._frees(desk, at)

    def _returns(self, ticket: Ticket, at: datetime) -> None:
        moving.return_(ticket, by=self.desks[0].clerk, at=at)
        self.record.deeds["回队"] += 1
        self._wake(at)

    # What happens at the window.

    def _begins(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        calling.begin(ticket, by=desk.clerk, at=at)
        line = next((one for one in self.lines if one.pk == ticket.line_id), self.lines[0])
        takes = lasts(line, self.told, self.chance)
        if ticket.begun_at is None and self._happens(self.told.park_percent):
            self._there(desk, at + takes * 0.3, lambda then: self._parks(desk, ticket, then))
        else:
            self._there(desk, at + takes, lambda then: self._through(desk, ticket, then))

    def _parks(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        parked = calling.park(ticket, by=desk.clerk, at=at, why="copy")
        self.record.deeds["挂起"] += 1
        self._at(
            at + timedelta(minutes=self.told.park_minutes), lambda then: self._is_back(desk, parked, then)
        )
        self._frees(desk, at)

    def _is_back(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        desk.back.append(ticket)
        if desk.free:
            self._next(desk, at)

    def _through(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        elsewhere = [line for line in self.lines if line.pk != ticket.line_id]
        if elsewhere and self._happens(self.told.move_percent):
            moving.transfer(ticket, by=desk.clerk, at=at, why="next", line=self.chance.choice(elsewhere))
            self.record.deeds["转移"] += 1
        else:
            calling.finish(ticket, by=desk.clerk, at=at)
            self.record.deeds["办结"] += 1
            self._rates(desk, ticket, at)
        self._frees(desk, at)
        self._wake(at)

    def _rates(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        if desk.pad is not None and self._happens(self.told.rated_percent):
            (grade,) = self.chance.choices(GRADES, PARTS)
            rate_service(ticket, by=Machine(desk.pad), at=at, grade=grade, channel="pad")
            self.record.deeds["评价"] += 1

    def _rests(self, desk: Desk, at: datetime, *, waiting: bool) -> bool:
        """Whether he rests now; his meal only when nobody waits for him any more."""
        while desk.rests and at >= desk.rests[0][0] + desk.rests[0][1]:
            desk.rests.pop(0)
        if not desk.rests or at < desk.rests[0][0] or (waiting and desk.rests[0][2] == LUNCH):
            return False
        begins, lasts_, why = desk.rests.pop(0)
        places.pause_window(desk.window, by=desk.clerk, at=at, reason=why)
        self.record.deeds["暂停"] += 1
        desk.free = False
        until = begins + lasts_ if why == LUNCH else at + lasts_
        self._there(desk, until, lambda then: self._goes_on(desk, then))
        return True

    def _goes_on(self, desk: Desk, at: datetime) -> None:
        places.resume_window(desk.window, by=desk.clerk, at=at)
        self._frees(desk, at)


def _stage(ticket: Ticket) -> str:
    return Ticket.objects.values_list("stage", flat=True).get(pk=ticket.pk)
