"""环节的期限: each step of the guide has its days, inside those of the case; and the stricter days of a place."""

from datetime import date

import pytest

from onewindow.cases.acts import decide, examine
from onewindow.cases.acts.special import Plan, begin_procedure, end_procedure
from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.places.acts import change_setting
from onewindow.rules.grants import FOUNDER
from tests.cast import COUNTY, Cast, assemble, at

pytestmark = pytest.mark.django_db
STEPS = (
    {"name": "受理", "role": "window", "days": 0},
    {"name": "审核", "role": "examiner", "days": 5},
    {"name": "决定", "role": "head", "days": 3},
)


@pytest.fixture
def cast() -> Cast:
    return assemble(steps=STEPS)


def test_each_step_runs_from_the_fact_that_hands_the_case_to_it(cast: Cast) -> None:
    case = cast.accepted()
    # 审核五天：9 月 28、29、30 日三，10 月 8、9 日五。
    assert (case.step_due_on, case.due_on) == (date(2026, 10, 9), date(2026, 10, 13))
    examine.review(case, by=cast.zhangmin, at=at(9, 29), favourable=True, text="建议准予")
    case.refresh_from_db()
    # 决定三天，自 9 月 29 日：30 日一，10 月 8、9 日三。
    assert case.step_due_on == date(2026, 10, 9)
    decide.grant(case, by=cast.chenju, at=at(9, 30), text="准予")
    case.refresh_from_db()
    assert case.step_due_on is None
    assert list(recheck()) == []


def test_no_step_ends_later_than_the_case(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 12), favourable=True, text="建议准予")
    case.refresh_from_db()
    assert (case.step_due_on, case.due_on) == (date(2026, 10, 13), date(2026, 10, 13))


def test_what_is_sent_back_begins_its_step_again(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    examine.send_back_review(case, by=cast.chenju, at=at(9, 30), text="请补看布局")
    case.refresh_from_db()
    assert case.step_due_on == date(2026, 10, 13)  # 10 月 8、9、10、12、13 日


def test_what_stops_the_promise_stops_the_step() -> None:
    review = {"name": "专家评审", "days": 10, "basis": ["x"], "note": ""}
    law = {"key": "x", "law": "某法", "article": "第一条"}
    cast = assemble(steps=STEPS, guide={"special": [review], "basis": [law]})
    case = cast.accepted()
    plan = Plan(kind="专家评审", why="要评审", parties="专家三人", planned_end=date(2026, 10, 12))
    begun = begin_procedure(case, by=cast.zhangmin, at=at(9, 28), plan=plan)
    assert Case.objects.get(pk=case.pk).step_due_on is None
    end_procedure(case, by=cast.zhangmin, at=at(10, 12), procedure=begun.pk, outcome="done", result="通过")
    # 9 月 28 日一；29 日至 10 月 12 日不计；13—16 日五。
    assert Case.objects.get(pk=case.pk).step_due_on == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("kind", "stops", "due"),
    [("其他行政权力", True, date(2026, 10, 21)), ("其他行政权力", False, date(2026, 10, 13))],
)
def test_outside_licences_only_the_items_own_law_stops_a_term(kind: str, stops: bool, due: date) -> None:
    own = {"name": "检测", "days": 10, "basis": ["x"], "note": "", "stops": stops}
    law = {"key": "x", "law": "某条例", "article": "第九条"}
    cast = assemble(kind=kind, legal=None, guide={"special": [own], "basis": [law]})
    case = cast.accepted()
    plan = Plan(kind="检测", why="要检测", parties="检测机构", planned_end=date(2026, 10, 12))
    begun = begin_procedure(case, by=cast.zhangmin, at=at(9, 28), plan=plan)
    end_procedure(case, by=cast.zhangmin, at=at(10, 12), procedure=begun.pk, outcome="done", result="合格")
    # 停：9 月 28 日一，10 月 13—16 日五，19、20、21 日八；不停的到 10 月 13 日。
    assert Case.objects.get(pk=case.pk).due_on == due


def test_the_stricter_days_of_a_place_are_off_until_somebody_sets_them(cast: Cast) -> None:
    assert cast.apply().due_on == date(2026, 10, 9)
    told = {"by": FOUNDER, "at": at(9, 23), "reason": "本地要求两个工作日内告知"}
    change_setting(cast.county, name="correction.tell_days", value=2, **told)
    case = cast.apply()
    assert case.county == COUNTY
    assert case.due_on == date(2026, 9, 29)
