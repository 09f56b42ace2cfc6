"""Two databases in one run, the county's and that of the hall's own machine, and a line between them that can be cut.

The machine's is copied from the migrated test database before any test has written into it. Inside `box()` everything
speaks to it: another database, another key of the encrypted columns, another installation. `Wire` carries each
question through the county's own web address, so that nothing but bytes passes from one to the other.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection, connections, transaction
from django.test import Client, override_settings

from onewindow.box.models import Box
from onewindow.exchange.box import rounds
from onewindow.exchange.box.link import Barred, Cut

NAME = "ow_hall_box"


def make_database() -> str:
    """A copy of the empty test database on the same server; nothing may be connected to that one meanwhile."""
    there = connections["default"]
    origin = there.settings_dict["NAME"]
    name = f"{NAME}_{origin}"[:60]
    connections.close_all()
    with there._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{origin}"')
    return name


def drop_database(name: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@dataclass
class Wire:
    """The line; `cut` is how it is cut: nothing, `before` (nobody hears the question) or `after` (the answer is lost)."""

    two: "Two"
    cut: str = ""
    asked: list[str] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(what)
        if self.cut == "before":
            raise Cut("no route")
        text = json.dumps(told)
        with self.two.county():
            answer = Client().post(
                f"/box/{what}/",
                text,
                content_type="application/json",
                headers={"Authorization": f"Bearer {self.two.secret}"},
            )
        if self.cut == "after":
            raise Cut("timed out")
        if answer.status_code != 200:
            raise Barred(answer.json()["detail"])
        found: dict[str, Any] = answer.json()
        self.heard.append(found)
        return found


class Two:
    """The county, as every test has it, and beside it the machine of one hall."""

    def __init__(self, name: str) -> None:
        self.name, self.key, self.secret = name, "", ""
        self.now = datetime(2026, 9, 24, 8, 30)
        self.wire = Wire(self)
        self._county = connections["default"]
        self._box = self._county.copy()
        self._box.settings_dict = {**self._county.settings_dict, "NAME": name}
        self._inside = False
        self._rest = ExitStack()

    def begin(self) -> None:
        with self.box():
            atomic = transaction.atomic()
            atomic.__enter__()
        self._atomic = atomic

    def end(self) -> None:
        with self.box():
            try:
                if not self._box.needs_rollback:
                    connection.check_constraints()  # what would only have been refused at the end
            finally:
                transaction.set_rollback(True)
                self._atomic.__exit__(None, None, None)
                self._box.close()

    @contextmanager
    def box(self) -> Iterator[None]:
        """On the machine."""
        before = connections["default"]
        connections["default"] = self._box
        try:
            with override_settings(BOX=self.key or "none", FIELD_KEY=b"\xb0" * 32):
                yield
        finally:
            connections["default"] = before

    @contextmanager
    def county(self) -> Iterator[None]:
        """At the county, also from within the machine."""
        before = connections["default"]
        connections["default"] = self._county
        try:
            with override_settings(BOX="", FIELD_KEY=bytes.fromhex("f1" * 32)):
                yield
        finally:
            connections["default"] = before

    def round(self, at: datetime) -> bool:
        """One round of the machine at this moment; False when the line is cut."""
        with self.box(), time_machine.travel(at, tick=False):
            try:
                rounds.once(self.wire, self.key, lambda: at)
            except Cut:
                return False
        return True

    def connected(self, at: datetime) -> None:
        """From nothing until the queue is the machine's."""
        for _ in range(3):  # who it is, that the queue is its own, and that the copy is whole
            assert self.round(at)

    def own(self) -> Box:
        with self.box():
            return Box.objects.get(key=self.key)


def later(at: datetime, **told: float) -> datetime:
    return at + timedelta(**told)
