"""Files that are small and grow: pictures of many pixels, archives in archives, records without end."""

import bz2
import gzip
import io
import lzma
import plistlib
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from hostile.families.leaks_captures import (
    ADDRESS,
    mhtml,
    rdf,
    response,
    tarred,
    warc_record,
    webarchive,
    zipped,
)
from hostile.ground import Case, Expected, Make, picture_bytes
from hostile.pictures import bmp, chunk, gif, jpeg_claiming, png, tiff, tiff_cycle
from hostile.prose import FIRST, KEPT, LAST, REFUSED, page

CAPTION: Final = "The eleventh jar at dusk"
CAPTIONED: Final = Expected(once=(FIRST, LAST), kept=(CAPTION,))
EITHER: Final = Expected(codes=frozenset({0, 4}), books=None)

PICTURES: Final[dict[str, Callable[[], bytes]]] = {
    "png-30000": lambda: png(30_000, 30_000),
    "png-60000-rgba-claimed": lambda: png(
        60_000, 60_000, depth=16, pixels=zlib.compress(bytes(100_000))
    ),
    "png-2-to-the-31": lambda: png(2**31 - 1, 2**31 - 1, pixels=b"x"),
    "png-of-no-width": lambda: png(0, 10, pixels=zlib.compress(b"")),
    "png-wide-and-flat": lambda: png(400_000, 1),
    "png-tall-and-thin": lambda: png(1, 400_000),
    "png-text-bomb": lambda: png(
        99, 99, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 9))
    ),
    "png-profile-bomb": lambda: png(
        99, 99, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))
    ),
    "png-text-chunks": lambda: png(99, 99, chunk(b"tEXt", b"a\0b") * 50_000),
    "png-frames": lambda: png(99, 99, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    "gif-65535": lambda: gif(65_535, 65_535),
    "gif-frames-50000": lambda: gif(300, 200, 50_000),
    "jpeg-65500": lambda: jpeg_claiming(65_500, 65_500),
    "jpeg-cut": lambda: jpeg_claiming(640, 480),
    "bmp-40000": lambda: bmp(40_000, 40_000),
    "bmp-negative": lambda: bmp(-5, -2_147_483_648),
    "tiff-60000": lambda: tiff(60_000, 60_000),
    "tiff-cycle": tiff_cycle,
    "svg-gzipped-bomb": lambda: gzip.compress(
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 300_000_000, 9
    ),
    "html-named-png": lambda: page().encode(),
    "empty-picture": lambda: b"",
}


def _zip_bomb(size: int) -> bytes:
    """Give a zip with a page of so many bytes, nearly all of them blank."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open(zipfile.ZipInfo("page.html"), "w") as member,
    ):
        member.write(page().encode()[:-20])
        for _ in range(size >> 20):
            member.write(b" " * (1 << 20))
    return out.getvalue()


def _zip_with_bomb_beside(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("page.html", page('<img src="a.png">'))
        archive.writestr("a.png", picture_bytes())
        for name in ("b.png", "c.bin", "d.css"):
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                for _ in range(size >> 20):
                    member.write(bytes(1 << 20))
    return out.getvalue()


def _nested(depth: int, width: int = 1) -> bytes:
    inner = zipped({"page.html": page()})
    for _ in range(depth):
        inner = zipped({f"{n}.zip": inner for n in range(width)})
    return inner


def _many(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("page.html", page())
        for n in range(count):
            archive.writestr(zipfile.ZipInfo(f"a/{n}.png"), b"")
    return out.getvalue()


def _overlapping(count: int) -> bytes:
    """Give a zip whose directory names one member many times, each at the same place."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = b" " * 20_000_000
    packed = body.compress(text) + body.flush()
    check = zlib.crc32(text)
    local = struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, check, len(packed), len(text), 6, 0
    )
    whole = local + b"a.html" + packed
    entries = b"".join(
        struct.pack(
            "<IHHHHHHIIIHHHHHII",
            *(0x02014B50, 20, 20, 0, 8, 0, 33, check, len(packed), len(text), 6, 0, 0, 0, 0, 0, 0),
        )
        + f"a{n:04d}"[:6].encode().ljust(6, b"x")
        for n in range(count)
    )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entries), len(whole), 0)
    return whole + entries + end


