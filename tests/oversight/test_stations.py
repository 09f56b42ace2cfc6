"""The way of a case through the hall, on its page and month by month."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.decide import grant
from onewindow.cases.acts.deliver import hand_over
from onewindow.cases.acts.examine import review
from onewindow.cases.acts.receive import Found, receive
from onewindow.cases.models import Case
from onewindow.hall.actors import Visitor
from onewindow.hall.acts import calling
from onewindow.hall.models import Ticket
from onewindow.helping.acts.guiding import guide
from onewindow.intake.acts import counter as intake
from onewindow.intake.acts.papers import Paper, Told
from onewindow.oversight.stations import monthly
from onewindow.rules.stations import Station
from tests.cast import at, carry_out
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import TAKER, on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
S = Station


def later(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def taken_in(floor: Floor, when: int = 0, ticket: Ticket | None = None) -> Case:
    """周洁 guides somebody and gives him a number; a quarter of an hour later 李伟 takes his papers in and accepts."""
    cast = floor.cast
    if ticket is None:
        ticket = floor.take(when=later(when))
        guide(floor.hall, by=floor.zhoujie, at=later(when), need="apply", way="number", ticket=ticket)
    called = calling.call_next(floor.windows["3"], by=floor.liwei, at=later(when + 14))
    assert called is not None
    calling.begin(called, by=floor.liwei, at=later(when + 15))
    who = {"applicant": cast.wangfang, "window": cast.window, "by": cast.liwei}
    begun = intake.begin(cast.version, at=later(when + 16), once=uuid4(), visit=called.visit_id, **who)
    sealed = intake.take_in(
        cast.version,
        at=later(when + 25),
        once=begun.once,
        form={"shop": "罗山县芳邻小面馆", "area": 46},
        papers=[Paper(material) for material in cast.materials],
        told=Told(phone="10095715339"),
        **who,
    )
    findings = {material.pk: Found("fits", "") for material in cast.materials}
    case = receive(sealed, by=cast.liwei, at=later(when + 25), findings=findings)
    accept(case, by=cast.liwei, at=later(when + 26))
    calling.finish(Ticket.objects.get(pk=called.pk), by=floor.liwei, at=later(when + 27))
    return case


def granted(floor: Floor, case: Case) -> Case:
    cast = floor.cast
    review(case, by=cast.zhangmin, at=at(9, 24, 15, 26), favourable=True, text="符合条件，建议准予。")
    grant(case, by=cast.chenju, at=at(9, 28, 10, 0), text="准予许可。")
    return case


def page(floor: Floor, case: Case, when: datetime) -> str:
    with on(when):
        return at_desk(floor.cast.zhangmin).get(f"/cases/{case.number}/").content.decode()


def way_in(shown: str) -> str:
    return shown.split("<h2>各环节</h2>")[1].split("</div>", maxsplit=1)[0]


@pytest.mark.req("HD-3.2.4b")
def test_the_page_of_a_case_shows_each_station_with_time_and_person_and_the_longest_wait() -> None:
    floor = open_floor(pack="hedong")
    case = granted(floor, taken_in(floor))
    carry_out(case.subject)
    hand_over(case, by=floor.cast.liwei, at=at(9, 28, 16, 0), taker=TAKER, window=floor.cast.window)
    shown = way_in(page(floor, case, at(9, 28, 17, 0)))
    in_order = ["导服", " 9:00", "周洁", "等候 15 分钟", "综合受理", " 9:15", "李伟", " 9:26", "后台审批"]
    in_order += ["15:26", "张敏", "10:00", "陈局", "统一出证", "16:00"]
    place = 0
    for word in in_order:
        assert word in shown[place:], word
        place += shown[place:].index(word)
    assert "最长的等候：<b>综合受理到后台审批，6 小时</b>" in shown
    # Another office sees nothing of it.
    with on(at(9, 28, 17, 0)):
        assert at_desk(floor.cast.zhaoqiang).get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.parametrize(
    ("channel", "given", "said"), [("booking", True, "周洁"), ("kiosk", False, "取号机")]
)
def test_whoever_gave_the_number_stands_at_the_door_and_the_machine_only_where_it_gave_it(
    floor: Floor, channel: str, given: bool, said: str
) -> None:
    by = floor.zhoujie if given else Visitor(floor.hall)
    case = taken_in(floor, ticket=floor.take(when=later(0), by=by, channel=Ticket.Channel(channel)))
    door = way_in(page(floor, case, at(9, 24, 10, 0))).split("<tr>")[2]
    assert said in door
    assert ("取号机" in door) is not given


def test_where_the_text_has_no_words_the_stations_have_plain_ones_and_a_wait_that_lasts_is_told(
    floor: Floor,
) -> None:
    case = taken_in(floor)
    shown = way_in(page(floor, case, at(9, 24, 12, 26)))
    assert "导办" in shown
    assert "受理以后还没有到下一环节，已等 3 小时" in shown
    assert "统一出证" not in shown


def test_the_page_costs_no_statement_more_for_the_stay_in_the_hall(floor: Floor) -> None:
    case, without = taken_in(floor), floor.cast.accepted(later(60))
    desk = at_desk(floor.cast.zhangmin)

    def cost(one: Case) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(f"/cases/{one.number}/").status_code == 200
        return len(seen)

    with on(later(90)):
        desk.get("/desk/")
        # What a stay costs was there before: the consultation in it, and the green channel; and the guide's name.
        assert cost(case) <= cost(without) + 3


def test_a_manager_reads_the_median_wait_between_two_stations_of_a_month(floor: Floor) -> None:
    first = granted(floor, taken_in(floor))
    taken_in(floor, 60)
    rows, many = monthly(floor.hall, at(9, 1).date(), at(9, 28, 17, 0))
    assert many == 2
    told = {(one.before, one.after): (one.many, one.median) for one in rows}
    assert told[S.GUIDE, S.INTAKE] == (2, timedelta(minutes=15))
    assert told[S.INTAKE, S.REVIEW] == (1, timedelta(hours=6))
    assert monthly(floor.hall, at(8, 1).date(), at(9, 28, 17, 0)) == ([], 0)
    with on(at(9, 28, 17, 0)):
        desk = at_desk(floor.sunli)
        shown = desk.get(f"/day/{floor.hall.pk}/stations/?month=2026-09").content.decode()
        assert "导办到受理" in shown
        assert "15 分钟" in shown
        assert "等得最久" in shown
        assert (
            "还没有环节之间的等候"
            in desk.get(f"/day/{floor.hall.pk}/stations/?month=x-1&month=2026-08").content.decode()
        )
        for typed in ("nonsense", "0001-01", "9999-12"):
            assert desk.get(f"/day/{floor.hall.pk}/stations/?month={typed}").status_code == 200
        assert at_desk(floor.cast.zhaoqiang).get(f"/day/{floor.hall.pk}/stations/").status_code == 403
    assert first.taken_at == floor.hall


def test_the_figures_of_a_month_cost_the_same_however_many_cases_there_were(floor: Floor) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            monthly(floor.hall, at(9, 1).date(), at(9, 28))
        return len(seen)

    taken_in(floor)
    few = cost()
    taken_in(floor, 60)
    taken_in(floor, 120)
    assert cost() == few == 4
