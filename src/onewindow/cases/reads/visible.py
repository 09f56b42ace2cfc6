"""谁看得见: which cases may an officer see? Screens load cases only through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from onewindow.cases.models import Case
from onewindow.ground.prepared import Question, slot_text
from onewindow.intake.models import ONLINE
from onewindow.people.models import Officer, Party, Post
from onewindow.rules.grants import Grant
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.stages import DECIDED, STAGE_WORDS, Stage

_OF_CASES = frozenset(grant.value for grant in Grant if grant.value.startswith("cases:"))
KEPT = 64  # sets of posts whose wording is kept in one process
Row = TypeVar("Row", bound=Model)
_NOTHING = Q(pk__in=())
_EVERYTHING = ~_NOTHING
_NUMBER = slot_text()  # one for all questions: each is worded by itself


def visible_to(officer: Officer, in_front: int | None = None) -> QuerySet[Case]:
    """The department's own cases; at a window those taken in at its hall and the results that wait there.

    Whoever supervises sees the county; nobody else sees another office's case. What the person `in_front`
    of a window handed in online, and what still runs, is open to that window while his paper was read there.
    """
    seen = _seen(officer.county, _seats(officer))
    if in_front is not None and officer.may(Grant.INTAKE_RECEIVE):
        return seen | Case.objects.filter(
            applicant=in_front, application__channel__in=ONLINE, is_open=True, county=officer.county
        )
    return seen


class Asked(Generic[Row]):
    """One case, asked for by its number among those that somebody may see; worded once for each set of posts.

    `build` makes of the cases that may be seen and the number what is read of it.
    """

    def __init__(self, build: Callable[[QuerySet[Case], str], QuerySet[Row]]) -> None:
        self._build = build
        self._question = lru_cache(maxsize=KEPT)(self._worded)

    def by(self, officer: Officer, number: str) -> Row | None:
        """The case, or None when there is none that this officer may see."""
        return self._question(officer.county, _seats(officer)).one(number)

    def among(self, visible: QuerySet[Case], number: str) -> Row | None:
        """The same for whoever is not an officer."""
        return self._build(visible, number).first()

    def _worded(self, county: str, seats: tuple[Seat, ...]) -> Question[Row]:
        return Question(lambda number: self._build(_seen(county, seats), number), _NUMBER)


def sees_file(officer: Officer, case: Case) -> bool:
    """Whether opinions and other inner writing are for him: the deciding department's own people and supervisors."""
    inner = {Grant.CASE_EXAMINE.value, Grant.CASE_DECIDE.value, Grant.CASE_REFUSE.value}
    return any(
        Grant.SUPERVISE.value in post.grants
        or (post.department_id == case.department_id and inner & set(post.grants))
        for post in officer.posts
    )


@dataclass(frozen=True)
class Earlier:
    """An earlier matter of the person in front of the clerk: its stage and nothing of its inside."""

    number: str
    item_name: str
    stage: str
    received_on: date
    closed_on: date | None
    is_open: bool
    # Handed in online and still open: the window in front of which he stands may help with it.
    may_open: bool


def stages_of(party: Party, county: str, limit: int = 6) -> list[Earlier]:
    """How far this person's matters are, of whatever office: for the clerk who has his paper in hand.

    The one exception to `visible_to` (of drafts: `intake.reads.unsent_of`). It returns stages only, never opinions, minutes, grounds or ratings,
    and its caller writes a line of the access log.
    """
    rows = (
        Case.objects.filter(applicant=party, county=county)
        .order_by("-id")
        .values_list("number", "item_name", "stage", "received_on", "closed_on", "is_open")
        .annotate(online=Q(application__channel__in=ONLINE))[:limit]
    )
    return [
        Earlier(number, item, STAGE_WORDS[Stage(stage)], received, closed, is_open, is_open and online)
        for number, item, stage, received, closed, is_open, online in rows
    ]


class Seat(NamedTuple):
    """What of a post decides what its holder sees."""

    scope: str
    grants: frozenset[str]
    department: int | None
    hall: int | None


def _seats(officer: Officer) -> tuple[Seat, ...]:
    return tuple(
        Seat(post.scope, frozenset(post.grants), post.department_id, post.hall_id) for post in officer.posts
    )


def _seen(county: str, seats: tuple[Seat, ...]) -> QuerySet[Case]:
    seen = _NOTHING
    for seat in seats:
        seen |= _through(seat)
    return Case.objects.filter(seen, county=county)


def _through(seat: Seat) -> Q:
    """What one post lets its holder see."""
    if seat.scope == Post.Scope.COUNTY:
        if Grant.CASE_EXTEND_JOINT.value in seat.grants and Grant.SUPERVISE.value not in seat.grants:
            return Q(kind=CaseKind.JOINT.value)  # what the government lengthens
        return _EVERYTHING if Grant.SUPERVISE.value in seat.grants else _NOTHING
    if not _OF_CASES & seat.grants and Grant.INTAKE_RECEIVE.value not in seat.grants:
        return _NOTHING
    if seat.scope == Post.Scope.DEPARTMENT:
        return Q(department=seat.department)
    taken_here, waits_here = Q(taken_at=seat.hall), Q(stage__in=[stage.value for stage in DECIDED])
    if (
        _OF_CASES & seat.grants == {Grant.CASE_DELIVER.value}
        and Grant.INTAKE_RECEIVE.value not in seat.grants
    ):
        # Who only hands out sees what is ready and whose originals are still here, and no running case.
        return waits_here | (taken_here & Q(is_open=False))
    return taken_here | waits_here if Grant.CASE_DELIVER.value in seat.grants else taken_here
