"""收件即受理: at a place whose text says so, the days run from the receipt, and one letter says both."""

from datetime import date

import pytest

from onewindow.cases.acts.accept import accept, accept_with_receipt
from onewindow.cases.acts.correct import ask_correction, receive_correction
from onewindow.cases.acts.receive import Found, judge
from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.letters.causes import coming
from onewindow.letters.models import Letter
from tests.cast import SEP24, assemble, at, carry_out

pytestmark = pytest.mark.django_db


@pytest.mark.req("FC-3.1.2c")
def test_received_accepted_and_begun_in_one_moment_with_one_letter_for_both() -> None:
    cast = assemble(pack="fangcheng")
    case = accept_with_receipt(cast.apply(), by=cast.liwei, at=SEP24)
    moments = dict(Entry.objects.filter(subject=case.subject).values_list("fact", "at"))
    assert moments == {"Received": SEP24, "Accepted": SEP24}
    entries = list(Entry.objects.filter(subject=case.subject))
    assert [one.name for one in coming(entries, [], [], SEP24, one_letter=True)] == ["受理通知书"]
    carry_out(case.subject)
    letter = Letter.objects.get()
    assert (letter.kind, letter.data["at_receipt"]) == ("accepted", True)
    assert letter.data["enquiry_code"] == case.enquiry_code


def test_elsewhere_receipt_and_acceptance_are_two_letters() -> None:
    cast = assemble()
    case = accept(cast.apply(), by=cast.liwei, at=SEP24)
    carry_out(case.subject)
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["accepted", "receipt"]


def test_accepted_the_next_day_the_days_still_run_from_the_receipt() -> None:
    cast = assemble(pack="fangcheng")
    case = accept(cast.apply(), by=cast.liwei, at=at(9, 28))
    # 9 月 25—27 日中秋放假，28、29、30 日三，10 月 1—7 日放假，8、9 日五，10 日（周六上班）六，12、13 日八。
    assert (case.accepted_on, case.due_on) == (date(2026, 9, 24), date(2026, 10, 13))
    assert list(recheck()) == []


def test_a_lack_is_told_once_and_the_days_run_from_the_receipt_of_what_was_asked_for() -> None:
    cast = assemble(pack="fangcheng")
    case = accept_with_receipt(cast.apply(bjt="missing"), by=cast.liwei, at=SEP24)
    assert case.stage == "received"
    layout = cast.materials[1]
    ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(layout)])
    judge(case, by=cast.liwei, at=at(9, 30), findings={layout.pk: Found("fits")})
    done = accept(Case.objects.get(pk=case.pk), by=cast.liwei, at=at(9, 30))
    assert done.accepted_on == date(2026, 9, 29)
