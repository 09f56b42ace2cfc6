"""现在开不开: is a hall open at this moment, when does it close next, and from when on is a queue too long here?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.offered import sessions_of
from onewindow.places.models import Hall
from onewindow.places.reads import here, pack_here
from onewindow.rules.opening import Session
from onewindow.rules.relief import Limits


def limits() -> Limits:
    """The local settings."""
    pack = pack_here(here())
    return Limits(
        waiting=pack.setting("queue.relief_waiting").number,
        minutes=pack.setting("queue.relief_minutes").number,
        calm=pack.setting("queue.calm_minutes").number,
    )


def open_now(hall: Hall, at: datetime) -> bool | None:
    """Whether one of today's sessions goes on; nothing is known of a hall without opening hours."""
    if not hall.openings.exists():
        return None
    return session_now(sessions_of(hall, at.date()), at) is not None


def session_now(sessions: Sequence[Session], at: datetime) -> Session | None:
    """The session that goes on."""
    clock = at.astimezone(SHANGHAI).time()
    return next((one for one in sessions if one.begins <= clock < one.ends), None)


def ends_at(session: Session) -> datetime:
    """When it is over, in the time of China."""
    return datetime.combine(session.on, session.ends, tzinfo=SHANGHAI)


def over(sessions: Sequence[Session], at: datetime) -> bool:
    """Whether the last session of the day is over."""
    return bool(sessions) and max(ends_at(one) for one in sessions) <= at
