"""别太快: who has tried too often, and what does he read?"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, spend


def too_often(request: HttpRequest, *tries: tuple[Limit, str]) -> HttpResponse | None:
    """Count one try under each limit; the page that says how long to wait when one of them is used up."""
    waits = [wait for limit, key in tries if (wait := spend(limit, key, now())) is not None]
    if not waits:
        return None
    longest = max(waits)
    answer = render(request, "429.html", {"wait": in_words(longest)}, status=429)
    answer["Retry-After"] = str(ceil(longest.total_seconds()))
    return answer


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def in_words(wait: timedelta) -> str:
    """40 秒, 12 分钟, 2 小时."""
    seconds = ceil(wait.total_seconds())
    if seconds < 60:
        return f"{seconds} 秒"
    minutes = -(-seconds // 60)
    return f"{minutes} 分钟" if minutes < 120 else f"{-(-minutes // 60)} 小时"
