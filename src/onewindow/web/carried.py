"""随身带的证件: what does a kiosk keep of the paper that was laid on it, and for how long?

In a cookie of that machine alone, closed with this installation's key, for a few minutes; the first page clears it.
"""

from __future__ import annotations

import base64
import json
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onewindow.ground.fields import seal, unseal
from onewindow.ground.sm import CannotDecrypt
from onewindow.rules.identity import age, birth_date, masked

COOKIE, PATH = "onewindow_paper", "/hall/kiosk/"
LASTS = timedelta(minutes=3)
OLD = 60  # 老年人权益保障法 第二条


@dataclass(frozen=True)
class Paper:
    """An identity card as it was read or typed."""

    number: str

    @property
    def shown(self) -> str:
        return masked(self.number)

    def is_old(self, at: datetime) -> bool:
        born = birth_date(self.number)
        return born is not None and age(born, at.date()) >= OLD

    def carry(self, answer: HttpResponse, at: datetime) -> None:
        told = {**asdict(self), "until": (at + LASTS).timestamp()}
        closed = base64.urlsafe_b64encode(seal(json.dumps(told))).decode()
        answer.set_cookie(
            COOKIE,
            closed,
            max_age=int(LASTS.total_seconds()),
            path=PATH,
            httponly=True,
            samesite="Strict",
            secure=settings.HTTPS,
        )

    @classmethod
    def carried(cls, request: HttpRequest, at: datetime) -> Self | None:
        """The paper of whoever stands there now; nothing when it was long ago."""
        try:
            told = json.loads(unseal(base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))))
        except (CannotDecrypt, NotBase64, ValueError):
            return None
        return cls(str(told["number"])) if told["until"] > at.timestamp() else None


def drop(answer: HttpResponse) -> None:
    answer.delete_cookie(COOKIE, path=PATH, samesite="Strict")
