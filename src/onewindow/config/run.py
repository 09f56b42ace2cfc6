"""开办: how does one command bring up the whole installation, and take all of it down again?"""

import json
import os
import select
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from onewindow.config import child, folders, postgres, serve
from onewindow.config.refused import Refused

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(argv: list[str]) -> int:
    """Database, tables, demonstration county, services; then wait for the signal to stop."""
    ArgumentParser(prog="onewindow run", description="启动数据库和全部服务，按 Ctrl-C 停止。").parse_args(
        argv
    )
    if os.environ.get("MAKELEVEL"):
        child.end_with_parent(signal.SIGTERM)  # `make run` killed outright takes everything with it
    where = serve.addresses()
    held = serve.reserve(where)
    installation = installed(demo=True)
    stop = _Stop()
    with database() as cluster:
        lines = [*prepare(installation), *unfounded(installation)]
        parts = serve.Parts()
        try:
            os.environ["ONEWINDOW_EVENTS_URL"] = os.environ.get("ONEWINDOW_EVENTS_URL") or where.events
            os.environ["ONEWINDOW_SERVED_AT"] = (
                f"{where.pages},{where.pages.replace('127.0.0.1', 'localhost')}"
            )
            parts.start(serve.commands(where) | (serve.link() if installation.box else {}))
            serve.await_answer(where, parts, stop.asked)
            _say_all(where, lines, stop)
            while not stop.asked():
                stop.wait(1.0)
                keep(cluster)
                if not stop.asked():
                    parts.look_after(_say)
        finally:
            if cluster is not None:
                cluster.retire()
            parts.stop()
    for name in held:
        name.close()
    _say("OneWindow 已停止。")
    return 0


def installed(*, demo: bool) -> folders.Installation:
    """The installation of the data folder, made now if there is none."""
    pack, folder = place(), folders.folder()
    folder.make()
    folder.describe(folders.Installation(pack, demo), datetime.now(UTC).date())
    kept = folder.installation()
    return kept or folders.Installation(pack, demo)


def place() -> str:
    """The pack that is asked for, when there is one of this name and the data folder is not another place's."""
    pack, known = folders.pack(), folders.places()
    if pack not in known:
        told = "、".join(known) or f"{folders.packs()} 里已有的"
        raise Refused(f"没有名为 {pack} 的政策包：请从 {told} 中选择，例如 make run PACK=luoshan。")
    folders.folder().refuse_other_place(pack)
    return pack


def unfounded(installation: folders.Installation) -> list[str]:
    """What to say of a real installation whose `init` was broken off: tables, and nobody who could sign in."""
    if installation.demo or installation.box:
        return []
    with psycopg.connect(os.environ["ONEWINDOW_DATABASE"]) as connection:
        if connection.execute("SELECT 1 FROM places_county LIMIT 1").fetchone() is not None:
            return []
    return [f"这个安装还没有建立完，没有管理员：请停止，再执行 onewindow init --pack {installation.pack}。"]


@contextmanager
def database() -> Iterator[postgres.Cluster | None]:
    """The database for as long as the block lasts, named in the environment for every process below."""
    given = os.environ.get("DATABASE_URL")
    if given:
        postgres.check(given)
        os.environ["ONEWINDOW_DATABASE"] = given
        yield None
        return
    cluster = postgres.Cluster(folders.folder().postgres)
    try:
        os.environ["ONEWINDOW_DATABASE"] = cluster.start()
        yield cluster
    finally:
        cluster.stop()


def keep(cluster: postgres.Cluster | None) -> None:
    """A database server that died is started again; one whose owner ended becomes ours."""
    if cluster is None:
        return
    try:
        cluster.take_over()
    except Refused as refused:
        _say(f"数据库中断，正在重试：{refused}")


def prepare(installation: folders.Installation) -> list[str]:
    """Tables, static files and the demonstration county, in a process that gives its memory back."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as told:
        command = [sys.executable, "-m", "onewindow.config.cli", "prepare", told.name]
        environment = os.environ | {"ONEWINDOW_DEMO": "1" if installation.demo else ""}
        done = child.start(command, dies_by=signal.SIGTERM, env=environment)
        if done.wait() != 0:
            raise Refused("准备数据时出错：原因见上面的错误信息，改正后重新执行。")
        text = Path(told.name).read_text("utf-8")
    return list(json.loads(text)) if text else []


def _say_all(where: serve.Addresses, lines: list[str], stop: "_Stop") -> None:
    if stop.asked():
        return
    _say(f"OneWindow 一窗已启动：{where.pages}/")
    if where.events:
        _say(f"实时事件：{where.events}/events/")
    for line in lines:
        _say(line)
    _say("按 Ctrl-C 停止。")


def _say(sentence: str) -> None:
    print(sentence, flush=True)


class _Stop:
    """Whether a signal has asked us to end."""

    def __init__(self) -> None:
        self._asked = False
        self._hears, self._woken_by = os.pipe()
        os.set_blocking(self._woken_by, False)
        signal.set_wakeup_fd(self._woken_by, warn_on_full_buffer=False)
        for signum in STOP_SIGNALS:
            signal.signal(signum, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked = True

    def asked(self) -> bool:
        return self._asked

    def wait(self, seconds: float) -> None:
        """Sleep, but wake at once for a signal."""
        if not self._asked and select.select([self._hears], [], [], seconds)[0]:
            os.read(self._hears, 4096)
