"""秒批秒报, 风险分级: what a machine may answer at once, and what goes to a person."""

import json
from typing import Any

import pytest

from onewindow.cases.acts import accept, decide, defer, examine, instant, withdraw
from onewindow.cases.models import Case, Decision, Filing, Judgement, StoppedTable
from onewindow.cases.recheck import recheck
from onewindow.catalogue.clock import clock_of
from onewindow.catalogue.models import ItemVersion
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.people.models import Officer, Post
from onewindow.places.acts import change_setting
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotAllowed, NotGranted
from onewindow.rules.stages import Stage
from tests.cast import COUNTY, SEP24, STEPS, Cast, assemble, at, carry_out, officer

pytestmark = pytest.mark.django_db

BASIS = [{"key": "law", "law": "食品安全法", "article": "第三十五条", "quote": "", "verified": True}]
PAPERS = ("sqs", "bjt", "zd")
TABLE = [
    {"of": "field", "key": "area", "test": "at_most", "value": "60", "basis": ["law"], "look": ""},
    {"of": "field", "key": "shop", "test": "filled", "value": "", "basis": ["law"], "look": ""},
    *(
        {"of": "material", "key": key, "test": "came", "value": "", "basis": ["law"], "look": ""}
        for key in PAPERS
    ),
]


def with_table(rows: list[dict[str, Any]] = TABLE, **told: Any) -> Cast:
    return assemble(guide={"basis": BASIS, "instant": rows}, **told)


def at_tier(tier: str, **told: Any) -> Cast:
    risk = {"tier": tier, "basis": ["law"], "note": ""}
    return assemble(pack="fangcheng", guide={"basis": BASIS, "risk": risk}, **told)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def facts(case: Case) -> list[str]:
    return [fact.name for fact in history(case.subject)]


def sunli() -> Officer:
    post = Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE.value])
    return officer(COUNTY, "孙丽", "J001", post)


@pytest.mark.req("FC-3.2.11o")
@pytest.mark.req("FC-3.2.11p")
@pytest.mark.req("HD-3.4.10h")
def test_an_application_that_meets_every_row_is_granted_by_the_system_with_the_trace() -> None:
    cast = with_table()
    case = cast.apply()
    assert instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    case = again(case)
    assert case.stage == Stage.GRANTED
    assert facts(case) == ["Received", "JudgedAtOnce", "Accepted", "Granted"]
    judged, granted = (
        Entry.objects.get(subject=case.subject, fact=name) for name in ("JudgedAtOnce", "Granted")
    )
    assert {judged.by, granted.by} == {"system"}
    assert judged.body["version"] == cast.version.pk
    assert judged.body["mark"] == Judgement.objects.get().mark
    assert judged.body["inputs"] == ["field:area", "field:shop", *(f"material:{key}" for key in PAPERS)]
    assert judged.body["held"] == [1, 2, 3, 4, 5]
    assert Decision.objects.get().by is None
    assert Judgement.objects.filter(sampled=True, looked_at=None).count() == 1
    assert list(recheck()) == []
    assert verify() == []


def test_the_journal_of_a_machine_grant_holds_nothing_that_was_filled_in() -> None:
    cast = with_table()
    case = cast.apply()
    instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    told = json.dumps(list(Entry.objects.values_list("body", flat=True)), ensure_ascii=False)
    assert "芳邻" not in told
    assert "46" not in json.dumps(
        Entry.objects.get(fact="JudgedAtOnce").body["inputs"] + Judgement.objects.get().trace,
        ensure_ascii=False,
    ).replace("60", "")


@pytest.mark.req("FC-3.2.11o")
@pytest.mark.req("HD-3.4.10h")
def test_one_row_that_fails_sends_it_to_a_person_with_the_row_named() -> None:
    cast = with_table([{**TABLE[0], "value": "40"}, *TABLE[1:]])
    case = cast.apply()
    assert not instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    case = again(case)
    assert case.stage == Stage.RECEIVED
    assert facts(case) == ["Received", "JudgedAtOnce"]
    assert case.judgement.doubts == ["“经营面积”不大于 40（《食品安全法》第三十五条）"]
    assert accept.accept(case, by=cast.liwei, at=SEP24).stage == Stage.EXAMINING


