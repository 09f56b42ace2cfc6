"""Script in every field of machines, notices and calls for help, and in what is pressed in a hall."""

import pytest
from django.test import Client

from onewindow.hall.acts import calling
from onewindow.hall.models import Ticket
from onewindow.places import acts
from onewindow.places.models import Device, Notice
from onewindow.rules.grants import FOUNDER
from onewindow.web.machines import COOKIE
from tests.faults.fields import EVIL, blind, checked, spoil
from tests.faults.screens import PRESSED, SCREENS
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
K = Device.Kind


def made(floor: Floor, kind: Device.Kind) -> Device:
    told = {"kind": kind, "name": f"{kind}{EVIL}"[:60], "keeper": EVIL[:60], "window": floor.windows["3"]}
    return acts.add_device(floor.hall, by=FOUNDER, at=NINE, **told)


def test_script_in_every_field_of_machines_notices_and_calls_for_help() -> None:
    floor = open_floor()
    chief, device = everything(floor.cast), made(floor, K.KIOSK)
    call = acts.call_guide(device, by=floor.zhoujie, at=NINE)
    acts.tell_fault(device, by=floor.zhoujie, at=NINE, what=EVIL)
    with on(NINE):
        chief.post("/helping/notices/new/", {"text": EVIL[:40], "hours": "8"})
        notice = Notice.objects.get()
        told = {"hall": floor.hall.pk, "device": device.pk, "call": call.pk, "notice": notice.pk}
        shown = (f"/manage/devices/?hall={floor.hall.pk}", "/helping/", f"/hall/{floor.hall.pk}/")
        assert as_words(chief, *shown) == list(shown)
        for way in ("display/", "display/now/"):
            assert "<script>alert" not in checked(Client().get(f"/hall/{floor.hall.pk}/{way}"), way)
        fields = sum(spoil(chief, filled(route, **told)) for route in SCREENS[:7])
        for route in SCREENS[7:]:
            blind(chief, filled(route, **told), *ANYTHING)
    assert fields > 10


def test_script_in_what_is_pressed_at_a_kiosk_and_at_a_pad() -> None:
    floor = open_floor()
    with on(NINE):
        ticket = floor.take()
        calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
        calling.begin(ticket, by=floor.liwei, at=NINE)
        calling.finish(ticket, by=floor.liwei, at=NINE)
        for kind in (K.KIOSK, K.PAD):
            client = Client()
            client.cookies[COOKIE] = acts.register_device(made(floor, kind), by=FOUNDER, at=NINE)
            for route in PRESSED:
                blind(
                    client,
                    f"/{route}",
                    "paper",
                    "code",
                    "booking",
                    "line",
                    "once",
                    "priority",
                    "help",
                    "ticket",
                    "grade",
                    "reason",
                )
        blind(Client(), f"/hall/n/{ticket.code}/rate/", "grade", "reason")
        blind(Client(), f"/hall/{floor.hall.pk}/take/", "line", "once", "priority", "t")
    assert Ticket.objects.count() == 1
