"""Two journeys in which several things happen to one case: what stops its days, what does not, and who goes on with it?"""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from onewindow.cases.models import Case, Handover, Procedure, Third
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.letters.models import Letter
from onewindow.people.models import Post
from onewindow.people.tick import leaves
from onewindow.places.write import organisation
from onewindow.rules.grants import Grant
from tests.cases import test_fees, test_special
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out
from tests.people.conftest import Stage, stage
from tests.people.test_leave import AB
from tests.web.citizen import on
from tests.web.desks import NUMBER, SHOP, at_desk, begin, marked
from tests.web.test_case import DOT
from tests.web.test_moving import page, send

pytestmark = pytest.mark.django_db
__all__ = ["stage"]
TAKER = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def accepted(cast: Cast) -> Case:
    """24 September, a Thursday: 李伟 finds her papers complete and accepts them at the window."""
    with on(SEP24):
        liwei = at_desk(cast.liwei)
        answer = liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "accept"})
    assert answer.status_code == 302
    return Case.objects.get()


def signed_for(cast: Cast, case: Case, when: Any) -> None:
    sent = send(cast.liwei, case, "hand-over", when, signature=f"data:image/png;base64,{DOT}", **TAKER)
    assert sent.status_code == 302
    carry_out(case.subject)


def seen_by_her(case: Case, when: Any) -> str:
    """王芳 looks with number and code."""
    with on(when):
        client = Client()
        client.post("/track/", {"number": case.number, "code": case.enquiry_code})
        return client.get(f"/track/{case.number}/").content.decode()


def facts(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))


def letters(case: Case) -> set[str]:
    return set(Letter.objects.filter(subject=case.subject).values_list("kind", flat=True))


def test_inspected_twice_at_the_same_time_and_once_more_afterwards() -> None:
    """The days that two procedures share are taken out once; each of them has its notice, and she reads why it takes long."""
    cast = assemble(guide=test_special.GUIDE)
    case = accepted(cast)
    told = {"why": "需要核实。", "parties": "检测机构和专家"}
    for kind, day, planned in (("检测", 28, "2026-10-14"), ("专家评审", 9, "2026-10-16")):
        when = at(9 if day == 28 else 10, day)
        sent = send(cast.zhangmin, case, "procedure", when, kind=kind, planned_end=planned, **told)
        assert sent.status_code == 302
    test, panel = Procedure.objects.order_by("pk")
    assert "期限停止计算" in page(cast.zhangmin, case, at(10, 12))
    done = {"outcome": "done", "result": "合格。"}
    send(cast.zhangmin, case, "procedure-end", at(10, 12), procedure=str(test.pk), **done)
    assert "期限停止计算" in page(cast.zhangmin, case, at(10, 13))
    send(cast.zhangmin, case, "procedure-end", at(10, 14), procedure=str(panel.pk), **done)
    send(cast.zhangmin, case, "procedure", at(10, 19), kind="检测", planned_end="2026-10-21", **told)
    again = Procedure.objects.latest("pk")
    carry_out(case.subject)
    assert "检测" in seen_by_her(case, at(10, 20))
    send(cast.zhangmin, case, "procedure-end", at(10, 21), procedure=str(again.pk), **done)
    case.refresh_from_db()
    # 9 月 28 日一；29 日至 10 月 14 日不计；15、16、19 日四；20、21 日不计；22、23 日六，26、27 日八（承诺）；
    # 28—30 日十一，11 月 2—6 日十六，9—12 日二十。
    assert (case.due_on, case.legal_due_on) == (date(2026, 10, 27), date(2026, 11, 12))
    proof = page(cast.zhangmin, case, at(10, 22), "time/decide/")
    assert "专家评审" in proof
    assert "检测" in proof
    send(cast.zhangmin, case, "review", at(10, 22), favourable="yes", text="两次检测和评审都合格，建议准予。")
    assert send(cast.chenju, case, "grant", at(10, 23), text="准予许可。").status_code == 302
    signed_for(cast, case, at(10, 26))
    assert {"receipt", "accepted", "procedure", "granted", "service"} <= letters(case)
    assert Letter.objects.filter(subject=case.subject, kind="procedure").count() == 3
    assert Case.objects.get(pk=case.pk).stage == "closed"
    assert list(recheck()) == []
    assert verify() == []


