"""登录状态: what does this browser's session hold? Django's own in the database, read by a question that is planned once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from onewindow.ground.prepared import Question, slot_text

_NEVER = datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC)


def _held(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


_HELD = Question(_held, slot_text(), _NEVER)


class SessionStore(db.SessionStore):
    """The session of a browser; every page of somebody signed in reads it."""

    def load(self) -> dict[str, Any]:
        found = _HELD.one(self.session_key, timezone.now())
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.session_data)
