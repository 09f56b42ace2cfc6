"""Accounts with passwords for the people of the stage."""

from django.contrib.auth.hashers import make_password
from django.test import Client

from onewindow.people.models import Account
from onewindow.places import acts as places
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER
from tests.cast import SEP24, at
from tests.people.conftest import Stage

LOGIN = "/accounts/login/"
PASSWORD = "石榴花开满院-2026"


def give_accounts(stage: Stage) -> None:
    """Everybody has an account of his own name with a password that he chose; no second factor is demanded."""
    cast = stage.cast
    staff = {
        "liwei": cast.liwei,
        "zhangmin": cast.zhangmin,
        "chenju": cast.chenju,
        "zhaoqiang": cast.zhaoqiang,
        "admin": stage.admin,
        "admin2": stage.other_admin,
        "sunli": stage.sunli,
    }
    told = {"password": make_password(PASSWORD), "password_changed_at": at(1, 5)}
    for username, officer in staff.items():
        Account.objects.filter(pk=officer.account_id).update(username=username, **told)
    cast.wangfang.account = Account.objects.create(username="wangfang", joined_at=at(1, 5), **told)
    cast.wangfang.save()
    demand_second_factor(False)


def demand_second_factor(wanted: bool) -> None:
    told = {"name": "staff.second_factor", "value": wanted, "reason": "测试"}
    places.change_setting(County.objects.get(), by=FOUNDER, at=SEP24, **told)


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": username, "password": password}, **more)


def code_of(username: str) -> str:
    """The actor code behind an account."""
    account = Account.objects.with_owner().get(username=username)
    return (getattr(account, "officer", None) or account.party).actor_code
