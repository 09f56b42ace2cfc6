"""Letters are numbered without a gap, each prints its own number, and nobody waits while one is printed."""

import importlib
import threading

import pytest
from django.db import connection, connections

from onewindow.cases.models import Case
from onewindow.ground.models import StoredFile
from onewindow.ground.series import take
from onewindow.journal.models import Entry
from onewindow.letters.acts import issue
from onewindow.letters.models import Letter
from onewindow.letters.reads import expected_number
from onewindow.rules.grants import SYSTEM
from tests.cases.test_races import together
from tests.cast import COUNTY, SEP24, Cast, assemble
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db(transaction=True)
MODULE = importlib.import_module("onewindow.letters.acts.issue")
PRINTED = MODULE._printed
SERIES = "SELECT last FROM ground_series WHERE name LIKE 'letter:%%许收%%'"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def entry_of(case: Case) -> Entry:
    return Entry.objects.get(subject=case.subject)


def receipts() -> list[Letter]:
    return list(Letter.objects.filter(kind="receipt").order_by("pk"))


@pytest.mark.race
def test_letters_made_at_the_same_moment_have_numbers_without_a_gap_and_print_their_own(cast: Cast) -> None:
    entries = [entry_of(cast.apply()) for _ in range(6)]
    together(*(lambda one=one: issue(one, by=SYSTEM, kind="receipt") for one in entries))
    assert {letter.number for letter in receipts()} == {f"罗市监许收〔2026〕{n}号" for n in range(1, 7)}
    assert all(letter.number in text(letter) for letter in receipts())


@pytest.mark.race
def test_one_letter_asked_for_twice_at_once_is_one_letter_and_no_number_is_lost(cast: Cast) -> None:
    first, second = entry_of(cast.apply()), entry_of(cast.apply())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "excepthook", lambda *_: None)  # the loser of the race is tried again later
        together(*(lambda: issue(first, by=SYSTEM, kind="receipt") for _ in range(3)))
    issue(second, by=SYSTEM, kind="receipt")
    assert [letter.number for letter in receipts()] == [f"罗市监许收〔2026〕{n}号" for n in (1, 2)]


def test_while_a_letter_is_printed_another_may_take_a_number(cast: Cast, monkeypatch) -> None:
    """Who prints holds nothing: another connection numbers at once, and the overtaken one prints again."""
    entry, printed = entry_of(cast.apply()), []

    def overtaken(draft, number):
        printed.append(number)
        if len(printed) == 1:
            other = threading.Thread(target=_take_at_once, args=(draft.series,))
            other.start()
            other.join(120)
            assert not other.is_alive()
        return PRINTED(draft, number)

    monkeypatch.setattr(MODULE, "_printed", overtaken)
    letter = issue(entry, by=SYSTEM, kind="receipt")
    assert printed == [1, 2]
    assert letter.number == "罗市监许收〔2026〕2号"
    assert letter.number in text(letter)
    assert StoredFile.objects.count() == 1


def test_who_is_overtaken_each_time_prints_while_he_holds_the_number(cast: Cast, monkeypatch) -> None:
    entry, printed = entry_of(cast.apply()), []

    def overtaken(draft, number):
        printed.append(number)
        if len(printed) <= MODULE.GUESSES:
            take(COUNTY, draft.series)
        return PRINTED(draft, number)

    monkeypatch.setattr(MODULE, "_printed", overtaken)
    letter = issue(entry, by=SYSTEM, kind="receipt")
    assert printed == [1, 2, 3, 4]
    assert letter.number == "罗市监许收〔2026〕4号"
    assert StoredFile.objects.count() == 1


def test_a_letter_that_cannot_be_kept_gives_its_number_back(cast: Cast, monkeypatch) -> None:
    entry = entry_of(cast.apply())
    with monkeypatch.context() as broken:
        broken.setattr(MODULE, "to_plain", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue(entry, by=SYSTEM, kind="receipt")
    assert not StoredFile.objects.exists()
    assert issue(entry, by=SYSTEM, kind="receipt").number == "罗市监许收〔2026〕1号"


def test_the_expected_number_is_the_next_one_and_reserves_nothing(cast: Cast) -> None:
    entry = entry_of(cast.apply())
    told = {"kind": "receipt", "item_kind": "行政许可", "on": SEP24.date()}
    assert expected_number(cast.market, **told) == "罗市监许收〔2026〕1号"
    assert expected_number(cast.market, **told) == issue(entry, by=SYSTEM, kind="receipt").number
    assert expected_number(cast.market, **told) == "罗市监许收〔2026〕2号"
    with connection.cursor() as cursor:
        cursor.execute(SERIES)
        assert cursor.fetchall() == [(1,)]


def _take_at_once(series: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")
        take(COUNTY, series)
    finally:
        connections.close_all()
