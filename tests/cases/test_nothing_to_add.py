"""没有可补正的: whoever has nothing to add says so, and the department goes on with what is there."""

import pytest
from django.test import Client

from onewindow.cases.acts import accept, correct, receive, refuse
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.reads import told as messages_of
from onewindow.rules.facts import CorrectionReceived
from onewindow.rules.grants import NotAllowed, NotGranted, Overreach
from tests.api.conftest import program_of
from tests.cast import Cast, at, carry_out
from tests.letters.test_follow import text
from tests.people.conftest import Stage, stage
from tests.web.citizen import correcting, on, page_of, shown
from tests.web.desks import NUMBER, at_desk

pytestmark = pytest.mark.django_db
SEP28, SEP29 = at(9, 28), at(9, 29)
GROUNDS = {"reasons": "没有布局图，不能审查场所。", "basis": "《中华人民共和国行政许可法》第三十二条"}
__all__ = ["stage"]


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return stage.cast


def answered(cast: Cast) -> Case:
    return correct.answer_nothing(correcting(cast), by=cast.wangfang, at=SEP28)


def test_the_case_returns_to_the_department_with_nothing_new(cast: Cast) -> None:
    case = answered(cast)
    assert case.stage == "received"
    entry = Entry.objects.get(subject=case.subject, fact="CorrectionReceived")
    assert entry.body["materials"] == []
    assert entry.by == cast.wangfang.actor_code
    assert case.application.submitted.count() == 2
    assert case.corrections.get().points.get().answered_at is None
    assert case.due_on == at(10, 8).date()  # as after any answer
    assert list(recheck()) == []


def test_it_is_accepted_on_what_is_there_or_refused_and_neither_accepted_as_complete_nor_asked_again(
    cast: Cast,
) -> None:
    case, layout = answered(cast), cast.materials[1]
    with pytest.raises(NotAllowed, match="照现有材料受理"):
        accept.accept(case, by=cast.zhangmin, at=SEP29)
    with pytest.raises(Overreach, match="已经一次性告知过补正"):
        correct.ask_correction(case, by=cast.zhangmin, at=SEP29, demands={layout.pk: "请补"})
    with pytest.raises(NotAllowed, match="已经答复没有可补正的"):
        correct.ask_again(
            case, by=cast.chenju, at=SEP29, demands={layout.pk: "请补"}, what_is_wrong="没有补来"
        )
    assert accept.accept_as_is(case, by=cast.zhangmin, at=SEP29).stage == "examining"


def test_it_may_be_refused_by_the_existing_acts(cast: Cast) -> None:
    case = answered(cast)
    refuse.propose_refusal(case, by=cast.zhangmin, at=SEP29, kind="refused", **GROUNDS)
    refuse.confirm_refusal(case, by=cast.chenju, at=SEP29)
    assert Case.objects.get().stage == "refused"


def test_only_while_the_correction_is_waited_for_and_only_once(cast: Cast) -> None:
    early = cast.apply(bjt="missing")
    with pytest.raises(NotAllowed, match="不能办“补正材料收到”"):
        correct.answer_nothing(early, by=cast.wangfang, at=SEP28)
    case = answered(cast)
    with pytest.raises(NotAllowed, match="不能办"):
        correct.note_nothing(case, by=cast.liwei, at=SEP28)


def test_another_office_and_the_examiner_do_not_say_it_for_him(cast: Cast) -> None:
    case = correcting(cast)
    for officer in (cast.zhaoqiang, cast.zhangmin):
        with pytest.raises(NotGranted):
            correct.note_nothing(case, by=officer, at=SEP28)
        with pytest.raises(NotGranted):
            correct.answer_nothing(case, by=officer, at=SEP28)


def test_after_a_defective_correction_a_second_notice_may_be_answered_so_too(cast: Cast) -> None:
    case, layout = correcting(cast), cast.materials[1]
    correct.receive_correction(case, by=cast.liwei, at=SEP28, papers=[Paper(layout)])
    receive.judge(case, by=cast.liwei, at=SEP28, findings={layout.pk: Found("wrong", "没有标明水池")})
    told = {"demands": {layout.pk: "请标明水池"}, "what_is_wrong": "没有标明水池"}
    correct.ask_again(case, by=cast.chenju, at=SEP28, **told)
    assert correct.answer_nothing(case, by=cast.wangfang, at=SEP29).stage == "received"
    assert accept.accept_as_is(case, by=cast.zhangmin, at=SEP29).stage == "examining"


