"""延长 (行政许可法 42): asked for by the examiner, approved by the head, once, in time, for licences."""

from datetime import date, datetime

import pytest

from onewindow.cases.acts import decide, examine, extend
from onewindow.cases.models import Case, Extension
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.told import steps
from onewindow.cases.reads.work import extensions_to_settle
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.facts_time import Extended
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
WHY = "需要向原登记机关核实资料，二十日内不能完成。"
OCT26, OCT27 = at(10, 26), at(10, 27)  # 8 days promised until 10-13, 20 by law until 10-29


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def asked(cast: Cast, when: datetime = OCT26) -> Case:
    case = cast.accepted()
    extend.ask_extension(case, by=cast.zhangmin, at=when, reason=WHY)
    return case


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_head_approves_ten_days_more_and_the_index_agrees_with_the_facts(cast: Cast) -> None:
    case = asked(cast)
    assert fresh(case).legal_due_on == date(2026, 10, 29)
    extend.extend(case, by=cast.chenju, at=OCT27)
    after = fresh(case)
    assert (after.legal_due_on, after.due_on) == (date(2026, 11, 12), date(2026, 10, 13))
    assert list(recheck()) == []
    row = Extension.objects.get()
    assert (row.days, row.approved, row.asked_by, row.settled_by) == (10, True, cast.zhangmin, cast.chenju)


def test_the_letter_gives_the_reason_the_clause_and_the_new_day_and_waits_to_be_served(cast: Cast) -> None:
    case = asked(cast)
    extend.extend(case, by=cast.chenju, at=OCT27)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="extended")
    assert letter.title == "行政许可申请延长办理期限告知书"
    assert hasattr(letter, "service")
    told = text(letter)
    assert "依照《中华人民共和国行政许可法》第四十二条第一款的规定" in told
    assert "延长10个工作日" in told
    assert WHY in told
    assert "30个工作日，至2026年11月12日" in told
    assert "办理期限只能延长一次" in told


def test_the_applicant_reads_the_new_day_on_the_timeline_and_is_told(cast: Cast) -> None:
    case = asked(cast)
    carry_out(case.subject)
    assert not Message.objects.filter(kind="ExtensionAsked").exists()
    extend.extend(case, by=cast.chenju, at=OCT27)
    carry_out(case.subject)
    titles = {step.title: step.text for step in steps(progress_of(case.subject_id, cast.county))}
    assert "提请延长办理期限" not in titles
    said = titles["办理期限延长了"]
    assert said == "经本机关负责人批准，延长 10 个工作日，最迟 11 月 12 日作出决定。理由写在告知书里。"
    assert Message.objects.get(kind="Extended").text == said
    assert "延长 10 个工作日" in Message.objects.get(kind="Extended").sendings.get().text


def test_nobody_approves_his_own_wish(cast: Cast) -> None:
    case = asked(cast)
    post = cast.zhangmin.posts[0]
    post.grants = [*post.grants, str(Grant.CASE_EXTEND)]
    post.save(update_fields=["grants"])
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        extend.extend(case, by=type(cast.zhangmin).objects.get(pk=cast.zhangmin.pk), at=OCT27)
    assert Extension.objects.get().approved is None


