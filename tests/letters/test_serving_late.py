"""A letter that was served yesterday and is written down today is served since yesterday, and its proof says both days."""

from datetime import date

import pytest

from onewindow.cases.models import BackDated
from onewindow.journal.models import Entry
from onewindow.letters import acts
from onewindow.letters.models import Service
from onewindow.rules.grants import NotAllowed
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text
from tests.letters.test_serving import TAKER, letter_of, refused
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
SEP28, SEP25 = at(9, 28), date(2026, 9, 25)
WHY = "窗口停电，当天没有登记。"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_handed_over_on_friday_and_written_down_on_monday(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case)
    told = {"by": cast.liwei, "at": SEP28, "letter": letter.pk, "taker": TAKER, "window": cast.window}
    with pytest.raises(NotAllowed, match="写明为什么今天才登记"):
        acts.serve_at_counter(case, **told, on=SEP25)
    with pytest.raises(NotAllowed, match="最多往前 2 个工作日"):
        acts.serve_at_counter(case, **{**told, "at": at(9, 30)}, on=SEP25, why_late=WHY)
    acts.serve_at_counter(case, **told, on=SEP25, why_late=WHY)
    entry = Entry.objects.get(fact="Served")
    assert (entry.on, BackDated.objects.get().entry) == (SEP25, entry)
    assert Service.objects.get().served_at.astimezone(SEP28.tzinfo).date() == SEP25
    carry_out(case.subject)
    proof = case.subject.letters.get(kind="service")
    assert "2026年9月25日（2026年9月28日补录）" in text(proof)


def test_the_receipt_of_the_post_bears_its_own_day_and_none_before_the_parcel(cast: Cast) -> None:
    case = refused(cast)
    letter = letter_of(case)
    acts.send_letter(case, by=cast.liwei, at=at(9, 25), letter=letter.pk, tracking="EMS1")
    told = {"by": cast.liwei, "at": SEP28, "letter": letter.pk, "taker": "王芳", "why_late": "回执今天到"}
    with pytest.raises(NotAllowed, match="9 月 25 日已经有后来的记载"):
        acts.letter_arrived(case, **told, on=date(2026, 9, 24))
    acts.letter_arrived(case, **told, on=date(2026, 9, 26))
    assert Entry.objects.get(fact="Served").on == date(2026, 9, 26)


@pytest.mark.parametrize("way", ["hand", "left"])
def test_the_pages_fold_the_day_away_and_ask_why(cast: Cast, way: str) -> None:
    case = refused(cast)
    address = f"/issue/letters/{letter_of(case).pk}/{way}/"
    told = {"place": "测试路1号", "why": "拒收", "witness": "测试村村委会", "on": "2026-09-25"}
    with on(SEP28):
        desk = at_desk(cast.liwei)
        assert "不是今天的事？补录" in desk.get(address).content.decode()
        answer = desk.post(address, told)
        assert answer.status_code == 422
        assert "请写明为什么今天才登记" in answer.content.decode()
        if way == "left":
            assert desk.post(address, {**told, "why_late": WHY}).status_code == 302
            assert Entry.objects.get(fact="Served").on == SEP25
