"""Script in every field of venues, maps, rounds and tasks."""

import pytest
from django.test import Client

from onewindow.places import acts
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import Deviation, Device, Task, Zone
from onewindow.rules.grants import FOUNDER
from tests.faults.fields import EVIL, blind, checked, spoil
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.faults.venues import VENUES
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


def test_script_in_every_field_of_venues_maps_rounds_and_tasks() -> None:
    floor = open_floor()
    chief, hall = everything(floor.cast), floor.hall
    laid = {"kind": Zone.Kind.WINDOWS, "name": EVIL[:40], "keeper": EVIL[:60]}
    zone = acts.lay_zone(hall, by=FOUNDER, at=NINE, **laid)
    copier = {"kind": Device.Kind.COPIER, "name": EVIL[:60], "care": EVIL[:120]}
    acts.add_device(hall, by=FOUNDER, at=NINE, **copier)
    words = {"bus": EVIL[:200], "parking": EVIL[:120], "guides_place": EVIL[:120], "upgrade_plan": EVIL[:200]}
    acts.set_sheet(hall, by=FOUNDER, at=NINE, **words)
    key = "venue.windows.centre"
    with on(NINE):
        seen = {one.key: Seen(good=True) for one in looked_at(hall, NINE.date())}
        bad = {**seen, "order:0": Seen(good=False, note=EVIL[:200])}
        acts.make_round(hall, by=floor.sunli, at=NINE, seen=bad, owner=EVIL)
        acts.note_deviation(hall, by=FOUNDER, at=NINE, line=key, reason=EVIL)
        told = {"hall": hall.pk, "zone": zone.pk, "key": key, "kind": "centre"}
        told |= {"task": Task.objects.get().pk, "deviation": Deviation.objects.get().pk}
        pages = (
            f"/manage/venues/{hall.pk}/",
            f"/manage/venues/{hall.pk}/signs/",
            "/rounds/",
            f"/hall/{hall.pk}/map/",
        )
        assert as_words(chief, *pages) == list(pages)
        for path in (f"/manage/venues/{hall.pk}/plan/", "/manage/venues/", "/rounds/new/"):
            assert "<script>alert" not in checked(chief.get(path), path)
        for path in (f"/hall/{hall.pk}/", "/hall/near/?q=%3Cscript%3Ealert"):
            assert "<script>alert" not in checked(Client().get(path), path)
        fields = sum(spoil(chief, filled(route, **told)) for route in VENUES[:-1])
        blind(chief, filled(VENUES[-1], **told), *ANYTHING)
    assert fields > 20
