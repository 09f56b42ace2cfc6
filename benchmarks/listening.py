"""在听的屏: what does each of many open event streams hear, and when? A process of its own, without the product.

    python -m benchmarks.listening PORT CHANNEL CLIENTS EVENTS

Says `ready` when all are heard, then one line of JSON when all have heard all events, or no more come.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

AT_ONCE, PATIENCE = 50, 3.0
SENT = re.compile(rb'"sent": ?(\d+)')


class Screen(asyncio.Protocol):
    """One display: asks for the stream and notes when it hears what."""

    def __init__(self, channel: str, heard: dict[int, list[float]]) -> None:
        self.channel, self.heard = channel, heard
        self.ready = asyncio.get_running_loop().create_future()
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(f"GET /events/{self.channel} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        *whole, self._left = (self._left + data).split(b"\n\n")
        for event in whole:
            if b"event: state" in event and not self.ready.done():
                self.ready.set_result(None)
            if found := SENT.search(event):
                sent = int(found[1])
                self.heard.setdefault(sent, []).append((now - sent) / 1e6)


async def listen(port: int, channel: str, clients: int, events: int) -> None:
    heard: dict[int, list[float]] = {}
    loop, screens = asyncio.get_running_loop(), []
    for first in range(0, clients, AT_ONCE):
        number = min(AT_ONCE, clients - first)
        opened = [
            loop.create_connection(lambda: Screen(channel, heard), "127.0.0.1", port) for _ in range(number)
        ]
        screens += [screen for _, screen in await asyncio.gather(*opened)]
    await asyncio.wait_for(asyncio.gather(*(screen.ready for screen in screens)), 60)
    await asyncio.sleep(1)  # the state that all are told when the process begins to listen
    print("ready", flush=True)
    expected, before, since = clients * events, -1, time.monotonic()
    while (number := sum(map(len, heard.values()))) < expected:
        if number != before:
            before, since = number, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            break
        await asyncio.sleep(0.1)
    took = sorted(one for each in heard.values() for one in each)
    last = [max(each) for each in heard.values()]
    print(json.dumps({"took": took, "last": last, "lost": expected - len(took)}), flush=True)
    for screen in screens:
        screen.transport.abort()


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
