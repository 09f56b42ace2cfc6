"""The bare Django behind the same bridge, with the same number of threads, as the product."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floor.settings"

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

THREADS = 8
_pages = WSGIMiddleware(get_wsgi_application(), workers=THREADS)


async def application(scope, receive, send):  # type: ignore[no-untyped-def]
    if scope["type"] == "http":
        await _pages(scope, _coroutine(receive), _coroutine(send))


def _coroutine(call):  # type: ignore[no-untyped-def]
    async def wrapped(*told):  # type: ignore[no-untyped-def]
        return await call(*told)

    return wrapped
