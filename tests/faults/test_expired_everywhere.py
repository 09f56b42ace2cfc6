"""Each form of the product, sent after the session had ended: what was typed waits for the same person, and for nobody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onewindow.cases.acts import examine
from onewindow.feedback.models import Rating
from onewindow.people.models import Account, Post
from onewindow.places.models import SettingChange
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, SEP24, Cast, assemble, at, officer
from tests.faults.fields import wangfangs
from tests.web.citizen import ask, closed, on, page_of, shown
from tests.web.desks import BACKEND
from tests.web.stage import demand_second_factor

pytestmark = pytest.mark.django_db
HELD = "/accounts/login/?next=/accounts/held/"
A_NIGHT = SEP24 + timedelta(hours=15)
TYPED = {
    "text": "写了很久的话" * 40,
    "reason": "<b>理由</b>",
    "many": ["一", "二"],
    "new_password": "石榴花开",
}
KEPT = sorted([("text", TYPED["text"]), ("reason", "<b>理由</b>"), ("many", "一"), ("many", "二")])
SAMPLES = {"uuid": str(uuid4()), "int": "1", "slug": "grant", "str": "LS-260924-0001"}
# Forms that ask for no sign-in, or are the sign-in itself: they have no session that could end under them.
OPEN = (
    "accounts/login/",
    "accounts/logout/",
    "accounts/inactive/",
    "accounts/reauthenticate/",  # one password, one code: kept nowhere
    "accounts/2fa/",
    "mode/",
    "register/",
    "track/$",
    "verify/",
    "third/$",
    "gateway/",
    "api/",
    "styleguide/",
    "box/",  # the machine of a hall, with a key of its own
    "complain/numbers/",  # whoever holds the number of a ticket
    "hall/",  # machines of a hall and whoever stands there: nobody signs in
)
# By number and code; whoever has signed in comes back by signing in, all others by the code (below).
BY_CODE = ("track/<", "rate/<")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from routes(one, path)


def sample(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)


def forms() -> list[str]:
    """Every address that takes something in from somebody who has signed in."""
    visitor = Client()
    every = [one for one in routes(get_resolver()) if not f"{one}$".startswith(OPEN)]
    # Whether it takes anything in is answered before it asks who is there.
    return sorted(one for one in every if visitor.post(sample(one)).status_code != 405)


def all_powerful() -> Account:
    """One officer who may do everything, so that no gate but the session's stands before a form."""
    post = Post.objects.create(
        county=COUNTY, name="全部", scope="county", grants=[grant.value for grant in Grant]
    )
    made = officer(COUNTY, "郑凯", "A001", post)
    Account.objects.filter(pk=made.account_id).update(password_changed_at=SEP24)
    demand_second_factor(False)
    return Account.objects.with_owner().get(pk=made.account_id)


def held_after(account: Account, address: str) -> list[tuple[str, str]]:
    """What the person finds who signed in again after this form had come too late."""
    client = Client()
    with on(SEP24):
        client.force_login(account, backend=BACKEND)
    with on(A_NIGHT):
        answer = client.post(address, TYPED)
        assert answer.status_code == 302, address
        assert answer["Location"] == HELD, address
        client.force_login(account, backend=BACKEND)
        page = client.get("/accounts/held/")
        assert page.context["held"].path == address
        assert f'<form method="post" action="{address}">' in page.content.decode(), address
        return sorted(page.context["held"].fields)


def test_no_form_of_staff_or_applicants_loses_what_was_typed_after_a_night() -> None:
    assemble()
    found = forms()
    account = all_powerful()
    assert len(found) > 50
    lost = [one for one in found if held_after(account, sample(one)) != KEPT]
    assert lost == []


def test_an_applicants_forms_come_back_to_the_applicant() -> None:
    cast = assemble()
    wangfangs(cast)
    account = Account.objects.with_owner().get(username="wangfang")
    own = [one for one in forms() if one.startswith(("my/", "apply/", *BY_CODE))]
    assert len(own) > 15
    lost = [one for one in own if held_after(account, sample(one)) != KEPT]
    assert lost == []


def test_an_answer_given_by_code_comes_back_with_the_code_and_is_given() -> None:
    cast: Cast = assemble()
    case = cast.accepted()
    question = examine.ask_explanation(case, by=cast.zhangmin, at=at(9, 24, 11), text="哪个水池洗菜？")
    client, address = Client(), f"{page_of(case)}questions/{question.pk}/"
    with on(at(9, 24, 12)):
        shown(client, case)
    with on(at(9, 24, 14)):
        gone = client.post(address, {"answer": "靠窗的水池洗菜。"}, follow=True)
        assert gone.redirect_chain[-1][0] == f"/track/?number={case.number}"
        assert "您刚才填的内容还在" in gone.content.decode()
        assert ask(client, case.number, case.enquiry_code)["Location"] == f"{page_of(case)}held/"
        held = client.get(f"{page_of(case)}held/")
        assert "超过一个小时" in held.content.decode()
        client.post(held.context["held"].path, dict(held.context["held"].fields))
        assert client.get(f"{page_of(case)}held/")["Location"] == page_of(case)
    question.refresh_from_db()
    assert question.answer == "靠窗的水池洗菜。"


def test_what_was_typed_about_one_case_is_not_shown_to_whoever_has_the_code_of_another() -> None:
    cast: Cast = assemble()
    case, other = closed(cast), cast.accepted()
    client = Client()
    with on(at(10, 13)):
        shown(client, case)
    with on(at(10, 13, 14)):
        client.post(f"/rate/{case.number}/", {"grade": "1", "text": "只写给窗口看的话"})
        assert ask(client, other.number, other.enquiry_code)["Location"] == f"{page_of(other)}held/"
        page = client.get(f"{page_of(other)}held/", follow=True)
        assert "只写给窗口看的话" not in page.content.decode()
        shown(client, case)
        assert client.get(f"{page_of(case)}held/").status_code == 302  # thrown away
    assert not Rating.objects.exists()


def test_a_setting_typed_too_late_is_changed_after_signing_in() -> None:
    assemble()
    account, client = all_powerful(), Client()
    address = "/manage/settings/upload.max_megabytes/"
    with on(SEP24):
        client.force_login(account, backend=BACKEND)
        assert client.get(address).status_code == 200
    with on(A_NIGHT):
        client.post(address, {"value": "12", "reason": "扫描件清晰一些"})
        client.force_login(account, backend=BACKEND)
        held = client.get("/accounts/held/").context["held"]
        assert client.post(held.path, dict(held.fields)).status_code == 302
    assert SettingChange.objects.filter(name="upload.max_megabytes").latest("pk").value == 12
