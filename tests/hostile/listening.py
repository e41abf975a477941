"""A server on the loopback interface that nobody should ever speak to."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from hostile.ground import SERVED
from hostile.pictures import CANARY, flat

PICTURE = flat(CANARY)


class Listening(ThreadingHTTPServer):
    """Counts connections, even those that never send a line."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[str] = []

    def get_request(self) -> Any:  # noqa: ANN401 - as the base class has it
        self.heard.append("a connection")
        return super().get_request()

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class Handler(BaseHTTPRequestHandler):
    """Answers everything, with what must not come out."""

    server: Listening
    timeout = 2

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        picture = self.path.endswith((".png", ".jpg"))
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if picture else "text/html")
        self.end_headers()
        self.wfile.write(PICTURE if picture else f"<p>{SERVED}</p>".encode())

    do_HEAD = do_POST = do_CONNECT = do_GET  # noqa: N815 - names that the base class wants

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Listening]:
    """Give a running server."""
    with Listening() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
