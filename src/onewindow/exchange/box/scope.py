"""管到哪里: what may the machine of a hall name in what it tells, and what of another hall is never taken from it?

A machine that was stolen, or set up for the wrong hall, has a key that is good. What it says is held against the county's
own rows: its hall's lines, windows, devices and people, and who booked there. The rows of its hall are read once for all
lines of a call.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from onewindow.box.acts.copying import when
from onewindow.box.beside import BESIDE, IN_JOURNAL, KINDS
from onewindow.box.ledger import CLOCK, DOUBLED
from onewindow.box.models import Box, BoxBooking
from onewindow.catalogue.models import Item
from onewindow.hall.models import Booking, TidalPlan
from onewindow.people.models import Holding
from onewindow.places.models import Device, Line, Window, Zone
from onewindow.rules.facts import FACTS
from onewindow.rules.facts_booking import KIND as BOOKING
from onewindow.rules.facts_booking import BookingArrived
from onewindow.rules.facts_box import RECEIPT_KIND, PapersTakenOffline
from onewindow.rules.facts_extension import KIND as EXTENSION
from onewindow.rules.facts_tickets import KIND as TICKET
from onewindow.rules.grants import NotAllowed
from onewindow.rules.tickets import LIFE

FOREIGN = (
    "上报的内容不是这个大厅的（{}），没有抄录。请核对这台本机是哪个大厅的；有可能被盗用的，请马上换发密钥。"
)
NEWER = "本机上报的“{}”这里不认识：本机的版本比县里新。请先把县里升级到同一个版本，再继续上报。"
_BESIDE = (
    *("VisitorMarked", "HelperAssigned", "HelpStepDone", "HelpOver", "OneToOneOffered"),
    *("CareGiven", "PersonBound", "QuestionHanded", "QuestionAnswered", "OvertimeAsked", "OvertimeAnswered"),
)
_FACTS: Mapping[str, frozenset[str]] = {
    TICKET: frozenset({name for _, name in LIFE} | set(_BESIDE)),
    BOOKING: frozenset({BookingArrived.__name__}),
    RECEIPT_KIND: frozenset({PapersTakenOffline.__name__}),
    EXTENSION: KINDS["extension"].facts | {"OvertimeAnswered"},
    BESIDE: IN_JOURNAL,
}
_NUMBER = re.compile(rf"[A-Z]\d{{3,5}}{DOUBLED}{{0,3}}")
# Whom a row names: who served, answered, signed or goes with somebody.
_PEOPLE = ("officer_id", "answered_by_id", "handler_signed_by_id", "helper_id")
SIGNATURE = 512 * 1024  # characters of a drawn name: far more than a pad makes
Told = Mapping[str, Any]


class Scope:
    """What belongs to the hall of a machine; six statements."""

    def __init__(self, box: Box, at: datetime) -> None:
        self.box, self.at = box, at
        self.lines = _keys(Line, box)
        self.windows = _keys(Window, box)
        self.devices = _keys(Device, box)
        self.zones = _keys(Zone, box)
        self.plans = _keys(TidalPlan, box)
        self.posts: dict[int, list[Holding]] = defaultdict(list)
        for one in Holding.objects.filter(post__hall=box.hall_id, post__county=box.county):
            self.posts[one.officer_id].append(one)

    def refuse(self, line: Told) -> None:
        """Nothing of another hall, of another time, or that a machine of a hall never writes."""
        if "entry" not in line:
            return  # an answer: whoever takes it in asks for its hall
        entry, kind = line["entry"], line["kind"]
        if entry["fact"] not in FACTS:
            raise NotAllowed(NEWER.format(str(entry["fact"])[:40]))
        if entry["fact"] not in _FACTS.get(kind, ()):
            raise NotAllowed(FOREIGN.format("本机不做这样的记载"))
        moment = when(entry["at"])
        self._refuse_time(moment, entry["on"])
        self._refuse_doer(entry["by"], moment.date())
        self._refuse_places(entry["body"])
        if kind == TICKET:
            self._refuse_new(line["ticket"].get("new"))
            self._refuse_now(line["ticket"].get("now"), moment.date())
        for row in line.get("rows", ()):
            self._refuse_row(row, moment.date())
        if kind == RECEIPT_KIND and entry["by"] != f"officer:{line['receipt']['officer']}":
            raise NotAllowed(FOREIGN.format("收件人和记载不符"))

    def seat(self, officer: int, day: date) -> bool:
        """Whether he held a post in this hall on that day, or had one when the machine last heard of its people."""
        heard = when(self.box.whole_at.isoformat()).date() if self.box.whole_at is not None else day
        last = min(day, heard) - timedelta(days=1)  # a post that ended yesterday may be heard of today
        return any(
            one.since <= day and (one.until is None or one.until >= last) for one in self.posts[officer]
        )

    def _refuse_time(self, moment: datetime, on: str) -> None:
        if moment > self.at + CLOCK:
            raise NotAllowed(
                f"本机记的时间（{moment:%m-%d %H:%M}）比县里的时间晚，先不抄录。请校准本机的时钟，到那时会自动接着报。"
            )
        since = self.box.took_over_at
        if (
            since is not None and moment < when(since.isoformat()) - CLOCK
        ) or on != moment.date().isoformat():
            raise NotAllowed(FOREIGN.format("时间不在它管理排队期间"))

    def _refuse_doer(self, code: str, day: date) -> None:
        kind, _, key = code.partition(":")
        known = {
            "officer": lambda: self.seat(int(key), day),
            "device": lambda: int(key) in self.devices,
            "visitor": lambda: not key,
            "system": lambda: not key,
        }.get(kind)
        if known is None or not known():
            raise NotAllowed(FOREIGN.format("办的人或者设备不在这个大厅"))

    def _refuse_places(self, body: Told) -> None:
        windows, lines = {body.get("window") or 0}, {body.get("line") or 0}
        hall = body.get("hall", self.box.hall_id) == self.box.hall_id
        if not (hall and windows <= self.windows | {0} and lines <= self.lines | {0}):
            raise NotAllowed(FOREIGN.format("大厅、窗口或者队列"))

    def _refuse_new(self, new: Told | None) -> None:
        if new is None:
            return
        device = new["device"] is None or new["device"] in self.devices
        if not device or not _NUMBER.fullmatch(new["number"]):
            raise NotAllowed(FOREIGN.format("取号的设备或者号码"))
        self._refuse_party(new["party"])

    def _refuse_now(self, now: Told | None, day: date) -> None:
        if now is None:
            return
        windows = {now["window_id"] or 0, now["only_id"] or 0} <= self.windows | {0}
        officer = now["officer_id"] is None or self.seat(now["officer_id"], day)
        item = (
            now["item_id"] is None or Item.objects.filter(pk=now["item_id"], county=self.box.county).exists()
        )
        if not (windows and officer and item and now["line_id"] in self.lines):
            raise NotAllowed(FOREIGN.format("现在的窗口、队列、事项或者人员"))
        self._refuse_party(now["party"])

    def _refuse_row(self, row: Told, day: date) -> None:
        """What stands beside the numbers: of this hall's windows, lines, zones, devices and people alone."""
        places = (
            ("window_id", self.windows),
            ("line_id", self.lines),
            ("device_id", self.devices),
            ("zone_id", self.zones),
            ("plan_id", self.plans),
        )
        if any(row.get(name) is not None and row[name] not in here for name, here in places):
            raise NotAllowed(FOREIGN.format("旁边的记录写的窗口、队列、区域或者设备"))
        people = (row.get(name) for name in _PEOPLE)
        if any(one is not None and not self.seat(one, day) for one in people):
            raise NotAllowed(FOREIGN.format("旁边的记录写的人员"))
        item, drawn = row.get("item_id"), row.get("signature")
        if item is not None and not Item.objects.filter(pk=item, county=self.box.county).exists():
            raise NotAllowed(FOREIGN.format("旁边的记录写的事项"))
        if drawn is not None and (drawn["type"] != "image/png" or len(drawn["drawn"]) > SIGNATURE):
            raise NotAllowed(FOREIGN.format("签名不是签名板上的图"))
        self._refuse_party(row.get("party_id"))

    def _refuse_party(self, party: int | None) -> None:
        """Of the applicants it knows those who booked here, and nobody else."""
        if party is None or Booking.objects.filter(party=party, hall=self.box.hall_id).exists():
            return
        if not BoxBooking.objects.filter(booking__party=party, box=self.box).exists():
            raise NotAllowed(FOREIGN.format("到访的人没有在这个大厅预约"))


def _keys(model: type[Model], box: Box) -> set[int]:
    return set(model._default_manager.filter(hall=box.hall_id).values_list("pk", flat=True))
