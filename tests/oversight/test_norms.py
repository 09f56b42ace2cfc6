"""How each written rule is kept: uses, breaches and what is open, window by window, and the entries behind each number."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall.models import Booking
from onewindow.oversight.norms import BROKEN, LEFT, USED, listed, registers, rows
from onewindow.people.models import Post
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, at, officer
from tests.hall.booked import in_service
from tests.hall.late import LATE, evening
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def supervisor() -> object:
    post = Post.objects.create(county=COUNTY, name="督查", scope="county", grants=[str(Grant.SUPERVISE)])
    return officer(COUNTY, "孙丽", "D901", post)


def test_the_nine_rules_stand_there_and_six_of_them_are_not_in_use_yet() -> None:
    here = in_service()
    told = registers(here.cast.county, date(2026, 9, 24))
    assert len(told) == 9
    assert [key for _, key in told if key] == ["day_off", "odd_hours", "extended"]
    shown = rows(here.cast.county, *OCTOBER)
    assert [row.all is None for row in shown] == [False] * 3 + [True] * 6


def test_uses_breaches_and_what_is_open_are_counted_by_window_and_open_their_entries() -> None:
    here = in_service()
    first, second = here.ask(), here.ask(begins=at(10, 17, 10).time())
    Booking.objects.filter(pk=second.pk).update(stage="refused", flagged=True, window=here.floor.windows["4"])
    (day_off, *_) = rows(here.cast.county, *OCTOBER)
    assert day_off.all is not None
    assert (day_off.all.used, day_off.all.broken, day_off.all.left) == (2, 1, 1)
    assert [(one.window, one.used, one.broken, one.left) for one in day_off.windows] == [
        (here.floor.windows["4"].pk, 1, 1, 0),
        (None, 1, 0, 1),
    ]
    watcher = supervisor()
    found = {
        column: [one.number for one in listed(watcher, "day_off", column, *OCTOBER, window=None, after=0)[0]]  # type: ignore[arg-type]
        for column in (USED, BROKEN, LEFT)
    }
    assert found == {
        USED: [second.number, first.number],
        BROKEN: [second.number],
        LEFT: [first.number],
    }
    assert rows(here.cast.county, *SEPTEMBER)[0].windows == []
    with on(at(10, 20)):
        desk = at_desk(watcher)  # type: ignore[arg-type]
        page = desk.get("/norms/watch/?month=2026-10").content.decode()
        assert page.count("尚未启用") == 6
        address = "/norms/watch/day_off/broken/?month=2026-10"
        assert f'href="{address}"' in page
        assert second.number in desk.get(address).content.decode()
        assert first.number not in desk.get(address).content.decode()
        nobody = desk.get("/norms/watch/day_off/used/?month=2026-10&window=0").content.decode()
        assert first.number in nobody
        assert second.number not in nobody
        assert desk.get("/norms/watch/?month=0001-01").status_code == 200
        for wrong in ("/norms/watch/none/used/", "/norms/watch/day_off/anything/"):
            assert desk.get(wrong).status_code == 404
        assert at_desk(here.cast.zhangmin).get("/norms/watch/").status_code == 403


def test_what_has_no_window_yet_is_counted_and_opened_hall_by_hall() -> None:
    here = in_service()
    first, second = here.ask(), here.ask(begins=at(10, 17, 10).time())
    far = Hall.objects.create(
        county=COUNTY, region=here.hall.region, kind="township", name="测试镇中心", address="测试路9号"
    )
    Booking.objects.filter(pk=second.pk).update(hall=far)
    shown = {one.hall: one.used for one in rows(here.cast.county, *OCTOBER)[0].windows}
    assert shown == {here.hall.pk: 1, far.pk: 1}
    with on(at(10, 20)):
        desk = at_desk(supervisor())  # type: ignore[arg-type]
        page = desk.get("/norms/watch/?month=2026-10").content.decode()
        address = f"/norms/watch/day_off/used/?month=2026-10&window=0&hall={far.pk}"
        assert address.replace("&", "&amp;") in page
        listed_there = desk.get(address).content.decode()
    assert second.number in listed_there
    assert first.number not in listed_there


def test_extended_service_is_counted_until_its_form_is_filed() -> None:
    here = evening()
    ticket = here.floor.take(when=at(9, 24, 16, 40))
    called = here.called()
    assert called.pk == ticket.pk
    here.served(called, LATE)
    told = {row.register: row.all for row in rows(here.floor.cast.county, *SEPTEMBER)}
    assert told["extended"] is not None
    assert told["extended"].used == told["extended"].left
    with on(LATE), CaptureQueriesContext(connection) as seen:
        rows(here.floor.cast.county, *SEPTEMBER)
    assert len(seen) == 2
