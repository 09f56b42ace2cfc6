"""延时服务, remarks, broadcasts, one's own bookings: each list goes on by its link, each row once and in its order."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from onewindow.hall import booked, called_back, overtime
from onewindow.hall.acts import calling, calling_back, declining, extending
from onewindow.hall.acts.asking import cancel
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.acts.leaving import name_leader
from onewindow.hall.models import CallBack, Extension
from onewindow.helping.acts import announcing, remarks
from onewindow.helping.models import Remark
from onewindow.helping.reads import guided, said
from onewindow.people.models import Post
from onewindow.rules.grants import FOUNDER, Grant
from tests.cast import COUNTY, officer
from tests.copies import copies
from tests.hall.booked import MONDAY, THURSDAY, in_service
from tests.hall.late import LATE, Evening, evening, signed
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.pages import every, statements
from tests.web.test_booking_citizen import signed_in
from tests.web.test_lists_by_key import keys

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two rows."""
    for module, name in (
        (overtime, "PAGE"),
        (called_back, "PAGE"),
        (guided, "PAGE"),
        (guided, "SETTLED"),
        (said, "PAGE"),
        (booked, "PAGE"),
    ):
        monkeypatch.setattr(module, name, 2)


@pytest.fixture
def here() -> Evening:
    return evening()


