"""What the files of the applicant and his family say is not asked again at the window."""

import re
from datetime import date

import pytest
from django.test import Client

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.people.acts import PartyData, file_party
from onewindow.people.models import Party
from onewindow.rules.grants import FOUNDER
from onewindow.rules.identity import demo_id
from tests.cast import SEP24, Cast, assemble
from tests.web.citizen import on
from tests.web.desks import at_desk, begin, find

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def liwei(cast: Cast) -> Client:
    return at_desk(cast.liwei)


def test_birth_and_sex_are_asked_only_where_the_number_does_not_tell(liwei: Client) -> None:
    with on(SEP24):
        page = find(liwei, demo_id(1523, date(2001, 5, 4), 31)).content.decode()
    asked = re.findall(
        r'data-show-if="paper_kind=([^"]*)"><div class="ow-field">\s*<label[^>]*for="id_(\w+)"', page
    )
    kinds = {name: told.split("|") for told, name in asked}
    assert {"passport", "foreign_residence", "officer_card"} <= set(kinds["born"])
    assert not {"resident", "household", "hmt_residence", "uscc", "other_org"} & {
        *kinds["born"],
        *kinds["sex"],
    }


def school(cast: Cast) -> None:
    """The item's form asks for a child, as the enrolment does."""
    rows = [
        {"key": "shop", "label": "孩子姓名", "known": "child.name"},
        {"key": "area", "label": "面积"},
        {"key": "number", "label": "孩子公民身份号码", "known": "child.number"},
        {"key": "home", "label": "居住地址", "known": "child.address"},
    ]
    words = {"type": "string"}
    properties = {"shop": words, "area": {"type": "number"}, "number": words, "home": words}
    form = {"schema": {"type": "object", "properties": properties}, "layout": rows}
    version = ItemVersion.objects.get(pk=cast.version.pk)
    version.pk, version.number, version.state, version.form = None, 2, "draft", form
    version.save()
    ItemVersion.objects.filter(pk=cast.version.pk).update(state="retired")
    ItemVersion.objects.filter(pk=version.pk).update(state="published")
    Item.objects.filter(pk=version.item_id).update(current=version)
    cast.version = version


def child_of(guardian: Party, name: str, number: str) -> Party:
    told = PartyData(
        paper_kind="household",
        paper_number=number,
        name=name,
        guardian=guardian,
        guardian_relation="母亲",
    )
    return file_party(told, by=FOUNDER, at=SEP24)


def test_a_child_known_to_the_family_is_not_typed_again(cast: Cast, liwei: Client) -> None:
    Party.objects.filter(pk=cast.wangfang.pk).update(address="测试路 58 号", born=date(1988, 3, 4))
    number = demo_id(1523, date(2018, 6, 1), 28)
    child_of(Party.objects.get(pk=cast.wangfang.pk), "李小雨", number)
    school(cast)
    with on(SEP24):
        page = liwei.get(begin(liwei, cast)).content.decode()
        find(liwei, number, "household")
        own = liwei.post("/counter/begin/", {"version": cast.version.pk}).url
        as_child = liwei.get(own).content.decode()
    for shown in (page, as_child):
        assert 'value="李小雨"' in shown
        assert f'value="{number}"' in shown
        assert 'value="测试路 58 号"' in shown
        assert shown.count("档案里有，请核对") == 3


def test_of_two_children_none_is_guessed(cast: Cast, liwei: Client) -> None:
    Party.objects.filter(pk=cast.wangfang.pk).update(born=date(1988, 3, 4))
    mother = Party.objects.get(pk=cast.wangfang.pk)
    child_of(mother, "李小雨", demo_id(1523, date(2018, 6, 1), 28))
    child_of(mother, "李小雪", demo_id(1523, date(2019, 6, 1), 46))
    school(cast)
    with on(SEP24):
        page = liwei.get(begin(liwei, cast)).content.decode()
    assert "李小" not in page
    assert "档案里有" not in page
