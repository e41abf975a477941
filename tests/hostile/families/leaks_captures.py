"""Local files and requests through what holds a page: MHTML, webarchive, MAFF, WARC, mail, zip, folders."""

import io
import json
import plistlib
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final

from hostile.ground import Case, Expected, Files, Link, Traps, picture_bytes
from hostile.prose import FIRST, KEPT, LAST, TEXT, page

ALL: Final = "epub,pdf,html,md"
ADDRESS: Final = "https://river.example/lanterns"
WITH_PICTURE: Final = Expected(once=(FIRST, LAST), picture=True)


def mhtml(
    body: str, parts: Iterable[str] = (), *, location: str = ADDRESS, html: str | None = None
) -> bytes:
    """Give an MHTML file as Chrome writes it; `parts` are whole, with their header fields."""
    first = (
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {location}\r\n\r\n{page(body) if html is None else html}\r\n"
    )
    whole = "".join(f"------EDGE\r\n{part}\r\n" for part in (first, *parts))
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {location}\r\nSubject: Eleven lanterns\r\n"
        "Date: Tue, 5 Mar 2024 08:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="----EDGE"\r\n\r\n{whole}------EDGE--\r\n'
    ).encode()


def mail(body: str, parts: Iterable[str] = ()) -> bytes:
    return mhtml(body, parts).replace(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location", b"From: a@b.example\r\nX-Was"
    )


def webarchive(body: str, others: Iterable[dict[str, object]] = (), *, url: str = ADDRESS) -> bytes:
    main = {
        "WebResourceURL": url,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
        "WebResourceData": page(body).encode(),
    }
    whole = {"WebMainResource": main, "WebSubresources": list(others)}
    return plistlib.dumps(whole, fmt=plistlib.FMT_BINARY)


