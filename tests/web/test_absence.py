"""The pages of leave, handover and first asked: entered, shown, refused beside the field, and closed to others."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts import examine
from onewindow.cases.models import Case, Handover
from onewindow.guidance.models import Asked
from onewindow.journal.models import Entry
from onewindow.notices.models import OfficerMessage
from onewindow.people.acts import give_post
from onewindow.people.models import Absence, Deputy, Officer, Post
from onewindow.people.tick import leaves
from onewindow.places.write import organisation
from onewindow.rules.grants import FOUNDER, Grant
from tests.cast import COUNTY, SEP24, at, carry_out, officer
from tests.oversight.stage import supervisor
from tests.people.conftest import stage
from tests.people.test_leave import AB, ab
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db
__all__ = ["ab", "stage"]
MON = at(9, 28, 9)


def read(desk: Desk, page: str, **told: Any) -> str:
    answer = desk.get(page, told)
    assert answer.status_code == 200, page
    return answer.content.decode()


def test_he_enters_his_leave_and_b_finds_the_case_in_his_list(ab: AB) -> None:
    case, a, b = ab.his_case(), at_desk(ab.stage.cast.zhangmin), at_desk(ab.b)
    days = {"kind": "leave", "since": "2026-09-28", "until": "2026-09-30"}
    with on(SEP24):
        assert a.post("/absence/new/", days).status_code == 302
        assert "钱文（审核岗）" in read(a, "/absence/")
    leaves(MON)
    carry_out(organisation(COUNTY))
    with on(MON):
        assert "替张敏顶“审核岗”，到 9 月 30 日止" in read(b, "/absence/")
        assert case.number in read(b, "/desk/", tab="examine", mine="1")
        message = OfficerMessage.objects.filter(officer=ab.b).latest("pk")
        opened = b.post(f"/messages/{message.pk}/")
        assert opened.url == f"/absence/{Absence.objects.get().pk}/"
        examine.review(case, by=ab.today(ab.b, MON), at=MON, favourable=True, text="建议准予。")
        assert "钱文（顶岗，代张敏）" in read(b, f"/cases/{case.number}/")
    with on(at(10, 8)):
        back = read(a, f"/absence/{Absence.objects.get().pk}/")
        assert "钱文（顶岗）" in back
        assert case.number in back


def test_whoever_enters_his_leave_is_told_which_of_his_posts_nobody_takes_over(ab: AB) -> None:
    a = at_desk(ab.stage.cast.zhangmin)
    days = {"kind": "leave", "since": "2026-09-28", "until": "2026-09-30"}
    with on(SEP24):
        assert "B角到时自动顶岗，并收到消息。" in a.post("/absence/new/", days, follow=True).content.decode()
        a.post(f"/absence/{Absence.objects.get().pk}/back/")
        counter = Post.objects.create(
            county=COUNTY, name="咨询岗", scope="hall", hall=ab.stage.cast.window.hall, grants=[]
        )
        give_post(counter, by=FOUNDER, at=SEP24, officer=ab.stage.cast.zhangmin, since=SEP24.date())
        assert "“咨询岗”还没有人顶岗" in a.post("/absence/new/", days, follow=True).content.decode()


def test_what_b_did_on_the_day_a_came_back_stays_with_the_leave(ab: AB) -> None:
    case, a = ab.his_case(), at_desk(ab.stage.cast.zhangmin)
    with on(SEP24):
        a.post("/absence/new/", {"kind": "leave", "since": "2026-09-28", "until": "2026-09-30"})
    leaves(MON)
    examine.review(case, by=ab.today(ab.b, MON), at=MON, favourable=True, text="建议准予。")
    page = f"/absence/{Absence.objects.get().pk}/"
    with on(at(9, 28, 15)):
        assert a.post(f"{page}back/").status_code == 302
        shown = read(a, page)
    assert "钱文（顶岗）" in shown
    assert case.number in shown


def test_what_is_wrong_with_a_leave_is_told_above_the_form_with_everything_kept(ab: AB) -> None:
    a = at_desk(ab.stage.cast.zhangmin)
    with on(SEP24):
        shown = a.post(
            "/absence/new/", {"kind": "leave", "since": "2026-09-30", "until": "2026-09-28", "reason": "探亲"}
        ).content.decode()
    assert "结束的日子不能早于开始" in shown
    assert 'value="探亲"' in shown
    assert not Absence.objects.exists()


def test_the_head_sends_somebody_on_leave_names_another_and_ends_it(ab: AB) -> None:
    head, who = at_desk(ab.chenju), ab.stage.cast.zhangmin
    other = officer(COUNTY, "冯建", "S013", ab.second)
    with on(MON):
        days = {"kind": "sick", "since": "2026-09-28", "until": "2026-09-29"}
        assert head.post(f"/absence/posts/{ab.post.pk}/{who.pk}/new/", days).status_code == 302
        gone = Absence.objects.get()
        shown = read(head, f"/absence/{gone.pk}/")
        assert "另外指定" in shown
        named = head.post(f"/absence/{gone.pk}/posts/{ab.post.pk}/", {"officer": other.pk})
        assert named.status_code == 302
        assert "冯建（审核岗）" in read(head, "/absence/")
        before = read(head, f"/absence/{gone.pk}/back/")
        assert "冯建（审核岗）的顶岗从现在起结束，没有办完的回到张敏的待办" in before
        assert Absence.objects.get().back_on is None
        assert head.post(f"/absence/{gone.pk}/back/").status_code == 302
        assert "顶到销假为止" in read(head, f"/absence/{gone.pk}/")
    assert Absence.objects.get().back_on == MON.date()


def test_who_only_stands_in_does_not_end_the_leave(ab: AB) -> None:
    with on(MON):
        days = {"kind": "leave", "since": "2026-09-28", "until": "2026-09-29"}
        at_desk(ab.stage.cast.zhangmin).post("/absence/new/", days)
        gone = Absence.objects.get()
        assert at_desk(ab.b).post(f"/absence/{gone.pk}/back/").status_code == 403
    assert Absence.objects.get().back_on is None


@pytest.mark.req("ZH-2.4.3h")
def test_the_posts_without_b_are_marked_and_get_one(ab: AB) -> None:
    head = at_desk(ab.chenju)
    with on(SEP24):
        before = read(head, "/absence/posts/")
        assert "2 个岗位没有B角" in before
        assert "公安局" not in before
        head_post = Post.objects.get(held__officer=ab.chenju)
        assert head.post(f"/absence/posts/{head_post.pk}/b/", {"officer": ab.b.pk}).status_code == 302
        assert "1 个岗位没有B角" in read(head, "/absence/posts/")
    assert Deputy.objects.filter(post=head_post, officer=ab.b, ended_at__isnull=True).exists()


def test_another_office_finds_no_leave_and_no_post_of_this_one(ab: AB) -> None:
    gone = ab.leave()
    zhao = ab.stage.cast.zhaoqiang
    post = zhao.posts[0]
    post.grants = [*post.grants, Grant.ABSENCE_ARRANGE.value]
    post.save(update_fields=["grants"])
    desk = at_desk(Officer.objects.get(pk=zhao.pk))
    with on(SEP24):
        for page in (
            f"/absence/{gone.pk}/",
            f"/absence/posts/{ab.post.pk}/b/",
            f"/absence/posts/{ab.post.pk}/{gone.officer_id}/new/",
            f"/absence/{gone.pk}/posts/{ab.post.pk}/",
            f"/handover/posts/{ab.post.pk}/{gone.officer_id}/new/",
        ):
            assert desk.get(page).status_code == 404, page
        assert desk.post(f"/absence/{gone.pk}/back/").status_code == 404


def test_a_handover_is_signed_by_both_on_their_screens(ab: AB) -> None:
    Post.objects.filter(pk=ab.second.pk).update(grants=[Grant.CASE_EXAMINE.value])
    case, a, b = ab.his_case(), at_desk(ab.stage.cast.zhangmin), at_desk(ab.b)
    with on(MON):
        opened = a.post("/handover/new/", {"to": ab.b.pk, "reason": "调岗"})
        row = Handover.objects.get()
        page = f"/handover/{row.pk}/"
        assert (opened.status_code, opened["Location"]) == (302, page)  # to where it is signed
        assert case.number in read(a, page)
        assert "签字移交" in read(a, page)
        assert "签字接收" not in read(b, page)
        assert a.post(f"{page}sign/").status_code == 302
        assert "签字接收" in read(b, page)
        assert b.post(f"{page}take/").status_code == 302
        carry_out(organisation(COUNTY))
        assert "已移交 1 项" in read(b, page)
        assert "移交给钱文；期限照常计算" in read(b, f"/cases/{case.number}/")
    assert Case.objects.get(pk=case.pk).examiner == ab.b
    assert at_desk(ab.stage.cast.zhaoqiang).get(page).status_code == 404


def test_the_head_takes_all_in_one_press(ab: AB) -> None:
    post = Post.objects.get(held__officer=ab.chenju)
    post.grants = [*post.grants, Grant.CASE_EXAMINE.value]
    post.save(update_fields=["grants"])
    case, head = ab.his_case(), at_desk(Officer.objects.get(pk=ab.chenju.pk))
    with on(MON):
        sent = head.post(
            f"/handover/posts/{ab.post.pk}/{ab.stage.cast.zhangmin.pk}/new/",
            {"to": ab.chenju.pk, "reason": "人已调离"},
        )
        assert sent.status_code == 302
        carry_out(organisation(COUNTY))
    assert Case.objects.get(pk=case.pk).examiner == ab.chenju


@pytest.mark.req("JN-12d", "HD-3.2.5a", "FC-3.2.6b", "ZH-2.4.3f")
def test_a_question_is_registered_handed_on_confirmed_and_answered(ab: AB) -> None:
    cast = ab.stage.cast
    first, second = at_desk(cast.liwei), at_desk(cast.zhangmin)
    case = cast.apply()
    with on(SEP24):
        told = {"channel": "counter", "what": "换了地址要不要重办？", "who": "王先生", "case": case.number}
        assert first.post("/asked/new/", told).status_code == 302
        row = Asked.objects.get()
        assert row.about == case.subject
        page = f"/asked/{row.number}/"
        assert first.post(f"{page}offer/", {"to": cast.zhangmin.pk}).status_code == 302
        held = read(first, page)
        assert "李伟，已转给张敏，等他确认" in held
        assert "换了地址" in read(second, "/asked/")
        assert second.post(f"{page}take/").status_code == 302
        assert "换了地址" not in read(first, "/asked/")
        assert "换了地址" in read(first, "/asked/", list="first")
        shown = read(second, page)
        assert "首问登记" in shown
        assert "确认接收首问" in shown
        assert second.post(f"{page}answer/", {"text": "要重新办，材料单已给。"}).status_code == 302
        assert "已答复" in read(first, page)
        assert first.post(f"{page}answer/", {"text": "再答一次。"}).status_code in (403, 409)
    assert at_desk(cast.zhaoqiang).get(page).status_code == 404


def test_the_supervisor_lists_the_questions_past_their_day(ab: AB) -> None:
    sunli, first = at_desk(supervisor("周丽", "D009")), at_desk(ab.stage.cast.liwei)
    with on(SEP24):
        first.post("/asked/new/", {"channel": "counter", "what": "换了地址要不要重办？"})
    with on(at(10, 8)):
        shown = read(sunli, "/watch/", list="asked")
        assert Asked.objects.get().number in shown
        assert "李伟" in shown
        assert read(sunli, f"/asked/{Asked.objects.get().number}/")


def test_a_faulty_question_keeps_what_was_typed(ab: AB) -> None:
    first = at_desk(ab.stage.cast.liwei)
    with on(SEP24):
        shown = first.post("/asked/new/", {"channel": "phone", "what": "怎么办许可", "case": "LS-1"})
        text = shown.content.decode()
        assert "没有这个编号的办件" in text
        assert "怎么办许可" in text
        shown = first.post("/asked/new/", {"channel": "phone", "what": "怎么办许可"}).content.decode()
        assert "请记下回电话的号码" in shown
    assert not Asked.objects.exists()


def test_the_lists_cost_five_statements_however_long_they_are(ab: AB) -> None:
    ab.his_case()
    gone, a, head = ab.leave(), at_desk(ab.stage.cast.zhangmin), at_desk(ab.chenju)
    with on(SEP24):
        a.post("/asked/new/", {"channel": "counter", "what": "换了地址要不要重办？"})
        pages = {
            a: ("/absence/", f"/absence/{gone.pk}/", "/handover/", "/asked/", "/asked/?list=first"),
            head: ("/absence/", "/absence/posts/", "/handover/"),
        }
        for desk, each in pages.items():
            for page in each:
                desk.get(page)
                with CaptureQueriesContext(connection) as asked:
                    desk.get(page)
                assert len(_own(asked)) <= 5, (page, [one["sql"][:90] for one in _own(asked)])
    assert Entry.objects.filter(fact="LeaveEntered").count() == 1


_SESSION = ("django_session", "people_account", 'people_officer" WHERE', "places_county", "SAVEPOINT")


def _own(asked: CaptureQueriesContext) -> list[dict[str, str]]:
    """What the page asks beside its session."""
    found = [
        one for one in asked.captured_queries if not any(word in (one["sql"] or "") for word in _SESSION)
    ]
    return [one for one in found if 'people_holding"."officer_id" = ' not in (one["sql"] or "")]
