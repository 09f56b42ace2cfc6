"""A browser that turns the pages of a list: by the link that stands there, until there is none."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def turned(desk: Client, address: str, rows: str = "rows", word: str = "after") -> Iterator[list[Any]]:
    """The rows of each page, as the page was given them; `word`: under which the key stands in the address."""
    path = address.partition("?")[0]
    while True:
        page = desk.get(address)
        assert page.status_code == 200, address
        yield list(_told(page.context, rows))
        link = re.search(rf'href="(\?{word}=[^"]*)" rel="next"', page.content.decode())
        if link is None:
            return
        address = path + unescape(link[1])


def _told(context: Any, rows: str) -> Any:
    first, *further = rows.split(".")
    found = context[first]
    for name in further:
        found = getattr(found, name)
    return found


def every(desk: Client, address: str, rows: str = "rows", word: str = "after", size: int = 2) -> list[Any]:
    """All rows in order; every page but the last is full, and the last is not empty."""
    pages = list(turned(desk, address, rows, word))
    assert len(pages) > 1, f"{address} has one page"
    assert {len(page) for page in pages[:-1]} == {size}
    assert 0 < len(pages[-1]) <= size
    return [row for page in pages for row in page]


def statements(desk: Client, address: str) -> int:
    """How many statements the page costs, once everything that is kept was read."""
    desk.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert desk.get(address).status_code == 200
    return len([one for one in seen.captured_queries if "SAVEPOINT" not in str(one["sql"])])
