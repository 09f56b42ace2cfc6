"""A mail server that takes everything and writes it to the file of FAKE_MAILBOX, one JSON line a letter."""

import json
import os
import socketserver


class Server(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 fake")
        target = ""
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self._say("354 go on")
                self._keep(target)
            elif word == "QUIT":
                self._say("221 bye")
                return
            elif word == "RCPT":
                target = line.split("<")[1].split(">")[0]
            if word != "DATA":
                self._say("250 ok")

    def _keep(self, target: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        with open(os.environ["FAKE_MAILBOX"], "a") as box:
            box.write(json.dumps({"to": target, "content": b"".join(lines).decode()}) + "\n")
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)  # noqa: T201
        server.serve_forever()
