"""Captures of drawn pages: every way of saving them, with odd values in what the way adds."""

import base64
import gzip
import json
import plistlib
from collections.abc import Callable
from typing import Any, Final

from hypothesis import strategies as st

import make_captures as make
from hostile.families.leaks_captures import mail, mhtml
from hostile.pictures import flat
from shapes import BLOCKS
from strategies import ANY, FILLINGS, JSON, TEXTS, filled, markdown, pages, texts

Files = dict[str, bytes]  # of a capture, by name; the page or archive itself comes first

PICTURES: Final = st.sampled_from((
    make.RED, flat((9, 9, 9)), make.RED[:40], b"", b"GIF89a",
    b"<svg onload='x()'><script>x()</script></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><text>x</text></svg>",
))  # fmt: skip
MEMBERS: Final = st.sampled_from((
    "a.png", "page_files/a.png", "../a.png", "/a.html", "b/c.html", "C:\\a.html", "é\u202e.html",
    "n" * 300, "index.html", "notes.md", "deep/x.zip", "page.html/", ".html", "%2e%2e/a.html",
    "a\nb.html",
))  # fmt: skip
ENCODINGS: Final = st.sampled_from(
    ("utf-8", "utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "shift_jis", "cp1251")
)
TRANSFERS: Final = st.sampled_from(("base64", "quoted-printable", "8bit", "7bit", "x-é", ""))
MEDIA: Final = st.sampled_from((
    "text/html; charset=utf-8", "text/html; charset=utf-7", "text/html; charset='", "image/png",
    "a/b; c*0*=x''%", "message/rfc822", "multipart/mixed; boundary=EDGE", "multipart/mixed", "",
    "text/plain", "application/xhtml+xml",
))  # fmt: skip


def coded(text: str, encoding: str = "utf-8") -> bytes:
    """Give a text's bytes; what the encoding lacks is a reference."""
    return text.encode(encoding, "xmlcharrefreplace")


def inline(body: bytes) -> str:
    """Give a picture as SingleFile and monolith write it."""
    return f"data:image/png;base64,{base64.b64encode(body).decode()}"


def line(draw: st.DrawFn) -> str:
    """Give a value that stands on one line."""
    return " ".join(draw(ANY).split())


def html_file(draw: st.DrawFn) -> Files:
    return {"page.html": coded(draw(pages()), draw(ENCODINGS))}


def saved_folder(draw: st.DrawFn) -> Files:
    shown = f"<img src=page_files/a.png{draw(FILLINGS['a'])}>"
    extra = f"<iframe src=page_files/frame.html></iframe>{shown}"
    mark = draw(st.sampled_from(("", f"<!-- saved from url=(0024){line(draw)} -->")))
    return {
        "page.html": coded(f"{mark}{draw(pages())}{extra}"),
        "page_files/a.png": draw(PICTURES),
        "page_files/frame.html": coded(draw(pages())),
        "a.png": draw(PICTURES),
    }


def single_file(draw: st.DrawFn) -> Files:
    mark = (
        f"<!--\n Page saved with SingleFile \n url: {line(draw)} \n saved date: {line(draw)}\n-->"
    )
    rules = f"<style>:root{{--sf-img-1:url({inline(draw(PICTURES))})}}</style>"
    shown = f"<img src='{inline(draw(PICTURES))}'><img style='background-image:var(--sf-img-1)'>"
    return {"page.html": coded(f"{mark}{rules}{shown}{draw(pages())}")}


def parts(draw: st.DrawFn) -> list[str]:
    """Give parts of a message, header and body."""
    return [
        f"Content-Type: {draw(MEDIA)}\r\nContent-Location: {line(draw)}\r\n"
        f"Content-ID: <{line(draw)}>\r\nContent-Transfer-Encoding: {draw(TRANSFERS)}\r\n\r\n"
        f"{draw(TEXTS)}"
        for _ in range(draw(st.integers(0, 3)))
    ]


def mhtml_file(draw: st.DrawFn) -> Files:
    return {"page.mhtml": mhtml("", parts(draw), location=line(draw), html=draw(pages()))}


def eml_file(draw: st.DrawFn) -> Files:
    return {"page.eml": mail(draw(filled(BLOCKS)), parts(draw))}


def warc_file(draw: st.DrawFn) -> Files:
    address, header = line(draw), draw(st.sampled_from(("Content-Encoding", "Location", "Age")))
    records = [
        make.info(),
        make.response(
            "https://river.example/", make.HTML, coded(draw(pages())), f"{header}: {line(draw)}"
        ),
        make.response(address, draw(MEDIA), draw(PICTURES)),
        make.revisit("https://river.example/b", address, draw(PICTURES)),
        make.moved(address, line(draw)),
    ]
    return {"page.warc": b"".join(records[: draw(st.integers(2, 5))])}


def zip_file(draw: st.DrawFn) -> Files:
    members = {"page.html": coded(draw(pages())), draw(MEMBERS): draw(PICTURES)}
    members[draw(MEMBERS)] = coded(draw(st.one_of(pages(), markdown())))
    whole = make.zipped(*members.items()) if draw(st.booleans()) else make.tarred(*members.items())
    return {"page.zip": whole}


def self_extracting(draw: st.DrawFn) -> Files:
    manifest = {
        "originalUrl": draw(JSON),
        "resources": {"images/0.png": draw(JSON)},
        "title": draw(JSON),
    }
    archive = make.zipped(
        ("index.html", coded(draw(pages()))),
        ("manifest.json", json.dumps(manifest).encode()),
        ("images/0.png", draw(PICTURES)),
    )
    return {"page.html": b"<html data-sfz><body>wait<script></script><!-- " + archive + b" -->"}


def webarchive(draw: st.DrawFn) -> Files:
    value: st.SearchStrategy[Any] = st.one_of(ANY, st.sampled_from((1, b"x", [], {"a": [1]}, 1.5)))
    resource = {"WebResourceURL": draw(value), "WebResourceData": draw(PICTURES)}
    whole = {
        "WebMainResource": {
            "WebResourceURL": draw(value),
            "WebResourceTextEncodingName": draw(value),
            "WebResourceData": coded(draw(pages())),
        },
        "WebSubresources": draw(
            st.sampled_from(([resource], [1], {"a": resource}, [resource] * 2))
        ),
        "WebSubframeArchives": [{"WebMainResource": resource}, draw(value)],
    }
    return {"page.webarchive": plistlib.dumps(whole, fmt=plistlib.FMT_BINARY)}


def text_file(draw: st.DrawFn) -> Files:
    return {"page.txt": coded(draw(texts()), draw(ENCODINGS))}


def markdown_file(draw: st.DrawFn) -> Files:
    return {"page.md": coded(draw(markdown())), "a.png": draw(PICTURES)}


WAYS: Final[dict[str, Callable[[st.DrawFn], Files]]] = {
    "HTML": html_file,
    "saved folder": saved_folder,
    "SingleFile": single_file,
    "MHTML": mhtml_file,
    "e-mail": eml_file,
    "WARC": warc_file,
    "zip or tar": zip_file,
    "SingleFileZ": self_extracting,
    "webarchive": webarchive,
    "text": text_file,
    "Markdown": markdown_file,
}


@st.composite
def captures(draw: st.DrawFn, way: str) -> Files:
    """Give a capture of that kind; some are packed, some damaged."""
    files = WAYS[way](draw)
    name, whole = next(iter(files.items()))
    fate = draw(st.integers(0, 11))
    if fate == 0:
        files = {f"{name}.gz": gzip.compress(whole, mtime=0), **files}
    elif fate == 1:
        files[name] = whole[: draw(st.integers(0, len(whole)))]
    elif fate == 2:
        at = draw(st.integers(0, len(whole) - 1))
        files[name] = whole[:at] + draw(st.binary(min_size=1, max_size=4)) + whole[at + 1 :]
    return files
