"""摆放: which acts stand in front on a case, under which heading does each field of a draft stand, and who lands where?"""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.web.desks import landing
from onewindow.web.views.case.deeds import DEEDS
from onewindow.web.views.case.laid_out import FEW, laid_out
from onewindow.web.views.catalogue.draft_kinds import WholeForm
from onewindow.web.views.catalogue.draft_parts import FOLDED, USUAL, parts

_EXAMINER = ["forward", "question", "extend-ask", "review"]


def _words(*keys: str, cards: tuple[str, ...] = (), pending: bool = False) -> tuple[list[str], list[str]]:
    front, rest = laid_out([DEEDS[key] for key in keys], cards, pending=pending)
    return [one.key for one in front], [one.key for one in rest]


def test_the_next_acts_stand_in_front_and_the_seldom_ones_under_more() -> None:
    assert _words(*_EXAMINER) == (["question", "review"], ["forward", "extend-ask"])


def test_a_few_acts_need_no_second_place() -> None:
    assert len(["forward", "withdraw"]) <= FEW
    assert _words("forward", "withdraw") == (["forward", "withdraw"], [])


def test_what_belongs_to_a_card_stands_there_and_without_one_under_more() -> None:
    assert _words("withdraw", "third") == (["withdraw"], ["third"])
    assert _words("withdraw", "third", cards=("third",)) == (["withdraw"], [])
    assert _words("bar") == ([], ["bar"])


def test_judging_is_the_next_act_only_while_a_paper_waits_for_it() -> None:
    keys = ("judge", "accept", "refuse", "withdraw")
    assert _words(*keys, pending=True) == (["judge", "accept", "refuse"], ["withdraw"])
    assert _words(*keys) == (["accept", "refuse"], ["judge", "withdraw"])


def test_every_field_of_a_draft_stands_under_exactly_one_heading() -> None:
    named = [name for names in (*USUAL.values(), *FOLDED.values()) for name in names]
    assert sorted(named) == sorted(WholeForm().fields)


def test_a_part_of_a_draft_is_folded_until_something_stands_in_it() -> None:
    closed = {part.title for part in parts(WholeForm()) if not part.open}
    assert closed == set(FOLDED)
    told = parts(WholeForm(initial={"renewal_of": "农药经营许可证"}))
    assert [part.title for part in told if part.folds and part.open] == ["延续"]


@pytest.mark.parametrize(
    ("grants", "page"),
    [
        ((Grant.CASE_DELIVER,), "/issue/"),
        ((Grant.PEOPLE_MANAGE, Grant.ABSENCE_ARRANGE), "/manage/organisation/"),
        ((Grant.ABSENCE_ARRANGE,), "/absence/"),
    ],
)
def test_somebody_lands_at_his_own_work_before_what_everybody_has(
    grants: tuple[Grant, ...], page: str
) -> None:
    officer: Any = SimpleNamespace(may=lambda grant: grant in grants)
    assert landing(cast(Officer, officer)) == page