def test_what_is_lacking_at_the_window_and_a_paper_without_a_row_are_doubts_and_never_refusals() -> None:
    cast = with_table(TABLE[:4])
    lacking, whole = cast.apply(bjt="missing"), cast.apply(at(9, 24, 11))
    for case in (lacking, whole):
        assert not instant.judge_at_once(case, by=SYSTEM, at=at(9, 24, 12))
    assert "材料还没有核对齐全" in lacking.judgement.doubts
    assert whole.judgement.doubts == ["收到的“食品安全管理制度”没有规则核对"]
    assert {again(one).stage for one in (lacking, whole)} == {Stage.RECEIVED}


def test_a_case_is_judged_once_and_not_after_it_was_withdrawn() -> None:
    cast = with_table()
    case, gone = cast.apply(), cast.apply(at(9, 24, 11))
    assert instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    assert not instant.judge_at_once(again(case), by=SYSTEM, at=SEP24)
    withdraw.withdraw(gone, by=cast.wangfang, at=at(9, 24, 11))
    assert not instant.judge_at_once(again(gone), by=SYSTEM, at=at(9, 24, 12))
    assert facts(gone) == ["Received", "Withdrawn"]
    assert Judgement.objects.count() == 1


def test_what_the_window_has_accepted_already_is_still_granted_at_once() -> None:
    cast = with_table(steps=[STEPS[0], STEPS[2]])
    case = cast.accepted()
    assert instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    assert facts(case) == ["Received", "Accepted", "JudgedAtOnce", "Granted"]


def test_a_place_that_switched_it_off_has_its_people_decide() -> None:
    cast = with_table()
    told = {"name": "instant.offered", "value": False, "reason": "先由人办"}
    change_setting(cast.county, by=FOUNDER, at=at(9, 1), **told)
    case = cast.apply()
    assert Entry.objects.get(subject=case.subject).body["route"] == ""
    assert not instant.judge_at_once(case, by=SYSTEM, at=SEP24)


def test_an_item_without_a_table_is_never_judged() -> None:
    cast = assemble()
    case = cast.apply()
    assert Entry.objects.get(subject=case.subject).body["route"] == ""
    assert not instant.judge_at_once(case, by=SYSTEM, at=SEP24)


def test_a_wrong_machine_grant_stops_the_table_until_it_is_published_anew() -> None:
    cast, by = with_table(), sunli()
    first = cast.apply()
    instant.judge_at_once(first, by=SYSTEM, at=SEP24)
    with pytest.raises(NotAllowed, match="写明哪里不对"):
        instant.check_machine_grant(first.judgement, by=by, at=at(9, 25), right=False)
    instant.check_machine_grant(first.judgement, by=by, at=at(9, 25), right=False, reason="面积算错了")
    with pytest.raises(NotAllowed, match="已经有人看过"):
        instant.check_machine_grant(first.judgement, by=by, at=at(9, 25), right=True)
    assert StoppedTable.objects.get().version == cast.version
    assert Entry.objects.filter(subject=cast.version.item.subject, fact="TableStopped").exists()
    second = cast.apply(at(9, 28))
    assert not instant.judge_at_once(second, by=SYSTEM, at=at(9, 28))
    assert facts(second) == ["Received"]


@pytest.mark.req("FC-3.1.2e")
def test_an_exempt_item_is_answered_at_once_and_has_no_steps() -> None:
    cast = at_tier("exempt")
    case = cast.apply()
    with pytest.raises(NotAllowed, match="非禁免批"):
        accept.accept(case, by=cast.liwei, at=SEP24)
    assert instant.answer_exempt(case, by=SYSTEM, at=SEP24)
    case = again(case)
    assert (case.stage, case.is_open, case.due_on, case.closed_on) == (
        Stage.EXEMPT,
        False,
        None,
        SEP24.date(),
    )
    assert facts(case) == ["Received", "Exempted"]


@pytest.mark.req("FC-3.1.2e")
def test_a_filing_is_finished_with_its_receipt_and_checked_later_by_another() -> None:
    cast = at_tier("filing")
    case = cast.apply()
    assert instant.file_at_once(case, by=SYSTEM, at=SEP24)
    case, filing = again(case), Filing.objects.get()
    assert (case.stage, case.is_open) == (Stage.FILED, False)
    assert filing.number == "罗市监备〔2026〕1号"
    # 30 working days after 24 September 2026 with the holidays of October, counted on the calendar of the test.
    with pytest.raises(NotAllowed, match="写明是什么问题"):
        instant.check_filing(filing, by=cast.zhangmin, at=at(10, 12), fits=False)
    instant.check_filing(filing, by=cast.zhangmin, at=at(10, 12), fits=True)
    with pytest.raises(NotAllowed, match="已经核查过"):
        instant.check_filing(filing, by=cast.zhangmin, at=at(10, 13), fits=True)
    with pytest.raises(NotGranted):
        instant.check_filing(filing, by=cast.zhaoqiang, at=at(10, 13), fits=True)
    assert facts(case)[-1] == "FilingChecked"


