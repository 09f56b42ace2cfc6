"""Kinds of cases on the screens: settled in one sitting, sifted by kind and way, sent up and answered, drafted."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.cases.acts import examine
from onewindow.cases.models import Case, Report
from onewindow.catalogue import gate
from onewindow.catalogue.text import of_version
from onewindow.people.models import Post
from onewindow.places.models import Department
from onewindow.rules.grants import Grant
from onewindow.rules.identity import demo_id
from onewindow.web.views.catalogue.draft_kinds import WholeForm, content_of, kinds_of
from onewindow.web.views.catalogue.draft_text import keys_of, lines_of
from tests.cases.test_at_once import ONE_STEP, POINTS
from tests.cases.test_upward import UPWARD
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.web.citizen import on, shown
from tests.web.desks import SHOP, at_desk, begin, marked

pytestmark = pytest.mark.django_db


def instant() -> Cast:
    cast = assemble(kind="其他行政权力", legal=None, promised=0, steps=ONE_STEP, points=POINTS, pack="zhanhe")
    Department.objects.filter(pk=cast.market.pk).update(window_decides=True)
    return cast


def told(desk: Any, case: Case, key: str, when: Any = SEP24, **fields: Any) -> Any:
    """An act's page, sent as it was opened."""
    with on(when):
        page = reverse("case_do", args=[case.number, key])
        seen = desk.get(page).context["seen"]
        return desk.post(page, {"seen": seen, **fields})


@pytest.mark.req("ZH-2.2.2.1a")
def test_the_window_settles_a_case_and_hands_the_result_over_on_the_next_page() -> None:
    cast = instant()
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        answer = liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "receive"})
        case = Case.objects.get()
        done = liwei.get(answer.url).content.decode()
    assert "即办件，直接办理" in done
    assert "当场办结" in done
    said = told(liwei, case, "at-once", text="准予备案", **{"point-0": "fits"})
    assert said.status_code == 302
    assert said.url.endswith("/hand-over/")
    carry_out(case.subject)
    with on(SEP24):
        page = liwei.get(said.url).content.decode()
    assert "办理结果通知书" in page
    signed = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": "991523198803040427"}
    assert told(liwei, case, "hand-over", relation="本人", signed="on", **signed).status_code == 302
    assert Case.objects.get().stage == "closed"


def test_what_is_not_given_to_the_window_is_not_offered_there() -> None:
    cast = instant()
    Department.objects.update(window_decides=False)
    liwei, case = at_desk(cast.liwei), cast.apply()
    with on(SEP24):
        assert "当场办结</" not in liwei.get(f"/cases/{case.number}/").content.decode()


@pytest.mark.req("ZH-2.2.2")
def test_the_intake_asks_for_the_way_and_the_lists_sift_by_way_and_kind() -> None:
    cast = assemble(guide={"service": {"entrusted": True}}, pack="zhanhe")
    liwei = at_desk(cast.liwei)
    agent = {
        "agent_kind": "resident",
        "agent_number": demo_id(1523, date(1970, 1, 1), 31),
        "agent_name": "赵敏",
    }
    with on(SEP24):
        url = begin(liwei, cast)
        asked = liwei.post(url, SHOP | marked(cast) | {"do": "receive"})
        assert "请选择直接办理还是委托全程代办" in asked.content.decode()
        assert Case.objects.count() == 0
        alone = liwei.post(url, SHOP | marked(cast) | {"do": "receive", "mode": "entrusted"})
        assert "请登记代办人员的证件" in alone.content.decode()
        good = liwei.post(url, SHOP | marked(cast) | agent | {"do": "receive", "mode": "entrusted"})
        assert good.status_code == 302, good.content.decode()[:400]
        case = Case.objects.get()
        assert (case.mode, case.kind) == ("entrusted", "promised")
        for sift, there in (
            ("mode=entrusted", True),
            ("mode=direct", False),
            ("kind=promised", True),
            ("kind=instant", False),
            ("kind=promised&mode=entrusted", True),
            ("kind=nonsense", True),
        ):
            found = liwei.get(f"/desk/?tab=accept&{sift}").content.decode()
            assert (case.number in found) is there, sift


def test_up_and_down_again_by_the_pages() -> None:
    cast = assemble(guide=UPWARD, pack="zhanhe")
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议报送")
    chenju, zhangmin = at_desk(cast.chenju), at_desk(cast.zhangmin)
    with on(at(9, 29)):
        offered = chenju.get(f"/cases/{case.number}/").content.decode()
    assert "转报上级" in offered
    assert "准予</" not in offered.partition('class="ow-bar"')[2]
    assert told(chenju, case, "send-up", at(9, 29), opinion="同意报送").status_code == 302
    assert Report.objects.get().opinion == "同意报送"
    assert told(zhangmin, case, "contact-above", at(10, 9), whom="许可科", said="在会签").status_code == 302
    with on(at(10, 9)):
        page = zhangmin.get(f"/cases/{case.number}/").content.decode()
        assert "信阳市市场监督管理局" in page
        assert "在会签" in page
        assert case.number in zhangmin.get("/desk/?tab=above&kind=upward").content.decode()
        own = shown(Client(), Case.objects.get())
        assert "由信阳市市场监督管理局在 10 月 " in own
        assert "等上级决定" in own.partition("ow-case__sum")[0]
    no = {"granted": "no", "number": "信市监不许〔2026〕3号", "decided_on": "2026-10-12", "text": "不予许可"}
    bare = told(zhangmin, case, "answer-above", at(10, 13), **no)
    assert bare.status_code == 422
    assert "照它的决定书写明理由" in bare.content.decode()
    full = {**no, "grounds": "场所在禁设区", "basis": "《食品安全法》第三十三条"}
    assert told(zhangmin, case, "answer-above", at(10, 13), **full).status_code == 302
    assert Case.objects.get().kind == "returned"


def test_the_draft_page_gives_back_what_it_was_told_and_the_gate_names_what_lacks() -> None:
    cast = assemble(guide={**UPWARD, "renewal": {"of": "食品经营许可证", "before_days": 0, "basis": []}})
    version = of_version(cast.version)
    filled = kinds_of(version)
    assert (filled["case_kind"], filled["upward_days"]) == ("上报件", 15)
    again = content_of({**filled, "immediate": False}, keys_of, lines_of)
    assert again["upward"] == UPWARD["upward"]
    assert set(filled) <= set(WholeForm.base_fields)
    said = {str(one) for one in gate.gaps(version) if one.element == "上报件"}
    assert said == set()
    cast.version.content = {"case_kind": "上报件", "upward": {}}
    lacking = [one.says for one in gate.gaps(of_version(cast.version)) if one.element == "上报件"]
    assert len(lacking) == 3
    cast.version.content = {"case_kind": "联办件", "joint": {"with": []}}
    assert any("两个以上的部门" in str(one) for one in gate.gaps(of_version(cast.version)))


def test_a_department_empowers_the_windows_by_its_page() -> None:
    cast = instant()
    post = Post.objects.create(
        county=COUNTY, name="系统管理岗", scope="county", grants=[Grant.PLACES_MANAGE.value]
    )
    admin = at_desk(officer(COUNTY, "郑凯", "A001", post))
    with on(SEP24):
        page = f"/manage/windows/departments/{cast.market.pk}/power/"
        wrong = admin.post(page, {"decides": "on"})
        assert "要先授权窗口受理" in wrong.content.decode()
        assert admin.post(page, {"accepts": "on"}).status_code == 302
    assert not Department.objects.get(pk=cast.market.pk).window_decides
