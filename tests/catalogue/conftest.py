"""The cast and the offices of the catalogue's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from onewindow.catalogue.demo import offices as tables
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.demo.format import read_all
from onewindow.ground.clock import SHANGHAI
from onewindow.people.models import Account, Holding, Officer, Post
from onewindow.places import acts as places
from onewindow.places.models import County, Department
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.rules.identity import _USCC_ALPHABET, _USCC_WEIGHTS

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, 0, 123_456, tzinfo=SHANGHAI)  # as a clock gives it
CODE = "411521000000"
FOOD = next(item for item in read_all() if item.key == "food_business_new")
ID_CARD = next(item for item in read_all() if item.key == "id_card_renew")
ALL_GRANTS = (Grant.CATALOGUE_DRAFT, Grant.CATALOGUE_REVIEW, Grant.CATALOGUE_PUBLISH)


def demo_uscc(number: int) -> str:
    """A demonstration code: area digits 99, sound check digit."""
    body = f"1199{number:04}MB{number:07}"[:17]
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(body, _USCC_WEIGHTS, strict=True))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]


@pytest.fixture
def county(db: None) -> County:
    return County.objects.create(code=CODE, name="罗山县", pack="luoshan", demo=True)


@pytest.fixture
def offices(county: County) -> dict[str, Department]:
    rows = [
        Department(
            county=county.code,
            key=key,
            name=table.called(county.name),
            short=table.short,
            uscc=demo_uscc(n),
            phone="0000-0000000",
        )
        for n, (key, table) in enumerate(sorted(tables.departments().items()), 1)
    ]
    return {row.key: row for row in Department.objects.bulk_create(rows)}


Hire = Callable[..., Officer]
PASSWORD = "石榴花开满院-2026"


def at_desk(officer: Officer) -> Client:
    """The officer's own browser, signed in."""
    told = {"name": "staff.second_factor", "value": False, "reason": "测试"}
    places.change_setting(County.objects.get(), by=FOUNDER, at=NOW, **told)
    client = Client()
    client.post("/accounts/login/", {"login": officer.account.username, "password": PASSWORD})
    return client


@pytest.fixture
def hire(county: County) -> Hire:
    def make(name: str, *grants: Grant, office: Department | None = None) -> Officer:
        account = Account(username=f"u{Account.objects.count()}", joined_at=NOW, password_changed_at=NOW)
        account.set_password(PASSWORD)
        account.save()
        officer = Officer.objects.create(
            county=county.code, account=account, name=name, staff_no=f"{account.pk:05}"
        )
        scope = Post.Scope.COUNTY if office is None else Post.Scope.DEPARTMENT
        post = Post.objects.create(
            county=county.code, name="岗位", scope=scope, department=office, grants=[g.value for g in grants]
        )
        Holding.objects.create(officer=officer, post=post, since=date(2026, 1, 1))
        return officer

    return make


@pytest.fixture
def zhangmin(hire: Hire, offices: dict[str, Department]) -> Officer:
    """张敏 of the market office: drafts its items and asks for changes."""
    return hire("张敏", Grant.CATALOGUE_DRAFT, office=offices["shichang"])


@pytest.fixture
def chenju(hire: Hire) -> Officer:
    """陈局 of the managing office of the county: reviews and publishes."""
    return hire("陈局", Grant.CATALOGUE_REVIEW, Grant.CATALOGUE_PUBLISH)


@pytest.fixture
def zhaoqiang(hire: Hire, offices: dict[str, Department]) -> Officer:
    """赵强 of the police: holds every power over the catalogue, in his own office."""
    return hire("赵强", *ALL_GRANTS, office=offices["gongan"])


@pytest.fixture
def food() -> ItemText:
    return FOOD
