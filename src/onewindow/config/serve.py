"""服务进程: which processes make up a running installation, and how do they live and end together?"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from onewindow.config import child
from onewindow.config.refused import Refused

PAGES_WORKERS = 2
THREADS = 8
PORT_PATIENCE = 5.0  # an installation that is just ending lets go of its port
ANSWER_SECONDS = 60.0
STOP_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 1.0, 30.0, 60.0


@dataclass(frozen=True)
class Addresses:
    """Where this installation answers: one port, or a second one for the event streams."""

    host: str
    port: int
    events_port: int | None = None

    @property
    def pages(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def events(self) -> str:
        return f"http://{self.host}:{self.events_port}" if self.events_port else ""


def addresses() -> Addresses:
    return Addresses(
        os.environ.get("ONEWINDOW_BIND") or "127.0.0.1", _port("PORT") or 8000, _port("EVENTS_PORT")
    )


def _port(name: str) -> int | None:
    told = os.environ.get(name, "").strip()
    if not told:
        return None
    if not told.isascii() or not told.isdigit() or not 0 < int(told) < 65536:
        raise Refused(f"{name}={told} 不是端口号：请用 1 到 65535 之间的整数。")
    return int(told)


def reserve(where: Addresses) -> list[socket.socket]:
    """One sentence when another program answers on one of our ports; else they are ours while this is held.

    The web server lets several processes listen on one port, so two installations that start at the same
    moment would both succeed: a name that only one process can hold decides.
    """
    held = []
    for name, port in (("PORT", where.port), ("EVENTS_PORT", where.events_port)):
        if port is not None:
            held.append(_becomes_ours(where.host, port))
            if held[-1] is None:
                raise Refused(
                    f"端口 {port} 已被占用，OneWindow 可能已在运行："
                    f"请先停止它，或换一个端口，例如 make run {name}={port + 1}。"
                )
    return [one for one in held if one is not None]


def _becomes_ours(host: str, port: int) -> socket.socket | None:
    until = time.monotonic() + PORT_PATIENCE
    while True:
        name = _named(port)
        if name is not None and _free(host, port):
            return name
        if name is not None:
            name.close()
        if time.monotonic() > until:
            return None
        time.sleep(0.1)


def _named(port: int) -> socket.socket | None:
    """The name of this port, if nobody holds it; the kernel frees it when the holder dies (Linux alone)."""
    name = socket.socket(socket.AF_UNIX)
    try:
        if sys.platform == "linux":
            name.bind(f"\0onewindow-port-{port}")
    except OSError:
        name.close()
        return None
    return name


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Refused(f"没有权限使用端口 {port}：请用 1024 以上的端口。") from error
        except OSError:
            return False
    return True


def commands(where: Addresses) -> dict[str, list[str]]:
    """The processes of one box by name, as they are started."""
    root, wsgi = "onewindow.config.asgi:application", "onewindow.config.wsgi:application"
    worker = [sys.executable, "-m", "onewindow.config.cli", "worker"]
    if where.events_port is None:
        return {"网页": _granian(root, "asginl", where.host, where.port, PAGES_WORKERS), "后续事项": worker}
    pages = _granian(wsgi, "wsgi", where.host, where.port, PAGES_WORKERS)
    events = _granian("onewindow.config.streams:application", "asginl", where.host, where.events_port, 1)
    return {"网页": [*pages, "--blocking-threads", str(THREADS)], "实时事件": events, "后续事项": worker}


def link() -> dict[str, list[str]]:
    """Of the machine of a hall besides: the one process that speaks to the county."""
    return {"县里的线路": [sys.executable, "-m", "onewindow.config.cli", "box-link"]}


def _granian(target: str, interface: str, host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", target, "--interface", interface),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--http", "1", "--no-ws", "--loop", "asyncio", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


@dataclass
class Part:
    """One process of the installation and when it may be started again."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    again_at: float = 0.0
    since: float = 0.0


@dataclass
class Parts:
    """All processes of the installation: started, started again when they die, ended together."""

    parts: dict[str, Part] = field(default_factory=dict)

    def start(self, told: dict[str, list[str]]) -> None:
        for name, command in told.items():
            self.parts[name] = Part(command)
            _start(self.parts[name])

    def look_after(self, say: Callable[[str], None]) -> None:
        """Called every second: a dead process is started again, later each time it dies at once."""
        for name, part in self.parts.items():
            if part.process is not None and part.process.poll() is not None:
                if time.monotonic() - part.since > STEADY_SECONDS:
                    part.pause = FIRST_PAUSE  # it had worked well since the last time
                say(f"“{name}”进程意外结束（{part.process.returncode}），{part.pause:.0f} 秒后重新启动。")
                _end_rest(part.process)
                part.process, part.again_at = None, time.monotonic() + part.pause
                part.pause = min(part.pause * 2, LONGEST_PAUSE)
            elif part.process is None and time.monotonic() >= part.again_at:
                _start(part)

    def stop(self) -> None:
        running = [part.process for part in self.parts.values() if part.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            if process.poll() is None:
                _end_rest(process)
                process.wait()
        self.parts.clear()


def _end_rest(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of its session: the workers of a server that was killed would keep the port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _start(part: Part) -> None:
    part.process, part.since = child.start(part.command, dies_by=signal.SIGTERM), time.monotonic()


def await_answer(where: Addresses, parts: Parts, stopped: Callable[[], bool]) -> None:
    """Until the pages answer; a process that ends before that has already said why."""
    until = time.monotonic() + ANSWER_SECONDS
    while not stopped():
        dead = [
            name for name, part in parts.parts.items() if part.process and part.process.poll() is not None
        ]
        if dead:
            raise Refused(
                f"“{'、'.join(dead)}”进程没有启动：原因见上面的错误信息，或执行 onewindow doctor 检查。"
            )
        with suppress(OSError), socket.create_connection((where.host, where.port), 1.0):
            return
        if time.monotonic() > until:
            raise Refused(f"服务在 {ANSWER_SECONDS:.0f} 秒内没有应答：请执行 onewindow doctor 检查。")
        time.sleep(0.1)
