"""Keepers of the catalogue and administrators who press at the same moment: what they wanted is there once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from onewindow.catalogue import acts, text
from onewindow.catalogue.models import Change, ImportRun, Item
from onewindow.journal.reads import verify
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from onewindow.rules.identity import demo_uscc
from tests.cast import COUNTY, SEP24
from tests.catalogue.conftest import FOOD, NOW, TODAY, chenju, county, hire, offices, zhangmin
from tests.catalogue.conftest import at_desk as at_catalogue
from tests.catalogue.test_desk import filled_in, page
from tests.catalogue.test_import import as_csv, line
from tests.faults.test_at_once import at_once
from tests.people.conftest import Stage, stage
from tests.web.citizen import on
from tests.web.stage import PASSWORD, give_accounts, sign_in

__all__ = ["chenju", "county", "hire", "offices", "stage", "zhangmin"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
PRESSES = 4
WHEN = {"on": TODAY, "at": NOW}
Told = Callable[[], dict[str, Any]]


def count(statement: str, *told: object) -> int:
    """What the database itself counts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {statement}", told)
        row = cursor.fetchone()
    return int(row[0])


def facts(*names: str) -> int:
    return count("journal_entry WHERE fact = ANY(%s)", list(names))


def press(clients: list[Client], address: str, told: Told) -> list[int]:
    """One button, pressed by each of them four times before anything came back."""

    def send(client: Client) -> Any:
        again = Client()
        again.cookies = client.cookies
        return again.post(address, told())

    hands = [lambda client=client: send(client) for client in clients for _ in range(PRESSES)]
    answers = [answer.status_code for answer in at_once(*hands)]
    assert max(answers) < 500, (address, answers)
    return answers


def test_the_keepers_of_an_item_press_at_once_and_each_step_is_done_once(
    county: County, offices: dict[str, Department], zhangmin: Officer, chenju: Officer, hire: Any
) -> None:
    with time_machine.travel(NOW, tick=False):
        desk, office = at_catalogue(zhangmin), at_catalogue(chenju)
        told = {"department": offices["shichang"].pk, "base_code": FOOD.code, "seq": "2", "name": "测试事项"}
        press([desk], "/catalogue/new/", lambda: told)
        assert count("catalogue_item") == 1
        item = Item.objects.get()
        acts.draft(item, text.of_file(FOOD, "罗山县"), by=zhangmin, **WHEN)
        steps: list[tuple[Client, str, dict[str, str], str]] = [
            (office, "settle/", {"moved_in": "1", "staffed": "1", "empowered": "1"}, ""),
            (office, "v/1/do/review/", {}, "VersionReviewed"),
            (office, "v/1/do/publish/", {}, "VersionPublished"),
            (office, "state/suspend/", {"reason": "系统升级"}, "ItemSuspended"),
            (office, "state/resume/", {"reason": "升级完了"}, "ItemResumed"),
        ]
        for client, where, fields, fact in steps:
            press([client], f"/catalogue/{item.pk}/{where}", lambda fields=fields: fields)
            assert not fact or facts(fact) == 1, (where, _facts())
        assert count("catalogue_itemversion WHERE state = 'published'") == 1
    assert verify() == []


def _facts() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fact FROM journal_entry ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_a_draft_saved_by_two_at_once_is_one_version(
    county: County, offices: dict[str, Department], zhangmin: Officer, chenju: Officer
) -> None:
    with time_machine.travel(NOW, tick=False):
        acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
        item = Item.objects.get()
        desk, office = at_catalogue(zhangmin), at_catalogue(chenju)
        typed = filled_in(page(desk, f"/catalogue/{item.pk}/draft/"))
        typed.pop("csrfmiddlewaretoken", None)
        press([desk, office], f"/catalogue/{item.pk}/draft/", lambda: typed)
        assert count("catalogue_itemversion WHERE item_id = %s", item.pk) == 2
        assert count("catalogue_itemversion WHERE item_id = %s AND state <> 'published'", item.pk) == 1
        many = "(SELECT version_id, code FROM catalogue_material GROUP BY 1, 2 HAVING count(*) > 1) AS twice"
        assert count(many) == 0
    assert verify() == []


