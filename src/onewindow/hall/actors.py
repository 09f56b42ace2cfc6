"""大厅里谁在按: what may a machine do by itself, and what may somebody do whose number it is?"""

from __future__ import annotations

from onewindow.hall.models import Booking, Ticket
from onewindow.places.models import Device, Hall
from onewindow.rules.grants import Grant

_OF_NUMBER = frozenset({Grant.RATING_GIVE, Grant.EXTENSION_ASK, Grant.COMPLAINT_GIVE})
# At each of them people help themselves, with the same pages.
SELF_SERVICE = (Device.Kind.KIOSK, Device.Kind.TERMINAL, Device.Kind.ENQUIRY)


class Machine:
    """A registered machine: at a kiosk numbers are taken, who booked comes in, 延时 is asked for; a pad rates its window."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def actor_code(self) -> str:
        return f"device:{self.device.pk}"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        kind = self.device.kind
        if grant is Grant.HALL_TAKE and kind in SELF_SERVICE:
            if isinstance(subject, Booking):
                return subject.hall_id == self.device.hall_id
            return subject is None or subject in (self.device.hall, self.device)
        if grant is Grant.EXTENSION_ASK and kind in SELF_SERVICE:
            return isinstance(subject, Ticket) and subject.hall_id == self.device.hall_id
        if grant is Grant.RATING_GIVE and kind == Device.Kind.PAD:
            return isinstance(subject, Ticket) and subject.window_id == self.device.window_id
        return False


class Visitor:
    """Somebody in the hall who scanned its code: he takes a number there, and nothing else."""

    actor_code = "visitor"

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.HALL_TAKE and subject in (None, self.hall)


class Bearer:
    """Whoever holds the code of one number: it is his service, which he may ask to go on after hours, rate, and complain of."""

    actor_code = "visitor"

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in _OF_NUMBER and subject == self.ticket
