"""Programs with tokens: what the tests of the API share."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from onewindow.people.acts import make_token
from onewindow.people.models import Account, ApiToken, Officer, Party, Post
from onewindow.places.models import County
from tests.cast import SEP24, Cast
from tests.people.conftest import Stage, stage

__all__ = ["stage"]

ALL = tuple(ApiToken.Scope.values)
V1 = "/api/v1"


@dataclass
class Program:
    """A program that holds a token."""

    secret: str
    token: ApiToken | None = None
    client: Client = field(default_factory=Client)

    def get(self, path: str, **more: Any) -> HttpResponse:
        return self.client.get(V1 + path, **self._head(), **more)

    def post(self, path: str, body: Any, key: str = "") -> HttpResponse:
        head = self._head() | ({"HTTP_IDEMPOTENCY_KEY": key} if key else {})
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(V1 + path, sent, content_type="application/json", **head)

    def step(self, number: str, step: str, key: str = "", **told: Any) -> HttpResponse:
        return self.post(f"/cases/{number}/steps", {"step": step, **told}, key)

    def _head(self) -> dict[str, str]:
        return {"HTTP_AUTHORIZATION": f"Bearer {self.secret}"} if self.secret else {}


def program_of(stage: Stage, owner: Officer | Party, *scopes: str, name: str = "对接系统") -> Program:
    """A program that the administrator gave a token for `owner`'s account."""
    if owner.account_id is None:
        owner.account = Account.objects.create(username=f"p{owner.pk}", joined_at=SEP24)
        owner.save(update_fields=["account"])
    made = make_token(
        County.objects.get(),
        by=stage.admin,
        at=SEP24,
        account=Account.objects.with_owner().get(pk=owner.account_id),
        name=name,
        scopes=scopes or ALL,
        expires_on=SEP24.date().replace(year=2027),
    )
    return Program(made.secret, made.token)


def application(cast: Cast, **more: Any) -> dict[str, Any]:
    """What a window's program sends for 王芳."""
    return {
        "item": cast.version.item.address,
        "applicant": {"paper_kind": "resident", "paper_number": "991523198803040427", "name": "王芳"},
        "form": {"shop": "罗山县芳邻小面馆", "area": 46},
        "materials": [{"code": m.code, "finding": "fits"} for m in cast.materials],
        "phone": "10095715339",
        **more,
    }


def at_moment(when: datetime) -> Any:
    return time_machine.travel(when, tick=False)


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """The server's clock stands still on 24 September 2026."""
    with at_moment(SEP24):
        yield


@pytest.fixture
def window(stage: Stage) -> Program:
    """李伟's window."""
    Post.objects.filter(pk=stage.desk.pk).update(window=stage.cast.window)
    return program_of(stage, stage.cast.liwei)


@pytest.fixture
def examiner(stage: Stage) -> Program:
    """张敏's system."""
    return program_of(stage, stage.cast.zhangmin)


@pytest.fixture
def head(stage: Stage) -> Program:
    """陈局's system."""
    return program_of(stage, stage.cast.chenju)


@pytest.fixture
def other_office(stage: Stage) -> Program:
    """赵强's system, of another office."""
    return program_of(stage, stage.cast.zhaoqiang)