def served(here: Evening, many: int) -> list[Extension]:
    """Some services beyond closing time, begun in pairs of one moment, and not signed yet."""
    found = []
    for n in range(many):
        window, visitor = here.floor.windows["345"[n % 2]], Visitor(name="王芳", what=f"事项 {n}")
        told = {"visitor": visitor, "ground": "unfinished"}
        found.append(extending.begin(window, by=here.liwei, at=LATE + (n // 2) * MIN, **told))
    return found


def through(here: Evening, rows: list[Extension], when: datetime = LATE) -> None:
    """Each is over and signed, three of them in one moment."""
    for n, row in enumerate(rows):
        extending.end(row, by=here.liwei, at=when)
        signed(here, row, when + (n // 3) * MIN)


def test_every_part_of_the_register_goes_on(here: Evening) -> None:
    rows = served(here, 5)
    name_leader(here.floor.windows["3"], by=FOUNDER, at=LATE, officer=here.liwei)
    name_leader(here.floor.windows["4"], by=FOUNDER, at=LATE, officer=here.liwei)
    section, liwei = at_desk(here.fangjie), at_desk(here.liwei)
    with on(LATE + 10 * MIN):
        assert keys(every(section, "/extensions/")) == keys(rows)
        assert keys(every(liwei, "/extensions/?list=mine")) == keys(rows)[::-1]
        through(here, rows, LATE + 10 * MIN)
        assert keys(every(section, "/extensions/?list=to-file")) == keys(rows)
        for row in rows:
            assert section.post(f"/extensions/{row.number}/file/").status_code == 302
        assert keys(every(section, "/extensions/?list=filed")) == keys(rows)[::-1]


def test_where_nothing_is_filed_what_is_through_stands_with_the_latest_first(here: Evening) -> None:
    here.floor.cast.county.pack = "zhanhe"
    here.floor.cast.county.save()
    rows = served(here, 3)
    for n, row in enumerate(rows):
        Extension.objects.filter(pk=row.pk).update(stage="served", served_at=LATE + n * MIN)
    with on(LATE + 10 * MIN):
        page = at_desk(here.fangjie)
        assert "已完成" in page.get("/extensions/").content.decode()
        assert keys(every(page, "/extensions/?list=to-file")) == keys(rows)[::-1]


def test_who_was_not_served_longer_is_listed_to_the_last_with_how_many_there_are(here: Evening) -> None:
    for n in range(5):
        window, when = here.floor.windows["3"], LATE + (n // 2) * MIN
        declining.note_declined(window, by=here.liwei, at=when, what=f"查档案 {n}", reason="档案馆已经下班")
    sunli, address = at_desk(here.sunli), f"/extensions/checks/?since={LATE:%Y-%m-%d}&until={LATE:%Y-%m-%d}"
    with on(LATE + 10 * MIN):
        shown = every(sunli, address, "declined")
        assert [one.what for one in shown] == [f"查档案 {n}" for n in (4, 3, 2, 1, 0)]
        assert "没有同意延时的（5）" in sunli.get(address).content.decode()


def test_draws_and_whom_to_call_go_on_and_whoever_was_reached_stands_last(here: Evening) -> None:
    through(here, served(here, 5), LATE + 5 * MIN)
    section, told = at_desk(here.fangjie), {"since": LATE.date(), "until": LATE.date()}
    county = here.floor.cast.county
    made = [calling_back.draw(county, by=here.fangjie, at=LATE + 10 * MIN, **told)]
    made += copies(made[0], 4, drawn_at=lambda n: LATE + (10 + n // 2) * MIN)
    CallBack.objects.all().delete()
    for row in Extension.objects.order_by("pk"):
        CallBack.objects.create(county=COUNTY, draw=made[0], extension=row)
    with on(LATE + 20 * MIN):
        assert keys(every(section, "/extensions/calls/")) == keys(made)[::-1]
        rows = list(CallBack.objects.order_by("pk"))
        said_of_it = {"by": here.fangjie, "at": LATE + 15 * MIN}
        calling_back.record_call(rows[0], reached=True, grade=5, **said_of_it)
        calling_back.record_call(rows[1], reached=False, **said_of_it)
        assert keys(every(section, f"/extensions/calls/{made[0].number}/")) == keys([*rows[1:], rows[0]])
        page = section.get(f"/extensions/calls/{made[0].number}/").content.decode()
    assert "抽取 5 件，联系到 1 件" in page


def test_what_was_said_is_answered_and_carried_out_to_the_last(here: Evening) -> None:
    floor = here.floor
    decides = officer(
        COUNTY,
        "安然",
        "H020",
        Post.objects.create(county=COUNTY, name="意见岗", scope="county", grants=[str(Grant.HALL_IMPROVE)]),
    )
    for n in range(5):
        told: dict[str, Any] = {"kind": "suggestion", "text": f"门口的地垫 {n}", "phone": ""}
        remarks.enter_remark(floor.hall, by=floor.zhoujie, at=NINE + (n // 2) * MIN, **told)
    rows, desk = list(Remark.objects.order_by("pk")), at_desk(decides)
    with on(NINE + 9 * MIN):
        assert keys(every(desk, "/helping/remarks/", "waiting")) == keys(rows)
        for n, row in enumerate(rows):
            told = {"adopted": True, "answer": "下周换新的", "owner": floor.zhoujie, "due": MONDAY}
            remarks.decide_remark(row, by=decides, at=NINE + n * MIN, **told)
        assert keys(every(desk, "/helping/remarks/", "tasks", "tasks")) == keys(rows)
        for row in rows:
            remarks.finish_remark(
                Remark.objects.get(pk=row.pk), by=decides, at=NINE + 8 * MIN, outcome="已换新的地垫"
            )
        assert keys(every(desk, "/helping/remarks/", "settled", "settled")) == keys(rows)[::-1]


def test_a_day_of_calls_and_announcements_is_one_list_to_its_end() -> None:
    floor = open_floor()
    for n in range(3):
        floor.take()
        calling.call_next(floor.windows["345"[n]], by=floor.sunli, at=NINE + n * MIN)
        if n:
            announcing.announce(floor.hall, by=floor.sunli, at=NINE + n * MIN, text=f"第 {n} 句", zone=None)
    with on(NINE + 20 * MIN):
        desk = at_desk(floor.zhoujie)
        shown = every(desk, "/helping/broadcasts/")
        assert sorted((one.at for one in shown), reverse=True) == [one.at for one in shown]
        told = [one.text for one in shown]
    assert [one for one in told if one.startswith("第")] == ["第 2 句", "第 1 句"]
    assert sorted(one for one in told if one.startswith("请"))[0].startswith("请 A001 号到")
    assert (len(told), len(set(told))) == (5, 5)


def test_the_lists_cost_the_same_on_every_page(here: Evening) -> None:
    served(here, 5)
    desk = at_desk(here.fangjie)
    with on(LATE + 10 * MIN):
        key = desk.get("/extensions/").context["next_key"]
        assert statements(desk, "/extensions/") == statements(
            desk, f"/extensions/?after={key.replace('+', '%2B')}"
        )


def test_an_applicant_reaches_all_that_he_ever_booked() -> None:
    here = in_service()
    rows: list[Any] = []
    for n in range(5):  # cancelled ones make room for the next
        rows.append(here.ask(THURSDAY, on=MONDAY, begins=time(9 + n % 2)))
        cancel(rows[-1], by=here.cast.wangfang, at=THURSDAY, reason="")
    ahead = [here.ask(THURSDAY, on=MONDAY + timedelta(days=n), begins=time(11)) for n in range(3)]
    client = signed_in(here)
    with on(THURSDAY):
        assert keys(every(client, "/my/bookings/", "coming", "coming")) == keys(ahead)
        by_time = sorted(rows, key=lambda one: (one.begins, one.pk), reverse=True)
        assert keys(every(client, "/my/bookings/", "past")) == keys(by_time)