def test_each_act_needs_its_power_and_another_office_has_none(cast: Cast) -> None:
    case = asked(cast)
    for who in (cast.zhangmin, cast.liwei, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            extend.extend(case, by=who, at=OCT27)
        with pytest.raises(NotGranted):
            extend.decline_extension(case, by=who, at=OCT27, remark="不批准")
    for who in (cast.liwei, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            extend.ask_extension(case, by=who, at=OCT27, reason=WHY)


def test_a_second_extension_is_refused(cast: Cast) -> None:
    case = asked(cast)
    with pytest.raises(NotAllowed, match="正在等负责人批准"):
        extend.ask_extension(case, by=cast.zhangmin, at=OCT26, reason=WHY)
    extend.extend(case, by=cast.chenju, at=OCT27)
    with pytest.raises(NotAllowed, match="只能延长一次"):
        extend.ask_extension(case, by=cast.zhangmin, at=OCT27, reason=WHY)
    with pytest.raises(NotAllowed, match="没有等批准的延长"):
        extend.extend(case, by=cast.chenju, at=OCT27)
    assert Entry.objects.filter(subject=case.subject, fact="Extended").count() == 1


def test_what_was_declined_with_a_reason_may_be_asked_again(cast: Cast) -> None:
    case = asked(cast)
    with pytest.raises(NotAllowed, match="请写明不批准"):
        extend.decline_extension(case, by=cast.chenju, at=OCT27, remark=" ")
    extend.decline_extension(case, by=cast.chenju, at=OCT27, remark="资料已经到齐。")
    assert fresh(case).legal_due_on == date(2026, 10, 29)
    extend.ask_extension(case, by=cast.zhangmin, at=at(10, 28), reason=WHY)
    extend.extend(case, by=cast.chenju, at=at(10, 29))
    assert fresh(case).legal_due_on == date(2026, 11, 12)


@pytest.mark.parametrize("day", [29, 30])
def test_it_is_asked_for_until_the_last_day_and_not_after(cast: Cast, day: int) -> None:
    case = cast.accepted()
    if day == 29:
        extend.ask_extension(case, by=cast.zhangmin, at=at(10, day), reason=WHY)
        with pytest.raises(NotAllowed, match="法定期限已经过了，不能再批准延长"):
            extend.extend(case, by=cast.chenju, at=at(10, 30))
        return
    with pytest.raises(NotAllowed, match="法定期限已经过了，不能再提请延长"):
        extend.ask_extension(case, by=cast.zhangmin, at=at(10, day), reason=WHY)


def test_it_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="请写明延长的理由"):
        extend.ask_extension(cast.accepted(), by=cast.zhangmin, at=OCT26, reason="  ")


def test_nothing_is_extended_before_acceptance_nor_after_the_decision(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="已收件，待受理"):
        extend.ask_extension(cast.apply(), by=cast.zhangmin, at=OCT26, reason=WHY)
    case = asked(cast)
    examine.review(case, by=cast.zhangmin, at=OCT26, favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=OCT27, text="准予")
    with pytest.raises(NotAllowed, match="已准予"):
        extend.extend(case, by=cast.chenju, at=OCT27)


@pytest.mark.parametrize("kind", ["行政确认", "行政给付", "其他行政权力"])
def test_other_kinds_of_items_are_not_extended_by_the_law_of_licences(kind: str) -> None:
    cast = assemble(kind=kind)
    with pytest.raises(NotAllowed, match=f"本事项是{kind}，法律没有规定可以延长"):
        extend.ask_extension(cast.accepted(), by=cast.zhangmin, at=OCT26, reason=WHY)


def test_an_item_without_a_limit_in_law_has_nothing_to_extend() -> None:
    cast = assemble(kind="公共服务", legal=None)
    with pytest.raises(NotAllowed, match="没有法定办结时限"):
        extend.ask_extension(cast.accepted(), by=cast.zhangmin, at=OCT26, reason=WHY)


def test_an_item_with_a_limit_of_its_own_is_extended_only_as_its_guide_says() -> None:
    cast = assemble(legal=30)
    with pytest.raises(NotAllowed, match="由它自己的依据规定"):
        extend.ask_extension(cast.accepted(), by=cast.zhangmin, at=OCT26, reason=WHY)


def test_the_items_own_law_gives_its_own_days_and_the_letter_names_it() -> None:
    limit = {"extension_days": 5, "extension_basis": ["own"]}
    basis = [{"key": "own", "law": "食品经营许可和备案管理办法", "article": "第二十条", "quote": ""}]
    cast = assemble(legal=10, guide={"limit": limit, "basis": basis})
    case = asked(cast, at(10, 14))
    extend.extend(case, by=cast.chenju, at=at(10, 15))
    assert fresh(case).legal_due_on == date(2026, 10, 22)
    (fact,) = Entry.objects.filter(subject=case.subject, fact="Extended")
    assert fact.body == {"extension": Extension.objects.get().pk, "days": 5, "own": True, "joint": False}
    carry_out(case.subject)
    told = text(Letter.objects.get(kind="extended"))
    assert "《食品经营许可和备案管理办法》第二十条" in told
    assert "第四十二条" not in told
    assert "延长5个工作日" in told


def test_the_fact_holds_ids_and_days_alone(cast: Cast) -> None:
    case = asked(cast)
    extend.extend(case, by=cast.chenju, at=OCT27)
    bodies = Entry.objects.filter(subject=case.subject, fact__startswith="Exten").values_list(
        "body", flat=True
    )
    assert all(WHY not in str(body) for body in bodies)
    assert Extended.__name__ in Entry.objects.values_list("fact", flat=True)


def test_a_wish_that_the_decision_overtook_waits_for_nobody(cast: Cast) -> None:
    case = asked(cast, at(10, 12))
    assert [one.case for one in extensions_to_settle(cast.chenju)] == [case]
    examine.review(case, by=cast.zhangmin, at=at(10, 12), favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=at(10, 13), text="准予")
    assert fresh(case).is_open
    assert list(extensions_to_settle(cast.chenju)) == []


def test_the_head_hears_of_a_wish_and_who_asked_hears_what_became_of_it(cast: Cast) -> None:
    case = asked(cast)
    carry_out(case.subject)
    extend.decline_extension(case, by=cast.chenju, at=OCT26, remark="请抓紧办。")
    extend.ask_extension(case, by=cast.zhangmin, at=OCT27, reason=WHY)
    extend.extend(case, by=cast.chenju, at=OCT27)
    for _ in range(2):
        carry_out(case.subject)
    rows = OfficerMessage.objects.select_related("officer").order_by("cause__place")
    assert [(one.kind, one.officer.name) for one in rows] == [
        ("ExtensionAsked", "陈局"),
        ("ExtensionDeclined", "张敏"),
        ("ExtensionAsked", "陈局"),
        ("Extended", "张敏"),
    ]
