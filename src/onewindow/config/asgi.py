"""ASGI: who answers which request: the event streams here, everything else Django in its threads?"""

import os
from string import printable
from typing import Any
from urllib.parse import quote

from a2wsgi import WSGIMiddleware

from onewindow.config.events import PREFIX, Receive, Scope, Send, Streams

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")

from onewindow.config.wsgi import application as pages

THREADS = 8  # of one process; each keeps its own database connection


class Root:
    """One port for both: streams stay in the event loop, pages go to Django as WSGI."""

    def __init__(self, streams: Streams, rest: Any) -> None:
        self.streams = streams
        self.rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"].startswith(PREFIX):
            await self.streams(scope, receive, send)
            return

        await self.rest(_escaped(scope), _coroutine(receive), _coroutine(send))


def _escaped(scope: Scope) -> Scope:
    """A query that somebody sent with raw Chinese bytes, as a browser would have sent it."""
    query = scope["query_string"]
    return scope if query.isascii() else {**scope, "query_string": quote(query, safe=printable).encode()}


def _coroutine(call: Any) -> Any:
    """The bridge to the threads hands these to asyncio, which takes nothing but coroutines."""

    async def wrapped(*told: Any) -> Any:
        return await call(*told)

    return wrapped


def root() -> Root:
    from django.conf import settings

    return Root(
        Streams(settings.DATABASE, settings.SECRET_KEY.encode()), WSGIMiddleware(pages, workers=THREADS)
    )


application = root()
