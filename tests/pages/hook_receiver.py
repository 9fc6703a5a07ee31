"""A real program on this machine that is called, and checks what it hears by the library of Standard Webhooks."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What it heard, and what it answers: statuses in turn, the last one for good; headers by status."""

    url: str
    answers: list[int] = field(default_factory=lambda: [200])
    headers: dict[int, dict[str, str]] = field(default_factory=dict)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """Return the bodies, each checked against its signature; raises where one is false."""
        from standardwebhooks import Webhook

        return [Webhook(secret).verify(body.decode(), headers) for headers, body in self.heard]

    @property
    def ids(self) -> list[str]:
        """The ids under which calls came, in order."""
        return [headers["webhook-id"] for headers, _body in self.heard]


@contextmanager
def receiver():
    """Run it on a free port of the loopback."""
    state = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.heard.append(({name.lower(): text for name, text in self.headers.items()}, body))
            status = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            self.send_response(status)
            for name, text in state.headers.get(status, {}).items():
                self.send_header(name, text)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/hook?site=1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
