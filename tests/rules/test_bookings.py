"""The life of a booking, and when it counts as abandoned."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.rules.bookings import (
    GROUNDS,
    NEXT,
    STAGE_WORDS,
    Channel,
    Policy,
    Service,
    Stage,
    after,
    barred,
    counted,
    policy,
    refuse_abandoning,
    speaks_of_day_off,
)
from onewindow.rules.facts import FACTS, TERMS_ZH
from onewindow.rules.grants import NotAllowed
from onewindow.rules.opening import SessionKind

PACKS = Path(__file__).resolve().parents[2] / "packs"
TODAY = date(2026, 11, 22)
NINE = datetime(2026, 11, 28, 9, 0)


def said(place: str) -> Policy:
    return policy(load(place, PACKS).at(TODAY))


def test_every_stage_and_fact_of_the_life_has_a_chinese_word() -> None:
    assert set(STAGE_WORDS) == set(Stage)
    facts = {fact for _, fact in NEXT}
    assert facts <= set(FACTS)
    assert facts <= set(TERMS_ZH)


def test_every_stage_is_reached_from_a_new_booking() -> None:
    reached, grown = {Stage.NEW}, True
    while grown:
        more = {to for (stage, _), to in NEXT.items() if stage in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == set(Stage)


@pytest.mark.parametrize(
    ("stage", "fact"),
    [
        (Stage.ASKED, "BookingArrived"),
        (Stage.PROPOSED, "BookingArrived"),
        (Stage.REFUSED, "BookingConfirmed"),
        (Stage.CANCELLED, "BookingArrived"),
        (Stage.ABANDONED, "BookingArrived"),
        (Stage.ARRIVED, "BookingAbandoned"),
        (Stage.ARRIVED, "BookingCancelled"),
    ],
)
def test_what_the_table_does_not_name_is_refused_in_words(stage: Stage, fact: str) -> None:
    with pytest.raises(NotAllowed, match=STAGE_WORDS[stage]):
        after(stage, fact)


@pytest.mark.parametrize(
    ("kind", "service"),
    [
        (SessionKind.REGULAR, Service.ORDINARY),
        (SessionKind.WEEKEND, Service.DAY_OFF),
        (SessionKind.HOLIDAY, Service.DAY_OFF),
        (SessionKind.NOON, Service.ODD_HOURS),
        (SessionKind.EARLY, Service.ODD_HOURS),
    ],
)
def test_days_off_are_one_service_and_odd_hours_of_working_days_another(
    kind: SessionKind, service: Service
) -> None:
    assert said("luoshan").service(kind) is service


def test_a_place_offers_off_hours_only_where_its_text_does() -> None:
    other = said("zhanhe")
    assert other.service(SessionKind.WEEKEND) is None
    assert other.service(SessionKind.NOON) is None
    assert other.service(SessionKind.REGULAR) is Service.ORDINARY
    assert (other.no_show_minutes, other.ban_after, other.filed_with) == (0, 0, "")
    assert said("hedong").service(SessionKind.NOON) is Service.ODD_HOURS
    assert said("hedong").service(SessionKind.EVENING) is None
    assert said("jining").service(SessionKind.HOLIDAY) is Service.DAY_OFF


def test_odd_hours_are_booked_through_three_channels() -> None:
    assert all(said("luoshan").takes(Service.ODD_HOURS, channel) for channel in Channel)


def test_only_off_hours_bookings_are_signed() -> None:
    assert said("luoshan").must_sign(Service.DAY_OFF)
    assert not said("luoshan").must_sign(Service.ORDINARY)
    assert not said("hedong").must_sign(Service.ODD_HOURS)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minute", "tries", "why"),
    [
        (29, [(5, False)], "还没有到"),
        (30, [(5, False)], "还没有到"),
        (31, [], "没有联系过"),
        (31, [(-60, False)], "没有联系过"),
        (31, [(10, False), (20, True)], "联系到了"),
    ],
)
def test_nothing_is_abandoned_before_its_time_or_unasked(
    minute: int, tries: list[tuple[int, bool]], why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        refuse_abandoning(NINE, at(minute), grace=30, tries=[(at(m), reached) for m, reached in tries])


def test_late_and_not_reached_counts_as_abandoned() -> None:
    refuse_abandoning(NINE, at(31), grace=30, tries=[(at(12), True), (at(31), False)])


def test_where_no_text_says_so_nobody_abandons() -> None:
    with pytest.raises(NotAllowed, match="没有规定"):
        refuse_abandoning(NINE, at(300), grace=0, tries=[(at(31), False)])


THREE = [date(2026, 3, 7), date(2026, 8, 15), date(2026, 11, 21)]


def test_the_third_bars_and_the_second_does_not() -> None:
    assert not barred(counted(THREE[:2], TODAY), 3)
    assert barred(counted(THREE, TODAY), 3)
    assert not barred(counted(THREE, TODAY), 0)


def test_a_lifting_lets_the_count_begin_anew() -> None:
    assert counted(THREE, TODAY, lifted=date(2026, 8, 15)) == (date(2026, 11, 21),)


def test_a_number_of_months_leaves_out_what_lies_before() -> None:
    # Six months from 7 March end on 7 September; from 15 August they reach 15 February of the next year.
    assert counted(THREE, TODAY, months=6) == (date(2026, 8, 15), date(2026, 11, 21))


@pytest.mark.parametrize("words", ["那天是周末，没有人", "非工作日不办", "节假日休息"])
def test_a_refusal_for_the_day_off_is_recognised(words: str) -> None:
    assert speaks_of_day_off(words)


def test_the_day_off_is_no_ground_of_the_list() -> None:
    assert not any(speaks_of_day_off(ground) for ground in GROUNDS.values())
