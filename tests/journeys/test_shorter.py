"""Lives of a case on a promise, by a decision table, or decided wrongly: what is kept, what is broken, what is put right?"""

from datetime import date

import pytest
from django.test import Client

from onewindow.cases.models import Deferral, Judgement, Promise, Revocation, Voiding
from onewindow.letters.models import Letter
from onewindow.people.models import Breach
from tests.cases.test_defer import LATER, set_to
from tests.cases.test_instant import TABLE, with_table
from tests.cases.test_instant import sunli as supervisor
from tests.cases.test_promise import BROKEN, OFFER
from tests.cases.test_void import WHY, deputy, place
from tests.cast import SEP24, STEPS, assemble, at
from tests.journeys.told import Story
from tests.letters.test_follow import text
from tests.web.citizen import on
from tests.web.desks import at_desk

OCT13, OCT29 = date(2026, 10, 13), date(2026, 10, 29)


@pytest.mark.req("FC-3.3.18f")
@pytest.mark.parametrize("missed", ["withdrawn", "refused"])
def test_a_paper_that_was_to_follow_and_never_came(missed: str) -> None:
    """容缺受理: reminded before its day; then, as the county has set it, withdrawn by itself or refused by a person."""
    story = Story(assemble(papers=LATER))
    set_to(story.cast, "rongque.missed", missed)
    liwei, chenju = story.cast.liwei, story.cast.chenju
    story.she_finds_her_item("签了承诺书就先受理，办理不停", "食品安全管理制度")
    story.at_the_window("receive", zd="missing")
    said = "视为撤回申请" if missed == "withdrawn" else "不予"
    story.reads(liwei, SEP24, "食品安全管理制度", "10 月 9 日", said, page="do/accept-later/")
    story.does(liwei, "accept-later", SEP24, on_paper="on")
    story.she_reads(at(9, 25), "您承诺补交材料", "10 月 9 日")
    story.proved("promised", at(9, 28), OCT13)
    story.time_passes(at(9, 30, 9))
    story.time_passes(at(10, 8, 9))
    assert story.facts.count("DeferralReminded") == 1
    story.time_passes(at(10, 9, 23))
    assert story.case.stage == "examining"
    story.time_passes(at(10, 10))
    if missed == "refused":
        assert story.facts[-1] == "DeferralMissed"
        story.does(story.cast.zhangmin, "review", at(10, 12), favourable="no", text="承诺补交的材料没有来。")
        refused = story.tries(chenju, "grant", at(10, 12), text="准予")
        assert "请依法作出不予的决定" in refused.content.decode()
        grounds = {"text": "不予许可。", "grounds": "容缺材料逾期未补齐。", "basis": "容缺受理承诺书"}
        story.does(chenju, "deny", at(10, 12), **grounds)
        story.proved("promised", at(10, 12), OCT13)
    else:
        assert story.facts[-1] == "DeemedWithdrawn"
        assert story.case.closed_on == date(2026, 10, 10)
    assert Deferral.objects.get().outcome == "missed"
    last = {"withdrawn": [], "refused": ["denied"]}[missed]
    assert story.letters == ["receipt", "deferral", "accepted", "deferral_missed", *last]
    story.is_whole(last[0] if last else "withdrawn")


@pytest.mark.req("FC-3.3.18c")
def test_a_promise_that_was_broken_and_the_licence_revoked() -> None:
    """告知承诺: signed and granted on one day, checked, to be mended, not mended, heard, revoked, and noted as a breach."""
    story = Story(assemble(guide={"promise": dict(OFFER)}))
    liwei, zhangmin, chenju = story.cast.liwei, story.cast.zhangmin, story.cast.chenju
    story.she_finds_her_item("告知承诺")
    story.at_the_window("receive", bjt="missing")
    story.reads(liwei, SEP24, *OFFER["promised"], *OFFER["liability"], page="do/promise/")
    story.does(liwei, "promise", SEP24, on_paper="on")
    story.does(liwei, "accept", SEP24)
    story.does(chenju, "grant", SEP24, text="准予")
    task = Promise.objects.get()
    assert (task.state, task.due_on) == ("checking", date(2026, 10, 15))
    story.proved("promised", SEP24, OCT13)
    story.she_takes_it(at(9, 25, 16))
    story.reads(zhangmin, at(9, 28), "待核查", "10 月 15 日")
    mend = {"found": BROKEN, "demand": "装好冷藏设备。", "mend_by": "2026-10-12"}
    story.does(zhangmin, "check-mend", at(9, 28), **mend)
    story.she_reads(at(9, 29), "请您限期整改")
    assert "装好冷藏设备" in text(Letter.objects.get(kind="mend_order"))
    why = {"grounds": BROKEN, "basis": "《中华人民共和国行政许可法》第六十九条"}
    assert story.tries(zhangmin, "revoke-announce", at(10, 12), **why).status_code == 409
    story.does(zhangmin, "revoke-announce", at(10, 13), **why)
    story.she_reads(at(10, 13), "拟撤销决定，先听您的意见")
    story.does(zhangmin, "revoke-heard", at(10, 14), statement="没有意见")
    assert story.tries(zhangmin, "revoke", at(10, 20)).status_code in (403, 409)
    story.does(chenju, "revoke", at(10, 20))
    story.she_reads(at(10, 21), "已撤销原来的决定")
    assert Revocation.objects.get().revoked is True
    granted = Letter.objects.get(kind="granted")
    with on(at(10, 21)):
        assert "决定已经撤销" in Client().get(f"/verify/{granted.code}/").content.decode()
    assert Breach.objects.get().party == story.cast.wangfang
    assert {"receipt", "promise", "granted", "service", "mend_order", "revoked"} <= set(story.letters)
    story.is_whole("closed")


