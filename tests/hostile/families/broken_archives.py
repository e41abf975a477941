"""Archives that are cut, lie about themselves, or point out of themselves."""

import gzip
import plistlib
import struct
import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Final

from hostile.families.leaks_captures import (
    ADDRESS,
    mail,
    mhtml,
    rdf,
    response,
    tarred,
    warc_record,
    webarchive,
    zipped,
)
from hostile.ground import Case, Entry, Expected, Make, Traps, picture_bytes
from hostile.prose import FIRST, KEPT, LAST, REFUSED, page

EITHER: Final = Expected(codes=frozenset({0, 4}), books=None)
BEGUN: Final = Expected(once=(FIRST,))
ZIP: Final = zipped({"page.html": page('<img src="a.png">'), "a.png": picture_bytes()})
WARC: Final = warc_record("response", ADDRESS, response(page().encode()))


def _swap(body: bytes, old: bytes, new: bytes) -> bytes:
    if old not in body:
        raise ValueError(old)
    return body.replace(old, new)


def _crc() -> bytes:
    """Give a zip whose first member has another sum than it says."""
    body = bytearray(ZIP)
    body[14:18] = b"\0\0\0\0"
    at = body.index(b"PK\x01\x02") + 16
    body[at : at + 4] = b"\0\0\0\0"
    return bytes(body)


def _sizes(claimed: int) -> bytes:
    """Give a zip whose directory claims another size for the page."""
    body = bytearray(ZIP)
    at = body.index(b"PK\x01\x02") + 24
    body[at : at + 4] = struct.pack("<I", claimed)
    body[22:26] = struct.pack("<I", claimed)
    return bytes(body)


def _twice() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("page.html"), page())
        archive.filelist.append(archive.filelist[0])
        archive.writestr(zipfile.ZipInfo("./page.html"), page())
        archive.writestr(zipfile.ZipInfo("x/../page.html"), page())
    return out.getvalue()


def _encrypted() -> bytes:
    body = bytearray(ZIP)
    body[6] |= 1
    at = body.index(b"PK\x01\x02") + 8
    body[at] |= 1
    return bytes(body)


def _method(number: int) -> bytes:
    body = bytearray(ZIP)
    body[8:10] = struct.pack("<H", number)
    at = body.index(b"PK\x01\x02") + 10
    body[at : at + 2] = struct.pack("<H", number)
    return bytes(body)


def _escaping() -> bytes:
    names = (
        "../escaped.html",
        "/escaped.html",
        "../../../escaped.png",
        "..\\escaped.html",
        "C:/escaped.html",
        "a/b/../../../escaped.html",
    )
    return zipped({"page.html": page()} | dict.fromkeys(names, "<p>out</p>"))


def _escaping_tar() -> bytes:
    files: dict[str, bytes | str] = {
        "page.html": page(),
        "../escaped.html": "<p>out</p>",
        "/escaped.html": "<p>out</p>",
    }
    return tarred(files, [("d", tarfile.SYMTYPE, "../.."), ("d/escaped.html", tarfile.REGTYPE, "")])


def _tar_cycle() -> bytes:
    links = [
        ("a.html", tarfile.SYMTYPE, "b.html"),
        ("b.html", tarfile.SYMTYPE, "a.html"),
        ("c.html", tarfile.LNKTYPE, "c.html"),
    ]
    return tarred({"page.html": page()}, links)


def _tar_header(at: int, value: bytes) -> bytes:
    body = bytearray(tarred({"page.html": page()}))
    body[at : at + len(value)] = value
    body[148:156] = b" " * 8
    body[148:156] = b"%06o\0 " % sum(body[:512])
    return bytes(body)


def _pax(records: dict[str, str]) -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("page.html")
        info.pax_headers = records
        body = page().encode()
        info.size = len(body)
        archive.addfile(info, BytesIO(body))
    return out.getvalue()


def _plist(own: dict[str, object] | None = None, **parts: object) -> bytes:
    main: dict[str, object] = {
        "WebResourceURL": ADDRESS, "WebResourceMIMEType": "text/html", "WebResourceData": page().encode(),
        "WebResourceTextEncodingName": "UTF-8",
    }  # fmt: skip
    return plistlib.dumps({"WebMainResource": main | (own or {}), **parts}, fmt=plistlib.FMT_BINARY)


