"""大厅停了吗: is a hall stopped now, and is the hour of a booking one in which it will be?"""

from __future__ import annotations

from datetime import date, datetime, time

from onewindow.ground.clock import SHANGHAI
from onewindow.places.models import Hall
from onewindow.rules.grants import NotAllowed


def until_words(hall: Hall) -> str:
    """Until when, as it is told: the hour today, with the day otherwise."""
    if hall.stopped_until is None or hall.stopped_at is None:
        return ""
    until, since = hall.stopped_until.astimezone(SHANGHAI), hall.stopped_at.astimezone(SHANGHAI)
    if until.date() == since.date():
        return f"{until:%H:%M}"
    return f"{until.month} 月 {until.day} 日 {until:%H:%M}"


def refuse_stopped(hall: Hall) -> None:
    """While it is stopped no number is given and nobody is called; the row is in hand, so nothing more is read."""
    if hall.stopped_at is not None:
        raise NotAllowed(
            f"{hall.name}现在停止服务：{hall.why_stopped}。预计 {until_words(hall)} 恢复，请到时再来，或者在网上办。"
        )


def in_stop(hall: Hall, on: date, begins: time) -> bool:
    """Whether somebody who comes then finds it stopped, as far as is known."""
    if hall.stopped_at is None or hall.stopped_until is None:
        return False
    return datetime.combine(on, begins, tzinfo=SHANGHAI) < hall.stopped_until
