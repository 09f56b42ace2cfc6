"""Script in every field of bookings, sessions and opening hours; what is kept stands on the pages as words."""

from datetime import time
from typing import Any

import pytest

from onewindow.hall.acts.sessions import note_trouble
from onewindow.hall.models import Ban, Session
from onewindow.people.models import Duty, Post
from tests.cast import COUNTY
from tests.faults.booking import ACTS, HIS, OURS
from tests.faults.fields import EVIL, blind, spoil, wangfangs
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.hall.booked import SATURDAY, THURSDAY, in_service
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
FIELDS = (
    *ANYTHING,
    "begins",
    "phone",
    "note",
    "once",
    "day",
    "hall",
    "with",
    "ground",
    "reached",
    "signature",
    "time",
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_script_in_every_field_of_a_booking() -> None:
    here = in_service()
    booking, asked = here.confirmed(note=EVIL), here.ask(note=EVIL, begins=time(11))
    session = Session.objects.get()
    trouble = note_trouble(here.hall, by=here.liwei, at=THURSDAY, session=session, what=EVIL)
    ban = Ban.objects.create(
        county=COUNTY, party=here.cast.wangfang, booking=booking, began_on=SATURDAY, days=["2026-10-17"]
    )
    chief, his = everything(here.cast), wangfangs(here.cast)
    told = {
        "address": here.cast.version.item.address,
        "number": booking.number,
        "duty": Duty.objects.get().pk,
        "trouble": trouble.pk,
        "opening": here.hall.openings.first().pk,
    }
    assert Post.objects.filter(held__officer=chief.officer).exists()
    with on(THURSDAY):
        assert f"/bookings/sessions/{session.pk}/" in as_words(chief, f"/bookings/sessions/{session.pk}/")
        assert as_words(chief, f"/bookings/{asked.number}/") == [f"/bookings/{asked.number}/"]
        for act in ACTS:
            for number in (booking.number, asked.number):
                blind(chief, f"/bookings/{number}/do/{act}/", *FIELDS)
        for route in (*OURS, *HIS):
            pk = {"bans": ban.pk, "manage": here.hall.pk}.get(
                next((word for word in ("bans", "manage") if word in route), ""), session.pk
            )
            address = filled(route, **told, pk=pk, act="confirm")
            client = his if route in HIS else chief
            takes_only = client.get(address).status_code in (404, 405)
            blind(client, address, *FIELDS) if takes_only else spoil(client, address)
