"""演示事项: who publishes the item files of the demonstration county, and what if one may not be published?"""

from __future__ import annotations

import logging
from datetime import datetime

from onewindow.catalogue.acts import load_demo
from onewindow.catalogue.demo.format import read_all
from onewindow.people.models import Account
from onewindow.people.reads import on_duty
from onewindow.places.models import County
from onewindow.rules.grants import NotAllowed

_log = logging.getLogger(__name__)


def load(county: County, now: datetime) -> None:
    """吴静, who keeps the catalogue, reviews and publishes what the files say.

    A file that the gate of publication refuses is named and left out; the others come in.
    """
    keeper = on_duty(Account.objects.with_owner().get(username="wujing"), now.date())
    if keeper is None:
        return
    for file in read_all():
        try:
            load_demo(county, by=keeper, at=now, items=[file])
        except NotAllowed as refused:
            _log.warning("演示事项 %s 没有发布：%s", file.key, refused)
