"""The administrator gives programs tokens and takes them back; nobody gives one to himself."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from onewindow.journal.models import Access
from onewindow.journal.write import history
from onewindow.people.acts import make_token, withdraw_token
from onewindow.people.models import Account, ApiToken
from onewindow.places.models import County
from onewindow.places.write import organisation
from onewindow.rules.facts_org import TokenMade, TokenWithdrawn
from onewindow.rules.grants import NotAllowed
from tests.api.conftest import Program
from tests.cast import COUNTY, SEP24, at
from tests.people.conftest import Stage
from tests.web.stage import give_accounts, sign_in

pytestmark = pytest.mark.django_db
HOME = "/manage/tokens/"
TOLD = {"name": "省平台对接", "username": "liwei", "scopes": ["read", "step"], "expires_on": "2027-03-31"}


def made(stage: Stage, **more: object):
    account = Account.objects.with_owner().get(pk=stage.cast.liwei.account_id)
    told = {"account": account, "name": "对接", "scopes": ["read"], "expires_on": date(2027, 3, 31), **more}
    return make_token(County.objects.get(), by=stage.admin, at=SEP24, **told)


def test_a_token_made_on_the_page_is_shown_once_and_opens_the_api(client: Client, stage: Stage) -> None:
    give_accounts(stage)
    sign_in(client, "admin")
    assert "还没有令牌" in client.get(HOME).content.decode()
    answer = client.post(f"{HOME}new/", TOLD)
    secret = re.search(r"<code>(ow_[\w-]{43})</code>", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    page = client.get(HOME).content.decode()
    assert secret not in page
    assert all(word in page for word in ("省平台对接", "李伟", "办理办件", "还没有用过", "2027-03-31"))
    assert Program(secret).get("/cases").status_code == 200
    assert "2026-09-24" in client.get(HOME).content.decode()
    token = ApiToken.objects.get()
    assert client.post(f"{HOME}{token.pk}/withdraw/").headers["Location"] == HOME
    assert "已收回" in client.get(HOME).content.decode()
    assert Program(secret).get("/cases").status_code == 401


def test_what_the_page_refuses_stands_beside_its_field(client: Client, stage: Stage) -> None:
    give_accounts(stage)
    sign_in(client, "admin")
    assert "没有这个账号" in client.post(f"{HOME}new/", {**TOLD, "username": "nobody"}).content.decode()
    assert (
        "不能给自己的账号发放" in client.post(f"{HOME}new/", {**TOLD, "username": "admin"}).content.decode()
    )
    late = client.post(f"{HOME}new/", {**TOLD, "expires_on": "2030-01-01"}).content.decode()
    assert "最长一年" in late
    assert 'value="省平台对接"' in late
    client.post(f"{HOME}new/", TOLD)
    assert "已经有叫" in client.post(f"{HOME}new/", TOLD).content.decode()
    assert ApiToken.objects.count() == 1


def test_the_page_is_for_administrators_alone(client: Client, stage: Stage) -> None:
    give_accounts(stage)
    sign_in(client, "liwei")
    assert client.get(HOME).status_code == 403
    assert client.post(f"{HOME}new/", TOLD).status_code == 403


def test_the_journal_and_the_log_keep_who_gave_and_took_what(stage: Stage) -> None:
    token = made(stage).token
    withdraw_token(token, by=stage.other_admin, at=at(9, 25))
    assert history(organisation(COUNTY))[-2:] == (
        TokenMade(on=date(2026, 9, 24), token=token.pk, account=stage.cast.liwei.account_id),
        TokenWithdrawn(on=date(2026, 9, 25), token=token.pk),
    )
    lines = Access.objects.filter(what__startswith="token").values_list("what", "by", "about")
    assert list(lines) == [
        ("token made", stage.admin.actor_code, stage.cast.liwei.actor_code),
        ("token withdrawn", stage.other_admin.actor_code, stage.cast.liwei.actor_code),
    ]
    with pytest.raises(NotAllowed, match="已经收回"):
        withdraw_token(token, by=stage.admin, at=at(9, 25))


def test_the_secret_is_nowhere_in_the_database(stage: Stage) -> None:
    secret = made(stage).secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM people_apitoken t")
        kept = cursor.fetchone()[0]
    assert secret not in kept
    assert secret.encode().hex() not in kept


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "用途|哪个系统"),
        ({"scopes": []}, "至少选一项"),
        ({"scopes": ["everything"]}, "至少选一项"),
        ({"expires_on": date(2026, 9, 23)}, "不能早于今天"),
    ],
)
def test_a_token_without_what_it_needs_is_not_made(stage: Stage, wrong: dict, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        made(stage, **wrong)
    assert not ApiToken.objects.exists()


def test_an_account_behind_which_nobody_stands_gets_none(stage: Stage) -> None:
    empty = Account.objects.create(username="empty", joined_at=SEP24)
    with pytest.raises(NotAllowed, match="没有在岗"):
        made(stage, account=empty)
