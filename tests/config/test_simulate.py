"""A rehearsal fills a demonstration county with weeks of ordinary work, by the ordinary acts."""

from datetime import datetime

import pytest
from tests.cast import assemble, at

from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.config import demo
from onewindow.config.practice import filled
from onewindow.config.refused import Refused
from onewindow.config.simulate import main, simulate
from onewindow.journal.reads import verify
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.places.reads import workdays
from onewindow.rules.identity import is_demo, is_demo_phone

pytestmark = pytest.mark.django_db
TODAY: datetime = at(11, 22, 18)


@pytest.fixture
def county(settings) -> None:
    settings.DEMO = True
    demo.load(TODAY)


def test_a_rehearsal_by_invented_people_on_working_days_leaves_no_index_that_is_wrong(county: None) -> None:
    before = set(Party.objects.values_list("pk", flat=True))
    assert simulate(30, 20, 7, TODAY) >= 25
    new = Party.objects.exclude(pk__in=before)
    assert new
    assert all(is_demo(party.paper_kind, party.paper_number) and is_demo_phone(party.phone) for party in new)
    assert all(workdays().day(day).works for day in Case.objects.values_list("received_on", flat=True))
    stages = set(Case.objects.values_list("stage", flat=True))
    assert {"closed", "examining"} <= stages
    assert list(recheck()) == []
    assert verify() == []


def test_no_rehearsal_in_a_real_installation(db: None) -> None:
    assemble()
    County.objects.update(demo=False)
    with pytest.raises(Refused, match="演示县"):
        main(["--cases", "1"])


def test_a_form_that_cannot_be_filled_is_left_alone() -> None:
    assert (
        filled(
            {
                "schema": {
                    "type": "object",
                    "properties": {"a": {"type": "string", "pattern": "^q{9}$"}},
                    "required": ["a"],
                }
            }
        )
        is None
    )
