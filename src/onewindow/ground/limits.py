"""限次: how often may one thing be tried from one place, the same for all workers, and how long is the wait?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onewindow.ground.fields import lookup
from onewindow.ground.models import Tries
from onewindow.ground.prepared import rows

_LONGEST = timedelta(days=1)
# Waits for no disk: a crash may forget the tries of its last moment, and nothing else is written here.
COUNT_ONE_MORE = """
INSERT INTO ground_tries AS t (name, key, since, count)
SELECT %(name)s, %(key)s, %(at)s, 1 FROM set_config('synchronous_commit', 'off', true) {only}
ON CONFLICT (name, key) DO UPDATE SET
  since = CASE WHEN t.since <= %(before)s THEN excluded.since ELSE t.since END,
  count = CASE WHEN t.since <= %(before)s THEN 1 ELSE t.count + 1 END
RETURNING since, count
"""


@dataclass(frozen=True)
class Limit:
    """So many tries within so much time; `name` keeps the tries of one endpoint apart from another's."""

    name: str
    times: int
    within: timedelta


def spend(limit: Limit, key: str, at: datetime) -> timedelta | None:
    """Count one more try; None when it is allowed, else how long to wait.

    One statement that commits by itself: two workers at once count two, and a try that ends in a refusal
    stays counted. Call it outside of an act's transaction.
    """
    ((since, count),) = rows(_ALONE, told(limit, key, at))
    return wait(limit, since, count, at)


_ALONE = COUNT_ONE_MORE.format(only="")


def told(limit: Limit, key: str, at: datetime) -> dict[str, Any]:
    """The values that `COUNT_ONE_MORE` wants, also where it is a part of another statement."""
    return {
        "name": limit.name,
        "key": lookup(f"{limit.name}:{key}"),
        "at": at,
        "before": at - limit.within,
    }


def wait(limit: Limit, since: datetime, count: int, at: datetime) -> timedelta | None:
    """How long to wait after what `COUNT_ONE_MORE` answered; None when the try is allowed."""
    return None if count <= limit.times else max(since + limit.within - at, timedelta(seconds=1))


def forgive(limit: Limit, key: str) -> None:
    """Forget the tries of one who has shown that he may."""
    Tries.objects.filter(name=limit.name, key=lookup(f"{limit.name}:{key}")).delete()


def tidy(at: datetime) -> int:
    """Throw away tries that count no more; called by the tick."""
    return Tries.objects.filter(since__lt=at - _LONGEST).delete()[0]
