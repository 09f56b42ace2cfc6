"""事件流: how does a change reach the screens that wait for it, without asking again and again?

Server-Sent Events under /events/<channel>[,<channel>…]; the channel of a matter wants a ticket (`ground.hearing`). One LISTEN connection per process hears the single
database channel `onewindow_events`, whose payload is "<channel> <data>"; data are ids, never names: who is
told that something changed reads it again through his own rights. Who was not connected while it changed is
told "state" first, on every connection.
"""

import asyncio
import contextlib
import logging
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import psycopg

from onewindow.ground import hearing

PREFIX = "/events/"
HEARTBEAT_SECONDS = 15.0
MOST_CLIENTS = 2000  # of one process
MOST_WAITING = 100  # events that a slow client may fall behind before it must read the state again
LONGEST_PAUSE = 30.0
CHANNELS = re.compile(r"[a-z0-9][a-z0-9:_-]{0,79}(,[a-z0-9][a-z0-9:_-]{0,79}){0,15}")
STATE = b"event: state\ndata: {}\n\n"
OVER = b""

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
log = logging.getLogger("onewindow.events")


class Client(asyncio.Queue[bytes]):
    """What one open stream has still to be sent."""

    def __init__(self) -> None:
        super().__init__(MOST_WAITING)
        self.put_nowait(STATE)

    def tell(self, event: bytes) -> None:
        if self.full():  # too slow: forget the details, let it read the state again
            self._forget()
            event = STATE
        self.put_nowait(event)

    def end(self) -> None:
        """Nobody is there any more: whoever waits for what is next learns it."""
        self._forget()
        self.put_nowait(OVER)

    def _forget(self) -> None:
        while not self.empty():
            self.get_nowait()


class Hub:
    """All open streams of this process and the one connection that feeds them."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.count = 0
        self._clients: dict[str, set[Client]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None

    def join(self, channels: list[str]) -> Client:
        client = Client()
        for channel in channels:
            self._clients[channel].add(client)
        self.count += 1
        if self._listening is None or self._listening.done():
            self._listening = asyncio.get_running_loop().create_task(self._listen())
        return client

    def leave(self, client: Client, channels: list[str]) -> None:
        for channel in channels:
            self._clients[channel].discard(client)
            if not self._clients[channel]:
                del self._clients[channel]
        self.count -= 1

    def dispatch(self, payload: str) -> None:
        channel, _, data = payload.partition(" ")
        text = f"event: {channel}\ndata: {data.replace(chr(10), ' ')}\n\n".encode()
        for client in self._clients.get(channel, ()):
            client.tell(text)

    async def _listen(self) -> None:
        """Listen for as long as the process lives; after a lost connection all read the state again."""
        pause = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.dsn, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {hearing.DATABASE_CHANNEL}")
                    self._tell_all(STATE)
                    pause = 0.5
                    async for heard in connection.notifies():
                        self.dispatch(heard.payload)
            except psycopg.Error as error:
                log.warning("event stream lost its database: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _tell_all(self, event: bytes) -> None:
        for client in {client for group in self._clients.values() for client in group}:
            client.tell(event)


class Streams:
    """The ASGI application of everything under /events/."""

    def __init__(self, dsn: str, secret: bytes, origins: frozenset[str] = frozenset()) -> None:
        self.hub = Hub(dsn)
        self.secret = secret
        self.origins = origins  # of pages on another port that may listen here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["path"].removeprefix(PREFIX)
        if scope["method"] != "GET" or not CHANNELS.fullmatch(asked):
            await answer(send, 404, "没有这个事件频道。")
        elif (until := self._heard_until(scope, asked)) <= time.time():
            await answer(send, 403, "不能听这个事件频道，请刷新页面。")
        elif self.hub.count >= MOST_CLIENTS:
            await answer(send, 503, "实时连接已满，请稍后刷新页面。")
        else:
            channels = sorted(set(asked.split(",")))
            await self._stream(channels, until, self._allowed(scope), receive, send)

    def _heard_until(self, scope: Scope, asked: str) -> float:
        """Until when this browser may hear all that it asks for."""
        if all(hearing.is_open(channel) for channel in asked.split(",")):
            return float("inf")
        shown = parse_qs(scope["query_string"].decode("latin-1")).get("t", [""])[0]
        return hearing.admitted_until(self.secret, asked, _session(scope), shown, time.time())

    def _allowed(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        origin: bytes = dict(scope["headers"]).get(b"origin", b"")
        if origin.decode("latin-1") not in self.origins:
            return []
        # With its cookie: the ticket of a page is bound to the session.
        return [(b"access-control-allow-origin", origin), (b"access-control-allow-credentials", b"true")]

    async def _stream(
        self,
        channels: list[str],
        until: float,
        allowed: list[tuple[bytes, bytes]],
        receive: Receive,
        send: Send,
    ) -> None:
        client = self.hub.join(channels)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS + allowed})
            await send(_body(b"retry: 3000\n\n"))
            gone.add_done_callback(lambda _: client.end())
            while time.time() < until and (told := await _next(client)) != OVER and not gone.done():
                await send(_body(told))
        except OSError:
            pass  # the other side is gone, which the stream is about to learn
        finally:
            gone.cancel()
            self.hub.leave(client, channels)


def _session(scope: Scope) -> str:
    """The session of whoever asks, as his browser sent it."""
    sent = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    pairs = (part.strip().partition("=") for part in sent.split(";"))
    return next((value for name, _, value in pairs if name == hearing.SESSION_COOKIE), "")


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _next(client: Client) -> bytes:
    """The next event, or a heartbeat when none came."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            return await client.get()
    except TimeoutError:
        return b": \n\n"


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def answer(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    with contextlib.suppress(OSError):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": sentence.encode()})


def _body(part: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": part, "more_body": True}
