"""Where a case came in decides which counter may deal with it, and its item's code whether it has a national number."""

from uuid import uuid4

import pytest

from onewindow.cases.acts.receive import receive
from onewindow.cases.acts.withdraw import withdraw
from onewindow.cases.models import Case
from onewindow.cases.reads.visible import stages_of, visible_to
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.ground.models import Series
from onewindow.intake.acts import Paper, Told, take_in
from onewindow.intake.models import Application
from onewindow.people.models import Officer, Post
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotGranted
from tests.cast import COUNTER, COUNTY, SEP24, Cast, assemble, at, officer

pytestmark = pytest.mark.django_db
LONG = "SHICHANG-SPJY-2026-豫信阳罗山-0000000001-新办-01"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def clerk_elsewhere(cast: Cast) -> Officer:
    """赵强 at the counter of another hall."""
    region = cast.window.hall.region
    hall = Hall.objects.create(
        county=COUNTY, region=region, kind="station", name="楠杆镇便民服务中心", address="测试路9号"
    )
    post = Post.objects.create(
        county=COUNTY, name="镇窗口", scope="hall", hall=hall, grants=[str(grant) for grant in COUNTER]
    )
    return officer(COUNTY, "赵强", "C900", post)


def taken_in(cast: Cast, by: Officer) -> Case:
    """王芳's papers, taken in by a clerk who has no fixed window."""
    application = take_in(
        ItemVersion.objects.get(pk=cast.version.pk),
        by=by,
        at=SEP24,
        once=uuid4(),
        applicant=cast.wangfang,
        window=None,
        form={"shop": "罗山县芳邻小面馆", "area": 46},
        papers=[Paper(material) for material in cast.materials],
        told=Told(phone="10095715339"),
    )
    return receive(application, by=by, at=SEP24)


def test_without_a_window_the_hall_is_that_of_the_clerks_post(cast: Cast) -> None:
    case = taken_in(cast, cast.liwei)
    assert case.taken_at == cast.window.hall
    assert list(visible_to(cast.liwei)) == [case]


def test_what_was_taken_in_without_a_window_is_not_every_halls(cast: Cast, clerk_elsewhere: Officer) -> None:
    case = taken_in(cast, cast.liwei)
    assert not clerk_elsewhere.may(Grant.INTAKE_RECEIVE, Application.objects.get())
    assert cast.liwei.may(Grant.INTAKE_RECEIVE, Application.objects.get())
    with pytest.raises(NotGranted):
        withdraw(case, by=clerk_elsewhere, at=SEP24)
    assert list(visible_to(clerk_elsewhere, in_front=cast.wangfang.pk)) == []


def test_a_counter_case_of_no_known_hall_is_nobodys_by_its_emptiness(
    cast: Cast, clerk_elsewhere: Officer
) -> None:
    case = cast.apply()
    Case.objects.update(taken_at=None)
    case = Case.objects.get(pk=case.pk)
    assert not clerk_elsewhere.may(Grant.CASE_ACCEPT, case)
    assert list(visible_to(clerk_elsewhere, in_front=cast.wangfang.pk)) == []
    assert not stages_of(cast.wangfang, COUNTY)[0].may_open


def test_what_came_online_is_open_to_the_hall_where_he_stands_until_it_ends(
    cast: Cast, clerk_elsewhere: Officer
) -> None:
    case = cast.apply()
    Application.objects.update(channel="phone", window=None, taken_by=None)
    Case.objects.update(taken_at=None, taken_by=None)
    case = Case.objects.get(pk=case.pk)
    assert case.at_hall(clerk_elsewhere.posts[0].hall_id)
    assert list(visible_to(clerk_elsewhere)) == []
    assert list(visible_to(clerk_elsewhere, in_front=cast.wangfang.pk)) == [case]
    assert stages_of(cast.wangfang, COUNTY)[0].may_open
    withdraw(case, by=cast.wangfang, at=at(9, 25))
    assert list(visible_to(clerk_elsewhere, in_front=cast.wangfang.pk)) == []
    assert not stages_of(cast.wangfang, COUNTY)[0].may_open


@pytest.mark.parametrize("length", [31, 33])
def test_an_item_with_a_national_code_gives_each_case_its_national_number(cast: Cast, length: int) -> None:
    item = cast.version.item
    Item.objects.update(handle_code=item.handle_code[:length])
    cast.version = ItemVersion.objects.get(pk=cast.version.pk)
    numbers = [cast.apply().national_number for _ in range(2)]
    assert numbers == [f"{item.handle_code[:length]}20260924{n:04}" for n in (1, 2)]
    assert [len(number) for number in numbers] == [length + 12] * 2


def test_an_item_with_a_local_code_alone_has_no_national_number(cast: Cast) -> None:
    Item.objects.update(handle_code="", task_code="", local_code=LONG)
    cast.version = ItemVersion.objects.get(pk=cast.version.pk)
    made = [cast.apply() for _ in range(2)]
    assert [case.national_number for case in made] == ["", ""]
    assert [case.number[-4:] for case in made] == ["0001", "0002"]


def test_a_national_number_is_never_cut(cast: Cast) -> None:
    Series.objects.create(county=COUNTY, name=f"case:{cast.version.item_id}:20260924", last=12_345_678)
    assert cast.apply().national_number == f"{cast.version.item.handle_code}2026092412345679"
