"""投诉: of a booking, of a number after closing, by telephone; looked into, decided, answered, and what it does to a window."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from onewindow.feedback import complained
from onewindow.feedback.acts.complaints import Found, Told, complain, settle
from onewindow.feedback.complained import record, settled_by_nobody
from onewindow.feedback.follow import reckon_anew
from onewindow.feedback.models import Complaint
from onewindow.hall.actors import Bearer
from onewindow.hall.acts import declining
from onewindow.hall.models import ExtensionAsk
from onewindow.journal.models import Access, Entry
from onewindow.journal.reads import verify
from onewindow.notices.models import Message, OfficerMessage, Sending
from onewindow.people.models import Officer, Post
from onewindow.places.models import County, Hall
from onewindow.rules.complaints import Channel, Service
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, at, carry_out, officer
from tests.hall.booked import THURSDAY, Booked, in_service
from tests.hall.late import SOON, evening
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_booking_citizen import page, signed_in
from tests.web.test_booking_desk import text_of

pytestmark = pytest.mark.django_db
SECTION = [Grant.SUPERVISE, Grant.COMPLAINT_GIVE, Grant.COMPLAINT_SETTLE]
SAID = "约好九点，窗口没有人，等了一个钟头。"
VERIFIED = {
    "verified": "yes",
    "finding": "看了监控，九点到十点窗口没有人。",
    "answer": "情况属实，向您道歉，已经处理。",
    "gravity": "serious",
    "penalty": "notice",
    "remark": "通报批评，当月考勤记缺勤。",
}


def section(name: str = "孙丽", number: str = "D001") -> Officer:
    """政务服务中心督查股."""
    post, _ = Post.objects.get_or_create(
        county=COUNTY, name="督查股", scope="county", defaults={"grants": [str(g) for g in SECTION]}
    )
    return officer(COUNTY, name, number, post)


@pytest.fixture
def here() -> Booked:
    return in_service()


@pytest.mark.req("LS-预约-8b")
def test_a_complaint_of_a_booking_lies_before_the_section_and_the_form_has_its_telephone(
    here: Booked,
) -> None:
    sunli, booking, his = section(), here.confirmed(), signed_in(here)
    County.objects.update(supervision_phone="0376-1000000")
    with on(THURSDAY):
        own = page(his, f"/my/bookings/{booking.number}/")
        assert "可以向政务服务中心督查股投诉，电话" in own
        assert "0376-1000000" in own
        assert "0376-1000000" in text_of(
            at_desk(here.liwei).get(f"/bookings/{booking.number}/form.pdf").content
        )
    with on(at(10, 17, 10)):
        his.force_login(here.cast.wangfang.account, "onewindow.people.signing.Backend")
        away = f"/complain/bookings/{booking.number}/"
        assert "追究窗口及相关工作人员责任" in page(his, away)
        told = {"kind": "absent", "happened_on": "2026-10-17", "once": str(uuid4())}
        assert his.post(away, {**told, "what": "没"}).status_code == 422
        sent = [his.post(away, {**told, "what": SAID}) for _ in range(2)]
        assert sent[0].url == sent[1].url
        assert "政务服务中心督查股答复" in page(his, sent[0].url)
        row = Complaint.objects.get()
        carry_out(row.subject)
        desk = at_desk(sunli)
        listed = desk.get("/complaints/").content.decode()
        shown = desk.get(f"/complaints/{row.number}/").content.decode()
    assert (row.window, row.officer, row.about) == (here.floor.windows["3"], here.liwei, booking.subject)
    assert "预约后不在岗按时服务" in listed
    assert f"/bookings/{booking.number}/" in shown
    assert SAID in shown
    assert OfficerMessage.objects.get(officer=sunli).page == f"/complaints/{row.number}/"
    assert Access.objects.filter(what="complaint", about=row.number).count() == 1
    assert at_desk(here.liwei).get("/complaints/").status_code == 403
    assert SAID not in str([entry.body for entry in row.subject.entries.all()])


@pytest.mark.req("LS-预约-8a")
def test_what_is_verified_stands_in_the_record_of_window_and_member_with_its_decision(here: Booked) -> None:
    desk, booking = at_desk(section()), here.confirmed()
    first, second = (complaint(here, booking, kind) for kind in ("refused_booking", "manner"))
    day = at(10, 19, 9)
    with on(day):
        assert "查实的投诉" in desk.get("/complaints/record/").content.decode()
        away = f"/complaints/{first.number}/settle/"
        lacking = desk.post(away, {**VERIFIED, "gravity": ""})
        assert lacking.status_code == 409
        assert "请选择情节轻重" in lacking.content.decode()
        assert "请选择是哪个窗口的责任" in lacking.content.decode()
        whose = {"window": here.floor.windows["3"].pk, "officer": here.liwei.pk}
        assert desk.post(away, {**VERIFIED, **whose}).status_code == 302
        told = {"verified": "no", "finding": "录音里没有不文明的话。", "answer": "经核查不属实。"}
        assert desk.post(f"/complaints/{second.number}/settle/", told).status_code == 302
        kept = desk.get("/complaints/record/").content.decode()
        assert desk.post(away, {**VERIFIED, **whose}).status_code == 409
    windows, people = kept.split("<h2>工作人员</h2>")
    for part in (windows, people):
        assert first.number in part
        assert "情节较重，通报批评：通报批评，当月考勤记缺勤。" in part
        assert second.number not in part
    assert "李伟" in people
    for one in (first, second):
        carry_out(one.subject)
    assert OfficerMessage.objects.get(officer=here.liwei, kind="ComplaintSettled").title.startswith(
        "投诉经查属实"
    )
    assert Message.objects.filter(party=here.cast.wangfang, kind="ComplaintSettled:visitor").count() == 2
    assert "道歉" not in "".join(Sending.objects.values_list("text", flat=True))
    assert verify() == []


def complaint(here: Booked, booking: Any, kind: str, **more: Any) -> Complaint:
    told = Told(kind=kind, what=SAID, channel=Channel.WEB, happened_on=at(10, 17).date(), **more)
    return complain(booking, by=here.cast.wangfang, at=at(10, 17, 10), once=uuid4(), told=told)


@pytest.mark.req("LS-延时-7", "LS-延时-8")
def test_a_refusal_to_stay_is_complained_of_on_the_telephone_and_verified_it_costs_points_and_the_award() -> (
    None
):
    here = evening()
    sunli, window, ticket = section("周洁", "D009"), here.floor.windows["3"], here.floor.take(when=SOON)
    asked = declining.ask_extension(ticket, by=Bearer(ticket), at=SOON, channel=ExtensionAsk.Channel.PHONE)
    declining.decline(window, by=here.liwei, at=SOON, asked=asked, reason="今天要早点走")
    phone, desk = Client(), at_desk(sunli)
    away = f"/complain/numbers/{ticket.code}/"
    with on(SOON):
        assert away in phone.get(f"/hall/n/{ticket.code}/").content.decode()
        assert "申请人可向政务服务中心督查股进行投诉" in phone.get(away).content.decode()
        made = [say(phone, away, kind) for kind in ("refused_late", "manner")]
        assert [(one.window, one.officer, one.service) for one in made] == [
            (window, here.liwei, "extended")
        ] * 2
        listed = desk.get("/complaints/").content.decode()
        for one in made:
            assert one.number in listed
            assert "9 月 24 日" in desk.get(f"/complaints/{one.number}/").content.decode()
        assert listed.count(str(window)) >= 2
        before = candidates(desk)
        told = {**VERIFIED, "penalty": "talk", "window": window.pk, "officer": here.liwei.pk}
        assert desk.post(f"/complaints/{made[0].number}/settle/", told).status_code == 302
        after, kept = candidates(desk), desk.get("/complaints/record/").content.decode()
    assert [number for number in before if number not in after] == ["3"]
    assert "95 分" in kept
    assert f"延时服务中的投诉经查实（{made[0].number}），不予评优评先" in kept
    assert "在窗口度考核中给予扣分" in kept
    carry_out(made[0].subject)
    sent = [one for one in Sending.objects.all() if one.target == "10012345678"]
    assert [one.text.count(made[0].number) for one in sent] == [1]


def say(phone: Client, away: str, kind: str) -> Complaint:
    told = {"kind": kind, "happened_on": "2026-09-24", "what": "五点前请求延时，说要早走。"}
    sent = phone.post(away, {**told, "once": str(uuid4()), "phone": "10012345678"})
    assert sent.status_code == 302
    return Complaint.objects.latest("pk")


def candidates(desk: Any) -> list[str]:
    """The windows that may be named for an award."""
    rows = desk.get("/complaints/record/").context["record"].candidates
    return [one.window.number for one in rows]


def test_a_call_is_written_down_with_window_and_member_and_nobody_judges_himself(here: Booked) -> None:
    sunli = section()
    desk = at_desk(sunli)
    told = {
        "channel": "phone",
        "hall": here.hall.pk,
        "window": here.floor.windows["4"].pk,
        "officer": sunli.pk,
        "service": "window",
        "kind": "manner",
        "happened_on": "2026-09-24",
        "what": "打电话来说的：问事不理人。",
        "name": "赵测试",
        "phone": "10095715340",
        "once": str(uuid4()),
    }
    with on(THURSDAY):
        late = desk.post("/complaints/new/", {**told, "happened_on": "2026-09-25"})
        assert "不能晚于今天" in late.content.decode()
        assert desk.post("/complaints/new/", told).url == "/complaints/"
        row = Complaint.objects.get()
        other = section("周洁", "D009")
        carry_out(row.subject)
        assert list(OfficerMessage.objects.values_list("officer", flat=True)) == [other.pk]
        shown = at_desk(other)
        assert "赵测试" in shown.get(f"/complaints/{row.number}/").content.decode()
        assert "赵测试" not in shown.get("/complaints/").content.decode()
        for own in (
            desk.get(f"/complaints/{row.number}/"),
            desk.post(f"/complaints/{row.number}/settle/", {**VERIFIED, "window": row.window_id}),
        ):
            assert own.status_code == 409
            assert "请由另一位督查人员核查" in own.content.decode()
            assert "赵测试" not in own.content.decode()
        assert f"/complaints/{row.number}/" not in desk.get("/complaints/").content.decode()
        with pytest.raises(NotAllowed, match="另一位督查人员"):
            settle(row, by=sunli, at=THURSDAY, found=Found(verified=False, finding=SAID, answer=SAID))
        given = {**VERIFIED, "window": row.window_id, "officer": sunli.pk}
        assert shown.post(f"/complaints/{row.number}/settle/", given).status_code == 302
        kept = desk.get("/complaints/record/").content.decode()
        assert row.number in kept
        assert f"/complaints/{row.number}/" not in kept
        Complaint.objects.update(stage="open", gravity="", penalty="", points=0)
    with on(at(10, 10)):  # five working days: 28, 29, 30 September, 8 and 9 October
        assert "超期没有答复" in shown.get("/complaints/").content.decode()
    with pytest.raises(NotGranted):
        settle(row, by=here.liwei, at=THURSDAY, found=Found(verified=False, finding=SAID, answer=SAID))


def test_who_watches_one_hall_alone_sees_no_complaint_of_another(here: Booked) -> None:
    row, other = complaint(here, here.confirmed(), "manner"), section("赵强", "D010")
    branch = Hall.objects.create(
        county=COUNTY, region=here.hall.region, kind="branch", name="不动产分厅", address="测试路2号"
    )
    Post.objects.update_or_create(name="督查股", defaults={"scope": "hall", "hall": branch})
    with on(at(10, 19, 9)):
        desk = at_desk(other)
        assert desk.get("/complaints/").status_code == 200
        assert row.number not in desk.get("/complaints/").content.decode()
        assert desk.get(f"/complaints/{row.number}/").status_code == 404
        assert desk.get("/complaints/record/").context["record"].windows == []
        carry_out(row.subject)
        assert not OfficerMessage.objects.filter(officer=other).exists()
        Post.objects.filter(name="督查股").update(hall=here.hall)
        assert desk.get(f"/complaints/{row.number}/").status_code == 200


def test_nobody_complains_of_another_ones_booking_or_of_what_does_not_happen_there(here: Booked) -> None:
    booking, ticket = here.confirmed(), here.floor.take()
    told = Told(kind="absent", what=SAID, channel=Channel.NUMBER, happened_on=THURSDAY.date())
    with pytest.raises(NotAllowed, match="请选择投诉的是什么"):
        complain(ticket, by=Bearer(ticket), at=THURSDAY, once=uuid4(), told=told)
    with pytest.raises(NotGranted):
        complain(booking, by=Bearer(ticket), at=THURSDAY, once=uuid4(), told=told)
    with pytest.raises(NotGranted):
        complain(here.floor.take(), by=Bearer(ticket), at=THURSDAY, once=uuid4(), told=told)
    with override_settings(BOX="machine"), pytest.raises(NotAllowed, match="县里的系统"):
        # Kept at the machine of a hall, no supervisor would find it.
        complain(booking, by=here.cast.wangfang, at=THURSDAY, once=uuid4(), told=told)
    desk = at_desk(section())
    County.objects.update(supervision_phone="0376-1000000")
    with on(THURSDAY), override_settings(BOX="machine"):  # told before a word is typed
        for refused in (
            Client().get(f"/complain/numbers/{ticket.code}/"),
            Client().post(f"/complain/numbers/{ticket.code}/", {"what": SAID}),
        ):
            assert refused.status_code == 409
            assert "请打电话 0376-1000000，报号码" in refused.content.decode()
        assert desk.get("/complaints/new/").status_code == 409
    with on(THURSDAY):
        assert signed_in(here).get("/complain/bookings/YY20260924-9999/").status_code == 404
        assert Client().get("/complain/numbers/nothing/").status_code == 404


def test_where_the_text_takes_nothing_off_only_what_was_decided_does_and_nobody_loses_the_award() -> None:
    here = evening()
    County.objects.update(pack="fangcheng")
    with on(SOON):
        away = f"/complain/numbers/{here.floor.take(when=SOON).code}/"
        assert "无故拒绝延时服务" not in Client().get(away).content.decode()
    sunli, window = section("周洁", "D009"), here.floor.windows["3"]
    ticket = here.floor.take(when=SOON)
    for penalty in ("talk", "points"):
        told = Told(
            kind="refused_late",
            what=SAID,
            channel=Channel.NUMBER,
            happened_on=SOON.date(),
            service=Service.WINDOW,
        )
        made = complain(ticket, by=Bearer(ticket), at=SOON, once=uuid4(), told=told)
        found = Found(
            verified=True,
            finding=SAID,
            answer=SAID,
            window=window,
            gravity="light",
            penalty=penalty,
            remark="谈话",
        )
        settle(made, by=sunli, at=SOON + timedelta(hours=1), found=found)
    with CaptureQueriesContext(connection) as asked:
        kept = record(COUNTY, SOON.date(), SOON.date())
    standing = next(one for one in kept.windows if one.window == window)
    assert (standing.score, standing.barred, len(standing.verified)) == (95, False, 2)
    assert len(asked) <= 5


def test_what_nobody_may_settle_is_told_to_whoever_gives_the_post_and_stands_on_his_page(
    here: Booked,
) -> None:
    sunli, giving = section(), Post.objects.create(
        county=COUNTY, name="系统管理岗", scope="county", grants=[str(Grant.PEOPLE_MANAGE)]
    )  # fmt: skip
    admin = officer(COUNTY, "郑凯", "D020", giving)
    told = Told(
        kind="manner", what=SAID, channel=Channel.PHONE, happened_on=THURSDAY.date(), officer=sunli
    )  # fmt: skip
    row = complain(here.hall, by=sunli, at=THURSDAY, once=uuid4(), told=told)
    carry_out(row.subject)
    message = OfficerMessage.objects.get()
    assert (message.officer, message.page) == (admin, "/manage/organisation/")
    assert row.number in message.text
    assert "另给一位" in message.text
    assert SAID not in message.text
    with on(THURSDAY):
        assert "没有另一位能核查的人" in at_desk(sunli).get(f"/complaints/{row.number}/").content.decode()
        page = at_desk(admin).get("/manage/organisation/").content.decode()
        assert "没有人能核查的投诉" in page
        assert row.number in page
        other = section("周洁", "D009")
        assert at_desk(other).get(f"/complaints/{row.number}/").status_code == 200
        assert "没有人能核查的投诉" not in at_desk(admin).get("/manage/organisation/").content.decode()
        assert "另一位督查人员" in at_desk(sunli).get(f"/complaints/{row.number}/").content.decode()
    branch = Hall.objects.create(
        county=COUNTY, region=here.hall.region, kind="branch", name="不动产分厅", address="测试路2号"
    )
    Post.objects.filter(name="督查股").update(scope="hall", hall=branch)
    with CaptureQueriesContext(connection) as asked:
        assert [one.number for one in settled_by_nobody(COUNTY, THURSDAY.date())] == [row.number]
    assert len(asked) == 1
    other = complaint(here, here.confirmed(), "manner")  # about 李伟, in the same hall, where nobody watches
    Complaint.objects.filter(pk=other.pk).update(officer=None)
    assert other in settled_by_nobody(COUNTY, THURSDAY.date())
    Post.objects.filter(name="督查股").update(hall=here.hall)
    assert list(settled_by_nobody(COUNTY, THURSDAY.date())) == []


def test_a_day_through_a_year_without_its_notice_is_provisional_and_reckoned_anew_by_the_notice(
    here: Booked,
) -> None:
    desk, late = at_desk(section()), at(12, 30)
    told = Told(kind="manner", what=SAID, channel=Channel.NUMBER, happened_on=late.date())
    ticket = here.floor.take()
    row = complain(ticket, by=Bearer(ticket), at=late, once=uuid4(), told=told)
    assert (row.due_on.year, row.provisional) == (2027, True)
    with on(late):
        assert "暂定" in desk.get("/complaints/").content.decode()
        for page in (f"/complaints/{row.number}/", f"/complain/seen/{row.code}/"):
            assert "暂定，待国务院办公厅放假通知" in desk.get(page).content.decode()
    with on(at(1, 29, year=2027)):
        assert "超期没有答复" not in desk.get("/complaints/").content.decode()
    before = row.due_on
    Complaint.objects.update(due_on=before - timedelta(days=2))
    reckon_anew(Entry())
    row.refresh_from_db()
    assert row.due_on == before
    assert complaint(here, here.confirmed(), "manner").provisional is False


def test_old_complaints_are_reached_page_by_page(here: Booked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complained, "PAGE", 2)
    sunli, booking = section(), here.confirmed()
    rows = [complaint(here, booking, "manner") for _ in range(5)]
    settled = Found(verified=False, finding=SAID, answer=SAID)
    for stage in ("open", "unfounded"):
        if stage == "unfounded":
            for minute, row in enumerate(rows):
                settle(row, by=sunli, at=at(10, 19, 9, minute), found=settled)
        seen, address, desk = [], f"/complaints/?list={stage}", at_desk(sunli)
        with on(at(10, 19, 10)):
            for _ in range(3):
                page = desk.get(address)
                seen += [one.number for one in page.context["rows"]]
                address = f"/complaints/?list={stage}&after={quote(page.context['next_key'])}"
        assert page.context["next_key"] == ""
        numbers = [one.number for one in rows]
        assert seen == (numbers if stage == "open" else numbers[::-1])
        with on(at(10, 19, 10)):
            for wrong in ("x_1", "2026-13-01_4", "_", "2026-10-19_99999999999999999999"):
                first = desk.get(f"/complaints/?list={stage}&after={wrong}").context["rows"]
                assert len(first) == 2
