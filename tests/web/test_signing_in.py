"""Signing in, failing, being locked out, staying too long and leaving: each is limited, and each is written down."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.journal.models import Access
from onewindow.people.models import Account, Holding
from onewindow.places import acts as places
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER
from tests.cast import SEP24
from tests.people.conftest import Stage
from tests.web.stage import LOGIN, PASSWORD, code_of, give_accounts, sign_in

DESK = "/manage/organisation/"


@pytest.fixture(autouse=True)
def accounts(stage: Stage) -> None:
    give_accounts(stage)


@pytest.fixture
def clock():
    with time_machine.travel(SEP24, tick=False) as travel:
        yield travel


def what() -> list[tuple[str, str]]:
    return list(Access.objects.order_by("id").values_list("what", "by"))


def test_an_officer_signs_in_lands_at_his_desk_and_leaves_by_a_button(client: Client, clock) -> None:
    answer = sign_in(client, "admin")
    assert (answer.status_code, answer.headers["Location"]) == (302, DESK)
    page = client.get(DESK)
    assert "郑凯" in page.content.decode()
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get(DESK).status_code == 200, "asking for the page signs nobody out"
    client.post("/accounts/logout/")
    assert client.get(DESK).headers["Location"] == f"{LOGIN}?next={DESK}"
    assert what() == [("sign-in", code_of("admin")), ("sign-out", code_of("admin"))]


def test_capitals_and_blanks_around_the_user_name_do_not_matter(client: Client, clock) -> None:
    assert sign_in(client, " Admin ").status_code == 302
    assert client.get(DESK).status_code == 200


def test_a_failure_is_written_down_without_what_was_typed(client: Client, clock) -> None:
    answer = sign_in(client, "zhangmin", "wrong-password-1")
    assert "用户名或密码不对" in answer.content.decode()
    sign_in(client, "my-secret-password", "liwei")
    lines = list(Access.objects.order_by("id").filter(what="sign-in failed").values("by", "about", "reason"))
    assert lines == [
        {"by": "visitor", "about": code_of("zhangmin"), "reason": ""},
        {"by": "visitor", "about": "", "reason": ""},
    ]


def test_five_failures_lock_the_name_from_this_address_for_a_quarter_of_an_hour(
    client: Client, clock
) -> None:
    for tried in ("zhangmin", "ZHANGMIN", " zhangmin", "zhangmin　", "ｚhangmin"):
        answer = sign_in(client, tried, "wrong-password-1")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15 分钟" in answer.content.decode()
    assert sign_in(client, "zhangmin").status_code == 429, "the right password does not help now"
    assert Client().post(LOGIN, {"login": "zhangmin", "password": PASSWORD}).status_code == 429
    assert sign_in(Client(), "zhangmin", REMOTE_ADDR="10.0.0.9").status_code == 302, "another address may"
    assert sign_in(Client(), "chenju").status_code == 302, "another person may"
    clock.shift(timedelta(minutes=14))
    assert sign_in(client, "zhangmin").status_code == 429
    clock.shift(timedelta(minutes=1, seconds=1))
    assert sign_in(client, "zhangmin").status_code == 302
    assert ("locked", "visitor") in what()


def test_the_lock_lies_in_the_database_and_so_holds_at_every_worker(client: Client, clock) -> None:
    for _ in range(5):
        sign_in(client, "zhangmin", "wrong-password-1")
    assert AccessAttempt.objects.get().failures_since_start == 5
    assert PASSWORD not in str(AccessAttempt.objects.values())
    assert "wrong-password-1" not in str(AccessAttempt.objects.values())


def test_a_good_sign_in_forgets_the_failures_before_it(client: Client, clock) -> None:
    for _ in range(4):
        sign_in(client, "zhangmin", "wrong-password-1")
    assert sign_in(client, "zhangmin").status_code == 302
    assert not AccessAttempt.objects.exists()


def test_how_many_failures_and_how_long_are_settings_of_the_county(client: Client, clock) -> None:
    for name, value in (("signin.max_failures", 3), ("signin.lock_minutes", 40)):
        places.change_setting(
            County.objects.get(), by=FOUNDER, at=SEP24, name=name, value=value, reason="县里规定"
        )
    assert "连续输错 3 次会" in client.get("/accounts/login/").content.decode()
    for _ in range(2):
        assert sign_in(client, "zhangmin", "wrong-password-1").status_code == 200
    answer = sign_in(client, "zhangmin", "wrong-password-1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2400")


@pytest.mark.parametrize("typed", ["x" * 5000, "'; DROP TABLE people_account; --", "张敏", "\u202ezhangmin"])
def test_strange_user_names_are_refused_like_any_wrong_one(client: Client, clock, typed: str) -> None:
    answer = sign_in(client, typed, "wrong-password-1")
    assert answer.status_code == 200
    assert Account.objects.filter(username="zhangmin").exists()


def test_a_session_of_no_minutes_that_lies_in_the_database_locks_nobody_out(client: Client, clock) -> None:
    stored = {"staff.session_minutes": [["2026-09-01", 0]], "staff.second_factor": [["2026-09-01", False]]}
    County.objects.update(settings=stored)
    sign_in(client, "admin")
    clock.shift(timedelta(minutes=4))
    assert client.get(DESK).status_code == 200
    clock.shift(timedelta(minutes=6))
    assert client.get(DESK).status_code == 302


def test_half_an_hour_without_a_click_ends_the_session(client: Client, clock) -> None:
    sign_in(client, "admin")
    clock.shift(timedelta(minutes=29))
    assert client.get(DESK).status_code == 200
    clock.shift(timedelta(minutes=29))
    assert client.get(DESK).status_code == 200
    clock.shift(timedelta(minutes=31))
    assert client.get(DESK).status_code == 302
    assert what()[-1] == ("expired", code_of("admin"))


def test_nobody_stays_signed_in_longer_than_twelve_hours(client: Client, clock) -> None:
    sign_in(client, "admin")
    for _ in range(28):
        clock.shift(timedelta(minutes=25))
        assert client.get(DESK).status_code == 200
    clock.shift(timedelta(minutes=25))
    assert client.get(DESK).status_code == 302


def test_an_applicant_may_think_longer_than_an_officer(client: Client, clock) -> None:
    assert sign_in(client, "wangfang").status_code == 302
    clock.shift(timedelta(minutes=45))
    assert client.get("/accounts/").status_code == 200
    clock.shift(timedelta(minutes=61))
    assert client.get("/accounts/").status_code == 302


def test_what_was_typed_survives_an_expired_session_and_goes_on_for_the_same_person(
    client: Client, clock
) -> None:
    sign_in(client, "admin")
    clock.shift(timedelta(minutes=31))
    typed = {"name": "林小满", "staff_no": "N77", "username": "linxiaoman", "password1": "石榴花开满山-2026"}
    gone = client.post("/manage/organisation/officers/new/", typed)
    assert gone.headers["Location"] == f"{LOGIN}?next=/accounts/held/"
    assert "林小满" not in str(dict(client.session))
    back = client.post(
        gone.headers["Location"], {"login": "admin", "password": PASSWORD, "next": "/accounts/held/"}
    )
    page = client.get(back.headers["Location"])
    assert "林小满" in page.content.decode()
    assert page.context["held"].path == "/manage/organisation/officers/new/"
    held = page.context["held"]
    assert "石榴花" not in page.content.decode()
    assert "密码要重新输入" in page.content.decode()
    again = client.post(held.path, dict(held.fields)).content.decode()
    assert 'value="林小满"' in again
    told = dict(held.fields) | {"password1": typed["password1"]}
    assert client.post(held.path, told).status_code == 302
    assert Account.objects.filter(username="linxiaoman").exists()


def test_what_was_typed_is_never_shown_to_the_next_person_at_the_same_screen(client: Client, clock) -> None:
    sign_in(client, "admin")
    clock.shift(timedelta(minutes=31))
    client.post("/manage/organisation/officers/new/", {"name": "林小满"})
    sign_in(client, "liwei")
    answer = client.get("/accounts/held/", follow=True)
    assert "林小满" not in answer.content.decode()
    client.post("/accounts/logout/")
    sign_in(client, "admin")
    assert "林小满" not in client.get("/accounts/held/", follow=True).content.decode()


def test_a_background_request_after_the_end_leaves_the_page_where_it_is(client: Client, clock) -> None:
    sign_in(client, "admin")
    clock.shift(timedelta(minutes=31))
    answer = client.post(f"{DESK}officers/new/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_whoever_left_is_out_with_the_next_click(client: Client, clock) -> None:
    sign_in(client, "admin")
    Account.objects.filter(username="admin").update(is_active=False)
    assert client.get(DESK).status_code == 302
    again = client.post(LOGIN, {"login": "admin", "password": PASSWORD}, follow=True)
    assert "停用" in again.content.decode()


def test_a_power_that_ended_yesterday_opens_no_page_today(client: Client, clock) -> None:
    sign_in(client, "admin")
    Holding.objects.filter(officer__account__username="admin").update(until=SEP24.date() - timedelta(1))
    answer = client.get(DESK)
    assert answer.status_code == 403
    assert "管理人员和岗位" in answer.content.decode()


@pytest.mark.parametrize("username", ["liwei", "zhangmin", "chenju", "zhaoqiang", "sunli"])
def test_nobody_but_the_administrator_sees_the_organisation(client: Client, clock, username: str) -> None:
    sign_in(client, username)
    assert client.get(DESK).status_code == 403


def test_an_applicant_is_told_that_a_page_is_for_staff(client: Client, clock) -> None:
    sign_in(client, "wangfang")
    answer = client.get(DESK)
    assert answer.status_code == 403
    assert "工作人员的页面" in answer.content.decode()


def test_a_first_password_is_changed_before_all_else_and_the_session_goes_on(client: Client, clock) -> None:
    Account.objects.filter(username="admin").update(password_changed_at=None)
    sign_in(client, "admin")
    change = "/accounts/password/change/"
    assert client.get(DESK).headers["Location"] == change
    bad = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "至少要有 10 个字符" in client.post(change, bad).content.decode()
    unlike = {"oldpassword": PASSWORD, "password1": "石榴花开满山-2026", "password2": "石榴花开满山-2027"}
    assert "两次输入" in client.post(change, unlike).content.decode()
    good = {"oldpassword": PASSWORD, "password1": "石榴花开满山-2026", "password2": "石榴花开满山-2026"}
    other = Client()
    sign_in(other, "admin")
    assert client.post(change, good).status_code == 302
    assert client.get(DESK).status_code == 200
    assert other.get(DESK).status_code == 302, "the other sessions of the account end"


def test_session_account_and_grants_cost_three_statements(client: Client, clock) -> None:
    sign_in(client, "zhaoqiang")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(DESK)
    assert answer.status_code == 403
    read = [sql for query in asked.captured_queries if (sql := query["sql"]) and "places_county" not in sql]
    assert len(read) == 3, read
    assert len(asked) == 4  # and the county, which is asked by a prepared statement


def test_signing_up_and_resetting_by_mail_do_not_exist(client: Client) -> None:
    for path in ("signup/", "password/reset/", "email/", "login/code/"):
        assert client.get(f"/accounts/{path}").status_code == 404
