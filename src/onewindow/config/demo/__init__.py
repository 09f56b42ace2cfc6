"""演示县: what does a demonstration county consist of, and how does it come into an empty installation?

Every loader may run twice, and again after it was killed: each is one transaction that adds what is missing.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from onewindow.config.demo import (
    bookings,
    cast,
    emergency,
    extended,
    hall,
    items,
    machines,
    norms,
    offices,
    sheets,
)
from onewindow.config.refused import Refused
from onewindow.people.demonstration import DEMO_PASSWORD as PASSWORD
from onewindow.people.demonstration import SIGN_INS, sign_ins
from onewindow.places.models import County
from onewindow.places.reads import improving_post, issue_words

__all__ = ["LOADERS", "PASSWORD", "SIGN_INS", "load"]

LOADERS: list[Callable[[County, datetime], None]] = [
    offices.load,
    cast.load,
    hall.load,
    bookings.load,
    emergency.load,
    extended.load,
    machines.load,
    sheets.load,
    norms.load,
    cast.passwords,
    items.load,
]
_LOCK = 0x0E_71_D0_31  # one process loads at a time


def load(now: datetime) -> list[str]:
    """Bring the demonstration county of this installation's pack up to date; answers what a visitor is told."""
    if not settings.DEMO or County.objects.filter(demo=False).exists():
        raise Refused("这不是演示系统，不能装入演示数据：演示请用 make run，并为它另设数据文件夹。")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        county = offices.found(now)
        for loader in LOADERS:
            loader(county, now)
    return [
        f"{county.name}演示账号，密码都是 {PASSWORD}：",
        *map(str, sign_ins(issue_words(county, now.date()), improving_post(county, now.date()))),
    ]
