"""两个更严的期限: a county that wants online applications looked at, and corrections told, sooner than the law does."""

from datetime import date
from typing import Any

import pytest

from onewindow.cases.acts import receive
from onewindow.cases.acts.receive import Found, hand_in
from onewindow.cases.models import Case
from onewindow.cases.reads.work import light_of
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.cases.write import hold
from tests.cases.test_defer import set_to
from tests.cast import Cast, assemble, at
from tests.intake.test_online import TOLD, filled
from tests.journeys.told import Story
from tests.requirements.test_one_case import online

pytestmark = pytest.mark.django_db
SEP30, OCT8, OCT9 = at(9, 30), at(10, 8), at(10, 9)


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def looked_in_one_day() -> Cast:
    cast = online(assemble())
    set_to(cast, "accept.look_online_days", 1)
    return cast


def handed_in(cast: Cast) -> Case:
    return hand_in(filled(cast), by=cast.wangfang, at=SEP30, told=TOLD)


def test_an_application_from_home_is_due_to_be_looked_at_on_the_next_working_day() -> None:
    cast = looked_in_one_day()
    case = handed_in(cast)
    assert case.due_on == date(2026, 10, 8)  # 1—7 日放假
    assert [light_of(case, date(2026, 10, day)).colour for day in (8, 9)] == ["yellow", "red"]
    receive.judge(
        case, by=cast.zhangmin, at=OCT8, findings={cast.materials[1].pk: Found("wrong", "没有水池")}
    )
    seen = Case.objects.get(pk=case.pk)
    assert seen.due_on == date(2026, 10, 13)  # 8—10 日三，12、13 日五：受理期限照常
    assert light_of(seen, date(2026, 10, 9)).colour == "green"
    assert list(recheck()) == []


def test_what_came_over_the_counter_has_no_such_day() -> None:
    assert looked_in_one_day().apply(SEP30).due_on == date(2026, 10, 13)


def test_late_by_the_county_s_own_day_is_not_late_in_law_and_nothing_is_accepted_for_it() -> None:
    cast = looked_in_one_day()
    case = handed_in(cast)
    tick(OCT9)
    again = Case.objects.get(pk=case.pk)
    assert (again.stage, again.is_open) == ("received", True)
    (late,) = [one for one in hold(again).now.terms if one.term.name == "look_online"]
    assert (late.due, late.term.legal) == (date(2026, 10, 8), False)
    tick(at(10, 14))
    assert Case.objects.get(pk=case.pk).stage == "examining"  # accepted by silence, by the law's own day


def test_the_proof_says_that_no_text_gives_this_day() -> None:
    cast = looked_in_one_day()
    handed_in(cast)
    story = Story(cast)
    page = story.reads(cast.zhangmin, OCT8, "2026 年 10 月 8 日（星期四）到期", page="time/look_online/")
    assert "本地设定" in page


def test_a_correction_that_is_to_be_told_in_two_days() -> None:
    cast = assemble()
    set_to(cast, "correction.tell_days", 2)
    case = cast.apply(SEP30)
    assert case.due_on == date(2026, 10, 9)
