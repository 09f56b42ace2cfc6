"""A hall with more rows than a page holds: every list goes on by its link, each row once and in its order."""

from datetime import time, timedelta
from typing import Any

import pytest

from onewindow.hall import booked, gone
from onewindow.hall.acts.answering import Seat, confirm
from onewindow.hall.acts.coming import arrive, lift
from onewindow.hall.acts.displacing import displace
from onewindow.hall.models import Ban, Booking
from onewindow.people.models import Duty, Party
from onewindow.rules.bookings import Cause
from onewindow.rules.grants import SYSTEM
from tests.cast import COUNTY, at
from tests.hall.booked import SATURDAY, THURSDAY, Booked, in_service, somebody
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.pages import every, statements

pytestmark = pytest.mark.django_db
NINE = at(10, 17, 9, 0)
MONDAYS = at(10, 19, 9, 0)
NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Booked:
    """Pages of two rows."""
    for module, name in ((booked, "PAGE"), (booked, "DUTIES"), (gone, "PAGE")):
        monkeypatch.setattr(module, name, 2)
    return in_service()


def crowd(many: int) -> list[Party]:
    return [somebody(NAMES[n], f"9915231990010100{n:02}") for n in range(many)]


def keys(rows: list[Any]) -> list[int]:
    return [one.pk for one in rows]


def test_what_waits_for_an_answer_goes_on_and_is_red_where_it_is_late(here: Booked) -> None:
    asked = [here.ask(THURSDAY, party=one) for one in crowd(3)]  # all due in one moment
    next_day = THURSDAY + timedelta(hours=30)
    asked += [here.ask(next_day, begins=time(10 + n)) for n in range(2)]
    Booking.objects.filter(pk=asked[1].pk).update(answer_due=None)  # no answer is owed: last
    liwei = at_desk(here.liwei)
    with on(THURSDAY + timedelta(hours=31)):
        assert keys(every(liwei, "/bookings/")) == keys([asked[0], *asked[2:], asked[1]])
        first = liwei.get("/bookings/")
        assert first.context["late"] == {asked[0].pk, asked[2].pk}
        assert first.content.decode().count("超时没有答复") == 2
        second = liwei.get("/bookings/", {"after": first.context["next_key"]})
        assert second.context["late"] == set()
        assert "回到第一页" in second.content.decode()


def test_who_comes_today_and_later_and_who_came_is_reached_page_by_page(here: Booked) -> None:
    people, hours = crowd(5), (11, 9, 10, 9, 11)
    rows = [here.confirmed(begins=time(hour), party=one) for one, hour in zip(people, hours, strict=True)]
    by_time = sorted(rows, key=lambda one: (one.begins, one.pk))
    liwei = at_desk(here.liwei)
    with on(THURSDAY):
        assert keys(every(liwei, "/bookings/?list=ahead")) == keys(by_time)
    with on(NINE):
        assert keys(every(liwei, "/bookings/?list=today")) == keys(by_time)
    with on(NINE + timedelta(days=3)):
        assert keys(every(liwei, "/bookings/?list=past")) == keys(by_time)[::-1]


def test_a_clerk_at_the_door_finds_one_of_today_by_what_he_says_of_himself(here: Booked) -> None:
    people = crowd(5)
    rows = [here.confirmed(party=one, phone=f"1009571{n}340") for n, one in enumerate(people)]
    arrived = arrive(rows[4], by=here.liwei, at=at(10, 17, 8, 50))
    assert arrived.ticket is not None
    liwei = at_desk(here.liwei)

    def found(words: str) -> list[int]:
        return keys(liwei.get("/bookings/", {"list": "today", "q": words}).context["rows"])

    with on(NINE):
        assert found("赵") == found(" 赵一 ") == [rows[0].pk]
        assert found("一") == []  # a name from its beginning
        assert found(rows[1].number) == found(rows[1].number.rpartition("-")[2]) == [rows[1].pk]
        assert found("3") == [rows[2].pk]  # the third of that day
        assert found(rows[3].code.lower()) == [rows[3].pk]
        assert found(arrived.ticket.number.lower()) == [rows[4].pk]
        assert found("3340") == [rows[3].pk]  # the end of the telephone that he left
        assert found("9571") == found("\x00%") == []
        assert found("10095713340") == []  # not the whole of it, which would stand in the address
        for words in ("张", "0340"):
            assert liwei.get("/bookings/", {"list": "ahead", "q": words}).status_code == 200
        page = liwei.get("/bookings/", {"list": "today", "q": "没有这个人"}).content.decode()
    assert "今天的预约里没有找到" in page
    assert 'value="没有这个人"' in page


