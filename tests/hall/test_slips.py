"""The slip of a number as a receipt printer takes it."""

import socket
import threading
from pathlib import Path

import pytest

from onewindow.hall import slips
from onewindow.hall.slips import NotPrinted, Slip, bytes_of, print_at
from tests.hall.stage import NINE

SLIP = Slip(
    hall="罗山县政务服务中心",
    number="A041",
    line="综合受理",
    priority="老年人优先",
    ahead=4,
    wait="约 10–20 分钟叫到",
    taken_at=NINE,
    url="https://example.test/hall/n/abc/",
)


def test_the_slip_begins_and_is_cut_and_has_the_number_four_times_as_large() -> None:
    sent = bytes_of(SLIP)
    assert sent.startswith(b"\x1b@")
    assert sent.endswith(b"\x1dVB\x30")
    assert b"\x1d!\x33A041\n\x1d!\x00" in sent
    for words in (
        "罗山县政务服务中心",
        "综合受理　老年人优先",
        "前面还有 4 人",
        "约 10–20 分钟叫到",
        "2026-09-24 09:00 取号",
    ):
        assert words.encode("gb18030") in sent


def test_the_printer_is_told_the_length_of_the_code_and_its_address() -> None:
    size = len(SLIP.url) + 3
    assert b"\x1d(k" + bytes([size % 256, size // 256]) + b"1P0" + SLIP.url.encode() in bytes_of(SLIP)


def test_a_printer_in_the_network_gets_every_byte() -> None:
    with socket.create_server(("127.0.0.1", 0)) as printer:
        got: list[bytes] = []

        def listen() -> None:
            to, _ = printer.accept()
            with to:
                while part := to.recv(4096):
                    got.append(part)

        hearing = threading.Thread(target=listen)
        hearing.start()
        print_at(f"tcp:127.0.0.1:{printer.getsockname()[1]}", bytes_of(SLIP))
        hearing.join(10)
    assert b"".join(got) == bytes_of(SLIP)


def test_a_printer_that_is_off_says_so_and_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotPrinted):
        print_at(f"tcp:127.0.0.1:{port}", b"x")


def test_a_device_file_is_written_and_no_other_file_ever(tmp_path: Path) -> None:
    print_at("file:/dev/null", b"x")
    for where in (str(tmp_path / "x"), "/dev/../etc/x", "/etc/passwd"):
        with pytest.raises(NotPrinted):
            print_at(f"file:{where}", b"x")
    assert not (tmp_path / "x").exists()
