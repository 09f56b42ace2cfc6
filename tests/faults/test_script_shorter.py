"""Script in every field of what follows a shorter way: the sampling, the dry run, the delegations."""

from datetime import date

import pytest

from onewindow.cases.acts import instant
from onewindow.cases.models import Judgement
from onewindow.people import acts as people
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.rules.grants import SYSTEM, Grant
from tests.cases.test_instant import with_table
from tests.cast import SEP24
from tests.faults.fields import EVIL, SHORTER
from tests.faults.test_script_everywhere import as_words, everything, sweep
from tests.web.citizen import on

pytestmark = pytest.mark.django_db


def test_script_in_every_field_of_sampling_dry_run_and_delegation() -> None:
    cast = with_table()
    County.objects.update(pack="fangcheng")
    case = cast.apply()
    assert instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    post = cast.chenju.held.get().post
    post.grants = [*post.grants, Grant.CHIEF_DELEGATE.value]
    post.save()
    head = Officer.objects.get(pk=cast.chenju.pk)
    head.day = SEP24.date()
    given = people.delegate(
        cast.market, by=head, at=SEP24, officer=cast.zhangmin, title=EVIL,
        powers=[Grant.CASE_DECIDE], since=SEP24.date(), until=date(2026, 12, 31),
    )  # fmt: skip
    told = {
        "judgement": Judgement.objects.get().pk,
        "item": cast.version.item_id,
        "number": 1,
        "department": cast.police.pk,
        "delegation": given.pk,
    }
    chief = everything(cast)
    with on(SEP24):
        assert len(as_words(chief, "/manage/chiefs/", "/public/chiefs/")) == 2
        assert sweep(chief, SHORTER, **told) > 8
        assert as_words(chief, "/manage/chiefs/") != []
