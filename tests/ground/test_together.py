"""What is written together goes out as one statement, whole or not at all."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from onewindow.cases.models import Case, Verdict
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import answers, change, next_number, put, rows, together
from onewindow.ground.together import waiting, worded, written
from onewindow.journal.models import Subject
from tests.cast import COUNTY, SEP24, assemble

pytestmark = pytest.mark.django_db


def subject(number: str) -> Subject:
    return Subject(county=COUNTY, kind="case", number=number)


def work(asked: CaptureQueriesContext) -> list[str]:
    return [one["sql"] or "" for one in asked.captured_queries if "SAVEPOINT" not in (one["sql"] or "")]


def test_rows_and_changes_go_out_as_one_statement_at_the_end() -> None:
    cast = assemble()
    case = cast.apply()
    told = {"case": case, "finding": "wrong", "by": cast.liwei, "at": SEP24}
    with CaptureQueriesContext(connection) as asked, together(Subject):
        one = subject("一起-1")
        put(one)
        case.item_name = "改了名"
        change(case, "item_name")
        put(
            *(Verdict(material=material, reason="100% 不符", **told) for material in cast.materials),
            leaves=True,
        )
        one.length = 3  # what changes until the end is written with it
        assert one.pk is not None
        assert not Subject.objects.filter(number="一起-1").exists()
    texts = work(asked)
    assert len(texts) == 3, texts  # the numbers, our own look, and all that was written
    assert (Subject.objects.get(pk=one.pk).number, Subject.objects.get(pk=one.pk).length) == ("一起-1", 3)
    assert Case.objects.get(pk=case.pk).item_name == "改了名"
    assert Verdict.objects.filter(case=case, reason="100% 不符").count() == 3


def test_a_row_that_others_need_at_once_is_written_at_once() -> None:
    """A file has its number before a paper points to it, also where all else waits."""
    file = StoredFile(
        county=COUNTY, sha256="a" * 64, size=1, media_type="text/plain", name="a", stored_at=SEP24
    )
    with together(Subject):
        put(file)
        assert StoredFile.objects.filter(pk=file.pk).exists()


def fail() -> None:
    with together(Subject):
        put(subject("一起-2"))
        raise ZeroDivisionError


def write_twice(known: Subject) -> None:
    with transaction.atomic(), together(Subject, Subject):
        put(subject("一起-3"))
        put(subject(known.number))


def test_what_fails_inside_writes_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Subject.objects.filter(number="一起-2").exists()
    assert waiting() is None


def test_what_the_database_refuses_is_refused_whole() -> None:
    known = assemble().apply().subject
    with pytest.raises(IntegrityError):
        write_twice(known)
    assert not Subject.objects.filter(number="一起-3").exists()


def test_inside_another_one_it_goes_out_with_that_one_and_can_be_sent_before() -> None:
    with together(Subject):
        with together(Subject):
            first = subject("一起-4")
            put(first)
        assert not Subject.objects.filter(number="一起-4").exists()
        written()
        assert Subject.objects.get(number="一起-4").pk == first.pk
        written()  # nothing is written twice
    assert Subject.objects.filter(number="一起-4").count() == 1


def test_a_column_may_be_what_another_part_gives_and_the_answer_is_told() -> None:
    heard = []
    with together(Subject) as waits:
        one = subject("~")
        put(one)
        waits.also("SELECT %(word)s::text || '-5' AS made", {"word": "一起"}, name="named")
        waits.word(one, "number", "(SELECT made FROM named)")
        waits.tell("(SELECT made FROM named)", {}, heard.append)
    assert heard == ["一起-5"]
    assert Subject.objects.get(pk=one.pk).number == "一起-5"


def test_the_same_work_is_planned_once() -> None:
    for number in ("一起-6", "一起-7"):
        with together(Subject):
            put(subject(number))
    asked = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %(like)s"
    assert rows(asked, {"like": 'WITH w0 AS (INSERT INTO "journal_subject"%'}) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_the_last_statement_goes_out_alone_where_nothing_was_asked_before_it() -> None:
    """One statement is a transaction by itself: no BEGIN, no COMMIT, and all of it or nothing."""
    put(subject("一起-8"))  # the connection is open
    with transaction.atomic(), together(last=True):
        put(subject("一起-9"), leaves=True)
        assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    assert Subject.objects.filter(number="一起-9").exists()
    assert connection.get_autocommit()


def told_last(*numbers: str) -> None:
    with transaction.atomic(), together(last=True):
        for number in numbers:
            put(subject(number), leaves=True)
        put(Verdict(case_id=0, material_id=0, finding="fits", by_id=0, at=SEP24), leaves=True)


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_at_the_end_of_the_statement_is_refused_whole() -> None:
    """A foreign key that leads nowhere is found when the statement is through, and that is its COMMIT."""
    with pytest.raises(IntegrityError):
        told_last("一起-10", "一起-11")
    assert not Subject.objects.filter(number__in=("一起-10", "一起-11")).exists()
    assert connection.get_autocommit()


def test_several_questions_are_asked_in_one_statement() -> None:
    one, other = subject("一起-12"), subject("一起-13")
    put(one, other)
    asked = "(SELECT number FROM journal_subject WHERE id = %(pk)s)"
    wanted = [worded(asked, {"pk": pk}) for pk in (other.pk, one.pk, 0)]
    next_number(Subject)  # its sequence is known from here on
    with CaptureQueriesContext(connection) as told:
        *numbers, drawn = answers(*wanted, next_number(Subject))
    assert (numbers, len(told)) == (["一起-13", "一起-12", None], 1)
    assert drawn > other.pk
