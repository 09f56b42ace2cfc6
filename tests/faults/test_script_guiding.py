"""Script in every field of the guide, of the section, of a visitor's suggestion, and at the machine."""

import pytest
from django.test import Client

from onewindow.hall.models import Escort
from onewindow.helping.acts import consulting, guiding, remarks
from onewindow.helping.models import Remark
from onewindow.places import acts
from onewindow.places.models import Device
from onewindow.rules.grants import FOUNDER
from onewindow.rules.queueing import Priority
from onewindow.web.machines import COOKIE
from tests.faults.fields import EVIL, blind, checked, spoil
from tests.faults.guiding import GUIDING, TOUCHED
from tests.faults.test_script_everywhere import as_words, everything, filled
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
SENT = (
    *("line", "once", "group", "help", "way", "need", "window", "question", "number", "what", "words", "how"),
    *("scan", "code"),
)
FORMS = ("helper/", "devices/help/", "new/", "send/", "decide/", "done/", "suggest/")


def test_script_in_every_field_of_the_guide_and_of_the_section() -> None:
    floor = open_floor(guide={"service": {"kiosk": True}})
    chief, once = everything(floor.cast), "11111111-1111-4111-8111-111111111111"
    by = {"by": floor.zhoujie, "at": NINE}
    ticket = floor.take(priority=Priority.ELDERLY)
    guiding.step(Escort.objects.get(), what=EVIL, **by)
    consulting.hand_off(floor.windows["4"], once=once, question=EVIL, **by)
    remarks.enter_remark(floor.hall, kind="problem", text=EVIL, **by)
    with on(NINE):
        chief.post("/helping/broadcasts/new/", {"text": EVIL[:60]})
        chief.post("/helping/remarks/send/", {"note": EVIL})
        said = Client().post(f"/hall/{floor.hall.pk}/suggest/", {"kind": "facility", "text": EVIL})[
            "Location"
        ]
        pages = ("/helping/", "/helping/remarks/", "/helping/broadcasts/")
        assert as_words(chief, *pages) == list(pages)
        assert as_words(Client(), said) == [said]
        assert "<script>alert" not in checked(Client().get(f"/hall/{floor.hall.pk}/display/now/"), "display")
        pks = {"escorts": Escort.objects.get().pk, "numbers": ticket.pk, "remarks": Remark.objects.first().pk}
        fields = 0
        for route in GUIDING:
            kind = route.split("/")[1]
            told = {"address": floor.cast.version.item.address, "hall": floor.hall.pk, "pk": pks.get(kind, 1)}
            address = filled(route, **told)
            fields += spoil(chief, address) if route.endswith(FORMS) else blind(chief, address, *SENT)
    assert fields > 40


def test_script_in_what_is_touched_at_the_machine() -> None:
    floor = open_floor(guide={"service": {"kiosk": True}})
    device = acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=Device.Kind.KIOSK, name="取号机")
    kiosk = Client()
    kiosk.cookies[COOKIE] = acts.register_device(device, by=FOUNDER, at=NINE)
    with on(NINE):
        for route in TOUCHED:
            blind(kiosk, filled(route, address=floor.cast.version.item.address), *SENT)
        for words in ("q", "item"):
            checked(kiosk.get("/hall/kiosk/find/", {words: EVIL}), "find")
            checked(kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/", {words: EVIL}), "who")
