"""The page, served on this machine under a domain that does not exist.

The server is the proxy of the programs that capture: a browser that asks its proxy for
http://carnet.example/ asks us, and nothing else is ever reached. So the captures carry an
invented address and no port of one run.
"""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pictures import painted

HOST: Final = "carnet.example"
PLACE: Final = "/2025/09/salt-pans/"
URL: Final = f"http://{HOST}{PLACE}"
TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "js": "text/javascript",
    "png": "image/png",
    "gif": "image/gif",
}
MODIFIED: Final = "Sat, 20 Sep 2025 16:05:00 GMT"


def files() -> dict[str, bytes]:
    """Give what the site holds, by path."""
    page = Path(__file__).parent / "page"
    written = {path.name: path.read_bytes() for path in page.iterdir()}
    written[""] = written.pop("index.html")
    return {PLACE + name: body for name, body in (written | painted()).items()}


class Handler(BaseHTTPRequestHandler):
    """Answers for one site and knows no other."""

    site: dict[str, bytes]

    def do_GET(self) -> None:
        """Answer with a file of the site, or say that there is none."""
        asked = urlsplit(self.path)
        host = asked.hostname or (self.headers["Host"] or "").partition(":")[0]
        body = self.site.get(asked.path) if host == HOST else None
        self.send_response(200 if body is not None else 404)
        body = body if body is not None else b"not here"
        suffix = asked.path.rpartition(".")[2] if "." in asked.path else "html"
        self.send_header("Content-Type", TYPES.get(suffix, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", MODIFIED)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  (http.server's names)

    def log_message(self, *_: object) -> None:
        """Say nothing: the programs say what they do."""


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """Serve the page while the block runs; gives the port of 127.0.0.1."""
    Handler.site = files()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
