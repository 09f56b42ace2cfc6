"""情形引导 on the guide: the answers stand in the address and narrow the page; the application begins with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from onewindow.catalogue import acts
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Item
from onewindow.ground.fields import lookup
from onewindow.intake.acts import Told, online
from onewindow.intake.models import Application
from onewindow.people.models import Account, Officer, Party
from onewindow.places.models import County, Department
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import paper_key
from tests.catalogue.conftest import FOOD, NOW

ITEMS = {item.key: item for item in read_all()}
ADOPTION = ITEMS["adoption_register"]
ELDER = ITEMS["elder_allowance"]
FAMILY = {
    name: [material.name for material in ADOPTION.materials if f"child={name}" in material.when]
    for name in ("found", "step")
}


@pytest.fixture
def shown(county: County, offices: dict[str, Department], chenju: Officer) -> dict[str, Item]:
    wanted = [
        replace(one, department="shichang") if one.department not in offices else one
        for one in (FOOD, ADOPTION, ELDER)
    ]
    acts.load_demo(county, by=chenju, at=NOW, items=wanted)
    return {item.name: item for item in Item.objects.all()}


def read(client: Client, item: Item, **chosen: str) -> str:
    answer = client.get(f"/items/{item.handle_code}/", {f"q-{key}": value for key, value in chosen.items()})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_guide_asks_the_questions_of_its_item_and_lists_everything_before_an_answer(
    client: Client, shown: dict[str, Item]
) -> None:
    page = read(client, shown[ADOPTION.name])
    assert ADOPTION.questions[0].ask in page
    assert "您最多要交" in page
    for material in ADOPTION.materials:
        assert material.name in page
    assert "公告查找生父母" in page


def test_an_answer_narrows_materials_steps_and_special_procedures(
    client: Client, shown: dict[str, Item]
) -> None:
    found = read(client, shown[ADOPTION.name], child="found")
    step = read(client, shown[ADOPTION.name], child="step")
    for page, mine, other in ((found, "found", "step"), (step, "step", "found")):
        assert "按您的情形，要交" in page
        for name in FAMILY[mine]:
            assert name in page
        for name in set(FAMILY[other]) - set(FAMILY[mine]):
            assert name not in page
    assert "公告查找生父母" in found
    assert "先公告满 60 日" in found
    assert "公告查找生父母" not in step
    assert "先公告满 60 日" not in step


def test_an_unknown_answer_narrows_nothing(client: Client, shown: dict[str, Item]) -> None:
    page = read(client, shown[ADOPTION.name], child="<script>", other="x")
    assert "您最多要交" in page
    assert "<script>&" not in page


def test_half_of_the_answers_leaves_what_may_still_be_wanted(client: Client, shown: dict[str, Item]) -> None:
    page = read(client, shown[FOOD.name], shop="meal")
    assert "还有 2 个问题没选" in page
    assert "这样才要交：" in page


def test_a_situation_of_the_window_offers_no_application_online(
    client: Client, shown: dict[str, Item]
) -> None:
    assert "在线申请</a>" in read(client, shown[ELDER.name], agent="self")
    village = read(client, shown[ELDER.name], agent="village")
    assert "在线申请</a>" not in village
    assert "由代办的人带材料到便民服务窗口交" in village


def test_the_leaflet_and_the_address_to_share_keep_what_was_chosen(
    client: Client, shown: dict[str, Item]
) -> None:
    item = shown[ADOPTION.name]
    page = read(client, item, child="step")
    assert f"http://testserver/items/{item.handle_code}/?q-child=step" in page
    leaflet = client.get(f"/items/{item.handle_code}/leaflet/?q-child=step").content.decode()
    assert "按这样的情形列出：收养的是哪一类孩子？继子女" in leaflet
    assert FAMILY["found"][-1] not in leaflet


@pytest.fixture
def wangfang(county: County) -> Party:
    account = Account.objects.create(
        username="wangfang", joined_at=NOW, password="!", password_changed_at=NOW
    )
    number = "991523198803040427"
    return Party.objects.create(
        kind="person",
        name="王芳",
        paper_kind="resident",
        paper_number=number,
        paper_hash=lookup(paper_key("resident", number)),
        phone="10095715339",
        account=account,
    )


@pytest.fixture
def signed_in(client: Client, wangfang: Party) -> Client:
    client.force_login(wangfang.account, backend="onewindow.people.signing.Backend")
    return client


def begin(client: Client, item: Item, wangfang: Party, **chosen: str) -> Application:
    sent: dict[str, Any] = {f"q-{key}": value for key, value in chosen.items()}
    page = client.get(f"/apply/{item.handle_code}/", sent).content.decode()
    assert "您选的情形" in page
    answer = client.post(
        f"/apply/{item.handle_code}/", {**sent, "applicant": wangfang.pk, "agrees": "on", "once": "x"}
    )
    assert answer.status_code == 302
    return Application.objects.latest("pk")


def test_the_answers_go_along_into_the_application(
    signed_in: Client, wangfang: Party, shown: dict[str, Item]
) -> None:
    mine = begin(signed_in, shown[ELDER.name], wangfang, agent="child")
    assert mine.draft["q-agent"] == ["child"]
    assert signed_in.get(f"/apply/draft/{mine.once}/")["Location"].endswith("/form/")


def test_an_answer_in_the_draft_is_not_overwritten_by_a_later_guide(
    signed_in: Client, wangfang: Party, shown: dict[str, Item]
) -> None:
    mine = begin(signed_in, shown[ELDER.name], wangfang, agent="child")
    again = begin(signed_in, shown[ELDER.name], wangfang, agent="self")
    assert again.pk == mine.pk
    assert again.draft["q-agent"] == ["child"]


def test_what_is_dealt_with_at_a_window_is_not_sealed_at_home(
    signed_in: Client, wangfang: Party, shown: dict[str, Item]
) -> None:
    mine = begin(signed_in, shown[ELDER.name], wangfang, agent="village")
    page = signed_in.post(f"/apply/draft/{mine.once}/situation/", {"q-agent": "village", "step": "situation"})
    assert page.status_code == 422
    assert "由代办的人带材料到便民服务窗口交" in page.content.decode()
    with pytest.raises(NotAllowed, match="不能自己在网上申请"):
        online.submit(mine, by=wangfang, at=NOW, told=Told(phone="10095715339"))
