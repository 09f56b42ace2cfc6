"""待办: each list, its counts, its order, and who sees which."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts.deliver import dispatch, take_back
from onewindow.cases.acts.examine import review
from onewindow.cases.models import Case
from onewindow.config.followers import FOLLOWERS
from onewindow.feedback.acts import rate
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry, Failure
from onewindow.notices.models import Sending
from onewindow.notices.work import deliver_later
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant
from onewindow.web.duties import DUTIES
from tests.cast import SEP24, Cast, assemble, at, officer
from tests.web.citizen import closed, correcting, granted, on
from tests.web.desks import at_desk, handed_in_online

pytestmark = pytest.mark.django_db
ENTRY = 3


@pytest.fixture
def cast() -> Cast:
    return assemble()


def shown(client: Client, address: str, when: object = at(10, 9)) -> str:
    with on(when):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def with_post(cast: Cast, name: str, *grants: Grant) -> Officer:
    """Somebody with a post for the whole county."""
    post = Post.objects.create(
        county=cast.county.code, name=name, scope="county", grants=[str(grant) for grant in grants]
    )
    return officer(cast.county.code, name, f"X{post.pk}", post)


def test_an_examiner_starts_with_what_waits_for_him(cast: Cast) -> None:
    case = cast.accepted()
    text = shown(at_desk(cast.zhangmin), "/desk/")
    assert case.number in text
    assert "待审核 1" in text
    assert "剩 3 天" in text
    assert "10 月 13 日（星期二）" in text


def test_each_stage_stands_on_its_own_list(cast: Cast) -> None:
    fresh, waiting = cast.apply(), correcting(cast)
    decided = granted(cast)
    reviewed = cast.accepted(SEP24 + timedelta(hours=1))
    review(reviewed, by=cast.zhangmin, at=at(10, 8), favourable=True, text="符合")
    zhangmin = at_desk(cast.zhangmin)
    for tab, case in (("accept", fresh), ("paused", waiting), ("deliver", decided), ("decide", reviewed)):
        text = shown(zhangmin, f"/desk/?tab={tab}")
        assert case.number in text
        assert text.count("/cases/") == 1


def test_only_mine_leaves_out_what_a_colleague_examines(cast: Cast) -> None:
    mine, theirs = cast.accepted(), cast.accepted(SEP24 + timedelta(hours=1))
    Case.objects.filter(pk=theirs.pk).update(examiner=cast.chenju)
    text = shown(at_desk(cast.zhangmin), "/desk/?tab=examine&mine=1")
    assert mine.number in text
    assert theirs.number not in text


def test_what_is_done_is_found_again_by_who_did_it_and_by_name(cast: Cast) -> None:
    decided, other = granted(cast), cast.accepted(SEP24 + timedelta(hours=1))
    for case in (decided, other):
        withdrawn_or_done = Case.objects.filter(pk=case.pk)
        withdrawn_or_done.update(is_open=False, stage="closed", closed_on=at(10, 9).date(), examiner=None)
    chenju = at_desk(cast.chenju)
    mine = shown(chenju, "/desk/?tab=done&mine=1")
    assert decided.number in mine
    assert other.number not in mine
    assert "已办 1" in mine
    found = shown(chenju, f"/desk/?tab=done&q={other.number[-6:]}")
    assert other.number in found
    assert decided.number not in found
    assert "没有找到" in shown(chenju, "/desk/?tab=done&q=没有这个人")


def test_another_office_sees_an_empty_list(cast: Cast) -> None:
    cast.accepted()
    text = shown(at_desk(cast.zhaoqiang), "/desk/?tab=examine")
    assert "这一类现在没有件" in text
    assert "待审核 0" in text


def test_a_list_costs_the_same_however_long_it_is(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(8):
        cast.accepted(SEP24 + timedelta(hours=hour))
    zhangmin = at_desk(cast.zhangmin)
    with on(at(10, 9)):
        zhangmin.get("/desk/")  # signs in
    with on(at(10, 9)), django_assert_max_num_queries(ENTRY + 5):
        assert zhangmin.get("/desk/").content.decode().count("/cases/") == 8


def test_the_issuing_window_sees_results_of_every_department_and_nothing_else(cast: Cast) -> None:
    hall = cast.window.hall
    post = Post.objects.create(
        county=cast.county.code, name="出件岗", scope="hall", hall=hall, grants=[str(Grant.CASE_DELIVER)]
    )
    client = at_desk(officer(cast.county.code, "周洁", "C009", post))
    result, running = granted(cast), cast.accepted(SEP24 + timedelta(hours=1))
    handed_in_online()
    text = shown(client, "/issue/")
    assert result.number in text
    assert running.number not in text
    assert "待交付 1" in text
    assert shown(client, "/issue/?q=王芳").count(result.number) >= 1
    assert "没有找到" in shown(client, "/issue/?q=赵")


def test_parcels_and_originals_have_lists_of_their_own(cast: Cast) -> None:
    result = granted(cast)
    liwei = at_desk(cast.liwei)
    dispatch(result, by=cast.liwei, at=at(10, 9), tracking="EX100000001CN")
    assert "在途 1" in shown(liwei, "/issue/?shelf=sent")
    take_back(result, by=cast.liwei, at=at(10, 12), why="拒收")
    assert result.number in shown(liwei, "/issue/?shelf=back", at(10, 12))
    Submitted.objects.filter(material=cast.materials[0]).update(original=True)
    assert result.number in shown(liwei, "/issue/?shelf=originals", at(10, 12))


def test_the_issuing_list_keeps_to_its_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    granted(cast)
    liwei = at_desk(cast.liwei)
    with on(at(10, 9)):
        liwei.get("/desk/")  # signs in
    with on(at(10, 9)), django_assert_max_num_queries(ENTRY + 5):
        liwei.get("/issue/")


def test_the_supervisor_sees_what_is_overdue_asked_twice_or_rated_badly(cast: Cast) -> None:
    late = cast.accepted()
    done = closed(cast)
    rate(done, by=cast.wangfang, at=at(10, 13), grade=1, reasons=[115], text="跑了三趟", channel="web")
    client = at_desk(with_post(cast, "孙丽", Grant.SUPERVISE))
    overdue = shown(client, "/watch/", at(10, 15))
    assert late.number in overdue
    assert "超期 2 天" in overdue
    assert "跑了三趟" in shown(client, "/watch/?list=ratings", at(10, 15))
    assert "没有再次和超期的补正" in shown(client, "/watch/?list=corrections", at(10, 15))
    for counted in ("超期办件 1", "再次和超期的补正 0", "超清单索要 0", "差评 1"):
        assert counted in overdue
    early = shown(client, "/watch/", at(10, 13))  # nothing is late yet: the first list with something opens
    assert "跑了三趟" in early
    with on(at(10, 15)):
        assert at_desk(cast.zhangmin).get("/watch/").status_code == 403


def test_each_supervisors_list_keeps_to_its_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rate(closed(cast), by=cast.wangfang, at=at(10, 13), grade=1, channel="web")
    client = at_desk(with_post(cast, "孙丽", Grant.SUPERVISE))
    with on(at(10, 15)):
        client.get("/watch/")  # signs in
    for name in ("overdue", "corrections", "overreach", "ratings"):
        with on(at(10, 15)), django_assert_max_num_queries(ENTRY + 5):
            client.get(f"/watch/?list={name}")


def test_an_officer_who_finds_nothing_is_told_the_same_of_what_is_and_of_what_is_not(cast: Cast) -> None:
    case = cast.accepted()
    zhaoqiang = at_desk(cast.zhaoqiang)
    with on(at(10, 9)):
        hidden, none = zhaoqiang.get(f"/cases/{case.number}/"), zhaoqiang.get("/cases/LS-260924-9999/")
        nowhere = zhaoqiang.get("/no-such-page/")
        stranger = Client().get("/no-such-page/").content.decode()
    assert {answer.status_code for answer in (hidden, none, nowhere)} == {404}
    text = [answer.content.decode().partition("<main")[2] for answer in (hidden, none, nowhere)]
    assert text[0] == text[1] == text[2]
    for words in ("不在您的岗位能看的范围里", "在待办里找", "回“待办”"):
        assert words in text[0]
    assert "查询码" not in text[0]  # that is how the public asks
    assert "查询码" in stranger


def test_a_failed_duty_stands_on_its_page_with_the_reason_and_can_be_tried_again(cast: Cast) -> None:
    case = cast.accepted()
    entry = Entry.objects.get(subject=case.subject, fact="Accepted")
    told = {"follower": "onewindow.letters.follow.letter", "error": "OSError: 磁盘已满"}
    give_up(entry)
    Failure.objects.create(entry=entry, county=case.county, at=at(9, 25), times=8, **told)
    client = at_desk(with_post(cast, "郑凯", Grant.ERRANDS_RETRY))
    text = shown(client, "/errands/")
    for words in (case.number, "受理", "磁盘已满", "重办", "出文书、盖章签名"):
        assert words in text
    assert "onewindow." not in text
    job = ProcrastinateJob.objects.get(status="failed")
    with on(at(10, 9)):
        assert client.post(f"/errands/{job.pk}/retry/").status_code == 302
        assert client.post(f"/errands/{job.pk}/retry/").status_code == 404
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "todo"
    with on(at(10, 9)):
        assert at_desk(cast.zhangmin).get("/errands/").status_code == 403


def give_up(entry: Entry) -> None:
    """The duty of an entry as the worker leaves it after its last try."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', attempts = 8"
            " WHERE (args->>'entry')::bigint = %s",
            [entry.pk],
        )


def test_every_duty_has_its_word() -> None:
    after = {follower for followers in FOLLOWERS.values() for follower in followers}
    assert after | {f"{deliver_later.__module__}.deliver:{way}" for way in Sending.Channel.values} == set(
        DUTIES
    )
