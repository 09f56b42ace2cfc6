"""What officers may see of cases, and what a list and a whole case cost."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts.correct import ask_correction
from onewindow.cases.acts.decide import deny
from onewindow.cases.acts.examine import ask_explanation, review
from onewindow.cases.models import Case
from onewindow.cases.reads import visible, whole, work
from onewindow.rules.grants import Grant
from tests.cast import SEP24, Cast, assemble, at

pytestmark = pytest.mark.django_db
TODAY = at(10, 9).date()


@pytest.fixture
def cast() -> Cast:
    return assemble()


def denied(cast: Cast) -> Case:
    case = cast.accepted()
    ask_explanation(case, by=cast.zhangmin, at=at(9, 28), text="面积与图纸不一致，请说明。")
    review(case, by=cast.zhangmin, at=at(9, 29), favourable=False, text="洗消间与卫生间相通。")
    deny(
        case, by=cast.chenju, at=at(9, 30), text="不予许可", grounds="洗消间与卫生间相通", basis="第三十八条"
    )
    return Case.objects.get(pk=case.pk)


def test_an_officer_of_another_office_sees_nothing(cast: Cast) -> None:
    case = cast.accepted()
    assert list(visible.visible_to(cast.zhangmin)) == [case]
    assert list(visible.visible_to(cast.zhaoqiang)) == []
    assert not visible.sees_file(cast.zhaoqiang, case)


def test_the_window_sees_what_it_took_in_and_not_the_opinions(cast: Cast) -> None:
    case = cast.accepted()
    assert list(visible.visible_to(cast.liwei)) == [case]
    assert not visible.sees_file(cast.liwei, case)
    assert visible.sees_file(cast.zhangmin, case)


def test_the_stages_of_the_person_at_the_counter_say_nothing_of_the_inside(cast: Cast) -> None:
    case = denied(cast)
    (row,) = visible.stages_of(cast.wangfang, case.county)
    assert (row.number, row.stage, row.is_open) == (case.number, "已作不予决定，待送达", True)
    told = " ".join(str(value) for value in vars(row).values())
    for inside in ("洗消间", "张敏", "陈局", "第三十八条", case.enquiry_code, "10095715339"):
        assert inside not in told


def test_a_list_is_sorted_by_due_day_with_the_undated_last_and_paged_by_key(cast: Cast) -> None:
    late, early, undated = (cast.accepted(SEP24 + timedelta(hours=n)) for n in range(3))
    Case.objects.filter(pk=early.pk).update(due_on=TODAY)
    Case.objects.filter(pk=undated.pk).update(due_on=None)
    tab = work.TABS["examine"]
    first = work.page(cast.zhangmin, tab, TODAY, size=2)
    assert [row.case.pk for row in first.rows] == [early.pk, late.pk]
    rest = work.page(cast.zhangmin, tab, TODAY, size=2, after=first.after)
    assert [row.case.pk for row in rest.rows] == [undated.pk]
    assert rest.after == ""


def test_a_list_and_its_counts_take_two_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(3):
        cast.accepted(SEP24 + timedelta(hours=hour))
    cast.zhangmin.posts  # noqa: B018 (the grants are read with the session)
    with django_assert_num_queries(2):
        rows = work.page(cast.zhangmin, work.TABS["examine"], TODAY).rows
        counted = work.counts(cast.zhangmin)
    assert len(rows) == 3
    assert rows[0].light.word == "剩 3 天"
    assert (counted["examine"], counted["decide"], counted["done"]) == (3, 0, 0)


def test_counts_stop_at_a_thousand(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "COUNTED", 1)
    for hour in range(3):
        cast.accepted(SEP24 + timedelta(hours=hour))
    assert work.counts(cast.zhangmin)["examine"] == 2
    assert work.shown(work.counts(cast.zhangmin)["examine"]) == "1+"


def test_a_whole_case_takes_three_statements_however_much_was_written(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = denied(cast)
    seen = visible.visible_to(cast.zhangmin)
    with django_assert_num_queries(3):
        found = whole.whole(seen, case.number, cast.county)
        assert found.case.decision.by.name == "陈局"
    assert [opinion.by_name for opinion in found.opinions] == ["张敏"]
    assert found.opinions[0].at == at(9, 29)
    assert found.questions[0].answer == ""
    assert [paper.verdict.finding for paper in found.papers if paper.verdict] == ["fits"] * 3
    assert [state.term.name for state in found.now.terms][:2] == ["promised", "decide"]


def test_points_of_a_correction_come_with_their_material(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    demands = {cast.materials[1].pk: "请标出水池位置"}
    ask_correction(case, by=cast.liwei, at=at(9, 25), demands=demands)
    ((correction, points),) = whole.whole(
        visible.visible_to(cast.liwei), case.number, cast.county
    ).corrections
    assert [(point.material_name, point.demand) for point in points] == [
        ("操作流程和设备布局图", "请标出水池位置")
    ]
    assert correction.asked_by_name == "李伟"


def test_whoever_supervises_sees_the_county(cast: Cast) -> None:
    case = cast.accepted()
    post = cast.zhaoqiang.posts[0]
    post.scope, post.department, post.grants = "county", None, [Grant.SUPERVISE.value]
    post.save()
    cast.zhaoqiang.__dict__.pop("posts")
    cast.zhaoqiang.__dict__.pop("holdings")
    assert list(visible.visible_to(cast.zhaoqiang)) == [case]
