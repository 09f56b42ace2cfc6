"""Signing in by the number of one's paper or by one's telephone: one account, one lock, and nobody learns a thing."""

import re
from datetime import date

import pytest
import time_machine
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.ground.fields import lookup
from onewindow.journal.models import Access
from onewindow.people import acts
from onewindow.people.models import Account, Party
from onewindow.people.reads import account_called
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER
from onewindow.rules.identity import demo_id, paper_key
from tests.cast import SEP24, at
from tests.people.conftest import Stage
from tests.web.stage import code_of, give_accounts, sign_in

NUMBER, PHONE = "991523198803040427", "10095715339"
STRANGER = demo_id(1523, date(1990, 1, 1), 7)


@pytest.fixture(autouse=True)
def wangfang(stage: Stage) -> Party:
    give_accounts(stage)
    party = stage.cast.wangfang
    acts.correct(party, by=party, at=at(9, 1), county=County.objects.get(), phone=PHONE, address="", email="")
    return party


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SEP24, tick=False) as travel:
        yield travel


@pytest.mark.parametrize("typed", [NUMBER, " 9915 2319 8803 0404 27", PHONE, "+86 100-9571-5339", "wangfang"])
def test_number_telephone_and_user_name_open_the_same_account(client: Client, typed: str) -> None:
    assert sign_in(client, typed).headers["Location"] == "/my/"
    assert client.get("/my/").status_code == 200
    assert list(Access.objects.filter(what="sign-in").values_list("by", flat=True)) == [code_of("wangfang")]


@pytest.mark.parametrize("tried", [(NUMBER, PHONE, "wangfang", NUMBER, PHONE), (STRANGER,) * 5])
def test_five_failures_lock_by_whatever_name_and_a_stranger_number_locks_alike(
    client: Client, tried: tuple[str, ...]
) -> None:
    pages = [sign_in(client, one, "wrong-password-1") for one in tried]
    assert [page.status_code for page in pages] == [200] * 4 + [429]
    assert sign_in(Client(), tried[0]).status_code == 429


def test_a_number_with_an_account_and_one_without_are_answered_alike(client: Client) -> None:
    def told(typed: str) -> tuple[int, str]:
        page = Client().post("/accounts/login/", {"login": typed, "password": "wrong-password-1"})
        return page.status_code, page.content.decode().replace(typed, "")

    known, unknown = told(NUMBER), told(STRANGER)
    assert known[0] == unknown[0] == 200
    assert _plain(known[1]) == _plain(unknown[1])
    assert "用户名或密码不对" in known[1]


def test_what_was_typed_is_kept_nowhere_and_the_failure_is_written_down(client: Client) -> None:
    for typed in (NUMBER, STRANGER, PHONE, "my-secret-password"):
        sign_in(client, typed, "wrong-password-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM axes_accessattempt a")
        kept = cursor.fetchone()[0] + str(list(Access.objects.values()))
    assert not any(typed in kept for typed in (NUMBER, STRANGER, PHONE, "my-secret-password"))
    failed = Access.objects.filter(what="sign-in failed").order_by("id")
    assert list(failed.values_list("about", flat=True)) == [code_of("wangfang"), "", code_of("wangfang"), ""]
    assert AccessAttempt.objects.get(username="wangfang").failures_since_start == 2


def test_a_telephone_of_two_accounts_opens_neither(client: Client, wangfang: Party) -> None:
    other = Party.objects.create(
        kind="person",
        name="李红",
        paper_kind="resident",
        paper_number=STRANGER,
        paper_hash=lookup(paper_key("resident", STRANGER)),
        phone=PHONE,
    )
    acts.open_citizen(other, by=FOUNDER, at=SEP24, username="lihong", password=None)
    assert account_called(PHONE) is None
    assert sign_in(client, PHONE).status_code == 200
    assert sign_in(client, NUMBER).status_code == 302


def test_the_telephone_follows_the_file_and_ends_with_the_account(client: Client, wangfang: Party) -> None:
    told = {"by": wangfang, "at": SEP24, "county": County.objects.get()}
    acts.correct(wangfang, phone="10095715340", address="", email="", **told)
    assert account_called(PHONE) is None
    assert account_called("10095715340") == wangfang.account
    wangfang.account.refresh_from_db()
    acts.close_own(wangfang, **told)
    assert account_called("10095715340") is None
    assert account_called(NUMBER) is None


@pytest.mark.parametrize(
    ("kind", "number", "nation", "typed"),
    [
        ("passport", "E12345678", "CHN", "chn E12345678"),
        ("passport", "123456789", "USA", "USA-123456789"),
        ("officer_card", "军字第1234567号", "", "军字第 1234567 号"),
        ("officer_card", "军字第1234567号", "", "军1234567"),
    ],
)
def test_a_passport_with_its_nation_and_an_officers_card_open_the_account(
    client: Client, kind: str, number: str, nation: str, typed: str
) -> None:
    holder = Party.objects.create(
        kind="person",
        name="李红",
        paper_kind=kind,
        paper_number=number,
        paper_hash=lookup(paper_key(kind, number, nation=nation)),
    )
    acts.open_citizen(holder, by=FOUNDER, at=SEP24, username="lihong", password="test-password-1")
    assert account_called(typed) == Account.objects.get(username="lihong")
    assert account_called(number) is None or kind == "officer_card"  # two nations may share a number


def test_an_officer_is_called_by_his_user_name_alone(stage: Stage) -> None:
    assert account_called("liwei") == Account.objects.get(username="liwei")
    assert Account.objects.filter(phone_hash__isnull=False, officer__isnull=False).count() == 0


def test_finding_the_account_costs_few_statements() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert account_called(STRANGER) is None
    assert len(asked) <= 3


def _plain(page: str) -> str:
    """The page without what differs between any two."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)
