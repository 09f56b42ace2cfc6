"""Two windows of one line press 一键延时 at the same moment: each visitor is covered once, and each form has its number."""

import pytest

from onewindow.hall.acts import extending, leaving
from onewindow.hall.models import Extension, SignOff
from onewindow.journal.reads import verify
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import together
from tests.hall.late import FIVE, SOON, Evening, evening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def pressed(here: Evening, window: str) -> int:
    try:
        by = here.liwei if window == "3" else here.hemin
        return len(extending.extend(here.floor.windows[window], by=by, at=SOON, ground="unfinished"))
    except NotAllowed:
        return 0


def left(here: Evening, window: str) -> bool:
    try:
        leaving.sign_off(here.floor.windows[window], by=here.hemin, at=FIVE)
    except NotAllowed:
        return False
    return True


def test_everybody_who_waits_is_covered_by_one_window() -> None:
    here = evening()
    for _ in range(6):
        here.floor.take(when=SOON)
    covered = together(*[lambda w=w: pressed(here, w) for w in ("3", "4", "3", "4")])
    assert sum(covered) == 6
    assert sorted(Extension.objects.values_list("number", flat=True)) == [
        f"YS20260924-{n:04}" for n in range(1, 7)
    ]
    assert verify() == []


def test_of_the_windows_of_a_line_that_leave_at_once_one_stays_for_whoever_waits() -> None:
    here = evening()
    here.floor.take(when=SOON)
    gone = together(*[lambda w=w: left(here, w) for w in ("3", "4", "5")])
    assert gone.count(True) == 2
    assert SignOff.objects.count() == 2
