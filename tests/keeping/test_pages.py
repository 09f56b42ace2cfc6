"""保存期限 on the pages: the administrator's, everybody's notice, one's own data, and the keeper's check-up."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.config.checks import office
from onewindow.feedback.models import Complaint, Rating
from onewindow.hall.models import Booking, Visit
from onewindow.helping.models import AidRequest, Remark
from onewindow.journal.models import Entry, Subject
from onewindow.journal.write import open_subject, record
from onewindow.keeping import reads
from onewindow.keeping.tick import tick
from onewindow.people.models import Officer, Post
from onewindow.places.acts import change_setting
from onewindow.places.models import County
from onewindow.rules.facts_keeping import KIND, PersonalCleared
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant
from onewindow.rules.keeping import Kind
from onewindow.web.views.my import copy_hall
from onewindow.web.views.my.copy import ratings
from tests.cast import COUNTY, at, officer
from tests.hall.booked import MONDAY, THURSDAY, Booked, in_service
from tests.hall.test_list_plans import looked_at
from tests.keeping.rows import DUE, PHONE, booked, complained, remarked, serviced, settled
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_booking_citizen import signed_in

pytestmark = pytest.mark.django_db
AFTER = at(9, 25, 15)


@pytest.fixture
def here() -> Booked:
    return in_service()


def administrator() -> Officer:
    post = Post.objects.create(
        county=COUNTY, name="管理岗", scope="county", grants=[str(Grant.SETTINGS_CHANGE)]
    )
    return officer(COUNTY, "郑凯", "A001", post)


def test_the_administrator_sees_what_is_due_what_is_needed_and_the_last_clearing(here: Booked) -> None:
    desk = at_desk(administrator())
    booked(here)
    here.ask(on=MONDAY)
    with on(DUE):
        before = desk.get("/manage/keeping/").content.decode()
        tick(DUE)
        after = desk.get("/manage/keeping/").content.decode()
    assert "1 件" in before
    assert "另有 1 件期满还要留" in before
    assert "还没有清除过" in before
    assert "当天 1 件" in after
    assert "个人信息的保存期限应当为实现处理目的所必要的最短时间" in after
    with on(DUE):
        assert at_desk(here.liwei).get("/manage/keeping/").status_code == 403


def test_the_months_are_changed_where_settings_are_and_the_notice_tells_them(here: Booked) -> None:
    desk = at_desk(administrator())
    away = "/manage/settings/keep.complaint_months/"
    with on(THURSDAY):
        assert "从核查答复的那天起 36 个月" in Client().get("/privacy/").content.decode()
        refused = desk.post(away, {"value": "5", "reason": "少存一些"})
        assert "请填 6 到 120" in refused.content.decode()
        assert desk.post(away, {"value": "24", "reason": "少存一些"}).status_code == 302
        told = Client().get("/privacy/").content.decode()
        assert "keep.complaint_months" not in told
        assert "从核查答复的那天起 24 个月" in told
    assert Entry.objects.filter(body__setting="keep.complaint_months").count() == 1


def test_the_check_up_says_when_nobody_clears(here: Booked) -> None:
    booked(here)
    assert list(office.keeping(DUE)) == []  # the day has only begun
    late = DUE + timedelta(days=2)
    assert len(found := list(office.keeping(late))) == 1
    assert "预约里有 1 件" in found[0]
    assert list(office.keeping(late, (Kind.EXTENSION,))) == []
    tick(late)
    assert list(office.keeping(late)) == []


def test_the_overview_costs_the_same_however_much_there_is(here: Booked) -> None:
    booked(here)
    county = County.objects.get(code=COUNTY)
    tick(DUE)
    with CaptureQueriesContext(connection) as asked:
        reads.overview(county, DUE.date())
    assert len(asked) <= 5
    with CaptureQueriesContext(connection) as asked:
        reads.own(here.cast.wangfang, county, DUE.date())
    assert len(asked) <= 1


def rows_read(sql: str) -> float:
    """How many rows of its tables the database looks at to answer this."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
        told = cursor.fetchone()[0]
    waiting, read = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]], 0.0
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", ())
        read += looked_at(node) if "Relation Name" in node else 0
    return read


def test_the_last_clearing_is_found_without_reading_all_that_were_cleared_before(here: Booked) -> None:
    county, many = County.objects.get(code=COUNTY), 5000
    subject = open_subject(COUNTY, KIND, Kind.BOOKING)
    record(subject, PersonalCleared(on=MONDAY, kind=Kind.BOOKING, rows=(1, 2)), by=SYSTEM, at=DUE)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO journal_entry (county, subject_id, place, fact, "on", at, by, body, before, hash)'
            " SELECT county, subject_id, place + n, fact, \"on\" + n, at + n * interval '1 day', by, body,"
            " before, hash FROM journal_entry, generate_series(1, %s) n WHERE subject_id = %s",
            [many - 1, subject.pk],
        )
        cursor.execute("ANALYZE journal_entry, journal_subject")
    with CaptureQueriesContext(connection) as asked:
        line = next(one for one in reads.overview(county, DUE.date()) if one.kind is Kind.BOOKING)
    assert (line.last_at, line.last_count) == (DUE + timedelta(days=many - 1), 2)
    told = [str(one["sql"]) for one in asked if "journal_entry" in str(one["sql"])]
    assert 0 < sum(rows_read(sql) for sql in told) < 20


