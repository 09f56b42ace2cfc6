"""Letters fall with the fact that they are about: they say so everywhere at once, and another letter tells it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from onewindow.cases.acts import decide, refuse, void
from onewindow.cases.models import Case
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.told import steps
from onewindow.journal.models import Entry
from onewindow.journal.work import carry_out as work_off
from onewindow.letters import acts
from onewindow.letters.causes import coming
from onewindow.letters.models import Letter, Reissue
from onewindow.letters.reads import LISTED, letters_of, listed, place_words, result_of, to_serve
from onewindow.letters.voided import fallen_with, is_void
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.grants import NotAllowed
from tests.cases.test_void import SEP29, SEP30, TAKER, deputy, granted, place, voided
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def without_the_decision(cast: Cast) -> Case:
    """A decision by mistake, its letter, and the voiding."""
    case = granted(cast)
    carry_out(case.subject)
    voided(cast, case, "Granted", by=deputy(cast))
    return case


def test_a_letter_is_void_from_the_moment_of_the_voiding_before_any_other_letter_is_made(cast: Cast) -> None:
    case = without_the_decision(cast)
    told = {one.kind: place_words(one) for one in letters_of(case.subject)}
    assert told["granted"] == "9 月 29 日已作废"
    assert told["accepted"] == ""
    assert {
        one.title: one.void_on for one in listed(Case.objects.annotate(w_letters=LISTED).get(pk=case.pk))
    }["准予行政许可决定书"] == date(2026, 9, 29)
    assert result_of(case.subject_id) is None
    shown = Client().get(f"/verify/{Letter.objects.get(kind='granted').code}/").content.decode()
    assert "已作废" in shown
    assert "没有被更正或者撤销" not in shown


def test_the_letter_of_the_voiding_names_the_void_one_why_and_where_the_case_stands(cast: Cast) -> None:
    case = without_the_decision(cast)
    carry_out(case.subject)
    letter, old = Letter.objects.get(kind="annulled"), Letter.objects.get(kind="granted")
    assert letter.title == "行政许可申请文书作废告知书"
    assert letter.number == "罗市监许废〔2026〕1号"
    said = text(letter)
    assert old.number in said
    assert "工作人员操作失误" in said
    assert "已受理，正在作出决定" in said
    assert "2026年10月13日" in said
    assert "这是另一件的决定" not in said  # the officers' own words stay with the office
    told = {one.pk: place_words(one) for one in letters_of(case.subject)}
    assert told[old.pk] == f"9 月 29 日已作废，见 {letter.number}"
    assert hasattr(letter, "service")
    (waiting,) = to_serve(cast.liwei)
    assert waiting.letter == letter
    carry_out(case.subject)
    assert Letter.objects.filter(kind="annulled").count() == 1


def test_a_corrected_letter_falls_with_the_first_of_its_chain(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    old = Letter.objects.get(kind="granted")
    acts.ask_correction(
        case, by=cast.chenju, at=SEP29, letter=old.pk, why="写错了", wording={"decided": "准予经营面馆"}
    )
    carry_out(case.subject)
    new = Letter.objects.get(kind="granted", replaces=old)
    assert new.about == old.cause
    voided(cast, case, "Granted", by=deputy(cast))
    assert set(Letter.objects.filter(is_void())) == {old, new}
    with pytest.raises(NotAllowed, match="已经作废，不能更正"):
        acts.ask_correction(
            case, by=cast.chenju, at=SEP30, letter=new.pk, why="再改", wording={"decided": "准予"}
        )
    carry_out(case.subject)
    assert [row[1] for row in Letter.objects.get(kind="annulled").data["annuls"]] == [
        f"{one.number}，2026年9月{one.issued_on.day}日" for one in (old, new)
    ]


def test_a_correction_that_waits_when_its_letter_falls_is_not_confirmed_any_more(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    other = deputy(cast)
    old = Letter.objects.get(kind="granted")
    asked = acts.ask_correction(
        case, by=other, at=SEP29, letter=old.pk, why="写错了", wording={"decided": "准予经营面馆"}
    )
    voided(cast, case, "Granted", by=other)
    with pytest.raises(NotAllowed, match="要更正的文书已经作废"):
        acts.confirm_correction(case, by=cast.chenju, at=SEP30, reissue=asked.pk)
    acts.decline_correction(case, by=cast.chenju, at=SEP30, reissue=asked.pk, remark="文书已作废")
    assert Reissue.objects.get().confirmed is False


def test_a_void_letter_is_neither_served_nor_awaited(cast: Cast) -> None:
    case = cast.apply()
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 25), kind="refused", reasons="不符合", basis="规定")
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 25))
    carry_out(case.subject)
    letter = Letter.objects.get(kind="refused")
    assert [one.letter for one in to_serve(cast.liwei)] == [letter]
    voided(cast, case, "Refused", by=deputy(cast))
    assert list(to_serve(cast.liwei)) == []
    with pytest.raises(NotAllowed, match="更正、作废"):
        acts.serve_at_counter(case, by=cast.liwei, at=SEP30, letter=letter.pk, taker=TAKER)


def test_a_duty_of_a_voided_fact_that_was_not_carried_out_yet_does_nothing(cast: Cast) -> None:
    case = granted(cast)
    voided(cast, case, "Granted", by=deputy(cast))

    context = SimpleNamespace(job=SimpleNamespace(attempts=0))
    for entry in Entry.objects.filter(subject=case.subject).order_by("place"):
        work_off.func(context, entry=entry.pk)
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert kinds == {"receipt", "accepted"}  # no letter fell, so none tells of one
    assert not Message.objects.filter(kind="Granted").exists()
    assert Message.objects.filter(kind="Voided").exists()
    entries = list(Entry.objects.filter(subject=case.subject).order_by("place"))
    assert coming(entries, list(letters_of(case.subject)), [], SEP30) == []


def test_the_letter_that_tells_it_is_awaited_while_it_is_not_made(cast: Cast) -> None:
    case = without_the_decision(cast)
    entries = list(Entry.objects.filter(subject=case.subject).order_by("place"))
    assert [one.name for one in coming(entries, list(letters_of(case.subject)), [], SEP29)] == ["作废告知书"]
    assert [one.kind for one in fallen_with(Entry.objects.get(fact="Voided"))] == ["granted"]


def test_the_applicant_reads_both_the_wrong_fact_and_its_correction_with_the_days(cast: Cast) -> None:
    case = without_the_decision(cast)
    carry_out(case.subject)
    way = steps(progress_of(case.subject_id, cast.county))
    wrong = next(one for one in way if one.voided)
    assert (wrong.title, wrong.text) == ("已准予", "已作废：工作人员操作失误。")
    said = next(one for one in way if one.title == "更正了一项记载").text
    assert said.startswith("9 月 28 日的“已准予”作废：工作人员操作失误。本件现在是“已受理，正在作出决定”。")
    assert "接着计算，到 10 月 13 日" in said
    message = Message.objects.get(kind="Voided")
    assert message.text == said
    assert message.sendings.exists()


def test_the_head_is_asked_and_whoever_asked_hears_what_became_of_it(cast: Cast) -> None:
    case = granted(cast)
    other = deputy(cast)
    asked = void.ask_void(
        case, by=cast.zhangmin, at=SEP29, place=place(case, "Granted"), cause="slip", reason="误点"
    )
    void.decline_void(case, by=other, at=SEP29, voiding=asked.pk, remark="决定没有错。")
    voided(cast, case, "Granted", SEP30, by=other)
    carry_out(case.subject)
    told = [
        (one.kind, one.officer.name)
        for one in OfficerMessage.objects.filter(kind__startswith="Void").order_by(
            "cause__place", "officer__name"
        )
    ]
    assert ("VoidAsked", "孙丽") in told
    assert ("VoidAsked", "张敏") not in told
    assert ("VoidDeclined", "张敏") in told
    assert ("Voided", "张敏") in told


def test_a_decision_taken_anew_has_its_own_letter_and_its_own_result(cast: Cast) -> None:
    case = without_the_decision(cast)
    decide.deny(
        case, by=cast.chenju, at=SEP30, text="不予", grounds="面积不足。", basis="《食品安全法》第三十五条"
    )
    carry_out(case.subject)
    denied = Letter.objects.get(kind="denied")
    assert result_of(case.subject_id) == denied.file
    way = steps(progress_of(case.subject_id, cast.county))
    assert [(one.title, one.voided) for one in way if one.title in ("已准予", "不予办理")] == [
        ("已准予", True),
        ("不予办理", False),
    ]
