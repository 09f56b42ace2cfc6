"""空白表格和样表: handed in, looked at, frozen with the version, and downloaded by everybody."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pypdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from onewindow.catalogue import acts, reads, ready, text
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Item, ItemVersion, MaterialPaper
from onewindow.intake.form import faults
from onewindow.letters import sheets
from onewindow.people.models import Account, Officer, Party
from onewindow.places.models import County, Department
from onewindow.web import papers
from tests.catalogue.conftest import FOOD, NOW, TODAY, at_desk

WHEN: dict[str, Any] = {"on": TODAY, "at": NOW}
Offices = dict[str, Department]
MANDATE = next(one for one in FOOD.materials if "授权委托书" in one.name)


@pytest.fixture
def food_item(county: County, offices: Offices, chenju: Officer) -> Item:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    return Item.objects.get()


def word_file(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w/>",
            **parts,
        }.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def draft_of(item: Item, by: Officer) -> ItemVersion:
    return acts.draft(item, text.of_file(replace(FOOD, summary="新的说明。"), "罗山县"), by=by, **WHEN)


def send(desk: Client, version: ItemVersion, name: str, content: bytes, **other: str) -> str:
    told = {"code": MANDATE.code, "role": "blank", "file": SimpleUploadedFile(name, content), **other}
    address = f"/catalogue/{version.item_id}/v/{version.number}/papers/"
    return desk.post(address, told, follow=True).content.decode()


def test_every_form_of_the_demonstration_can_be_downloaded_blank_and_filled(
    client: Client, food_item: Item
) -> None:
    guide = client.get(f"/items/{food_item.handle_code}/").content.decode()
    forms = [one for one in FOOD.materials if one.blank]
    for one in forms:
        for role, word in MaterialPaper.Role.choices:
            address = f"/items/{food_item.handle_code}/v/1/papers/{one.code}/{role}/"
            assert address in guide, one.name
            answer = client.get(address)
            assert answer["Content-Type"] == "application/pdf"
            assert answer["Content-Disposition"].startswith("attachment")
            said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
            assert "演示" in said
            assert ("王芳" in said) == (word == "样表"), one.name
            assert ("样表" in said) == (word == "样表"), one.name


def test_the_application_form_asks_for_what_the_screen_asks_for(client: Client, food_item: Item) -> None:
    sheet = client.get(f"/items/{food_item.handle_code}/v/1/papers/form/blank/").content
    said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheet)).pages).replace("\n", "")
    for one in FOOD.form:
        assert one.label in said


def test_what_a_sample_says_would_be_accepted_on_the_screen() -> None:
    wrong = {
        one.key: found
        for one in read_all()
        if (found := faults(form := text.of_file(one, "罗山县").form, sheets.sample_values(form, "罗山县")))
    }
    assert wrong == {}


def test_a_file_of_the_office_goes_before_the_generated_one_and_is_frozen_with_the_version(
    client: Client, food_item: Item, zhangmin: Officer, chenju: Officer
) -> None:
    version = draft_of(food_item, zhangmin)
    assert "已上传" in send(at_desk(zhangmin), version, "委托书.docx", word_file())
    change = acts.request_change(
        food_item,
        by=zhangmin,
        kind="alter",
        ground="practice",
        reason="换了委托书",
        wanted_on=TODAY,
        version=version,
        **WHEN,
    )
    acts.approve(change, by=chenju, opinion="同意", **WHEN)
    answer = client.get(f"/items/{food_item.handle_code}/v/2/papers/{MANDATE.code}/blank/")
    assert "wordprocessingml" in answer["Content-Type"]
    assert answer.content == word_file()
    assert "（Word）" in client.get(f"/items/{food_item.handle_code}/").content.decode()
    assert (
        client.get(f"/items/{food_item.handle_code}/v/1/papers/{MANDATE.code}/blank/").content[:5] == b"%PDF-"
    )
    with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic():
        MaterialPaper.objects.all().delete()
    assert "文件不能再改" in send(at_desk(zhangmin), version, "委托书.docx", word_file())
    following = draft_of(food_item, zhangmin)
    assert [(one.code, one.role) for one in following.papers.all()] == [(MANDATE.code, "blank")]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("委托书.docx", b"PK\x03\x04not a zip", "不完整或者有密码"),
        ("委托书.docx", word_file(**{"word/vbaProject.bin": b"x"}), "带有宏"),
        ("委托书.zip", word_file(), "后缀和内容不一致"),
        ("委托书.pdf", b"MZ\x90\x00", "Windows 程序"),
        ("委托书.pdf", b"<html><script>", "网页"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(
    food_item: Item, zhangmin: Officer, name: str, content: bytes, expected: str
) -> None:
    version = draft_of(food_item, zhangmin)
    assert expected in send(at_desk(zhangmin), version, name, content)
    assert not MaterialPaper.objects.exists()


def test_a_file_can_be_taken_out_of_a_draft(food_item: Item, zhangmin: Officer) -> None:
    version, desk = draft_of(food_item, zhangmin), at_desk(zhangmin)
    send(desk, version, "委托书.docx", word_file())
    address = f"/catalogue/{food_item.pk}/v/{version.number}/papers/"
    assert desk.get(f"{address}{MANDATE.code}/blank/").content == word_file()
    desk.post(address, {"code": MANDATE.code, "role": "blank", "out": "1"})
    assert not MaterialPaper.objects.exists()


def test_the_files_of_another_offices_draft_are_not_found(
    food_item: Item, zhangmin: Officer, zhaoqiang: Officer
) -> None:
    version = draft_of(food_item, zhangmin)
    send(at_desk(zhangmin), version, "委托书.docx", word_file())
    address = f"/catalogue/{food_item.pk}/v/{version.number}/papers/"
    desk = at_desk(zhaoqiang)
    assert desk.get(f"{address}{MANDATE.code}/blank/").status_code == 404
    assert desk.post(address, {"code": MANDATE.code, "role": "blank", "out": "1"}).status_code == 404
    assert MaterialPaper.objects.count() == 1


@pytest.mark.req("ZH-2.1.3c")
def test_outside_a_demonstration_a_form_without_both_files_blocks_the_release(
    client: Client, food_item: Item, county: County, zhangmin: Officer
) -> None:
    guide = client.get(f"/items/{food_item.handle_code}/").content.decode()
    for role in MaterialPaper.Role.values:
        assert f"/papers/{MANDATE.code}/{role}/" in guide
    version, desk = draft_of(food_item, zhangmin), at_desk(zhangmin)
    County.objects.update(demo=False)
    lacking = [gap.says for gap in ready.gaps(version) if MANDATE.name in gap.says]
    assert lacking == [
        f"第 {version.materials.get(code=MANDATE.code).order} 份“{MANDATE.name}”没有上传空白表格和样表"
    ]
    send(desk, version, "委托书.docx", word_file())
    send(desk, version, "委托书.docx", word_file(), role="sample")
    assert not [gap for gap in ready.gaps(version) if MANDATE.name in gap.says]
    send(desk, version, "x.docx", b"x", out="1", role="sample")
    assert [gap.says for gap in ready.gaps(version) if MANDATE.name in gap.says] != lacking


def test_a_sheet_that_is_not_there_is_not_found(client: Client, food_item: Item) -> None:
    for address in ("v/1/papers/M99/blank/", "v/1/papers/form/other/", "v/9/papers/form/blank/"):
        assert client.get(f"/items/{food_item.handle_code}/{address}").status_code == 404


COOPERATIVE = next(one for one in read_all() if one.key == "coop_new")


def test_the_step_of_the_materials_offers_the_sheets_beside_each(
    client: Client, county: County, offices: Offices, chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[COOPERATIVE])
    item = Item.objects.get()
    account = Account.objects.create(username="wangfang", joined_at=NOW, password_changed_at=NOW)
    told = {"kind": "person", "name": "王芳", "paper_kind": "resident", "paper_number": "991523198803040427"}
    party = Party.objects.create(account=account, paper_hash=b"1" * 32, **told)
    with time_machine.travel(NOW, tick=False):
        client.force_login(account, "onewindow.people.signing.Backend")
        begun = client.post(f"/apply/{item.address}/", {"applicant": party.pk, "agrees": "on"})
        draft = begun.headers["Location"]
        first = {f"q-{one.key}": one.options[0].key for one in COOPERATIVE.questions}
        client.post(f"{draft}situation/", first)
        page = client.get(f"{draft}papers/").content.decode()
    forms = [one for one in COOPERATIVE.materials if one.blank and not one.when]
    assert {"在线填" in one.fill for one in forms} == {True, False}
    for one in forms:
        for role in MaterialPaper.Role.values:
            offered = f"/items/{item.address}/v/1/papers/{one.code}/{role}/" in page
            assert offered == ("在线填" not in one.fill), one.name


def test_the_sheets_read_with_the_materials_are_those_of_the_guide(
    food_item: Item, county: County, zhangmin: Officer
) -> None:
    version = draft_of(food_item, zhangmin)
    send(at_desk(zhangmin), version, "委托书.docx", word_file())
    guide = reads.Guide(food_item, version, tuple(version.materials.all()), None)
    whole = reads.Guide(food_item, version, tuple(reads.with_sheets(version)), None)
    assert papers.offered_beside(county, whole) == papers.offered(county, guide)
    assert [one.type for one in papers.offered(county, guide)[MANDATE.code]] == ["Word", "PDF"]
