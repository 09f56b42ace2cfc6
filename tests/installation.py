"""An installation of its own for tests that need one that really runs: started, asked, stopped, killed."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

PROJECT = Path(__file__).resolve().parents[1]
CLI = [sys.executable, "-m", "onewindow.config.cli"]
STARTED = "按 Ctrl-C 停止"
START_SECONDS = 600.0  # of a machine that is new, slow and has other work
PORTS = range(20_000, 32_000)  # below those that the kernel lends to whoever asks for any
KEPT = "ONEWINDOW_TEST_KEPT"  # a folder that several runs share, so that one prepares for the next
NOT_INHERITED = ("ONEWINDOW_", "DATABASE_URL", "DJANGO_", "PACK", "PORT", "EVENTS_PORT", "MAKE", "MFLAGS")


_ours: list[socket.socket] = []


def free_port() -> int:
    """A port on which nobody listens, and that no other test process of this machine is given meanwhile."""
    first = os.getpid() % len(PORTS)
    for port in (*PORTS[first:], *PORTS[:first]):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0onewindow-test-port-{port}")  # a name that one process has, and that ends with it
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _ours.append(claim)
        return port
    raise AssertionError("no port is free")


def wait_until(true: Callable[[], object], seconds: float = 300.0) -> None:
    """Until a condition holds; the bound is for what never comes, not for what comes late."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@dataclass
class Installation:
    """A data folder, a port, and what runs there."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: told for name, told in os.environ.items() if not name.startswith(NOT_INHERITED)}
        ours = {"PYTHONPATH": str(PROJECT / "src"), "ONEWINDOW_DATA": str(self.data), "PORT": str(self.port)}
        return kept | ours | self.more

    @property
    def dsn(self) -> str:
        return self.more.get("DATABASE_URL") or f"postgresql://onewindow@/onewindow?host={self.data}/pg/run"

    def query(self, statement: str, *told: object) -> list[tuple[Any, ...]]:
        """What the installation's database answers."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            found = connection.execute(statement, told)
            return found.fetchall() if found.description else []

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`onewindow …` in this installation."""
        return subprocess.run(
            [*CLI, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )

    def start(self, command: list[str] | None = None) -> None:
        """`onewindow run` (or another command that does it), until it says that it serves."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command or [*CLI, "run"],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START_SECONDS
        while STARTED not in self.said():
            assert self.process.poll() is None, f"it ended: {self.said()}"
            assert time.monotonic() < until, f"it did not start: {self.said()}"
            time.sleep(0.1)

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def status(self, path: str = "/accounts/login/") -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=120) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def processes(self) -> dict[int, str]:
        """Everything that runs for this installation, by process number."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    told = (entry / "environ").read_bytes() + os.fsencode(os.readlink(entry / "cwd"))
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                except OSError:
                    continue
                if os.fsencode(self.data) in told:
                    found[int(entry.name)] = words
        return found

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(START_SECONDS)


def prepared(made: Installation) -> None:
    """Put a whole data folder in the place of a first start, which is costly: the same for all of this run.

    It was made by a real first start that was ended by a signal, once for each kind of installation asked for.
    """
    kept = Path(os.environ.get(KEPT) or os.environ["ONEWINDOW_TEST_ROOT"]) / ("prepared-" + _kind(made))
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made.start()
            made.stop()
            making = kept.with_suffix(".making")
            subprocess.run(["cp", "-a", str(made.data), str(making)], check=True)
            making.rename(kept)
            return
    shutil.rmtree(made.data, ignore_errors=True)
    subprocess.run(["cp", "-a", str(kept), str(made.data)], check=True)


def _kind(made: Installation) -> str:
    """What makes two installations different before their first start."""
    given = made.data / "installation.toml"
    more = [
        f"{name}={told}" for name, told in made.more.items() if name != "EVENTS_PORT"
    ]  # the next start may change it
    told = [given.read_text("utf-8") if given.exists() else "", *more]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


@contextmanager
def installation(**more: str) -> Iterator[Installation]:
    """A fresh one; whatever still runs of it is ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ow-run-"))
    folder.chmod(0o711)  # the database's own user passes through
    made = Installation(folder, more=more)
    try:
        yield made
    finally:
        made.stop()
        for pid in made.processes():
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(pid, 9)
        shutil.rmtree(folder, ignore_errors=True)
