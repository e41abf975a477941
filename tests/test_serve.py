"""`exporter serve`: what is sent to whom, and what is not."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from exporter.cli.app import main
from exporter.errors import UsageError
from exporter.library import serve
from exporter.library.serve import LOOPBACK, Address, Library

BOOK = bytes(range(256)) * 40
PAGE = b"<!DOCTYPE html><title>Library</title>"
CHANGED = 1_700_000_000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and signals of POSIX systems")


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a library beside what must not be seen."""
    place = tmp_path / "library"
    (place / "library").mkdir(parents=True)
    (place / ".git").mkdir()
    for name, data in {
        "index.html": PAGE,
        "book.epub": BOOK,
        "le pain à l’ail.pdf": b"%PDF-1.7",
        "opds.xml": b"<feed/>",
        "library/book.html": PAGE,
        "edition.html": PAGE,
        ".exporter-lock": b"secret",
        ".git/config": b"secret",
        "../secret.txt": b"secret",
        "../library-2.txt": b"secret",
    }.items():
        (place / name).write_bytes(data)
    os.utime(place / "book.epub", (CHANGED, CHANGED))
    return place


@contextmanager
def serving(folder: Path, token: str = "", host: str = LOOPBACK) -> Iterator[Library]:
    """Give a running server; it is gone after the block."""
    with serve.opened(folder, Address(host, 0, token), another=False) as library:
        thread = Thread(target=library.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield library
        finally:
            library.shutdown()
            thread.join()


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with serving(folder) as running:
        yield running


def ask(library: Library, path: str, method: str = "GET", **headers: str) -> Reply:
    """Send a request as it is written: nothing of the path is put in order."""
    connection = http.client.HTTPConnection(LOOPBACK, library.address.port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return Reply(response.status, dict(response.headers), response.read())
    finally:
        connection.close()


def say(library: Library, request: bytes) -> bytes:
    """Send bytes and give what comes until the server ends the connection."""
    with socket.create_connection((LOOPBACK, library.address.port), timeout=10) as wire:
        wire.sendall(request.replace(b"PORT", str(library.address.port).encode()))
        wire.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: wire.recv(1 << 16), b""))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html?q=bread#top", "text/html; charset=utf-8"),
        ("/book.epub", "application/epub+zip"),
        ("/le%20pain%20%C3%A0%20l%E2%80%99ail.pdf", "application/pdf"),
        ("/opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("/library/book.html", "text/html; charset=utf-8"),
    ],
)
def test_what_lies_in_the_library_is_sent_as_what_it_is(
    library: Library, path: str, kind: str
) -> None:
    reply = ask(library, path)
    assert (reply.status, reply.headers["Content-Type"]) == (200, kind)
    assert len(reply.body) == int(reply.headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/library/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/../library-2.txt",
        "//etc/passwd",
        "/%2Fetc%2Fpasswd",
        "/library//book.html",
        "/./book.epub",
        "/library/%2e/book.html",
        "/.exporter-lock",
        "/%2Eexporter-lock",
        "/.git/config",
        "/book.epub%00.html",
        "/%00",
        "/%ff%fe",
        "/book.epub/",
        "/library",
        "/library/",
        "/none.html",
        "/" + "a" * 5000,
        "*",
        "?",
        "book.epub",
        "/C:/Windows/win.ini",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_else_is(library: Library, path: str, method: str) -> None:
    reply = ask(library, path, method)
    assert reply.status == 404
    assert b"secret" not in reply.body
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


@POSIX
def test_a_link_is_followed_first_then_judged(folder: Path) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)
    (folder / "lock.txt").symlink_to(folder / ".exporter-lock")
    (folder / "round").symlink_to(folder / "round")
    (folder / "inside.epub").symlink_to(folder / "book.epub")
    os.mkfifo(folder / "pipe.txt")
    with serving(folder) as library:
        assert ask(library, "/inside.epub").body == BOOK
        for path in ("/out.txt", "/up/secret.txt", "/lock.txt", "/round", "/pipe.txt"):
            assert ask(library, path).status == 404


