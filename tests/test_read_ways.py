"""One page of ours, captured in every way, is the same article each time.

The captures are written by the standard library, as tests/make_captures.py writes them, after
what the programs write. `pytest -s` prints the table.
"""

import base64
import gzip
import io
import json
import lzma
import plistlib
import quopri
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

import make_captures as make
from exporter import dom
from exporter.export import prepare
from exporter.model import Article
from exporter.read import read, walk
from exporter.settings import Settings

URL: Final = "https://port.example/2024/05/sete/"
SAVED: Final = "2024-03-03T09:20:30+00:00"
COMMENT: Final = f"<!-- saved from url=({len(URL):04d}){URL} -->"
SINGLE_FILE: Final = (
    f"<!--\n Page saved with SingleFile \n url: {URL} \n"
    " saved date: Sun Mar 03 2024 09:20:30 GMT+0000 (UTC)\n-->"
)
MONOLITH: Final = f"<!-- Saved from {URL} at 2024-03-03T09:20:30Z using monolith v2.8.1 -->"
TEXT: Final = make.TEXT
TITLE: Final = "Sète, un port au matin"
CAPTIONS: Final = [("Le quai à l’aube.", "Photo Jean Petit/AFP"), ("Le môle en été.", "")]
NAMES: Final = ("quai.png", "mole.png")
Files = dict[str, bytes]


def picture(shade: int) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).point(lambda value: value ^ shade).save(
        file, "PNG"
    )
    return file.getvalue()


PICTURES: Final = dict(zip(NAMES, (picture(0), picture(90)), strict=True))


def page(*images: str, mark: str = "") -> bytes:
    quay, pier = images or (URL + "img/quai.png", URL + "img/mole.png")
    return f"""<!DOCTYPE html>{mark}
<html lang="fr"><head><meta charset="utf-8"><title>{TITLE} – Le Port</title>
<meta name="author" content="Ana Ruiz"><meta property="og:site_name" content="Le Port">
<meta property="article:published_time" content="2024-05-03T08:00:00+02:00"></head>
<body><header><nav><a href="https://port.example/x">Accueil</a></nav></header>
<main><article><h1>{TITLE}</h1><p class="byline">Par Ana Ruiz</p><p>{TEXT * 3}</p>
<figure><img src="{quay}" alt="Le quai"><figcaption>Le quai à l’aube.
<span class="credit">Photo Jean Petit/AFP</span></figcaption></figure>
<h2>La nuit</h2><p>{TEXT * 4}</p>
<figure><img src="{pier}"><figcaption>Le môle en été.</figcaption></figure>
<p>{TEXT * 2}Fin.</p></article></main><footer><p>© 2024 Le Port</p></footer></body></html>
""".encode()


def in_folder(folder: str, name: str = "p.html", mark: str = COMMENT) -> Files:
    html = page(*(f"{folder}/{image}" for image in NAMES), mark=mark)
    return {name: html, **{f"{folder}/{image}": body for image, body in PICTURES.items()}}


def inline() -> list[str]:
    return [
        "data:image/png;base64," + base64.b64encode(body).decode() for body in PICTURES.values()
    ]


def mime(headers: str, html: bytes, place: str) -> bytes:
    """Give a message; `place` is the header by which its pictures are found."""
    parts = [
        ("text/html", f"Content-Location: {URL}", "quoted-printable", quopri.encodestring(html))
    ]
    for name, body in PICTURES.items():
        parts.append(("image/png", place.format(name), "base64", base64.encodebytes(body)))
    written = headers.replace("\n", "\r\n").encode()
    for media, where, way, body in parts:
        head = f"------B\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: {way}\r\n{where}"
        written += head.encode() + b"\r\n\r\n" + body + b"\r\n"
    return written + b"------B--\r\n"


MULTIPART: Final = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----B"\n\n'
MHTML: Final = f"""From: <Saved by Blink>
Snapshot-Content-Location: {URL}
Subject: x
Date: Sun, 3 Mar 2024 09:20:30 -0000
{MULTIPART}"""
EML: Final = f"""From: Le Port <lettre@port.example>
To: lecteurs@port.example
Subject: =?utf-8?B?{base64.b64encode(TITLE.encode()).decode()}?=
Date: Sun, 3 Mar 2024 09:20:30 +0000
{MULTIPART}"""
RDF: Final = f"""<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"
 xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><RDF:Description RDF:about="urn:root">
<MAF:originalurl RDF:resource="{URL}"/><MAF:indexfilename RDF:resource="index.html"/>
<MAF:archivetime RDF:resource="Sun, 03 Mar 2024 09:20:30 +0000"/>
</RDF:Description></RDF:RDF>"""
MANIFEST: Final = json.dumps({"originalUrl": URL, "archiveTime": "2024-03-03T09:20:30.000Z"})
MARKDOWN: Final = f"""---
title: {TITLE}
author: Ana Ruiz
date: 2024-05-03T08:00:00+02:00
site: Le Port
url: {URL}
saved: 2024-03-03T09:20:30Z
---
{TEXT * 3}

![Le quai](img/quai.png)
*Le quai à l’aube. Photo Jean Petit/AFP*

## La nuit

{TEXT * 4}

![](img/mole.png)
*Le môle en été.*

{TEXT * 2}Fin.
"""


