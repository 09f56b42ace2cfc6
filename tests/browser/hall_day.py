"""What happens in a hall beside the screens that a browser shows, done by its acts on a running installation.

`python hall_day.py lay` lays out the centre (two lines, three windows, a kiosk, a pad) and prints the keys of the machines;
`python hall_day.py take 3` has three people take a number at the guide's desk; `call`, `again`, `begin`, `finish`, `miss`
and `pause` are what 李伟 does at window 3; `notice` is what the manager posts.
"""

import json
import sys
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from onewindow.hall.acts import calling  # noqa: E402
from onewindow.hall.acts.tickets import take  # noqa: E402
from onewindow.hall.models import Ticket  # noqa: E402
from onewindow.hall.reads import current_at  # noqa: E402
from onewindow.ground.clock import now  # noqa: E402
from onewindow.people.models import Holding, Officer, Post  # noqa: E402
from onewindow.places import acts  # noqa: E402
from onewindow.places.models import Device, Hall, Line, Service, Window  # noqa: E402
from onewindow.rules.grants import FOUNDER, Grant  # noqa: E402

QUEUE = [Grant.HALL_TAKE.value, Grant.HALL_CALL.value, Grant.HALL_MANAGE.value]


def hall() -> Hall:
    return Hall.objects.filter(kind=Hall.Kind.CENTRE).order_by("pk")[0]


def window(number: str = "3") -> Window:
    return Window.objects.select_related("hall").get(hall=hall(), number=number)


def liwei() -> Officer:
    found = Officer.objects.get(account__username="liwei")
    found.day = now().date()
    return found


def lay() -> None:
    centre = hall()
    lines = [
        Line.objects.get_or_create(hall=centre, letter=letter, defaults={"name": name, "minutes": 8, "order": n})[0]
        for n, (letter, name) in enumerate(
            [("A", "综合受理"), ("B", "不动产登记"), ("C", "社保医保"), ("D", "公安户政")]
        )
    ]
    for one in Window.objects.filter(hall=centre, is_open=True):
        for line in lines:
            Service.objects.get_or_create(window=one, line=line)
    post, _ = Post.objects.get_or_create(
        county=centre.county, name="叫号", scope="hall", hall=centre, defaults={"grants": QUEUE, "window": window()}
    )
    for officer in (liwei(), Officer.objects.get(account__username="zhoujie")):
        Holding.objects.get_or_create(officer=officer, post=post, since=now().date())
    keys = {}
    for kind, name, at in (
        (Device.Kind.KIOSK, "东门取号机", None),
        (Device.Kind.PAD, "3 号窗口评价器", window()),
        (Device.Kind.DISPLAY, "大厅显示屏", None),
    ):
        device = Device.objects.filter(hall=centre, name=name).first() or acts.add_device(
            centre, by=FOUNDER, at=now(), kind=kind, name=name, window=at, keeper="周洁"
        )
        keys[kind.value] = acts.register_device(device, by=FOUNDER, at=now())
    sys.stdout.write(json.dumps({"hall": centre.pk, "window": window().pk, **keys}))


def do(step: str, word: str) -> None:
    by, at = liwei(), now()
    if step == "take":
        line = Line.objects.filter(hall=hall()).order_by("order")[0]
        for _ in range(int(word)):
            made = take(hall(), line, by=by, at=now(), once=uuid4(), channel=Ticket.Channel.GUIDE)
            sys.stdout.write(f"{made.number} {made.code}\n")
        return
    if step == "notice":
        acts.post_notice(hall(), by=by, at=at, text=word, until=at + timedelta(hours=4))
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
    else:
        do(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