@POSIX
def test_a_library_behind_a_link_is_served(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    with serving(tmp_path / "link") as library:
        assert ask(library, "/book.epub").body == BOOK


@POSIX
@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "book.epub").chmod(0)
    with serving(folder) as library:
        assert ask(library, "/book.epub").status == 403


def test_head_tells_what_get_would_send_and_sends_nothing(library: Library) -> None:
    whole, head = ask(library, "/book.epub"), ask(library, "/book.epub", "HEAD")
    assert head.body == b""
    assert {**head.headers, "Date": ""} == {**whole.headers, "Date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"])
def test_only_get_and_head_are_done(library: Library, method: str) -> None:
    reply = ask(library, "/", method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
    assert reply.headers["Connection"] == "close"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(BOOK)),
        ("bytes=-5", len(BOOK) - 5, len(BOOK)),
        ("bytes=10000-99999", 10000, len(BOOK)),
        ("bytes=7-7", 7, 8),
    ],
)
def test_a_part_of_a_book_is_sent(library: Library, wanted: str, start: int, end: int) -> None:
    reply = ask(library, "/book.epub", Range=wanted)
    assert (reply.status, reply.body) == (206, BOOK[start:end])
    assert reply.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(BOOK)}"


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,5-6", "lines=1-2", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "x"]
)
def test_what_is_no_part_we_know_means_all(library: Library, wanted: str) -> None:
    reply = ask(library, "/book.epub", Range=wanted)
    assert (reply.status, reply.body) == (200, BOOK)


