"""The clock tells when a term ends, and proves it day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.clock import Pause, lasting, prove, reckon
from onewindow.rules.lights import light, yellow_on
from onewindow.rules.workdays import UncoveredDay
from tests.calendar import CALENDAR

SEP24 = date(2026, 9, 24)
starts = st.dates(date(2025, 1, 2), date(2026, 10, 30))
lengths = st.integers(1, 45)


def slowly(start: date, days: int) -> date:
    """The second reckoning: one day after the other, from the notices alone."""
    day = start
    while days:
        day += timedelta(days=1)
        notice = next(y for y in CALENDAR.years if y.year == day.year)
        if day in notice.makeup or (day.weekday() < 5 and day not in notice.off):
            days -= 1
    return day


def test_eight_working_days_over_two_holidays_end_on_the_thirteenth_of_october() -> None:
    assert reckon(SEP24, 8, "working", CALENDAR).due == date(2026, 10, 13)


def test_a_make_up_saturday_counts() -> None:
    assert reckon(date(2026, 10, 9), 1, "working", CALENDAR).due == date(2026, 10, 10)


def test_the_day_of_the_event_is_not_counted() -> None:
    lines = prove(reckon(SEP24, 8, "working", CALENDAR), CALENDAR)
    assert (lines[0].on, lines[0].counted) == (SEP24, False)
    assert "第二百零一条" in lines[0].source


def test_the_proof_names_every_day_and_why_it_does_not_count() -> None:
    lines = prove(reckon(SEP24, 8, "working", CALENDAR), CALENDAR)
    assert len(lines) == 20
    assert [line.number for line in lines if line.counted] == list(range(1, 9))
    by_day = {line.on: line for line in lines}
    assert by_day[date(2026, 9, 25)].reason == "中秋节放假"
    assert by_day[date(2026, 10, 10)].reason == "星期六调休上班"
    assert by_day[date(2026, 10, 11)].reason == "星期日"
    assert lines[-1].last


def test_calendar_days_that_end_on_a_holiday_move_to_the_next_working_day() -> None:
    reckoning = reckon(date(2026, 9, 25), 7, "calendar", CALENDAR)
    assert reckoning.due == date(2026, 10, 8)
    last = prove(reckoning, CALENDAR)[-1]
    assert last.on == date(2026, 10, 8)
    assert "第二百零三条" in last.source


def test_a_term_that_reaches_into_a_year_without_notice_is_provisional() -> None:
    assert reckon(date(2026, 12, 4), 20, "working", CALENDAR).provisional
    assert not reckon(date(2026, 11, 4), 20, "working", CALENDAR).provisional


def test_a_year_of_which_nothing_is_known_is_refused_in_words() -> None:
    with pytest.raises(UncoveredDay, match="2028"):
        reckon(date(2027, 12, 20), 20, "working", CALENDAR)


@given(starts, lengths)
def test_the_table_and_the_slow_count_agree(start: date, days: int) -> None:
    assert reckon(start, days, "working", CALENDAR).due == slowly(start, days)


@given(starts, lengths, st.integers(0, 30), st.integers(0, 40))
def test_a_pause_never_shortens_and_adds_its_own_working_days(
    start: date, days: int, after: int, long: int
) -> None:
    begin = start + timedelta(days=after)
    pause = Pause(begin, begin + timedelta(days=long), "专家评审")
    plain, paused = (
        reckon(start, days, "working", CALENDAR),
        reckon(start, days, "working", CALENDAR, (pause,)),
    )
    assert paused.due is not None
    assert plain.due is not None
    assert paused.due >= plain.due
    lines = prove(paused, CALENDAR)
    assert sum(line.counted for line in lines) == days


def test_a_pause_that_has_not_ended_leaves_no_due_day() -> None:
    assert reckon(SEP24, 8, "working", CALENDAR, (Pause(SEP24, None, "鉴定"),)).due is None


@pytest.mark.parametrize(("day", "word"), [(date(2026, 9, 19), "已超期"), (date(2026, 9, 20), "超期 1 天")])
def test_on_the_days_off_after_the_due_day_it_is_late_by_no_number(day: date, word: str) -> None:
    friday = reckon(date(2026, 9, 17), 1, "working", CALENDAR)
    shown = light(
        day,
        due_on=friday.due,
        yellow_on=friday.due,
        legal_due_on=None,
        held=False,
        closed=False,
        calendar=CALENDAR,
    )
    assert (shown.colour, shown.word) == ("red", word)


@pytest.mark.parametrize(("days", "word"), [(0, "当场办结"), (8, "8 个工作日")])
def test_a_term_of_no_days_is_kept_while_one_waits(days: int, word: str) -> None:
    assert lasting(days, "working") == word


@pytest.mark.parametrize(
    ("day", "colour", "word"),
    [
        (date(2026, 9, 24), "green", "剩 8 天"),
        (date(2026, 10, 12), "yellow", "剩 1 天"),
        (date(2026, 10, 13), "yellow", "今天到期"),
        (date(2026, 10, 14), "red", "超期 1 天"),
        (date(2026, 10, 16), "red", "超期 3 天，超法定期限"),
    ],
)
def test_the_light_turns_by_the_days_that_are_left(day: date, colour: str, word: str) -> None:
    promised, legal = reckon(SEP24, 8, "working", CALENDAR), reckon(SEP24, 10, "working", CALENDAR)
    shown = light(
        day,
        due_on=promised.due,
        yellow_on=yellow_on(promised, 20, 1, CALENDAR),
        legal_due_on=legal.due,
        held=False,
        closed=False,
        calendar=CALENDAR,
    )
    assert (shown.colour, shown.word) == (colour, word)


def test_the_share_of_a_long_term_turns_it_yellow_earlier() -> None:
    reckoning = reckon(date(2026, 11, 2), 20, "working", CALENDAR)
    assert reckoning.due == date(2026, 11, 30)
    assert yellow_on(reckoning, 20, 1, CALENDAR) == date(2026, 11, 24)


def test_a_plain_weekend_rests_on_the_law_and_a_holiday_or_a_make_up_day_on_the_notice() -> None:
    by_day = {line.on: line for line in prove(reckon(date(2026, 9, 14), 18, "working", CALENDAR), CALENDAR)}
    saturday, holiday = by_day[date(2026, 9, 19)], by_day[date(2026, 9, 25)]
    assert "职工工作时间的规定》第七条" in saturday.source
    assert "行政许可法》第八十二条" in saturday.source
    assert "放假" not in saturday.source
    notice = next(year for year in CALENDAR.years if year.year == 2026)
    assert notice.title in holiday.source
    assert notice.number in holiday.source
    sunday = by_day[date(2026, 9, 20)]
    assert (sunday.counted, sunday.source) == (True, notice.cited)
    assert by_day[date(2026, 9, 21)].source == ""
