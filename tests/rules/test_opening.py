"""Which sessions a day has, by the calendar with its holidays and made-up days; reckoned by hand."""

from datetime import date, datetime, time

import pytest

from onewindow.rules.opening import Hours, Session, SessionKind, fault, in_office_hours, kinds_on, sessions
from tests.calendar import CALENDAR

MORNING = Hours(SessionKind.REGULAR, time(9), time(12), frozenset({1, 2, 3, 4, 5}))
AFTERNOON = Hours(SessionKind.REGULAR, time(13, 30), time(17), frozenset({1, 2, 3, 4, 5}))
NOON = Hours(SessionKind.NOON, time(12), time(13, 30))
EVENING = Hours(SessionKind.EVENING, time(18), time(20), frozenset({3}))
SATURDAY = Hours(SessionKind.WEEKEND, time(9), time(12), frozenset({6}))
HOLIDAY = Hours(SessionKind.HOLIDAY, time(10), time(11, 30))
HALL = (AFTERNOON, MORNING, NOON, EVENING, SATURDAY, HOLIDAY)


def on(day: date) -> list[tuple[str, str]]:
    return [(one.kind.value, f"{one.begins:%H:%M}") for one in sessions(CALENDAR.day(day), HALL)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Monday 23 November 2026: an ordinary working day.
        (date(2026, 11, 23), [("regular", "09:00"), ("noon", "12:00"), ("regular", "13:30")]),
        # Wednesday: the evening is added.
        (
            date(2026, 11, 25),
            [("regular", "09:00"), ("noon", "12:00"), ("regular", "13:30"), ("evening", "18:00")],
        ),
        # Saturday 28 November: a weekend; Sunday 29: no hours of its own.
        (date(2026, 11, 28), [("weekend", "09:00")]),
        (date(2026, 11, 29), []),
        # Saturday 10 October is worked after the National Day: all hours of a working day, the evening too.
        (
            date(2026, 10, 10),
            [("regular", "09:00"), ("noon", "12:00"), ("regular", "13:30"), ("evening", "18:00")],
        ),
        # Thursday 1 and Saturday 3 October: both belong to the holiday.
        (date(2026, 10, 1), [("holiday", "10:00")]),
        (date(2026, 10, 3), [("holiday", "10:00")]),
    ],
)
def test_a_day_has_the_sessions_that_the_calendar_gives_it(
    day: date, expected: list[tuple[str, str]]
) -> None:
    assert on(day) == expected


def test_a_made_up_saturday_is_no_day_off() -> None:
    assert kinds_on(CALENDAR.day(date(2026, 10, 10))).isdisjoint({SessionKind.WEEKEND, SessionKind.HOLIDAY})
    assert kinds_on(CALENDAR.day(date(2026, 11, 28))) == {SessionKind.WEEKEND}


def test_sessions_of_a_year_without_notice_are_provisional() -> None:
    assert all(one.provisional for one in sessions(CALENDAR.day(date(2027, 1, 4)), HALL))
    assert not any(one.provisional for one in sessions(CALENDAR.day(date(2026, 11, 23)), HALL))


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (datetime(2026, 11, 23, 9, 0), True),
        (datetime(2026, 11, 23, 11, 59), True),
        (datetime(2026, 11, 23, 12, 0), False),
        (datetime(2026, 11, 23, 13, 30), True),
        (datetime(2026, 11, 23, 22, 0), False),
        (datetime(2026, 11, 28, 10, 0), False),
        (datetime(2026, 10, 10, 10, 0), True),
        (datetime(2026, 10, 1, 10, 30), False),
    ],
)
def test_office_hours_are_the_regular_sessions_of_working_days(moment: datetime, inside: bool) -> None:
    assert in_office_hours(moment, CALENDAR.day(moment.date()), HALL) is inside


def test_hours_that_overlap_others_of_the_same_days_are_refused_and_say_with_which() -> None:
    assert "工作时间 09:00–12:00" in fault(Hours(SessionKind.NOON, time(11, 30), time(13)), HALL)
    assert "晚于" in fault(Hours(SessionKind.NOON, time(13), time(13)), ())
    # A weekend may have the same hours as a working day; the next door's edge is no overlap.
    assert fault(Hours(SessionKind.WEEKEND, time(9), time(12), frozenset({7})), HALL) == ""
    assert fault(Hours(SessionKind.EVENING, time(17), time(18)), HALL) == ""


def test_a_session_holds_only_what_lies_wholly_in_it() -> None:
    session = Session(date(2026, 11, 28), SessionKind.WEEKEND, time(9), time(12))
    assert session.holds(time(11, 30), time(12))
    assert not session.holds(time(11, 45), time(12, 15))
    assert session.minutes == 180
