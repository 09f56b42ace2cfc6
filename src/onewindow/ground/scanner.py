"""查毒: does the virus scanner of this office find anything in a file? Speaks clamd's INSTREAM."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from django.conf import settings

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


class NoAnswer(Exception):
    """The scanner that this installation uses does not answer; nothing may be kept unscanned."""


@dataclass(frozen=True)
class Scanned:
    """What the scanner said: the name of what it found, empty when nothing."""

    found: str = ""

    @property
    def clean(self) -> bool:
        return not self.found


def scan(content: bytes) -> Scanned | None:
    """Have the bytes looked at; None where no scanner is configured (ONEWINDOW_CLAMD).

    The address is `host:port` or the path of a unix socket.
    """
    address = settings.CLAMD
    if not address:
        return None
    try:
        said = _ask(address, content)
    except OSError as fault:
        raise NoAnswer("查毒程序没有回答") from fault
    verdict = said.rstrip("\0\n").removeprefix("stream: ")
    if verdict == "OK":
        return Scanned()
    if verdict.endswith(" FOUND"):
        return Scanned(verdict.removesuffix(" FOUND"))
    raise NoAnswer("查毒程序没有给出结论")


def _ask(address: str, content: bytes) -> str:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            part = content[start : start + _CHUNK]
            line.sendall(struct.pack("!L", len(part)) + part)
        line.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
            more = line.recv(_LONGEST_ANSWER)
            if not more:
                break
            said += more
    return said.decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX if address.startswith("/") else socket.AF_INET)
    line.settimeout(settings.CLAMD_SECONDS)
    try:
        if address.startswith("/"):
            line.connect(address)
        else:
            host, _, port = address.rpartition(":")
            line.connect((host, int(port)))
    except (OSError, ValueError) as fault:
        line.close()
        raise OSError("no scanner there") from fault
    return line
