"""告知承诺, told as journeys: kept, broken and corrected, broken and revoked – and then excluded until it is repaired."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from onewindow.cases.acts import decide, promise, promise_check
from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.defer import accept_on_promise
from onewindow.cases.acts.special import begin_procedure
from onewindow.cases.models import Case, Procedure, Promise, Revocation
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.catalogue.promised import ROUTES
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import OfficerMessage
from onewindow.people.acts import ask_repair, decline_repair, repair
from onewindow.people.models import Breach
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.stages import Stage
from tests.cases.test_special import GUIDE as SPECIAL
from tests.cases.test_special import plan
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
OFFER: Mapping[str, Any] = {
    "field": "涉企经营许可",
    "route": "办照即经营",
    "promised": ["经营场所的布局符合操作规范", "从业人员持有效健康证明"],
    "demands": ["有与经营的食品相适应的场所"],
    "liability": ["承诺不实的，撤销许可，记入失信记录"],
    "check": "两名工作人员到现场核查。",
    "check_days": 10,
    "materials": ["bjt"],
}
KEPT, BROKEN = "现场与承诺一致。", "没有布局图上写的冷藏设备。"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide={"promise": dict(OFFER)}, papers={"zd": {"necessity": "deferrable"}})


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def facts(case: Case) -> list[str]:
    return list(
        Entry.objects.filter(subject=case.subject_id).order_by("place").values_list("fact", flat=True)
    )


def signed(cast: Cast, when: datetime = SEP24) -> Case:
    """王芳 brings no plan of the rooms: she promises that they are as they must be."""
    case = cast.apply(when, bjt="missing")
    promise.sign_promise(case, by=cast.liwei, at=when, on_paper=True)
    return fresh(accept(case, by=cast.liwei, at=when))


def granted(cast: Cast, when: datetime = SEP24) -> Case:
    case = signed(cast, when)
    decide.grant(case, by=cast.chenju, at=when, text="准予")
    return fresh(case)


def broken(cast: Cast) -> Case:
    """Checked on 28 September and found otherwise; to be put right by 12 October."""
    case = granted(cast)
    promise_check.order_mending(
        case,
        by=cast.zhangmin,
        at=at(9, 28),
        found=BROKEN,
        demand="装上冷藏设备。",
        mend_by=date(2026, 10, 12),
    )
    return case


def revoked(cast: Cast) -> Case:
    case = broken(cast)
    promise_check.announce_revocation(
        case, by=cast.zhangmin, at=at(10, 13), grounds=BROKEN, basis="《中华人民共和国行政许可法》第六十九条"
    )
    promise_check.hear_statement(case, by=cast.zhangmin, at=at(10, 14), statement="没有意见")
    promise_check.revoke(case, by=cast.chenju, at=at(10, 15), remark="")
    return fresh(case)


@pytest.mark.req("HD-3.2.5e", "FC-3.3.18b")
def test_signed_decided_the_same_day_and_a_check_with_its_day(cast: Cast) -> None:
    case = granted(cast)
    assert (case.stage, str(case.decided_on)) == (Stage.GRANTED, "2026-09-24")
    row = Promise.objects.get()
    # 28, 29, 30 September, 8, 9, 10 (make-up Saturday), 12, 13, 14, 15 October
    assert (row.state, row.due_on, row.signed_on) == ("checking", date(2026, 10, 15), case.decided_on)
    carry_out(case.subject)
    told = text(Letter.objects.get(kind="promise"))
    for part in (*OFFER["promised"], *OFFER["demands"], *OFFER["liability"], OFFER["check"]):
        assert part in told
    assert "10个工作日内核查" in told
    assert "操作流程和设备布局图" in told
    assert "申请人在纸质承诺书上签字" in told


@pytest.mark.req("FC-3.3.18d")
@pytest.mark.parametrize("route", ROUTES)
def test_on_each_of_the_three_routes_the_document_is_made_on_the_day_of_the_promise(route: str) -> None:
    cast = assemble(guide={"promise": {**OFFER, "route": route}})
    case = granted(cast)
    carry_out(case.subject)
    promised, document = (Letter.objects.get(kind=kind) for kind in ("promise", "granted"))
    assert promised.issued_at.date() == document.issued_at.date() == SEP24.date()
    assert document.number
    assert Promise.objects.get().signed_on == case.decided_on == SEP24.date()


@pytest.mark.req("FC-3.3.18b")
@pytest.mark.parametrize("part", ["promised", "demands", "liability", "check"])
def test_a_promise_with_an_empty_part_is_not_signed(part: str) -> None:
    cast = assemble(guide={"promise": {**OFFER, part: [" "] if part != "check" else ""}})
    with pytest.raises(NotAllowed, match="还没有写明"):
        promise.sign_promise(cast.apply(), by=cast.liwei, at=SEP24, on_paper=True)
    assert not Promise.objects.exists()


def test_an_item_that_is_not_on_the_list_takes_no_promise() -> None:
    cast = assemble()
    with pytest.raises(NotAllowed, match="没有列入告知承诺事项清单"):
        promise.sign_promise(cast.apply(), by=cast.liwei, at=SEP24, on_paper=True)


def test_whoever_does_not_promise_goes_the_ordinary_way(cast: Cast) -> None:
    case = accept(cast.apply(), by=cast.liwei, at=SEP24)
    assert case.stage == Stage.EXAMINING
    with pytest.raises(NotAllowed, match="由申请人签字"):
        promise.sign_promise(cast.apply(), by=cast.liwei, at=SEP24)
    with pytest.raises(NotAllowed, match="还有材料核对为缺"):
        accept(cast.apply(bjt="missing"), by=cast.liwei, at=SEP24)


def test_who_took_it_in_still_does_not_decide_it(cast: Cast) -> None:
    case = signed(cast)
    with pytest.raises(NotGranted):
        decide.grant(case, by=cast.liwei, at=SEP24, text="准予")
    with pytest.raises(NotGranted):
        decide.grant(case, by=cast.zhaoqiang, at=SEP24, text="准予")


def test_taken_back_before_the_decision_the_ordinary_way_begins_anew_and_costs_nothing(cast: Cast) -> None:
    case = signed(cast)
    promise.take_promise_back(case, by=cast.wangfang, at=at(9, 28))
    back = fresh(case)
    assert (back.stage, str(back.due_on), back.accepted_on) == (
        Stage.RECEIVED,
        "2026-10-10",
        None,
    )
    assert list(recheck()) == []
    with pytest.raises(NotAllowed, match="还有材料核对为缺"):
        accept(case, by=cast.liwei, at=at(9, 28))
    with pytest.raises(NotAllowed, match="不能再签"):
        promise.sign_promise(case, by=cast.liwei, at=at(9, 28), on_paper=True)
    other = granted(cast)
    with pytest.raises(NotAllowed):
        promise.take_promise_back(other, by=cast.wangfang, at=SEP24)
    assert not Breach.objects.exists()


def test_kept_and_the_check_is_done(cast: Cast) -> None:
    case = granted(cast)
    with pytest.raises(NotAllowed, match="查到什么"):
        promise_check.confirm_kept(case, by=cast.zhangmin, at=at(9, 28), found=" ")
    promise_check.confirm_kept(case, by=cast.zhangmin, at=at(9, 28), found=KEPT)
    row = Promise.objects.get()
    assert (row.state, row.due_on, row.checked_by) == ("kept", None, cast.zhangmin)
    tick(at(12, 1))
    assert "CheckOverdue" not in facts(case)


def test_nobody_checked_and_the_heads_and_examiners_are_told_once(cast: Cast) -> None:
    case = granted(cast)
    tick(at(10, 15))
    assert "CheckOverdue" not in facts(case)
    for _ in range(2):
        tick(at(10, 16))
    assert facts(case).count("CheckOverdue") == 1
    carry_out(case.subject)
    assert {one.officer for one in OfficerMessage.objects.filter(kind="CheckOverdue")} == {
        cast.zhangmin,
        cast.chenju,
    }


def test_broken_ordered_to_be_mended_and_mended(cast: Cast) -> None:
    case = broken(cast)
    carry_out(case.subject)
    told = text(Letter.objects.get(kind="mend_order"))
    assert BROKEN in told
    assert "至2026年10月12日" in told
    promise_check.confirm_mended(case, by=cast.zhangmin, at=at(10, 10), result="已装好。")
    assert Promise.objects.get().state == "mended"
    assert not Breach.objects.exists()
    with pytest.raises(NotAllowed, match="已经核查完毕"):
        promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 13), grounds=BROKEN, basis="法")


def test_broken_revoked_after_he_was_heard_and_noted_as_a_breach(cast: Cast) -> None:
    case = revoked(cast)
    assert Promise.objects.get().state == "revoked"
    carry_out(case.subject)
    breach = Breach.objects.get()
    assert (breach.kind, breach.party) == ("promise", cast.wangfang)
    told = text(Letter.objects.get(kind="revoked"))
    assert "撤销行政许可决定书" in Letter.objects.get(kind="revoked").title
    assert "陈述申辩已经听取" in told
    assert "行政复议" in told
    assert "拟撤销" in text(Letter.objects.get(kind="revocation_notice"))
    assert list(recheck()) == []


def test_not_revoked_before_the_days_of_mending_nor_unheard_nor_by_who_announced_it(cast: Cast) -> None:
    case = broken(cast)
    with pytest.raises(NotAllowed, match="还没有到期"):
        promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 12), grounds=BROKEN, basis="法")
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(10, 13), grounds=BROKEN, basis="法")
    with pytest.raises(NotAllowed, match="还没有听取他的意见"):
        promise_check.revoke(case, by=cast.chenju, at=at(10, 20), remark="")
    with pytest.raises(NotGranted):
        promise_check.revoke(case, by=cast.zhangmin, at=at(10, 21), remark="")
    promise_check.drop_revocation(case, by=cast.chenju, at=at(10, 21), remark="已经改好。")
    assert Promise.objects.get().state == "mending"
    promise_check.confirm_mended(case, by=cast.zhangmin, at=at(10, 22), result="核实过。")
    assert Revocation.objects.get().revoked is False


def test_excluded_from_both_promises_until_a_second_person_agrees_to_the_repair(cast: Cast) -> None:
    carry_out(revoked(cast).subject)
    breach = Breach.objects.get()
    case = cast.apply(at(10, 16), zd="missing")
    for act in (promise.sign_promise, accept_on_promise):
        with pytest.raises(NotAllowed, match="失信记录没有修复"):
            act(case, by=cast.liwei, at=at(10, 16), on_paper=True)
    with pytest.raises(NotAllowed, match="还没有人提请"):
        repair(breach, by=cast.chenju, at=at(10, 16))
    ask_repair(breach, by=cast.zhangmin, at=at(10, 16), why="已改正，核对无误。")
    with pytest.raises(NotGranted):
        repair(breach, by=cast.zhaoqiang, at=at(10, 16))
    decline_repair(breach, by=cast.chenju, at=at(10, 16), remark="还差一项。")
    ask_repair(breach, by=cast.zhangmin, at=at(10, 19), why="已全部改正。")
    repair(breach, by=cast.chenju, at=at(10, 19))
    accept_on_promise(case, by=cast.liwei, at=at(10, 19), on_paper=True)
    assert fresh(case).stage == Stage.EXAMINING
    with pytest.raises(NotAllowed, match="已经修复"):
        repair(breach, by=cast.chenju, at=at(10, 19))


def test_on_a_day_that_a_notice_may_still_move_nothing_is_revoked_unheard(cast: Cast) -> None:
    """His days to answer lie in 2027, whose notice has not come."""
    case = granted(cast, at(12, 28))
    told = {"grounds": BROKEN, "basis": "《中华人民共和国行政许可法》第六十九条"}
    promise_check.announce_revocation(case, by=cast.zhangmin, at=at(12, 30), **told)
    with pytest.raises(NotAllowed, match="暂定的"):
        promise_check.revoke(case, by=cast.chenju, at=at(2, 1, year=2027), remark="")
    promise_check.hear_statement(case, by=cast.zhangmin, at=at(2, 2, year=2027), statement="没有意见")
    promise_check.revoke(case, by=cast.chenju, at=at(2, 3, year=2027), remark="")
    assert Promise.objects.get().state == "revoked"


def test_what_had_begun_on_the_promise_ends_with_it_and_begins_anew_after_the_acceptance() -> None:
    guide = {**SPECIAL, "promise": dict(OFFER)}
    cast = assemble(guide=guide, papers={"zd": {"necessity": "deferrable"}})
    case = signed(cast)
    begin_procedure(case, by=cast.zhangmin, at=at(9, 28), plan=plan())
    promise.take_promise_back(case, by=cast.wangfang, at=at(9, 29))
    row = Procedure.objects.get()
    assert (row.outcome, row.ended_on, row.ended_by) == ("called_off", date(2026, 9, 29), None)
    assert facts(case)[-2:] == ["ProcedureEnded", "PromiseTakenBack"]
    back = fresh(case)
    assert (back.stage, back.held) == (Stage.RECEIVED, False)
    assert list(recheck()) == []
    tick(at(10, 30))
    assert "ProcedureOverran" not in facts(case)
