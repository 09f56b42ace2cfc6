"""告诉在等的页面: how does whoever waits in front of a screen learn that something changed, when it has changed?"""

from __future__ import annotations

from django.db import connection

from onewindow.ground.hearing import DATABASE_CHANNEL


def tell(channel: str, data: str) -> None:
    """Send an event with the transaction: it is heard when this is committed, and never when it is not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [DATABASE_CHANNEL, f"{channel} {data}"])
