"""Staff prove with a second thing that they are themselves, when the county demands it; guessing does not help."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from onewindow.journal.models import Access
from tests.cast import SEP24
from tests.people.conftest import Stage
from tests.web.desks import at_desk
from tests.web.stage import PASSWORD, demand_second_factor, give_accounts, sign_in

DESK = "/manage/organisation/"
ENROL = "/accounts/2fa/totp/activate/"
ASK = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def accounts(stage: Stage) -> None:
    give_accounts(stage)


@pytest.fixture
def clock():
    with time_machine.travel(SEP24, tick=False) as travel:
        yield travel


def number(secret: str) -> str:
    """What the app on the telephone shows now."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def enrol(client: Client) -> str:
    """Sign the administrator up for a second factor; answers the secret."""
    sign_in(client, "admin")
    page = client.get(ENROL, follow=True)
    if page.request["PATH_INFO"] != ENROL:
        page = client.post(page.request["PATH_INFO"] + f"?next={ENROL}", {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    answer = client.post(ENROL, {"code": number(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


@pytest.mark.django_db(transaction=True)
def test_a_demanded_second_factor_is_set_up_before_all_else(client: Client, clock) -> None:
    demand_second_factor(True)
    sign_in(client, "admin")
    assert client.get(DESK).headers["Location"] == ENROL
    secret = enrol(Client())
    fresh = Client()
    sign_in(fresh, "admin")
    clock.shift(timedelta(seconds=60))
    assert fresh.post(ASK, {"code": number(secret)}).status_code == 302
    assert fresh.get(DESK).status_code == 200
    assert Access.objects.filter(what="second factor on").count() == 1


def test_the_code_is_asked_after_the_password_and_a_wrong_one_opens_nothing(client: Client, clock) -> None:
    secret = enrol(Client())
    clock.shift(timedelta(seconds=60))
    assert sign_in(client, "admin").headers["Location"].startswith(ASK)
    assert client.get(DESK).status_code == 302
    page = client.post(ASK, {"code": "000000" if number(secret) != "000000" else "111111"})
    assert "口令不对" in page.content.decode()
    assert client.get(DESK).status_code == 302
    assert client.post(ASK, {"code": number(secret)}).status_code == 302
    assert client.get(DESK).status_code == 200


def test_a_code_is_good_once_and_not_twice(client: Client, clock) -> None:
    secret = enrol(Client())
    clock.shift(timedelta(seconds=60))
    once = number(secret)
    sign_in(client, "admin")
    assert client.post(ASK, {"code": once}).status_code == 302
    other = Client()
    sign_in(other, "admin")
    assert "口令不对" in other.post(ASK, {"code": once}).content.decode()


def test_five_wrong_codes_lock_the_account_even_for_the_right_one(client: Client, clock) -> None:
    secret = enrol(Client())
    clock.shift(timedelta(seconds=60))
    sign_in(client, "admin")
    wrong = "000000" if number(secret) != "000000" else "111111"
    for _ in range(5):
        answer = client.post(ASK, {"code": wrong})
    assert answer.status_code == 429
    assert "暂时锁定" in client.post(ASK, {"code": number(secret)}).content.decode()
    assert client.get(DESK).status_code == 302
    assert Access.objects.filter(what="second factor failed").count() == 5
    clock.shift(timedelta(minutes=16))
    sign_in(client, "admin")
    assert client.post(ASK, {"code": number(secret)}).status_code == 302


def test_a_recovery_code_helps_once_when_the_telephone_is_lost(client: Client, clock) -> None:
    first = Client()
    enrol(first)
    page = first.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<code class=\"nb\">(\d{8})</code>", page)
    assert len(codes) == 10
    sign_in(client, "admin")
    assert client.post(ASK, {"code": codes[0]}).status_code == 302
    assert client.get(DESK).status_code == 200
    again = Client()
    sign_in(again, "admin")
    assert "口令不对" in again.post(ASK, {"code": codes[0]}).content.decode()


def test_whose_telephone_and_codes_are_lost_is_let_in_by_another_administrator(
    stage: Stage, client: Client, clock
) -> None:
    enrol(Client())
    reset = f"/manage/organisation/officers/{stage.admin.pk}/password/"
    new = {"password1": "玉兰花开满山-2026", "factor": "on"}
    own = at_desk(stage.admin).post(reset, new)
    assert "由另一位管理员办理" in own.content.decode()
    assert Authenticator.objects.filter(user=stage.admin.account_id).exists()
    other = at_desk(stage.other_admin)
    assert other.post(reset, {"password1": "石榴花开满山-2026"}).status_code == 302
    assert Authenticator.objects.filter(user=stage.admin.account_id).exists()
    assert other.post(reset, new).status_code == 302
    assert not Authenticator.objects.filter(user=stage.admin.account_id).exists()
    line = Access.objects.get(what="second factor reset")
    assert line.by == stage.other_admin.actor_code
    assert (
        client.post("/accounts/login/", {"login": "admin", "password": new["password1"]}).status_code == 302
    )


def test_the_secret_lies_encrypted_in_the_table(client: Client, clock) -> None:
    secret = enrol(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert not re.fullmatch(r"[0-9a-f]+", seed)


def test_the_picture_to_scan_is_drawn_here_and_carries_the_place(client: Client, clock) -> None:
    sign_in(client, "admin")
    page = client.get(ENROL, follow=True)
    page = client.post(page.request["PATH_INFO"] + f"?next={ENROL}", {"password": PASSWORD}, follow=True)
    text = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in text
    assert "OneWindow%20%E7%BD%97%E5%B1%B1%E5%8E%BF" in page.context["totp_url"]
    assert "http" not in re.findall(r"<img[^>]*>", text)[0].replace("data:image", "")


@pytest.mark.django_db(transaction=True)
def test_without_the_second_factor_the_demand_comes_back(client: Client, clock) -> None:
    demand_second_factor(True)
    enrol(client)
    assert client.get(DESK).status_code == 200
    off = client.post("/accounts/2fa/totp/deactivate/")
    assert off.status_code == 302
    assert client.get(DESK).headers["Location"] == ENROL
    assert Access.objects.filter(what="second factor off").exists()


def test_an_applicant_is_never_forced_to_have_one(client: Client, clock) -> None:
    demand_second_factor(True)
    sign_in(client, "wangfang")
    assert client.get("/accounts/").status_code == 200
