"""办件走哪条路: which way did the receipt of a case fix, and what is not done on a shorter one?"""

from __future__ import annotations

from onewindow.cases.models import Case
from onewindow.cases.write import Held
from onewindow.catalogue.models import ItemVersion
from onewindow.rules.facts import Received
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import InForce
from onewindow.rules.risk import TIERS_RULE, Route, route_of

SHORTER = (Route.EXEMPT, Route.FILING)


def route_for(version: ItemVersion, pack: InForce) -> Route:
    """The way of a case that begins now; reads nothing beside what the receipt has already."""
    offered = pack.setting("instant.offered").value is True
    return route_of(version.clock, pack.value(TIERS_RULE, version.kind), instant=offered)


def route_at(case: Case, pack: InForce) -> Route:
    """The way of a case that has just been received."""
    return route_for(case.version, pack)


def way_of(held: Held) -> Route:
    """The way of this case, as its receipt fixed it."""
    first = held.facts[0] if held.facts else None
    return Route(first.route) if isinstance(first, Received) else Route.ALL_STEPS


def refuse_shorter(held: Held) -> None:
    """What needs no approval, or is only filed, is not accepted and examined."""
    way = way_of(held)
    if way is Route.EXEMPT:
        raise NotAllowed("本件是非禁免批的事项，不需要受理和审批，系统会马上书面告知申请人。请刷新后再看。")
    if way is Route.FILING:
        raise NotAllowed(
            "本件是备案备查的事项，不需要受理和审批。材料齐全的请办“备案”，不齐的一次性告知补正。"
        )
