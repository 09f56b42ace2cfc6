"""听事件: on which channel is it told that a matter has changed, and who may hear it?

Not Django's: the process of the event streams asks here too. A channel of one matter is heard with a ticket, which a
page hands out that its reader may open; it is bound to the session of the browser, to the channel and to an hour, so
it is of no use to whoever finds it. What is heard is that something changed; what it was is read with one's rights.
"""

from __future__ import annotations

import hashlib
import hmac

DATABASE_CHANNEL = "onewindow_events"
SESSION_COOKIE = "onewindow_session"
LASTS = 3600  # seconds; the page hands out a new one when it is opened again
_OF_A_MATTER = "case:"


def channel_of(subject: int) -> str:
    return f"{_OF_A_MATTER}{subject}"


def is_open(channel: str) -> bool:
    """Whether anybody may hear the channel, as the displays of a hall do."""
    return not channel.startswith(_OF_A_MATTER)


def ticket(secret: bytes, channel: str, session: str, now: float) -> str:
    """What opens the channel for this browser for an hour."""
    until = int(now) + LASTS
    return f"{until}.{_seal(secret, channel, session, until)}"


def admitted_until(secret: bytes, channel: str, session: str, shown: str, now: float) -> float:
    """Until when the ticket lets this browser hear the channel; 0 when it does not."""
    told, _, seal = shown.partition(".")
    if not session or not told.isascii() or not told.isdigit() or len(told) > 12:
        return 0.0
    until = int(told)
    right = hmac.compare_digest(seal.encode(), _seal(secret, channel, session, until).encode())
    return float(until) if right and now < until else 0.0


def _seal(secret: bytes, channel: str, session: str, until: int) -> str:
    told = f"hear\n{channel}\n{session}\n{until}".encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()


def hall_channel(hall: int) -> str:
    """Where everybody hears that something changed in a hall."""
    return f"hall:{hall}"