def test_a_change_is_asked_for_and_decided_once(
    county: County, offices: dict[str, Department], zhangmin: Officer, chenju: Officer, hire: Any
) -> None:
    with time_machine.travel(NOW, tick=False):
        acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
        item, desk, office = Item.objects.get(), at_catalogue(zhangmin), at_catalogue(chenju)
        told = {"which": "implementing", "kind": "suspend", "ground": "business", "reason": "系统升级"}
        told["wanted_on"] = "2026-12-01"
        press([desk], f"/catalogue/{item.pk}/change/", lambda: told)
        assert count("catalogue_change") == 1
        asked = Change.objects.get()
        press([office], f"/catalogue/changes/{asked.pk}/", lambda: {"opinion": "同意"})
        assert facts("ChangeApproved", "ChangeDeclined") == 1
    assert verify() == []


def test_a_checked_file_is_taken_in_once(
    county: County, offices: dict[str, Department], zhangmin: Officer
) -> None:
    with time_machine.travel(NOW, tick=False):
        desk = at_catalogue(zhangmin)
        content = as_csv(line("好的事项", "A-1"))
        desk.post("/catalogue/import/", {"file": SimpleUploadedFile("目录.csv", content)})
        checked = ImportRun.objects.get()
        acts.carry_out_import(county, checked, by=zhangmin, at=NOW)
        press([desk], f"/catalogue/import/{checked.pk}/take-in/", dict)
        for run in ImportRun.objects.filter(dry=False):
            acts.carry_out_import(county, run, by=zhangmin, at=NOW)
        assert count("catalogue_item WHERE name = '好的事项'") == 1
        assert count("catalogue_importrun WHERE NOT dry") == 1
    assert verify() == []


def test_two_administrators_press_at_once_and_each_thing_is_there_once(stage: Stage) -> None:
    give_accounts(stage)
    with on(SEP24):
        both = [Client(), Client()]
        for client, name in zip(both, ("admin", "admin2"), strict=True):
            assert sign_in(client, name).status_code == 302
        home, windows = "/manage/organisation/", "/manage/windows/"
        window, zhao = stage.cast.window, stage.cast.zhaoqiang
        until = {"officer": stage.sunli.pk, "since": "2026-09-24", "until": "2026-09-25", "reason": "休假"}
        place = {"address": "测试路 9 号", "hours": "周一至周五", "phone": "0000-0000000"}
        pressed: list[tuple[str, dict[str, Any], str, int]] = [
            (
                f"{home}departments/new/",
                {
                    "name": "罗山县测试局",
                    "key": "ceshi",
                    "short": "罗测",
                    "uscc": demo_uscc("11", 77),
                    "phone": "0000-0000000",
                },
                "places_department WHERE key = 'ceshi'",
                1,
            ),
            (
                f"{home}posts/new/",
                {"name": "审核岗", "department": stage.cast.police.pk, "grants": ["cases:accept"]},
                f"people_post WHERE name = '审核岗' AND department_id = {stage.cast.police.pk}",
                1,
            ),
            (
                f"{windows}halls/new/",
                {"name": "测试驿站", "kind": "outpost", "region": COUNTY, **place},
                "places_hall WHERE name = '测试驿站'",
                1,
            ),
            (
                f"{home}officers/new/",
                {"name": "林小满", "staff_no": "N77", "username": "linxiaoman", "password1": PASSWORD},
                "people_officer WHERE staff_no = 'N77'",
                1,
            ),
            (f"{home}posts/{stage.desk.pk}/stand-in/", until, "people_holding WHERE kind = 'stand_in'", 1),
            (
                f"{windows}{window.pk}/close/",
                {"reason": "检修"},
                "journal_entry WHERE fact = 'WindowClosed'",
                1,
            ),
            (
                f"{windows}halls/{window.hall_id}/open/",
                {"number": window.number, "name": window.name, "kinds": window.kinds},
                "journal_entry WHERE fact = 'WindowOpened'",
                1,
            ),
            (
                "/manage/settings/staff.session_minutes/",
                {"value": "20", "reason": "公用电脑多"},
                "places_settingchange WHERE name = 'staff.session_minutes'",
                1,
            ),
            (
                f"{home}officers/{zhao.pk}/close/",
                {"reason": "调离"},
                "journal_entry WHERE fact = 'PostEnded'",
                1,
            ),
        ]
        wrong = []
        for address, fields, of, wanted in pressed:
            press(both, address, lambda fields=fields: fields)
            if count(of) != wanted:
                wrong.append((address, count(of)))
        token = {"name": "对接", "username": "liwei", "scopes": ["read"], "expires_on": "2027-03-31"}
        press(both[:1], "/manage/tokens/new/", lambda: token)
        made = count("people_apitoken WHERE name = '对接'")
    assert (wrong, made) == ([], 1), _facts()
    assert verify() == []
