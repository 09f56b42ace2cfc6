"""每页都知道的: what does every page know: the place, the mode of reading, who is signed in, and the time?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from onewindow.ground.clock import now, today
from onewindow.notices.reads import COUNTED
from onewindow.people.demonstration import DEMO_PASSWORD, SignIn, sign_ins
from onewindow.people.models import Officer
from onewindow.people.signing import failure_limit
from onewindow.places.models import County
from onewindow.places.reads import here, improving_post, issue_words, pack_here, service_mark, telephone
from onewindow.web.desks import desk_entries, exists, public_entries

MODE_COOKIE = "ow_mode"
AT_MACHINE = "ow_machine"  # a self-service machine of a hall: its value is after how many seconds a page ends
SIGN_UP = "/register/"  # a demonstration alone: elsewhere a clerk who has seen the paper opens the account
ELDER = "elder"


@dataclass(frozen=True)
class Place:
    """What a page says of the place that it belongs to."""

    name: str
    brand: str
    mark: str
    hall_name: str
    address: str
    hours: str
    phone: str
    complaint: str


def place_of(county: County) -> Place:
    """The place in the words of its pack; a brand only where the pack names one."""
    pack, on = pack_here(county), now().date()
    mark = service_mark(county, on)
    return Place(
        name=county.name,
        brand=mark or "网上办事大厅",
        mark=mark,
        hall_name=str(pack.value("venue.county", on) or f"{county.name}政务服务中心"),
        address=county.address,
        hours=county.hours,
        phone=telephone(county, county.phone),
        complaint=telephone(county, county.supervision_phone),
    )


def _sign_ins() -> list[SignIn]:
    return sign_ins(issue_words(here(), today()), improving_post(here(), today()))


def _unread(officer: Officer | None) -> str:
    """How much the officer has not read; it came with his posts and costs the page no statement."""
    held: Any = next(iter(officer.holdings), None) if officer else None
    found = len(getattr(held, "unread", ()))
    return f"{COUNTED}+" if found > COUNTED else str(found or "")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor; the county is read only by a page that shows it."""
    user = getattr(request, "user", None)
    officer = getattr(request, "officer", None)
    return {
        "place": SimpleLazyObject(lambda: place_of(getattr(request, "county", None) or here())),
        # The machine of a hall has no demonstration of its own; it marks its pages as its county does.
        "demo": SimpleLazyObject(lambda: here().demo) if settings.BOX else settings.DEMO,
        "at_box": bool(settings.BOX),
        "elder": request.COOKIES.get(MODE_COOKIE) == ELDER,
        "at_machine": request.COOKIES.get(AT_MACHINE, "")[:4],
        "account": user if user is not None and user.is_authenticated else None,
        "account_url": "/accounts/",
        "now": now(),
        "nav": SimpleLazyObject(lambda: public_entries(request)),
        "desk_nav": SimpleLazyObject(lambda: desk_entries(request, officer)),
        "unread": SimpleLazyObject(lambda: _unread(officer)),
        "desk_where": SimpleLazyObject(lambda: officer.office if officer else ""),
        "signup_url": SIGN_UP if settings.DEMO and exists(SIGN_UP) else "",
        "tries": SimpleLazyObject(lambda: failure_limit(request)),
        "demo_signins": SimpleLazyObject(_sign_ins) if settings.DEMO else (),
        "demo_password": DEMO_PASSWORD if settings.DEMO else "",
    }
