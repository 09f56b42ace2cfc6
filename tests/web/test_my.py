"""One's own space: registering, what is mine and nobody else's, whom I act for, and my rights over my data."""

import json
import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from onewindow.cases.models import Case
from onewindow.ground.fields import lookup
from onewindow.intake.models import Application
from onewindow.journal.models import Access
from onewindow.notices.models import Code, Message, Sending
from onewindow.people.models import Account, Party
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import demo_id, demo_uscc, paper_key
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.web.citizen import on, page_of
from tests.web.stage import PASSWORD

NUMBER = demo_id(1523, date(1990, 5, 6), 21)
PHONE = "10012345678"
TYPED = {
    "name": "赵小梅",
    "paper_kind": "resident",
    "paper_number": NUMBER,
    "username": "zhaoxiaomei",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def demonstration(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.DEMO = True


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    return cast


@pytest.fixture
def wangfang(cast: Cast) -> Client:
    client = Client()
    with on(SEP24):
        client.force_login(cast.wangfang.account, "onewindow.people.signing.Backend")
    return client


def code() -> str:
    """The six digits as the visible outbox shows them."""
    found = re.search(r"验证码 (\d{6})", Sending.objects.order_by("-pk").first().text)
    assert found is not None
    return found[1]


def register(client: Client, phone: str = PHONE, **typed: str):
    with on(SEP24):
        client.post("/register/", {"phone": phone})
        return client.post("/register/paper/", {**TYPED, "code": code(), **typed})


# --- registering


def test_a_new_person_registers_with_the_code_and_is_signed_in(cast: Cast, client: Client) -> None:
    assert register(client).headers["Location"] == "/my/"
    with on(SEP24):
        page = client.get("/my/").content.decode()
    assert "赵小梅的空间" in page
    party = Party.objects.get(account__username="zhaoxiaomei")
    assert (party.paper_number, party.phone, party.born) == (NUMBER, PHONE, date(1990, 5, 6))
    assert Access.objects.filter(what="sign-in", by=party.actor_code).exists()


def test_the_outbox_of_the_demonstration_shows_the_code_and_no_other_place_does(
    cast: Cast, client: Client, settings
) -> None:
    with on(SEP24):
        client.post("/register/", {"phone": PHONE})
        assert code() in client.get("/outbox/").content.decode()
        assert code() not in client.get("/register/paper/").content.decode()
        settings.DEMO = False
        assert client.get("/outbox/").status_code == 404
        assert client.get("/register/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "000000"}, "验证码不对"),
        ({"paper_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "最后一位与前面的数字不符"),
        ({"password1": "1234567890", "password2": "1234567890"}, "密码"),
        ({"password2": "andere-2026-xx"}, "两次输入的密码不一样"),
        ({"username": "王"}, "用户名用小写字母开头"),
        ({"username": "wangfang"}, "已经有人使用"),
        ({"paper_number": demo_id(1523, date(2015, 1, 1), 21)}, "未满十八周岁"),
    ],
)
def test_each_wrong_field_has_its_sentence(
    cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = register(client, **typed)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Party.objects.filter(name="赵小梅").exists()


def test_a_slip_in_another_field_costs_no_second_code(cast: Cast, client: Client) -> None:
    assert register(client, password2="andere-2026-xx").status_code == 422
    with on(SEP24):
        assert client.post("/register/paper/", {**TYPED, "code": code()}).status_code == 302
    assert Sending.objects.count() == 1


def test_a_code_is_good_for_ten_minutes_and_five_wrong_tries(cast: Cast, client: Client) -> None:
    with on(SEP24):
        client.post("/register/", {"phone": PHONE})
    with on(SEP24 + timedelta(minutes=11)):
        late = client.post("/register/paper/", {**TYPED, "code": code()})
    assert "过了 10 分钟" in late.content.decode()
    with on(SEP24 + timedelta(minutes=12)):
        client.post("/register/", {"phone": PHONE})
        for _ in range(5):
            client.post("/register/paper/", {**TYPED, "code": "x"})
        spent = client.post("/register/paper/", {**TYPED, "code": code()})
    assert "输错太多次" in spent.content.decode()


def test_codes_are_not_sent_without_end(cast: Cast, client: Client) -> None:
    with on(SEP24):
        answers = [client.post("/register/", {"phone": PHONE}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert Sending.objects.count() == 3


def test_a_code_is_kept_as_a_hash_alone(cast: Cast, client: Client) -> None:
    with on(SEP24):
        client.post("/register/", {"phone": PHONE})
    kept = Code.objects.get()
    assert code().encode() not in bytes(kept.code)
    assert PHONE.encode() not in bytes(kept.phone)


def test_nobody_takes_over_what_a_window_has_on_file(cast: Cast, client: Client) -> None:
    """A number that is known is not enough: name and telephone must be those on file, told in one sentence."""
    Party.objects.filter(pk=cast.wangfang.pk).update(account=None)
    known = {"name": "王芳", "paper_number": cast.wangfang.paper_number}
    wrong_phone = register(client, **known).content.decode()
    wrong_name = register(Client(), cast.wangfang.phone, **{**known, "name": "王方"}).content.decode()
    sentence = "填的姓名、手机和窗口登记的对不上"
    assert sentence in wrong_phone
    assert sentence in wrong_name
    assert cast.wangfang.phone_masked not in wrong_phone
    assert register(Client(), cast.wangfang.phone, **known).status_code == 302
    cast.wangfang.refresh_from_db()
    assert cast.wangfang.account.username == "zhaoxiaomei"


def test_a_paper_registers_once(cast: Cast, client: Client) -> None:
    answer = register(client, cast.wangfang.phone, name="王芳", paper_number=cast.wangfang.paper_number)
    assert "这个证件已经注册过" in answer.content.decode()


# --- what is mine


def test_my_cases_my_childs_and_my_firms_are_mine_and_no_others(cast: Cast, wangfang: Client) -> None:
    mine = cast.accepted()
    child = Party.objects.create(
        kind="person", name="李小雨", paper_kind="household", paper_number="x", paper_hash=b"x",
        guardian=cast.wangfang,
    )  # fmt: skip
    theirs = cast.accepted(at(9, 24, 11))
    Case.objects.filter(pk=theirs.pk).update(applicant=child, applicant_name="李小雨")
    stranger = Party.objects.create(
        kind="person", name="赵六", paper_kind="resident", paper_number="y", paper_hash=b"y"
    )
    foreign = cast.accepted(at(9, 24, 12))
    Case.objects.filter(pk=foreign.pk).update(applicant=stranger)
    with on(SEP24):
        page = wangfang.get("/my/").content.decode()
        assert mine.number in page
        assert theirs.number in page
        assert foreign.number not in page
        assert wangfang.get(page_of(theirs)).status_code == 200
        assert wangfang.get(page_of(foreign)).status_code == 302


def test_the_list_is_paged_by_key_and_costs_at_most_five_statements(
    cast: Cast, wangfang: Client, django_assert_max_num_queries
) -> None:
    for hour in range(3):
        cast.accepted(SEP24 + timedelta(hours=hour))
    latest = Case.objects.order_by("-pk").first()
    with on(SEP24):
        with django_assert_max_num_queries(5 + 3):  # session, account, for whom he speaks
            wangfang.get("/my/")
        page = wangfang.get("/my/", {"after": latest.pk}).content.decode()
    assert latest.number not in page
    assert "LS-260924-0001" in page


def test_messages_are_new_until_they_are_read(cast: Cast, wangfang: Client) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    with on(SEP24):
        assert "2 条没看" in wangfang.get("/my/").content.decode()
        assert "已受理" in wangfang.get("/my/messages/").content.decode()
        wangfang.post("/my/messages/read/")
        assert "没看" not in wangfang.get("/my/messages/").content.decode()


def test_papers_given_before_show_whether_they_can_stand_again(cast: Cast, wangfang: Client) -> None:
    case = cast.accepted()
    case.application.submitted.filter(material=cast.materials[0]).update(valid_until=date(2026, 9, 1))
    with on(SEP24):
        page = wangfang.get("/my/papers/").content.decode()
    assert (page.count("可以再用"), page.count("不能再用")) == (2, 1)


def test_a_child_and_a_firm_without_a_file_are_entered(cast: Cast, wangfang: Client) -> None:
    child = {"name": "李小雨", "paper_kind": "household", "paper_number": demo_id(1523, date(2018, 6, 1), 28)}
    firm = {"name": "罗山县芳邻小面馆", "paper_number": demo_uscc("92", 7)}
    with on(SEP24):
        wangfang.post("/my/people/ward/", {**child, "relation": "母亲"})
        wangfang.post("/my/people/firm/", firm)
        page = wangfang.get("/my/people/").content.decode()
        again = wangfang.post("/my/people/firm/", firm).content.decode()
    assert "李小雨" in page
    assert "罗山县芳邻小面馆" in page
    assert "已经建过档，请带营业执照到窗口" in again
    assert page.count("待窗口核实") == 3
    shop, young = Party.objects.get(name="罗山县芳邻小面馆"), Party.objects.get(name="李小雨")
    assert (shop.representative, shop.phone, young.guardian) == (None, "", None)
    assert Party.objects.get(pk=cast.wangfang.pk).claims_for == {shop.pk, young.pk}


def test_somebody_of_age_is_not_entered_as_a_child(cast: Cast, wangfang: Client) -> None:
    grown = {"name": "李大雨", "paper_kind": "resident", "paper_number": demo_id(1523, date(2008, 9, 24), 28)}
    with on(SEP24):
        answer = wangfang.post("/my/people/ward/", {**grown, "relation": "母亲"})
    assert "已满十八周岁，请本人自己注册" in answer.content.decode()
    assert not Party.objects.filter(name="李大雨").exists()


def test_a_child_that_a_window_knows_is_not_claimed_online(cast: Cast, wangfang: Client) -> None:
    number = demo_id(1523, date(2018, 6, 1), 28)
    known = Party.objects.create(
        kind="person",
        name="李小雨",
        paper_kind="household",
        paper_number=number,
        paper_hash=lookup(paper_key("household", number)),
    )
    child = {"name": "李小雨", "paper_kind": "household", "paper_number": number, "relation": "母亲"}
    with on(SEP24):
        answer = wangfang.post("/my/people/ward/", child)
    assert "到窗口登记监护关系" in answer.content.decode()
    known.refresh_from_db()
    assert known.guardian is None


# --- my rights


def test_the_copy_holds_everything_about_me_and_is_logged(cast: Cast, wangfang: Client) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    with on(SEP24):
        answer = wangfang.post("/my/privacy/copy/")
    told = json.loads(answer.content)
    assert told["本人"]["证件号码"] == cast.wangfang.paper_number
    assert told["申请"][0]["填写的信息"] == {"店名": "罗山县芳邻小面馆", "经营面积": "46"}
    assert told["办件"][0]["编号"] == case.number
    assert [one["名称"] for one in told["办件"][0]["文书"]]
    assert len(told["消息"]) == 2
    for inner in ("张敏", "李伟", "officer:"):
        assert inner not in answer.content.decode()
    assert Access.objects.filter(what="export", by=cast.wangfang.actor_code).count() == 1


def test_a_new_telephone_has_to_show_that_it_is_there(cast: Cast, wangfang: Client) -> None:
    told = {"phone": PHONE, "address": "测试路 9 号", "email": "wangfang@example.com"}
    with on(SEP24):
        assert "请先获取验证码" in wangfang.post("/my/privacy/contact/", told).content.decode()
        wangfang.post("/my/privacy/contact/", {**told, "send": "1"})
        wrong = wangfang.post("/my/privacy/contact/", {**told, "code": "000000"}).content.decode()
        assert "验证码不对" in wrong
        assert wangfang.post("/my/privacy/contact/", {**told, "code": code()}).status_code == 302
    cast.wangfang.refresh_from_db()
    assert (cast.wangfang.phone, cast.wangfang.address) == (PHONE, "测试路 9 号")
    assert cast.wangfang.account.email == "wangfang@example.com"


def test_consent_to_electronic_service_is_given_and_taken_back(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        wangfang.post("/my/privacy/consent/", {"agrees": "yes"})
        cast.wangfang.refresh_from_db()
        assert cast.wangfang.e_service_agreed_at == SEP24
        wangfang.post("/my/privacy/consent/", {"agrees": "no"})
    cast.wangfang.refresh_from_db()
    assert cast.wangfang.e_service_agreed_at is None


def test_erasure_takes_what_no_law_keeps_and_says_what_stays(cast: Cast, wangfang: Client) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    Application.objects.create(
        county=case.county, version=cast.version, department=cast.market, applicant=cast.wangfang,
        channel="web", begun_at=SEP24, saved_at=SEP24, once="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    with on(SEP24):
        page = wangfang.get("/my/privacy/erase/").content.decode()
        assert "第四十七条第二款" in page
        assert "手机号码现在不删" in page
        assert wangfang.post("/my/privacy/erase/").status_code == 422
        wangfang.post("/my/privacy/erase/", {"sure": "on"})
    cast.wangfang.refresh_from_db()
    assert (cast.wangfang.address, cast.wangfang.phone) == ("", "10095715339")
    assert not Message.objects.filter(party=cast.wangfang).exists()
    assert Application.objects.get().sealed_at is not None
    assert case.subject.entries.count() == 2
    assert Access.objects.filter(what="erase").count() == 1


def test_closing_ends_the_account_and_forgets_its_name(cast: Cast, wangfang: Client) -> None:
    with on(SEP24):
        wangfang.post("/my/privacy/erase/", {"sure": "on", "close": "on"})
        assert wangfang.get("/my/").status_code == 302
    assert not Account.objects.filter(username="wangfang").exists()
    cast.wangfang.refresh_from_db()
    assert (cast.wangfang.account, cast.wangfang.phone) == (None, "")
    register(Client(), cast.wangfang.phone or PHONE, name="赵六", paper_number=NUMBER)
    assert Party.objects.filter(account__username="zhaoxiaomei").exists()


def test_the_pages_are_for_whoever_is_signed_in(cast: Cast, client: Client) -> None:
    for path in ("/my/", "/my/messages/", "/my/papers/", "/my/people/", "/my/privacy/", "/my/privacy/erase/"):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"


def test_erasing_keeps_what_is_still_on_its_way(cast: Cast, wangfang: Client) -> None:
    for key, state in ((1, Sending.State.WAITING), (2, Sending.State.SENT)):
        message = Message.objects.create(
            county=cast.county.code,
            party=cast.wangfang,
            kind="x",
            title=f"第 {key} 条",
            text="",
            created_at=SEP24,
        )
        Sending.objects.create(
            county=cast.county.code, message=message, channel="sms", target=PHONE, text="x", state=state,
            key=UUID(int=key), queued_at=SEP24,
        )  # fmt: skip
    with on(SEP24):
        page = wangfang.post("/my/privacy/erase/", {"sure": "on"}).content.decode()
    assert [m.title for m in Message.objects.filter(party=cast.wangfang)] == ["第 1 条"]
    assert "发出以后可以再来删" in page


def test_erasing_is_all_or_nothing(cast: Cast, wangfang: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotAllowed("请稍后再来。")

    monkeypatch.setattr("onewindow.people.acts.close_own", refuse)
    Message.objects.create(
        county=cast.county.code, party=cast.wangfang, kind="x", title="一条", text="", created_at=SEP24
    )
    before = Party.objects.get(pk=cast.wangfang.pk)
    with on(SEP24):
        assert wangfang.post("/my/privacy/erase/", {"sure": "on", "close": "on"}).status_code == 409
    after = Party.objects.get(pk=cast.wangfang.pk)
    assert (after.phone, after.address) == (before.phone, before.address)
    assert Message.objects.filter(party=cast.wangfang).count() == 1
