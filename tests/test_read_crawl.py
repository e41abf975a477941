"""crawls: bodies are read one at a time, whatever they claim to be, and never too much of one."""

import gzip
import io
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from exporter.errors import MissingExtraError
from exporter.read import Source, read, sniff
from exporter.read.bodies import decoded
from exporter.read.crawl import CHARSET, SOFTWARE
from exporter.read.warc import FRAME

CAPTURES = Path(__file__).parent / "captures"
TEXT = b"Les bateaux rentrent. " * 100


def body(sent: bytes, encoding: str = "", *, chunked: bool = False, most: int = 10**6) -> bytes:
    return decoded(io.BytesIO(sent), encoding, most, chunked=chunked)


@pytest.mark.parametrize(
    ("sent", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), "x-gzip"),
        (TEXT, "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT)[2:-4], "deflate"),
    ],
)
def test_a_body_is_freed_of_its_encoding(sent: bytes, encoding: str) -> None:
    assert body(sent, encoding) == TEXT
    framed = b"".join(
        f"{1:x};x=y\r\n".encode() + sent[i : i + 1] + b"\r\n" for i in range(len(sent))
    )
    assert body(framed + b"0\r\n\r\n", encoding, chunked=True) == TEXT


def test_a_body_that_says_chunked_and_is_not_is_given_as_it_stands() -> None:
    assert body(TEXT, chunked=True) == TEXT
    assert body(b"<p>\n" + TEXT, chunked=True) == b"<p>\n" + TEXT


def test_a_cut_body_gives_its_start() -> None:
    assert TEXT.startswith(body(gzip.compress(TEXT)[:40], "gzip"))
    assert body(b"5\r\nabcde\r\nff\r\nfgh", chunked=True) == b"abcdefgh"


def test_a_bomb_is_counted_while_it_is_unpacked() -> None:
    bomb = gzip.compress(bytes(200 * 2**20))
    tracemalloc.start()
    try:
        assert len(body(bomb, "gzip", most=2**20)) == 2**20
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


def test_without_warcio_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)  # what an import finds when it is absent
    for name in ("warc/page/port.warc", "warc/packed/port.warc.gz", "wacz/no-page/port.wacz"):
        path = CAPTURES / name
        with pytest.raises(
            MissingExtraError, match=r"port\..*: reading .* needs .*warcio"
        ) as raised:
            list(read(Source(path, None, path.name)))
        assert "[warc]" in raised.value.remedy
        assert raised.value.exit_code == 7


@pytest.fixture
def long_crawl(tmp_path: Path) -> Path:
    """Give a WARC of 40 MB: 40 pages, each with a picture of 1 MB."""
    path = tmp_path / "long.warc"
    with path.open("wb") as file:
        for number in range(40):
            url = f"https://port.example/{number}"
            page = f"<html><h1>{number}</h1><img src='{number}.png'></html>".encode()
            for target, media, sent in (
                (url, "text/html", page),
                (f"{url}.png", "image/png", b"%d " % number * 2**18),
            ):
                block = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode() + sent
                head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {target}\r\n"
                head += f"WARC-Date: 2024-03-03T09:20:30Z\r\nContent-Length: {len(block)}\r\n\r\n"
                file.write(head.encode() + block + b"\r\n\r\n")
    return path


def test_a_crawl_streams_and_its_bodies_are_read_on_demand(long_crawl: Path) -> None:
    list(read(Source(CAPTURES / "warc/page/port.warc", None, "x")))  # modules are imported once
    tracemalloc.start()
    try:
        for number, page in enumerate(read(Source(long_crawl, None, "long.warc"))):
            assert page.html.startswith(f"<html><h1>{number}</h1>")
            picture = page.resources.find(f"{number}.png")
            assert picture is not None
            assert picture.startswith(b"%d " % number)
        assert number == 39
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"WARC/1.0\r\nWARC-Type: x", "warc"), (b"WARC is hell.\n\nSaid he.", "text")],
)
def test_a_warc_is_told_by_its_first_line(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


def test_the_expressions_match_what_their_comments_say() -> None:
    assert CHARSET.search("; charset='x-y'")
    assert not CHARSET.search("char set=x")
    assert SOFTWARE.search("a: b\r\nsoftware: Wget/1.21.3 (linux-gnu)\r\n")
    assert not SOFTWARE.search("software-x: a")
    assert FRAME.search('<iframe loading="lazy" src="https://ads.example/a">')
    assert not FRAME.search("<iframes src=x>")
