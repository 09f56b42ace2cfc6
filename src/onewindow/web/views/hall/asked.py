"""取号时填的: which line, who goes before others, what was he told to wait, and which press of the button is it?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from onewindow.rules.grants import NotAllowed
from onewindow.rules.queueing import Priority

# In the order in which they are asked; who booked says so with his booking.
ASKED = (Priority.ELDERLY, Priority.DISABLED, Priority.PREGNANT, Priority.SOLDIER)

LONGEST = 600  # minutes that a page can have told


def whole(typed: str) -> int:
    """A number of a row; 0 where something else was sent."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def key_of(request: HttpRequest) -> UUID:
    """The key of the button."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        raise NotAllowed("这一页不完整，请返回重新取号。") from None


def told_of(request: HttpRequest, line: int) -> int | None:
    """How many minutes the page said that one waits in this line, when it said any."""
    typed = request.POST.get(f"told-{line}", "")
    return min(whole(typed), LONGEST) if typed.isascii() and typed.isdigit() else None


def priority_of(request: HttpRequest) -> Priority:
    typed = request.POST.get("priority", "")
    return Priority(typed) if typed in {one.value for one in ASKED} else Priority.ORDINARY
