"""Registers beside the windows: the day's payments, incidents, safety checks, rounds and leaves, each to its last row."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from onewindow.cases.acts import fees
from onewindow.cases.reads import others
from onewindow.emergency import reads
from onewindow.emergency.acts.safety import Piece, check_safety, enter_safety, note_use
from onewindow.emergency.models import SafetyCheck, SafetyUse
from onewindow.feedback.acts.complaints import Told, complain
from onewindow.ground.paging import page
from onewindow.hall.actors import Bearer
from onewindow.people.models import Absence, Post
from onewindow.places.models import Round
from onewindow.rules.complaints import Channel
from onewindow.rules.grants import Grant
from onewindow.web.views import absence, organisation, rounds
from onewindow.web.views.emergency import safety
from tests.cases.test_fees import BOOKS, GUIDE
from tests.cast import COUNTY, at, officer
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.pages import every
from tests.web.test_lists_by_key import keys

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> Floor:
    """Pages of two rows."""
    for module, name in (
        (safety, "PAGE"),
        (rounds, "PAGE"),
        (absence, "OWN"),
        (others, "MOST"),
        (organisation, "LISTED"),
    ):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(reads, "PAGE", 2)
    return open_floor(guide=GUIDE)


def test_the_sums_of_a_day_are_those_of_all_its_payments_on_every_page(floor: Floor) -> None:
    cast = floor.cast
    for n in range(5):
        case = cast.accepted()
        bill = fees.bill(case, by=cast.liwei, at=at(9, 25), charged=[BOOKS])
        told = {"bill": bill.pk, "amount": bill.total, "payer": "王芳", "window": cast.window}
        fees.collect(case, by=cast.liwei, at=at(9, 28), receipt=f"豫 {n}", **told)
    desk = at_desk(cast.liwei)
    with on(at(9, 28)):
        shown, address = [], "/cash/"
        while address:
            found = desk.get(address)
            (only,) = found.context["desks"]
            assert (only.many, only.total, found.context["total"]) == (
                5,
                Decimal("200.00"),
                Decimal("200.00"),
            )
            assert "5 笔，200.00 元" in found.content.decode()
            shown += [one.receipt for one in only.rows]
            key = found.context["next_key"]
            address = f"/cash/?after={key}" if key else ""
    assert shown == [f"豫 {n}" for n in range(5)]


def test_checks_and_uses_of_a_piece_go_on_each_by_its_own_key(floor: Floor) -> None:
    told = {"kind": "first_aid", "name": "急救箱", "place": "导服台", "keeper": "导办员"}
    kit = enter_safety(
        floor.hall, by=floor.sunli, at=NINE, piece=Piece(**told, every_days=30, checked_on=date(2026, 8, 25))
    )
    for n in range(3):
        check_safety(kit, by=floor.liwei, at=NINE + n * MIN, sound=True)
        note_use(kit, by=floor.liwei, at=NINE + n * MIN, person="导办员", why="老人头晕", action="量血压")
    desk, address = at_desk(floor.sunli), f"/emergency/safety/{kit.pk}/"
    with on(NINE + 9 * MIN):
        assert keys(every(desk, address, "checks", "checks")) == keys(
            list(SafetyCheck.objects.order_by("-pk"))
        )
        assert keys(every(desk, address, "uses", "uses")) == keys(list(SafetyUse.objects.order_by("-pk")))


def test_todays_round_is_known_on_every_page_of_the_rounds(floor: Floor) -> None:
    for n in range(3):
        when = NINE + timedelta(days=n - 2)
        Round.objects.create(**{"hall": floor.hall, "day": when.date(), "made_by": "x", "made_at": when})
    desk = at_desk(floor.sunli)
    with on(NINE + 9 * MIN):
        pages = every(desk, "/rounds/", "rounds")
        assert [one.day.day for one, _, _ in pages] == [24, 23, 22]
        second = desk.get("/rounds/", {"after": desk.get("/rounds/").context["rounds_key"]})
        assert "今天已经巡检" in second.content.decode()


def leaves(floor: Floor, number: int) -> list[Absence]:
    """So many days of leave of 李伟, one after the other."""
    told = {"county": COUNTY, "officer": floor.liwei, "kind": "leave", "entered_by": "x", "entered_at": NINE}
    days = [date(2026, 3, 2 + n) for n in range(number)]
    return [Absence.objects.create(**told, since=day, until=day) for day in days]


def test_the_complaints_that_nobody_may_settle_go_on(floor: Floor) -> None:
    told = Told(kind="manner", what="话没说完就走开了", channel=Channel.WEB, happened_on=NINE.date())
    numbers = (floor.take(when=NINE + n * MIN) for n in range(3))
    made = [complain(one, by=Bearer(one), at=NINE + MIN * 9, once=uuid4(), told=told) for one in numbers]
    giving = Post.objects.create(
        county=COUNTY, name="系统管理岗", scope="county", grants=[str(Grant.PEOPLE_MANAGE)]
    )
    with on(NINE):
        desk = at_desk(officer(COUNTY, "郑凯", "D020", giving))
        assert every(desk, "/manage/organisation/", "unsettled", "unsettled") == made


def test_ones_own_leaves_go_on(floor: Floor) -> None:
    made = leaves(floor, 5)
    with on(NINE):
        shown = every(at_desk(floor.liwei), "/absence/", "own", "own")
    assert keys([one for one, _, _ in shown]) == keys(made)[::-1]


def test_a_list_in_the_order_of_its_keys_alone_is_turned_too(floor: Floor) -> None:
    leaves(floor, 3)
    first, after = page(Absence.objects.all(), "", by=("-pk",), size=2)
    rest, end = page(Absence.objects.all(), after, by=("-pk",), size=2)
    assert keys([*first, *rest]) == sorted(keys([*first, *rest]), reverse=True)
    assert (after, end) == (str(first[-1].pk), "")
