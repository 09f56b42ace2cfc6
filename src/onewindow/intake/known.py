"""预填: which fields of an item's form does the applicant's file, or that of his family, answer already?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from onewindow.people.models import PaperKind, Party
from onewindow.rules.identity import tidy_phone

_RESIDENTS = (PaperKind.RESIDENT, PaperKind.HOUSEHOLD)


def _number(party: Party) -> str:
    """公民身份号码: what forms ask for; other papers have numbers of another shape."""
    return party.paper_number if party.paper_kind in _RESIDENTS else ""


def _address(party: Party) -> str:
    """A child lives with the one who acts for it, until its own file says otherwise."""
    return party.address or (party.guardian.address if party.guardian is not None else "")


_TELLS: Mapping[str, Callable[[Party], str]] = {
    "name": lambda party: party.name,
    "number": _number,
    "phone": lambda party: tidy_phone(party.phone),
    "address": _address,
    "representative": lambda party: party.legal_representative,
}


def known(form: Mapping[str, Any], applicant: Party, today: date) -> dict[str, str]:
    """The fields that a file answers, by their names; a statement only when the form asks for a child."""
    asked = {row["key"]: row["known"] for row in form.get("layout") or () if row.get("known")}
    people = {who: _who(who, applicant, today) for who in {told.partition(".")[0] for told in asked.values()}}
    found: dict[str, str] = {}
    for key, told in asked.items():
        who, _, what = told.partition(".")
        party = people[who]
        if party is not None and (text := _TELLS[what](party)):
            found[key] = text
    return found


def filled(form: Mapping[str, Any], applicant: Party, today: date) -> dict[str, list[str]]:
    """The draft with which an application begins: nobody types again what a file holds."""
    return {name: [text] for name, text in known(form, applicant, today).items()}


def _who(who: str, applicant: Party, today: date) -> Party | None:
    """Whom a form means by the applicant, child, guardian, man or woman."""
    if who == "child":
        return applicant if applicant.minor_on(today) else _only_ward(applicant, today)
    if who == "guardian":
        return applicant.guardian if applicant.minor_on(today) else None
    if who in ("man", "woman"):
        return applicant if applicant.sex == {"man": "男", "woman": "女"}[who] else None
    if who != "applicant":
        raise ValueError(f"{who} is nobody whose file a form can ask")
    return applicant


def _only_ward(guardian: Party, today: date) -> Party | None:
    """The child of the one who came, when there is no other that could be meant."""
    wards = Party.objects.filter(guardian=guardian.pk, died_on=None).select_related("guardian").order_by("pk")
    children = [ward for ward in wards[:20] if ward.minor_on(today)]
    return children[0] if len(children) == 1 else None
