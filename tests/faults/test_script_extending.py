"""Script in every field of 延时服务, its calls and its requests; what is kept stands on the pages as words."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onewindow.feedback.acts.complaints import Found, settle
from onewindow.feedback.models import Complaint
from onewindow.hall.acts import calling_back, declining, extending
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.models import CallBack
from onewindow.people.models import Post
from onewindow.places.acts import add_device, register_device
from onewindow.places.models import Device
from onewindow.rules.grants import FOUNDER
from onewindow.web.machines import COOKIE
from tests.faults.extending import ACTS
from tests.faults.fields import EVIL, blind, spoil
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything
from tests.hall.booked import THURSDAY, in_service
from tests.hall.late import LATE, SOON, Evening, evening, signed
from tests.web.citizen import on
from tests.web.test_booking_citizen import signed_in
from tests.web.test_complaints import section

pytestmark = pytest.mark.django_db
FIELDS = (
    *ANYTHING,
    "what",
    "phone",
    "ground",
    "outcome",
    "signature",
    "opinion",
    "suggestion",
    "grade",
    "reached",
    "since",
    "until",
    "officer",
    "line",
    "outside",
    "once",
    "asked",
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def evil_service(here: Evening, told: str) -> Any:
    visitor = Visitor(name=EVIL[:40], what=EVIL[:100])
    window = here.floor.windows["3"]
    return extending.begin(window, by=here.liwei, at=SOON, visitor=visitor, ground="other", why=told)


def test_script_in_every_field_of_extended_service() -> None:
    here = evening()
    first, second = evil_service(here, EVIL), evil_service(here, EVIL)
    extending.end(first, by=here.liwei, at=LATE)
    signed(here, first)
    declining.note_declined(here.floor.windows["3"], by=here.liwei, at=LATE, what=EVIL[:100], reason=EVIL)
    day = {"since": SOON.date(), "until": LATE.date()}
    draw = calling_back.draw(here.floor.cast.county, by=here.fangjie, at=LATE, **day)
    call = CallBack.objects.get()
    calling_back.record_call(call, by=here.fangjie, at=LATE, reached=True, grade=1, opinion=EVIL)
    chief = everything(here.floor.cast)
    Post.objects.filter(held__officer=chief.officer).update(
        window=here.floor.windows["3"], hall=here.floor.hall
    )
    ticket = here.floor.take(when=SOON)
    device = add_device(here.floor.hall, by=FOUNDER, at=SOON, kind=Device.Kind.KIOSK, name="取号机")
    key = register_device(device, by=FOUNDER, at=SOON)
    with on(LATE):
        pages = (
            "/extensions/",
            f"/extensions/{second.number}/",
            "/extensions/checks/",
            "/extensions/figures/",
            f"/extensions/calls/{draw.number}/",
        )
        assert as_words(chief, *pages) == list(pages)
        for act in ACTS:
            blind(chief, f"/extensions/{second.number}/do/{act}/", *FIELDS)
        for address in (
            "/extensions/new/",
            "/extensions/declined/",
            "/extensions/calls/new/",
            f"/extensions/calls/{draw.number}/{call.pk}/",
            f"/manage/windows/{here.floor.windows['4'].pk}/leader/",
            "/helping/number/",
        ):
            assert spoil(chief, address) > 0, address
        blind(chief, f"/extensions/{first.number}/file/", *FIELDS)
        chief.logout()
        blind(chief, f"/hall/n/{ticket.code}/extend/", *FIELDS)
        chief.cookies[COOKIE] = key
        blind(chief, "/hall/kiosk/extend/", *FIELDS)
        assert "请求延时服务" in chief.get("/hall/kiosk/extend/").content.decode()


def test_script_in_every_field_of_complaints() -> None:
    here = in_service()
    booking, ticket = here.confirmed(), here.floor.take()
    chief, his = everything(here.cast), signed_in(here)
    told = {"kind": "manner", "happened_on": "2026-09-24", "what": EVIL, "once": str(uuid4())}
    with on(THURSDAY):
        assert his.post(f"/complain/bookings/{booking.number}/", told).status_code == 302
        own, row = f"/complain/bookings/{booking.number}/", Complaint.objects.get()
        pages = ("/complaints/", f"/complaints/{row.number}/", "/complaints/record/")
        assert spoil(chief, "/complaints/new/") > 0
        assert spoil(his, own) > 0
        assert spoil(Client(), f"/complain/numbers/{ticket.code}/") > 0
        blind(
            chief, f"/complaints/{row.number}/settle/", *FIELDS, "finding", "gravity", "penalty", "verified"
        )
        found = {"verified": True, "finding": EVIL, "answer": EVIL, "remark": EVIL}
        whose = {
            "window": here.floor.windows["3"],
            "officer": here.liwei,
            "gravity": "light",
            "penalty": "talk",
        }
        settle(row, by=section(), at=THURSDAY, found=Found(**found, **whose))
        assert as_words(chief, *pages[1:]) == list(pages[1:])
        assert as_words(his, f"/complain/seen/{row.code}/") == [f"/complain/seen/{row.code}/"]
        for address in (*pages, own, f"/complain/numbers/{ticket.code}/"):
            assert "<script>" not in chief.get(address).content.decode().partition("<main")[2]
