"""A thousand cases go over, and one of them is decided in the same moment: what does it cost, and what is left half done?"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts import decide, examine, handover
from onewindow.cases.models import Case, Decision, Handover, HandoverLine
from onewindow.cases.reads import handing
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.journal.write import open_subject
from onewindow.people.models import Officer
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cases.test_handover import SEP28, _moved, colleague, drawn, his
from tests.cases.test_races import facts, together
from tests.cast import COUNTY, Cast, assemble, at

MANY = 1000


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def at_work(cast: Cast) -> Officer:
    """Who receives, and everybody on the day of the handover."""
    to = colleague(cast)
    for who in (cast.zhangmin, to, cast.chenju):
        who.day = SEP28.date()
    return to


def many(one: Case, count: int) -> None:
    """As many more rows like this one in the same name."""
    copies = []
    for n in range(count):
        application, case = (
            type(one.application).objects.get(pk=one.application_id),
            Case.objects.get(pk=one.pk),
        )
        application.pk, application.once = None, uuid4()
        application.save(force_insert=True)
        case.pk, case.number, case.application = None, f"{one.number[:-5]}{n + 50000}", application
        case.subject = open_subject(COUNTY, "case", case.number)
        copies.append(case)
    Case.objects.bulk_create(copies)


@pytest.mark.django_db
def test_a_list_of_a_thousand_is_drawn_up_and_signed_in_few_statements_and_read_by_the_page() -> None:
    cast = assemble()
    to, one = at_work(cast), his(cast)
    small = drawn(cast, to)
    few = statements(lambda: handover.sign(small, by=cast.zhangmin, at=SEP28))
    handover.call_off(small, by=cast.zhangmin, at=SEP28)
    many(one, MANY - 1)
    assert handing.cases_of(cast.zhangmin).count() == MANY
    row = drawn(cast, to)
    # the lines are written 500 at a time: one statement more than for one line, and the savepoint around each
    assert statements(lambda: handover.sign(row, by=cast.zhangmin, at=SEP28)) <= few + 3
    assert row.lines.count() == MANY
    assert statements(lambda: handing.page(row)) == 1
    assert len(handing.page(row)) == handing.PAGE + 1


@pytest.mark.django_db
def test_each_case_goes_over_by_itself_at_the_same_cost_and_what_broke_off_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = assemble()
    to = at_work(cast)
    cases = [his(cast) for _ in range(7)]
    row = handover.take(handover.sign(drawn(cast, to), by=cast.zhangmin, at=SEP28), by=to, at=SEP28)
    costs: list[int] = []
    real = handover._move

    def counted(line: int, *told: Any, **more: Any) -> None:
        if len(costs) == 3:
            raise ConnectionError("the server went down")
        costs.append(statements(lambda: real(line, *told, **more)))

    monkeypatch.setattr(handover, "_move", counted)
    with pytest.raises(ConnectionError):
        handover.move(row, by=SYSTEM, at=SEP28)
    assert Case.objects.filter(examiner=to).count() == 3
    assert Handover.objects.get().moved_at is None
    costs.append(0)
    handover.move(row, by=SYSTEM, at=SEP28)
    assert Case.objects.filter(examiner=to).count() == len(cases)
    assert Entry.objects.filter(fact="HandedOver").count() == len(cases)
    assert len(set(costs[1:3] + costs[4:])) == 1
    assert max(costs) <= 12
    assert list(recheck()) == []


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_case_that_is_decided_while_the_handover_is_taken_goes_over_before_or_stays() -> None:
    cast = assemble()
    to = at_work(cast)
    for _ in range(6):
        case, other = reviewed(cast), his(cast)
        row = handover.sign(drawn(cast, to), by=cast.zhangmin, at=SEP28)

        def over(row: Handover = row) -> int:
            handover.take(row, by=row.to, at=SEP28)
            return _moved(row)

        moved, granted = together(
            over, lambda case=case: decide.grant(case, by=cast.chenju, at=SEP28, text="准予。")
        )
        assert isinstance(granted, Decision)
        told, line = facts(case), HandoverLine.objects.get(handover=row, subject=case.subject)
        if "HandedOver" in told:
            assert told.index("HandedOver") < told.index("Granted")
            assert (moved, line.stayed, Case.objects.get(pk=case.pk).examiner) == (2, "", to)
        else:
            assert moved == 1
            assert line.stayed
            assert Case.objects.get(pk=case.pk).examiner == cast.zhangmin
        assert Case.objects.get(pk=other.pk).examiner == to
        assert Handover.objects.get(pk=row.pk).moved_at is not None
        again = together(*[lambda row=row: handover.take(row, by=row.to, at=SEP28)] * 2)
        assert all(isinstance(one, NotAllowed) for one in again)
    assert list(recheck()) == []
    assert verify() == []


def reviewed(cast: Cast) -> Case:
    case = his(cast)
    examine.review(case, by=cast.zhangmin, at=at(9, 24, 15), favourable=True, text="建议准予。")
    return Case.objects.get(pk=case.pk)
