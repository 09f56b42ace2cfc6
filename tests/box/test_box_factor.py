"""大厅本机的动态口令: whose second factor was reset at the county gets in at the machine again."""

from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from onewindow.people.acts.accounts import change_password, reset_password
from onewindow.people.models import Account, Post
from onewindow.rules.grants import Grant
from tests.box.test_box import MORNING, registered, there
from tests.box.test_box_older import admin
from tests.box.two import Two
from tests.hall.stage import NINE
from tests.web.stage import PASSWORD, sign_in
from tests.web.test_second_factor import ENROL, number

NEW, HIS = "另一个密码-2026", "李伟自己的密码-2026"


def own_factor(two: Two) -> None:
    """李伟 has a second factor at the machine."""
    with two.box():
        account = there("李伟").account
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})


def factors(two: Two) -> int:
    with two.box():
        return Authenticator.objects.count()


def test_who_got_a_new_password_and_changed_it_at_once_sets_the_second_factor_of_the_machine_up_anew(
    two: Two,
) -> None:
    floor = registered(two)
    Post.objects.filter(name="管理员").update(grants=[str(Grant.PLACES_MANAGE), str(Grant.PEOPLE_MANAGE)])
    own_factor(two)
    reset_password(floor.liwei, by=admin(), at=NINE, password=NEW)
    account = Account.objects.with_owner().get(officer=floor.liwei)
    change_password(account, by=floor.liwei, at=NINE + timedelta(seconds=20), old=NEW, new=HIS)
    assert two.round(NINE + timedelta(minutes=1))
    assert factors(two) == 0
    own_factor(two)  # the new one stays, whatever else changes at the county
    change_password(account, by=floor.liwei, at=NINE + timedelta(hours=1), old=HIS, new=NEW)
    assert two.round(NINE + timedelta(hours=1))
    assert factors(two) == 1
    with two.box():
        assert there("李伟").account.check_password(NEW)


def test_who_takes_his_second_factor_off_at_the_county_sets_the_one_of_the_machine_up_anew(two: Two) -> None:
    floor = registered(two)
    told = {"username": "liwei-c", "password": make_password(PASSWORD), "password_changed_at": MORNING}
    Account.objects.filter(officer=floor.liwei).update(**told)
    own_factor(two)
    client = Client()
    with time_machine.travel(NINE, tick=False):
        sign_in(client, "liwei-c")
        page = client.get(ENROL, follow=True)
        page = client.post(page.request["PATH_INFO"] + f"?next={ENROL}", {"password": PASSWORD}, follow=True)
        assert client.post(ENROL, {"code": number(page.context["form"].secret)}).status_code == 302
        assert two.round(NINE)
        assert factors(two) == 1
        with transaction.atomic():
            assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert two.round(NINE + timedelta(minutes=1))
    assert factors(two) == 0
