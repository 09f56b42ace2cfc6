"""Script in every field of the day of a hall: measures, tidal windows and limits on numbers."""

import pytest

from onewindow.hall.acts.caps import propose_cap
from onewindow.hall.models import Cap, Measure, TidalPlan
from onewindow.places.models import Window
from onewindow.rules.opening import SessionKind
from onewindow.rules.relief import Mode
from tests.cast import COUNTY, officer
from tests.faults.day import DAY, PAGES
from tests.faults.fields import EVIL, checked, spoil
from tests.faults.test_script_everywhere import as_words, everything, filled
from tests.hall.stage import CALLS, NINE, open_floor, post
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


def test_script_in_every_field_of_the_day_of_a_hall() -> None:
    floor = open_floor()
    chief, window = everything(floor.cast), floor.windows["4"]
    Window.objects.filter(pk=window.pk).update(tidal=True)
    officer(COUNTY, f"马宁{EVIL}"[:20], "C107", post("机动窗口", floor.hall, CALLS, window))
    day = NINE.date()
    told = {"number": 5, "kinds": [SessionKind.NOON], "since": day, "until": day, "reason": EVIL}
    with on(NINE):
        cap = propose_cap(floor.general, by=floor.sunli, at=NINE, **told)
        plan = TidalPlan.objects.create(
            county=COUNTY,
            hall=floor.hall,
            window=window,
            mode=Mode.CROWDED,
            since=day,
            until=day,
            begins=NINE.time(),
            ends=NINE.time().replace(hour=12),
            planned_at=NINE,
        )
        chief.post(f"/day/{floor.hall.pk}/measure/", {"kind": "other", "note": EVIL})
        assert Measure.objects.get().note == EVIL
        pages = [f"/day/{floor.hall.pk}/{page}" for page in PAGES]
        for page in pages:
            checked(chief.get(page, {"on": EVIL}), page)
        base = f"/day/{floor.hall.pk}/"
        assert as_words(chief, f"{base}report/", f"{base}caps/") == [f"{base}report/", f"{base}caps/"]
        pk = {"hall": floor.hall.pk, "window": window.pk, "plan": plan.pk, "cap": cap.pk}
        fields = sum(
            spoil(chief, filled(route, **pk)) for route in DAY if not route.endswith(("open/", "close/"))
        )
        for way in ("open", "close"):
            checked(chief.post(f"/day/windows/{window.pk}/{way}/", {"why": EVIL}), way)
    assert fields > 15
    assert Cap.objects.filter(pk=cap.pk).exists()
