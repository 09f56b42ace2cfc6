"""Script in every field of the written rules and of the sections."""

import pytest

from onewindow.people.models import Post
from onewindow.places import acts
from onewindow.places.acts import NormTold
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import Section
from onewindow.rules.grants import FOUNDER
from tests.faults.fields import EVIL, blind, checked, spoil
from tests.faults.norms import NORMS
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.hall.stage import NINE, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


def test_script_in_every_field_of_the_written_rules_and_of_the_sections() -> None:
    floor = open_floor(pack="hedong")
    chief, county = everything(floor.cast), floor.cast.county
    section = acts.open_section(county, by=FOUNDER, at=NINE, name=EVIL[:40])
    units = (floor.hall, floor.cast.market, section)
    told = NormTold(text=EVIL, effective_on=NINE.date(), units=units, checks=[EVIL[:120]])
    one = acts.issue_norm(county, by=FOUNDER, at=NINE, title=EVIL[:60], told=told)
    with on(NINE):
        seen = {
            line.key: Seen(good=line.norm_check is None, note=EVIL[:200])
            for line in looked_at(floor.hall, NINE.date())
        }
        acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=seen, owner=EVIL)
        pages = ("/norms/", f"/norms/{one.pk}/", f"/norms/{one.pk}/readers/", "/norms/units/")
        pages += ("/public/norms/", f"/public/norms/{one.pk}/", f"/norms/units/section/{section.pk}/")
        assert as_words(chief, *pages) == list(pages)
        for path in ("/manage/organisation/sections/", "/norms/new/", "/rounds/new/", "/norms/watch/"):
            assert "<script>alert" not in checked(chief.get(path), path)
        ids = {"norm": one.pk, "section": section.pk, "post": Post.objects.get(name="全部").pk}
        fields = sum(spoil(chief, filled(route, **ids)) for route in NORMS[:7])
        for route in NORMS[7:]:
            blind(chief, filled(route, **ids), *ANYTHING)
    assert fields > 12
    assert Section.objects.exists()
