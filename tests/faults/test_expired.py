"""Somebody fills a page, is away too long, and sends it: after signing in, all of it stands there again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from onewindow.cases.models import Opinion
from onewindow.catalogue import acts as catalogue
from onewindow.catalogue.models import Item
from onewindow.people.models import Account, Officer
from onewindow.places.models import County
from tests.cast import SEP24, Cast, assemble
from tests.catalogue.conftest import FOOD, NOW, PASSWORD, chenju, county, hire, offices, zhangmin
from tests.catalogue.conftest import at_desk as at_catalogue
from tests.catalogue.test_desk import filled_in, page
from tests.web.citizen import on
from tests.web.desks import BACKEND, SHOP, at_desk, begin, marked

__all__ = ["chenju", "county", "hire", "offices", "zhangmin"]
pytestmark = pytest.mark.django_db
HELD = "/accounts/login/?next=/accounts/held/"
LONG = "面积与图纸一致，洗消间独立。" * 60
A_NIGHT = timedelta(hours=15)


def signed_in_again(client: Client, officer: Officer) -> dict[str, list[str]]:
    """What stands on the page after signing in, as it would be sent."""
    client.force_login(Account.objects.with_owner().get(pk=officer.account_id), backend=BACKEND)
    held = client.get("/accounts/held/").context["held"]
    told: dict[str, list[str]] = {}
    for name, value in held.fields:
        told.setdefault(name, []).append(value)
    return told


def test_an_examiners_opinion_comes_back_after_a_night_and_is_given() -> None:
    cast: Cast = assemble()
    case = cast.accepted()
    desk = Client()
    at_desk(cast.zhangmin)
    address = f"/cases/{case.number}/do/review/"
    typed = {"favourable": "yes", "text": LONG, "seen": str(case.subject.length)}
    with on(SEP24):
        desk.force_login(Account.objects.with_owner().get(pk=cast.zhangmin.account_id), backend=BACKEND)
        assert desk.get(f"/cases/{case.number}/").status_code == 200
    with on(SEP24 + A_NIGHT):
        assert desk.post(address, typed)["Location"] == HELD
        assert not Opinion.objects.exists()
        told = signed_in_again(desk, cast.zhangmin)
        assert told == {name: [value] for name, value in typed.items()}
        assert desk.post(address, told).status_code == 302
    assert Opinion.objects.get().text == LONG


def test_whoever_was_signed_out_is_told_and_may_reload_the_page_that_offers_his_work() -> None:
    cast: Cast = assemble()
    case = cast.accepted()
    desk = Client()
    at_desk(cast.zhangmin)
    typed = {"favourable": "yes", "text": LONG, "seen": str(case.subject.length)}
    with on(SEP24):
        desk.force_login(Account.objects.with_owner().get(pk=cast.zhangmin.account_id), backend=BACKEND)
    with on(SEP24 + A_NIGHT):
        gone = desk.post(f"/cases/{case.number}/do/review/", typed)["Location"]
        assert "填过的内容没有丢" in desk.get(gone).content.decode()
        assert "填过的内容没有丢" not in Client().get(gone).content.decode()
        first = signed_in_again(desk, cast.zhangmin)
        again = desk.get("/accounts/held/").context["held"]
        assert dict(again.fields) == {name: value for name, [value] in first.items()} == typed


def test_the_counters_page_comes_back_after_a_night() -> None:
    cast: Cast = assemble()
    desk = Client()
    at_desk(cast.liwei)
    with on(SEP24):
        desk.force_login(Account.objects.with_owner().get(pk=cast.liwei.account_id), backend=BACKEND)
        address = begin(desk, cast)
    typed = SHOP | marked(cast) | {"do": "accept"}
    with on(SEP24 + A_NIGHT):
        assert desk.post(address, typed)["Location"] == HELD
        told = signed_in_again(desk, cast.liwei)
        assert told == {name: [value] for name, value in typed.items()}
        assert desk.post(address, told).status_code == 302


def test_the_keepers_long_draft_comes_back_with_every_row(
    county: County, chenju: Officer, zhangmin: Officer, offices: object
) -> None:
    with time_machine.travel(NOW, tick=False):
        catalogue.load_demo(county, by=chenju, at=NOW, items=[FOOD])
        address = f"/catalogue/{Item.objects.get().pk}/draft/"
        desk = at_catalogue(zhangmin)
        typed = filled_in(page(desk, address))
        typed["summary"] = ["新写的话" * 50_000]
    with time_machine.travel(NOW + A_NIGHT, tick=False):
        gone = desk.post(address, typed)
        assert gone["Location"] == HELD
        desk.post(HELD, {"login": zhangmin.account.username, "password": PASSWORD, "next": "/accounts/held/"})
        held = desk.get("/accounts/held/").context["held"]
    del typed["csrfmiddlewaretoken"]
    assert sorted(held.fields) == sorted((name, value) for name, values in typed.items() for value in values)