@pytest.mark.parametrize("stage", [{"guide": test_fees.GUIDE}], indirect=True)
def test_a_case_with_a_fee_and_a_neighbour_whose_examiner_goes_on_leave_and_hands_it_over(
    stage: Stage,
) -> None:
    """No clock waits for the money, nor for who is away; the neighbour is heard before it is decided."""
    ab, cast = AB(stage), stage.cast
    Post.objects.filter(pk=ab.second.pk).update(grants=[Grant.CASE_EXAMINE.value])
    case = accepted(cast)
    due = case.due_on
    assert due == date(2026, 10, 13)
    assert send(ab.chenju, case, "forward", SEP24, to=str(cast.zhangmin.pk)).status_code == 302
    bill = {"count-0": "2", "count-1": "0", "count-2": "0"}
    assert send(cast.liwei, case, "bill", at(9, 25, 9), **bill).status_code == 302
    who = {"name": "邻居测试甲", "contact": "测试路2号", "concerns": "油烟直接排向他家的窗户"}
    assert send(cast.zhangmin, case, "third", at(9, 25, 10), **who).status_code == 302
    one = Third.objects.select_related("subject").get()
    served = {"third": str(one.pk), "way": "counter", "told_on": "2026-09-28"}
    assert send(cast.zhangmin, case, "third-told", at(9, 28, 9), **served).status_code == 302
    a = at_desk(cast.zhangmin)
    with on(at(9, 28, 17)):
        days = {"kind": "leave", "since": "2026-09-29", "until": "2026-09-30"}
        assert a.post("/absence/new/", days).status_code == 302
    leaves(at(9, 29, 8))
    with on(at(9, 29, 9)):
        assert case.number in at_desk(ab.b).get("/desk/?tab=examine&mine=1").content.decode()
    with on(at(10, 8, 9)):
        a, b = at_desk(cast.zhangmin), at_desk(ab.b)
        assert a.post("/handover/new/", {"to": ab.b.pk, "reason": "调岗"}).status_code == 302
        paper = f"/handover/{Handover.objects.get().pk}/"
        assert a.post(f"{paper}sign/").status_code == 302
        assert b.post(f"{paper}take/").status_code == 302
        carry_out(organisation(COUNTY))
    assert Case.objects.get(pk=case.pk).examiner == ab.b
    with on(at(10, 9, 9)):
        neighbour = Client()
        assert neighbour.post("/third/", {"number": one.subject.number, "code": one.code}).status_code == 302
        neighbour.post("/third/mine/", {"text": "请他装好净化设备。"})
    paid = {"amount": "40", "receipt": "豫财 00012", "payer": "王芳"}
    assert send(cast.liwei, case, "collect", at(10, 9, 10), **paid).status_code == 302
    assert "已缴清" in page(ab.b, case, at(10, 9, 11))
    weighed = {"third": str(one.pk), "weighed": "已要求装净化设备，采纳。"}
    assert send(ab.b, case, "third-heard", at(10, 12, 9), **weighed).status_code == 302
    opinion = {"favourable": "yes", "text": "邻居的意见已采纳，建议准予。"}
    assert send(ab.b, case, "review", at(10, 12, 10), **opinion).status_code == 302
    assert Case.objects.get(pk=case.pk).due_on == due
    assert send(ab.chenju, case, "grant", at(10, 13), text="准予许可。").status_code == 302
    signed_for(cast, case, at(10, 13, 16))
    told = facts(case)
    assert [told[0], told[-1]] == ["Received", "Delivered"]
    assert {"receipt", "accepted", "bill", "granted", "service"} <= letters(case)
    assert Letter.objects.get(kind="third").subject == one.subject  # his own, and none of hers
    her = seen_by_her(case, at(10, 14))
    assert "告知了利害关系人" in her
    assert "邻居测试甲" not in her
    assert list(recheck()) == []
    assert verify() == []
