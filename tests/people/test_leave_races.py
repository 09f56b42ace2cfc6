"""A comes back while B acts: whatever the order, one opinion stands, and the record says in whose name it was given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from onewindow.cases.acts import examine
from onewindow.cases.models import Case, Opinion
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people import acts
from onewindow.people.acts import Leave
from onewindow.people.models import Absence, Holding, Officer
from onewindow.people.tick import leaves
from onewindow.rules.grants import Grant, NotAllowed
from tests.cases.test_races import ROUNDS, facts, together
from tests.cast import SEP24, at
from tests.people.conftest import stage
from tests.people.test_leave import AB

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
__all__ = ["stage"]
ONE = timedelta(days=1)


@dataclass
class Week:
    """A leave from Monday to Wednesday that has begun, a case that waits for A, and the Tuesday on which they press."""

    gone: Absence
    case: Case
    tuesday: datetime

    def read(self, ab: AB, who: Officer) -> Officer:
        """As a request of his own reads him at the moment he presses."""
        return ab.today(who, self.tuesday)


@pytest.fixture
def ab(stage: object) -> AB:
    return AB(stage)  # type: ignore[arg-type]


def weeks(ab: AB) -> Iterator[Week]:
    """One leave of A after another."""
    first, a = at(11, 2, 8), ab.stage.cast.zhangmin
    for _ in range(ROUNDS):
        leave = Leave(kind="leave", since=first.date(), until=first.date() + 2 * ONE)
        case, gone = ab.his_case(), acts.go_on_leave(a, by=a, at=SEP24, leave=leave)
        leaves(first)
        yield Week(gone, case, first + ONE)
        first += 7 * ONE


def test_a_is_back_while_b_gives_the_opinion_and_b_has_no_power_afterwards(ab: AB) -> None:
    a = ab.stage.cast.zhangmin
    for week in weeks(ab):
        told = {"at": week.tuesday, "favourable": True, "text": "建议准予。"}
        opinion, back = together(
            lambda week=week, told=told: examine.review(week.case, by=week.read(ab, ab.b), **told),
            lambda week=week: acts.come_back(week.gone, by=a, at=week.tuesday),
        )
        assert isinstance(back, Absence)
        written = Entry.objects.filter(subject=week.case.subject, fact="Reviewed")
        if isinstance(opinion, NotAllowed):
            assert not written.exists()
        else:
            assert written.get().body["instead"] == a.pk
        assert not week.read(ab, ab.b).may(Grant.CASE_EXAMINE)
        assert not Holding.objects.filter(absence=week.gone, until__gte=week.tuesday.date()).exists()
        assert Case.objects.get(pk=week.case.pk).examiner == a
    assert verify() == []


def test_a_and_b_who_give_their_opinions_at_once_give_one(ab: AB) -> None:
    a = ab.stage.cast.zhangmin
    for week in weeks(ab):
        told = {"at": week.tuesday, "favourable": True, "text": "建议准予。"}
        results = together(
            *(
                lambda who=who, week=week, told=told: examine.review(week.case, by=week.read(ab, who), **told)
                for who in (a, ab.b)
            )
        )
        assert sum(isinstance(one, NotAllowed) for one in results) == 1
        assert facts(week.case).count("Reviewed") == 1
        opinion = Opinion.objects.get(case=week.case)
        assert (opinion.by, opinion.instead_of) in ((a, None), (ab.b, a))


def test_who_is_written_back_by_two_hands_at_once_is_back_once(ab: AB) -> None:
    for week in weeks(ab):
        results = together(
            lambda week=week: acts.come_back(week.gone, by=ab.stage.cast.zhangmin, at=week.tuesday),
            lambda week=week: acts.call_back(ab.post, absence=week.gone, by=ab.chenju, at=week.tuesday),
        )
        assert sum(isinstance(one, NotAllowed) for one in results) == 1
        assert Entry.objects.filter(fact="LeaveEnded", body__absence=week.gone.pk).count() == 1
        assert Absence.objects.get(pk=week.gone.pk).last_day == week.gone.since
