"""The demonstration county comes whole into an empty installation, and only into a demonstration.

That of each place is loaded once for all tests that look at it; what one of them changes is rolled back.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from onewindow.catalogue.models import Item
from onewindow.config import demo
from onewindow.config.refused import Refused
from onewindow.hall.models import WindowLeader
from onewindow.people.models import Account, Holding, Officer, Party
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall, Opening, Region, Window
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.rules.identity import is_demo, is_demo_phone, uscc_fault
from tests.cast import SEP24

pytestmark = pytest.mark.django_db

BACKEND = "onewindow.people.signing.Backend"
# A level of the state, and other places, are no word for the place itself.
COUNTY_WORDS = re.compile(r".{0,6}(?<!其他)县(?!级|以上|（|村).{0,6}")
EVERYTHING = (Region, County, Department, Hall, Window, Opening, Account, Officer, Holding, Party)


def words_of(answer: HttpResponse) -> str:
    """What a page says in our own words: without marks, and without what it quotes."""
    assert answer.status_code == 200
    page = re.sub(r"(?s)<(blockquote|q|script|style)\b.*?</\1>", "", answer.content.decode())
    return re.sub(r"“[^”]*”", "", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def place(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[list[str]]:
    """The demonstration of the place that the test names; answers what a visitor is told."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, PACK=request.param),
        transaction.atomic(),
    ):
        yield demo.load(SEP24)
        transaction.set_rollback(True)


def refuses_alone() -> bool:
    """Whether a window refuses by itself; the second person always may."""
    liwei = Officer.objects.get(account__username="liwei")
    liwei.day = SEP24.date()
    assert liwei.may(Grant.CASE_PROPOSE_REFUSAL)
    chenju = Officer.objects.get(account__username="chenju")
    chenju.day = SEP24.date()
    assert chenju.may(Grant.CASE_REFUSE)
    return liwei.may(Grant.CASE_REFUSE)


def at_place(*packs: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("place", packs, indirect=True)


# The tests of one place stand together; before them all, nothing is loaded.
def test_nothing_of_the_demonstration_enters_a_real_installation(settings: LazySettings) -> None:
    with pytest.raises(Refused, match="不是演示系统"):
        demo.load(SEP24)
    settings.DEMO = True
    acts.found("luoshan", by=FOUNDER, demo=False, address="", hours="", phone="")
    with pytest.raises(Refused, match="不是演示系统"):
        demo.load(SEP24)
    assert not Officer.objects.exists()


@at_place("luoshan")
@pytest.mark.usefixtures("place")
def test_loading_the_demonstration_twice_adds_nothing() -> None:
    # What somebody took away since then is not laid again.
    gone = Hall.objects.filter(openings__isnull=False).order_by("pk")[0]
    Opening.objects.filter(hall=gone).delete()
    WindowLeader.objects.update(until=SEP24)
    first = {model: model.objects.count() for model in EVERYTHING}
    demo.load(datetime(2026, 9, 25, 8, tzinfo=SEP24.tzinfo))
    assert {model: model.objects.count() for model in EVERYTHING} == first
    assert all(first.values())
    assert not Opening.objects.filter(hall=gone).exists()
    assert not WindowLeader.objects.filter(until__isnull=True).exists()


@at_place("luoshan")
@pytest.mark.usefixtures("place")
def test_everybody_who_is_printed_can_sign_in_and_the_posts_hold() -> None:
    accounts = {a.username: a for a in Account.objects.with_owner()}
    assert all(accounts[line.username].check_password(demo.PASSWORD) for line in demo.SIGN_INS)
    assert all(accounts[line.username].display_name == line.name for line in demo.SIGN_INS)
    liwei, zhangmin = accounts["liwei"].officer, accounts["zhangmin"].officer
    assert liwei.window.name == "3 号综合受理窗口"
    assert liwei.may(Grant.INTAKE_RECEIVE)
    assert not liwei.may(Grant.CASE_DECIDE)
    assert zhangmin.department.name == "罗山县市场监督管理局"
    assert zhangmin.may(Grant.CASE_EXAMINE)
    assert not zhangmin.may(Grant.CASE_DECIDE)


@at_place("luoshan")
@pytest.mark.usefixtures("place")
def test_every_number_of_the_demonstration_is_seen_to_be_invented() -> None:
    assert all(party.is_demo for party in Party.objects.all())
    codes = list(Department.objects.values_list("uscc", flat=True))
    assert all(uscc_fault(code) is None and is_demo("uscc", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert all(is_demo_phone(hall.phone) and "测试" in hall.address for hall in Hall.objects.all())


@at_place("luoshan")
@pytest.mark.usefixtures("place")
def test_at_luoshan_any_comprehensive_window_may_hand_out_a_result() -> None:
    centre = Hall.objects.get(kind="centre")
    assert sum("issue" in window.kinds for window in centre.windows.all()) == 7
    assert Hall.objects.filter(name="丽水街道党政便民服务中心").exists()


@at_place("luoshan")
@pytest.mark.usefixtures("place")
def test_a_window_refuses_by_itself_where_the_text_is_silent() -> None:
    assert refuses_alone()


@at_place("hedong")
@pytest.mark.usefixtures("place")
def test_a_window_does_not_refuse_by_itself_where_the_text_denies_it_a_veto() -> None:
    assert not refuses_alone()


@at_place("hedong")
@pytest.mark.usefixtures("place")
def test_the_places_carry_the_names_that_their_pack_gives() -> None:
    centre = Hall.objects.get(kind="centre")
    issuing = [window.name for window in centre.windows.all() if "issue" in window.kinds]
    assert (centre.name, issuing) == ("河东区政务服务中心", ["7 号统一出证窗口"])
    assert Hall.objects.filter(kind="township", name="九曲街道便民服务中心").exists()


@at_place("hedong")
def test_a_district_with_one_issuing_window_is_called_so_on_every_page(place: list[str]) -> None:
    """Crawls what everybody and an administrator see at such a place: no 县 and no 统一出件 in our own words."""
    told = "\n".join(place)
    assert "统一出证窗口" in told
    admin = Client()
    admin.force_login(Account.objects.with_owner().get(username="admin"), backend=BACKEND)
    codes = Item.objects.filter(state="published").order_by("pk").values_list("handle_code", flat=True)
    pages = ["/", "/search/", "/search/?q=证", "/track/", "/verify/", "/accounts/login/", "/register/"]
    pages += [f"/items/{code}/" for code in codes[::6]]
    inside = ["/manage/organisation/", "/manage/windows/", "/manage/tokens/", "/manage/calendar/"]
    with time_machine.travel(SEP24, tick=False):
        found = {page: words_of(Client().get(page)) for page in pages}
        found |= {page: words_of(admin.get(page)) for page in inside}
    wrong = {page: COUNTY_WORDS.findall(said) for page, said in found.items() if COUNTY_WORDS.search(said)}
    assert wrong == {}
    assert "全区" in found["/manage/organisation/"]
    assert "统一出证" in found["/manage/windows/"]
    assert not any("统一出件" in said for said in found.values())


@at_place("zhanhe", "fangcheng", "jining")
@pytest.mark.usefixtures("place")
def test_every_other_place_has_its_demonstration_too() -> None:
    county = County.objects.get()
    names = list(Hall.objects.values_list("name", flat=True))
    assert county.name in Hall.objects.order_by("pk")[0].name
    assert len(names) == len(set(names)) > 10
    assert Officer.objects.filter(account__username="liwei").exists()
