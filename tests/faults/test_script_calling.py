"""Script in every field of the lines and zones of a hall and of the clerk's bar; it stands on the pages as its words."""

import pytest

from onewindow.people.models import Post
from onewindow.places import acts
from onewindow.places.models import Line, Window, Zone
from onewindow.rules.grants import FOUNDER
from onewindow.web.views.counter.queue import ACTS
from tests.faults.calling import CALLING
from tests.faults.fields import EVIL, blind, spoil
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


def test_script_in_every_field_of_lines_zones_and_the_bar() -> None:
    floor = open_floor()
    chief = everything(floor.cast)
    zone = acts.lay_zone(floor.hall, by=FOUNDER, at=NINE, kind=Zone.Kind.GUIDE, name=EVIL[:40])
    acts.change_line(floor.general, by=FOUNDER, at=NINE, name=EVIL[:40], about=EVIL, minutes=9)
    Post.objects.filter(held__officer=chief.officer).update(window=floor.windows["4"], hall=floor.hall)
    told = {"hall": floor.hall.pk, "line": floor.realty.pk, "window": floor.windows["5"].pk, "zone": zone.pk}
    with on(NINE):
        floor.take()
        pages = (f"/manage/windows/halls/{floor.hall.pk}/queue/", "/counter/")
        assert as_words(chief, *pages) == list(pages)
        fields = 0
        for route in CALLING[:4]:
            fields += spoil(chief, filled(route, **told))
        for name in ACTS:
            fields += blind(
                chief, f"/counter/queue/{name}/", "ticket", "to", "line", "once", "back", *ANYTHING
            )
        blind(chief, "/counter/queue/pause/", "reason", "usual")
        for route in CALLING[5:]:
            blind(chief, filled(route, **told), *ANYTHING)
    assert fields > 40
    assert Window.objects.get(pk=floor.windows["4"].pk).why_paused == "" or as_words(chief, "/counter/")
    assert Line.objects.filter(closed_on__isnull=False).exists()
