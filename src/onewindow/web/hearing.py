"""等着的页面听什么: where does a page that waits for a letter hear that it is there?"""

from __future__ import annotations

from time import time

from django.conf import settings
from django.http import HttpRequest

from onewindow.cases.models import Case
from onewindow.ground.hearing import channel_of, ticket


def stream_of(request: HttpRequest, case: Case) -> str:
    """The address of the stream of this case, for this browser; only a page whose reader may see the case asks."""
    channel = channel_of(case.subject_id)
    shown = ticket(settings.SECRET_KEY.encode(), channel, request.session.session_key or "", time())
    return f"{settings.EVENTS_URL}/events/{channel}?t={shown}"
