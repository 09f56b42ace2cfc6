"""The machine and a person at the same moment: one of them, once, and nothing half."""

from uuid import uuid4

import pytest

from onewindow.cases.acts import instant, withdraw
from onewindow.cases.acts.receive import receive
from onewindow.cases.models import Case, Decision, Filing, Judgement
from onewindow.intake.acts import Paper, take_in
from onewindow.journal.reads import verify
from onewindow.people import acts as people
from onewindow.people.models import Delegation, Officer
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed
from onewindow.rules.stages import Stage
from tests.cases.test_instant import TABLE, at_tier, sunli, with_table
from tests.cases.test_races import facts, together
from tests.cast import SEP24, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
ROUNDS = 5


def test_a_machine_grant_and_a_withdrawal_at_once_leave_exactly_one_of_them() -> None:
    cast = with_table()
    for _ in range(ROUNDS):
        case = cast.apply()
        together(
            lambda case=case: instant.judge_at_once(case, by=SYSTEM, at=SEP24),
            lambda case=case: withdraw.withdraw(case, by=cast.wangfang, at=SEP24),
        )
        found = facts(case)
        assert len({"Granted", "Withdrawn"} & set(found)) == 1
        assert Decision.objects.filter(case=case).count() == found.count("Granted")
        assert Judgement.objects.filter(case=case).count() == found.count("JudgedAtOnce")
    assert verify() == []


def test_the_errand_carried_out_twice_at_once_judges_once() -> None:
    cast = with_table()
    for _ in range(ROUNDS):
        case = cast.apply()
        together(*[lambda case=case: instant.judge_at_once(case, by=SYSTEM, at=SEP24)] * 3)
        assert facts(case) == ["Received", "JudgedAtOnce", "Accepted", "Granted"]


def test_the_same_application_sent_twice_at_once_is_granted_once() -> None:
    cast = with_table([TABLE[0]], papers={key: {"necessity": "exempt"} for key in ("sqs", "bjt", "zd")})
    once = uuid4()

    def send() -> Case:
        application = take_in(
            cast.version,
            by=cast.liwei,
            at=SEP24,
            once=once,
            applicant=cast.wangfang,
            window=cast.window,
            form={"shop": "面馆", "area": 46},
            papers=[Paper(cast.materials[0])],
        )
        return receive(application, by=cast.liwei, at=SEP24)

    cases = [one for one in together(send, send, send) if isinstance(one, Case)]
    assert {one.pk for one in cases} == {Case.objects.get().pk}
    together(*[lambda: instant.judge_at_once(cases[0], by=SYSTEM, at=SEP24)] * 2)
    assert Judgement.objects.count() == 1
    assert Decision.objects.count() <= 1


def test_the_machine_and_the_clerk_file_once() -> None:
    cast = at_tier("filing")
    for _ in range(ROUNDS):
        case = cast.apply()
        together(
            lambda case=case: instant.file_at_once(case, by=SYSTEM, at=SEP24),
            lambda case=case: instant.record_filing(case, by=cast.liwei, at=SEP24),
        )
        assert Case.objects.get(pk=case.pk).stage == Stage.FILED
        assert facts(case) == ["Received", "Filed"]
    numbers = sorted(Filing.objects.values_list("number", flat=True))
    assert numbers == [f"罗市监备〔2026〕{n}号" for n in range(1, ROUNDS + 1)]


def test_two_supervisors_look_at_one_machine_grant_once() -> None:
    cast, by = with_table(), sunli()
    case = cast.apply()
    instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    row = Judgement.objects.get()
    results = together(
        lambda: instant.check_machine_grant(row, by=by, at=at(9, 25), right=True),
        lambda: instant.check_machine_grant(row, by=by, at=at(9, 25), right=False, reason="面积错了"),
    )
    assert sum(isinstance(one, NotAllowed) for one in results) == 1
    assert facts(case).count("MachineGrantChecked") == 1


def test_two_delegations_of_one_department_at_once_are_one() -> None:
    cast = at_tier("strict")
    post = cast.chenju.held.get().post
    post.grants = [*post.grants, Grant.CHIEF_DELEGATE.value]
    post.save()

    def give(to: Officer) -> Delegation:
        head = Officer.objects.get(pk=cast.chenju.pk)
        head.day = SEP24.date()
        return people.delegate(
            cast.market, by=head, at=SEP24, officer=to, title="窗口负责人", powers=[Grant.CASE_DECIDE],
            since=SEP24.date(), until=at(12, 31).date(),
        )  # fmt: skip

    results = together(lambda: give(cast.zhangmin), lambda: give(cast.liwei))
    assert sum(isinstance(one, Delegation) for one in results) == 1
    assert Delegation.objects.count() == 1
