"""服务标识 of a place: on every screen of a hall, on its slips and on what its windows hand over."""

import pytest
from django.test import Client

from onewindow.hall.slips import bytes_of
from onewindow.letters.models import Letter
from onewindow.places import acts
from onewindow.places.models import Device
from onewindow.rules.grants import FOUNDER
from onewindow.web.views.hall.phone import slip_of
from tests.cast import carry_out
from tests.faults.test_script_everywhere import everything
from tests.hall.stage import NINE, Floor, open_floor
from tests.letters.test_follow import text
from tests.web.citizen import on
from tests.web.test_hall_screens import machine, press
from tests.web.test_venues import page

pytestmark = pytest.mark.django_db
MARK = "爱山东·沂好办"


@pytest.mark.parametrize("pack", ["luoshan", "hedong"])
@pytest.mark.req("HD-3.2.3a")
def test_the_mark_of_the_place_is_printed_and_venues_without_it_are_listed(pack: str) -> None:
    floor = open_floor()
    floor.cast.county.pack = pack
    floor.cast.county.save()
    desk, known = everything(floor.cast), pack == "hedong"
    with on(NINE):
        told = shown(floor)
    assert [where for where, words in told.items() if (MARK in words) is not known] == []
    listed = f"没有安装“{MARK}”标识的场所"
    assert (listed in page("/manage/venues/", desk)) is known
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, marked=True)
    assert listed not in page("/manage/venues/", desk)


def shown(floor: Floor) -> dict[str, str]:
    """Every screen of a hall, both kinds of slip, and the receipt of a case that was taken in there."""
    hall, window, case = floor.hall.pk, floor.windows["3"], floor.cast.apply(NINE)
    kiosk, pad = machine(floor, Device.Kind.KIOSK), machine(floor, Device.Kind.PAD, window=window)
    ticket = press(kiosk, floor)
    carry_out(case.subject)
    receipt = Letter.objects.filter(subject=case.subject).earliest("pk")
    return {
        "kiosk": page("/hall/kiosk/", kiosk),
        "slip of its browser": of_browser(kiosk, ticket.code),
        "slip of its printer": bytes_of(slip_of(ticket, NINE)).decode("gb18030", "replace"),
        "pad": page("/hall/pad/", pad),
        "display": page(f"/hall/{hall}/display/"),
        "window": page(f"/hall/windows/{window.pk}/"),
        "number": page(f"/hall/n/{ticket.code}/"),
        "hall": page(f"/hall/{hall}/"),
        "receipt": text(receipt),
    }


def of_browser(kiosk: Client, code: str) -> str:
    return page(f"/hall/kiosk/slip/{code}/", kiosk).split('<section class="slip"')[1]
