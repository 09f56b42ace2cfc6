"""A text message gateway: takes messages over HTTP, knows the same key again, can be out of order for a while.

POST /send {key, to, text} → {id}; POST /trouble {times} makes the next calls fail; GET /sent lists what arrived.
"""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = os.environ.get("FAKE_TOKEN", "")
sent: list[dict[str, Any]] = []
state = {"trouble": 0, "calls": 0}
lock = threading.Lock()


class Gateway(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(200, {"sent": sent, "calls": state["calls"]})

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock:
            if self.path == "/trouble":
                state["trouble"] = told["times"]
                return self._answer(200, {})
            state["calls"] += 1
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return self._answer(401, {})
            if state["trouble"] > 0:
                state["trouble"] -= 1
                return self._answer(503, {})
            known = next((one for one in sent if one["key"] == told["key"]), None)
            if known is None:
                known = {**told, "id": f"gw-{len(sent) + 1}"}
                sent.append(known)
            return self._answer(200, {"id": known["id"]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    print(server.server_address[1], flush=True)  # noqa: T201
    server.serve_forever()
