"""本件之法: which terms, rules and calendar govern one case?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion
from onewindow.people.models import Officer
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules.grants import Actor, NotAllowed
from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind, planned
from onewindow.rules.pack import InForce, Term
from onewindow.rules.standing import CaseLaw

STOPPED = ("decide", "promised", "first_look")  # what a procedure may stop


def pack_for(county: County, pack: str, began: date) -> InForce:
    """The pack that a case keeps, as it was in force on the day when the papers came in."""
    if pack == county.pack:
        return places.pack_here(county, began).at(began)
    return places.pack_of(pack).at(began)


def law_for(version: ItemVersion, channel: str, pack: InForce) -> CaseLaw:
    """The terms of the pack for this kind of item with the item's own days put in."""
    kind = planned_kind(version)
    fitted = (_fit(term, version) for term in pack.terms(version.kind, channel, KIND_WORDS[kind]))
    return CaseLaw(
        terms=tuple(term for term in fitted if term is not None),
        calendar=places.workdays(),
        yellow_percent=int(pack.setting("alert.yellow_percent").value),  # type: ignore[arg-type]
        yellow_days=int(pack.setting("alert.yellow_days").value),  # type: ignore[arg-type]
        hint_days=pack.setting("alert.hint_days").number,
        pickup_days=pack.setting("pickup.reminder_days").number,
        parcel_days=pack.setting("parcel.silent_days").number,
        steps=version.clock.get("steps", {}),
        step_unit=version.promised_unit,  # type: ignore[arg-type]
        kind=kind,
        waits_for_papers=pack.setting("rongque.pauses_promise").value is True,
    )


def planned_kind(version: ItemVersion) -> CaseKind:
    """Which kind of case the guide plans."""
    return planned(version.clock, immediate=version.immediate)


def _fit(term: Term, version: ItemVersion) -> Term | None:
    told = version.clock
    days = term.days_for(version.legal_days, version.promised_days, told.get("above_days"))
    if days is None:
        return None
    unit = term.unit
    if term.from_item == "promised":
        unit = version.promised_unit
    elif term.from_item == "above":
        unit = told.get("above_unit", "working")
    elif term.from_item == "legal" or (term.item_may_set and version.legal_days is not None):
        unit = version.legal_unit
    if (
        told.get("stops") and term.name in STOPPED
    ):  # by the item's own law, where 行政许可法 45 does not govern
        term = replace(term, stops_for=(*term.stops_for, *told["stops"]))
    return term if (days, unit) == (term.days, term.unit) else replace(term, days=days, unit=unit)


def delegated(case: Case, by: Actor) -> bool:
    """Whether this officer answers an application for the department: its own, or a window that it empowered."""
    own = isinstance(by, Officer) and case.department_id in by.department_ids
    return own or case.department.window_accepts


def may_accept(case: Case, by: Actor) -> None:
    """Acceptance belongs to the department; a window accepts only where the department delegated it."""
    if not delegated(case, by):
        raise NotAllowed(f"{case.department}没有授权窗口受理，请先收件，由部门受理。")
