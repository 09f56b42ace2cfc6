"""Everything that is open in somebody's name goes over: listed, signed by both, case by case, and nothing twice."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts import decide, examine, handover, leave
from onewindow.cases.acts.longer import replace_host
from onewindow.cases.acts.special import Hearing, Plan, begin_procedure
from onewindow.cases.models import Case, Handover, HandoverLine, Procedure
from onewindow.cases.reads.handing import counted, lines_of, stayed
from onewindow.cases.recheck import recheck
from onewindow.guidance import acts as guidance
from onewindow.guidance.acts import Told
from onewindow.guidance.models import Asked
from onewindow.intake.models import Application
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.notices.models import Message, OfficerMessage
from onewindow.people.models import Officer, Post
from onewindow.places.write import organisation
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed, NotGranted
from tests.cases.test_races import together
from tests.cases.test_special import GUIDE
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.oversight.stage import pass_to
from tests.people.conftest import Stage, stage
from tests.people.test_leave import arranging

__all__ = ["stage"]
SEP28, OCT14 = at(9, 28), at(10, 14)


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def colleague(cast: Cast, name: str = "钱文", number: str = "S012") -> Officer:
    post, _ = Post.objects.get_or_create(
        county=COUNTY,
        name="审核二岗",
        scope="department",
        department=cast.market,
        defaults={"grants": [Grant.CASE_EXAMINE.value, Grant.CASE_FORWARD.value]},
    )
    return officer(COUNTY, name, number, post)


def his(cast: Cast) -> Case:
    return examine.forward(cast.accepted(), by=cast.chenju, at=SEP24, to=cast.zhangmin)


def drawn(cast: Cast, to: Officer, when: datetime = SEP28) -> Handover:
    return handover.draw_up(cast.zhangmin, by=cast.zhangmin, at=when, to=to, reason="调到别的科室")


def signed_by_both(cast: Cast, to: Officer, when: datetime = SEP28) -> Handover:
    row = handover.sign(drawn(cast, to, when), by=cast.zhangmin, at=when)
    done = handover.take(row, by=to, at=when)
    carry_out(organisation(COUNTY))
    return done


@pytest.mark.django_db
def test_nothing_moves_before_both_have_signed_and_then_all_of_it_does(stage: Stage) -> None:
    cast, to = stage.cast, colleague(stage.cast)
    case, asked = (
        his(cast),
        guidance.ask_first(
            cast.zhangmin, by=cast.zhangmin, at=SEP24, told=Told(channel="counter", what="换地址要不要重办？")
        ),
    )
    row = drawn(cast, to)
    assert [(line.kind, line.number) for line in row.lines.order_by("pk")] == [
        ("case", case.number),
        ("asked", asked.number),
    ]
    row = handover.sign(row, by=cast.zhangmin, at=SEP28)
    carry_out(organisation(COUNTY))
    assert Case.objects.get(pk=case.pk).examiner == cast.zhangmin
    handover.take(row, by=to, at=SEP28)
    carry_out(organisation(COUNTY))
    now = Case.objects.get(pk=case.pk)
    assert (now.examiner, now.stage, now.due_on) == (to, "examining", case.due_on)
    entry = Entry.objects.filter(subject=case.subject).latest("place")
    assert (entry.fact, entry.by) == ("HandedOver", to.actor_code)
    assert entry.body == {"officer": cast.zhangmin.pk, "to": to.pk, "handover": row.pk}
    assert Asked.objects.get().keeper == to
    assert counted(row)["moved"] == 2
    assert list(recheck()) == []
    titles = OfficerMessage.objects.filter(officer=to).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["工作移交单等您签字接收"]
    done = OfficerMessage.objects.filter(officer=cast.zhangmin).latest("pk")
    assert (done.title, done.page) == ("工作移交完成", f"/handover/{row.pk}/")


@pytest.mark.django_db
def test_each_signs_for_himself_and_in_his_turn(stage: Stage) -> None:
    cast, to = stage.cast, colleague(stage.cast)
    his(cast)
    row = drawn(cast, to)
    with pytest.raises(NotGranted):
        handover.sign(row, by=to, at=SEP28)
    with pytest.raises(NotGranted):
        handover.draw_up(cast.zhangmin, by=to, at=SEP28, to=to, reason="调岗")
    row = handover.sign(row, by=cast.zhangmin, at=SEP28)
    with pytest.raises(NotGranted):
        handover.take(row, by=cast.zhangmin, at=SEP28)
    with pytest.raises(NotAllowed, match="已经有一张没有办完的移交单"):
        drawn(cast, to)
    handover.call_off(row, by=to, at=SEP28)
    with pytest.raises(NotAllowed, match="刚刚变了"):
        handover.take(row, by=to, at=SEP28)
    drawn(cast, to)


@pytest.mark.django_db
def test_what_the_receiver_may_not_go_on_with_stays_and_the_head_hears_of_it(stage: Stage) -> None:
    """张敏 was given the case for the decision, and 钱文 examined it: four eyes stay four."""
    cast, to = stage.cast, colleague(stage.cast)
    arranging(cast.chenju)
    post = Post.objects.get(held__officer=cast.zhangmin)
    post.grants = [*post.grants, Grant.CASE_DECIDE.value]
    post.save(update_fields=["grants"])
    Post.objects.filter(held__officer=to).update(grants=[Grant.CASE_EXAMINE.value, Grant.CASE_DECIDE.value])
    case = cast.accepted()
    examine.review(case, by=to, at=SEP24, favourable=True, text="建议准予。")
    examine.forward(case, by=cast.chenju, at=SEP24, to=Officer.objects.get(pk=cast.zhangmin.pk))
    row = signed_by_both(cast, to)
    (line,) = stayed(row)
    assert line.stayed == "本件由钱文审核，不能由他决定，请由部门负责人转给别的同志。"
    assert Case.objects.get(pk=case.pk).examiner == cast.zhangmin
    told = OfficerMessage.objects.filter(officer=cast.chenju).latest("pk")
    assert told.title == "移交单上还有 1 项没有去处"


@pytest.mark.django_db
def test_who_is_gone_already_is_signed_for_by_the_head_who_takes_all(stage: Stage) -> None:
    cast = stage.cast
    arranging(cast.chenju)
    post = Post.objects.get(held__officer=cast.chenju)
    post.grants = [*post.grants, Grant.CASE_EXAMINE.value]
    post.save(update_fields=["grants"])
    cast.chenju = stage.on(cast.chenju, SEP28.date())
    case = his(cast)
    with pytest.raises(NotAllowed, match="还有 1 件没有办完"):
        leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离")
    seat = Post.objects.get(held__officer=cast.zhangmin)
    handover.take_all(seat, officer=cast.zhangmin, by=cast.chenju, at=SEP28, reason="调离，人已不在")
    carry_out(organisation(COUNTY))
    assert Case.objects.get(pk=case.pk).examiner == cast.chenju
    leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离")
    examine.review(case, by=cast.chenju, at=SEP28, favourable=True, text="建议准予。")
    with pytest.raises(NotAllowed, match="审核和决定不能是同一个人"):
        decide.grant(case, by=cast.chenju, at=SEP28, text="准予。")


@pytest.mark.django_db
def test_nobody_leaves_with_a_question_a_hearing_or_a_draft_in_his_hands(stage: Stage) -> None:
    cast = stage.cast
    draft = cast.take_in(cast.wangfang)
    Application.objects.filter(pk=draft.pk).update(sealed_at=None)
    guidance.ask_first(cast.liwei, by=cast.liwei, at=SEP24, told=Told(channel="counter", what="怎么办许可？"))
    with pytest.raises(NotAllowed, match="还有 1 件首问没有答复、1 份没有提交的申请。请先办工作移交"):
        leave.let_go(cast.liwei, by=stage.admin, at=SEP28, reason="调离")
    to = officer(COUNTY, "刘洋", "C002", Post.objects.get(held__officer=cast.liwei))
    row = handover.draw_up(cast.liwei, by=cast.liwei, at=SEP28, to=to, reason="调离")
    handover.take(handover.sign(row, by=cast.liwei, at=SEP28), by=to, at=SEP28)
    carry_out(organisation(COUNTY))
    assert Application.objects.get(pk=draft.pk).taken_by == to
    leave.let_go(cast.liwei, by=stage.admin, at=SEP28, reason="调离")


@pytest.mark.django_db
def test_the_host_of_a_hearing_who_leaves_is_replaced_by_the_head_and_the_applicant_is_told() -> None:
    cast = assemble(guide=GUIDE)
    arranging(cast.chenju)
    host, other = colleague(cast), colleague(cast, "冯建", "S013")
    for who in (cast.zhangmin, host, other, cast.chenju):
        who.day = SEP24.date()
    case = his(cast)
    plan = Plan(
        kind="听证",
        why="许可涉及重大公共利益。",
        parties="申请人、利害关系人",
        place="三楼会议室",
        planned_end=at(10, 20).date(),
        hearing=Hearing(held_on=at(10, 15).date(), host=host),
    )
    one = begin_procedure(case, by=cast.zhangmin, at=SEP24, plan=plan)
    moved = handover.draw_up(host, by=host, at=SEP28, to=other, reason="调离")
    handover.take(handover.sign(moved, by=host, at=SEP28), by=other, at=SEP28)
    carry_out(organisation(COUNTY))
    assert "听证主持人由部门负责人更换" in stayed(moved).get().stayed
    with pytest.raises(NotAllowed, match="审查本件的工作人员以外的人主持"):
        replace_host(case, by=cast.chenju, at=SEP28, procedure=one.pk, host=cast.zhangmin)
    with pytest.raises(NotGranted):
        replace_host(case, by=cast.zhangmin, at=SEP28, procedure=one.pk, host=other)
    replace_host(case, by=cast.chenju, at=SEP28, procedure=one.pk, host=other)
    assert Procedure.objects.get().host == other
    carry_out(case.subject)
    told = Message.objects.filter(kind="HostReplaced").get()
    assert "换了听证主持人" in told.title
    letters = list(case.subject.letters.order_by("pk").values_list("kind", flat=True))
    assert letters[-1] == "host"


@pytest.mark.django_db
def test_a_case_that_burns_is_told_by_itself_with_the_record_that_waits(stage: Stage) -> None:
    cast, to = stage.cast, colleague(stage.cast)
    case = his(cast)
    pass_to(OCT14, case)
    signed_by_both(cast, to, OCT14)
    carry_out(case.subject)
    told = OfficerMessage.objects.get(officer=to, kind="HandedOver")
    assert told.title.startswith("移交给您的急件")
    assert "超期 1 天" in told.text
    assert "有一份超期说明要交" in told.text
    assert told.overdue is not None


@pytest.mark.django_db
def test_what_comes_back_after_a_handover_comes_to_the_receiver(stage: Stage) -> None:
    cast, to = stage.cast, colleague(stage.cast)
    case = his(cast)
    examine.review(case, by=cast.zhangmin, at=SEP24, favourable=True, text="建议准予。")
    signed_by_both(cast, to)
    examine.send_back_review(case, by=cast.chenju, at=SEP28, text="请再看布局图。")
    assert Case.objects.get(pk=case.pk).examiner == to


@pytest.mark.django_db
def test_a_list_of_any_length_costs_the_same_statements(stage: Stage) -> None:
    cast, to = stage.cast, colleague(stage.cast)
    counts = []
    for more in (1, 6):
        for _ in range(more):
            his(cast)
        row = Handover(officer=cast.zhangmin, to=to, county=COUNTY)
        with CaptureQueriesContext(connection) as asked:
            lines_of(row)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_handovers_of_one_case_at_once_are_one() -> None:
    cast = assemble()
    arranging(cast.chenju)
    first, second = colleague(cast), colleague(cast, "冯建", "S013")
    for who in (cast.zhangmin, first, second, cast.chenju):
        who.day = SEP28.date()
    seat = Post.objects.get(held__officer=cast.zhangmin)
    for _ in range(3):
        case = his(cast)
        told = {"at": SEP28, "reason": "调岗"}
        made = together(
            lambda told=told: handover.draw_up(cast.zhangmin, by=cast.zhangmin, to=first, **told),
            lambda told=told: handover.arrange(
                seat, officer=cast.zhangmin, by=cast.chenju, to=second, **told
            ),
        )
        (row,) = [one for one in made if isinstance(one, Handover)]
        row = handover.sign(row, by=cast.zhangmin, at=SEP28)
        taken = together(*[lambda row=row: handover.take(row, by=row.to, at=SEP28)] * 2)
        assert sum(isinstance(one, Handover) for one in taken) == 1
        together(*[lambda row=row: _moved(row)] * 2)
        assert Entry.objects.filter(subject=case.subject, fact="HandedOver").count() == 1
        assert Case.objects.get(pk=case.pk).examiner_id == row.to_id
        assert not HandoverLine.objects.filter(handover=row, moved_at__isnull=True).exists()
        Case.objects.filter(pk=case.pk).update(is_open=False)
    assert verify() == []


def _moved(row: Handover) -> int:
    again = Handover.objects.select_related("officer", "to").get(pk=row.pk)
    return handover.move(again, by=SYSTEM, at=SEP28)
