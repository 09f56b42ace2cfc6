"""撤销以后: a decision that was revoked is shown so wherever it can be read, and counts nowhere any more."""

from datetime import date

import pytest
from django.test import Client

from onewindow.cases import quotas
from onewindow.cases.acts import deliver, promise_check
from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import Case, Decision, Promise
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.letters.models import Letter
from onewindow.letters.reads import LISTED, letters_of, listed, place_words
from onewindow.places.models import County
from onewindow.rules.grants import NotAllowed
from onewindow.rules.quotas import Quota
from onewindow.rules.stages import Stage
from tests.cases.test_promise import BROKEN, OFFER, broken, fresh, granted, revoked
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import on, shown
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
LAW, OCT15 = "《中华人民共和国行政许可法》第六十九条", date(2026, 10, 15)
TAKER = Taker("王芳", "resident", "991523198803040427", signed=True)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide={"promise": dict(OFFER)}, papers={"zd": {"necessity": "deferrable"}})


def test_what_is_revoked_before_it_was_fetched_is_closed_and_nothing_runs_any_more(cast: Cast) -> None:
    case = revoked(cast)
    assert (case.stage, case.closed_on, case.due_on) == (Stage.CLOSED, OCT15, None)
    assert Decision.objects.get().revoked_on == OCT15
    now = progress_of(case.subject_id, County.objects.get()).now
    assert [state.term.name for state in now.running()] == []
    with pytest.raises(NotAllowed, match="本件现在是“办结”"):
        deliver.hand_over(case, by=cast.liwei, at=at(10, 16), taker=TAKER, window=cast.window)
    assert list(recheck()) == []


def test_what_was_fetched_before_stays_closed_on_that_day(cast: Cast) -> None:
    case = granted(cast)
    deliver.hand_over(case, by=cast.liwei, at=at(9, 28), taker=TAKER, window=cast.window)
    told = {"grounds": BROKEN, "basis": LAW}
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 8), **told)
    promise_check.revoke(case, by=cast.chenju, at=at(10, 21), remark="")
    case = fresh(case)
    assert (case.stage, case.closed_on) == (Stage.CLOSED, date(2026, 9, 28))
    assert Decision.objects.get().revoked_on == date(2026, 10, 21)


def test_while_the_result_is_on_its_way_it_waits_for_the_courier(cast: Cast) -> None:
    case = broken(cast)
    deliver.dispatch(case, by=cast.liwei, at=at(10, 12), tracking="SF100")
    told = {"grounds": BROKEN, "basis": LAW}
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 13), **told)
    with pytest.raises(NotAllowed, match="还在途中"):
        promise_check.revoke(case, by=cast.chenju, at=at(10, 22), remark="")
    deliver.take_back(case, by=cast.liwei, at=at(10, 22), why="无人签收")
    promise_check.revoke(case, by=cast.chenju, at=at(10, 22), remark="")
    assert fresh(case).stage == Stage.CLOSED


@pytest.mark.req("FC-3.3.18c")
def test_everybody_who_looks_at_the_licence_or_its_letter_reads_that_it_was_revoked(cast: Cast) -> None:
    case = granted(cast)
    task = Promise.objects.get()
    assert (task.state, task.due_on) == ("checking", OCT15)  # 核查到这一天
    carry_out(case.subject)
    letter = Letter.objects.get(kind="granted")
    with on(at(9, 28)):
        before = Client().get("/public/granted/").content.decode()
        assert "没有被更正或者撤销" in Client().get(f"/verify/{letter.code}/").content.decode()
    assert Decision.objects.get().result_number in before
    assert "已撤销" not in before
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(9, 28), grounds=BROKEN, basis=LAW)
    promise_check.revoke(case, by=cast.chenju, at=at(10, 15), remark="")
    carry_out(case.subject)
    revoking = Letter.objects.get(kind="revoked")
    with on(at(10, 16)):
        public = Client().get("/public/granted/").content.decode()
        verified = Client().get(f"/verify/{letter.code}/").content.decode()
        itself = Client().get(f"/verify/{revoking.code}/").content.decode()
        desk = at_desk(cast.zhangmin).get(f"/cases/{case.number}/").content.decode()
    for page in (public, verified, desk):
        assert "已撤销" in page
        assert "2026 年 10 月 15 日" in page
    assert revoking.number in verified
    assert "决定已经撤销" in verified
    assert "没有被更正或者撤销" not in verified
    assert "决定已经撤销" not in itself
    words = {one.kind: place_words(one) for one in letters_of(case.subject)}
    assert words["granted"] == f"10 月 15 日已撤销，见 {revoking.number}"
    assert words["revoked"] == words["accepted"] == ""
    assert [
        row.revoked_on
        for row in listed(Case.objects.annotate(w_letters=LISTED).get(pk=case.pk))
        if row.revoked_on
    ] == [OCT15]


def test_the_applicant_reads_it_at_the_head_of_the_progress(cast: Cast) -> None:
    case = revoked(cast)
    carry_out(case.subject)
    with on(at(10, 16)):
        page = shown(Client(), case)
    assert "10 月 15 日（星期四）撤销了原来的决定" in page
    assert "请来领取结果" not in page


def test_a_revoked_licence_takes_no_place_any_more(cast: Cast) -> None:
    case, three = broken(cast), Quota(3, "total")
    assert list(quotas.competing(case, three, date(2026, 10, 12))) == [case]
    told = {"grounds": BROKEN, "basis": LAW}
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 13), **told)
    promise_check.revoke(case, by=cast.chenju, at=at(10, 22), remark="")
    assert list(quotas.competing(case, three, date(2026, 10, 22))) == []


def test_a_revoked_licence_is_not_reminded_of(cast: Cast) -> None:
    case = revoked(cast)
    Decision.objects.update(valid_until=date(2026, 11, 30))
    tick(at(10, 20))
    assert Case.objects.get(pk=case.pk).decision.reminded_on is None
