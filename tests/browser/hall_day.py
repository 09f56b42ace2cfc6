"""What happens in a hall beside the screens that a browser shows, done by its acts on a running installation.

`python hall_day.py lay` registers the kiosk and the pad and prints their keys; `python hall_day.py take 3` has three people
take a number at the guide's desk; `call`, `again`, `begin`, `finish`, `miss` and `pause` are what 李伟 does at window 3;
`notice` is what the manager posts. `seat 1` prints the session of a clerk who signed in at window 1.
"""

import json
import sys
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from onewindow.config.demo.cast import Staff, passwords  # noqa: E402
from onewindow.ground.clock import now  # noqa: E402
from onewindow.hall.acts import calling  # noqa: E402
from onewindow.hall.acts.tickets import take  # noqa: E402
from onewindow.hall.models import Ticket  # noqa: E402
from onewindow.hall.reads import current_at  # noqa: E402
from onewindow.people.models import Account, Officer  # noqa: E402
from onewindow.people.usual import COUNTER  # noqa: E402
from onewindow.places import acts  # noqa: E402
from onewindow.places.models import County, Device, Hall, Line, Opening, Window  # noqa: E402
from onewindow.rules.grants import FOUNDER  # noqa: E402


def hall() -> Hall:
    return Hall.objects.filter(kind=Hall.Kind.CENTRE).order_by("pk")[0]


def window(number: str = "3") -> Window:
    return Window.objects.select_related("hall").get(hall=hall(), number=number)


def officer(username: str) -> Officer:
    found = Officer.objects.get(account__username=username)
    found.day = now().date()
    return found


def lay() -> None:
    """Register the machines of the demonstration, as their administrator does on each of them."""
    Opening.objects.filter(hall=hall()).delete()  # without hours on file it gives numbers whenever this runs
    keys = {}
    for device in Device.objects.filter(hall=hall(), kind__in=("kiosk", "pad")):
        keys[device.kind] = acts.register_device(device, by=FOUNDER, at=now())
    sys.stdout.write(json.dumps({"hall": hall().pk, "window": window().pk, **keys}))


def seat(number: str) -> None:
    """One more clerk, who sits at a window and has just signed in."""
    county, at, there = County.objects.get(), now(), window(number)
    staff = Staff(county, at)
    post = staff.post(f"{number} 号叫号窗口", COUNTER, hall=there.hall, window=there)
    staff.seat(f"seat{number}", staff.invented(), post)
    passwords(county, at)
    browser = Client()
    browser.force_login(
        Account.objects.get(username=f"seat{number}"), backend="onewindow.people.signing.Backend"
    )
    sys.stdout.write(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def do(step: str, word: str) -> None:
    by, at = officer("liwei"), now()
    if step == "take":
        line = Line.objects.filter(hall=hall()).order_by("order")[0]
        for _ in range(int(word)):
            told = {"once": uuid4(), "channel": Ticket.Channel.GUIDE, "outside": "不在取号时间也要试"}
            made = take(hall(), line, by=by, at=now(), **told)
            sys.stdout.write(f"{made.number} {made.code}\n")
        return
    if step == "notice":
        acts.post_notice(hall(), by=officer("dating"), at=at, text=word, until=at + timedelta(hours=4))
        return
    if step == "pause":
        acts.pause_window(window(), by=by, at=at, reason=word)
        return
    if step == "resume":
        acts.resume_window(window(), by=by, at=at)
        return
    if step == "call":
        found = calling.call_next(window(word or "3"), by=by, at=at)
        sys.stdout.write(f"{found.number} {found.code}" if found else "")
        return
    steps = {
        "again": calling.call_again, "begin": calling.begin, "finish": calling.finish, "miss": calling.miss,
    }  # fmt: skip
    there = current_at(window(word or "3"))
    assert there is not None
    steps[step](there, by=by, at=at)


if __name__ == "__main__":
    if sys.argv[1] == "lay":
        lay()
    elif sys.argv[1] == "seat":
        seat(sys.argv[2])
    else:
        do(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
