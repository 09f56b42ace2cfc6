"""谁能申请: an item for firms is not begun for a person, nor the other way round, without a word."""

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.catalogue.models import Item
from onewindow.intake.models import Application
from onewindow.people.models import Account, Party
from tests.cast import SEP24, Cast, assemble, at
from tests.web.citizen import on
from tests.web.desks import at_desk, find

FIRMS, PEOPLE = ["个体工商户", "企业法人"], ["自然人"]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def shop(**more: object) -> Party:
    told = {"kind": "org", "name": "罗山县芳邻小面馆", "paper_kind": "uscc", "paper_hash": b"shop"}
    return Party.objects.create(**told, **more)


def for_whom(*audience: str) -> None:
    Item.objects.update(audience=list(audience), online_depth=3)


def test_the_counter_says_before_the_form_that_an_item_is_for_firms(cast: Cast) -> None:
    for_whom(*FIRMS)
    liwei, chosen = at_desk(cast.liwei), {"version": cast.version.pk}
    with on(SEP24):
        find(liwei)
        listed = liwei.get(reverse("counter_items"), {"q": "食品经营"}).content.decode()
        answer = liwei.post(reverse("counter_begin"), chosen)
        page = answer.content.decode()
        assert (answer.status_code, Application.objects.count()) == (409, 0)
        insisted = liwei.post(reverse("counter_begin"), {**chosen, "anyway": "yes"})
    assert "单位才能申请" in listed
    assert "不能用王芳本人的名义申请" in page
    assert "刷单位的证件" in page
    assert insisted.status_code == 302
    assert Application.objects.get().applicant == cast.wangfang


def test_the_counter_says_that_an_item_is_for_people(cast: Cast) -> None:
    for_whom(*PEOPLE)
    firm, liwei = shop(), at_desk(cast.liwei)
    with on(SEP24):
        find(liwei)
        session = liwei.session
        session["in_front"] = firm.pk
        session.save()
        answer = liwei.post(reverse("counter_begin"), {"version": cast.version.pk})
    page = answer.content.decode()
    assert (answer.status_code, Application.objects.count()) == (409, 0)
    assert "不能用罗山县芳邻小面馆的名义申请" in page
    assert "刷本人的证件" in page


@pytest.mark.parametrize("audience", [[], ["自然人", "企业法人"]])
def test_an_item_for_everybody_or_for_both_begins_at_once(cast: Cast, audience: list[str]) -> None:
    for_whom(*audience)
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        find(liwei)
        assert liwei.post(reverse("counter_begin"), {"version": cast.version.pk}).status_code == 302


@pytest.mark.parametrize(
    ("audience", "sentence", "offered"),
    [
        (FIRMS, "由个体工商户、企业法人申请，不能用王芳本人的名义申请。", "罗山县芳邻小面馆</b>"),
        (PEOPLE, "由自然人申请，不能用罗山县芳邻小面馆的名义申请。", "王芳</b>"),
    ],
)
def test_online_the_same_is_said_beside_whom_one_may_choose(
    cast: Cast, client: Client, audience: list[str], sentence: str, offered: str
) -> None:
    for_whom(*audience)
    account = Account.objects.create(username="wangfang", joined_at=at(1, 5), password_changed_at=at(1, 5))
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    shop(representative=cast.wangfang)
    with on(SEP24):
        client.force_login(account, "onewindow.people.signing.Backend")
        page = client.get(reverse("apply", args=[cast.version.item.address])).content.decode()
    assert sentence in page
    assert offered in page
