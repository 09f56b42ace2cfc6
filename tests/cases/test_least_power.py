"""An act asks for what belongs to the case in hand, and for a power that reaches it."""

from datetime import date

import pytest

from onewindow.cases.acts import accept, correct, decide, deliver, examine, receive
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case, Verdict
from onewindow.cases.reads import watch
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.cases.reads.work import light_of
from onewindow.cases.tick import tick
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.intake.acts import Paper
from onewindow.journal.work import _reason
from onewindow.journal.write import history
from onewindow.people.models import Officer, Post
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.workdays import UncoveredDay
from tests.cast import COUNTER, COUNTY, SEP24, Cast, assemble, at, officer

pytestmark = pytest.mark.django_db

TAKER = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def elsewhere(cast: Cast) -> Officer:
    """赵强 at the counter of another hall of the same county."""
    hall = Hall.objects.create(
        county=COUNTY, region_id=COUNTY, kind="township", name="测试乡便民服务中心", address="测试路2号"
    )
    post = Post.objects.create(
        county=COUNTY, name="综合窗口", scope="hall", hall=hall, grants=[str(grant) for grant in COUNTER]
    )
    return officer(COUNTY, "赵强", "T001", post)


def supervisor() -> Officer:
    grants = [str(Grant.SUPERVISE)]
    return officer(
        COUNTY,
        "孙丽",
        "J001",
        Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=grants),
    )


def decided(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="建议准予。")
    decide.grant(case, by=cast.chenju, at=at(10, 12), text="准予许可。")
    case.refresh_from_db()
    return case


def test_the_counter_of_another_hall_may_do_nothing_with_a_case_until_its_result_waits(cast: Cast) -> None:
    clerk, case = elsewhere(cast), cast.apply()
    with pytest.raises(NotGranted):
        accept.accept(case, by=clerk, at=SEP24)
    with pytest.raises(NotGranted):
        receive.judge(case, by=clerk, at=SEP24, findings={})
    deliver.hand_over(decided(cast), by=clerk, at=at(10, 13), taker=TAKER)


def test_a_verdict_after_acceptance_or_on_a_foreign_paper_is_refused(cast: Cast) -> None:
    stale, key = cast.apply(), cast.materials[0].pk
    with pytest.raises(NotAllowed, match="本事项清单"):
        receive.judge(stale, by=cast.liwei, at=SEP24, findings={key + 999: Found("fits")})
    accept.accept(stale, by=cast.liwei, at=SEP24)
    before = Verdict.objects.count()
    stale.stage = "received"  # the page was loaded before the acceptance
    with pytest.raises(NotAllowed, match="已经受理"):
        receive.judge(stale, by=cast.liwei, at=SEP24, findings={key: Found("wrong")})
    assert Verdict.objects.count() == before


def test_only_papers_of_the_list_are_put_right_at_the_counter(cast: Cast) -> None:
    case = cast.apply()
    for codes in ((), ("王芳",)):
        with pytest.raises(NotAllowed, match="本事项清单"):
            correct.correct_on_spot(case, by=cast.liwei, at=SEP24, materials=codes, papers=[])


def test_a_question_of_another_case_is_not_answered_here(cast: Cast) -> None:
    one, other = cast.accepted(), cast.accepted()
    question = examine.ask_explanation(other, by=cast.zhangmin, at=at(9, 28), text="面积怎样量的？")
    examine.ask_explanation(one, by=cast.zhangmin, at=at(9, 28), text="何时开业？")
    with pytest.raises(NotAllowed, match="不是本件提出的"):
        examine.explain(one, by=cast.wangfang, at=at(9, 29), question=question, answer="卷尺")


def test_a_question_leaves_time_for_the_answer(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="今天以后"):
        examine.ask_explanation(
            cast.accepted(), by=cast.zhangmin, at=at(9, 28), text="何时开业？", reply_by=date(2026, 9, 28)
        )


def test_what_the_courier_has_is_not_handed_out_a_second_time(cast: Cast) -> None:
    case = decided(cast)
    deliver.dispatch(case, by=cast.liwei, at=at(10, 13), tracking="TEST0001")
    with pytest.raises(NotAllowed, match="先登记退件"):
        deliver.hand_over(case, by=cast.liwei, at=at(10, 14), taker=TAKER)
    deliver.confirm_arrival(case, by=cast.liwei, at=at(10, 15))
    assert [fact.name for fact in history(case.subject)].count("Delivered") == 1


