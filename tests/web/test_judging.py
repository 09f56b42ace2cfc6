"""核对材料页: what came in lies beside its verdict, and nothing goes on before everything was looked at."""

import pytest

from onewindow.cases.acts.correct import answer_correction, ask_correction
from onewindow.cases.models import Case, Verdict
from onewindow.cases.reads.whole import Whole, whole
from onewindow.ground import files
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.places.models import County
from onewindow.web.views.case import telling
from tests.cast import SEP24, Cast, assemble, at
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_case import do, facts, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_accepting_and_asking_lead_to_the_judging_while_something_was_not_looked_at(cast: Cast) -> None:
    case = cast.apply()
    Verdict.objects.filter(material=cast.materials[1]).delete()
    zhangmin = at_desk(cast.zhangmin)
    shown = page(zhangmin, case, at(9, 25))
    for act in ("accept", "ask"):
        assert f'href="/cases/{case.number}/do/judge/?then={act}"' in shown
        with on(at(9, 25)):
            led = zhangmin.get(f"/cases/{case.number}/do/{act}/", follow=True)
        assert led.redirect_chain[0][0].endswith(f"/do/judge/?then={act}")
        assert "还有 1 份材料没有核对，请先核对" in led.content.decode()
    refused = do(zhangmin, case, "accept", at(9, 25))
    assert refused.status_code == 409
    assert "没有核对：操作流程和设备布局图" in refused.content.decode()
    assert f'href="/cases/{case.number}/do/judge/?then=accept"' in refused.content.decode()
    judged = do(zhangmin, case, "judge", at(9, 25), then="accept", **{f"v-{cast.materials[1].pk}": "fits"})
    assert judged.url == f"/cases/{case.number}/do/accept/"
    assert do(zhangmin, case, "accept", at(9, 25)).status_code == 302
    assert facts(case)[-1] == "Accepted"


def test_after_the_judging_the_work_goes_on_to_what_was_found(cast: Cast) -> None:
    case = cast.apply()
    Verdict.objects.all().delete()
    zhangmin, (form, layout, rules) = at_desk(cast.zhangmin), (m.pk for m in cast.materials)
    half = do(zhangmin, case, "judge", at(9, 25), then="accept", **{f"v-{form}": "fits"})
    assert half.url == f"/cases/{case.number}/do/judge/?then=accept"
    told = {f"v-{layout}": "wrong", f"v-{rules}": "fits"}
    bare = do(zhangmin, case, "judge", at(9, 25), then="accept", **told)
    assert bare.status_code == 422
    assert "请写明哪里不符" in bare.content.decode()
    found = do(zhangmin, case, "judge", at(9, 25), then="accept", **told, **{f"why-{layout}": "没有水池"})
    assert found.url == f"/cases/{case.number}/do/ask/"
    with on(at(9, 25)):
        asking = zhangmin.get(found.url).content.decode()
    assert "核对为“不符”：没有水池" in asking
    assert "请改正写明的问题，重新提交 1 份" in asking
    assert "食品安全管理制度" not in asking


def test_the_judging_shows_what_came_and_what_it_has_to_agree_with() -> None:
    asked = {"detail": {"when": ["cold=yes"], "fill": "写明专间面积"}}
    cast = assemble(papers={"zd": asked})
    case, layout = cast.apply(bjt="wrong", zd="missing"), cast.materials[1]
    Verdict.objects.filter(material=cast.materials[2]).delete()
    old = files.keep(case.county, b"%PDF-1.7 x", name="旧图.pdf", media_type="application/pdf", at=SEP24)
    Submitted.objects.filter(material=layout).update(file=old, how="scan")
    ask_correction(case, by=cast.liwei, at=at(9, 25), demands={layout.pk: "请标出水池"})
    new = files.keep(case.county, b"%PDF-1.7 y", name="新图.pdf", media_type="application/pdf", at=SEP24)
    answer_correction(case, by=cast.wangfang, at=at(9, 28), papers=[Paper(layout, how="upload", file=new)])
    with on(at(9, 28)):
        shown = at_desk(cast.liwei).get(f"/cases/{case.number}/do/judge/").content.decode()
    form, plan, rules = shown.split("<fieldset")[1:4]
    assert "不涉及" not in form + plan
    assert 'value="none"' in rules
    assert "写明专间面积" in rules
    assert plan.index("新图.pdf") < plan.index("旧图.pdf")
    for words in ("首次提交", "补正", "申请人网上提交", "李伟收", "1 KB", "告知的补正要求：请标出水池"):
        assert words in plan
    assert plan.count("已被补正件替换") == 1
    assert "补来以前核对为“不符”：不符合要求" in plan
    assert "罗山县芳邻小面馆" in shown.partition("申请人填写的")[2]


def test_while_the_applicant_is_asked_the_head_of_the_case_says_until_when(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    ask_correction(case, by=cast.liwei, at=at(9, 25), demands={cast.materials[1].pk: "请标出水池"})
    head = page(at_desk(cast.liwei), case, at(9, 28)).partition("ow-casehead__t")[2].partition("</div>")[0]
    assert "10 月 22 日前等申请人答复" in head
    assert "补正答复期限 15 个工作日" in head
    assert f"/cases/{case.number}/time/" in head


@pytest.mark.parametrize("law", ["食品经营许可和备案管理办法", "中华人民共和国行政许可法"])
def test_the_item_s_own_limit_is_proved_with_the_item_s_own_basis(law: str) -> None:
    cast = assemble(legal=10)
    case = cast.accepted()
    own = {"key": "own", "law": law, "article": "第二十一条", "quote": "应当在十日内作出决定"}
    general = {"key": "xkf", "law": "中华人民共和国行政许可法", "article": "第四十二条", "quote": "二十日内"}
    content = {
        "basis": [own, general],
        "limit": {"legal_basis": ["own", "xkf"], "legal_note": "本事项从短。"},
    }
    version = replace_content(case, content)
    told = {one.title: one for one in telling.terms(version)}["法定办结时限"]
    assert told.length == "10 个工作日"
    quotes = " ".join(clause.quote for clause in told.clauses)
    assert "二十日" not in quotes
    assert ("应当在十日内作出决定" in quotes) == (law == "食品经营许可和备案管理办法")
    assert told.note == "本事项从短。"


def replace_content(case: Case, content: dict[str, object]) -> Whole:
    """The case as if its frozen version said more."""
    found = whole(Case.objects.all(), case.number, County.objects.get())
    found.case.version.content = found.case.version.content | content
    return found


def test_who_asks_too_late_is_asked_why_in_front_of_him_and_not_on_which_day() -> None:
    """An item without acceptance by silence: the days are over, and the notice still goes out, with its reason."""
    other = assemble(kind="公共服务", legal=None)
    case = other.apply(bjt="missing")
    with on(at(10, 13)):
        asking = at_desk(other.liwei).get(f"/cases/{case.number}/do/ask/").content.decode()
    assert "为什么超期才告知" in asking
    assert "不是今天的事？补录" not in asking