def _plist_cycle() -> bytes:
    """Give a binary plist whose main resource is the plist itself."""
    key = b"\x5f\x10\x0f" + b"WebMainResource"
    body = b"bplist00" + b"\xd1\x01\x00" + key
    table = bytes((8, 11))
    return body + table + struct.pack(">5xBBBQQQ", 0, 1, 1, 2, 0, len(body))


_MHTML_PICTURE: Final = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: a.png\r\n\r\n"

ARCHIVES: Final[dict[str, tuple[str, Callable[[], bytes], Expected]]] = {
    "zip-cut-in-half": ("zip", lambda: ZIP[: len(ZIP) // 2], EITHER),
    "zip-cut-at-the-end": ("zip", lambda: ZIP[:-10], EITHER),
    "zip-only-the-end": ("zip", lambda: ZIP[-22:], REFUSED),
    "zip-empty": ("zip", lambda: zipped({}), REFUSED),
    "zip-no-page": ("zip", lambda: zipped({"a.png": picture_bytes(), "b.bin": b"x"}), REFUSED),
    "zip-wrong-sum": ("zip", _crc, EITHER),
    "zip-size-claimed-small": ("zip", lambda: _sizes(10), EITHER),
    "zip-size-claimed-huge": ("zip", lambda: _sizes(0xFFFFFFF0), EITHER),
    "zip-members-twice": ("zip", _twice, Expected(kept=(FIRST, LAST), books=None)),
    "zip-encrypted": ("zip", _encrypted, REFUSED),
    "zip-method-unknown": ("zip", lambda: _method(77), REFUSED),
    "zip-method-implode": ("zip", lambda: _method(6), REFUSED),
    "zip-method-lzma": ("zip", lambda: _method(14), REFUSED),
    "zip-escaping": (
        "zip",
        _escaping,
        Expected(codes=frozenset({0, 1}), once=(FIRST, LAST), books=None),
    ),
    "zip-of-itself": (
        "zip",
        lambda: zipped({"page.html": page(), "again.zip": ZIP}),
        Expected(codes=frozenset({0, 1}), kept=(FIRST, LAST), books=None),
    ),
    "zip-junk-before": ("zip", lambda: b"MZ" + bytes(5_000) + ZIP, EITHER),
    "zip-junk-after": ("zip", lambda: ZIP + bytes(100_000), EITHER),
    "zip-comment": ("zip", lambda: ZIP[:-2] + b"\xff\xff" + b"x" * 65_535, EITHER),
    "zip-directory-outside": ("zip", lambda: ZIP[:-6] + b"\xff\xff\xff\x7f" + ZIP[-2:], EITHER),
    "zip-count-claimed": ("zip", lambda: ZIP[:-14] + b"\xff\xff\xff\xff" + ZIP[-10:], EITHER),
    "zip-deflate-broken": ("zip", lambda: ZIP[:60] + b"\xff" * 40 + ZIP[100:], EITHER),
    "gzip-cut": ("html.gz", lambda: gzip.compress(page().encode() * 3, mtime=0)[:-200], EITHER),
    "gzip-wrong-sum": (
        "html.gz",
        lambda: gzip.compress(page().encode(), mtime=0)[:-8] + bytes(8),
        EITHER,
    ),
    "gzip-junk-after": (
        "html.gz",
        lambda: gzip.compress(page().encode(), mtime=0) + b"junk",
        EITHER,
    ),
    "gzip-only-head": ("html.gz", lambda: gzip.compress(b"", mtime=0)[:10], REFUSED),
    "gzip-name-escaping": (
        "html.gz",
        lambda: (
            b"\x1f\x8b\x08\x08\0\0\0\0\0\x03../../escaped.html\0"
            + gzip.compress(page().encode(), mtime=0)[10:]
        ),
        KEPT,
    ),
    "bzip2-broken": ("html.bz2", lambda: b"BZh91AY&SY" + bytes(200), REFUSED),
    "xz-broken": ("html.xz", lambda: b"\xfd7zXZ\0" + bytes(200), REFUSED),
    "zstd-named": ("html.zst", lambda: b"\x28\xb5\x2f\xfd" + bytes(200), REFUSED),
    "rar-named": ("rar", lambda: b"Rar!\x1a\x07\x01\0" + bytes(500), REFUSED),
    "seven-zip": ("7z", lambda: b"7z\xbc\xaf\x27\x1c\0\x04" + b"\xff" * 500, REFUSED),
    "tar-cut": ("tar", lambda: tarred({"page.html": page()})[:1_500], EITHER),
    "tar-escaping": (
        "tar",
        _escaping_tar,
        Expected(codes=frozenset({0, 1}), once=(FIRST, LAST), books=None),
    ),
    "tar-cycle": (
        "tar",
        _tar_cycle,
        Expected(codes=frozenset({0, 1}), once=(FIRST, LAST), books=None),
    ),
    "tar-size-negative": ("tar", lambda: _tar_header(124, b"\xff" * 12), EITHER),
    "tar-size-huge": ("tar", lambda: _tar_header(124, b"77777777777\0"), EITHER),
    "tar-size-words": ("tar", lambda: _tar_header(124, b"not a number"), EITHER),
    "tar-pax-size": ("tar", lambda: _pax({"size": "-5"}), EITHER),
    "tar-pax-path": ("tar", lambda: _pax({"path": "../../escaped.html"}), EITHER),
    "tar-pax-nonsense": (
        "tar",
        lambda: _pax({"mtime": "nan", "uid": "x", "GNU.sparse.size": "9" * 30}),
        EITHER,
    ),
    "tar-gz-cut": (
        "tar.gz",
        lambda: gzip.compress(tarred({"page.html": page()}), mtime=0)[:-60],
        EITHER,
    ),
    "mhtml-cut-in-the-page": ("mhtml", lambda: mhtml("").split(LAST.encode())[0], BEGUN),
    "mhtml-cut-in-the-head": ("mhtml", lambda: mhtml("")[:150], REFUSED),
    "mhtml-no-boundary": (
        "mhtml",
        lambda: _swap(mhtml(""), b'boundary="----EDGE"', b"x=y"),
        EITHER,
    ),
    "mhtml-boundary-empty": (
        "mhtml",
        lambda: _swap(mhtml(""), b'boundary="----EDGE"', b'boundary=""'),
        EITHER,
    ),
    "mhtml-boundary-other": (
        "mhtml",
        lambda: _swap(mhtml(""), b'boundary="----EDGE"', b'boundary="----OTHER"'),
        EITHER,
    ),
    "mhtml-no-page": ("mhtml", lambda: _swap(mhtml(""), b"text/html", b"image/png"), REFUSED),
    "mhtml-base64-broken": (
        "mhtml",
        lambda: mhtml('<img src="a.png">', [_MHTML_PICTURE + "A" * 1_001 + "*&^\u2028"]),
        KEPT,
    ),
    "mhtml-encoding-unknown": ("mhtml", lambda: _swap(mhtml(""), b"8bit", b"x-uuencode"), EITHER),
    "mhtml-uuencode-broken": (
        "mhtml",
        lambda: mhtml(
            '<img src="a.png">',
            [
                _MHTML_PICTURE.replace("base64", "x-uuencode")
                + "begin 644 ../../escaped\r\nM\xff\xff\r\n"
            ],
        ),
        KEPT,
    ),
    "mhtml-same-part-often": (
        "mhtml",
        lambda: mhtml('<img src="a.png">', [_MHTML_PICTURE + "iVBORw0KGgo="] * 50),
        KEPT,
    ),
    "mhtml-frame-cycle": (
        "mhtml",
        lambda: mhtml(
            '<iframe src="cid:a@x"></iframe>',
            [
                'Content-Type: text/html\r\nContent-ID: <a@x>\r\n\r\n<p>one</p><iframe src="cid:b@x"></iframe>',
                'Content-Type: text/html\r\nContent-ID: <b@x>\r\n\r\n<p>two</p><iframe src="cid:a@x"></iframe>',
            ],
        ),
        KEPT,
    ),
    "mhtml-date-nonsense": (
        "mhtml",
        lambda: _swap(
            mhtml(""), b"Tue, 5 Mar 2024 08:30:00 -0000", b"Xyz, 99 Foo 99999 99:99:99 +99999999999"
        ),
        KEPT,
    ),
    "mhtml-headers-injected": (
        "mhtml",
        lambda: _swap(
            mhtml(""),
            b"Subject: Eleven lanterns",
            b"Subject: =?utf-8?q?a=0D=0AX-Evil:_1=0D=0A=0D=0Abody?=",
        ),
        KEPT,
    ),
    "mhtml-nul-in-headers": (
        "mhtml",
        lambda: _swap(mhtml(""), b"Subject: Eleven", b"Subj\0ect: \0\xff Eleven"),
        EITHER,  # no mail program writes or reads such a header
    ),
    "mail-of-a-mail": (
        "eml",
        lambda: (
            b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
            + mail("")
        ),
        EITHER,
    ),
    "mail-without-body": (
        "eml",
        lambda: (
            b"From: a@b.example\r\nSubject: nothing\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
        ),
        REFUSED,
    ),
    "mail-attachment-named": (
        "eml",
        lambda: mail(
            "",
            [
                'Content-Type: application/zip; name="../../escaped.html"\r\nContent-Disposition: attachment; filename="/escaped.html"\r\n\r\nPK'
            ],
        ),
        KEPT,
    ),
    "webarchive-cut": ("webarchive", lambda: webarchive("")[:-40], REFUSED),
    "webarchive-no-main": (
        "webarchive",
        lambda: plistlib.dumps({"WebSubresources": []}, fmt=plistlib.FMT_BINARY),
        REFUSED,
    ),
    "webarchive-a-list": (
        "webarchive",
        lambda: plistlib.dumps([1, 2], fmt=plistlib.FMT_BINARY),
        REFUSED,
    ),
    "webarchive-types-wrong": (
        "webarchive",
        lambda: _plist(
            {"WebResourceURL": 7, "WebResourceTextEncodingName": [1], "WebResourceMIMEType": {}},
            WebSubresources={"a": 1},
        ),
        EITHER,
    ),
    "webarchive-data-a-number": ("webarchive", lambda: _plist({"WebResourceData": 5}), REFUSED),
    "webarchive-subresources-wrong": (
        "webarchive",
        lambda: _plist(
            WebSubresources=[1, "a", {}, {"WebResourceURL": 5, "WebResourceData": "x"}],
            WebSubframeArchives=[7, {}],
        ),
        KEPT,
    ),
    "webarchive-cycle": ("webarchive", _plist_cycle, REFUSED),
    "webarchive-date-huge": (
        "webarchive",
        lambda: webarchive("").replace(b"bplist00", b"bplist99"),
        EITHER,  # what can still be read is
    ),
    "webarchive-xml-broken": (
        "webarchive",
        lambda: b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key><dict>",
        REFUSED,
    ),
    "webarchive-xml-integers": (
        "webarchive",
        lambda: (
            b"<?xml version='1.0'?><!DOCTYPE plist><plist><dict><key>a</key><integer>"
            + b"9" * 100_000
            + b"</integer></dict></plist>"
        ),
        REFUSED,
    ),
    "maff-no-rdf": ("maff", lambda: zipped({"1/index.html": page()}), EITHER),
    "maff-rdf-broken": (
        "maff",
        lambda: zipped({"1/index.rdf": "<RDF:RDF><a", "1/index.html": page()}),
        EITHER,
    ),
    "maff-index-missing": (
        "maff",
        lambda: zipped({"1/index.rdf": rdf("gone.html"), "1/other.html": page()}),
        EITHER,
    ),
    "maff-index-itself": (
        "maff",
        lambda: zipped({"1/index.rdf": rdf("index.rdf"), "1/index.html": page()}),
        EITHER,
    ),
    "maff-empty": ("maff", lambda: zipped({}), REFUSED),
    "warc-cut": ("warc", lambda: WARC.split(LAST.encode())[0], BEGUN),
    "warc-empty": ("warc", lambda: b"WARC/1.0\r\n", REFUSED),
    "warc-no-length": ("warc", lambda: _swap(WARC, b"Content-Length", b"X-Length"), EITHER),
    "warc-length-negative": (
        "warc",
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n" + WARC,
        EITHER,
    ),
    "warc-length-words": (
        "warc",
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n" + WARC,
        EITHER,
    ),
    "warc-status-nonsense": (
        "warc",
        lambda: _swap(WARC, b"HTTP/1.1 200 OK", b"HTTP/9 abc"),
        EITHER,
    ),
    "warc-no-http": ("warc", lambda: warc_record("response", ADDRESS, page().encode()), EITHER),
    "warc-brotli-broken": (
        "warc",
        lambda: warc_record(
            "response", ADDRESS, response(page().encode(), extra="Content-Encoding: br\r\n")
        ),
        EITHER,
    ),
    "warc-gzip-broken": (
        "warc",
        lambda: warc_record(
            "response",
            ADDRESS,
            response(b"\x1f\x8b\x08" + page().encode(), extra="Content-Encoding: gzip\r\n"),
        ),
        EITHER,
    ),
    "warc-redirect-cycle": (
        "warc",
        lambda: (
            b"".join(
                warc_record(
                    "response",
                    f"{ADDRESS}/{a}",
                    f"HTTP/1.1 301 Moved\r\nLocation: {ADDRESS}/{b}\r\n\r\n".encode(),
                )
                for a, b in (("a", "b"), ("b", "a"))
            )
            + WARC
        ),
        KEPT,
    ),
    "warc-revisit-cycle": (
        "warc",
        lambda: (
            warc_record("revisit", ADDRESS + "/r", b"").replace(
                b"WARC-Date", f"WARC-Refers-To-Target-URI: {ADDRESS}/r\r\nWARC-Date".encode()
            )
            + WARC
        ),
        KEPT,
    ),
    "warc-gz-cut": (
        "warc.gz",
        lambda: gzip.compress(WARC, mtime=0) + gzip.compress(WARC, mtime=0)[:-50],
        EITHER,
    ),
    "warc-gz-whole": ("warc.gz", lambda: gzip.compress(WARC * 2, mtime=0), EITHER),
    "wacz-no-warc": (
        "wacz",
        lambda: zipped({"datapackage.json": "{}", "pages/pages.jsonl": "{}"}),
        REFUSED,
    ),
    "wacz-json-broken": (
        "wacz",
        lambda: zipped(
            {
                "datapackage.json": "[" * 100_000,
                "pages/pages.jsonl": "{\n\xff[",
                "archive/a.warc": WARC,
            }
        ),
        EITHER,
    ),
    "wacz-warc-broken": (
        "wacz",
        lambda: zipped({"datapackage.json": "{}", "archive/a.warc.gz": b"\x1f\x8bjunk"}),
        REFUSED,
    ),
    "epub-named-html": (
        "html",
        lambda: zipped({"mimetype": "application/epub+zip", "a.xhtml": page()}),
        EITHER,
    ),
    "single-file-z-cut": ("html", lambda: b"<!DOCTYPE html><html><body><!--" + ZIP[:-30], EITHER),
}


def _archive(ending: str, make: Callable[[], bytes]) -> Make:
    return lambda _: {f"in/page.{ending}": make()}


def _among_good(_: Traps) -> dict[str, Entry]:
    """Give every broken archive in one folder, and one good page: the good one must come out."""
    files: dict[str, Entry] = {
        f"in/{name}.{ending}": make() for name, (ending, make, _) in ARCHIVES.items()
    }
    return files | {"in/zz-good.html": page("<p>This one was whole.</p>", title="Whole").encode()}


CASES: Final[tuple[Case, ...]] = (
    *(
        Case(
            name, "broken-archives", _archive(ending, make), expected, inputs=(f"in/page.{ending}",)
        )
        for name, (ending, make, expected) in ARCHIVES.items()
    ),
    Case(
        "all-in-one-folder",
        "broken-archives",
        _among_good,
        Expected(codes=frozenset({1}), once=("This one was whole",), books=None),
        inputs=("in",),
        options=("--keep-duplicates", "--no-learn"),
        formats="epub",
    ),
)