def zipped(files: Mapping[str, bytes | str], links: dict[str, str] | None = None) -> bytes:
    """Give a zip; `links` are members that say they are symbolic links."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 5, 8, 30, 0)), body)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name, (2024, 3, 5, 8, 30, 0))
            info.create_system = 3
            info.external_attr = 0o120777 << 16
            archive.writestr(info, target)
    return out.getvalue()


def tarred(
    files: Mapping[str, bytes | str], special: Iterable[tuple[str, bytes, str]] = ()
) -> bytes:
    """Give a tar; `special` are (name, type, link's target)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            bytes_ = body.encode() if isinstance(body, str) else body
            info.size = len(bytes_)
            archive.addfile(info, io.BytesIO(bytes_))
        for name, kind, target in special:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return out.getvalue()


def warc_record(
    kind: str, uri: str, body: bytes, content: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-05T08:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(len(body)):012d}>\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(body: bytes, kind: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


def rdf(index: str, original: str = ADDRESS) -> str:
    return (
        '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"'
        ' xmlns:NC="http://home.netscape.com/NC-rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="{original}"/>'
        '<MAF:title RDF:resource="Eleven lanterns"/><MAF:archivetime RDF:resource="Tue, 05 Mar 2024 08:30:00"/>'
        f'<MAF:indexfilename RDF:resource="{index}"/><MAF:charset RDF:resource="UTF-8"/></RDF:Description></RDF:RDF>'
    )


IMAGES: Final = '<img src="@FILE@/canary.png"><img src="../canary.png"><img src="cid:x"><img src="@HTTP@/canary.png">'
EXTERNAL: Final = (
    'Content-Type: message/external-body; access-type={how}; name="@PATH@/canary.png"; url="@HTTP@/canary.png"'
    "\r\nContent-Location: https://river.example/a.png\r\nContent-ID: <x>\r\n\r\nContent-Type: image/png\r\n\r\n"
)


def _mhtml_images(traps: Traps) -> Files:
    return {"in/page.mhtml": traps.fill(mhtml(IMAGES).decode()).encode()}


def _mhtml_external(traps: Traps) -> Files:
    parts = [EXTERNAL.format(how=how) for how in ("local-file", "URL", "anon-ftp")]
    body = '<img src="https://river.example/a.png"><img src="cid:x">'
    return {"in/page.mhtml": traps.fill(mhtml(body, parts).decode()).encode()}


def _mhtml_location(traps: Traps) -> Files:
    whole = mhtml(
        '<img src="canary.png"><iframe src="canary.html"></iframe>', location="@FILE@/page.html"
    )
    return {"in/page.mhtml": traps.fill(whole.decode()).encode()}


def _mhtml_frame(traps: Traps) -> Files:
    frame = (
        "Content-Type: text/html; charset=utf-8\r\nContent-ID: <frame@x>\r\n\r\n<html><body>"
        '<img src="@FILE@/canary.png"><iframe src="@FILE@/canary.html"></iframe></body></html>'
    )
    return {
        "in/page.mhtml": traps.fill(
            mhtml('<iframe src="cid:frame@x"></iframe>', [frame]).decode()
        ).encode()
    }


def _mail(traps: Traps) -> Files:
    parts = [EXTERNAL.format(how="local-file")]
    return {"in/page.eml": traps.fill(mail(IMAGES, parts).decode()).encode()}


def _webarchive(traps: Traps) -> Files:
    return {
        "in/page.webarchive": webarchive(
            traps.fill(IMAGES),
            [
                {
                    "WebResourceURL": traps.file("canary.png"),
                    "WebResourceMIMEType": "image/png",
                    "WebResourceData": b"",
                }
            ],
            url=traps.file("page.html"),
        )
    }


def _webarchive_entity(traps: Traps) -> Files:
    body = page("<p>&amp;leak; &leak;</p>").replace("&", "&amp;").replace("<", "&lt;")
    whole = (
        '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY leak SYSTEM "@FILE@/canary.txt">]><plist version="1.0">'
        "<dict><key>WebMainResource</key><dict><key>WebResourceURL</key><string>&leak;</string>"
        "<key>WebResourceMIMEType</key><string>text/html</string><key>WebResourceData</key>"
        f"<string>{body}</string></dict></dict></plist>"
    )
    return {"in/page.webarchive": traps.fill(whole).encode()}


def _warc(traps: Traps) -> Files:
    records = warc_record("response", ADDRESS, response(traps.fill(page(IMAGES)).encode()))
    records += warc_record(
        "response", traps.http("late.png"), b"HTTP/1.1 302 Found\r\nLocation: @HTTP@/c.png\r\n\r\n"
    )
    records += warc_record("resource", traps.file("canary.png"), b"", "image/png")
    return {"in/page.warc": records}


def _warc_file_uri(traps: Traps) -> Files:
    body = traps.fill(page('<img src="canary.png"><img src="./canary.png">')).encode()
    return {"in/page.warc": warc_record("resource", traps.file("page.html"), body, "text/html")}


def _wacz(traps: Traps) -> Files:
    body = response(traps.fill(page(IMAGES)).encode())
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [
            {"name": "a", "path": "../../canary.txt"},
            {"name": "b", "path": traps.path("canary.txt")},
        ],
    }
    pages = json.dumps({"format": "json-pages-1.0", "id": "pages"}) + "\n"
    pages += (
        json.dumps({"url": ADDRESS, "title": "Eleven lanterns", "ts": "2024-03-05T08:30:00Z"})
        + "\n"
    )
    pages += (
        json.dumps({"url": traps.file("canary.html"), "title": "x", "ts": "2024-03-05T08:30:00Z"})
        + "\n"
    )
    return {
        "in/page.wacz": zipped(
            {
                "datapackage.json": json.dumps(package),
                "pages/pages.jsonl": pages,
                "archive/data.warc": warc_record("response", ADDRESS, body),
            }
        )
    }


def _maff(index: str) -> dict[str, str]:
    return {"1/index.rdf": rdf(index), "1/index.html": page(IMAGES)}


def _maff_index(traps: Traps) -> Files:
    files = {name: traps.fill(body) for name, body in _maff("../../canary.html").items()}
    return {"in/page.maff": zipped(files)}


def _maff_entity(traps: Traps) -> Files:
    text = traps.fill(rdf("index.html")).replace(
        '<?xml version="1.0"?>',
        traps.fill('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY leak SYSTEM "@FILE@/canary.txt">]>'),
    )
    text = text.replace("Eleven lanterns", "&leak;")
    return {"in/page.maff": zipped({"1/index.rdf": text, "1/index.html": traps.fill(page(IMAGES))})}


def _zip_links(traps: Traps) -> Files:
    body = '<img src="photo.png"><img src="deep/photo.png"><iframe src="frame.html"></iframe>'
    links = {
        "photo.png": traps.path("canary.png"),
        "deep": str(traps.base),
        "frame.html": traps.path("canary.html"),
        "deep/photo.png": "../../canary.png",
    }
    return {"in/page.zip": zipped({"page.html": page(body)}, links)}


def _zip_page_link(traps: Traps) -> Files:
    return {"in/page.zip": zipped({"page.html": page()}, {"other.html": traps.path("canary.html")})}


def _zip_absolute_reference(traps: Traps) -> Files:
    return {
        "in/page.zip": zipped(
            {"deep/page.html": traps.fill(page(IMAGES + '<img src="/canary.png">'))}
        )
    }


def _tar_links(traps: Traps) -> Files:
    body = '<img src="photo.png"><img src="hard.png"><img src="folder/canary.png">'
    special = [
        ("photo.png", tarfile.SYMTYPE, traps.path("canary.png")),
        ("hard.png", tarfile.LNKTYPE, traps.path("canary.png")),
        ("folder", tarfile.SYMTYPE, str(traps.base)),
        ("secret.html", tarfile.SYMTYPE, traps.path("canary.html")),
        ("pipe.html", tarfile.FIFOTYPE, ""),
        ("device.html", tarfile.CHRTYPE, ""),
        ("block.html", tarfile.BLKTYPE, ""),
    ]
    return {"in/page.tar": tarred({"page.html": page(body)}, special)}


def _markdown(traps: Traps) -> Files:
    text = (
        "---\ntitle: Eleven lanterns\ncover: @FILE@/canary.png\ncss: ../canary.css\n---\n\n"
        + TEXT
        + "\n"
        "![a](../canary.png) ![b](@FILE@/canary.png) ![c](@HTTP@/canary.png) ![d][r]\n\n"
        '<img src="@FILE@/canary.png">\n\n<iframe src="../canary.html"></iframe>\n\n!include ../canary.md\n\n'
        "{{< include ../canary.md >}}\n\n[[../canary.md]]\n\n![[../canary.png]]\n\n[r]: ../canary.png\n"
    )
    return {"in/page.md": traps.fill(text).encode()}


def _folder_link(traps: Traps) -> Files:
    return {
        "in/page.html": page(
            '<img src="page_files/canary.png"><img src="more/canary.png">'
        ).encode(),
        "in/page_files": Link(str(traps.base)),
        "in/more": Link(".."),
    }


def _picture_link(traps: Traps) -> Files:
    body = '<img src="page_files/a.png"><img src="page_files/b.png"><img src="c.png">'
    return {
        "in/page.html": page(body).encode(),
        "in/page_files/a.png": Link(traps.path("canary.png")),
        "in/page_files/b.png": Link("../../canary.png"),
        "in/c.png": Link("page_files/b.png"),
    }


def _picture_here(_: Traps) -> Files:
    return {
        "in/page.html": page('<img src="page_files/a.png">').encode(),
        "in/page_files/a.png": picture_bytes(),
    }


def _picture_link_inside(_: Traps) -> Files:
    return {
        "in/page.html": page('<img src="page_files/b.png">').encode(),
        "in/page_files/a.png": picture_bytes(),
        "in/page_files/b.png": Link("a.png"),
    }


def _mirror(traps: Traps) -> Files:
    return {
        "in/river.example/a/page.html": traps.fill(
            page(
                '<img src="../pics/a.png"><img src="../../../canary.png"><img src="/../canary.png">'
            )
        ).encode(),
        "in/river.example/pics/a.png": picture_bytes(),
    }


def _single_file_z(traps: Traps) -> Files:
    archive = zipped(
        {
            "index.html": traps.fill(page(IMAGES)),
            "manifest.json": json.dumps({"resources": {"x": "../canary.png"}}),
        },
        {"images/0.png": traps.path("canary.png")},
    )
    return {"in/page.zip": b"<!DOCTYPE html><html><body><!--" + archive}


_MAKES: Final = {
    "mhtml-images": (_mhtml_images, "in/page.mhtml"),
    "mhtml-external-body": (_mhtml_external, "in/page.mhtml"),
    "mhtml-location-file": (_mhtml_location, "in/page.mhtml"),
    "mhtml-frame": (_mhtml_frame, "in/page.mhtml"),
    "mail-external-body": (_mail, "in/page.eml"),
    "webarchive-file-addresses": (_webarchive, "in/page.webarchive"),
    "warc-images": (_warc, "in/page.warc"),
    "warc-file-address": (_warc_file_uri, "in/page.warc"),
    "wacz-paths": (_wacz, "in/page.wacz"),
    "maff-entity": (_maff_entity, "in/page.maff"),
    "zip-links": (_zip_links, "in/page.zip"),
    "zip-page-link": (_zip_page_link, "in/page.zip"),
    "zip-references-outside": (_zip_absolute_reference, "in/page.zip"),
    "tar-links-and-devices": (_tar_links, "in/page.tar"),
    "markdown": (_markdown, "in/page.md"),
    "folder-is-a-link": (_folder_link, "in/page.html"),
    "pictures-are-links": (_picture_link, "in/page.html"),
    "single-file-z": (_single_file_z, "in/page.zip"),
}

# a file that was recorded is no page of the web, and nobody says that it ever was one
EXPECTED: Final = {"warc-file-address": Expected(codes=frozenset({0, 4}), books=None)}

CASES: Final[tuple[Case, ...]] = (
    *(
        Case(name, "leaks-captures", make, EXPECTED.get(name, KEPT), inputs=(path,), formats=ALL)
        for name, (make, path) in _MAKES.items()
    ),
    Case(
        "webarchive-entity",
        "leaks-captures",
        _webarchive_entity,
        Expected(codes=frozenset({4}), books=0),
        inputs=("in/page.webarchive",),
        formats=ALL,
    ),
    Case(
        "maff-index-outside",
        "leaks-captures",
        _maff_index,
        Expected(codes=frozenset({0, 4}), books=None),
        inputs=("in/page.maff",),
        formats=ALL,
    ),
    # Controls: what lies inside the capture is the article's, and must come.
    Case("control-picture-beside", "leaks-captures", _picture_here, WITH_PICTURE, formats=ALL),
    Case("control-link-inside", "leaks-captures", _picture_link_inside, WITH_PICTURE, formats=ALL),
    Case("control-mirror", "leaks-captures", _mirror, WITH_PICTURE, inputs=("in",), formats=ALL),
)