def everything(here: Booked) -> Complaint:
    row = booked(here)
    serviced(here)
    remarked(here)
    return settled(complained(here, row))


def test_the_copy_of_ones_data_lists_what_was_given_in_the_hall(here: Booked) -> None:
    his, told = signed_in(here), everything(here)
    with on(THURSDAY):
        shown = his.get("/my/privacy/").content.decode()
        copy = json.loads(his.post("/my/privacy/copy/").content)
    for word in ("预约", "便民服务", "意见建议", "投诉"):
        assert f'<th scope="row">{word}</th>' in shown
    assert '<th scope="row">延时服务登记</th>' not in shown  # he has none
    assert "存到 2027 年 9 月 28 日，到期清除" in shown
    assert copy["预约"][0]["留言"] == "腿脚不便，请安排一楼"
    assert copy["预约"][0]["保存到"] == "2027-09-28"
    assert copy["便民服务"][0]["地址"] == "测试路 1 号 2 单元"
    assert copy["意见建议"][0]["说了什么"] == "王芳说二楼饮水机没有水"
    assert copy["投诉"][0]["编号"] == told.number
    assert copy["投诉"][0]["答复"] == "经核查，已经告知。"
    assert "查了当天的录像" not in json.dumps(copy, ensure_ascii=False)


def test_the_copy_says_of_what_is_not_carried_out_yet_that_its_term_has_not_begun(here: Booked) -> None:
    remark = remarked(here)
    Remark.objects.filter(pk=remark.pk).update(adopted=True, owner=here.liwei, due=MONDAY)
    county = County.objects.get(code=COUNTY)
    told = copy_hall.whole(here.cast.wangfang, county, DUE.date())["意见建议"]
    assert [one["保存到"] for one in told] == ["完了以后 12 个月"]


def test_ones_ratings_are_found_from_ones_own_cases_and_numbers(here: Booked) -> None:
    case, ticket, other = here.cast.accepted(), here.floor.take(when=THURSDAY), here.floor.take(when=THURSDAY)
    Visit.objects.filter(pk=ticket.visit_id).update(party=here.cast.wangfang)
    told = {"county": COUNTY, "grade": 5, "channel": "web", "given_at": THURSDAY, "item_name": "食品经营许可"}
    for one in (case, ticket, other):
        Rating.objects.create(subject=one.subject, **told)
    subjects = Subject.objects.bulk_create(
        Subject(county=COUNTY, kind="ticket", number=f"K{n}") for n in range(2000)
    )
    Rating.objects.bulk_create(Rating(subject=one, **told) for one in subjects)
    found = ratings(here.cast.wangfang, COUNTY)
    assert {one.subject_id for one in found} == {case.subject_id, ticket.subject_id}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feedback_rating")
    with CaptureQueriesContext(connection) as asked:
        assert ratings(here.cast.wangfang, COUNTY).count() == 2
    assert 0 < rows_read(str(asked[0]["sql"])) < 20


def test_who_asks_has_telephone_address_and_note_of_what_is_over_deleted_at_once(here: Booked) -> None:
    his = signed_in(here)
    everything(here)
    coming = here.ask(on=MONDAY)
    with on(THURSDAY):
        asked = his.get("/my/privacy/erase/").content.decode()
        done = his.post("/my/privacy/erase/", {"sure": "on"}).content.decode()
    assert "存到 2027 年 9 月 28 日，到期清除" in asked
    assert "没有完的 1 件" in asked
    assert "核查、答复和您以后主张权利" in asked
    assert "预约的登记还要留" in done
    over = Booking.objects.exclude(pk=coming.pk).get()
    assert (over.phone, over.note, over.party) == ("", "", here.cast.wangfang)
    assert (AidRequest.objects.get().phone, AidRequest.objects.get().address) == ("", "")
    assert Remark.objects.get().phone == Complaint.objects.get().phone == ""
    assert Complaint.objects.get().what
    coming.refresh_from_db()
    assert coming.phone == PHONE
    facts = Entry.objects.filter(fact="PersonalCleared", body__asked=True)
    assert sorted(one.body["kind"] for one in facts) == ["booking", "complaint", "remark", "service"]
    assert {one.by for one in facts} == {here.cast.wangfang.actor_code}
    with on(THURSDAY):
        shown = at_desk(here.liwei).get(f"/bookings/{over.number}/").content.decode()
    assert "没有电话" in shown


def test_a_setting_below_the_time_to_sue_is_never_used(here: Booked) -> None:
    county = County.objects.get(code=COUNTY)
    county.settings = {"keep.complaint_months": [["2026-09-01", 2]]}
    county.save()
    assert "从核查答复的那天起 6 个月" in Client().get("/privacy/").content.decode()
    change_setting(county, by=FOUNDER, at=AFTER, name="keep.complaint_months", value=12, reason="改回")
