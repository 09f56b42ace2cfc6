"""小票: what stands on the slip of a number, and how does a receipt printer print it?

ESC/POS: the commands that the common thermal printers of 80 mm understand; text in GB 18030.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

SECONDS = 2.0  # a printer that does not answer is not waited for
_WIDE = 24  # characters of Chinese in a line of 80 mm


class NotPrinted(Exception):
    """The printer took nothing; the number is taken all the same."""


@dataclass(frozen=True)
class Slip:
    """What stands on it; names and numbers of papers never do."""

    hall: str
    number: str
    line: str
    priority: str
    ahead: int
    wait: str
    taken_at: datetime
    url: str
    mark: str = ""  # 服务标识, where the text of the place has one


_INIT, _CHINESE, _CENTRE, _LEFT = b"\x1b@", b"\x1c&", b"\x1ba\x01", b"\x1ba\x00"
_CUT = b"\x1dVB\x30"


def bytes_of(slip: Slip) -> bytes:
    """The slip as the printer takes it: the number large, the code for the telephone, and a cut."""
    told = [
        f"{slip.line}{'　' + slip.priority if slip.priority else ''}",
        f"前面还有 {slip.ahead} 人",
        slip.wait,
    ]
    return b"".join(
        (
            _INIT,
            _CHINESE,
            _CENTRE,
            _text(slip.mark),
            _text(slip.hall),
            _size(4),
            _text(slip.number, chinese=False),
            _size(1),
            *(_text(line) for line in told if line),
            _text(f"{slip.taken_at:%Y-%m-%d %H:%M} 取号"),
            b"\n",
            _code(slip.url),
            _text("扫码看排到哪里"),
            _LEFT,
            _text("叫到您时请到窗口；过号请到导服台，不用重新取号。"),
            b"\n\n\n",
            _CUT,
        )
    )


def _size(times: int) -> bytes:
    """Characters so many times as wide and high."""
    return b"\x1d!" + bytes([(times - 1) << 4 | (times - 1)])


def _text(line: str, *, chinese: bool = True) -> bytes:
    """One line, or several of the paper's width."""
    width = _WIDE if chinese else len(line)
    parts = [line[n : n + width] for n in range(0, len(line), width)]
    return b"".join(part.encode("gb18030", "replace") + b"\n" for part in parts)


def _code(url: str) -> bytes:
    """The QR code that the printer draws by itself (function 165 to 181 of GS ( k)."""
    kept = url.encode()
    size = len(kept) + 3
    return b"".join(
        (
            b"\x1d(k\x04\x001A2\x00",
            b"\x1d(k\x03\x001C\x06",
            b"\x1d(k\x03\x001E1",
            b"\x1d(k" + bytes([size % 256, size // 256]) + b"1P0" + kept,
            b"\x1d(k\x03\x001Q0",
            b"\n",
        )
    )


def print_at(printer: str, content: bytes) -> None:
    """Send it to the printer of a machine: `tcp:host:port`, or `file:/dev/…` of the machine that serves."""
    way, _, where = printer.partition(":")
    try:
        _WAYS[way](where, content)
    except (OSError, KeyError, ValueError) as failed:
        raise NotPrinted(printer) from failed


def _by_network(where: str, content: bytes) -> None:
    host, _, port = where.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as to:
        to.sendall(content)


def _by_device(where: str, content: bytes) -> None:
    path = Path(where)
    if path.parts[:2] != ("/", "dev") or ".." in path.parts:
        raise OSError(where)
    with path.open("wb", buffering=0) as to:
        to.write(content)


_WAYS: dict[str, Callable[[str, bytes], None]] = {"tcp": _by_network, "file": _by_device}
