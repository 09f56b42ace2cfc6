"""Of twenty thousand bookings a page reads about as many rows as it shows, wherever in its list it stands."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.ground.paging import key_of
from onewindow.hall import booked, gone, overtime
from onewindow.hall.acts import extending
from onewindow.hall.models import Booking, Extension
from onewindow.people.models import Officer
from tests.copies import copies
from tests.hall.booked import MONDAY, THURSDAY, Booked, in_service
from tests.hall.late import LATE, evening

pytestmark = pytest.mark.django_db
MANY = 20_000
MOST = 80  # rows read for a page of fifty and one more, with those that another list holds
SOON = THURSDAY.date()


def _on(n: int) -> date:
    return SOON + timedelta(days=n % 200 - 150)


def _begins(n: int) -> time:
    return time(9 + n // 200 % 8, 30 * (n // 1600 % 2))


def _moment(n: int) -> datetime:
    return THURSDAY + timedelta(minutes=7 * (n * 7919 % MANY))


@pytest.fixture
def here() -> Booked:
    """Past, today's and coming ones, some that wait for an answer, forms that wait and forms that were filed."""
    made = in_service()
    one = Booking.objects.select_related("subject").get(pk=made.ask(on=MONDAY).pk)
    told = {"on": _on, "begins": _begins, "ends": lambda n: time(18)}
    copies(one, MANY // 2, stage=lambda n: "confirmed" if _on(n) >= SOON else "lapsed", **told)
    later = {**told, "service": "day_off"}
    copies(one, 2000, stage="asked", answer_due=_moment, **later)
    copies(one, 2000, stage="served", served_at=_moment, **later)
    copies(one, 4000, stage="filed", filed_at=_moment, **later)
    copies(one, 2000, stage="confirmed", gone_at=THURSDAY, **told)
    return made


def plans(read: Callable[[], Any], table: str) -> Iterator[dict[str, Any]]:
    """How the database reads the pages: each node of the plans that reads this table, with what it read."""
    with CaptureQueriesContext(connection) as asked:
        read()
    with connection.cursor() as cursor:
        for sql in (str(one["sql"]) for one in asked.captured_queries):
            if f'FROM "{table}"' in sql and "LIMIT" in sql:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
                told = cursor.fetchone()[0]
                yield from nodes((json.loads(told) if isinstance(told, str) else told)[0]["Plan"], table)


def nodes(plan: dict[str, Any], table: str) -> Iterator[dict[str, Any]]:
    if plan.get("Relation Name") == table:
        yield plan
    for further in plan.get("Plans", ()):
        yield from nodes(further, table)


def looked_at(node: dict[str, Any]) -> float:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + removed) * node["Actual Loops"])


def lists(
    officer: Officer, hall: Any
) -> dict[str, tuple[Callable[[str], tuple[list[Any], str]], tuple[str, ...]]]:
    return {
        "to answer": (lambda after: booked.to_answer(officer, after), ("answer_due",)),
        "today": (lambda after: booked.of_day(officer, SOON, after), ("begins",)),
        "ahead": (lambda after: booked.ahead(officer, SOON, after), ("on", "begins")),
        "past": (lambda after: booked.past(officer, SOON, after), ("-on", "-begins")),
        "to file": (lambda after: booked.to_file(officer, after), ("served_at",)),
        "filed": (lambda after: booked.filed(officer, after), ("-filed_at",)),
        "gone": (lambda after: gone.waiting(officer.county, [hall], after), ("on", "begins")),
    }


READ_BY = {
    "to answer": "booking_to_answer",
    **dict.fromkeys(("today", "ahead", "past"), "booking_in_order"),
    **{"to file": "booking_to_file", "filed": "booking_filed", "gone": "booking_gone"},
}


def test_every_list_of_bookings_is_read_by_an_index_on_its_first_and_on_a_deep_page(here: Booked) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for officer in (here.liwei, here.zhoujie):  # the clerk of the hall, and an office of the county
        for name, (read, by) in lists(officer, here.hall).items():
            first, after = read("")
            assert (len(first), key_of(first[-1], by)) == (booked.PAGE, after)
            deep = after
            for _ in range(3):
                deep = read(deep)[1] or deep
            # What may be empty is passed by in the index: of what waits for an answer, the pages before.
            # Of the forms that wait for filing all may be read: they are few of the table, and the index holds no others.
            most = MOST + {"to answer": 4 * booked.PAGE, "to file": MANY // 10}.get(name, 0)
            for key in ("", deep):
                (node,) = plans(lambda read=read, key=key: read(key), "hall_booking")  # type: ignore[misc]
                assert (name, node.get("Index Name")) == (name, READ_BY[name])
                assert looked_at(node) <= most, (name, key, node)


def test_the_register_of_extended_service_is_read_by_an_index() -> None:
    here = evening()
    window, visitor = here.floor.windows["3"], extending.Visitor(name="王芳", what="查档案")
    begun = extending.begin(window, by=here.liwei, at=LATE, visitor=visitor, ground="many")
    one = Extension.objects.select_related("subject").get(pk=begun.pk)
    for stage, column in (("filed", "filed_at"), ("served", "served_at")):
        copies(one, MANY // 10, stage=stage, **{column: _moment})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for read, index in ((overtime.filed, "extension_filed"), (overtime.to_file, "extension_to_file")):
        _, after = read(here.fangjie)
        for key in ("", after):
            (node,) = plans(lambda read=read, key=key: read(here.fangjie, key), "hall_extension")  # type: ignore[misc]
            assert node.get("Index Name") == index
            assert looked_at(node) <= MOST
