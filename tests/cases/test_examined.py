"""审核: every point is looked at, two go where two have to go, and an item of one step waits for its decision."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.cases.acts import accept, decide, examine
from onewindow.cases.examined import OnSite, OpenPoints
from onewindow.cases.models import Case, Opinion
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.cases.reads.work import TABS, counts, page
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.write import history
from onewindow.rules.facts import Accepted, Reviewed
from onewindow.rules.grants import NotAllowed
from onewindow.web.views.case import telling
from tests.cast import STEPS, Cast, assemble, at

pytestmark = pytest.mark.django_db
POINTS = ({"look": "场所", "check": "一致"}, {"look": "设备", "check": "独立"})
LOOKED = ({"point": "场所", "fits": True, "note": ""}, {"point": "设备", "fits": None, "note": ""})
ONE_STEP = (STEPS[0], {"name": "审核并决定", "role": "examiner"})
TWO_GO = (STEPS[0], {"name": "审核", "role": "examiner", "inspectors": 2}, STEPS[2])


def test_a_favourable_opinion_needs_every_point_whoever_asks_for_it() -> None:
    cast = assemble(points=POINTS)
    case, told = cast.accepted(), {"favourable": True, "text": "建议准予。"}
    for points in ((), LOOKED[:1]):
        with pytest.raises(OpenPoints, match="项审查要点还没有核对") as refused:
            examine.review(case, by=cast.zhangmin, at=at(9, 28), points=points, **told)
        assert list(refused.value.by_field) == [one["look"] for one in POINTS[len(points) :]]
    failing = (LOOKED[0], {"point": "设备", "fits": False, "note": "共用"})
    with pytest.raises(NotAllowed, match="核为不符，不能提出准予的意见"):
        examine.review(case, by=cast.zhangmin, at=at(9, 28), points=failing, **told)
    foreign = ({"point": "消防", "fits": True, "note": ""},)
    with pytest.raises(NotAllowed, match="只能核对本事项办事指南列出的审查要点"):
        examine.review(case, by=cast.zhangmin, at=at(9, 28), points=foreign, **told)
    opinion = examine.review(case, by=cast.zhangmin, at=at(9, 28), points=LOOKED, **told)
    assert [one["fits"] for one in opinion.points] == [True, None]


def test_an_opinion_against_may_leave_points_open() -> None:
    cast = assemble(points=POINTS)
    told = {"favourable": False, "text": "场所不符。"}
    points = [{"point": "场所", "fits": False, "note": ""}]
    opinion = examine.review(cast.accepted(), by=cast.zhangmin, at=at(9, 28), points=points, **told)
    assert not opinion.favourable


@pytest.fixture
def two() -> Cast:
    return assemble(steps=TWO_GO)


def check(cast: Cast) -> OnSite:
    return OnSite(cast.chenju, date(2026, 9, 28), "测试路 60 号", "洗手池与布局图一致。")


def test_where_two_have_to_go_nothing_is_proposed_in_favour_without_them(two: Cast) -> None:
    case, told = two.accepted(), {"favourable": True, "text": "建议准予。"}
    with pytest.raises(NotAllowed, match=r"两名以上工作人员实地核查.*请写明"):
        examine.review(case, by=two.zhangmin, at=at(9, 28), **told)
    examine.review(case, by=two.zhangmin, at=at(9, 28), check=check(two), **told)
    opinion = Opinion.objects.get()
    assert (opinion.by, opinion.second) == (two.zhangmin, two.chenju)
    assert (opinion.checked_on, opinion.checked_at) == (date(2026, 9, 28), "测试路 60 号")
    fact = history(case.subject)[-1]
    assert isinstance(fact, Reviewed)
    assert fact.second == two.chenju.pk
    assert "洗手池" not in str(case.subject.entries.last().body)
    found = whole(visible_to(two.chenju), case.number, two.county)
    assert telling.history(found)[-1]["text"] == "建议准予，两人实地核查"
    assert found.opinions[0].second_name == "陈局"  # type: ignore[attr-defined]


def test_an_opinion_against_needs_nobody_on_site(two: Cast) -> None:
    told = {"favourable": False, "text": "面积不够。"}
    assert examine.review(two.accepted(), by=two.zhangmin, at=at(9, 28), **told).second is None


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("himself", "不能是您自己"),
        ("stranger", "不在本部门任职"),
        ("early", "受理以后、今天以前"),
        ("tomorrow", "受理以后、今天以前"),
        ("nowhere", "写明核查的地点和核查情况"),
        ("silent", "写明核查的地点和核查情况"),
        ("gone", "不在本部门任职"),
    ],
)
def test_a_check_that_cannot_have_been_is_refused(two: Cast, how: str, why: str) -> None:
    case, good = two.accepted(), check(two)
    if how == "gone":
        two.chenju.held.update(until=date(2026, 9, 25))
    changed = {
        "himself": {"second": two.zhangmin},
        "stranger": {"second": two.zhaoqiang},
        "early": {"on": date(2026, 9, 23)},
        "tomorrow": {"on": date(2026, 9, 29)},
        "nowhere": {"place": " "},
        "silent": {"record": " "},
        "gone": {},
    }[how]
    told = {"favourable": True, "text": "建议准予。"}
    with pytest.raises(NotAllowed, match=why):
        examine.review(case, by=two.zhangmin, at=at(9, 28), check=replace(good, **changed), **told)
    assert not Opinion.objects.exists()


def test_whoever_is_sent_to_look_at_a_licence_alone_is_two_by_law() -> None:
    alone = (STEPS[0], {"name": "审核", "role": "examiner", "inspectors": 1}, STEPS[2])
    cast = assemble(steps=alone)
    with pytest.raises(NotAllowed, match="两名以上工作人员"):
        examine.review(cast.accepted(), by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予。")


def test_of_other_kinds_one_inspector_suffices_where_the_guide_says_one() -> None:
    alone = (STEPS[0], {"name": "审核", "role": "examiner", "inspectors": 1}, STEPS[2])
    cast = assemble(kind="行政确认", steps=alone)
    told = {"favourable": True, "text": "建议确认。"}
    assert examine.review(cast.accepted(), by=cast.zhangmin, at=at(9, 28), **told).favourable


def test_an_item_of_one_step_waits_for_its_decision_as_soon_as_it_is_accepted() -> None:
    cast = assemble(points=POINTS, steps=ONE_STEP, promised=0)
    case = cast.accepted()
    assert case.stage == "deciding"
    cast.chenju.day = at(9, 24).date()
    seen = counts(cast.chenju)
    assert (seen["examine"], seen["decide"]) == (0, 1)
    assert [row.case for row in page(cast.chenju, TABS["decide"], at(9, 24).date()).rows] == [case]
    with pytest.raises(NotAllowed, match="待决定"):
        examine.review(case, by=cast.zhangmin, at=at(9, 24), favourable=False, text="不行")
    with pytest.raises(NotAllowed, match="没有单独的审核环节"):
        examine.send_back_review(case, by=cast.chenju, at=at(9, 24), text="再看")
    question = examine.ask_explanation(case, by=cast.zhangmin, at=at(9, 24), text="几张桌子？")
    assert question.reply_by > at(9, 24).date()
    assert list(recheck()) == []


def test_who_decides_in_one_step_looks_at_every_point() -> None:
    cast = assemble(points=POINTS, steps=ONE_STEP)
    case = cast.accepted()
    with pytest.raises(OpenPoints, match="第 1、2 项"):
        decide.grant(case, by=cast.chenju, at=at(9, 24), text="准予")
    failing = (LOOKED[1], {"point": "场所", "fits": False, "note": ""})
    with pytest.raises(NotAllowed, match="核为不符，不能准予"):
        decide.grant(case, by=cast.chenju, at=at(9, 24), text="准予", points=failing)
    decision = decide.grant(case, by=cast.chenju, at=at(9, 24), text="准予", points=LOOKED)
    assert [one["point"] for one in decision.points] == ["场所", "设备"]
    found = whole(visible_to(cast.chenju), case.number, cast.county)
    assert [one["marked"] for one in telling.points(found)] == ["fits", "none"]


def test_who_decides_after_an_examiner_does_not_mark_points_again() -> None:
    cast = assemble(points=POINTS)
    case = cast.accepted()
    told = {"favourable": True, "text": "建议准予。", "points": LOOKED}
    examine.review(case, by=cast.zhangmin, at=at(9, 28), **told)
    with pytest.raises(NotAllowed, match="由审核人员核对"):
        decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予", points=LOOKED)
    assert decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予").granted


def test_silence_too_brings_an_item_of_one_step_to_its_decision() -> None:
    cast = assemble(steps=ONE_STEP)
    case = cast.apply()
    tick(at(10, 12))
    assert Case.objects.get(pk=case.pk).stage == "deciding"


def test_a_case_of_one_step_that_was_accepted_before_can_still_be_decided() -> None:
    cast = assemble(points=POINTS, steps=ONE_STEP)
    case = cast.apply()
    held = accept.hold(case)
    held.record(Accepted(on=at(9, 24).date()), by=cast.liwei, at=at(9, 24))
    assert Case.objects.get(pk=case.pk).stage == "examining"
    assert decide.grant(case, by=cast.chenju, at=at(9, 24), text="准予", points=LOOKED).granted
