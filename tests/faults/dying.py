"""Processes that are killed outright at a chosen place, on the database of the tests.

Run as a program it answers lines of its standard input: each is work for a fresh copy of it, which gets `kill -9`
before or after its first call of a function. (A copy of the test's own process would inherit half-dead threads.)
"""

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Mortals:
    """The test's end of the program."""

    process: "subprocess.Popen[str]"

    def killed(self, work: dict[str, Any], path: str, when: str) -> bool:
        """Let a copy do the work and die; answers whether it came to the place where it dies."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({**work, "path": path, "when": when}) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline() == f"{-signal.SIGKILL}\n"


@contextmanager
def mortals() -> Iterator[Mortals]:
    from django.db import connection

    told = {
        name: str(connection.settings_dict[name.upper()]) for name in ("user", "password", "host", "port")
    }
    given = {**told, "dbname": str(connection.settings_dict["NAME"])}
    dsn = " ".join(f"{name}='{value}'" for name, value in given.items() if value)
    environment = os.environ | {"PYTHONPATH": f"{PROJECT}/src:{PROJECT}", "ONEWINDOW_DATABASE": dsn}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.faults.dying"],
        cwd=PROJECT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Mortals(process)
    finally:
        process.communicate(timeout=120)


def _serve() -> None:
    import django

    django.setup()
    importlib.import_module("onewindow.config.worker")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _live(json.loads(line))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _live(work: dict[str, Any]) -> None:
    from django.conf import settings

    signal.alarm(300)  # what hangs ends too, and is told apart from what was killed
    for name, value in work.get("settings", {}).items():
        setattr(settings, name, value)
    _die_at(work["path"], work["when"])
    if "post" in work:
        _post(**work["post"])
    else:
        importlib.import_module("onewindow.config.worker").main(["--once"])


def _post(to: str, fields: dict[str, str], cookies: dict[str, str], at: float) -> None:
    """A page that somebody sends, at this moment."""
    import time_machine
    from django.test import Client

    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    with time_machine.travel(at, tick=False):
        client.post(to, fields)


def _die_at(path: str, when: str) -> None:
    module, _, inside = path.partition(":")
    place: Any = importlib.import_module(module)
    *steps, name = inside.split(".")
    for step in steps:
        place = getattr(place, step)
    real = getattr(place, name)

    def deadly(*told: Any, **more: Any) -> Any:
        if when == "after":
            real(*told, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(place, name, deadly)


if __name__ == "__main__":
    _serve()
