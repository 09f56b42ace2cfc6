"""持令牌的是谁: whose token is this, how often was it used, what posts does he hold, and what was answered to this key?

One statement, which commits by itself: a try stays counted, whatever comes of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onewindow.ground.fields import EncryptedText
from onewindow.ground.gathered import made
from onewindow.ground.limits import COUNT_ONE_MORE, Limit, told, wait
from onewindow.ground.prepared import rows
from onewindow.people.acts.tokens import hashed
from onewindow.people.models import ApiToken, Holding, Officer, Party, Post
from onewindow.places.models import County, Window

_SPENT = COUNT_ONE_MORE.format(only="WHERE EXISTS (SELECT FROM people_apitoken WHERE secret_hash = %(hash)s)")
_WHO = f"""
WITH spent AS ({_SPENT})
SELECT to_jsonb(t), to_jsonb(c), to_jsonb(o), to_jsonb(p),
  (SELECT jsonb_agg(jsonb_build_array(to_jsonb(h), to_jsonb(s), to_jsonb(w)) ORDER BY h.id)
   FROM people_holding h JOIN people_post s ON s.id = h.post_id LEFT JOIN places_window w ON w.id = s.window_id
   WHERE h.officer_id = o.id),
  spent.since, spent.count, k.asked, k.status, k.body
FROM spent, people_apitoken t
JOIN people_account a ON a.id = t.account_id AND a.is_active
JOIN places_county c ON c.code = t.county
LEFT JOIN people_officer o ON o.account_id = a.id
LEFT JOIN people_party p ON p.account_id = a.id
LEFT JOIN people_apianswer k ON k.token_id = t.id AND k.key = %(once)s
WHERE t.secret_hash = %(hash)s
"""  # noqa: S608 (our own text)


@dataclass(frozen=True)
class Known:
    """What was answered before to the key that a request carries."""

    asked: bytes
    status: int
    body: str


@dataclass(frozen=True)
class Bearer:
    """A token with its county, how long it has to wait, whoever stands behind it, and the earlier answer."""

    token: ApiToken
    wait: timedelta | None
    actor: Officer | Party | None
    known: Known | None


def bearer(secret: str, key: str, limit: Limit, at: datetime) -> Bearer | None:
    """Whoever holds this token; its actor is None when it speaks for nobody on that day. One more use is counted."""
    digest, day = hashed(secret), at.date()
    found = rows(_WHO, told(limit, digest.hex(), at) | {"hash": digest, "once": key})
    if not found:
        return None
    ((token, county, officer, party, held, since, count, *known),) = (_loaded(row) for row in found)
    token["place_id"] = token.pop("county")
    (made_token,) = made(ApiToken, [token])
    (made_token.place,) = made(County, [county])
    actor = _seated(officer, held or [], day) if officer else _party(party)
    good = made_token.good_on(day)
    pause = wait(limit, since, count, at)
    return Bearer(
        made_token, pause, actor if good else None, _known(*known) if known[1] is not None else None
    )


def _loaded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The JSON columns come as text."""
    return tuple(json.loads(one) if isinstance(one, str) else one for one in row)


def _seated(officer: dict[str, Any], held: list[list[Any]], day: date) -> Officer | None:
    """The officer with his posts; nobody when he has left."""
    (found,) = made(Officer, [officer])
    if found.left_on is not None:
        return None
    found.day, found.holdings = day, [_held(*one) for one in held]
    return found


def _held(holding: dict[str, Any], post: dict[str, Any], window: dict[str, Any] | None) -> Holding:
    (found,), (seat,) = made(Holding, [holding]), made(Post, [post])
    seat.window = made(Window, [window])[0] if window else None
    found.post = seat
    return found


def _party(party: dict[str, Any] | None) -> Party | None:
    return made(Party, [party])[0] if party else None


def _known(asked: bytes, status: int, body: bytes) -> Known:
    return Known(bytes(asked), status, EncryptedText().from_db_value(bytes(body)))
