"""在谁手里: who has a case in hand, who else may take it up, and who answers for it in its department?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onewindow.cases.models import Case
from onewindow.people.away import is_away
from onewindow.people.models import Holding, Officer, Post
from onewindow.rules.grants import Grant
from onewindow.rules.stages import DECIDED, Stage

# The power by which a case goes on from a stage.
NEXT_POWER: dict[Stage, Grant] = {
    Stage.RECEIVED: Grant.CASE_ACCEPT,
    Stage.REFUSING: Grant.CASE_REFUSE,
    Stage.EXAMINING: Grant.CASE_EXAMINE,
    Stage.DECIDING: Grant.CASE_DECIDE,
    Stage.ABOVE: Grant.CASE_REPORT,
    Stage.GRANTED: Grant.CASE_DELIVER,
    Stage.DENIED: Grant.CASE_DELIVER,
}


@dataclass(frozen=True)
class Seats:
    """Who sits on a day in the posts that have to do with one case."""

    case: Case
    held: tuple[Holding, ...]

    def with_power(self, grant: Grant) -> list[Officer]:
        """Everybody who may do it, stand-ins among them."""
        return _each(one.officer for one in self.held if grant.value in one.post.grants)

    def in_charge(self) -> list[Officer]:
        """Whoever has the case, or who stands in while he is away; else all whose turn it may be.

        Where all of them are away the heads get it, and where these are too, whoever supervises hears of it.
        """
        power = NEXT_POWER.get(Stage(self.case.stage))
        if power is None:
            return []
        found = self._turn(power)
        return self.there(found) or self.there(self.heads()) or [*found, *self.supervisors()]

    def _turn(self, power: Grant) -> list[Officer]:
        may = self.with_power(power)
        one = self._person(power)
        if one is None:
            return self._others(may)
        his = {held.post_id for held in self.held if held.officer_id == one}
        beside = {
            held.officer_id
            for held in self.held
            if held.instead_of_id == one
            or (held.kind == Holding.Kind.STAND_IN and held.instead_of_id is None and held.post_id in his)
        }
        return [officer for officer in may if officer.pk == one or officer.pk in beside]

    def there(self, officers: Iterable[Officer]) -> list[Officer]:
        """Those of them who are not away."""
        away = {held.officer_id for held in self.held if getattr(held, "away", False)}
        return [officer for officer in officers if officer.pk not in away]

    def heads(self) -> list[Officer]:
        """Who answers for the department: its heads, and whoever has to explain an overrun."""
        own = (held for held in self.held if held.post.department_id == self.case.department_id)
        return _each(
            held.officer for held in own if held.post.head or Grant.OVERDUE_ANSWER.value in held.post.grants
        )

    def supervisors(self) -> list[Officer]:
        county = (held for held in self.held if held.post.scope == Post.Scope.COUNTY)
        return _each(held.officer for held in county if Grant.SUPERVISE.value in held.post.grants)

    def _person(self, power: Grant) -> int | None:
        """The one in whose name it is, while he still may."""
        case = self.case
        stage = Stage(case.stage)
        name = case.examiner_id if stage in (Stage.EXAMINING, Stage.DECIDING) else None
        if stage is Stage.RECEIVED and case.department.window_accepts:
            name = case.taken_by_id
        may = {officer.pk for officer in self.with_power(power)}
        # Who examined it is still its examiner while another decides.
        return name if name in may else None

    def _others(self, may: list[Officer]) -> list[Officer]:
        """Who took it in or examined it does not decide it, and need not be told that it waits for a decision."""
        if self.case.stage != Stage.DECIDING.value:
            return may
        done = {self.case.examiner_id, self.case.taken_by_id}
        return [officer for officer in may if officer.pk not in done] or self.heads() or may


# Whoever watches the county, and whoever lengthens for its government what several offices settle together.
_COUNTY = (Grant.SUPERVISE, Grant.OVERDUE_SETTLE, Grant.CASE_EXTEND_JOINT)


def seats(case: Case, day: date) -> Seats:
    """Those of its department, of the hall that took it in or where its result waits, and those of the county; one statement."""
    near = Q(post__department=case.department_id) | Q(
        post__scope=Post.Scope.COUNTY,
        post__grants__overlap=[one.value for one in _COUNTY],
    )
    if case.taken_at_id:
        near |= Q(post__hall=case.taken_at_id)
    elif Stage(case.stage) in DECIDED:
        near |= Q(post__hall__isnull=False, post__grants__contains=[Grant.CASE_DELIVER.value])
    held = Holding.objects.filter(
        near,
        Q(until__isnull=True) | Q(until__gte=day),
        post__county=case.county,
        since__lte=day,
        officer__left_on__isnull=True,
    )
    beside = held.select_related("officer", "post").annotate(away=is_away("officer", day))
    return Seats(case, tuple(beside.order_by("officer_id", "pk")))


def _each(officers: Iterable[Officer]) -> list[Officer]:
    return list({officer.pk: officer for officer in officers}.values())
