"""A letter lists the papers as they stood at the moment of its fact, in whatever way they came."""

from dataclasses import replace

import pytest

from onewindow.cases.acts import accept, correct, receive
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.cases.tick import tick
from onewindow.ground.files import keep
from onewindow.intake.acts import Paper, add_papers
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry
from onewindow.letters.bodies import intake
from onewindow.letters.compose import Matter, common, matter_of
from onewindow.letters.told import accepted, correction, receipt
from tests.cast import SEP24, Cast, assemble, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", Submitted.How)
def test_every_way_of_handing_in_has_its_word_on_the_receipt(how: Submitted.How) -> None:
    case = assemble().apply()
    Submitted.objects.update(how=how)
    told = receipt(matter_of(Entry.objects.get(subject=case.subject, fact="Received")))
    assert {paper.form for paper in told["papers"]} == {how.label}


def test_a_receipt_made_late_does_not_list_what_came_after() -> None:
    cast = assemble()
    case = cast.apply(bjt="missing")
    add_papers(case.application, [Paper(cast.materials[1])], at(9, 29))
    told = receipt(matter_of(Entry.objects.get(subject=case.subject, fact="Received")))
    assert [paper.name for paper in told["papers"]] == [cast.materials[0].name, cast.materials[2].name]
    assert case.received_at == SEP24


def last(case: Case, fact: str) -> Matter:
    return matter_of(Entry.objects.filter(subject=case.subject, fact=fact).latest("place"))


def corrected(cast: Cast) -> Case:
    """The layout was wrong, came again, and everything was accepted."""
    case, layout = cast.apply(bjt="wrong"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 25), demands={layout.pk: "请标出水池"})
    file = keep(case.county, b"%PDF-1.7 x", name="布局图.pdf", media_type="application/pdf", at=at(9, 28))
    two = [Paper(layout, how=Submitted.How.UPLOAD, file=file)] * 2
    correct.receive_correction(case, by=cast.liwei, at=at(9, 28), papers=two)
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings={layout.pk: Found("fits")})
    return accept.accept(case, by=cast.liwei, at=at(9, 28))


def test_the_acceptance_lists_each_paper_once_and_nothing_that_was_replaced() -> None:
    cast = assemble()
    case = corrected(cast)
    papers = accepted(last(case, "Accepted"))["papers"]
    assert [paper.name for paper in papers] == [material.name for material in cast.materials]
    assert [paper.form for paper in papers] == ["纸质", "网上上传", "纸质"]
    first = receipt(last(case, "Received"))["papers"]
    assert [paper.form for paper in first] == ["纸质"] * 3
    assert case.application.submitted.count() == 5


def test_the_notice_says_of_each_paper_what_is_wrong_with_it_and_how_to_put_it_right() -> None:
    cast = assemble(papers={"bjt": {"detail": {"copies": 2, "fill": "标出水池和冰箱。"}}})
    case = cast.apply(sqs="missing", bjt="wrong", zd="wrong")
    receive.judge(
        case,
        by=cast.liwei,
        at=SEP24,
        findings={
            cast.materials[0].pk: Found("missing"),
            cast.materials[2].pk: Found("wrong", "是别家的店名"),
        },
    )
    form, layout, rules = (material.pk for material in cast.materials)
    demands = {form: "请补交申请书", layout: "不符合要求", rules: "请写自己的店名"}
    correct.ask_correction(case, by=cast.liwei, at=at(9, 25), demands=demands)
    papers = correction(last(case, "CorrectionAsked"))["papers"]
    assert [(paper.problem, paper.how) for paper in papers] == [
        ("没有提交", "请补交申请书"),
        ("不符合要求", "请改正写明的问题，重新提交复印件 2 份。标出水池和冰箱。"),
        ("是别家的店名", "请写自己的店名"),
    ]


@pytest.mark.parametrize(
    ("pack", "kind", "laws"),
    [
        ("luoshan", "行政许可", ["中华人民共和国行政许可法"]),
        ("hedong", "行政许可", ["中华人民共和国行政许可法", "山东省优化营商环境条例"]),
        ("hedong", "行政确认", ["优化营商环境条例", "山东省优化营商环境条例"]),
    ],
)
def test_the_notice_rests_on_the_law_of_the_nation_first(pack: str, kind: str, laws: list[str]) -> None:
    cast = assemble(pack=pack, kind=kind)
    case = cast.apply(bjt="missing")
    correct.ask_correction(case, by=cast.zhangmin, at=SEP24, demands={cast.materials[1].pk: "请补布局图"})
    basis = correction(last(case, "CorrectionAsked"))["basis"]
    assert [cite.law for cite in basis] == laws
    assert ("第三十二条" in basis[0].article) == (kind == "行政许可")


def test_the_letter_of_an_acceptance_by_silence_does_not_say_that_the_papers_are_complete() -> None:
    cast = assemble()
    cases = {"silent": cast.apply(), "judged": cast.accepted()}
    tick(at(10, 12))
    said = {}
    for name, fact in (("silent", "AcceptedBySilence"), ("judged", "Accepted")):
        matter = last(cases[name], fact)
        whole = common(matter, number="1号", code="X", url="https://example.test/", issued_at=at(10, 12))
        said[name] = str(intake.accepted(replace(whole, **accepted(matter))))
    assert "申请材料齐全、符合法定形式" in said["judged"]
    assert "申请材料齐全" not in said["silent"]
    assert "不表示材料已经核对为齐全、符合法定形式" in said["silent"]
