"""The stage of these tests: the catalogue's people and offices, and a demonstration county published once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from onewindow.catalogue import text
from onewindow.catalogue.acts import load_demo
from onewindow.catalogue.demo import offices as tables
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.demo.format import read_all
from onewindow.config.practice import filled
from onewindow.guidance import index
from onewindow.people.models import Officer
from onewindow.places.models import County, Department, Hall, Region, Window
from tests.cast import COUNTER, COUNTY, SEP24, _post, officer
from tests.catalogue.conftest import chenju, county, demo_uscc, hire, offices, zhangmin, zhaoqiang

__all__ = ["chenju", "county", "hire", "offices", "zhangmin", "zhaoqiang"]


class Keeper:
    """Whoever may publish all items of the demonstration."""

    actor_code = "keeper"

    def may(self, grant: object, subject: object | None = None) -> bool:
        return True


def one_of_each_department() -> list[ItemText]:
    """The first item of every department whose form can be filled in, and one that is settled on the spot."""
    able = [item for item in read_all() if filled(text.of_file(item, "罗山县").form) is not None]
    first = {item.department: item for item in reversed(able)}
    instant = next(item for item in able if item.case_kind == "即办件")
    return [*first.values(), *([instant] if instant not in first.values() else [])]


@pytest.fixture(scope="module")
def _hall(django_db_setup: None, django_db_blocker: Any) -> Iterator[Officer]:
    """Every department of the demonstration with its items, published and indexed once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        county = County.objects.create(code=COUNTY, name="罗山县", pack="zhanhe", demo=True)
        region = Region.objects.create(code=COUNTY, name="罗山县", level=4)
        Department.objects.bulk_create(
            Department(county=COUNTY, key=key, name=one.called("罗山县"), short=one.short, uscc=demo_uscc(n))
            for n, (key, one) in enumerate(tables.departments().items())
        )
        load_demo(county, by=Keeper(), at=SEP24, items=one_of_each_department())
        index.rebuild(COUNTY)
        hall = Hall.objects.create(
            county=COUNTY, region=region, kind="centre", name="政务服务中心", address="测试路1号"
        )
        Window.objects.create(hall=hall, number="3", name="综合受理", kinds=["comprehensive"])
        yield officer(COUNTY, "李伟", "C003", _post("综合窗口", "hall", COUNTER, hall=hall))
        transaction.set_rollback(True)


@pytest.fixture
def liwei(_hall: Officer, db: None) -> Officer:
    """李伟 at the comprehensive window of a county with all its departments and items."""
    return Officer.objects.get(pk=_hall.pk)