def test_he_gets_a_receipt_that_says_what_he_answered_and_the_acceptance_repeats_it(cast: Cast) -> None:
    case = answered(cast)
    accept.accept_as_is(case, by=cast.zhangmin, at=SEP29)
    carry_out(case.subject)
    receipt = Letter.objects.get(kind="correction_received")
    assert receipt.title == "行政许可申请补正答复收件凭证"
    said = text(receipt).replace("\n", "")
    assert "没有可以补正的，请按现有材料处理" in said
    assert "共0份" not in said
    assert "答复没有可以补正的，下列材料仍不齐全" in text(Letter.objects.get(kind="accepted")).replace(
        "\n", ""
    )
    notice = text(Letter.objects.get(kind="correction")).replace("\n", "")
    assert "没有可以补正的，也可以这样答复" in notice
    titles = "".join(one.title for one in messages_of(cast.wangfang))
    assert "您答复没有可补正的" in titles


def test_by_number_and_code_he_reads_what_follows_and_shows_the_end_of_his_paper(
    cast: Cast, client: Client
) -> None:
    case = correcting(cast)
    with on(SEP28):
        assert "没有可补正的，请按现有材料处理" in shown(client, case)
        address = f"{page_of(case)}nothing/"
        page = client.get(address).content.decode()
        assert "不会再要您补别的" in page
        wrong = client.post(address, {"last": "0000"})
        assert (wrong.status_code, "对不上" in wrong.content.decode()) == (422, True)
        assert Case.objects.get().stage == "correcting"
        assert client.post(address, {"last": NUMBER[-4:]}).status_code == 302
        after = client.get(page_of(case)).content.decode()
    assert "您答复没有可补正的" in after
    assert "正在按现有材料处理" in after
    assert "您补来的材料" not in after
    assert Entry.objects.get(fact="CorrectionReceived").by.startswith("bearer:")


def test_without_number_and_code_nothing_is_said(cast: Cast, client: Client) -> None:
    case = correcting(cast)
    assert client.post(f"{page_of(case)}nothing/", {"last": NUMBER[-4:]}).status_code == 302
    assert Case.objects.get().stage == "correcting"


def test_the_counter_notes_it_and_the_department_reads_it_in_words(cast: Cast) -> None:
    case = correcting(cast)
    liwei, zhangmin = at_desk(cast.liwei), at_desk(cast.zhangmin)
    with on(SEP28):
        page = liwei.get(f"/cases/{case.number}/do/nothing/").content.decode()
        assert "只在申请人本人或代理人这样答复时登记" in page
        seen = Case.objects.get().subject.length
        assert liwei.post(f"/cases/{case.number}/do/nothing/", {"seen": seen}).status_code == 302
        desk = zhangmin.get(f"/cases/{case.number}/").content.decode()
        head = at_desk(cast.chenju).get(f"/cases/{case.number}/").content.decode()
    assert "申请人答复：没有可补正的，请按现有材料处理" in desk
    assert "照现有材料受理" in desk
    assert "申请人答复没有可补正的" in desk
    assert "批准再次补正" not in head


def test_programs_say_it_for_the_applicant_and_for_the_window(stage: Stage) -> None:
    with on(SEP28):
        mine = correcting(stage.cast)
        hers = program_of(stage, stage.cast.wangfang)
        told = hers.step(mine.number, "nothing-to-add")
        assert (told.status_code, told.json()["stage"]["code"]) == (200, "received")
        other = correcting(stage.cast)
        window, examiner = program_of(stage, stage.cast.liwei), program_of(stage, stage.cast.zhangmin)
        assert examiner.step(other.number, "nothing-to-add").status_code == 403
        assert window.step(other.number, "nothing-to-add").json()["stage"]["code"] == "received"
        assert examiner.step(other.number, "accept-as-is").json()["stage"]["code"] == "examining"


def test_the_fact_says_by_its_emptiness_that_nothing_came() -> None:
    assert CorrectionReceived(on=SEP28.date(), correction=1, materials=()).materials == ()