def test_a_search_of_today_is_turned_by_key_too(here: Booked) -> None:
    rows = [here.confirmed(party=here.cast.wangfang, begins=time(9 + n)) for n in range(3)]
    with on(NINE):
        shown = every(at_desk(here.liwei), f"/bookings/?list=today&q={here.cast.wangfang.name}")
    assert keys(shown) == keys(rows)


def test_forms_that_wait_and_those_that_were_filed_go_on(here: Booked) -> None:
    rows = [here.confirmed(party=one) for one in crowd(5)]
    for n, row in enumerate(rows):
        Booking.objects.filter(pk=row.pk).update(stage="served", served_at=NINE + timedelta(minutes=n // 2))
    section = at_desk(here.zhoujie)
    with on(MONDAYS):
        assert keys(every(section, "/bookings/forms/")) == keys(rows)
        for row in rows:  # all in one moment
            assert section.post(f"/bookings/forms/{row.number}/file/").status_code == 302
        assert keys(every(section, "/bookings/forms/?list=filed")) == keys(rows)[::-1]


def test_sessions_and_ones_own_duties_go_on_each_by_its_own_key(here: Booked) -> None:
    people = crowd(5)
    for n, one in enumerate(people):
        day = SATURDAY + timedelta(days=7 * (n // 3))
        window = here.floor.windows["345"[n % 3]]
        asked = here.ask(at(10, 8), party=one, on=day)
        confirm(asked, by=here.liwei, at=at(10, 8), seat=Seat(window=window, officer=here.liwei))
    liwei = at_desk(here.liwei)
    with on(at(10, 9, 9, 0)):
        sheets = every(liwei, "/bookings/sessions/", "sheets")
        assert [(one.session.on, len(one.bookings)) for one in sheets] == [
            (SATURDAY + timedelta(days=7 * (n // 3)), 1) for n in range(5)
        ]
        assert len({one.session.pk for one in sheets}) == 5
        duties = Duty.objects.filter(officer=here.liwei).order_by("on", "pk")
        assert keys(every(liwei, "/bookings/sessions/", "own", "duties")) == keys(list(duties))
        both = liwei.get("/bookings/sessions/", {"duties": "x", "after": "y"})  # unreadable: the first pages
        assert (len(both.context["own"]), len(both.context["sheets"])) == (2, 2)


def test_whose_time_is_gone_is_listed_to_the_last_one(here: Booked) -> None:
    rows = [here.confirmed(begins=time(9 + n % 2), party=one) for n, one in enumerate(crowd(5))]
    for row in rows:
        assert displace(row, by=SYSTEM, at=NINE - timedelta(hours=1), cause=Cause.STOP)
    by_time = sorted(rows, key=lambda one: (one.begins, one.pk))
    with on(NINE):
        assert keys(every(at_desk(here.liwei), "/bookings/gone/")) == keys(by_time)
        assert keys(every(at_desk(here.sunli), "/bookings/gone/")) == keys(by_time)
        assert at_desk(here.zhoujie).get("/bookings/gone/").status_code == 403


def test_who_may_book_no_more_stands_before_those_who_were_let_again(here: Booked) -> None:
    booking, bans = here.confirmed(), []
    for one in crowd(5):
        told = {"party": one, "booking": booking, "began_on": SATURDAY, "days": ["2026-10-17"]}
        bans.append(Ban.objects.create(county=COUNTY, **told))
    lift(bans[4], by=here.sunli, at=MONDAYS, reason="住院期间，已出示证明")
    lift(bans[1], by=here.sunli, at=MONDAYS + timedelta(days=1), reason="住院期间，已出示证明")
    with on(MONDAYS + timedelta(days=2)):
        shown = keys(every(at_desk(here.sunli), "/bookings/bans/"))
    assert shown == keys([bans[3], bans[2], bans[0], bans[1], bans[4]])


def test_the_lists_of_bookings_cost_the_same_however_many_there_are(here: Booked) -> None:
    pages = [f"/bookings/?list={which}" for which in ("", "today", "ahead", "past")]
    pages += ["/bookings/?list=today&q=0340", "/bookings/forms/", "/bookings/gone/", "/bookings/sessions/"]
    liwei, told = at_desk(here.liwei), []
    people = crowd(6)
    with on(NINE):
        for n in (1, 6):
            for one in people[: n - 1] if n > 1 else people[5:]:
                here.confirmed(party=one)
                here.ask(THURSDAY, party=one, on=SATURDAY + timedelta(days=1))
            told.append([statements(liwei, page) for page in pages])
    assert told[0] == told[1]
    assert max(told[0][:5]) <= 8, told  # five of the list, three of who asks
