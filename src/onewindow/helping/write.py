"""一次便民服务怎样变动: how does what happens to a request reach its row and the journal?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onewindow.helping.models import AidRequest
from onewindow.journal import write
from onewindow.rules.aids import Stage, after
from onewindow.rules.facts import Fact
from onewindow.rules.grants import Actor


def hold(request: AidRequest) -> AidRequest:
    """The request with its row locked: two who press at once come one after the other."""
    rows = AidRequest.objects.select_for_update(of=("self", "subject"))
    return rows.select_related("subject", "aid", "hall", "party").get(pk=request.pk)


def move(request: AidRequest, fact: Fact, *, by: Actor, at: datetime, **index: Any) -> AidRequest:
    """Write what happened to a request that is held, and put it into the index."""
    request.stage = after(Stage(request.stage), fact.name).value
    for name, value in index.items():
        setattr(request, name, value)
    write.record(request.subject, fact, by=by, at=at)
    request.save(update_fields=["stage", *index])
    return request
