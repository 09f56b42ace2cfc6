"""核对: what is judged is what is accepted, and only what was found lacking is demanded."""

from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, correct, receive
from onewindow.cases.acts.accept import accept_with_receipt
from onewindow.cases.acts.receive import Found, hand_in
from onewindow.cases.judged import Unjudged, look, valid
from onewindow.cases.models import Case, Correction, Verdict
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.cases.tick import tick
from onewindow.catalogue.models import Material
from onewindow.intake.acts import Paper, take_in
from onewindow.intake.acts.online import PapersMissing
from onewindow.journal.write import history
from onewindow.rules.grants import NotAllowed, Overreach
from tests.cast import SEP24, Cast, assemble, at
from tests.intake.test_online import TOLD, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def online(cast: Cast) -> Case:
    """王芳 handed everything in from her own computer; nobody looked at it yet."""
    type(cast.version.item).objects.update(online_depth=3)
    cast.version.item.refresh_from_db()
    return hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD)


def fits(*materials: Material) -> dict[int, Found]:
    return {material.pk: Found("fits") for material in materials}


def test_nothing_is_accepted_that_nobody_looked_at(cast: Cast) -> None:
    case = online(cast)
    with pytest.raises(Unjudged, match="还有 3 份材料没有核对：食品经营许可申请书、") as refused:
        accept.accept(case, by=cast.zhangmin, at=at(9, 25))
    assert [one.code for one in refused.value.materials] == ["sqs", "bjt", "zd"]
    receive.judge(case, by=cast.zhangmin, at=at(9, 25), findings=fits(*cast.materials[:2]))
    with pytest.raises(Unjudged, match="还有 1 份材料没有核对：食品安全管理制度。"):
        accept.accept(case, by=cast.zhangmin, at=at(9, 25))
    receive.judge(case, by=cast.zhangmin, at=at(9, 25), findings=fits(cast.materials[2]))
    assert accept.accept(case, by=cast.zhangmin, at=at(9, 25)).stage == "examining"


def test_what_everybody_has_to_bring_is_judged_although_it_did_not_come(cast: Cast) -> None:
    layout, others = cast.materials[1], (cast.materials[0], cast.materials[2])
    told = {"once": uuid4(), "applicant": cast.wangfang, "window": cast.window}
    form, papers = {"shop": "测试店", "area": 46}, [Paper(one) for one in others]
    taken = take_in(cast.version, by=cast.liwei, at=SEP24, form=form, papers=papers, **told)
    case = receive.receive(taken, by=cast.liwei, at=SEP24, findings=fits(*others))
    with pytest.raises(Unjudged, match="1 份材料没有核对：操作流程和设备布局图"):
        accept.accept(case, by=cast.liwei, at=SEP24)
    with pytest.raises(NotAllowed, match="没有收到“操作流程和设备布局图”，不能核为“符合”"):
        receive.judge(case, by=cast.liwei, at=SEP24, findings=fits(layout))
    with pytest.raises(NotAllowed, match="每个人都要交的，不能核为“不涉及”"):
        receive.judge(case, by=cast.liwei, at=SEP24, findings={layout.pk: Found("none")})
    receive.judge(case, by=cast.liwei, at=SEP24, findings={layout.pk: Found("missing")})
    with pytest.raises(NotAllowed, match="核对为缺或不符：操作流程和设备布局图"):
        accept.accept(case, by=cast.liwei, at=SEP24)


def test_a_paper_of_another_situation_or_that_a_department_has_is_not_waited_for() -> None:
    cast = assemble(papers={"bjt": {"detail": {"when": ["cold=yes"]}}, "zd": {"necessity": "exempt"}})
    layout = cast.materials[1]
    case = cast.apply(bjt="missing", zd="missing")
    Verdict.objects.exclude(material=cast.materials[0]).delete()
    assert look(case).pending == []
    receive.judge(case, by=cast.liwei, at=SEP24, findings={layout.pk: Found("none")})
    assert history(case.subject)[-1].apart == (layout.pk,)  # type: ignore[attr-defined]
    assert accept.accept(case, by=cast.liwei, at=SEP24).stage == "examining"


def test_what_came_with_a_correction_is_judged_anew(cast: Cast) -> None:
    case, layout = cast.apply(bjt="wrong"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 25), demands={layout.pk: "请标出水池"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 28), papers=[Paper(layout)])
    with pytest.raises(Unjudged, match="1 份材料没有核对：操作流程和设备布局图"):
        accept.accept(case, by=cast.liwei, at=at(9, 28))
    found = whole(visible_to(cast.liwei), case.number, cast.county)
    old, new = found.papers[1].submitted
    assert [one.pk for one in valid([old, new], case.received_at)] == [new.pk]
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings=fits(layout))
    assert accept.accept(case, by=cast.liwei, at=at(9, 28)).stage == "examining"


def test_a_demand_names_all_that_was_found_lacking_and_nothing_else(cast: Cast) -> None:
    case, (form, layout, rules) = cast.apply(bjt="missing", zd="wrong"), cast.materials
    with pytest.raises(NotAllowed, match="还没有写全：食品安全管理制度"):
        correct.ask_correction(case, by=cast.liwei, at=SEP24, demands={layout.pk: "请补布局图"})
    demands = {layout.pk: "请补布局图", rules.pk: "请改制度", form.pk: "再交一份"}
    with pytest.raises(Overreach, match="食品经营许可申请书没有核为缺或不符，不得要求再交"):
        correct.ask_correction(case, by=cast.liwei, at=SEP24, demands=demands)
    del demands[form.pk]
    assert correct.ask_correction(case, by=cast.liwei, at=SEP24, demands=demands).points.count() == 2


def test_a_demand_before_the_judging_is_refused_plainly(cast: Cast) -> None:
    case = online(cast)
    with pytest.raises(Unjudged) as refused:
        correct.ask_correction(case, by=cast.zhangmin, at=SEP24, demands={cast.materials[1].pk: "再交"})
    assert not isinstance(refused.value, Overreach)
    assert "请先逐份核对材料，再一次性告知补正" in str(refused.value)
    assert not Correction.objects.exists()


def test_silence_accepts_what_nobody_judged(cast: Cast) -> None:
    case = online(cast)
    tick(at(10, 12))
    case.refresh_from_db()
    assert case.stage == "examining"
    assert not Verdict.objects.exists()


def test_a_receipt_stays_one_while_something_was_not_looked_at(cast: Cast) -> None:
    case = online(cast)
    Case.objects.filter(pk=case.pk).update(pack=cast.county.pack)
    assert accept_with_receipt(case, by=cast.liwei, at=SEP24).stage == "received"


def test_no_paper_is_promised_to_follow_later() -> None:
    cast = assemble(papers={"zd": {"necessity": "deferrable"}})
    type(cast.version.item).objects.update(online_depth=3)
    cast.version.item.refresh_from_db()
    draft = filled(cast)
    draft.submitted.filter(material=cast.materials[2]).delete()
    with pytest.raises(PapersMissing, match="食品安全管理制度"):
        hand_in(draft, by=cast.wangfang, at=SEP24, told=TOLD)
