"""A licence got by fraud is revoked by an act of its own, after he was heard; the bar rests on that (行政许可法 69, 79)."""

from datetime import date

import pytest

from onewindow.cases.acts import bars, decide, examine, fraud, promise_check
from onewindow.cases.acts.bars import Finding
from onewindow.cases.models import Case, Revocation
from onewindow.cases.recheck import recheck
from onewindow.letters.models import Letter
from onewindow.people.models import Breach
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.revoking import FRAUD_BASIS
from tests.cases.test_bars import SEP28, decided
from tests.cases.test_promise import OFFER
from tests.cases.test_promise import granted as promised
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
OCT8, OCT9, OCT20 = at(10, 8), at(10, 9), at(10, 20)
HOW = "健康证明是伪造的，用它取得了许可。"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide={"public_safety": True})


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def announced(cast: Cast) -> Case:
    case = decided(cast, granted=True)
    fraud.announce_fraud(case, by=cast.zhangmin, at=OCT8, grounds=HOW)
    return case


def revoked(cast: Cast) -> Case:
    case = announced(cast)
    promise_check.hear_statement(case, by=cast.zhangmin, at=OCT9, statement="没有意见。")
    promise_check.revoke(case, by=cast.chenju, at=OCT9, remark="事实清楚。")
    return case


def test_announced_heard_revoked_by_another_and_then_barred_for_three_years_from_that_day(cast: Cast) -> None:
    case = announced(cast)
    with pytest.raises(NotAllowed, match="应当先撤销"):
        bars.bar(case, by=cast.chenju, at=OCT9, finding=Finding(ground="fraud", facts=HOW))
    with pytest.raises(NotAllowed, match="还没有听取他的意见"):
        promise_check.revoke(case, by=cast.chenju, at=OCT9, remark="")
    promise_check.hear_statement(case, by=cast.zhangmin, at=OCT9, statement="没有意见。")
    promise_check.revoke(case, by=cast.chenju, at=OCT9, remark="事实清楚。")
    row = Revocation.objects.get()
    assert (row.basis, row.promise, row.revoked, row.settled_by) == (FRAUD_BASIS, None, True, cast.chenju)
    assert fresh(case).decision.revoked_on == OCT9.date()
    made = bars.bar(case, by=cast.chenju, at=at(10, 12), finding=Finding(ground="fraud", facts=HOW))
    assert (made.decided_on, made.until) == (OCT9.date(), date(2029, 10, 9))
    assert made.decision == "罗山县市场监督管理局2026年10月9日对本件作出的撤销行政许可决定"
    assert list(recheck()) == []


def test_its_letters_say_fraud_and_never_a_broken_promise_and_nothing_is_noted_as_one(cast: Cast) -> None:
    case = revoked(cast)
    carry_out(case.subject)
    told, done = (Letter.objects.get(kind=kind) for kind in ("revocation_notice", "revoked"))
    for letter in (told, done):
        said = text(letter)
        assert "以欺骗、贿赂等不正当手段取得的" in said
        assert "第六十九条第二款" in said
        assert "不受保护" in said
        assert "承诺" not in said
    assert HOW in text(done)
    assert not Breach.objects.exists()


def test_what_was_revoked_shows_wherever_the_licence_shows(cast: Cast) -> None:
    case = revoked(cast)
    carry_out(case.subject)
    with on(OCT20):
        page = at_desk(cast.zhangmin).get(f"/cases/{case.number}/").content.decode()
        public = at_desk(cast.zhangmin).get("/public/granted/").content.decode()
    assert "已撤销" in page
    assert "已撤销" in public


def test_nobody_announces_twice_and_nothing_that_does_not_hold(cast: Cast) -> None:
    case = announced(cast)
    with pytest.raises(NotAllowed, match="不用再告知"):
        fraud.announce_fraud(case, by=cast.zhangmin, at=OCT8, grounds=HOW)
    promise_check.drop_revocation(case, by=cast.chenju, at=OCT9, remark="查明是真的。")
    assert fresh(case).decision.revoked_on is None
    again = fraud.announce_fraud(case, by=cast.zhangmin, at=at(10, 12), grounds=HOW)
    promise_check.revoke(case, by=cast.chenju, at=OCT20, remark="")
    assert Revocation.objects.get(pk=again.pk).revoked
    with pytest.raises(NotAllowed, match="已经撤销"):
        fraud.announce_fraud(case, by=cast.zhangmin, at=OCT20, grounds=HOW)
    with pytest.raises(NotAllowed, match="不能办“拟撤销告知”"):
        fraud.announce_fraud(decided(cast, granted=False), by=cast.zhangmin, at=OCT8, grounds=HOW)


def test_it_needs_its_power_a_licence_and_the_facts(cast: Cast) -> None:
    case = decided(cast, granted=True)
    with pytest.raises(NotGranted):
        fraud.announce_fraud(case, by=cast.zhaoqiang, at=OCT8, grounds=HOW)
    with pytest.raises(NotAllowed, match="写明查明的事实"):
        fraud.announce_fraud(case, by=cast.zhangmin, at=OCT8, grounds=" ")


def test_other_kinds_have_no_such_revocation() -> None:
    cast = assemble(kind="行政确认")
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="意见")
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    with pytest.raises(NotAllowed, match="只适用于行政许可"):
        fraud.announce_fraud(case, by=cast.zhangmin, at=OCT8, grounds=HOW)


def test_a_promise_that_is_not_checked_yet_goes_its_own_way() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    case = promised(cast)
    with pytest.raises(NotAllowed, match="承诺还没有核查完"):
        fraud.announce_fraud(case, by=cast.zhangmin, at=OCT8, grounds=HOW)
    promise_check.confirm_kept(case, by=cast.zhangmin, at=OCT8, found="一致。")
    fraud.announce_fraud(case, by=cast.zhangmin, at=OCT9, grounds=HOW)
    promise_check.revoke(case, by=cast.chenju, at=OCT20, remark="")
    assert fresh(case).decision.revoked_on == OCT20.date()
    carry_out(case.subject)
    assert not Breach.objects.exists()


def test_the_pages_lead_from_the_announcement_to_the_revocation(cast: Cast) -> None:
    case = decided(cast, granted=True)
    seen = lambda: fresh(case).subject.length  # noqa: E731
    with on(OCT8):
        desk = at_desk(cast.zhangmin)
        assert "欺骗取得，拟撤销" in desk.get(f"/cases/{case.number}/").content.decode()
        sent = {"grounds": HOW, "seen": seen()}
        assert desk.post(f"/cases/{case.number}/do/fraud-announce/", sent).status_code == 302
        told = {"statement": "没有意见。", "seen": seen()}
        assert desk.post(f"/cases/{case.number}/do/revoke-heard/", told).status_code == 302
    with on(OCT9):
        head = at_desk(cast.chenju)
        assert HOW in head.get(f"/cases/{case.number}/").content.decode()
        done = {"remark": "", "seen": seen()}
        assert head.post(f"/cases/{case.number}/do/revoke/", done).status_code == 302
    assert fresh(case).decision.revoked_on == OCT9.date()
