"""事件进程: the event streams alone, for an installation that serves them on a port of their own?"""

import os

from onewindow.config import folders
from onewindow.config.child import end_with_web_server
from onewindow.config.events import PREFIX, Receive, Scope, Send, Streams, answer

end_with_web_server()
_pages = os.environ.get("ONEWINDOW_SERVED_AT", ""), os.environ.get("ONEWINDOW_ORIGINS", "")
_origins = frozenset(origin for told in _pages for origin in told.split(",") if origin)
_database = os.environ.get("ONEWINDOW_DATABASE") or os.environ["DATABASE_URL"]
# The same as the pages' own, with which they seal the tickets that are shown here.
_streams = Streams(_database, folders.key("secret").hex().encode(), _origins)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """No Django in this process: it holds many connections and little else."""
    if scope["type"] != "http":
        return
    if scope["path"].startswith(PREFIX):
        await _streams(scope, receive, send)
    else:
        await answer(send, 404, "这里只有实时事件。")
