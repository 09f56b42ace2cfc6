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
