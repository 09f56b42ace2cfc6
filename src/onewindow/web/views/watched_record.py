"""监督更正: which facts were voided or were to be, and which were written down later than they happened?"""

from __future__ import annotations

from onewindow.cases.reads.record import back_dated_page, voidings_page
from onewindow.cases.reads.work import PAGE
from onewindow.ground.clock import SHANGHAI
from onewindow.rules.facts import TERMS_ZH
from onewindow.web.gates import StaffRequest


def voided(request: StaffRequest, after: str) -> dict[str, object]:
    """All voidings, confirmed, declined or waiting, the latest first."""
    rows = voidings_page(request.officer, before=_number(after))
    told = [(one, TERMS_ZH[one.entry.fact]) for one in rows]
    return {"voided": told, "next_key": rows[-1].pk if len(rows) == PAGE else ""}


def dated(request: StaffRequest, after: str) -> dict[str, object]:
    """All that was dated back, the latest first."""
    rows = back_dated_page(request.officer, before=_number(after))
    told = [(one, TERMS_ZH[one.entry.fact], one.entry.at.astimezone(SHANGHAI).date()) for one in rows]
    return {"dated": told, "next_key": rows[-1].pk if len(rows) == PAGE else ""}


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
