"""A year without its notice gives marked dates; its notice reckons every open case anew and lists what moved."""

from datetime import date
from pathlib import Path

import pytest

from onewindow.cases.follow import reckon_anew
from onewindow.cases.models import DueMoved
from onewindow.cases.recheck import recheck
from onewindow.config import import_calendar
from onewindow.journal.models import Entry
from onewindow.people.models import Post
from onewindow.places import acts
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import Cast, assemble, at, officer

pytestmark = pytest.mark.django_db

NOTICE = """
year = 2027
title = "国务院办公厅关于2027年部分节假日安排的通知（演练）"
number = "演练〔2026〕1号"
issued = 2026-12-15
source = "演练用，不是真实通知"
holidays = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-04 },
  { name = "春节", from = 2027-02-05, to = 2027-02-12 },
]
makeup = [{ name = "元旦", on = 2027-01-09 }]
"""


@pytest.fixture
def cast() -> Cast:
    return assemble(promised=20)


@pytest.fixture
def keeper(cast: Cast):
    post = Post.objects.create(
        county=cast.county.code, name="管理", scope="county", grants=[str(Grant.SETTINGS_CHANGE)]
    )
    return officer(cast.county.code, "郑凯", "A001", post)


def test_on_the_tenth_of_december_a_case_is_accepted_with_a_marked_day(cast: Cast) -> None:
    case = cast.accepted(at(12, 10))
    assert case.provisional
    assert case.due_on == date(2027, 1, 8)


def test_the_notice_moves_the_day_takes_the_mark_away_and_lists_the_case(cast: Cast, keeper) -> None:
    case, early = cast.accepted(at(12, 10)), cast.accepted(at(11, 2))
    acts.import_notice(here(), by=keeper, at=at(12, 15), text=NOTICE)
    reckon_anew(entry := Entry.objects.get(fact="CalendarNoticed"))
    reckon_anew(entry)
    case.refresh_from_db()
    assert not case.provisional
    assert case.due_on == date(2027, 1, 9)
    (moved,) = DueMoved.objects.all()
    assert (moved.case, moved.before, moved.after, moved.was_provisional) == (
        case,
        date(2027, 1, 8),
        date(2027, 1, 9),
        True,
    )
    early.refresh_from_db()
    assert early.due_on == date(2026, 11, 30)
    assert list(recheck()) == []


def test_a_notice_that_cannot_be_right_changes_nothing(cast: Cast, keeper) -> None:
    with pytest.raises(NotAllowed):
        acts.import_notice(here(), by=keeper, at=at(12, 15), text="year = 2027")
    assert here().notices == {}


def test_nobody_else_imports_a_notice(cast: Cast) -> None:
    with pytest.raises(NotGranted):
        acts.import_notice(here(), by=cast.liwei, at=at(12, 15), text=NOTICE)


def test_the_command_prints_what_moved(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = cast.accepted(at(12, 10))
    (tmp_path / "2027.toml").write_text(NOTICE, "utf-8")
    assert import_calendar.main([str(tmp_path / "2027.toml")]) == 0
    told = capsys.readouterr().out
    assert f"{case.number}：到期日 2027-01-08 → 2027-01-09（原为暂定）" in told
    assert "共变动 1 件" in told


def test_a_changed_setting_moves_no_case_that_was_open_that_day(cast: Cast, keeper) -> None:
    case = cast.apply(at(11, 2))
    acts.change_setting(
        here(), by=keeper, at=at(11, 2, 16), name="alert.yellow_percent", value=50, reason="试行"
    )
    assert list(recheck()) == []
    later = cast.apply(at(11, 3))
    assert (case.due_on - case.yellow_on).days < (later.due_on - later.yellow_on).days
