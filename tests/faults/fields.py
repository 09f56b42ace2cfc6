"""Every field of every form of a page, spoilt: what the tests of bad input share."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from onewindow.people.models import Account
from tests.cast import SEP24, Cast
from tests.web.desks import BACKEND

# The pages on which the record of a case is corrected.
RECORD = (
    "cases/<str:number>/void/<int:place>/",
    "cases/<str:number>/voidings/<int:voiding>/",
)
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
SHOWN = "&lt;script&gt;alert(1)"  # how it stands on a page
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
FIELD = re.compile(r"<(input|button|textarea|select)([^>]*)>")
SELECT = re.compile(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"')
ROW = re.compile(r"(?<=/)[^/]*\d[^/]*(?=/)")  # the part of an address that names a row: a number, a key
NUMBER = "991523198803040427"
GOOD = {"date": "2026-10-08", "phone": "10095715339", "area": "46", "paper": NUMBER, "last": NUMBER[-4:]}
# Machine grants, decision tables and representatives: swept in test_script_shorter.py.
SHORTER = (
    "watch/instant/<int:judgement>/",
    "catalogue/<int:item>/v/<int:number>/dry-run/",
    "manage/chiefs/departments/<int:department>/",
    "manage/chiefs/<int:delegation>/revoke/",
)
LEAVE = ("/logout/", "/mode/", "/erase/", "/discard/")


@dataclass
class Form:
    """A form of a page, as a browser would see it."""

    action: str
    post: bool
    hidden: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)  # fields that offer a choice, with one of theirs
    words: dict[str, str] = field(default_factory=dict)  # fields to write in, with something that would do
    files: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        return {*self.chosen, *self.words}

    def put(self, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", tag)
        if kind == "hidden":
            self.hidden[name] = unescape(told.get("value", ""))
        elif kind == "file":
            self.files.add(name)
        elif kind in ("radio", "checkbox", "submit", "button"):
            self.chosen.setdefault(name, unescape(told.get("value", "on")))
        elif kind != "password" and name not in self.chosen:
            self.words[name] = next(
                (good for part, good in GOOD.items() if part in (kind, *name.split("_"))), ""
            )


def forms(html: str, address: str) -> list[Form]:
    found = []
    for head, body in re.findall(r"<form([^>]*)>(.*?)</form>", html, re.S):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', head))
        form = Form(unescape(told.get("action") or address), told.get("method", "get").lower() == "post")
        for name, inside in SELECT.findall(body):
            form.chosen[name] = unescape(next(iter(OPTION.findall(inside)), ""))
        for tag, inner in FIELD.findall(body):
            one = dict(re.findall(r'([a-z-]+)="([^"]*)"', inner))
            if one.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken":
                form.put(tag, one)
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


Seen = set[tuple[str, ...]]


def spoil(
    client: Client,
    address: str,
    leave: tuple[str, ...] = LEAVE,
    seen: Seen | None = None,
    page: HttpResponse | None = None,
) -> int:
    """Send every form of a page with every kind of bad text in every field; answers how many fields there were.

    The last round chooses what can be chosen and writes script where one writes: much of that is kept.
    A form that was `seen`, on this page or before, is sent only what may be shown: script, and what is kept.
    """
    page, seen, fields = page or client.get(address), set() if seen is None else seen, 0
    for form in forms(checked(page, address), address):
        if not form.post or any(word in form.action for word in leave):
            continue
        fields += len(form.names) + len(form.hidden) + len(form.files)
        known = again(seen, form.action, *sorted({*form.names, *form.hidden, *form.files}))
        for bad in (EVIL,) if known else (EVIL, *OTHERS):
            told: dict[str, Any] = {**dict.fromkeys(form.names, bad), **form.hidden}
            checked(client.post(form.action, told), f"{form.action} {bad[:20]}")
        if form.hidden:
            checked(client.post(form.action, dict.fromkeys((*form.names, *form.hidden), EVIL)), form.action)
        lies = {name: SimpleUploadedFile(f"{EVIL}/../..\\=cmd.pdf", b"MZ no") for name in form.files}
        if lies:
            checked(client.post(form.action, {**form.hidden, **lies}), form.action)
        written = {name: good or EVIL for name, good in form.words.items()}
        checked(client.post(form.action, {**form.hidden, **form.chosen, **written}), form.action)
    if not again(seen, address, "?"):
        checked(client.get(address, {"q": EVIL, "after": EVIL, "page": EVIL}), address)
    return fields


def blind(client: Client, address: str, *names: str) -> int:
    """The same for an address that takes something in and has no page of its own."""
    for bad in (EVIL, *OTHERS):
        checked(client.post(address, dict.fromkeys(names, bad)), f"{address} {bad[:20]}")
    return len(names)


def again(seen: Seen, address: str, *names: str) -> bool:
    """Whether the same was sent to this address before, whichever case or row it stood for."""
    told = (ROW.sub("#", address), *names)
    known = told in seen
    seen.add(told)
    return known


def wangfangs(cast: Cast) -> Client:
    """王芳's own browser, signed in to an account of hers."""
    account = Account.objects.create(
        username="wangfang", joined_at=SEP24, password="!", password_changed_at=SEP24
    )
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.account = account
    client = Client()
    client.force_login(Account.objects.with_owner().get(pk=account.pk), backend=BACKEND)
    return client