def _gzip_bomb(size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(page().encode())
        for _ in range(size >> 20):
            packed.write(b" " * (1 << 20))
    return out.getvalue()


def _packed_often(times: int) -> bytes:
    body = page().encode()
    for _ in range(times):
        body = gzip.compress(body, 1, mtime=0)
    return body


def _tar_bomb(size: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=9) as archive:
        info = tarfile.TarInfo("page.html")
        body = page().encode()
        info.size = len(body)
        archive.addfile(info, io.BytesIO(body))
        info = tarfile.TarInfo("zero.bin")
        info.size = size
        archive.addfile(info, io.BytesIO(bytes(size)))
    return out.getvalue()


def _mhtml_parts(count: int) -> bytes:
    part = "Content-Type: image/png\r\nContent-Location: https://river.example/{n}.png\r\n\r\nx"
    return mhtml("", [part.format(n=n) for n in range(count)])


def _mhtml_nested(depth: int) -> bytes:
    head = 'Content-Type: multipart/related; boundary="{n}"\r\n\r\n--{n}\r\n'
    inner = "".join(head.format(n=n) for n in range(depth))
    text = f"Content-Type: text/html; charset=utf-8\r\n\r\n{page()}\r\n"
    return (f"From: a@b.example\r\nMIME-Version: 1.0\r\n{inner}{text}").encode()


def _mhtml_header(size: int) -> bytes:
    return mhtml("").replace(
        b"Subject: ",
        b"X-Long: " + b"a" * size + b"\r\nSubject: " + b"=?utf-8?q?" + b"=41" * 30_000 + b"?= ",
    )


def _webarchive_frames(depth: int) -> bytes:
    main = {
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
        "WebResourceData": page().encode(),
    }
    inner: dict[str, object] = {"WebMainResource": main}
    for _ in range(depth):
        inner = {"WebMainResource": main, "WebSubframeArchives": [inner]}
    return plistlib.dumps(inner, fmt=plistlib.FMT_XML)


def _plist_doubling() -> bytes:
    """Give a binary plist of 40 arrays, each holding the one before twice, and one of itself."""
    objects = [b"\xa2" + bytes((n + 1, n + 1)) for n in range(40)] + [b"\xa1\x28"]
    body = b"bplist00"
    places = []
    for one in objects:
        places.append(len(body))
        body += one
    table = b"".join(struct.pack(">H", place) for place in places)
    tail = struct.pack(">5xBBBQQQ", 0, 2, 1, len(objects), 0, len(body))
    return body + table + tail


def _plist_claiming() -> bytes:
    return (
        b"bplist00\x5f\x13" + struct.pack(">Q", 2**62) + struct.pack(">5xBBBQQQ", 0, 1, 1, 1, 0, 8)
    )


def _warc_many(count: int) -> bytes:
    body = response(b"x", "image/png")
    records = [
        warc_record("response", f"https://river.example/{n}.png", body) for n in range(count)
    ]
    return warc_record("response", ADDRESS, response(page().encode())) + b"".join(records)


def _warc_length() -> bytes:
    whole = warc_record("response", ADDRESS, response(page().encode()))
    return whole + warc_record("response", ADDRESS + "2", b"x").replace(
        b"Content-Length: 1", b"Content-Length: 999999999999999"
    )


def _warc_gzip_body() -> bytes:
    body = _gzip_bomb(600 << 20)
    return warc_record("response", ADDRESS, response(body, extra="Content-Encoding: gzip\r\n"))


def _warc_chunks() -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    body += b"1\r\na\r\n" * 100_000 + b"ffffffffffffffff\r\n" + page().encode()
    return warc_record("response", ADDRESS, body)


ARCHIVES: Final[dict[str, tuple[str, Callable[[], bytes], Expected]]] = {
    "zip-bomb": ("zip", lambda: _zip_bomb(1 << 30), REFUSED),
    "zip-bomb-beside": ("zip", lambda: _zip_with_bomb_beside(600 << 20), EITHER),
    "zip-nested-12": ("zip", lambda: _nested(12), EITHER),
    "zip-nested-wide": ("zip", lambda: _nested(5, 10), EITHER),
    "zip-members-100000": ("zip", lambda: _many(100_000), EITHER),
    "zip-overlapping": ("zip", lambda: _overlapping(5_000), REFUSED),
    "gzip-bomb": ("html.gz", lambda: _gzip_bomb(1 << 30), REFUSED),
    "gzip-40-times": ("html.gz", lambda: _packed_often(40), EITHER),
    "bzip2-bomb": ("html.bz2", lambda: bz2.compress(page().encode() + b" " * 400_000_000), REFUSED),
    "xz-bomb": (
        "html.xz",
        lambda: lzma.compress(page().encode() + b" " * 400_000_000, preset=1),
        REFUSED,
    ),
    "tar-bomb": ("tar.gz", lambda: _tar_bomb(800 << 20), EITHER),
    "tar-members-50000": (
        "tar",
        lambda: tarred({"page.html": page()} | {f"a/{n}.png": b"" for n in range(50_000)}),
        EITHER,
    ),
    "mhtml-parts-20000": ("mhtml", lambda: _mhtml_parts(20_000), KEPT),
    "mhtml-nested-400": ("mhtml", lambda: _mhtml_nested(400), EITHER),
    "mhtml-header-5-mb": ("mhtml", lambda: _mhtml_header(5_000_000), EITHER),  # told as what it is
    "mhtml-base64-one-line": (
        "mhtml",
        lambda: mhtml(
            "",
            [
                "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "A" * 20_000_000
            ],
        ),
        KEPT,
    ),
    "mhtml-quoted-printable": (
        "mhtml",
        lambda: (
            mhtml("")
            .replace(b"8bit", b"quoted-printable")
            .replace(b"<article>", b"<article>" + b"=\r\n" * 500_000)
            .replace(b'"', b"=22")
        ),
        EITHER,
    ),
    "webarchive-frames-90": (
        "webarchive",
        lambda: _webarchive_frames(90),
        EITHER,
    ),  # plistlib writes no deeper
    "webarchive-doubling": ("webarchive", _plist_doubling, REFUSED),
    "webarchive-claiming": ("webarchive", _plist_claiming, REFUSED),
    "webarchive-subresources": (
        "webarchive",
        lambda: webarchive(
            "",
            [
                {
                    "WebResourceURL": f"{ADDRESS}/{n}",
                    "WebResourceData": b"x",
                    "WebResourceMIMEType": "image/png",
                }
                for n in range(30_000)
            ],
        ),
        KEPT,
    ),
    "maff-members": (
        "maff",
        lambda: zipped(
            {"1/index.rdf": rdf("index.html"), "1/index.html": page()}
            | {f"1/{n}.bin": b"" for n in range(20_000)}
        ),
        EITHER,
    ),
    "warc-records-30000": ("warc", lambda: _warc_many(30_000), KEPT),
    "warc-length-claimed": ("warc", _warc_length, KEPT),
    "warc-gzip-bomb": ("warc", _warc_gzip_body, EITHER),
    "warc-chunks": ("warc", _warc_chunks, EITHER),
    "html-300-mb": ("html", lambda: page().encode() + b"<p>a</p>" * 40_000_000, REFUSED),
    "html-tags-3000000": ("html", lambda: page().encode() + b"<b>" * 3_000_000, EITHER),
    "text-one-line": ("txt", lambda: b"gate " * 8_000_000, EITHER),
}


def _archive(ending: str, make: Callable[[], bytes]) -> Make:
    return lambda _: {f"in/page.{ending}": make()}


def _picture(make: Callable[[], bytes]) -> Make:
    body = f'<figure><img src="photo.png" alt="a jar"><figcaption>{CAPTION}</figcaption></figure>'
    return lambda _: {"in/page.html": page(body).encode(), "in/photo.png": make()}


CASES: Final[tuple[Case, ...]] = (
    *(Case(name, "bombs-pictures", _picture(make), CAPTIONED) for name, make in PICTURES.items()),
    *(
        Case(
            name, "bombs-archives", _archive(ending, make), expected, inputs=(f"in/page.{ending}",)
        )
        for name, (ending, make, expected) in ARCHIVES.items()
    ),
)
