"""Script in every field of leave, handover and first asked; what is kept stands on the pages as the words it is."""

from typing import Any

import pytest

from onewindow.cases.acts import examine, handover
from onewindow.guidance import acts as guidance
from onewindow.guidance.acts import Told
from onewindow.people import acts
from onewindow.people.acts import Leave
from onewindow.people.models import Officer, Post
from tests.cast import SEP24, assemble
from tests.faults.away import AWAY
from tests.faults.fields import EVIL, blind, spoil
from tests.faults.test_script_everywhere import ANYTHING, as_words, everything, filled
from tests.oversight.stage import RED, overrun
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_script_in_every_field_of_leave_handover_and_first_asked() -> None:
    cast = assemble()
    chief = everything(cast)
    me, post = chief.officer, Post.objects.get(held__officer=cast.zhangmin)
    me.day = SEP24.date()
    days = Leave(kind="leave", since=SEP24.date(), until=SEP24.date(), reason=EVIL)
    gone = acts.go_on_leave(me, by=me, at=SEP24, leave=days)
    told = Told(channel="counter", what=EVIL, who=EVIL)
    asked = guidance.ask_first(me, by=me, at=SEP24, told=told)
    examine.forward(cast.accepted(), by=cast.chenju, at=SEP24, to=cast.zhangmin)
    paper = handover.arrange(
        post, officer=cast.zhangmin, by=me, at=SEP24, to=Officer.objects.get(pk=cast.chenju.pk), reason=EVIL
    )
    row = overrun(cast)
    with on(SEP24):
        pages = (
            f"/absence/{gone.pk}/",
            "/asked/",
            f"/asked/{asked.number}/",
            "/handover/",
            f"/handover/{paper.pk}/",
        )
        assert as_words(chief, *pages) == list(pages)
        names = {"pk": post.pk, "officer": cast.zhangmin.pk, "absence": gone.pk, "number": asked.number}
        fields = 0
        for route in AWAY[:-1]:
            address = filled(route, handover=paper.pk, **names)
            takes_only = chief.get(address).status_code == 405
            fields += blind(chief, address, *ANYTHING) if takes_only else spoil(chief, address)
        assert fields > 60
    with on(RED):
        blind(chief, filled(AWAY[-1], overdue=row.pk), *ANYTHING)