def test_a_filing_that_was_not_complete_waits_for_a_person_who_files_it() -> None:
    cast = at_tier("filing")
    case = cast.apply(zd="missing")
    assert not instant.file_at_once(case, by=SYSTEM, at=SEP24)
    with pytest.raises(NotAllowed, match="食品安全管理制度"):
        instant.record_filing(case, by=cast.liwei, at=SEP24)
    assert again(case).stage == Stage.RECEIVED


@pytest.mark.req("FC-3.1.2e")
def test_a_new_version_with_another_tier_changes_the_way_of_new_cases_and_of_no_older_one() -> None:
    cast = at_tier("strict")
    older = cast.accepted()
    assert (older.stage, facts(older)) == (Stage.EXAMINING, ["Received", "Accepted"])
    in_force(cast, {**cast.version.content, "risk": {"tier": "exempt", "basis": ["law"], "note": ""}})
    newer = cast.apply(at(9, 28))
    carry_out(newer.subject)
    assert (again(newer).stage, facts(newer)) == (Stage.EXEMPT, ["Received", "Exempted"])
    examine.review(older, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予。")
    decide.grant(older, by=cast.chenju, at=at(9, 29), text="准予许可。")
    assert again(older).stage == Stage.GRANTED


def in_force(cast: Cast, content: dict[str, Any]) -> None:
    """The item's next version, with the same papers, published on 25 September."""
    first = cast.version
    told = {name: getattr(first, name) for name in ("county", "item", "name", "kind", "legal_days", "form")}
    told |= {"promised_days": first.promised_days, "content": content, "clock": clock_of(content, first.kind)}
    row = ItemVersion.objects.create(number=2, state="draft", **told)
    for paper in cast.materials:
        paper.pk, paper.version = None, row
        paper.save(force_insert=True)
    ItemVersion.objects.filter(pk=first.pk).update(state="retired")
    ItemVersion.objects.filter(pk=row.pk).update(state="published", published_at=at(9, 25))
    first.item.current = cast.version = ItemVersion.objects.get(pk=row.pk)
    first.item.save(update_fields=["current"])


def test_a_place_without_tiers_takes_all_steps_whatever_the_item_says() -> None:
    risk = {"tier": "exempt", "basis": ["law"], "note": ""}
    cast = assemble(guide={"basis": BASIS, "risk": risk})
    case = cast.accepted()
    assert case.stage == Stage.EXAMINING
    assert decide  # the steps go on as ever


def test_a_machine_decision_is_made_by_time_alone_and_by_no_officer() -> None:
    cast = with_table()
    with pytest.raises(NotGranted):
        instant.judge_at_once(cast.apply(), by=cast.chenju, at=SEP24)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"fee": {"charged": True, "before": "decide"}}, "收费要先一次性告知，请先开缴费通知书"),
        ({"limited": {"number": 1, "period": "total"}}, "有数量限制，由人按受理的先后核对"),
    ],
)
def test_what_no_table_settles_goes_to_a_person_and_never_fails(more: dict[str, Any], said: str) -> None:
    cast = assemble(guide={"basis": BASIS, "instant": TABLE, **more})
    case = cast.apply()
    assert not instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    assert (again(case).stage, case.judgement.doubts) == (Stage.RECEIVED, [said])


def test_on_a_shorter_way_nothing_is_accepted_or_promised() -> None:
    """What is only filed waits for its papers; a promise to bring them later files nothing."""
    cast = at_tier("filing", papers={"zd": {"necessity": "deferrable"}})
    case = cast.apply(zd="missing")
    later = [one for one in cast.materials if one.code == "zd"]
    with pytest.raises(NotAllowed, match="备案备查的事项"):
        defer.promise_lacking(case, by=cast.wangfang, at=SEP24, materials=later)
    with pytest.raises(NotAllowed, match="备案备查的事项"):
        defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True)
