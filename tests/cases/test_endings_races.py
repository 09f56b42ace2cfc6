"""Two who bring one case to its end at the same moment: it goes up or is withdrawn, time renews it or the head grants."""

from datetime import date

import pytest

from onewindow.cases.acts import decide, examine
from onewindow.cases.acts.at_once import decide_at_once
from onewindow.cases.acts.renew import renew_by_law
from onewindow.cases.acts.upward import send_up
from onewindow.cases.acts.withdraw import withdraw
from onewindow.cases.models import Case, Decision, Report
from onewindow.cases.recheck import recheck
from onewindow.journal.reads import verify
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cases.test_at_once import LOOKED, cast_of
from tests.cases.test_races import ROUNDS, facts, together
from tests.cases.test_renewing import RENEWS, applied
from tests.cases.test_upward import UPWARD, looked_at
from tests.cast import SEP24, assemble, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_what_goes_up_and_is_withdrawn_at_once_leaves_no_report_of_a_withdrawn_case() -> None:
    """He may withdraw before it goes up and while it is there; it never goes up once he has withdrawn."""
    cast = assemble(guide=UPWARD)
    for _ in range(ROUNDS):
        case = looked_at(cast)
        up, back = together(
            lambda case=case: send_up(case, by=cast.chenju, at=at(9, 29), opinion="同意报送。"),
            lambda case=case: withdraw(case, by=cast.wangfang, at=at(9, 29)),
        )
        assert not isinstance(back, NotAllowed)
        told = facts(case)
        assert told.count("Withdrawn") == 1
        assert isinstance(up, Report) == Report.objects.filter(case=case).exists() == ("SentUp" in told)
        if "SentUp" in told:
            assert told.index("SentUp") < told.index("Withdrawn")
        assert Case.objects.get(pk=case.pk).stage == "withdrawn"
    assert list(recheck()) == []
    assert verify() == []


def test_time_and_the_head_at_once_renew_a_licence_once() -> None:
    cast = assemble(guide=RENEWS, valid_years=5, validity="5 年")
    for number in range(ROUNDS):
        case = applied(cast, date(2026, 10, 26), f"JY2021{number:04d}")
        examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="建议延续")
        by_law, granted = together(
            lambda case=case: renew_by_law(case, by=SYSTEM, at=at(10, 27, 9)),
            lambda case=case: decide.grant(case, by=cast.chenju, at=at(10, 27, 9), text="准予延续"),
        )
        told = facts(case)
        assert (told.count("RenewedByLaw"), told.count("Granted")) == (int(bool(by_law)), int(not by_law))
        assert isinstance(granted, NotAllowed) == (by_law is True)
        assert Decision.objects.filter(case=case).count() == 1
    assert list(recheck()) == []
    assert verify() == []


def test_the_window_that_presses_twice_at_once_settles_a_case_once() -> None:
    cast = cast_of()
    for _ in range(ROUNDS):
        case = cast.apply()
        told = together(
            *(
                lambda case=case: decide_at_once(
                    case, by=cast.liwei, at=SEP24, text="准予备案", points=LOOKED
                )
                for _ in range(2)
            )
        )
        assert sum(isinstance(one, Decision) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        assert facts(case) == ["Received", "Accepted", "Granted"]
    assert verify() == []
