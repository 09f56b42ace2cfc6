"""`onewindow dry-run`: the table beside what people decided, counted, with every case that it would have granted alone."""

import pytest
from tests.cases.test_instant import with_table
from tests.cast import assemble, at

from onewindow.cases.acts import decide, examine
from onewindow.cases.models import Judgement
from onewindow.config.dry_run import main
from onewindow.config.refused import Refused

pytestmark = pytest.mark.django_db


def test_it_counts_names_what_differs_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    cast = with_table()
    granted, denied = cast.accepted(), cast.accepted(at(9, 24, 11))
    for case in (granted, denied):
        examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=case is granted, text="看过")
    decide.grant(granted, by=cast.chenju, at=at(9, 29), text="准予")
    decide.deny(denied, by=cast.chenju, at=at(9, 29), text="不予", grounds="不符", basis="依据")
    assert main([cast.version.item.base_code]) == 1
    told = capsys.readouterr().out
    assert "规则准予，人也准予：1 件" in told
    assert f"{denied.number}　规则会准予，人没有准予" in told
    assert granted.number not in told
    assert not Judgement.objects.exists()


def test_an_item_that_is_not_there_or_has_no_table_is_refused_in_words() -> None:
    cast = assemble()
    with pytest.raises(Refused, match="没有秒批规则"):
        main([cast.version.item.base_code])
    with pytest.raises(Refused, match="没有编码是"):
        main(["999999999999"])