def test_why_a_duty_failed_quotes_nobody(cast: Cast) -> None:
    assert _reason(ValueError("Key (name)=(王芳) already exists.")) == "ValueError"
    assert _reason(NotAllowed("还没有加载印章。")) == "NotAllowed: 还没有加载印章。"
    assert _reason(OSError(5, "Input/output error", "/王芳.pdf")) == "OSError: Input/output error"
    assert _reason(OSError(28, "No space left on device", "/王芳.pdf")).startswith("服务器的存储空间满了")


@pytest.mark.req("FC-3.2.6c")
def test_a_second_notice_is_blocked_without_the_head_and_listed_for_the_supervisor(cast: Cast) -> None:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(layout)])
    receive.judge(case, by=cast.liwei, at=at(9, 29), findings={layout.pk: Found("wrong", "没有标明水池")})
    wrong, demands = "没有标明水池的位置", {layout.pk: "请标明水池"}
    with pytest.raises(NotGranted):
        correct.ask_again(case, by=cast.liwei, at=at(9, 29), demands=demands, what_is_wrong=wrong)
    assert watch.corrections(supervisor()) == []
    correct.ask_again(case, by=cast.chenju, at=at(9, 29), demands=demands, what_is_wrong=wrong)
    (listed,) = watch.corrections(Officer.objects.get(name="孙丽"))
    assert (listed.case_id, listed.approved_by) == (case.pk, cast.chenju)


@pytest.mark.req("FC-3.2.6d")
@pytest.mark.req("ZH-2.2.2.1b")
def test_a_case_turns_yellow_and_then_red_and_stands_before_the_supervisor(cast: Cast) -> None:
    case, sunli = cast.accepted(), supervisor()
    assert case.due_on == date(2026, 10, 13)
    shown = [light_of(case, date(2026, 10, day)).colour for day in (11, 12, 13, 14)]
    assert shown == ["green", "yellow", "yellow", "red"]
    assert watch.overdue(sunli, date(2026, 10, 13)).rows == []
    assert [row.case for row in watch.overdue(sunli, date(2026, 10, 14)).rows] == [case]


@pytest.mark.req("FC-3.2.8b")
def test_three_persons_take_in_decide_and_issue_and_the_approver_does_neither_of_the_others(
    cast: Cast,
) -> None:
    case = cast.apply()
    with pytest.raises(NotGranted):
        accept.accept(case, by=cast.chenju, at=SEP24)
    done = decided(cast)
    with pytest.raises(NotGranted):
        deliver.hand_over(done, by=cast.chenju, at=at(10, 13), taker=TAKER)
    clerk = elsewhere(cast)
    deliver.hand_over(done, by=clerk, at=at(10, 13), taker=TAKER)
    entries = {entry.fact: (entry.by, entry.at) for entry in done.subject.entries.all()}
    assert [entries[fact] for fact in ("Accepted", "Granted", "Delivered")] == [
        (cast.liwei.actor_code, SEP24),
        (cast.chenju.actor_code, at(10, 12)),
        (clerk.actor_code, at(10, 13)),
    ]


@pytest.mark.req("HD-3.1.1b")
def test_a_running_case_keeps_the_materials_of_its_version(cast: Cast) -> None:
    case, old = cast.accepted(), cast.version
    newer = ItemVersion.objects.create(
        county=COUNTY, item=old.item, number=2, state="draft", name=old.name, kind=old.kind, form=old.form
    )
    Material.objects.create(
        version=newer, code="new", order=0, name="新要求的材料", necessity="required", forms=["paper"]
    )
    ItemVersion.objects.filter(pk=old.pk).update(state="retired")
    ItemVersion.objects.filter(pk=newer.pk).update(state="published", published_at=at(9, 25))
    old.item.current = newer
    old.item.save(update_fields=["current"])
    shown = whole(visible_to(cast.zhangmin), case.number, cast.county)
    assert shown.case.version.number == 1
    assert [paper.material for paper in shown.papers] == cast.materials


def test_one_case_that_cannot_be_moved_does_not_keep_the_others_from_their_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, other = cast.apply(), cast.apply()
    silence = accept.accept_by_silence

    def refuses_one(case: Case, **told: object) -> bool:
        if case.pk == stuck.pk:
            raise UncoveredDay(2028)
        return bool(silence(case, **told))  # type: ignore[arg-type]

    monkeypatch.setattr("onewindow.cases.tick.accept_by_silence", refuses_one)
    assert tick(at(10, 10))["视为受理"] == 1
    other.refresh_from_db()
    assert other.stage == "examining"
