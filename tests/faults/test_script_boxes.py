"""Script in every field about the machine of a hall; what an administrator sees of it, and what others do not."""

from uuid import uuid4

import pytest

from onewindow.box.acts import boxes
from onewindow.box.models import Box
from onewindow.rules.grants import FOUNDER
from tests.faults.boxes import BOXES
from tests.faults.fields import EVIL
from tests.faults.test_script_everywhere import as_words, everything, sweep
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db


def test_script_in_every_field_about_the_machine_of_a_hall() -> None:
    floor = open_floor()
    chief = everything(floor.cast)
    box, _ = boxes.register_box(floor.hall, by=FOUNDER, at=NINE, name=EVIL[:60], address=EVIL)
    told = {"hall": floor.hall.pk, "box": box.pk, "version": floor.cast.version.pk, "once": uuid4()}
    with on(NINE):
        assert as_words(chief, "/manage/boxes/") == ["/manage/boxes/"]
        assert "还没有连上" in chief.get("/manage/boxes/").content.decode()
        assert sweep(chief, BOXES, **told) > 10
        assert at_desk(floor.liwei).get("/manage/boxes/").status_code == 403
    assert Box.objects.get().retired_at is None or Box.objects.get().why_retired
