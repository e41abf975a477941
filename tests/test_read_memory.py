"""memory: no capture is in memory more than twice its size while it is read."""

import base64
import gzip
import html
import io
import plistlib
import random
import tarfile
import textwrap
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.model import Page
from exporter.read import Source, read
from exporter.read.held import shortened

MB = 2**20
PICTURES = [random.Random(n).randbytes(MB // 2) for n in range(8)]  # noqa: S311  (no secret)
TEXT = "Les bateaux rentrent au port à l’aube. " * 300
NAMES = [f"{number}.png" for number in range(len(PICTURES))]
HTML = f"<!DOCTYPE html><meta charset=utf-8><p>{TEXT}</p>" + "".join(
    f"<img src='https://port.example/{name}'>" for name in NAMES
)


def mhtml() -> bytes:
    parts = [("text/html; charset=utf-8", "", HTML.encode())]
    parts += [("image/png", name, picture) for name, picture in zip(NAMES, PICTURES, strict=True)]
    written = [
        f"--B\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://port.example/{name}\r\n\r\n".encode()
        + base64.encodebytes(body)
        for media, name, body in parts
    ]
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    return head + b"".join(written) + b"--B--\r\n"


def single_file() -> bytes:
    page = HTML
    for name, picture in zip(NAMES, PICTURES, strict=True):
        inline = "data:image/png;base64," + base64.b64encode(picture).decode()
        page = page.replace(f"https://port.example/{name}", inline)
    return page.encode()


def webarchive() -> bytes:
    parts = [
        {"WebResourceURL": f"https://port.example/{name}", "WebResourceData": picture}
        for name, picture in zip(NAMES, PICTURES, strict=True)
    ]
    main = {"WebResourceURL": "https://port.example/", "WebResourceData": HTML.encode()}
    archive = {"WebMainResource": main, "WebSubresources": parts}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def members() -> list[tuple[str, bytes]]:
    page = HTML.replace("https://port.example/", "").encode()
    return [("page.html", page), *zip(NAMES, PICTURES, strict=True)]


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members():
            archive.writestr(name, body)
    return file.getvalue()


def packed_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, body in members():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return gzip.compress(file.getvalue())


def packed_page() -> bytes:
    return gzip.compress(single_file(), 1)


PARAGRAPH = (
    "Les bateaux rentrent à l’aube. " * 12 + "Ils sont chargés de [sardines][1] — « enfin »."
)
WRAPPED = "\n".join(textwrap.wrap(PARAGRAPH, 72))
LINK = "[1]: https://port.example/sardines\n\n"
NOVELS = {
    "french": (LINK + f"{PARAGRAPH}\n\n" * 3_000),
    "wrapped": (f"{WRAPPED}\n\n" * 3_000 + LINK),
    "headings": (LINK + f"## Le port\n\n{PARAGRAPH}\n\n" * 3_000),
    "one emoji": (f"{PARAGRAPH}\n\n" * 3_000 + "Fin \U0001f6a2.\n\n" + LINK),
    "russian": ("Корабли возвращаются в порт на рассвете. " * 9 + "\n\n") * 2_000,
    "japanese": ("港の朝は早い。船が帰ってくる。" * 9 + "\n\n") * 2_000,
    "windows": (LINK + f"{PARAGRAPH}\r\n\r\n" * 3_000),
}


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("name", NOVELS)
def test_a_text_is_in_memory_twice_at_most(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"novel.{suffix}"
    path.write_text(NOVELS[name], "cp1252" if name == "windows" else "utf-8", newline="")
    size = path.stat().st_size
    short = Source(None, b"# Le port\n\nUn mot[^1].\n\n[^1]: Une note.\n", f"short.{suffix}")
    list(read(short, short.name))  # modules are imported once
    tracemalloc.start()
    try:
        (page,) = read(Source(path, None, path.name))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 2 * size + MB / 2
    text = html.unescape(page.html)
    assert text.count("</p>") >= 1_999  # one may be the title
    assert ("chargés de" in text) == (name not in {"russian", "japanese"})
    assert ("Fin \U0001f6a2." in text) == (name == "one emoji")
    if suffix == "md" and "sardines" in text:
        assert text.count('<a href="https://port.example/sardines">') == 3_000


@pytest.mark.parametrize("name", ["french", "russian", "japanese", "windows"])
def test_a_page_of_words_is_in_memory_twice_at_most(tmp_path: Path, name: str) -> None:
    path = tmp_path / "novel.html"
    written = "<!DOCTYPE html>" + "".join(f"<p>{line}\n" for line in NOVELS[name].splitlines())
    path.write_text(written, "cp1252" if name == "windows" else "utf-8")
    size = path.stat().st_size
    list(read(Source(None, b"<p>Un mot.", "short.html")))  # modules are imported once
    tracemalloc.start()
    try:
        (page,) = read(Source(path, None, path.name))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 2 * size + MB / 2
    assert page.html == written


def pictures_of(page: Page) -> list[bytes | None]:
    addresses = [part.partition("'")[0] for part in page.html.split("<img src='")[1:]]
    return [page.resources.find(address) for address in addresses]


@pytest.mark.parametrize("make", [mhtml, single_file, webarchive, zipped, packed_tar, packed_page])
def test_a_capture_is_in_memory_twice_at_most(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "capture"
    path.write_bytes(make())
    size = path.stat().st_size
    list(read(Source(path, None, "capture")))  # modules are imported once
    tracemalloc.start()
    try:
        (page,) = read(Source(path, None, "capture"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 2 * size + MB / 2
    assert pictures_of(page) == PICTURES
    assert len(page.html) < 100_000


def test_a_small_or_odd_data_url_stays_as_it_is() -> None:
    letters = base64.b64encode(PICTURES[0])
    for page in (
        b"<img src='data:image/png;base64," + letters[:400] + b"'>",
        b"<img src='data:image/png;base64," + letters[:8000] + b"%3D'>",
        b"<img src='data:image/png;base64," + letters[:8000] + b"\n" + letters[8000:9000] + b"'>",
        b"<img src='data:text/plain," + letters[:8000] + b"'>",
    ):
        assert shortened(page) == (page, ())


def test_a_page_that_names_a_held_picture_it_has_not_gets_none_of_another() -> None:
    forged = b"<p>x</p><img src='data:image/png;held=7;base64,QUJD'>"
    (page,) = read(Source(None, forged, "-"))
    assert page.resources.find("data:image/png;held=7;base64,QUJD") == b"ABC"
