"""What the tests of the citizens' pages share: a browser that has shown a case's number and code, and a fixed day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import time_machine
from django.http import HttpResponse
from django.test import Client

from onewindow.cases.acts import correct, decide, deliver, examine
from onewindow.cases.models import Case
from tests.cast import Cast, at

TRACK = "/track/"
TAKER = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)


@contextmanager
def on(when: datetime) -> Iterator[None]:
    """The server's clock stands still at `when`."""
    with time_machine.travel(when, tick=False):
        yield


def ask(client: Client, number: str, code: str, **more: str) -> HttpResponse:
    return client.post(TRACK, {"number": number, "code": code}, **more)


def page_of(case: Case) -> str:
    return f"{TRACK}{case.number}/"


def shown(client: Client, case: Case) -> str:
    """The page of a case to somebody who has its number and code."""
    assert ask(client, case.number, case.enquiry_code).status_code == 302
    return client.get(page_of(case)).content.decode()


def granted(cast: Cast, *, e_service: bool = False) -> Case:
    case = cast.accepted()
    if e_service:
        type(case.application).objects.filter(pk=case.application_id).update(e_service=True)
    examine.review(case, by=cast.zhangmin, at=at(10, 8), favourable=True, text="洗消间合格，建议准予。")
    decide.grant(case, by=cast.chenju, at=at(10, 9), text="准予许可。")
    return Case.objects.get(pk=case.pk)


def closed(cast: Cast) -> Case:
    case = granted(cast)
    deliver.hand_over(case, by=cast.liwei, at=at(10, 12), taker=TAKER, window=cast.window)
    return Case.objects.get(pk=case.pk)


def correcting(cast: Cast) -> Case:
    case = cast.apply(bjt="missing")
    correct.ask_correction(
        case, by=cast.liwei, at=at(9, 24, 15), demands={cast.materials[1].pk: "请补布局图，标出洗手池。"}
    )
    return Case.objects.get(pk=case.pk)
