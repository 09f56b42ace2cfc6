"""持令牌的是谁: whose token is this, how often was it used, what posts does he hold, and what was answered to this key?

One statement, which commits by itself: a try stays counted, whatever comes of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onewindow.ground.again import Unchanged, copied
from onewindow.ground.fields import EncryptedText
from onewindow.ground.gathered import made
from onewindow.ground.limits import COUNT_ONE_MORE, Limit, told, wait
from onewindow.ground.prepared import rows
from onewindow.people.acts.tokens import hashed
from onewindow.people.models import ApiToken, Holding, Officer, Party, Post
from onewindow.places.models import County, Window

_SPENT = COUNT_ONE_MORE.format(only="WHERE EXISTS (SELECT FROM people_apitoken WHERE secret_hash = %(hash)s)")
# In which state is everything about the holder, and what was answered to the key before?
_STATE = f"""
WITH spent AS ({_SPENT})
SELECT concat_ws(' ', t.xmin, t.ctid, c.xmin, c.ctid, o.xmin, o.ctid, p.xmin, p.ctid, (
    SELECT string_agg(concat_ws(' ', h.xmin, h.ctid, s.xmin, s.ctid, w.xmin, w.ctid), ' ' ORDER BY h.id)
    FROM people_holding h JOIN people_post s ON s.id = h.post_id LEFT JOIN places_window w ON w.id = s.window_id
    WHERE h.officer_id = o.id)),
  spent.since, spent.count, k.asked, k.status, k.body, k.numbers
FROM spent, people_apitoken t
JOIN people_account a ON a.id = t.account_id AND a.is_active
JOIN places_county c ON c.code = t.county
LEFT JOIN people_officer o ON o.account_id = a.id
LEFT JOIN people_party p ON p.account_id = a.id
LEFT JOIN people_apianswer k ON k.token_id = t.id AND k.key = %(once)s
WHERE t.secret_hash = %(hash)s
"""  # noqa: S608 (our own text)
_WHO = """
SELECT to_jsonb(t), to_jsonb(c), to_jsonb(o), to_jsonb(p),
  (SELECT jsonb_agg(jsonb_build_array(to_jsonb(h), to_jsonb(s), to_jsonb(w)) ORDER BY h.id)
   FROM people_holding h JOIN people_post s ON s.id = h.post_id LEFT JOIN places_window w ON w.id = s.window_id
   WHERE h.officer_id = o.id)
FROM people_apitoken t
JOIN people_account a ON a.id = t.account_id AND a.is_active
JOIN places_county c ON c.code = t.county
LEFT JOIN people_officer o ON o.account_id = a.id
LEFT JOIN people_party p ON p.account_id = a.id
WHERE t.secret_hash = %(hash)s
"""


@dataclass(frozen=True)
class Known:
    """What was answered before to the key that a request carries."""

    asked: bytes
    status: int
    body: str
    numbers: str


@dataclass(frozen=True)
class Bearer:
    """A token with its county, how long it has to wait, whoever stands behind it, and the earlier answer."""

    token: ApiToken
    wait: timedelta | None
    actor: Officer | Party | None
    known: Known | None


@dataclass(frozen=True)
class _Holder:
    """What was read of a token and whoever holds it."""

    token: ApiToken
    county: County
    officer: Officer | None
    party: Party | None
    held: tuple[tuple[Holding, Post, Window | None], ...]


_read: Unchanged[_Holder] = Unchanged(most=5000)


def bearer(secret: str, key: str, limit: Limit, at: datetime) -> Bearer | None:
    """Whoever holds this token; its actor is None when it speaks for nobody on that day. One more use is counted."""
    digest = hashed(secret)
    found = rows(_STATE, told(limit, digest.hex(), at) | {"hash": digest, "once": key})
    if not found:
        return None
    ((state, since, count, *known),) = found
    kept = _read.get(digest)
    holder = kept[1] if kept is not None and kept[0] == state else _read_anew(digest, state)
    if holder is None:
        return None
    token = copied(holder.token)
    token.place = copied(holder.county)
    actor = _seated(holder, at.date()) if holder.officer is not None else _party(holder)
    pause = wait(limit, since, count, at)
    good = token.good_on(at.date())
    return Bearer(token, pause, actor if good else None, _known(*known) if known[1] is not None else None)


def _read_anew(digest: bytes, state: str) -> _Holder | None:
    found = rows(_WHO, {"hash": digest})
    if not found:
        return None
    ((token, county, officer, party, held),) = (_loaded(row) for row in found)
    token["place_id"] = token.pop("county")
    holder = _Holder(
        token=made(ApiToken, [token])[0],
        county=made(County, [county])[0],
        officer=made(Officer, [officer])[0] if officer else None,
        party=made(Party, [party])[0] if party else None,
        held=tuple(_held(*one) for one in held or ()),
    )
    _read.keep(digest, state, holder)
    return holder


def _loaded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The JSON columns come as text."""
    return tuple(json.loads(one) if isinstance(one, str) else one for one in row)


def _held(
    holding: dict[str, Any], post: dict[str, Any], window: dict[str, Any] | None
) -> tuple[Holding, Post, Window | None]:
    seat = made(Window, [window])[0] if window else None
    return made(Holding, [holding])[0], made(Post, [post])[0], seat


def _seated(holder: _Holder, day: date) -> Officer | None:
    """The officer with his posts; nobody when he has left."""
    assert holder.officer is not None
    if holder.officer.left_on is not None:
        return None
    found = copied(holder.officer)
    found.day, found.holdings = day, [_with_post(*one) for one in holder.held]
    return found


def _with_post(holding: Holding, post: Post, window: Window | None) -> Holding:
    found = copied(holding)
    found.post = copied(post)
    found.post.window = copied(window) if window is not None else None
    return found


def _party(holder: _Holder) -> Party | None:
    return copied(holder.party) if holder.party is not None else None


def _known(asked: bytes, status: int, body: bytes, numbers: str) -> Known:
    return Known(bytes(asked), status, EncryptedText().from_db_value(bytes(body)), numbers)
