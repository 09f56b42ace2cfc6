"""便民服务的时间: may somebody wish for this day and hour?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.hours import times
from onewindow.hall.stopped import in_stop, until_words
from onewindow.places.models import Hall
from onewindow.rules.aids import Course
from onewindow.rules.grants import NotAllowed

AHEAD = timedelta(days=60)


def refuse_hour(hall: Hall, course: Course, on: date, begins: time, at: datetime) -> None:
    """Refuse what is past, what is too far away, and the hours in which a hall to which he has to come is stopped or closed."""
    local = at.astimezone(SHANGHAI)
    if datetime.combine(on, begins, tzinfo=SHANGHAI) <= local:
        raise NotAllowed("希望的时间已经过了，请另选时间。")
    if on > local.date() + AHEAD:
        raise NotAllowed("最多提前 60 天申请，请选近一些的日子。")
    if course.in_hall and in_stop(hall, on, begins):
        raise NotAllowed(f"{hall}停止服务，预计 {until_words(hall)} 恢复，请选恢复以后的时间。")
    refuse_closed(hall, course, on, begins, at)


def refuse_closed(hall: Hall, course: Course, on: date, begins: time, at: datetime) -> None:
    """Refuse an hour in which the hall to which he has to come is not open."""
    if not course.in_hall or course.outlasts:
        return
    hours = times(hall, at)
    open_then = hours.day(on, off_hours=True)
    if hours.known and not any(one.begins <= begins < one.ends for one in open_then):
        words = "、".join(f"{one.begins:%H:%M}–{one.ends:%H:%M}" for one in open_then)
        told = f"那天开门的时间是 {words}，请在里面选。" if words else "那天不开门，请另选日子。"
        raise NotAllowed(f"{hall}{told}")
