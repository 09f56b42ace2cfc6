"""Two who put the same letter right at the same moment make one new letter."""

from functools import partial

import pytest

from onewindow.journal.reads import verify as verify_journal
from onewindow.letters import acts
from onewindow.letters.models import Letter, Reissue
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import together
from tests.cast import assemble, at, carry_out
from tests.letters.test_correcting import WHY, accepted, another_head, renamed, the

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_two_corrections_of_one_letter_at_once_are_one() -> None:
    cast = assemble()
    case = accepted(cast)
    other = another_head(cast)
    for turn, name in enumerate(("王芳芳", "王方芳"), 1):
        renamed(cast, name)
        letter, day = the(case, "accepted").pk, at(9, 25 + turn)
        asked = partial(acts.ask_correction, case, at=day, letter=letter, why=WHY)
        told = together(partial(asked, by=cast.chenju), partial(asked, by=other))
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        carry_out(case.subject)
        assert Reissue.objects.count() == turn
        assert Letter.objects.filter(kind="accepted").count() == turn + 1
    assert verify_journal() == []
