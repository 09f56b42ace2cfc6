"""Two who move the days of one case at the same moment: it is lengthened once, and never decided while it is heard."""

import pytest

from onewindow.cases.acts import decide, examine, extend
from onewindow.cases.acts.special import begin_procedure
from onewindow.cases.models import Case, Decision, Extension, Procedure
from onewindow.journal.reads import verify
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import ROUNDS, facts, together
from tests.cases.test_special import GUIDE, plan
from tests.cast import Cast, assemble, at, officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
WHY = "需要向原登记机关核实资料。"


def another(cast: Cast, of: str) -> object:
    """A second examiner or head of the same office."""
    who = getattr(cast, of)
    return officer(who.county, "孙丽", f"S9{of[:2]}", who.posts[0])


def test_two_extensions_at_once_are_one() -> None:
    cast = assemble()
    head, examiner = another(cast, "chenju"), another(cast, "zhangmin")
    for _ in range(ROUNDS):
        case = cast.accepted()
        told = together(
            lambda case=case: extend.ask_extension(case, by=cast.zhangmin, at=at(10, 26), reason=WHY),
            lambda case=case: extend.ask_extension(case, by=examiner, at=at(10, 26), reason=WHY),
        )
        assert sum(isinstance(one, Extension) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        told = together(
            lambda case=case: extend.extend(case, by=cast.chenju, at=at(10, 27)),
            lambda case=case: extend.extend(case, by=head, at=at(10, 27)),
        )
        assert sum(isinstance(one, Case) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert facts(case).count("Extended") == 1
        assert str(Case.objects.get(pk=case.pk).legal_due_on) == "2026-11-12"
    assert verify() == []


def test_approving_and_declining_at_once_leave_exactly_one_of_them() -> None:
    cast = assemble()
    head = another(cast, "chenju")
    for _ in range(ROUNDS):
        case = cast.accepted()
        extend.ask_extension(case, by=cast.zhangmin, at=at(10, 26), reason=WHY)
        together(
            lambda case=case: extend.extend(case, by=cast.chenju, at=at(10, 27)),
            lambda case=case: extend.decline_extension(case, by=head, at=at(10, 27), remark="资料已到。"),
        )
        assert len({"Extended", "ExtensionDeclined"} & set(facts(case))) == 1


def test_a_procedure_and_a_decision_at_once_are_one_of_them() -> None:
    cast = assemble(guide=GUIDE)
    for _ in range(ROUNDS):
        case = cast.accepted()
        examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
        told = together(
            lambda case=case: begin_procedure(case, by=cast.zhangmin, at=at(9, 28), plan=plan()),
            lambda case=case: decide.grant(case, by=cast.chenju, at=at(9, 28), text="准予"),
        )
        assert sum(isinstance(one, Procedure | Decision) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert len({"ProcedureBegun", "Granted"} & set(facts(case))) == 1
    assert verify() == []


def test_the_same_procedure_begun_twice_at_once_is_begun_once() -> None:
    cast = assemble(guide=GUIDE)
    examiner = another(cast, "zhangmin")
    for _ in range(ROUNDS):
        case = cast.accepted()
        told = together(
            lambda case=case: begin_procedure(case, by=cast.zhangmin, at=at(9, 28), plan=plan()),
            lambda case=case: begin_procedure(case, by=examiner, at=at(9, 28), plan=plan()),
        )
        assert sum(isinstance(one, Procedure) for one in told) == 1
        assert facts(case).count("ProcedureBegun") == 1
