"""一套安装: the product as `onewindow run` starts it, in a data folder of its own, and the bare Django beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from benchmarks import machine
from onewindow.config.postgres import OWNER

PROJECT = Path(__file__).resolve().parents[1]
STARTED = "按 Ctrl-C 停止"
NOT_INHERITED = ("ONEWINDOW_", "DATABASE_URL", "DJANGO_", "PACK", "PORT", "EVENTS_PORT", "MAKE", "MFLAGS")
KEYS = {"ONEWINDOW_SECRET_KEY": "5e" * 32, "ONEWINDOW_FIELD_KEY": "f1" * 32}
START_SECONDS, DRAIN_SECONDS = 300.0, 300.0
_WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
_FAILED = "SELECT error, count(*) FROM journal_failure GROUP BY error"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Box:
    """One installation: started, measured from outside by /proc and its database, stopped."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    connection: psycopg.Connection[tuple[object, ...]] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def dsn(self) -> str:
        return f"postgresql://onewindow@/onewindow?host={self.data}/pg/run"

    @property
    def filling(self) -> str:
        """As the owner of the cluster and without the checks of foreign keys: a third of the time of a COPY."""
        quick = "options=-c%20session_replication_role%3Dreplica"
        return f"postgresql://{OWNER}@/onewindow?host={self.data}/pg/run&{quick}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: told for name, told in os.environ.items() if not name.startswith(NOT_INHERITED)}
        ours = {
            "PYTHONPATH": f"{PROJECT}/src{os.pathsep}{PROJECT}",
            "ONEWINDOW_DATA": str(self.data),
            "PORT": str(self.port),
        }
        return kept | KEYS | ours

    @property
    def django(self) -> dict[str, str]:
        """What a process needs beside to use the product's own code on this database."""
        return {
            "ONEWINDOW_DATABASE": self.dsn,
            "ONEWINDOW_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "onewindow.config.settings",
        }

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # the database's own user passes through
        with (self.folder / "log").open("wb") as log:
            command = [sys.executable, "-m", "onewindow.config.cli", "run"]
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until = time.monotonic() + START_SECONDS
        while STARTED not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"it did not start:\n{self.said()}")
            time.sleep(0.2)

    def said(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def stop(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """By one connection that stays open: a new one for each look would cost more than a request."""
        if self.connection is None:
            self.connection = psycopg.connect(self.dsn, autocommit=True)
        return self.connection.execute(statement).fetchall()

    def parts(self) -> dict[str, list[int]]:
        """Its processes: the web server, the errand worker, PostgreSQL, and whoever looks after them."""
        assert self.process is not None
        found: dict[str, list[int]] = {"web": [], "worker": [], "postgres": [], "other": []}
        for pid in machine.descendants(self.process.pid):
            found[_kind(machine.name_of(pid))].append(pid)
        return found

    def waiting(self) -> int:
        """Errands that are not done yet."""
        return int(str(self.query(_WAITING)[0][0]))

    def failures(self) -> str:
        """Errands that failed, and why; they would be tried again for hours."""
        kinds = self.query(_FAILED)
        return "；".join(f"{why}（{number}）" for why, number in kinds)

    def drain(self) -> float:
        """Wait until nothing is left to do; the seconds that it took."""
        began = time.monotonic()
        while self.waiting():
            if self.failures():
                raise RuntimeError(f"errands fail: {self.failures()}")
            if time.monotonic() - began > DRAIN_SECONDS:
                raise RuntimeError(f"errands pile up: {self.waiting()} are left")
            time.sleep(0.1)
        return time.monotonic() - began


def _kind(command: str) -> str:
    if "granian" in command:
        return "web"
    if "onewindow.config.cli worker" in command:
        return "worker"
    return "postgres" if "postgres" in command.split(" ", maxsplit=1)[0] else "other"


@dataclass
class Floor:
    """The bare Django on the same database, served by the same server with the same workers and threads."""

    box: Box
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = self.box.environment | {"ONEWINDOW_DATABASE": self.box.dsn}
        from onewindow.config import serve

        where = serve.Addresses("127.0.0.1", self.port)
        product = serve.commands(where)["网页"]
        command = [
            "benchmarks.floor.asgi:application" if word == "onewindow.config.asgi:application" else word
            for word in product
        ]
        with (self.box.folder / "floor.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        serve.await_answer(where, serve.Parts(), lambda: False)
        time.sleep(2)  # its workers listen before they have loaded Django

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None
