"""谁看得见: which cases may an officer see? Screens load cases only through here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onewindow.cases.models import Case
from onewindow.people.models import Officer, Party, Post
from onewindow.rules.grants import Grant
from onewindow.rules.stages import DECIDED, STAGE_WORDS, Stage

_OF_CASES = frozenset(grant.value for grant in Grant if grant.value.startswith("cases:"))
_NOTHING = Q(pk__in=())
_EVERYTHING = ~_NOTHING


def visible_to(officer: Officer, in_front: int | None = None) -> QuerySet[Case]:
    """The department's own cases; at a window those taken in at its hall and the results that wait there.

    Whoever supervises sees the county; nobody else sees another office's case. What the person `in_front`
    of a window handed in online is open to that window while his paper was read there.
    """
    seen = _NOTHING
    for post in officer.posts:
        seen |= _through(post)
    if in_front is not None and officer.may(Grant.INTAKE_RECEIVE):
        seen |= Q(applicant=in_front, taken_at__isnull=True)
    return Case.objects.filter(seen, county=officer.county)


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

    The one exception to `visible_to`. It returns stages only, never opinions, minutes, grounds or ratings,
    and its caller writes a line of the access log.
    """
    rows = (
        Case.objects.filter(applicant=party, county=county)
        .order_by("-id")
        .values_list("number", "item_name", "stage", "received_on", "closed_on", "is_open", "taken_at")[
            :limit
        ]
    )
    return [
        Earlier(number, item, STAGE_WORDS[Stage(stage)], received, closed, is_open, is_open and hall is None)
        for number, item, stage, received, closed, is_open, hall in rows
    ]


def _through(post: Post) -> Q:
    """What one post lets its holder see."""
    if post.scope == Post.Scope.COUNTY:
        return _EVERYTHING if Grant.SUPERVISE.value in post.grants else _NOTHING
    if not _OF_CASES & set(post.grants) and Grant.INTAKE_RECEIVE.value not in post.grants:
        return _NOTHING
    if post.scope == Post.Scope.DEPARTMENT:
        return Q(department=post.department_id)
    taken_here = Q(taken_at=post.hall_id)
    waits_here = Q(stage__in=[stage.value for stage in DECIDED])
    return taken_here | waits_here if Grant.CASE_DELIVER.value in post.grants else taken_here
