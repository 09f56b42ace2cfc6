"""A letter is never changed: a mistake in its words is put right by a new one, and both stay."""

import pytest
from django.test import Client

from onewindow.cases.acts import examine, refuse, withdraw
from onewindow.cases.models import Case
from onewindow.ground import files
from onewindow.journal.models import Entry
from onewindow.letters import acts, anew
from onewindow.letters.models import Letter, Reissue, Service
from onewindow.letters.reads import (
    LISTED,
    by_code,
    by_file,
    corrections_to_settle,
    letters_of,
    listed,
    place_words,
    result_of,
    to_serve,
)
from onewindow.notices.models import Message
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer
from tests.letters.test_follow import text
from tests.web.citizen import TAKER, closed, granted, on, shown
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
SEP25, OCT13 = at(9, 25), at(10, 13)
WHY = "申请人姓名写错"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def renamed(cast: Cast, name: str = "王芳芳") -> None:
    """The window put the name in her file right."""
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(name=name)


def the(case: Case, kind: str) -> Letter:
    return letters_of(case.subject).filter(kind=kind).order_by("pk").last()


def corrected(case: Case, kind: str, by: Officer, when=SEP25, **more) -> Letter:
    """The letter of this kind made anew, after the worker has done its duty."""
    acts.ask_correction(case, by=by, at=when, letter=the(case, kind).pk, **{"why": WHY, **more})
    carry_out(case.subject)
    return the(case, kind)


def accepted(cast: Cast) -> Case:
    case = cast.accepted()
    carry_out(case.subject)
    return case


def another_head(cast: Cast) -> Officer:
    grants = [Grant.CASE_DECIDE, Grant.LETTER_CORRECT]
    post = Post.objects.create(
        county=COUNTY, name="副局长", scope="department", department=cast.market, grants=grants
    )
    return officer(COUNTY, "周洁", "S009", post)


def test_a_misspelt_name_is_put_right_by_a_new_letter_with_a_number_and_a_day_of_its_own(cast: Cast) -> None:
    case = accepted(cast)
    old = the(case, "accepted")
    before = files.read(old.file)
    renamed(cast)
    new = corrected(case, "accepted", cast.chenju)
    assert (new.replaces, new.number, new.issued_on) == (old, "罗市监许受〔2026〕2号", SEP25.date())
    told = text(new)
    for words in (
        "王芳芳：",
        "更正本机关2026年9月24日出具的",
        f"（{old.number}）",
        "更正的原因：申请人姓名写错。",
    ):
        assert words in told
    assert "2026年10月13日（星期二）" in told  # the days are counted from the acceptance, as they were
    old.refresh_from_db()
    assert files.read(old.file) == before
    assert "王芳芳" not in text(old)
    assert Case.objects.get(pk=case.pk).applicant_name == "王芳芳"


def test_both_are_found_by_code_and_by_file_and_say_which_one_holds(cast: Cast) -> None:
    case = accepted(cast)
    renamed(cast)
    old = the(case, "accepted")
    new = corrected(case, "accepted", cast.chenju)
    for found in (by_code(old.code), by_file(files.read(old.file))):
        assert found.replaced_by == new
        assert place_words(found) == f"已被更正，以 {new.number} 为准"
    for found in (by_code(new.code), by_file(files.read(new.file))):
        assert place_words(found) == f"更正自 {old.number}"
    lines = {
        one.number: (one.replaces, one.replaced_by)
        for one in listed(Case.objects.annotate(w_letters=LISTED).get(pk=case.pk))
    }
    assert lines[old.number] == ("", new.number)
    assert lines[new.number] == (old.number, "")


def test_the_journal_keeps_who_did_it_and_no_name_and_the_applicant_is_told_once(cast: Cast) -> None:
    case = accepted(cast)
    renamed(cast)
    old = the(case, "accepted")
    corrected(case, "accepted", cast.chenju)
    entry = Entry.objects.get(fact="LetterCorrected")
    assert entry.by == cast.chenju.actor_code
    assert entry.body == {"letter": old.pk, "reissue": Reissue.objects.get().pk}
    carry_out(case.subject)
    assert Message.objects.filter(cause=entry).count() == 1
    assert letters_of(case.subject).filter(kind="accepted").count() == 2


