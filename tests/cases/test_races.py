"""Two people press at the same moment: one act happens, and the other is told."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, connections

from onewindow.cases.acts import accept, decide, examine, withdraw
from onewindow.cases.models import Case, Decision
from onewindow.ground.series import take
from onewindow.intake.acts import Paper, take_in
from onewindow.intake.models import Application
from onewindow.journal.reads import verify
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cast import SEP24, assemble, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
ROUNDS = 6


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts on connections of their own at the same moment; a refusal is a result."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(60)
            results[index] = act()
        except NotAllowed as refused:
            results[index] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return results


def facts(case: Case) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact FROM journal_entry WHERE subject_id = %s ORDER BY place", [case.subject_id]
        )
        return [row[0] for row in cursor.fetchall()]


def test_two_decisions_at_once_are_one_decision() -> None:
    cast = assemble()
    for _ in range(ROUNDS):
        case = cast.accepted()
        examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
        told = {"by": cast.chenju, "at": at(9, 29), "text": "决定"}
        results = together(
            lambda case=case, told=told: decide.grant(case, **told),
            lambda case=case, told=told: decide.deny(case, grounds="不符", basis="依据", **told),
        )
        assert sum(isinstance(r, Decision) for r in results) == 1
        assert sum(isinstance(r, NotAllowed) for r in results) == 1
        assert len({"Granted", "Denied"} & set(facts(case))) == 1
    assert verify() == []


def test_decision_and_withdrawal_at_once_leave_exactly_one_of_them() -> None:
    cast = assemble()
    for _ in range(ROUNDS):
        case = cast.accepted()
        examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
        together(
            lambda case=case: decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予"),
            lambda case=case: withdraw.withdraw(case, by=cast.wangfang, at=at(9, 29)),
        )
        assert len({"Granted", "Withdrawn"} & set(facts(case))) == 1


def test_the_tick_and_the_clerk_at_once_accept_once() -> None:
    cast = assemble()
    for _ in range(ROUNDS):
        case = cast.apply()
        together(
            lambda case=case: accept.accept(case, by=cast.liwei, at=at(10, 10)),
            lambda case=case: accept.accept_by_silence(case, by=SYSTEM, at=at(10, 10)),
        )
        assert len([f for f in facts(case) if f.startswith("Accepted")]) == 1


def test_the_same_page_sent_eight_times_at_once_is_one_application() -> None:
    cast = assemble()
    once = uuid4()

    def send() -> Application:
        return take_in(
            cast.version,
            by=cast.liwei,
            at=SEP24,
            once=once,
            applicant=cast.wangfang,
            window=cast.window,
            form={"shop": "罗山县芳邻小面馆", "area": 46},
            papers=[Paper(cast.materials[0])],
        )

    results = together(*[send] * 8)
    assert {r.pk for r in results if isinstance(r, Application)} == {Application.objects.get().pk}
    assert Application.objects.get().submitted.count() == 1


def test_a_number_series_under_sixteen_writers_has_no_gap_and_no_double() -> None:
    numbers = [n for _ in range(4) for n in together(*[lambda: take("411521000000", "测试")] * 16)]
    assert sorted(numbers) == list(range(1, 65))
