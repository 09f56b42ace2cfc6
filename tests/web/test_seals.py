"""The page of seals: two administrators, one loads and the other confirms; nobody else sees it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from django.test import Client

from onewindow.cases.models import Case
from onewindow.ground import files
from onewindow.letters.models import Letter, Seal
from onewindow.people.models import Post
from onewindow.places.models import County
from onewindow.rules.grants import Grant
from onewindow.web.views.verify import look_at
from tests.cast import SEP24, at, carry_out
from tests.letters.seals import PASSPHRASE, key_file, seal_png
from tests.people.conftest import Stage
from tests.web.stage import give_accounts, sign_in

HOME = "/manage/seals/"
NAME = "罗山县市场监督管理局行政许可专用章"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture(autouse=True)
def real(stage: Stage) -> Iterator[None]:
    """A real installation whose two administrators may load seals."""
    give_accounts(stage)
    County.objects.update(demo=False)
    post = Post.objects.get(held__officer=stage.admin)
    post.grants = [*post.grants, Grant.SEAL_LOAD.value]
    post.save()
    with time_machine.travel(SEP24, tick=False):
        yield


def signed_in(username: str) -> Client:
    client = Client()
    sign_in(client, username)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def form(stage: Stage, **changes: object) -> dict[str, object]:
    picture, key = BytesIO(seal_png()), BytesIO(key_file())
    picture.name, key.name = "seal.png", "seal.p12"
    told = {
        "department": stage.cast.market.pk,
        "name": NAME,
        "picture": picture,
        "key_file": key,
        "passphrase": PASSPHRASE,
        "in_force_from": "2026-09-24",
    }
    return told | changes


def loaded(stage: Stage, client: Client) -> str:
    answer = client.post(f"{HOME}new/", form(stage))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def invented(stage: Stage) -> Case:
    """王芳's number is accepted in a demonstration alone; the letter of her case is made outside one."""
    County.objects.update(demo=True)
    case = stage.cast.accepted(at(9, 24, 11))
    County.objects.update(demo=False)
    return case


def test_one_loads_another_looks_and_confirms_and_the_letters_carry_it(stage: Stage) -> None:
    first, second = signed_in("admin"), signed_in("admin2")
    assert "2 个部门还没有启用的印章" in text(first, HOME)
    page = loaded(stage, first)
    assert "是您装入的" in text(first, page)
    seen = text(second, page)
    for word in ("签名核验通过", "测试发证机构", "ECDSA P-256", "2027-01-01", "郑凯"):
        assert word in seen
    assert second.get(f"{page}sample.pdf").content.startswith(b"%PDF-")
    assert second.get(f"{page}sample.png").content.startswith(b"\x89PNG")
    assert second.post(page, {"compared": "on"}).headers["Location"] == HOME
    assert "使用中" in text(first, HOME)
    case = invented(stage)
    carry_out(case.subject)
    looked, letter = look_at(files.read(Letter.objects.get(kind="accepted").file), None)
    assert (looked.tone, letter) == ("green", Letter.objects.get(kind="accepted"))
    assert "电子签名有效（罗山县市场监督管理局（测试）" in looked.text
    assert b"BEGIN CERTIFICATE" in Client().get("/verify/root.pem").content


def test_the_one_who_loaded_cannot_confirm_even_past_the_page(stage: Stage) -> None:
    first = signed_in("admin")
    page = loaded(stage, first)
    assert "不能自己确认" in first.post(page, {"compared": "on"}).content.decode()
    assert Seal.objects.get().confirmed_at is None


def test_who_has_not_compared_is_asked_to(stage: Stage) -> None:
    page = loaded(stage, signed_in("admin"))
    second = signed_in("admin2")
    assert "我都核对过" in second.post(page, {}).content.decode()
    assert Seal.objects.get().confirmed_at is None


def test_a_wrong_passphrase_stands_beside_its_field_and_nothing_is_kept(stage: Stage) -> None:
    client = signed_in("admin")
    answer = client.post(f"{HOME}new/", form(stage, passphrase="不是这个"))
    assert set(answer.context["form"].errors) == {"passphrase"}
    assert "密码不对" in answer.content.decode()
    assert "不是这个" not in answer.content.decode()
    assert not Seal.objects.exists()


def test_a_seal_is_ended_by_the_other_one_and_its_life_can_be_read(stage: Stage) -> None:
    first, second = signed_in("admin"), signed_in("admin2")
    page = loaded(stage, first)
    text(second, page)
    second.post(page, {"compared": "on"})
    assert first.post(f"{page}end/", {"reason": "印章遗失"}).status_code == 302
    assert "在这以前印章照常使用" in text(first, page)
    assert "不能自己确认" in first.post(f"{page}end/confirm/").content.decode()
    assert "印章遗失" in text(second, f"{page}end/confirm/")
    assert second.post(f"{page}end/confirm/").status_code == 302
    told = text(first, page)
    for word in ("看过样张后确认", "提请停用：印章遗失", "私钥已销毁", "已停用"):
        assert word in told
    assert "以前的印章" in text(first, HOME)


def test_a_proposed_end_may_be_dropped_and_a_waiting_seal_sent_back(stage: Stage) -> None:
    first, second = signed_in("admin"), signed_in("admin2")
    page = loaded(stage, first)
    assert second.post(f"{page}refuse/", {"reason": "图样不对"}).status_code == 302
    assert "退回：图样不对" in text(first, page)
    page = loaded(stage, first)
    text(second, page)
    second.post(page, {"compared": "on"})
    first.post(f"{page}end/", {"reason": "点错了"})
    assert second.post(f"{page}end/keep/").status_code == 302
    assert Seal.objects.get(begun_at__isnull=False).state == "in_force"


@pytest.mark.parametrize("username", ["liwei", "zhangmin", "chenju", "zhaoqiang", "sunli"])
def test_nobody_without_the_power_sees_seals(stage: Stage, username: str) -> None:
    page = loaded(stage, signed_in("admin"))
    client = signed_in(username)
    paths = (HOME, f"{HOME}new/", page, f"{page}sample.pdf", f"{page}sample.png", f"{page}refuse/")
    assert {client.get(path).status_code for path in paths} == {403}
    assert client.post(page, {"compared": "on"}).status_code == 403


def test_usual_posts_fill_the_form(stage: Stage) -> None:
    page = text(signed_in("admin"), "/manage/organisation/posts/new/?usual=issuing")
    assert 'value="出件岗"' in page
    assert page.count(" checked") == 4
    assert "cases:tick" not in page
    assert "account:open-own" not in page