def test_nobody_corrects_a_letter_without_the_power_or_of_another_office(cast: Cast) -> None:
    case = accepted(cast)
    renamed(cast)
    for who in (cast.liwei, cast.zhangmin, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            acts.ask_correction(case, by=who, at=SEP25, letter=the(case, "accepted").pk, why=WHY)
    assert Reissue.objects.count() == 0


def test_a_letter_that_would_say_the_same_again_is_not_made_anew(cast: Cast) -> None:
    case = accepted(cast)
    with pytest.raises(NotAllowed, match="和原来一样"):
        acts.ask_correction(case, by=cast.chenju, at=SEP25, letter=the(case, "accepted").pk, why=WHY)
    renamed(cast)
    with pytest.raises(NotAllowed, match="请写明更正的原因"):
        acts.ask_correction(case, by=cast.chenju, at=SEP25, letter=the(case, "accepted").pk, why=" ")


def test_a_corrected_letter_is_not_corrected_again_but_the_new_one_may_be(cast: Cast) -> None:
    case = accepted(cast)
    renamed(cast)
    first = the(case, "accepted")
    second = corrected(case, "accepted", cast.chenju)
    renamed(cast, "王方芳")
    with pytest.raises(NotAllowed, match="最新的一份"):
        acts.ask_correction(case, by=cast.chenju, at=SEP25, letter=first.pk, why=WHY)
    third = corrected(case, "accepted", cast.chenju, at(9, 28))
    assert third.replaces == second
    assert "2026年10月13日（星期二）" in text(third)


def refused(cast: Cast) -> Case:
    case = cast.apply()
    grounds = {"reasons": "申请的向目不需要许可。", "basis": "《中华人民共和国行政许可法》第三十二条"}
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 24, 15), kind="refused", **grounds)
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 24, 16))
    carry_out(case.subject)
    return case


def test_wrong_words_are_written_again_and_the_new_letter_is_to_be_served(cast: Cast) -> None:
    case = refused(cast)
    old = the(case, "refused")
    right = {"reasons": "申请的项目不需要许可。"}
    new = corrected(case, "refused", cast.chenju, why="理由中有错字", wording=right)
    assert "申请的项目不需要许可" in text(new)
    assert "向目" not in text(new)
    assert [one.letter for one in to_serve(Officer.objects.get(pk=cast.liwei.pk))] == [new]
    with pytest.raises(NotAllowed, match="已经被更正"):
        acts.serve_at_counter(case, by=cast.liwei, at=SEP25, letter=old.pk, taker=TAKER)
    acts.serve_at_counter(case, by=cast.liwei, at=SEP25, letter=new.pk, taker=TAKER)
    carry_out(case.subject)
    assert new.number in text(the(case, "service"))


def test_words_that_a_letter_must_have_are_not_emptied(cast: Cast) -> None:
    case = refused(cast)
    with pytest.raises(NotAllowed, match="不能空着"):
        corrected(case, "refused", cast.chenju, wording={"reasons": " "})


def test_a_proof_of_service_is_never_made_anew(cast: Cast) -> None:
    case = closed(cast)
    carry_out(case.subject)
    renamed(cast)
    with pytest.raises(NotAllowed, match="送达回证"):
        acts.ask_correction(case, by=cast.chenju, at=OCT13, letter=the(case, "service").pk, why=WHY)


