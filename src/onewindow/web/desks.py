"""工作台: which desks do an officer's posts open, and where does he sit?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from onewindow.people.models import Officer
from onewindow.rules.grants import Grant

# The name of the desk's address, its word, and the powers of which one opens it.
DESKS: tuple[tuple[str, str, tuple[Grant, ...]], ...] = (
    ("counter", "一窗收件", (Grant.INTAKE_RECEIVE,)),
    (
        "desk",
        "待办",
        (Grant.CASE_ACCEPT, Grant.CASE_EXAMINE, Grant.CASE_DECIDE, Grant.CASE_REFUSE, Grant.INTAKE_RECEIVE),
    ),
    ("issue", "统一出件", (Grant.CASE_DELIVER,)),
    ("watch", "监督", (Grant.SUPERVISE,)),
    ("errands", "后续事项", (Grant.ERRANDS_RETRY,)),
)


def nav(request: HttpRequest) -> dict[str, Any]:
    """The context processor; an officer is known once a gate has let him in."""
    officer = getattr(request, "officer", None)
    if not isinstance(officer, Officer):
        return {}
    return {"desk_nav": desks(officer, request.path), "desk_where": officer.office}


def desks(officer: Officer, path: str) -> list[dict[str, Any]]:
    """The desks that this officer's posts open, in the order of the work."""
    found = []
    for name, label, grants in DESKS:
        if not any(officer.may(grant) for grant in grants):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url, "current": path.startswith(url)})
    return found
