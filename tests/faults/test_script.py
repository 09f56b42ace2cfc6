"""Script in every field of every form: nothing breaks, nothing is ever shown as markup, and no page may run it anyway."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from onewindow.ground import files
from onewindow.letters.models import Letter
from onewindow.people.models import Account, Post
from onewindow.rules.grants import Grant
from tests.cast import SEP24, Cast, assemble, carry_out, officer
from tests.fakes.papers import pdf
from tests.web.citizen import on, page_of, shown
from tests.web.desks import BACKEND, at_desk, begin

pytestmark = pytest.mark.django_db
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
OTHERS = (
    "=cmd|' /C calc'!A0",
    '#eval("1+1")',
    "a\0b",
    "2026-02-30",
    "0000-00-00",
    "９" * 40,
    "𠮷\u202e" * 300,
)
RAW = re.compile(r"<script>alert|<img src=x")
COUNTY = "411521000000"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@dataclass
class Form:
    """A form of a page, as a browser would see it."""

    action: str
    post: bool
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def forms(html: str, address: str) -> list[Form]:
    found = []
    for head, body in re.findall(r"<form([^>]*)>(.*?)</form>", html, re.S):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', head))
        form = Form(unescape(told.get("action") or address), told.get("method", "get").lower() == "post")
        for tag in re.findall(r"<(?:input|textarea|select|button)[^>]*>", body):
            one = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
            name, kind = one.get("name", ""), one.get("type", "text")
            if not name or name == "csrfmiddlewaretoken":
                continue
            if kind == "hidden":
                form.hidden[name] = unescape(one.get("value", ""))
            elif kind == "file":
                form.files.add(name)
            else:
                form.names.add(name)
        found.append(form)
    return found


def checked(answer: HttpResponse, address: str) -> str:
    assert answer.status_code < 500, address
    if answer.status_code in (301, 302) or not answer["Content-Type"].startswith("text/html"):
        return ""
    html = answer.content.decode()
    assert not RAW.search(html), address
    told = answer["Content-Security-Policy"]
    assert "script-src 'self'" in told, address
    assert "unsafe" not in told, address
    return html


def spoil(client: Client, address: str, leave: tuple[str, ...] = ()) -> int:
    """Send every form of a page with every kind of bad text in every field; answers how many fields there were."""
    html, fields = checked(client.get(address), address), 0
    for form in forms(html, address):
        if not form.post or any(word in form.action for word in leave):
            continue
        fields += len(form.names) + len(form.hidden) + len(form.files)
        for bad in (EVIL, *OTHERS):
            told: dict[str, Any] = {name: bad for name in form.names} | form.hidden
            checked(client.post(form.action, told), f"{form.action} {bad[:20]}")
        if form.hidden:
            checked(client.post(form.action, dict.fromkeys(form.names | set(form.hidden), EVIL)), form.action)
        lies = {name: SimpleUploadedFile(f"{EVIL}/../..\\=cmd.pdf", b"MZ no") for name in form.files}
        if lies:
            checked(client.post(form.action, {**form.hidden, **lies}), form.action)
    checked(client.get(address, {"q": EVIL, "after": EVIL, "page": EVIL}), address)
    return fields


def wangfangs(cast: Cast) -> Client:
    account = Account.objects.create(
        username="wangfang", joined_at=SEP24, password="!", password_changed_at=SEP24
    )
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(account=account)
    client = Client()
    client.force_login(Account.objects.with_owner().get(pk=account.pk), backend=BACKEND)
    return client


LEAVE = ("/logout/", "/mode/", "/erase/")
CITIZEN = ("/", "/search/", "/track/", "/verify/", "/rules/", "/register/", "/accounts/login/")
OWN = (
    "/my/",
    "/my/messages/",
    "/my/papers/",
    "/my/people/ward/",
    "/my/people/firm/",
    "/my/privacy/",
    "/my/privacy/contact/",
)
MANAGE = (
    "/manage/organisation/",
    "/manage/organisation/officers/new/",
    "/manage/organisation/departments/new/",
    "/manage/organisation/posts/new/",
    "/manage/windows/",
    "/manage/windows/halls/new/",
    "/manage/settings/",
    "/manage/settings/upload.max_megabytes/",
    "/manage/calendar/",
    "/manage/calendar/import/",
    "/manage/tokens/",
    "/manage/tokens/new/",
    "/manage/accesses/",
)
CATALOGUE = (
    "/catalogue/",
    "/catalogue/new/",
    "/catalogue/import/",
    "/catalogue/changes/",
    "/catalogue/missed/",
)


def test_script_in_every_field_of_the_citizens_pages() -> None:
    cast = assemble()
    case = cast.accepted()
    visitor, wangfang = Client(), wangfangs(cast)
    with on(SEP24):
        fields = sum(spoil(visitor, address, LEAVE) for address in CITIZEN)
        shown(visitor, case)
        fields += spoil(visitor, page_of(case), LEAVE) + spoil(visitor, f"{page_of(case)}withdraw/", LEAVE)
        fields += sum(spoil(wangfang, address, LEAVE) for address in OWN)
    assert fields > 15


def test_script_in_every_field_of_the_counter_and_the_department() -> None:
    cast = assemble()
    case = cast.accepted()
    liwei, zhangmin, chenju = at_desk(cast.liwei), at_desk(cast.zhangmin), at_desk(cast.chenju)
    with on(SEP24):
        fields = spoil(liwei, "/counter/", LEAVE) + spoil(liwei, begin(liwei, cast), LEAVE)
        for act in ("question", "forward", "withdraw", "ask"):
            fields += spoil(zhangmin, f"/cases/{case.number}/do/{act}/", LEAVE)
        fields += spoil(zhangmin, f"/cases/{case.number}/", LEAVE)
        for act in ("grant", "deny"):
            fields += spoil(chenju, f"/cases/{case.number}/do/{act}/", LEAVE)
        for desk, address in ((zhangmin, f"/cases/{case.number}/"), (zhangmin, "/desk/"), (chenju, "/desk/")):
            checked(desk.get(address), address)
    assert fields > 15


def test_script_in_every_field_of_catalogue_and_management() -> None:
    cast = assemble()
    grants = [grant.value for grant in Grant]
    post = Post.objects.create(county=COUNTY, name="全部", scope="county", grants=grants)
    admin = at_desk(officer(COUNTY, "郑凯", "A001", post))
    item = cast.version.item_id
    more = (f"/catalogue/{item}/", f"/catalogue/{item}/draft/", f"/catalogue/{item}/change/")
    with on(SEP24):
        fields = sum(spoil(admin, address, LEAVE) for address in (*MANAGE, *CATALOGUE, *more))
        for address in (*MANAGE, *CATALOGUE, *more, "/watch/", "/errands/", "/"):
            checked(admin.get(address), address)
    assert fields > 40


def test_what_was_typed_stands_in_the_letter_letter_for_letter_and_nothing_is_carried_out() -> None:
    cast = assemble()
    name = '#eval("1+1") *王* $x$ <b>'
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(name=name)
    cast.wangfang.refresh_from_db()
    case = cast.accepted()
    carry_out(case.subject)
    letters = list(Letter.objects.filter(subject=case.subject))
    assert {letter.data["addressee"] for letter in letters} == {name}
    assert all(files.read(letter.file).startswith(b"%PDF-") for letter in letters)


def test_a_file_name_stands_in_no_header_and_on_no_page_as_it_was_sent() -> None:
    cast = assemble()
    liwei, key = at_desk(cast.liwei), cast.materials[1].pk
    evil = 'x\r\nSet-Cookie: a=1"; <script>alert(1)</script>.pdf'
    with on(SEP24):
        page = begin(liwei, cast)
        liwei.post(f"{page}save/", {f"file-{key}": SimpleUploadedFile(evil, pdf(), "application/pdf")})
        answer = liwei.get(f"{page}scans/{key}/")
        checked(liwei.get(page), page)
    assert "Set-Cookie: a=1" not in str(answer.headers)
