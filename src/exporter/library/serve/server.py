"""The server of a library: GET and HEAD of regular files in one folder."""

import errno
import logging
import os
import socketserver
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from exporter import files
from exporter.errors import UsageError
from exporter.library.serve.addresses import Address
from exporter.library.serve.answers import ALWAYS, Answer, Asked, always, answer, refusing
from exporter.library.serve.places import INDEX, meant

METHODS: Final = ("GET", "HEAD")
CONNECTIONS: Final = 64  # at a time
PATIENCE: Final = 30  # seconds without a byte
PIECE: Final = 1 << 18  # bytes sent at a time
OWN: Final = "library"  # the folder of the library's own pages
HIDDEN: Final = "…"  # what stands for the token in what we say of requests

# another server has the port, or the system keeps it for itself
TAKEN: Final = frozenset({errno.EADDRINUSE, errno.EACCES})

logger = logging.getLogger(__name__)


class Library(ThreadingHTTPServer):
    """A folder, served at an address; close it when done."""

    daemon_threads = True  # an interrupt waits for no download
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere it lets two servers have one port

    def __init__(self, folder: Path, address: Address) -> None:
        self.folder = files.real(folder)
        self._free = BoundedSemaphore(CONNECTIONS)
        super().__init__((address.host, address.port), Handler)
        self.address = Address(address.host, self.server_port, address.token)

    def server_bind(self) -> None:
        """Take the address; unlike the base class, ask nobody for its name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (its base's)
        """Take a connection, unless there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (its base's)
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002  (its base's)
        """Tell of a connection that broke, to whoever asked for it with -v."""
        logger.info("%s went away", client_address[0])


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: Library

    def version_string(self) -> str:
        """Give our name; the version of Python is nobody's business."""
        return "exporter"

    def parse_request(self) -> bool:
        """Read a request; refuse what we don't do, and what is asked under another's name."""
        if not super().parse_request():
            return False
        refusal = self._refusal()
        if refusal is not None:  # ... which ends the connection: a body may follow, no request
            self.send_error(refusal)
        return refusal is None

    def _refusal(self) -> HTTPStatus | None:
        if self.command not in METHODS:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0":
            return HTTPStatus.BAD_REQUEST
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            return HTTPStatus.BAD_REQUEST
        known = self.server.address.answers_to(hosts[0].strip())
        return None if known else HTTPStatus.MISDIRECTED_REQUEST

    def do_GET(self) -> None:
        """Send a file."""
        path = self.server.address.opens(self.path)
        if path is None and self.server.address.opens(f"{self.path}/") == "":
            self._lead(f"{self.path}/")
            return
        place = None if path is None else meant(self.server.folder, path)
        try:
            if place is None:
                self.send_error(HTTPStatus.NOT_FOUND)
            else:
                self._answer(place)
        except PermissionError:
            self.send_error(HTTPStatus.FORBIDDEN)
        except FileNotFoundError:  # gone since it was looked for
            self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815  (its base's)

    def _lead(self, path: str) -> None:
        """Lead to the same address with a "/" at its end: links are relative to it."""
        self.send_response(HTTPStatus.PERMANENT_REDIRECT)
        for name, value in (("Location", path), ("Content-Length", "0"), *ALWAYS):
            self.send_header(name, value)
        self.end_headers()

    def _answer(self, place: Path) -> None:
        with files.open_regular(place) as file:
            state = os.fstat(file.fileno())
            reply = answer(self._asked(), state.st_size, state.st_mtime)
            self._begin(place, reply)
            if self.command == "GET":
                self._send(file, reply)

    def _asked(self) -> Asked:
        said = (self.headers.get(name, "") for name in ("If-Modified-Since", "Range", "If-Range"))
        return Asked(*said)

    def _begin(self, place: Path, reply: Answer) -> None:
        self.send_response(reply.status)
        for name, value in (*always(place, scripts=self._ours(place)), *reply.headers):
            self.send_header(name, value)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(reply.part.end - reply.part.start))
        self.end_headers()

    def _ours(self, place: Path) -> bool:
        """Tell whether a file is a page of the library's own, which may have a script."""
        folder = self.server.folder
        return place == folder / INDEX or (place.parent, place.suffix) == (folder / OWN, ".html")

    def _send(self, file: Any, reply: Answer) -> None:  # noqa: ANN401  (a BufferedReader)
        file.seek(reply.part.start)
        left = reply.part.end - reply.part.start
        while left and (piece := file.read(min(PIECE, left))):
            self.wfile.write(piece)
            left -= len(piece)
        self.close_connection |= bool(left)  # it became shorter: what was promised won't come

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002  (its base's)
        """Refuse a request, in our own words: those of the base may be the request's."""
        self.close_connection = True
        self.send_response(code)
        said = f"{code} {HTTPStatus(code).phrase}\n".encode()
        for name, value in (*refusing(), ("Content-Length", str(len(said)))):
            self.send_header(name, value)
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", ", ".join(METHODS))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its base's)
        """Tell of a request, to whoever asked for it with -v; the token is not told."""
        said = format % args
        token = self.server.address.token
        logger.info("%s %s", self.client_address[0], said.replace(token, HIDDEN) if token else said)


def checked(folder: Path) -> Path:
    """Give a folder that holds a library.

    Raises:
        UsageError: it holds none.

    """
    if not folder.is_dir():
        raise UsageError("no such folder", str(folder), "check the name")
    if meant(files.real(folder), INDEX) is None:
        remedy = f"make one: exporter convert PAGES -o {folder}"
        raise UsageError(f"no library here: there is no {INDEX}", str(folder), remedy)
    return folder


def opened(folder: Path, address: Address, *, another: bool) -> Library:
    """Give a server that listens; where its port is taken, at `another` that is free.

    Raises:
        UsageError: the port can't be had.

    """
    try:
        return Library(folder, address)
    except OSError as error:
        if another and error.errno in TAKEN:
            return opened(folder, Address(address.host, 0, address.token), another=False)
        what = "is in use" if error.errno == errno.EADDRINUSE else f"can't be had: {error.strerror}"
        remedy = "choose another with --port, or leave that out"
        raise UsageError(what, f"port {address.port}", remedy) from error
