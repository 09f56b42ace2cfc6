"""Limits on numbers: none by default, none in working hours where the law forbids it, else only approved by another person."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from onewindow.hall.acts.caps import approve_cap, decline_cap, end_cap, propose_cap
from onewindow.hall.acts.openings import set_hours
from onewindow.hall.models import Cap, Ticket
from onewindow.people.models import Officer
from onewindow.places.models import Line
from onewindow.rules.grants import FOUNDER, Grant, NotAllowed, NotGranted
from onewindow.rules.opening import EVERY_DAY, Hours, SessionKind
from tests.cast import COUNTY, at, officer
from tests.hall.stage import MANAGES, NINE, Floor, open_floor, post

pytestmark = pytest.mark.django_db
K = SessionKind
NOON, REASON = at(9, 24, 12, 10), "午间只有一个人值班"


@pytest.fixture
def floor() -> Floor:
    made = open_floor()
    for kind, begins, ends in ((K.REGULAR, time(9), time(12)), (K.NOON, time(12), time(14))):
        hours = Hours(kind, begins, ends, EVERY_DAY)
        set_hours(made.hall, by=FOUNDER, at=NINE, hours=hours, since=NINE.date())
    made.cast.county.settings = {"queue.off_hours": [["2026-01-01", True]]}
    made.cast.county.save()
    return made


def head(floor: Floor) -> Officer:
    grants = [*MANAGES, Grant.CAP_APPROVE]
    return officer(COUNTY, "何敏", "H010", post("中心负责人", floor.hall, grants))


def proposed(
    floor: Floor,
    by: Officer,
    kinds: Sequence[SessionKind] = (K.NOON,),
    when: datetime = NINE,
    number: int = 2,
) -> Cap:
    return propose_cap(
        floor.general,
        by=by,
        at=when,
        number=number,
        kinds=kinds,
        since=date(2026, 9, 24),
        until=date(2026, 9, 30),
        reason=REASON,
    )


def line(floor: Floor) -> Line:
    return Line.objects.select_related("hall").get(pk=floor.general.pk)


@pytest.mark.req("LS-延时-1.2c")
def test_numbers_go_on_until_closing_and_a_limit_without_approval_is_refused(floor: Floor) -> None:
    boss = head(floor)
    with pytest.raises(NotAllowed, match=r"在工作时间内不得限定办件数量.*原则上不得通过限号"):
        proposed(floor, floor.sunli, (K.REGULAR,))
    cap = proposed(floor, floor.sunli)
    with pytest.raises(NotGranted, match="批准限号"):
        approve_cap(cap, by=floor.sunli, at=NINE)
    own = proposed(floor, boss)
    with pytest.raises(NotAllowed, match="不能自己批准"):
        approve_cap(own, by=boss, at=NINE)
    # Proposed and not approved: numbers go on, in working hours and at noon, until the last minute.
    for when in (at(9, 24, 9, 0), at(9, 24, 11, 59), *(NOON + timedelta(minutes=n) for n in range(3))):
        floor.take(line(floor), when=when)
    assert floor.take(line(floor), when=at(9, 24, 13, 59)).number == "A006"


def test_an_approved_limit_stops_at_its_number_in_its_session_alone_and_offers_a_booking(
    floor: Floor,
) -> None:
    cap = proposed(floor, floor.sunli)
    approve_cap(cap, by=head(floor), at=NINE, opinion="只限午间")
    for n in range(4):  # of the morning, and not counted at noon
        floor.take(line(floor), when=NINE + timedelta(minutes=n))
    first = floor.take(line(floor), when=NOON)
    floor.take(line(floor), when=NOON)
    with pytest.raises(NotAllowed, match="限 2 个号，已经取完：午间只有一个人值班。请预约"):
        floor.take(line(floor), when=NOON)
    # The same button pressed again gives the number that it gave; who booked has his place; another line is free.
    assert floor.take(line(floor), when=NOON, once=first.once) == first
    assert floor.take(line(floor), when=NOON, channel=Ticket.Channel.BOOKING).number
    assert floor.take(floor.realty, when=NOON).number == "B001"
    assert floor.take(line(floor), when=at(9, 28, 9, 0)).number == "A001"
    end_cap(cap, by=floor.sunli, at=NOON, why="来了两个人")
    assert line(floor).capped_until is None
    floor.take(line(floor), when=NOON)


def test_a_limit_is_declined_with_a_reason_and_nothing_is_decided_twice(floor: Floor) -> None:
    boss = head(floor)
    cap = proposed(floor, floor.sunli)
    with pytest.raises(NotAllowed, match="为什么不批准"):
        decline_cap(cap, by=boss, at=NINE, opinion=" ")
    decline_cap(cap, by=boss, at=NINE, opinion="请安排两个人")
    with pytest.raises(NotAllowed, match="已经有决定"):
        approve_cap(cap, by=boss, at=NINE)
    with pytest.raises(NotAllowed, match="已经结束"):
        end_cap(cap, by=floor.sunli, at=NINE, why="")
    late = proposed(floor, floor.sunli)
    with pytest.raises(NotAllowed, match="日子已经过了"):
        approve_cap(late, by=boss, at=at(10, 8, 9, 0))
    for told, said in (({"kinds": []}, "哪些场次"), ({"number": 0}, "1 到 999")):
        with pytest.raises(NotAllowed, match=said):
            proposed(floor, floor.sunli, **told)  # type: ignore[arg-type]


def test_an_hour_that_is_over_is_not_limited_any_more(floor: Floor) -> None:
    """The noon of 24 September is from twelve to two; the range is told to be that day, or that and the next."""
    hours = Hours(K.EVENING, time(18), time(20), EVERY_DAY)
    set_hours(floor.hall, by=FOUNDER, at=NINE, hours=hours, since=NINE.date())
    today, two, boss = date(2026, 9, 24), at(9, 24, 14, 0), head(floor)

    def wish(kinds: Sequence[SessionKind], when: datetime, until: date = today) -> Cap:
        told = {"number": 2, "since": today, "until": until, "reason": REASON}
        return propose_cap(floor.general, by=floor.sunli, at=when, kinds=kinds, **told)  # type: ignore[arg-type]

    made = [wish(kinds, two - timedelta(minutes=1)) for kinds in ((K.NOON,), (K.NOON,), (K.NOON, K.EVENING))]
    approve_cap(made[0], by=boss, at=two - timedelta(minutes=1))
    for kinds in ((K.NOON,), (K.NOON, K.EVENING)):
        with pytest.raises(NotAllowed, match="午间的场次到 9 月 24 日已经结束") as refused:
            wish(kinds, two)
        assert list(refused.value.by_field) == ["kinds"]  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed, match="要限号的场次已经结束，不能再批准"):
        approve_cap(made[1], by=boss, at=two)
    decline_cap(made[1], by=boss, at=two, opinion="已经过了")
    assert approve_cap(made[2], by=boss, at=two).state == "approved"  # the evening is still to come
    assert wish((K.NOON,), two, date(2026, 9, 28)).state == "proposed"
    friday_after_two = at(9, 30, 14, 1)  # the last day of work before the holidays of October
    with pytest.raises(NotAllowed, match="已经结束"):
        propose_cap(
            floor.general,
            **{"by": floor.sunli, "at": friday_after_two, "number": 2, "kinds": (K.NOON,)},
            **{"since": date(2026, 9, 30), "until": date(2026, 10, 3), "reason": REASON},
        )