def test_the_decider_puts_his_own_decision_letter_right_and_it_is_the_result(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    renamed(cast)
    new = corrected(case, "granted", cast.chenju, OCT13)
    assert result_of(case.subject_id) == new.file
    assert not Service.objects.filter(letter=new).exists()  # it is served as the result


def test_a_decision_that_has_left_the_house_is_served_anew(cast: Cast) -> None:
    case = closed(cast)
    carry_out(case.subject)
    renamed(cast)
    new = corrected(case, "granted", cast.chenju, OCT13)
    acts.serve_at_counter(case, by=cast.liwei, at=OCT13, letter=new.pk, taker=TAKER)
    carry_out(case.subject)
    assert new.number in text(the(case, "service"))
    assert Case.objects.get(pk=case.pk).stage == "closed"


def test_only_the_row_that_changes_is_shown_and_the_rows_keep_their_places(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    old = the(case, "granted")
    words = anew.wording_of(old)["decided"]
    (change,) = anew.changes(old, {"decided": f"{words}以现场为准。"}, OCT13)
    assert (change.word, change.before, change.after) == ("决定", words, f"{words}以现场为准。")
    new = corrected(case, "granted", cast.chenju, OCT13, wording={"decided": f"{words}以现场为准。"})
    assert [row[0] for row in new.data["result"]] == [row[0] for row in old.data["result"]]


def test_somebody_elses_decision_letter_waits_for_whoever_decides(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    renamed(cast)
    zhoujie = another_head(cast)
    asked = acts.ask_correction(case, by=zhoujie, at=OCT13, letter=the(case, "granted").pk, why=WHY)
    carry_out(case.subject)
    assert letters_of(case.subject).filter(kind="granted").count() == 1
    assert list(corrections_to_settle(cast.chenju)) == [asked]
    assert list(corrections_to_settle(zhoujie)) == list(corrections_to_settle(cast.zhaoqiang)) == []
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        acts.confirm_correction(case, by=zhoujie, at=OCT13, reissue=asked.pk)
    with pytest.raises(NotGranted):
        acts.confirm_correction(case, by=cast.zhangmin, at=OCT13, reissue=asked.pk)
    acts.confirm_correction(case, by=cast.chenju, at=OCT13, reissue=asked.pk)
    carry_out(case.subject)
    assert "王芳芳：" in text(the(case, "granted"))
    with pytest.raises(NotAllowed, match="已经处理过"):
        acts.decline_correction(case, by=cast.chenju, at=OCT13, reissue=asked.pk, remark="不用")


def test_a_correction_that_is_declined_leaves_the_letter_and_may_be_asked_for_again(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    renamed(cast)
    zhoujie = another_head(cast)
    letter = the(case, "granted").pk
    asked = acts.ask_correction(case, by=zhoujie, at=OCT13, letter=letter, why=WHY)
    with pytest.raises(NotAllowed, match="请写明不同意"):
        acts.decline_correction(case, by=cast.chenju, at=OCT13, reissue=asked.pk, remark="")
    acts.decline_correction(case, by=cast.chenju, at=OCT13, reissue=asked.pk, remark="身份证上是王芳")
    carry_out(case.subject)
    assert the(case, "granted").pk == letter
    assert acts.ask_correction(case, by=zhoujie, at=OCT13, letter=letter, why=WHY).confirmed is None


def test_a_case_that_ended_early_has_its_letters_corrected_too(cast: Cast) -> None:
    case = accepted(cast)
    withdraw.withdraw(case, by=cast.liwei, at=SEP25)
    carry_out(case.subject)
    renamed(cast)
    assert "王芳芳" in text(corrected(case, "withdrawn", cast.chenju, at(9, 28)))


def test_the_case_goes_on_as_it_was(cast: Cast) -> None:
    case = accepted(cast)
    due = Case.objects.get(pk=case.pk).due_on
    renamed(cast)
    corrected(case, "accepted", cast.chenju)
    now = Case.objects.get(pk=case.pk)
    assert (now.stage, now.due_on) == ("examining", due)
    examine.review(now, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")


def test_the_case_page_offers_it_to_a_head_and_leads_through_it(cast: Cast) -> None:
    case = accepted(cast)
    old = the(case, "accepted")
    path = f"/cases/{case.number}/letters/{old.pk}/correct/"
    with on(SEP25):
        head = at_desk(cast.chenju)
        assert path in head.get(f"/cases/{case.number}/").content.decode()
        assert path not in at_desk(cast.liwei).get(f"/cases/{case.number}/").content.decode()
        assert at_desk(cast.liwei).get(path).status_code == 403
        assert at_desk(cast.zhaoqiang).get(path).status_code == 404
        assert "重新出具的和原来一样" in head.get(path).content.decode()
        renamed(cast)
        assert "王芳芳" in head.get(path).content.decode()
        assert head.post(path, {"why": ""}).status_code == 422
        assert head.post(path, {"why": WHY}).url == f"/cases/{case.number}/"
        assert "更正的文书正在生成" in head.get(f"/cases/{case.number}/").content.decode()
        assert head.post(path, {"why": WHY}).status_code == 409
        carry_out(case.subject)
        page = head.get(f"/cases/{case.number}/").content.decode()
    assert f"更正自 {old.number}" in page
    assert f"已被更正，以 {the(case, 'accepted').number} 为准" in page
    assert path not in page


def test_the_applicant_and_whoever_verifies_read_that_the_old_one_was_corrected(cast: Cast) -> None:
    case = accepted(cast)
    renamed(cast)
    old = the(case, "accepted")
    new = corrected(case, "accepted", cast.chenju)
    page = shown(Client(), case)
    assert "更正了一份文书" in page
    assert f"已被更正，以 {new.number} 为准" in page
    assert f"更正自 {old.number}" in page
    of_the_old = Client().get(f"/verify/{old.code}/").content.decode()
    assert "已被更正" in of_the_old
    assert new.number in of_the_old
    assert old.number in Client().get(f"/verify/{new.code}/").content.decode()


def test_whoever_decides_finds_the_correction_on_his_list_and_settles_it(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    renamed(cast)
    with on(OCT13):
        asker, decider = at_desk(another_head(cast)), at_desk(cast.chenju)
        letter = the(case, "granted")
        asker.post(
            f"/cases/{case.number}/letters/{letter.pk}/correct/", {"why": WHY, "decided": "准予许可。"}
        )
        again = asker.get(f"/cases/{case.number}/letters/{letter.pk}/correct/").content.decode()
        assert "已经有人在更正" in again
        assert 'name="why"' not in again
        path = f"/cases/{case.number}/corrections/{Reissue.objects.get().pk}/"
        assert path in decider.get("/desk/").content.decode()
        assert path not in asker.get("/desk/").content.decode()
        assert "请由另一位" in asker.get(path).content.decode()
        assert asker.post(path, {"confirm": "1"}).status_code == 409
        assert "王芳芳" in decider.get(path).content.decode()
        assert decider.post(path, {"decline": "1", "remark": ""}).status_code == 422
        assert decider.post(path, {"confirm": "1"}).status_code == 302
        assert path not in decider.get("/desk/").content.decode()
    carry_out(case.subject)
    assert the(case, "granted").replaces == letter
