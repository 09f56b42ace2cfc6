"""The kiosk's own printer takes the slip once; where it takes nothing, the number is there all the same."""

import socket
import threading
from datetime import timedelta

import pytest

from onewindow.hall import slips
from onewindow.places.models import Device
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.test_hall_screens import hidden, machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def test_a_number_pressed_twice_is_printed_once(floor: Floor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as printer:
        printer.settimeout(20)
        got: list[bytes] = []

        def listen() -> None:
            to, _ = printer.accept()
            with to:
                got.append(b"".join(iter(lambda: to.recv(4096), b"")))

        hearing = threading.Thread(target=listen)
        hearing.start()
        kiosk = machine(floor, Device.Kind.KIOSK, printer=f"tcp:127.0.0.1:{printer.getsockname()[1]}")
        with on(NINE):
            page = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/").content.decode()
            told = {"line": str(floor.general.pk), "once": hidden(page, "once")}
            first = kiosk.post("/hall/kiosk/take/", told)
            shown = kiosk.get(first["Location"]).content.decode()
        hearing.join(20)
        with on(NINE + timedelta(seconds=1)):
            second = kiosk.post("/hall/kiosk/take/", told)
    assert len(got) == 1
    assert b"A001" in got[0]
    assert "data-print-now" not in shown
    assert "打印机没有出纸" not in shown
    assert second["Location"].split("?")[0] == first["Location"].split("?")[0]


def test_a_printer_that_is_off_is_told_on_the_screen_and_the_browser_prints(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    kiosk = machine(floor, Device.Kind.KIOSK, printer=f"tcp:127.0.0.1:{port}")
    with on(NINE):
        page = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/").content.decode()
        answer = kiosk.post(
            "/hall/kiosk/take/", {"line": str(floor.general.pk), "once": hidden(page, "once")}
        )
        shown = kiosk.get(answer["Location"]).content.decode()
    assert "打印机没有出纸" in shown
    assert "data-print-now" in shown