def test_a_decision_that_was_made_by_mistake_and_voided() -> None:
    """She was granted what another case was to get: two persons void it before it is served, and it is decided anew."""
    story = Story(assemble())
    zhangmin, chenju = story.cast.zhangmin, story.cast.chenju
    other = deputy(story.cast)
    story.she_finds_her_item()
    story.at_the_window()
    story.does(zhangmin, "review", at(9, 28), favourable="no", text="没有洗手池，建议不予。")
    story.does(chenju, "grant", at(9, 28), text="准予许可。")
    asking = f"/cases/{story.case.number}/void/{place(story.case, 'Granted')}/"
    with on(at(9, 29)):
        form = at_desk(zhangmin).get(asking).content.decode()
        assert "<del>已准予，待送达</del> <ins>待决定</ins>" in form
        assert at_desk(zhangmin).post(asking, {"cause": "slip", "reason": WHY}).status_code == 302
        settling = f"/cases/{story.case.number}/voidings/{Voiding.objects.get().pk}/"
        assert at_desk(chenju).post(settling, {"confirm": "1"}).status_code == 409
        assert at_desk(other).post(settling, {"confirm": "1"}).status_code == 302
    story.carry_out()
    story.proved("promised", at(9, 29), OCT13)
    story.proved("decide", at(9, 29), OCT29, "作废的记载", "期限不从它计算")
    story.she_reads(at(9, 29), "作废")
    grounds = {"text": "不予许可。", "grounds": "没有洗手池。", "basis": "《食品经营许可办法》第十二条"}
    story.does(chenju, "deny", at(10, 9), **grounds)
    story.she_takes_it(at(10, 10))
    assert [one for one in story.facts if one in ("Granted", "Voided", "Denied", "Delivered")] == [
        "Granted",
        "Voided",
        "Denied",
        "Delivered",
    ]
    assert story.letters[-2:] == ["denied", "service"]
    story.is_whole("closed")


@pytest.mark.req("FC-3.2.11o", "FC-3.2.11p", "HD-3.4.10h")
def test_granted_by_the_machine_and_one_doubt_that_went_to_a_person() -> None:
    """秒批: every row holds and the system grants, with its trace; a shop too large goes to people, who may grant it."""
    story = Story(with_table([{**TABLE[0], "value": "46"}, *TABLE[1:]], steps=[STEPS[0], STEPS[2]]))
    cast = story.cast
    story.she_finds_her_item("秒批")
    story.at_the_window("receive")
    assert story.facts == ["Received", "JudgedAtOnce", "Accepted", "Granted"]
    story.reads(cast.zhangmin, SEP24, "《食品安全法》第三十五条")
    story.she_reads(SEP24, "系统核对秒批规则", "已准予")
    story.proved("promised", SEP24, OCT13)
    watching, row = at_desk(supervisor()), Judgement.objects.get()
    with on(at(9, 25)):
        assert story.case.number in watching.get("/watch/?list=instant").content.decode()
        assert watching.post(f"/watch/instant/{row.pk}/", {"right": "yes"}).status_code == 302
    story.she_takes_it(at(9, 25, 16))
    assert story.letters == ["receipt", "accepted", "granted", "service"]
    assert "自动作出" in Letter.objects.get(kind="granted").data["made_by"]
    story.is_whole("closed")

    story.at_the_window("receive", when=at(9, 28), area="80")
    assert story.facts == ["Received", "JudgedAtOnce"]
    story.reads(cast.zhangmin, at(9, 28), "不符合：“经营面积”不大于 46（《食品安全法》第三十五条），转人工")
    story.she_reads(at(9, 28), "系统核对秒批规则")
    story.does(cast.liwei, "accept", at(9, 28))
    # 29、30 日二，10 月 8—10 日五，12—14 日八。
    story.proved("promised", at(9, 28), date(2026, 10, 14))
    story.does(cast.chenju, "grant", at(9, 29), text="面积在分区以内，准予。")
    assert story.letters == ["receipt", "accepted", "granted"]
    story.is_whole("granted")
