"""同一个请求只办一次: how does a request that was sent twice get the same answer twice?

A key that came with its request is kept with the answer in the act's own transaction: what was not kept was
not done. Two at once do the work both; the second finds the key taken, gives everything back and reads the
answer of the first. Only what was done is kept: a refusal may be asked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext

from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpResponse

from onewindow.cases.numbering import NUMBERS, filled
from onewindow.ground import files, sm
from onewindow.ground.fresh import fresh
from onewindow.ground.prepared import put, together
from onewindow.ground.together import waiting
from onewindow.ground.whole import whole
from onewindow.people.models import ApiAnswer
from onewindow.rules.grants import NotAllowed
from onewindow.web.api.door import KEY, KEY_LENGTH, ApiRequest, canonical
from onewindow.web.api.problems import Fault, Kind, Refusal

JSON = "application/json"


def once(
    request: ApiRequest,
    work: Callable[[], HttpResponse],
    *,
    first: Callable[[], Mapping[type[Model], int]] | None = None,
) -> HttpResponse:
    """The answer of `work`, done in one transaction; of an earlier request, when the key was used before.

    With `first`, which reads what `work` needs and draws numbers of rows, all that is written goes out in one
    statement (`ground/together.py`), the answer with it.
    """
    key = request.META.get(KEY, "")
    if key:
        _check(key)
    asked = sm.digest(f"{request.method} {request.path}\n".encode() + canonical(request)) if key else b""
    known = request.auth.known
    if key and known is not None:
        return _again(asked, known.asked, known.status, filled(known.body, known.numbers))
    try:
        numbers = first() if first is not None else None
        with files.atomic(), whole(), nullcontext() if numbers is None else together(last=True) as waits:
            if waits is not None:
                waits.give(numbers or {})
            answer = work()
            with together(last=True):
                kept = _keep(request, key, asked, answer)
    except (IntegrityError, NotAllowed):
        before = ApiAnswer.objects.filter(token=request.auth.token, key=key).first() if key else None
        if before is None:
            raise
        return _again(asked, bytes(before.asked), before.status, filled(before.body, before.numbers))
    return _numbered(answer, kept.numbers)


def _check(key: str) -> None:
    if len(key) > KEY_LENGTH or not key.isascii() or not key.isprintable():
        fault = Fault(field="Idempotency-Key", message=f"最多 {KEY_LENGTH} 个可见的 ASCII 字符。")
        raise Refusal(Kind.FAULTS, "幂等键的写法不对。", [fault])


def _keep(request: ApiRequest, key: str, asked: bytes, answer: HttpResponse) -> ApiAnswer:
    """The answer, under its key if it has one."""
    kept = fresh(
        ApiAnswer,
        token=request.auth.token,
        key=key,
        asked=asked,
        status=answer.status_code,
        body=answer.content.decode(),
        at=request.auth.at,
    )
    waits = waiting()
    if waits is not None and waits.refers_to(NUMBERS):
        waits.word(kept, "numbers", NUMBERS)
        waits.tell(NUMBERS, {}, lambda numbers: setattr(kept, "numbers", numbers))
    if key:
        put(kept, leaves=True)
    return kept


def _numbered(answer: HttpResponse, numbers: str) -> HttpResponse:
    """The answer with the numbers of its case, which are known by now."""
    if numbers:
        answer.content = filled(answer.content.decode(), numbers).encode()
        answer["Location"] = filled(answer["Location"], numbers)
    return answer


def _again(asked: bytes, before: bytes, status: int, body: str) -> HttpResponse:
    if before != asked:
        raise Refusal(Kind.KEY_REUSED, "这个幂等键已经用在另一个请求上，请换一个新的。")
    answer = HttpResponse(body, status=status, content_type=JSON)
    answer["Cache-Control"] = "no-store"
    answer["Idempotency-Replayed"] = "true"
    if status == 201 and (url := json.loads(body).get("url")):
        answer["Location"] = url
    return answer
