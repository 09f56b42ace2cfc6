"""Script in every field of plans, incidents, drills, equipment, a stop and the services of a hall; what is kept stands as words."""

from datetime import time
from typing import Any

import pytest

from onewindow.emergency.acts.drills import Better, Held, record_drill
from onewindow.emergency.acts.incidents import note_action, open_incident
from onewindow.emergency.acts.plans import Told, draft_plan
from onewindow.emergency.acts.safety import note_use
from onewindow.emergency.models import Plan
from onewindow.helping.acts import visiting
from tests.emergency.test_emergency import piece, planned
from tests.faults.emergency import ASKED, OFFERS, PLANNING, PRESSED, SERVED, WRITTEN_DOWN
from tests.faults.fields import EVIL, blind, spoil, wangfangs
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.hall.booked import MONDAY, THURSDAY, in_service
from tests.helping.test_aids import aid, ask
from tests.web.citizen import on
from tests.web.desks import find

pytestmark = pytest.mark.django_db
FIELDS = (
    *ANYTHING,
    "note",
    "what",
    "who",
    "where",
    "officer",
    "fit",
    "summary",
    "harm",
    "better",
    "on",
    "begins",
)
FIELDS = (*FIELDS, "outcome", "signature", "on_paper", "day", "hour", "confirmed")


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_script_in_every_field_of_emergencies_and_services() -> None:
    here = in_service()
    floor, chief, his = here.floor, everything(here.cast), wangfangs(here.cast)
    plan = planned(floor)
    steps = [{"step": EVIL, "who": EVIL[:60]}]
    told_plan = Told(event="fire", title=EVIL[:80], chief=floor.sunli, steps=steps)
    drafted: Plan = draft_plan(floor.hall, by=floor.sunli, at=THURSDAY, told=told_plan)
    incident = open_incident(plan, by=floor.sunli, at=THURSDAY, what=EVIL, place=EVIL[:60])
    note_action(incident, by=floor.liwei, at=THURSDAY, what=EVIL, who=EVIL)
    held = Held(held_on=THURSDAY.date(), people=EVIL, headcount=1, course=EVIL, findings=EVIL)
    better = [Better(EVIL, EVIL[:60], MONDAY)]
    drill = record_drill(plan, by=floor.sunli, at=THURSDAY, held=held, measures=better)
    item = piece(floor, "first_aid", "急救箱")
    note_use(item, by=floor.liwei, at=THURSDAY, person=EVIL, why=EVIL, action=EVIL)
    offered = aid(here, name=EVIL[:30], about=EVIL, fields=[{"label": EVIL[:40], "needed": False}])
    request = ask(here, offered, note=EVIL, address=EVIL, told={EVIL[:40]: EVIL})
    visiting.arrange(request, by=here.liwei, at=THURSDAY, officer=here.liwei, on=MONDAY, begins=time(9))
    told = {
        "hall": floor.hall.pk,
        "event": "fire",
        "plan": drafted.pk,
        "measure": drill.measures.get().pk,
        "safety": item.pk,
        "number": incident.number,
        "entry": incident.entries.first().pk,
        "aid": offered.pk,
        "request": request.number,
    }
    with on(THURSDAY):
        pages = (
            f"/emergency/{floor.hall.pk}/",
            f"/emergency/plans/{drafted.pk}/",
            f"/emergency/incidents/{incident.number}/",
            f"/emergency/safety/{item.pk}/",
            f"/services/{request.number}/",
            f"/services/halls/{floor.hall.pk}/",
            "/hall/services/",
        )
        assert as_words(chief, *pages) == list(pages)
        for act in ("note", "round", "health", "close"):
            blind(chief, f"/emergency/incidents/{incident.number}/do/{act}/", *FIELDS)
        for act in ("arrange", "decline", "sign", "close", "move", "withdraw"):
            blind(chief, f"/services/{request.number}/do/{act}/", *FIELDS)
        fields = sum(spoil(chief, filled(route, **told)) for route in (*PLANNING, *OFFERS))
        fields += spoil(his, filled(ASKED[0], **told))
        fields += spoil(his, filled(ASKED[1], **told))
        blind(his, filled(ASKED[2], **told), *FIELDS)
        for route in (*PRESSED, *SERVED):
            blind(chief, filled(route, **told, act="note"), *FIELDS)
        find(chief)
        fields += spoil(chief, filled(WRITTEN_DOWN[0], **told))
    assert fields > 40
