"""选了怎样办: the applicant hands in online and, in the same breath, signs the promise that he chose."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from onewindow.cases.acts.defer import promise_lacking
from onewindow.cases.acts.promise import promise_online
from onewindow.cases.acts.receive import hand_in
from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.promised import may_follow, offer
from onewindow.intake.acts import Told, online
from onewindow.intake.models import Application
from onewindow.people.models import Party
from onewindow.rules.grants import Grant, needs


class Route(StrEnum):
    """怎样办: with everything there, with papers that follow, or on a promise of the conditions."""

    PLAIN = "plain"
    LATER = "later"
    PROMISE = "promise"


@needs(Grant.CASE_APPLY)
@transaction.atomic
def hand_in_on_promise(
    application: Application, *, by: Party, at: datetime, told: Told, route: Route
) -> Case:
    """Submit, and sign; where the promise is refused nothing is handed in."""
    materials = list(application.version.materials.order_by("order"))
    there = set(application.submitted.values_list("material_id", flat=True))
    absent = online.missing(application, materials, there)
    spared = [m for m in absent if m.pk in may_lack(application.version, absent, route)]
    case = hand_in(application, by=by, at=at, told=told, may_lack=[m.pk for m in spared])
    if route is Route.PROMISE:
        promise_online(case, by=by, at=at)
    elif route is Route.LATER:
        promise_lacking(case, by=by, at=at, materials=spared)
    return case


def may_lack(version: ItemVersion, absent: list[Material], route: Route) -> frozenset[int]:
    """Which of the materials that are not there this way of applying does without."""
    if route is Route.LATER:
        return frozenset(m.pk for m in absent if may_follow(m))
    told = offer(version) if route is Route.PROMISE else None
    codes = set(told.materials) if told is not None and not told.empty else set()
    return frozenset(m.pk for m in absent if m.code in codes)


def ways(version: ItemVersion, absent: list[Material]) -> list[Route]:
    """The ways that are open to him with what is there; none where a main paper lacks."""
    told = offer(version)
    found = [] if absent else [Route.PLAIN]
    if absent and all(may_follow(m) for m in absent):
        found.append(Route.LATER)
    if (
        told is not None
        and not told.empty
        and may_lack(version, absent, Route.PROMISE) == {m.pk for m in absent}
    ):
        found.append(Route.PROMISE)
    return found
