"""Each limit of the table is kept, and says by its own name how to lift it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from exporter import dom, export
from exporter.errors import ExportError
from exporter.limits import ROWS, USUAL, Beyond, Limits, value
from exporter.read import read, walk
from exporter.settings import Settings
from exporter.write.pdf.plain import plain

CORE = "The keeper counted eleven lanterns on the far bank"
STORY = "".join(
    f"<p>{CORE}, and on evening {n} the ferry went over without a light, as it had in his youth. "
    "Nobody on the quay asked why, since the river was low and everybody knew the ford.</p>"
    for n in range(4)
)
Files = dict[str, bytes]


def page(inside: str = "") -> bytes:
    return f"<title>Lanterns</title><article><h1>Lanterns</h1>{STORY}{inside}</article>".encode()


def picture(width: int, height: int) -> bytes:
    """Give a PNG of one gray."""
    rows = b"".join(b"\0" + bytes([n % 256]) * width for n in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def wacz() -> bytes:
    """Give a crawl of one page, and a list that names it forty times."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page()
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://river.example/\r\n"
        b"WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(answer), answer)
    )
    lines = b'{"format": "json-pages-1.0"}\n' + b'{"url": "https://river.example/"}\n' * 40
    return zipped(
        {"datapackage.json": b"{}", "pages/pages.jsonl": lines, "archive/data.warc": record}
    )


class Row(NamedTuple):
    """A capture that is beyond a limit."""

    most: float
    name: str  # of the capture among the files
    files: Callable[[], Files]


def shows(inside: str, name: str = "", data: bytes = b"") -> Callable[[], Files]:
    return lambda: {"page.html": page(inside)} | ({name: data} if name else {})


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">%s</svg>'
FIGURE = '<figure><img src="{}" alt=""><figcaption>The far bank.</figcaption></figure>'
CASES = {
    "capture-size": Row(500, "page.html", shows("")),
    "text-size": Row(
        500, "page.txt", lambda: {"page.txt": f"Lanterns\n\n{CORE}.\n\n".encode() * 20}
    ),
    "resource-size": Row(60, "page.html", shows(FIGURE.format("a.png"), "a.png", picture(90, 90))),
    "archive-depth": Row(1, "a.zip", lambda: {"a.zip": zipped({"b.zip": zipped(shows("")())})}),
    "archive-members": Row(
        3, "a.zip", lambda: {"a.zip": zipped({f"{n}.html": page() for n in range(5)})}
    ),
    "archive-total": Row(900, "a.zip", lambda: {"a.zip": zipped({"page.html": page()})}),
    "archive-ratio": Row(20, "a.zip", lambda: {"a.zip": zipped({"a.html": page(" " * 2_000_000)})}),
    "member-size": Row(
        300, "a.zip", lambda: {"a.zip": zipped({"b.zip": zipped({"page.html": page()})})}
    ),
    "index-size": Row(200, "a.wacz", lambda: {"a.wacz": wacz()}),
    "elements": Row(40, "page.html", shows("<p>One <b>bold</b> word.</p>" * 40)),
    "tree-depth": Row(20, "page.html", shows("<div>" * 60 + f"<p>{CORE}, deep down.</p>")),
    "attributes": Row(
        10, "page.html", shows(f"<p {' '.join(f'a{n}=x' for n in range(250))}>{CORE}.</p>")
    ),
    "word": Row(50, "page.html", shows(f"<p>{CORE} {'a' * 60}.</p>")),
    "marks": Row(20, "page.html", shows(f"<p>{CORE} e{chr(0x301) * 30}.</p>")),
    "blanks": Row(20, "page.html", shows(f"<p>{CORE}{chr(0xA0) * 30}again.</p>")),
    "attribute-size": Row(
        40,
        "page.html",
        shows(f'<p>{CORE} <a href="https://river.example/{"a" * 40}">again</a>.</p>'),
    ),
    "cell-span": Row(
        3, "page.html", shows(f"<table><tr><th>A<th>B<tr><td colspan=9>{CORE}</table>")
    ),
    "pictures": Row(
        2, "page.html", shows("".join(map(FIGURE.format, "abcd")), "a", picture(90, 90))
    ),
    "picture-pixels": Row(
        5_000, "page.html", shows(FIGURE.format("a.png"), "a.png", picture(90, 90))
    ),
    "picture-side": Row(80, "page.html", shows(FIGURE.format("a.png"), "a.png", picture(90, 70))),
    "drawing-size": Row(
        200, "page.html", shows(FIGURE.format("a.svg"), "a.svg", DRAWING % (b"<rect/>" * 60))
    ),
    "drawing-elements": Row(
        50, "page.html", shows(FIGURE.format("a.svg"), "a.svg", DRAWING % (b"<rect/>" * 60))
    ),
    "print-blocks": Row(10, "page.html", shows(f"<p>{CORE}.</p>" * 20)),
    "print-phrases": Row(10, "page.html", shows(f"<p>{CORE} <em>so</em>.</p>" * 20)),
    "print-columns": Row(
        4, "page.html", shows(f"<table><tr>{'<th>A' * 9}<tr>{'<td>7' * 8}<td>{CORE}</table>")
    ),
}
ADVICE = re.compile(r"--limit [a-z-]+=(\w+), if you trust it")
ADVISED = 4  # times, at most: how large something is that unpacks is not known at once
IN_THE_GUARD = {"seconds", "memory"}  # test_guard.py, where workers are


def told(capture: Path, limits: Limits) -> tuple[list[str], list[str]]:
    """Give what is said of a capture within limits, and the texts that come of it, as printed."""
    said: list[str] = []
    texts: list[str] = []
    try:
        for source in walk([capture], limits):
            for part in read(source.within(limits)):
                article = export.prepare(part, Settings(limits=limits))
                printed, notes = plain(article, limits)
                said += [note.detail for note in (*article.notes, *notes)]
                texts.append(dom.plain_text(printed.body))
    except ExportError as error:
        said.append(f"{error.what} ({error.remedy})")
    return said, texts


@pytest.mark.parametrize("name", [name for name in ROWS if name not in IN_THE_GUARD])
def test_what_is_beyond_a_limit_is_told_with_its_name(name: str, tmp_path: Path) -> None:
    row = CASES[name]
    for file, data in row.files().items():
        (tmp_path / file).write_bytes(data)
    said, texts = told(tmp_path / row.name, USUAL.having({name: row.most}))
    (detail,) = (detail for detail in said if f"--limit {name}=" in detail)
    if ROWS[name].beyond is Beyond.REFUSED:
        assert not texts
    else:
        (text,) = texts
        assert text.count(CORE) == row.files()[row.name].decode().count(CORE)
    for _ in range(ADVISED):
        (advised,) = ADVICE.findall(detail)
        most = value(name, advised)
        again, _ = told(tmp_path / row.name, USUAL.having({name: most}))
        detail = next((other for other in again if "--limit" in other), "")
        if not detail:
            break
    assert not detail
