"""审核和受理的页面: points and the visit of two on the case's page, one step, and acceptance on what is there."""

import pytest

from onewindow.cases.acts import correct, receive
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case, Decision, Opinion
from onewindow.intake.acts import Paper
from tests.cast import STEPS, Cast, assemble, at
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_case import do, page

pytestmark = pytest.mark.django_db
POINTS = ({"look": "场所", "check": "一致"}, {"look": "设备", "check": "独立"})
TWO_GO = (STEPS[0], {"name": "审核", "role": "examiner", "inspectors": 2}, STEPS[2])
ONE_STEP = (STEPS[0], {"name": "审核并决定", "role": "examiner"})


def opened(client: object, case: Case, act: str, when: object = at(10, 9)) -> str:
    with on(when):
        return client.get(f"/cases/{case.number}/do/{act}/").content.decode()  # type: ignore[attr-defined]


def test_the_page_asks_for_the_visit_of_two_and_shows_it_afterwards() -> None:
    cast = assemble(points=POINTS, steps=TWO_GO)
    case, zhangmin = cast.accepted(), at_desk(cast.zhangmin)
    shown = page(zhangmin, case)
    assert "两人实地核查" in shown
    assert '<option value="' in shown
    assert "陈局</option>" in shown
    assert "张敏</option>" not in shown
    assert "赵强</option>" not in shown
    marks = {"point-0": "fits", "point-1": "none", "favourable": "yes", "text": "建议准予"}
    without = do(zhangmin, case, "review", **marks)
    assert without.status_code == 409
    assert "两名以上工作人员实地核查" in without.content.decode()
    visit = {
        "second": str(cast.chenju.pk),
        "checked_on": "2026-10-09",
        "checked_at": "测试路 60 号",
        "check_record": "洗手池与布局图一致",
    }
    later = do(zhangmin, case, "review", **marks, **visit | {"checked_on": "2026-10-10"})
    assert later.status_code == 409
    assert 'value="测试路 60 号"' in later.content.decode()
    assert do(zhangmin, case, "review", **marks, **visit).status_code == 302
    assert Opinion.objects.get().second == cast.chenju
    after = page(at_desk(cast.chenju), case)
    assert "张敏、陈局，10 月 9 日，测试路 60 号" in after
    assert "洗手池与布局图一致" in after


def test_what_was_checked_is_there_again_when_the_opinion_came_back() -> None:
    cast = assemble(steps=TWO_GO)
    case, zhangmin = cast.accepted(), at_desk(cast.zhangmin)
    visit = {
        "second": str(cast.chenju.pk),
        "checked_on": "2026-10-09",
        "checked_at": "测试路 60 号",
        "check_record": "洗手池与布局图一致",
    }
    do(zhangmin, case, "review", favourable="yes", text="建议准予", **visit)
    do(at_desk(cast.chenju), case, "send-back-review", text="请核实面积")
    again = page(zhangmin, case)
    assert 'value="测试路 60 号"' in again
    assert f'<option value="{cast.chenju.pk}" selected' in again


def test_an_item_without_a_visit_does_not_ask_for_one() -> None:
    cast = assemble(points=POINTS)
    assert "实地核查" not in page(at_desk(cast.zhangmin), cast.accepted())


def test_who_decides_in_one_step_finds_the_case_in_his_list_and_the_points_on_his_page() -> None:
    cast = assemble(points=POINTS, steps=ONE_STEP, promised=0)
    case, chenju = cast.accepted(), at_desk(cast.chenju)
    with on(at(9, 24, 11)):
        listed = chenju.get("/desk/?tab=decide").content.decode()
    assert case.number in listed
    assert "point-1" in opened(chenju, case, "grant", at(9, 24, 11))
    half = do(chenju, case, "grant", at(9, 24, 11), text="准予许可", **{"point-0": "fits"})
    assert half.status_code == 422
    assert "第 2 项审查要点还没有核对" in half.content.decode()
    assert "准予许可</textarea>" in half.content.decode()
    sent = {"text": "准予许可", "point-0": "fits", "point-1": "fits"}
    assert do(chenju, case, "grant", at(9, 24, 11), **sent).status_code == 302
    assert [one["fits"] for one in Decision.objects.get().points] == [True, True]
    assert "退回重新审核" not in page(chenju, case)


