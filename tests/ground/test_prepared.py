"""A question that is worded once gives the same answers as the query it stands for."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext

from onewindow.cases.models import Case, Verdict
from onewindow.ground.gathered import beside
from onewindow.ground.prepared import Question, change, put, slot_number, slot_text
from onewindow.people.models import Party
from onewindow.places.models import Region
from tests.cast import SEP24, assemble

FIELDS = Verdict._meta.concrete_fields
pytestmark = pytest.mark.django_db


def _case(pk: int):
    rows = Case.objects.select_related("applicant", "examiner").filter(pk=pk)
    return rows.annotate(w_verdicts=beside(Verdict, case=OuterRef("pk")))


def test_objects_come_whole_with_what_belongs_to_them() -> None:
    cast = assemble()
    one, other = cast.apply(), cast.apply()
    question = Question(_case, slot_number())
    for case in (one, other, one):
        found = question.one(case.pk)
        assert (found, found.applicant, found.examiner) == (case, cast.wangfang, None)
        assert found.enquiry_code == case.enquiry_code
        assert found.received_at == case.received_at
        assert [row["case_id"] for row in found.w_verdicts] == [case.pk] * 3
    assert question.one(0) is None


def test_values_are_bound_and_never_written_into_the_text() -> None:
    question = Question(lambda name: Region.objects.filter(name=name), slot_text())
    Region.objects.create(code="1", name="a' OR '1'='1", level=4)
    Region.objects.create(code="2", name="100%s", level=4)
    assert [one.code for one in question.objects("a' OR '1'='1")] == ["1"]
    assert [one.code for one in question.objects("100%s")] == ["2"]
    assert question.objects("' OR 1=1 --") == []


def test_constants_of_the_query_stay_as_they_are() -> None:
    Region.objects.create(code="3", name="50% 的 %s 村", level=6)
    question = Question(lambda code: Region.objects.filter(name="50% 的 %s 村", code=code), slot_text())
    assert [one.code for one in question.objects("3")] == ["3"]


def test_it_is_counted_like_every_statement() -> None:
    question = Question(lambda paper: Party.objects.filter(paper_hash=paper), b"no such digest")
    question.objects(b"1" * 32)
    with CaptureQueriesContext(connection) as asked:
        question.objects(b"2" * 32)
    assert len(asked) == 1


def test_a_sample_that_the_query_does_not_hold_is_refused() -> None:
    with pytest.raises(RuntimeError, match="does not occur"):
        Question(lambda pk: Region.objects.all(), slot_number()).objects(1)


def test_samples_never_run_out_however_many_questions_are_worded() -> None:
    drawn = [slot_number() for _ in range(1500)] + [slot_text() for _ in range(1500)]
    assert len(set(drawn)) == 3000


def test_a_question_that_nothing_can_fit_is_answered_without_asking() -> None:
    question = Question(lambda code: Region.objects.filter(pk__in=(), code=code), slot_text())
    with CaptureQueriesContext(connection) as asked:
        assert question.objects("3") == question.objects("4") == []
        assert question.one("3") is None
    assert len(asked) == 0


def test_what_is_put_is_what_save_would_have_written() -> None:
    cast = assemble()
    case = cast.apply()
    told = {"case": case, "finding": "wrong", "reason": "100% 不符 %s", "by": cast.liwei, "at": SEP24}
    made = [Verdict(material=material, **told) for material in cast.materials]
    put(*made)
    saved = Verdict.objects.create(material=cast.materials[0], **told)
    assert [one.pk for one in made] == [saved.pk - 3, saved.pk - 2, saved.pk - 1]
    kept = {field.attname: getattr(Verdict.objects.get(pk=made[0].pk), field.attname) for field in FIELDS}
    assert kept | {"id": 0} == {field.attname: getattr(saved, field.attname) for field in FIELDS} | {"id": 0}
    made[0].reason = "改了"
    made[0].save()
    assert Verdict.objects.filter(case=case).count() == 7


def test_what_is_changed_is_changed_and_nothing_else() -> None:
    case = assemble().apply()
    case.stage, case.item_name, case.due_on = "examining", "不写", None
    change(case, "stage", "due_on")
    again = Case.objects.get(pk=case.pk)
    assert (again.stage, again.due_on, again.item_name) == ("examining", None, "食品经营许可（新办）")


def test_a_row_that_may_not_be_there_twice_is_refused() -> None:
    known = assemble().wangfang.paper_hash
    with pytest.raises(IntegrityError), transaction.atomic():
        put(Party(kind="person", name="", paper_kind="resident", paper_number="1", paper_hash=known))


def test_it_is_planned_once_for_the_connection() -> None:
    question = Question(lambda name: Region.objects.filter(name=name), slot_text())
    question.objects("甲")
    question.objects("乙")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%places_region%"]
        )
        assert cursor.fetchone() == (1,)
