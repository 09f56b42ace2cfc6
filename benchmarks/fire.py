"""请求: how are many requests sent at once by a client that costs little itself?

Blocking sockets that stay open, one thread for each; only to 127.0.0.1 and for a bounded time.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
Ask = Callable[[], bytes]


def request(method: str, path: str, *, token: str = "", key: str = "", body: Any = None) -> bytes:
    """One request as it goes over the wire."""
    sent = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(sent)}"]
    if sent:
        lines.append("Content-Type: application/json")
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + sent


class Line:
    """One open connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._open()

    def ask(self, sent: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        try:
            self.socket.sendall(sent)
            return self._read()
        except ConnectionError:  # the server closed an idle connection
            self.socket = self._open()
            self.socket.sendall(sent)
            return self._read()

    def json(self, sent: bytes, *good: int) -> Any:
        status, body = self.ask(sent)
        if status not in (good or (200, 201)):
            raise RuntimeError(f"{status}: {body[:500].decode('utf-8', 'replace')}")
        return json.loads(body)

    def close(self) -> None:
        self.socket.close()

    def _open(self) -> socket.socket:
        made = socket.create_connection((HOST, self.port), 60)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _read(self) -> tuple[int, bytes]:
        kept = b""
        while b"\r\n\r\n" not in kept:
            kept += self._more()
        head, _, body = kept.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        told = {
            name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])
        }
        if told.get(b"transfer-encoding") == b"chunked":
            return int(lines[0].split()[1]), self._chunks(body)
        length = int(told.get(b"content-length", b"0"))
        while len(body) < length:
            body += self._more()
        return int(lines[0].split()[1]), body

    def _chunks(self, kept: bytes) -> bytes:
        found = b""
        while True:
            while b"\r\n" not in kept:
                kept += self._more()
            size, _, kept = kept.partition(b"\r\n")
            length = int(size, 16)
            while len(kept) < length + 2:
                kept += self._more()
            if length == 0:
                return found
            found, kept = found + kept[:length], kept[length + 2 :]

    def _more(self) -> bytes:
        got = self.socket.recv(262144)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got


@dataclass
class Shot:
    """What came of it."""

    seconds: float
    took: list[float] = field(default_factory=list)  # milliseconds of each good answer
    bad: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    def at(self, percent: int) -> float:
        """The percentile, in milliseconds."""
        found = sorted(self.took)
        return found[min(len(found) - 1, len(found) * percent // 100)] if found else 0.0


def fire(port: int, ask: Ask, clients: int, seconds: float) -> Shot:
    """Send what `ask` answers, over and over, from so many clients for so long."""
    lines = [Line(port) for _ in range(clients)]
    shot = Shot(0.0)
    gate = threading.Barrier(clients + 1)
    until = [0.0]

    def work(line: Line) -> None:
        gate.wait()
        while time.perf_counter() < until[0]:
            sent = ask()
            began = time.perf_counter()
            status, body = line.ask(sent)
            took = (time.perf_counter() - began) * 1000
            if status in (200, 201):
                shot.took.append(took)
            else:
                shot.bad.append(f"{status}: {body[:300].decode('utf-8', 'replace')}")

    threads = [threading.Thread(target=work, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    until[0] = began + seconds
    gate.wait()
    for thread in threads:
        thread.join()
    shot.seconds = time.perf_counter() - began
    for line in lines:
        line.close()
    return shot