def test_who_decides_after_an_examiner_sees_no_points_to_mark() -> None:
    cast = assemble(points=POINTS)
    case = cast.accepted()
    do(at_desk(cast.zhangmin), case, "review", favourable="no", text="不符")
    assert "point-0" not in opened(at_desk(cast.chenju), case, "grant")


@pytest.fixture
def corrected() -> tuple[Cast, Case]:
    """The layout came as the correction and is wrong again."""
    cast = assemble()
    case, layout = cast.apply(bjt="wrong"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 25), demands={layout.pk: "请标出水池"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 28), papers=[Paper(layout)])
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings={layout.pk: Found("wrong", "仍没有水池")})
    return cast, case


def test_the_window_offers_acceptance_on_what_is_there_and_says_what_lacks(
    corrected: tuple[Cast, Case],
) -> None:
    cast, case = corrected
    liwei = at_desk(cast.liwei)
    shown = page(liwei, case, at(9, 28))
    assert "照现有材料受理" in shown
    assert "do/ask/" not in shown
    assert "do/accept/" not in shown
    asked = opened(liwei, case, "accept-as-is", at(9, 28))
    assert "操作流程和设备布局图</b>：不符，仍没有水池" in asked
    assert do(liwei, case, "accept-as-is", at(9, 28)).status_code == 302
    after = page(at_desk(cast.zhangmin), case, at(9, 29))
    assert "照现有材料受理，1 份仍缺或不符" in after


def test_the_judging_after_the_notice_offers_no_failing_for_what_it_did_not_name(
    corrected: tuple[Cast, Case],
) -> None:
    cast, case = corrected
    form, layout, rules = cast.materials
    liwei = at_desk(cast.liwei)
    shown = opened(liwei, case, "judge", at(9, 28))
    assert shown.count("没有写进补正告知，不能再核为缺或不符") == 2
    for material, offered in ((form, 1), (layout, 3), (rules, 1)):
        assert shown.count(f'name="v-{material.pk}"') == offered
    sent = {f"v-{m.pk}": "fits" for m in (form, layout)} | {f"v-{rules.pk}": "missing"}
    refused = do(liwei, case, "judge", at(9, 28), **sent)
    assert refused.status_code == 409
    assert "只能一次告知" in refused.content.decode()


def test_before_the_notice_there_is_no_acceptance_on_what_is_there() -> None:
    cast = assemble()
    case = cast.apply(bjt="missing")
    assert "照现有材料受理" not in page(at_desk(cast.liwei), case, at(9, 25))


def test_a_late_notice_of_another_kind_asks_why_and_is_listed_for_the_supervisor() -> None:
    cast = assemble(kind="行政确认", legal=None)
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    liwei = at_desk(cast.liwei)
    assert "为什么超期才告知" not in opened(liwei, case, "ask", at(9, 25))
    assert "为什么超期才告知" in opened(liwei, case, "ask", at(10, 26))
    demand = {f"demand-{layout.pk}": "请补布局图"}
    assert do(liwei, case, "ask", at(10, 26), **demand).status_code == 422
    assert do(liwei, case, "ask", at(10, 26), why_late="人员调整", **demand).status_code == 302
    shown = page(liwei, case, at(10, 26))
    assert "超期告知，1 份材料" in shown
    assert "超过期限才告知：人员调整" in shown


def test_what_is_promised_at_once_is_called_so_everywhere() -> None:
    cast = assemble(steps=ONE_STEP, promised=0, kind="行政确认", legal=None)
    case = cast.accepted()
    chenju = at_desk(cast.chenju)
    with on(at(9, 24, 11)):
        why = chenju.get(f"/cases/{case.number}/time/").content.decode()
    shown = page(chenju, case, at(9, 24, 11))
    assert "当场办结" in shown
    assert "当场办结" in why
    assert "0 个工作日" not in shown + why
