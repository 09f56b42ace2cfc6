"""网上账号: a clerk who has seen the paper opens it and sets a new password, shown once and changed at once."""

import re

import pytest
import time_machine
from django.test import Client

from onewindow.journal.models import Access, Entry, Subject
from onewindow.journal.reads import verify
from onewindow.notices.models import Message, Sending
from onewindow.notices.reads import told, unread
from onewindow.people.models import Account, Party
from onewindow.places.models import County
from tests.cast import SEP24, Cast, assemble, carry_out
from tests.web.desks import NUMBER, at_desk, find
from tests.web.stage import sign_in

PAGE = "/counter/account/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SEP24, tick=False) as travel:
        yield travel


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def liwei(cast: Cast) -> Client:
    desk = at_desk(cast.liwei)
    find(desk)
    return desk


def one_time(page: str) -> str:
    return re.search(r"<code>([a-z2-9-]{19})</code>", page)[1]


def test_an_account_is_opened_for_the_person_in_front_who_changes_the_password_at_once(
    cast: Cast, liwei: Client, client: Client
) -> None:
    assert 'value="10095715339"' in liwei.get(PAGE).content.decode(), "his telephone is proposed"
    page = liwei.post(PAGE, {"username": "10095715339"}).content.decode()
    password = one_time(page)
    assert password not in liwei.get(PAGE).content.decode()
    assert sign_in(client, NUMBER, password).status_code == 302
    assert client.get("/my/").headers["Location"] == "/accounts/password/change/"
    line = Access.objects.get(what="account")
    assert (line.by, line.about) == (cast.liwei.actor_code, cast.wangfang.actor_code)


def test_a_forgotten_password_is_set_anew_only_with_the_paper_seen(
    cast: Cast, liwei: Client, client: Client
) -> None:
    old = one_time(liwei.post(PAGE, {"username": "wangfang"}).content.decode())
    assert liwei.post(PAGE, {}).status_code == 422
    new = one_time(liwei.post(PAGE, {"seen": "on"}).content.decode())
    assert sign_in(client, "wangfang", old).status_code == 200
    assert sign_in(client, "wangfang", new).status_code == 302
    assert Account.objects.get(username="wangfang").password_changed_at is None
    assert Access.objects.filter(what="password reset", about=cast.wangfang.actor_code).count() == 1


def reset(cast: Cast, liwei: Client) -> Subject:
    liwei.post(PAGE, {"username": "wangfang"})
    liwei.post(PAGE, {"seen": "on"})
    subject = Subject.objects.get(kind="relation", number=str(cast.wangfang.pk))
    carry_out(subject)
    return subject


def test_who_owns_the_account_is_told_of_it_there_and_by_the_gateway(
    cast: Cast, liwei: Client, settings
) -> None:
    settings.DEMO = True
    subject = reset(cast, liwei)
    entry = Entry.objects.get(subject=subject, fact="PasswordReset")
    assert (entry.body, entry.by) == ({"party": cast.wangfang.pk}, cast.liwei.actor_code)
    wangfang = Party.objects.get(pk=cast.wangfang.pk)
    assert unread(wangfang) == 1
    (message,) = told(wangfang)
    assert message.title == "窗口重设了您的登录密码"
    assert "9 月 24 日 10:21" in message.text
    assert "不是您本人去办的，请马上带证件到窗口说明" in message.text
    sending = Sending.objects.get()
    assert (sending.channel, sending.target) == ("sms", "10095715339")
    assert "李伟" not in sending.text
    assert verify() == []


def test_he_is_told_once_also_by_mail_and_with_the_telephone_of_the_county(
    cast: Cast, liwei: Client, settings
) -> None:
    settings.DEMO = True
    County.objects.update(phone="10000000001")
    liwei.post(PAGE, {"username": "wangfang"})
    Account.objects.filter(username="wangfang").update(email="wangfang@example.org")
    liwei.post(PAGE, {"seen": "on"})
    subject = Subject.objects.get(kind="relation", number=str(cast.wangfang.pk))
    carry_out(subject)
    carry_out(subject)
    assert Message.objects.count() == 1
    assert sorted(Sending.objects.values_list("channel", flat=True)) == ["email", "sms"]
    assert "或者拨打 10000000001" in Message.objects.get().text


def test_he_reads_it_when_he_signs_in(cast: Cast, liwei: Client, client: Client) -> None:
    liwei.post(PAGE, {"username": "wangfang"})
    password = one_time(liwei.post(PAGE, {"seen": "on"}).content.decode())
    carry_out(Subject.objects.get(kind="relation", number=str(cast.wangfang.pk)))
    sign_in(client, "wangfang", password)
    Account.objects.filter(username="wangfang").update(password_changed_at=SEP24)
    assert "窗口重设了您的登录密码" in client.get("/my/messages/").content.decode()


@pytest.mark.parametrize("username", ["王芳", "C003"])
def test_a_name_that_is_wrong_or_taken_is_refused_beside_its_field(liwei: Client, username: str) -> None:
    Account.objects.filter(username="C003").update(username="c003")
    answer = liwei.post(PAGE, {"username": username})
    assert answer.status_code == 422
    assert "用户名" in answer.content.decode()


def test_children_firms_and_the_dead_get_none(cast: Cast, liwei: Client) -> None:
    for change, why in (
        ({"born": "2015-05-01"}, "账号只给成年的本人"),
        ({"died_on": "2026-01-01"}, "已经登记去世"),
        ({"kind": "org"}, "账号只给成年的本人"),
    ):
        Party.objects.filter(pk=cast.wangfang.pk).update(**{"born": None, "died_on": None, **change})
        assert why in liwei.post(PAGE, {"username": "wangfang"}).content.decode()
    assert not Party.objects.filter(account__isnull=False).exists()


def test_an_invented_number_gets_none_outside_a_demonstration(cast: Cast, liwei: Client) -> None:
    County.objects.update(demo=False)
    assert liwei.post(PAGE, {"username": "wangfang"}).status_code == 422
    assert not Party.objects.filter(account__isnull=False).exists()


def test_without_a_paper_in_hand_or_the_power_there_is_nothing(cast: Cast) -> None:
    assert at_desk(cast.liwei).get(PAGE).headers["Location"] == "/counter/"
    assert at_desk(cast.zhaoqiang).post(PAGE, {"username": "wangfang"}).status_code == 403
