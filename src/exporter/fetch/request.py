"""One request to one checked address, bounded in time and size.

No cookies, no credentials, no referrer, no proxy, no redirection followed: a transport without
the client around it has none of these.
"""

import io
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, Final, Self

import httpx

from exporter.fetch.network import Limits, NotFetchedError
from exporter.fetch.targets import host_of
from exporter.read.bodies import can_decode, decoded

MOVED: Final = frozenset({301, 302, 303, 307, 308})
LEAVE_ALONE: Final = frozenset({429, 503})
OK: Final = 200
DISTRIBUTION: Final = "article-exporter"
ACCEPT: Final = "image/avif,image/webp,image/png,image/jpeg,image/svg+xml,image/*;q=0.8"


class UnreachableError(NotFetchedError):
    """The host did not answer, or not to the end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: a body, or where to ask instead."""

    body: bytes = field(default=b"", repr=False)
    location: str = ""
    refused: str = ""  # why there is neither
    leave_alone: bool = False  # the server asks not to be asked again soon


class Watch:
    """Cuts the connection at the deadline: a server may send a byte now and then for ever."""

    def __init__(self, seconds: float) -> None:
        self.late = False
        self.deadline = time.monotonic() + seconds
        self._stream: Any = None
        self._timer = threading.Timer(max(seconds, 0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Take note of the connection (httpx calls this at each of its steps)."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._stream = told["return_value"]
            if self.late:
                self._end()

    def _end(self) -> None:
        self.late = True
        connection = self._stream.get_extra_info("socket") if self._stream is not None else None
        if connection is not None:
            try:
                # the plain method: that of an SSL socket would take its state from the reader
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def transport() -> httpx.HTTPTransport:
    """Give what makes connections: a new one each time, as two hosts may share an address."""
    alone = httpx.Limits(max_connections=1, max_keepalive_connections=0)
    return httpx.HTTPTransport(trust_env=False, limits=alone)


def ask(via: httpx.HTTPTransport, url: httpx.URL, address: str, limits: Limits) -> Answer:
    """Ask the host of a URL, at an address that was checked.

    Raises:
        NotFetchedError: what it sends is too large.
        UnreachableError: it sends nothing, or not to the end.

    """
    with Watch(limits.request) as watch:
        request = _request(url, address, limits, watch)
        try:
            response = via.handle_request(request)
            try:
                return _answer(response, watch, limits.image_bytes)
            finally:
                response.close()
        except (httpx.HTTPError, OSError, ValueError) as error:
            if watch.late or isinstance(error, httpx.TimeoutException):
                raise UnreachableError(f"{host_of(url)} took too long") from None
            if isinstance(error, httpx.ConnectError):
                raise UnreachableError(f"{host_of(url)} can't be reached") from None
            kind = type(error).__name__
            raise UnreachableError(f"{host_of(url)} gives no whole answer ({kind})") from None


def _request(url: httpx.URL, address: str, limits: Limits, watch: Watch) -> httpx.Request:
    """Give a request that goes to the address, and names the host to it and to its certificate."""
    return httpx.Request(
        "GET",
        url.copy_with(host=address),
        headers={
            "Host": url.netloc.decode("ascii"),
            "User-Agent": _agent(),
            "Accept": ACCEPT,
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
        extensions={
            "sni_hostname": host_of(url),
            "timeout": {
                "connect": min(limits.connect, limits.request),  # the watch sees no connecting
                "read": limits.silence,
                "write": limits.silence,
                "pool": limits.connect,
            },
            "trace": watch.trace,
        },
    )


def _agent() -> str:
    """Give who asks."""
    try:
        return f"{DISTRIBUTION}/{metadata.version(DISTRIBUTION)}"
    except metadata.PackageNotFoundError:  # run from its source folder
        return DISTRIBUTION


def _answer(response: httpx.Response, watch: Watch, most: int) -> Answer:
    status = response.status_code
    if status in MOVED and (location := response.headers.get("location")):
        return Answer(location=location)
    if status != OK:
        return Answer(refused=f"the server answers {status}", leave_alone=status in LEAVE_ALONE)
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        return Answer(refused=_too_large(most))
    body = bytearray()
    for block in response.iter_raw():
        body += block
        if len(body) > most:
            return Answer(refused=_too_large(most))
        if time.monotonic() > watch.deadline:
            raise httpx.ReadTimeout("late")
    if watch.late:  # an answer without a length ends where the connection does
        raise httpx.ReadTimeout("late")
    return _unpacked(bytes(body), response.headers.get("content-encoding", ""), most)


def _unpacked(body: bytes, encoding: str, most: int) -> Answer:
    """Undo a compression that nobody asked for."""
    encoding = encoding.strip().lower()
    if not can_decode(encoding):
        return Answer(refused="it is compressed in a way we can't undo")
    if encoding not in {"", "identity"}:
        body = decoded(io.BytesIO(body), encoding, most + 1, chunked=False)
    return Answer(body) if len(body) <= most else Answer(refused=_too_large(most))


def _too_large(most: int) -> str:
    return f"is larger than {most / 2**20:g} MB"