@pytest.mark.parametrize("wanted", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_a_part_beyond_the_end_is_none(library: Library, wanted: str) -> None:
    reply = ask(library, "/book.epub", Range=wanted)
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["Content-Range"] == f"bytes */{len(BOOK)}"


def test_a_part_of_what_has_changed_is_all_of_it(library: Library) -> None:
    same, old = formatdate(CHANGED, usegmt=True), formatdate(CHANGED - 60, usegmt=True)
    assert ask(library, "/book.epub", Range="bytes=0-9", If_Range=same).status == 206
    assert ask(library, "/book.epub", Range="bytes=0-9", If_Range=old).body == BOOK


def test_what_the_browser_has_is_not_sent_again(library: Library) -> None:
    stamp = ask(library, "/book.epub").headers["Last-Modified"]
    assert stamp == formatdate(CHANGED, usegmt=True)
    kept = ask(library, "/book.epub", If_Modified_Since=stamp)
    assert (kept.status, kept.body) == (304, b"")
    older = formatdate(CHANGED - 60, usegmt=True)
    for since in (older, "yesterday", "", "Mon, 99 Nov 2023 22:13:20 GMT"):
        assert ask(library, "/book.epub", If_Modified_Since=since).body == BOOK


def test_every_answer_bounds_what_a_browser_does_with_it(library: Library) -> None:
    for path in ("/", "/library/book.html", "/edition.html", "/book.epub", "/none.html"):
        headers = ask(library, path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert ("script-src 'none'" in policy) == (path not in {"/", "/library/book.html"})
        assert "Python" not in headers["Server"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:PORT", 200),
        ("localhost:PORT", 200),
        ("LOCALHOST:PORT", 200),
        ("rebound.example:PORT", 421),
        ("127.0.0.1.rebound.example:PORT", 421),
        ("127.0.0.1", 421),
        ("127.0.0.1:1", 421),
        ("192.168.1.20:PORT", 421),
        ("[::1]:PORT", 421),
        ("", 421),
        (":PORT", 421),
    ],
)
def test_only_who_asks_under_our_name_is_answered(library: Library, host: str, status: int) -> None:
    named = host.replace("PORT", str(library.address.port))
    assert ask(library, "/", Host=named).status == status


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: rebound.example\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 9\r\n\r\nGET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/9.9\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        b"<script>alert(1)</script>\r\n\r\n",
        b"\r\n\r\n",
        b"",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
def test_a_request_that_is_none_is_refused(library: Library, request_: bytes) -> None:
    said = say(library, request_)
    assert PAGE not in said
    assert b"script" not in said.replace(b"script-src", b"")
    assert said == b"" or re.search(rb"\b(4\d\d|505) ", said)
    assert ask(library, "/").body == PAGE


def test_several_requests_go_over_one_connection(library: Library) -> None:
    one = b"GET /book.epub HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nRange: bytes=0-0\r\n\r\n"
    assert say(library, one * 3).count(b"206 Partial Content") == 3


def test_in_the_network_every_path_begins_with_the_token(folder: Path) -> None:
    token = serve.token()
    with serving(folder, token) as library:
        assert library.address.url() == f"http://127.0.0.1:{library.address.port}/{token}/"
        assert ask(library, f"/{token}/").body == PAGE
        assert ask(library, f"/{token}/library/book.html").body == PAGE
        led = ask(library, f"/{token}")
        assert (led.status, led.headers["Location"]) == (308, f"/{token}/")
        refused = [
            ask(library, path)
            for path in (
                "/", "/index.html", "/book.epub", "/none", "//", f"/{token[:-1]}/",
                f"/{token}x/", f"/{token.swapcase()}/", f"/library/{token}/", f"/?{token}/",
                f"/{token}/../secret.txt", "/" + token.replace(token[0], f"%{ord(token[0]):02x}"),
                "/%C3%A9/", f"/{token}?/", f"/{token}/../{token}/",
            )
        ]  # fmt: skip
        assert {(one.status, one.body) for one in refused} == {(404, b"404 Not Found\n")}


def test_tokens_are_long_and_never_the_same() -> None:
    made = {serve.token() for _ in range(100)}
    assert len(made) == 100
    assert {len(token) for token in made} == {22}


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("192.168.1.20:8755", True),
        ("localhost:8755", True),
        (f"{socket.gethostname()}:8755", True),
        ("rebound.example:8755", False),
        ("192.168.1.20:80", False),
    ],
)
def test_in_the_network_we_answer_to_numbers_and_our_own_name(host: str, answered: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    assert Address(serve.EVERY, 8755, "word").answers_to(host) is answered


def test_a_folder_without_a_library_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no library here: there is no index\.html"):
        serve.checked(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        serve.checked(tmp_path / "none")
    assert main(["serve", str(tmp_path)]) == 2


def test_a_port_that_is_taken_is_told_or_gone_around(folder: Path) -> None:
    with serving(folder) as first:
        taken = Address(LOOPBACK, first.address.port)
        with pytest.raises(UsageError, match="is in use") as refused:
            serve.opened(folder, taken, another=False)
        assert "--port" in refused.value.remedy
        with serve.opened(folder, taken, another=True) as second:
            assert second.address.port not in {0, first.address.port}


def test_connections_that_say_nothing_don_t_shut_others_out_for_ever(library: Library) -> None:
    address = (LOOPBACK, library.address.port)
    idle = [socket.create_connection(address, timeout=10) for _ in range(70)]
    assert idle[-1].recv(1) == b""  # beyond the number that is held at a time
    for wire in idle:
        wire.close()
    for _ in range(100):
        try:
            assert ask(library, "/").body == PAGE
        except (ConnectionError, http.client.HTTPException):
            continue
        break
    assert ask(library, "/").body == PAGE


@POSIX
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("options", [(), ("--lan", "-v")], ids=["here", "network"])
def test_the_command_serves_until_it_is_interrupted(
    folder: Path, sent: int, options: tuple[str, ...]
) -> None:
    if options and not serve.network_address():
        pytest.skip("this machine is in no network")
    run = subprocess.Popen(
        [sys.executable, "-m", "exporter", "serve", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    url = run.stdout.readline().strip()
    found = re.fullmatch(r"http://([\d.]+):(\d+)(/(?:[\w-]{22}/)?)", url)
    assert found
    connection = http.client.HTTPConnection(LOOPBACK, int(found[2]), timeout=10)
    connection.request("GET", f"{found[3]}book.epub")
    assert connection.getresponse().read() == BOOK
    run.send_signal(sent)
    output, errors = run.communicate(timeout=30)
    connection.close()
    assert (run.returncode, output) == (130, "")
    assert f"for reading apps (OPDS): {url}opds.xml" in errors
    assert errors.endswith("exporter: interrupted\n")
    if options:
        assert "book.epub" in errors.partition("Ctrl+C")[2]
        assert found[3].strip("/") not in errors.partition("Ctrl+C")[2]  # no log tells the token
