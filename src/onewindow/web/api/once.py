"""同一个请求只办一次: how does a request that was sent twice get the same answer twice?

A key that came with its request is kept with the answer in the act's own transaction: what was not kept was
not done. Two at once do the work both; the second finds the key taken, gives everything back and reads the
answer of the first. Only what was done is kept: a refusal may be asked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpResponse

from onewindow.ground import files, sm
from onewindow.ground.prepared import put
from onewindow.ground.whole import whole
from onewindow.people.models import ApiAnswer
from onewindow.rules.grants import NotAllowed
from onewindow.web.api.door import KEY, KEY_LENGTH, ApiRequest, canonical
from onewindow.web.api.problems import Fault, Kind, Refusal

JSON = "application/json"


def once(request: ApiRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `work`, done in one transaction; of an earlier request, when the key was used before."""
    key = request.META.get(KEY, "")
    if not key:
        with files.atomic(), whole():
            return work()
    _check(key)
    asked = sm.digest(f"{request.method} {request.path}\n".encode() + canonical(request))
    token, known = request.auth.token, request.auth.known
    if known is not None:
        return _again(asked, known.asked, known.status, known.body)
    try:
        with files.atomic(), whole():
            answer = work()
            _keep(request, key, asked, answer)
            return answer
    except (IntegrityError, NotAllowed):
        kept = ApiAnswer.objects.filter(token=token, key=key).first()
        if kept is None:
            raise
        return _again(asked, bytes(kept.asked), kept.status, kept.body)


def _check(key: str) -> None:
    if len(key) > KEY_LENGTH or not key.isascii() or not key.isprintable():
        fault = Fault(field="Idempotency-Key", message=f"最多 {KEY_LENGTH} 个可见的 ASCII 字符。")
        raise Refusal(Kind.FAULTS, "幂等键的写法不对。", [fault])


def _keep(request: ApiRequest, key: str, asked: bytes, answer: HttpResponse) -> None:
    put(
        ApiAnswer(
            token=request.auth.token,
            key=key,
            asked=asked,
            status=answer.status_code,
            body=answer.content.decode(),
            at=request.auth.at,
        )
    )


def _again(asked: bytes, before: bytes, status: int, body: str) -> HttpResponse:
    if before != asked:
        raise Refusal(Kind.KEY_REUSED, "这个幂等键已经用在另一个请求上，请换一个新的。")
    answer = HttpResponse(body, status=status, content_type=JSON)
    answer["Cache-Control"] = "no-store"
    answer["Idempotency-Replayed"] = "true"
    if status == 201 and (url := json.loads(body).get("url")):
        answer["Location"] = url
    return answer
