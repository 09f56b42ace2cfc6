"""Days that no term shows – who may speak, who may ask for a hearing, when it is held – and the stricter invented county.

Each date was counted by hand on the notices; the calendar of the product and the slow one both have to find it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.rehearsal import History, Limit, rehearse
from onewindow.packs.worked import reckoned
from onewindow.rules.pack import Example, Kind, Pack, Step
from onewindow.rules.workdays import Calendar
from tests.packs.reckon import DAY as ONE
from tests.packs.reckon import PACKS, after, reckon

CALENDAR = Calendar(tuple(load_calendar(PACKS).values()))
LUOSHAN, CESHI = load("luoshan", PACKS), load("ceshi", Path(__file__).parent / "data", PACKS)
DAY = date(2026, 11, 22)
LOOK, TELL = "accept.look_online_days", "correction.tell_days"


def days(name: str) -> int:
    """What the county has: a rule of the law, or its own setting."""
    found = LUOSHAN.value(name, DAY, Kind.LICENCE)
    told = LUOSHAN.setting(name).number if found is None else found
    assert isinstance(told, int)
    return told


@pytest.mark.parametrize(
    ("name", "told_on", "last"),
    [
        # 29、30 日二，10 月 1—7 日放假，8、9 日四，10 日（周六上班）五
        ("third.answer_days", date(2026, 9, 28), date(2026, 10, 10)),
        # 春节 15—23 日放假，24—27 日四，28 日（周六上班）五
        ("third.answer_days", date(2026, 2, 14), date(2026, 2, 28)),
        # 周六送达：16—20 日五
        ("third.answer_days", date(2026, 11, 14), date(2026, 11, 20)),
        ("hearing.ask_days", date(2026, 9, 28), date(2026, 10, 10)),
        # 30 日一，5 月 1—5 日放假，6—8 日四，9 日（周六上班）五
        ("hearing.ask_days", date(2026, 4, 29), date(2026, 5, 9)),
        # 29、30 日二，8—10 日五，12—16 日十，19—23 日十五，26—30 日二十
        ("hearing.hold_days", date(2026, 9, 28), date(2026, 10, 30)),
        # 2—5 日四，9—13 日九，16—20 日十四，23—27 日十九，30 日二十（4 月 6 日清明放假与此无关）
        ("hearing.hold_days", date(2026, 3, 2), date(2026, 3, 30)),
    ],
)
def test_who_may_speak_or_ask_and_until_when(name: str, told_on: date, last: date) -> None:
    assert CALENDAR.add(told_on, days(name)) == last == after(told_on, days(name))


@pytest.mark.parametrize(
    ("told_on", "first"),
    [
        (date(2026, 9, 28), date(2026, 10, 13)),  # 29、30、8、9、10、12、13
        (date(2026, 6, 12), date(2026, 6, 24)),  # 15—18 日四，19—21 日端午放假，22、23、24
    ],
)
def test_a_hearing_is_not_before_its_seventh_day(told_on: date, first: date) -> None:
    wanted = days("hearing.notice_days")
    assert wanted == 7
    assert after(told_on, wanted) == first
    assert CALENDAR.between(told_on, first) == wanted
    assert CALENDAR.between(told_on, first - ONE) < wanted


@pytest.mark.parametrize("example", [e for e in CESHI.examples if e.pack == "ceshi"])
def test_the_invented_county_s_own_days_are_reckoned_alike_twice(example: Example) -> None:
    assert reckon(CESHI, example) == example.expect == reckoned(CESHI, example, CALENDAR)


def with_days(pack: Pack, **told: int) -> Pack:
    names = {"look": LOOK, "tell": TELL}
    return pack.changed({names[k]: replace(pack.setting(names[k]), value=v) for k, v in told.items()})


def told(pack: Pack, channel: str, *steps: tuple[str, date], asked: date) -> dict[str, date]:
    history = History(
        Kind.OTHER,
        tuple(Step(fact, on, {}) for fact, on in steps),
        promised=Limit(10),
        channel=channel,
        day=asked,
    )
    return rehearse(history, pack, CALENDAR).dates()


@pytest.mark.parametrize(
    ("received", "look", "last"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # 1—7 日放假
        (date(2026, 9, 24), 1, date(2026, 9, 28)),  # 25—27 日中秋放假
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # 周六上班
        (date(2026, 11, 14), 1, date(2026, 11, 16)),  # 周六提交
        (date(2026, 11, 6), 2, date(2026, 11, 10)),
    ],
)
def test_where_it_is_switched_on_an_online_application_is_looked_at_in_so_many_days(
    received: date, look: int, last: date
) -> None:
    stricter = with_days(CESHI, look=look)
    handed_in = ("Received", received)
    assert (
        told(stricter, "web", handed_in, asked=received)["look_online_due"] == last == after(received, look)
    )
    assert "look_online_due" not in told(stricter, "counter", handed_in, asked=received)
    assert "look_online_due" not in told(CESHI, "web", handed_in, asked=received)


def test_where_it_is_switched_on_the_correction_is_told_in_two_days_on_every_channel() -> None:
    stricter, on = with_days(CESHI, tell=2), date(2026, 9, 30)
    for channel in ("web", "counter"):
        found = told(stricter, channel, ("Received", on), asked=on)
        assert found["tell_correction_due"] == date(2026, 10, 9) == after(on, 2)
