"""A letter lists the papers as they stood at the moment of its fact, in whatever way they came."""

import pytest

from onewindow.intake.acts import Paper, add_papers
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry
from onewindow.letters.compose import matter_of
from onewindow.letters.told import receipt
from tests.cast import SEP24, assemble, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", Submitted.How)
def test_every_way_of_handing_in_has_its_word_on_the_receipt(how: Submitted.How) -> None:
    case = assemble().apply()
    Submitted.objects.update(how=how)
    told = receipt(matter_of(Entry.objects.get(subject=case.subject, fact="Received")))
    assert {paper.form for paper in told["papers"]} == {how.label}


def test_a_receipt_made_late_does_not_list_what_came_after() -> None:
    cast = assemble()
    case = cast.apply(bjt="missing")
    add_papers(case.application, [Paper(cast.materials[1])], at(9, 29))
    told = receipt(matter_of(Entry.objects.get(subject=case.subject, fact="Received")))
    assert [paper.name for paper in told["papers"]] == [cast.materials[0].name, cast.materials[2].name]
    assert case.received_at == SEP24
