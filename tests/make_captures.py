"""Writes the captures that are more than text: run it from the project's top, read the diff.

.venv/bin/python tests/make_captures.py

Everything is written with the standard library, after the formats' specifications and what the
programs named in README.md write; dates are fixed, so the files never change by themselves.
"""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import plistlib
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent / "captures"
WHEN = "2024-03-03T09:20:30Z"
STAMP = (2024, 3, 3, 9, 20, 30)
TEXT = "Les bateaux rentrent au port à l’aube, chargés de sardines, et les mouettes les suivent. "
Pair = tuple[str, bytes]


def png(red: int, green: int, blue: int) -> bytes:
    """Give a picture of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(bytes((0, red, green, blue)), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    )


RED, GREEN, BLUE = png(255, 0, 0), png(0, 255, 0), png(0, 0, 255)


def page(title: str, *extra: str) -> bytes:
    body = "\n".join((f"<h1>{title}</h1>", f"<p>{TEXT * 3}</p>", *extra))
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


# --- WARC ------------------------------------------------------------------------------------


def sha1(body: bytes) -> str:
    return "sha1:" + hashlib.sha1(body, usedforsecurity=False).hexdigest()


def record(kind: str, url: str | None, block: bytes, *headers: str) -> bytes:
    """Give a record (WARC 1.1 §4)."""
    number = sha1(f"{kind} {url}".encode() + block)[5:37]
    told = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{number[:8]}-{number[8:12]}-4000-8000-{number[20:32]}>",
        f"WARC-Date: {WHEN}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        *headers,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(told).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def info(software: str = "Wget/1.21.3 (linux-gnu)") -> bytes:
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    return record("warcinfo", None, block, "Content-Type: application/warc-fields")


def http(status: str, headers: Iterable[str], body: bytes) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers)).encode() + b"\r\n\r\n" + body


def response(url: str, media: str, body: bytes, *headers: str, plain: bytes | None = None) -> bytes:
    block = http("200 OK", (f"Content-Type: {media}", *headers), body)
    return record(
        "response",
        url,
        block,
        "Content-Type: application/http; msgtype=response",
        f"WARC-Payload-Digest: {sha1(body if plain is None else plain)}",
    )


def request(url: str, *headers: str) -> bytes:
    lines = ["GET / HTTP/1.1", "Host: port.example", *headers]
    block = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return record("request", url, block, "Content-Type: application/http; msgtype=request")


def moved(url: str, target: str) -> bytes:
    block = http("301 Moved Permanently", (f"Location: {target}",), b"")
    return record("response", url, block, "Content-Type: application/http; msgtype=response")


def revisit(url: str, of: str, body: bytes) -> bytes:
    block = http("200 OK", ("Content-Type: text/html",), b"")
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    return record(
        "revisit",
        url,
        block,
        f"WARC-Profile: {profile}",
        f"WARC-Refers-To-Target-URI: {of}",
        f"WARC-Payload-Digest: {sha1(body)}",
    )


def chunked(body: bytes, size: int = 50) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    framed = [f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts]
    return b"".join(framed) + b"0\r\n\r\n"


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


PORT = "https://port.example"
QUAY = '<img src="/img/quai.png">'
HTML = "text/html; charset=utf-8"


def warcs() -> None:
    quay = response(f"{PORT}/img/quai.png", "image/png", RED)
    sete = page("Sète", QUAY, '<img src="mole.png?w=300">')
    one = [info(), request(f"{PORT}/2024/sete"), response(f"{PORT}/2024/sete", HTML, sete), quay]
    one.append(response(f"{PORT}/2024/mole.png?w=300", "image/png", GREEN))
    write("warc/page/port.warc", b"".join(one))
    write("warc/packed/port.warc.gz", b"".join(map(packed, one)))
    write("warc/single-member/port.warc.gz", packed(b"".join(one)))
    write("warc/cut-in-a-picture/port.warc", b"".join(one)[:-60])
    write("warc/cut-in-the-page/port.warc", b"".join(one[:3])[:-200])
    write("warc/cut-in-a-packed-picture/port.warc.gz", b"".join(map(packed, one))[:-60])
    write("warc/damaged-in-the-middle/port.warc", b"".join((*one[:4], b"rubbish\r\n" * 9, one[4])))
    write("warc/no-html/port.warc", info() + quay)
    write("warc/nothing/port.warc", info())
    agde = page("Agde", QUAY)
    write(
        "warc/two-pages/port.warc",
        b"".join((*one, response(f"{PORT}/2024/agde", HTML, agde))),
    )
    frame = page("Publicité")
    wrapped = page("Sète", '<iframe width=1 src="//ads.example/frame?x=1"></iframe>', QUAY)
    script = response(f"{PORT}/api/more", HTML, page("Fragment"))
    write(
        "warc/frames-and-fragments-are-no-pages/port.warc",
        b"".join((
            info(),
            response(f"{PORT}/sete", HTML, wrapped),
            response("https://ads.example/frame?x=1", HTML, frame),
            request(f"{PORT}/api/more", "Sec-Fetch-Dest: empty"),
            script,
            response(f"{PORT}/json", "text/html", b'{"not": "a page"}'),
            quay,
        )),
    )  # fmt: skip
    codings(quay)
    again = [
        info(),
        response(f"{PORT}/a", HTML, sete),
        revisit(f"{PORT}/b", f"{PORT}/a", sete),
        revisit(f"{PORT}/a", f"{PORT}/a", sete),
        moved(f"{PORT}/img/quai.png", "/static/quai.png"),
        response(f"{PORT}/static/quai.png", "image/png", RED),
        revisit(f"{PORT}/gone", f"{PORT}/elsewhere", b"not in this file"),
    ]
    write("warc/revisits-and-redirections/port.warc", b"".join(again))
    latin = page("Sète").replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252")
    write(
        "warc/charset-in-the-header/port.warc",
        info() + response(f"{PORT}/sete", "text/html; charset=iso-8859-1", latin),
    )
    errors = http("404 Not Found", ("Content-Type: text/html",), page("Introuvable"))
    write(
        "warc/errors-are-no-pages/port.warc",
        b"".join(one) + record("response", f"{PORT}/x", errors, "Content-Type: application/http"),
    )


def codings(quay: bytes) -> None:
    import brotli  # noqa: PLC0415  (only here)

    sete = page("Sète", QUAY)
    ways = {
        "chunked": (chunked(sete), "Transfer-Encoding: chunked"),
        "gzip": (packed(sete), "Content-Encoding: gzip"),
        "brotli": (brotli.compress(sete), "Content-Encoding: br"),
        "deflate": (zlib.compress(sete), "Content-Encoding: deflate"),
        "zstd": (b"\x28\xb5\x2f\xfd" + bytes(20), "Content-Encoding: zstd"),
        "gzip-that-is-none": (sete, "Content-Encoding: gzip"),
    }
    for name, (body, header) in ways.items():
        whole = info() + response(f"{PORT}/sete", HTML, body, header) + quay
        write(f"warc/{name}/port.warc", whole)
    both = response(
        f"{PORT}/sete", HTML, chunked(packed(sete)), "Transfer-Encoding: chunked",
        "Content-Encoding: gzip",
    )  # fmt: skip
    write("warc/chunked-and-gzip/port.warc", info() + both + quay)


# --- zip, tar --------------------------------------------------------------------------------


def zipped(*members: Pair, stored: bool = False) -> bytes:
    file = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, body in members:
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type = method
            archive.writestr(member, body)
    return file.getvalue()


def tarred(*members: Pair) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, body in members:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(body), 1709457630
            archive.addfile(member, io.BytesIO(body))
    return file.getvalue()


def waczs() -> None:
    sete, agde = page("Sète", QUAY), page("Agde", QUAY)
    crawl = b"".join(
        map(
            packed,
            (
                info("Browsertrix-Crawler 1.0"),
                response(f"{PORT}/", HTML, page("Accueil")),
                response(f"{PORT}/sete", HTML, sete),
                response(f"{PORT}/agde", HTML, agde),
            ),
        )
    )
    pictures = packed(response(f"{PORT}/img/quai.png", "image/png", RED))
    listed = "\n".join(
        json.dumps(line)
        for line in (
            {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"},
            {"id": "1", "url": f"{PORT}/sete", "ts": "2024-03-04T10:00:00Z", "title": "Sète"},
            {"id": "2", "url": f"{PORT}/agde", "ts": "2024-03-04T10:01:00Z", "title": "Agde"},
            {"id": "3", "url": f"{PORT}/lost", "ts": "2024-03-04T10:02:00Z"},
        )
    )
    package = json.dumps({"profile": "data-package", "software": "Browsertrix-Crawler 1.0"})
    members = [
        ("datapackage.json", package.encode()),
        ("pages/pages.jsonl", listed.encode()),
        ("archive/data-0.warc.gz", crawl),
        ("archive/data-1.warc.gz", pictures),
    ]
    write("wacz/two-pages-named/port.wacz", zipped(*members, stored=True))
    write("wacz/compressed-again/port.wacz", zipped(*members))
    write("wacz/no-list-of-pages/port.wacz", zipped(members[0], *members[2:], stored=True))
    write("wacz/no-page/port.wacz", zipped(members[0], members[3], stored=True))


def tars() -> None:
    sete = page("Sète", '<img src="sete_files/quai.png">')
    members = [
        ("saved/sete.html", sete),
        ("saved/sete_files/quai.png", RED),
        ("saved/sete_files/saved_resource.html", page("Publicité")),
        ("saved/notes.json", b"{}"),
        ("saved/agde", page("Agde", '<img src="quai.png">')),
        ("saved/quai.png", GREEN),
        ("saved/.hidden.html", page("Caché")),
    ]
    whole = tarred(*members)
    write("tar/folder/saved.tar", whole)
    write("tar/gzip/saved.tar.gz", packed(whole))
    write("tar/bzip2/saved.tar.bz2", bz2.compress(whole))
    write("tar/xz/saved.tar.xz", lzma.compress(whole))
    write("tar/truncated/saved.tar", whole[:5000])
    write("tar/gzip-truncated/saved.tar.gz", packed(whole)[:600])
    write("tar/no-page/saved.tar", tarred(("a.png", RED)))
    write("tar/empty/saved.tar", tarred(("a.html", b"")))


def zips() -> None:
    mirror = [
        ("mirror/port.example/2024/sete.html", page("Sète", '<img src="../img/quai.png">')),
        ("mirror/port.example/2024/sete.html.orig", page("Original")),
        ("mirror/port.example/img/quai.png", RED),
        ("mirror/cdn.example/mole.png?w=300", GREEN),
        ("mirror/hts-cache/new.html", page("Cache")),
        ("__MACOSX/mirror/port.example/2024/._sete.html", b"\0\5\26\7"),
    ]
    write("zip/mirror/mirror.zip", zipped(*mirror))
    crawl = info() + response(f"{PORT}/sete", HTML, page("Sète", QUAY))
    crawl += response(f"{PORT}/img/quai.png", "image/png", RED)
    mixed = [
        ("a/agde.html", page("Agde")),
        ("b/port.warc", crawl),
        ("c/old.zip", zipped(("old.html", page("Vieux", '<img src="q.png">')), ("q.png", GREEN))),
        ("d/notes.md", b"# Notes\n\n![](../q.png)\n\n" + TEXT.encode()),
        ("q.png", BLUE),
    ]
    write("zip/mixed/captures.zip", zipped(*mixed))
    whole = bytearray(zipped(("a.html", page("Agde")), ("b.html", page("Sète")), stored=True))
    at = whole.find(b"PK\x03\x04", 10)
    whole[at : at + 4] = b"XXXX"
    write("zip/one-member-damaged/captures.zip", bytes(whole))
    cut = zipped(
        ("sete.html", page("Sète", "<img src=quai.png>")),
        ("quai.png", RED),
        ("agde.html", page("Agde")),
    )
    write("zip/cut/captures.zip", cut[: cut.rfind(b"agde.html", 0, -200) + 80])


def single_file_z() -> None:
    """SingleFile's self-extracting archive: a page that unpacks the zip which follows it."""
    manifest = {
        "originalUrl": f"{PORT}/sete",
        "title": "Sète",
        "archiveTime": "2024-03-03T09:20:30.123Z",
        "indexFilename": "index.html",
        "resources": {"images/0.png": f"{PORT}/img/quai.png"},
    }
    members = [
        ("index.html", page("Sète", "<img src=images/0.png>", "<iframe src=frames/0/index.html>")),
        ("manifest.json", json.dumps(manifest).encode()),
        ("images/0.png", RED),
        ("frames/0/index.html", page("Cadre")),
        (
            "frames/0/manifest.json",
            json.dumps(manifest | {"originalUrl": "https://ads.example"}).encode(),
        ),
    ]
    archive = zipped(*members)
    opening = (
        b"<!DOCTYPE html><html data-sfz><meta charset=utf-8><title>S\xc3\xa8te</title>"
        b"<body><p>Please wait\xe2\x80\xa6</p><script>/* unpacks what follows */</script><!-- "
    )
    write("singlefilez/page/sete.html", opening + archive + b" --></body></html>")
    write("singlefilez/alone/sete.zip", archive)
    write("singlefilez/cut/sete.html", opening + archive[:-100])


def write(name: str, data: bytes) -> None:
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def framed_webarchive() -> None:
    """Safari keeps a page's frames as archives in its archive."""
    frame = page("Sète", '<img src="quai.png">')
    archive = {
        "WebMainResource": {
            "WebResourceURL": f"{PORT}/lu",
            "WebResourceMIMEType": "text/html",
            "WebResourceTextEncodingName": "UTF-8",
            "WebResourceData": b'<html><title>Lecteur</title><iframe src="/texte/sete"></iframe>',
        },
        "WebSubframeArchives": [
            {
                "WebMainResource": {
                    "WebResourceURL": f"{PORT}/texte/sete",
                    "WebResourceMIMEType": "text/html",
                    "WebResourceTextEncodingName": "UTF-8",
                    "WebResourceData": frame,
                },
                "WebSubresources": [
                    {"WebResourceURL": f"{PORT}/texte/quai.png", "WebResourceData": RED}
                ],
            }
        ],
    }
    write("webarchive/frame/sete.webarchive", plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))


if __name__ == "__main__":
    framed_webarchive()
    warcs()
    waczs()
    tars()
    zips()
    single_file_z()
