"""A web server on the loopback interface that plays good and bad hosts, and stops by itself."""

import gzip
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Final

from PIL import Image

HOST: Final = "127.0.0.1"


def picture(red: int = 200, size: tuple[int, int] = (160, 120)) -> bytes:
    """Give a PNG that is no icon."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").point(
        lambda value: min(value, red)
    ).save(out, "PNG")
    return out.getvalue()


@dataclass
class Seen:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass
class Loopback:
    """The server's address, and what it saw."""

    port: int
    seen: list[Seen] = field(default_factory=list)
    most_at_once: int = 0

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.seen]


class Handler(BaseHTTPRequestHandler):
    """Answers by path; `server.told` is the Loopback, `server.over` the end of the test."""

    server: "Server"

    def do_GET(self) -> None:
        server = self.server
        one = Seen(self.path, dict(self.headers), time.monotonic())
        with server.lock:
            server.told.seen.append(one)
            server.at_once += 1
            server.told.most_at_once = max(server.told.most_at_once, server.at_once)
        try:
            ROUTES.get(self.path.split("-")[0].split("?")[0], missing)(self)
            self.wfile.flush()
        finally:
            with server.lock:
                one.ended = time.monotonic()
                server.at_once -= 1

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Handler)
        self.told = Loopback(self.server_port)
        self.lock = Lock()
        self.over = Event()
        self.at_once = 0

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that leave early are what the tests are about."""


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Give a running server; it is gone after the block."""
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.told
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def image(handler: Handler) -> None:
    body = picture()
    handler.send(200, body, Content_Type="image/png", Content_Length=str(len(body)))


def slow_image(handler: Handler) -> None:
    handler.server.over.wait(0.2)
    image(handler)


def missing(handler: Handler) -> None:
    handler.send(404, b"<html>gone</html>", Content_Type="text/html")


def moved(where: str) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.send(302, Location=where.format(port=handler.server.server_port))

    return answer


def html(handler: Handler) -> None:
    handler.send(200, b"<!DOCTYPE html><title>Please sign in</title>", Content_Type="image/png")


def drip(handler: Handler) -> None:
    """Send a picture's bytes one by one, each soon enough for a limit on silence."""
    handler.send(200, Content_Type="image/png")
    with suppress(OSError):
        for byte in picture():
            handler.wfile.write(bytes([byte]))
            if handler.server.over.wait(0.05):
                return


def drip_head(handler: Handler) -> None:
    """Send header fields for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    with suppress(OSError):
        while not handler.server.over.wait(0.05):
            handler.wfile.write(b"X: y\r\n")


def silent(handler: Handler) -> None:
    handler.server.over.wait(30)


def told_large(handler: Handler) -> None:
    handler.send(200, picture(), Content_Length=str(10**9))


def large(handler: Handler) -> None:
    handler.send(200)
    with suppress(OSError):
        while not handler.server.over.is_set():
            handler.wfile.write(bytes(1 << 16))


def bomb(handler: Handler) -> None:
    handler.send(200, gzip.compress(picture() + bytes(1 << 24), 1), Content_Encoding="gzip")


def packed(handler: Handler) -> None:
    handler.send(200, gzip.compress(picture()), Content_Encoding="gzip")


def chunked(handler: Handler) -> None:
    handler.protocol_version = "HTTP/1.1"
    body = picture()
    parts = [body[start : start + 1000] for start in range(0, len(body), 1000)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    handler.send(200, framed + b"0\r\n\r\n", Transfer_Encoding="chunked")


def cookie(handler: Handler) -> None:
    handler.send(302, Location="/image-after", Set_Cookie="who=you; Path=/")


def cut(handler: Handler) -> None:
    handler.send(200, picture()[:300], Content_Length=str(len(picture())))


ROUTES: Final[dict[str, Callable[[Handler], None]]] = {
    "/image": image,
    "/slow": slow_image,
    "/moved": moved("/image"),
    "/round": moved("/round"),
    "/inside": moved("http://127.0.0.2:{port}/image"),
    "/metadata": moved("http://169.254.169.254/latest/meta"),
    "/local": moved("http://localhost:{port}/image"),
    "/file": moved("file:///etc/hostname"),
    "/nowhere": moved("http://[::"),
    "/html": html,
    "/empty": lambda handler: handler.send(200),
    "/drip": drip,
    "/head": drip_head,
    "/silent": silent,
    "/told": told_large,
    "/large": large,
    "/bomb": bomb,
    "/packed": packed,
    "/chunked": chunked,
    "/cookie": cookie,
    "/cut": cut,
    "/busy": lambda handler: handler.send(429, Retry_After="60"),
}