def webarchive(kind: plistlib.PlistFormat) -> bytes:
    main = {
        "WebResourceURL": URL,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceData": page(),
    }
    parts = [
        {"WebResourceURL": f"{URL}img/{name}", "WebResourceData": body}
        for name, body in PICTURES.items()
    ]
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": parts}, fmt=kind)


def crawl(*, packed: bool) -> bytes:
    pictures = [make.response(f"{URL}img/{n}", "image/png", body) for n, body in PICTURES.items()]
    html = page("img/quai.png", "/2024/05/sete/img/mole.png")
    records = [make.info(), make.response(URL, "text/html; charset=utf-8", html), *pictures]
    return b"".join(map(make.packed, records) if packed else records)


def wacz() -> bytes:
    listed = json.dumps({"url": URL, "ts": "2024-03-03T09:20:30Z"}).encode()
    members = [("datapackage.json", b"{}"), ("pages/pages.jsonl", listed)]
    return make.zipped(*members, ("archive/a.warc.gz", crawl(packed=True)), stored=True)


def single_file_z() -> bytes:
    pictures = [(f"images/{name}", body) for name, body in PICTURES.items()]
    html = page(*(f"images/{name}" for name in NAMES))
    members = [("index.html", html), ("manifest.json", MANIFEST.encode()), *pictures]
    opening = b"<!DOCTYPE html><html data-sfz><body><p>Please wait</p><!--"
    return opening + make.zipped(*members) + b"--></body></html>"


def maff() -> bytes:
    files = in_folder("index_files", "index.html", "")
    members = {f"1/{name}": body for name, body in files.items()} | {"1/index.rdf": RDF.encode()}
    return make.zipped(*members.items())


def in_frame() -> Files:
    outer = f'<html><head><title>{TITLE}</title></head><iframe src="p_files/saved_resource.html">'
    files = in_folder("p_files", "p_files/saved_resource.html", "")
    files["p_files/saved_resource.html"] = page(*NAMES)
    return {**files, "p.html": f"{COMMENT}{outer}".encode()}


def mirror() -> Files:
    place = "port.example/2024/05/sete"
    pictures = {f"{place}/img/{name}": body for name, body in PICTURES.items()}
    return {f"{place}/index.html": page("img/quai.png", "img/mole.png"), **pictures}


# way -> the files it leaves, whether it says when the page was saved
WAYS: Final[dict[str, tuple[Files, bool]]] = {
    "Chrome, complete": (in_folder("p_files"), False),
    "Firefox in French, complete": (in_folder("p_fichiers"), False),
    "MHTML": ({"p.mhtml": mime(MHTML, page(), "Content-Location: " + URL + "img/{}")}, True),
    "SingleFile": ({"p.html": page(*inline(), mark=SINGLE_FILE)}, True),
    "SingleFileZ": ({"p.html": single_file_z()}, True),
    "monolith": ({"p.html": page(*inline(), mark=MONOLITH)}, True),
    "webarchive, binary": ({"p.webarchive": webarchive(plistlib.FMT_BINARY)}, False),
    "webarchive, XML": ({"p.webarchive": webarchive(plistlib.FMT_XML)}, False),
    "MAFF": ({"p.maff": maff()}, True),
    "WARC": ({"p.warc": crawl(packed=False)}, True),
    "WARC, packed": ({"p.warc.gz": crawl(packed=True)}, True),
    "WACZ": ({"p.wacz": wacz()}, True),
    "wget mirror": (mirror(), False),
    "zip of a folder": ({"p.zip": make.zipped(*in_folder("p_files").items())}, False),
    "tar of a folder": (
        {"p.tar.xz": lzma.compress(make.tarred(*in_folder("p_files").items()))},
        False,
    ),
    "gzip": ({"p.html.gz": gzip.compress(page(*inline(), mark=COMMENT))}, False),
    "frame": (in_frame(), False),
    "e-mail": (
        {"p.eml": mime(EML, page("cid:quai.png", "cid:mole.png"), "Content-ID: <{}>")},
        True,
    ),
    "Markdown": (
        {"p.md": MARKDOWN.encode(), **{f"img/{name}": body for name, body in PICTURES.items()}},
        True,
    ),
}
NO_ADDRESS: Final = {"e-mail"}  # what such a capture really lacks


def article_of(files: Files, folder: Path) -> Article:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    (source,) = walk([folder])
    (found,) = read(source)
    return prepare(found, Settings())


def plain(article: Article) -> str:
    return " ".join(dom.plain_text(article.body).split())


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Article:
    return article_of(WAYS["Chrome, complete"][0], tmp_path_factory.mktemp("reference"))


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_the_same_article_however_it_was_captured(
    way: str, reference: Article, tmp_path: Path
) -> None:
    files, dated = WAYS[way]
    article = article_of(files, tmp_path)
    about, figures = article.metadata, dom.figures(article.body)
    print(f"{way:28} {article.capture.kind:10} {article.capture.tool or '-':24} {about.url}")  # noqa: T201  (the table)
    assert (about.title, about.byline) == (TITLE, ("Ana Ruiz",))
    assert about.published == reference.metadata.published
    assert about.site == "Le Port"
    assert about.url == (None if way in NO_ADDRESS else URL)
    assert article.saved_at == (SAVED if dated else None)
    assert plain(article) == plain(reference)
    assert [(figure.caption, figure.credit) for figure in figures] == CAPTIONS
    assert [figure.asset for figure in figures] == [asset.key for asset in reference.assets]
    assert [note.code for note in article.notes if note.code != "text-in-frame"] == []
