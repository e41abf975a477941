"""The page of tests/captures/real in the ways for which no program is at hand, after their formats.

What wget mirrored of the page is the material; tests/captures/real/README.md says what each is.
"""

import base64
import gzip
import lzma
import plistlib
import quopri
import re
from pathlib import Path
from typing import Final

import make_captures as make

REAL: Final = Path(__file__).parent / "captures" / "real"
URL: Final = "http://carnet.example/2025/09/salt-pans/"
WHEN: Final = "2025-10-05T16:20:00Z"
MIRRORED: Final = REAL / "wget-mirror" / "carnet.example" / "2025" / "09" / "salt-pans"
LAZY: Final = re.compile(
    r'src="img/blank\.gif" data-src="(img/ladder\.png)"'
)  # yes: the picture that waits; no: the others
NOSCRIPT: Final = re.compile(r"\n<noscript>.*?</noscript>", re.DOTALL)  # yes: its twin; no: <img>
LINKED: Final = re.compile(
    r'"(img/[\w-]{1,30}\.(?:png|gif))"'
)  # yes: '"img/pans.png"'; no: '"style.css"'
SRCSET: Final = re.compile(r' srcset="[^"]{1,200}"\s+sizes="[^"]{1,200}"')  # yes: both; no: src
FIRST: Final = "http://marsh.example/features/salt-pans"
Files = dict[str, bytes]


def page() -> str:
    """Give the page as a browser holds it once its reader has seen the end."""
    html = (MIRRORED / "index.html").read_text("utf-8")
    html = html.replace('rel="canonical" href="index.html"', f'rel="canonical" href="{URL}"')
    return SRCSET.sub("", NOSCRIPT.sub("", LAZY.sub(r'src="\1"', html)))


def pictures() -> Files:
    return {f"img/{path.name}": path.read_bytes() for path in sorted((MIRRORED / "img").iterdir())}


def linked(to: str) -> str:
    """Give the page with other addresses of its pictures: {} is the path, {name} the file."""
    return LINKED.sub(
        lambda found: f'"{to.format(found[1], name=found[1].removeprefix("img/"))}"', page()
    )


def inline() -> str:
    held = {path: base64.b64encode(body).decode() for path, body in pictures().items()}
    return LINKED.sub(lambda found: f'"data:image/png;base64,{held[found[1]]}"', page())


def marked(html: str, mark: str) -> bytes:
    return html.replace("<!DOCTYPE html>\n", f"<!DOCTYPE html>\n{mark}\n", 1).encode()


def monolith() -> bytes:
    return marked(inline(), f"<!-- Saved from {URL} at {WHEN} using monolith v2.8.1 -->")


def in_folder(name: str, folder: str) -> Files:
    """Give the page as Internet Explorer, Edge and older browsers leave it, under other names."""
    html = marked(linked(f"{folder}/{{name}}"), f"<!-- saved from url=({len(URL):04d}){URL} -->")
    held = {f"{folder}/{path.removeprefix('img/')}": body for path, body in pictures().items()}
    return {name: html, **held}


def in_frame() -> Files:
    files = in_folder("salt.html", "salt_files")
    title = "<title>The Salt Pans That Count the Rain</title>"
    frame = '<iframe src="salt_files/saved_resource.html"></iframe>'
    outer = f"<!-- saved from url=({len(URL):04d}){URL} -->\n<html><head>{title}</head>{frame}"
    inner = linked("{name}").encode()
    return {**files, "salt.html": outer.encode(), "salt_files/saved_resource.html": inner}


def webarchive(kind: plistlib.PlistFormat) -> bytes:
    main = {
        "WebResourceURL": URL,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceMIMEType": "text/html",
        "WebResourceData": page().encode(),
    }
    parts = [
        {"WebResourceURL": URL + path, "WebResourceMIMEType": "image/png", "WebResourceData": body}
        for path, body in pictures().items()
    ]
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": parts}, fmt=kind)


def maff() -> bytes:
    rdf = f"""<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"
 xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><RDF:Description RDF:about="urn:root">
<MAF:originalurl RDF:resource="{URL}"/><MAF:indexfilename RDF:resource="index.html"/>
<MAF:archivetime RDF:resource="Sun, 05 Oct 2025 16:20:00 +0000"/>
</RDF:Description></RDF:RDF>""".encode()
    held = {f"1/index_files/{path.removeprefix('img/')}": body for path, body in pictures().items()}
    html = linked("index_files/{name}").encode()
    return make.zipped(("1/index.html", html), ("1/index.rdf", rdf), *held.items())


def message(head: str, html: str, charset: str, place: str) -> bytes:
    """Give a MIME message; `place` is the header by which its pictures are found."""
    first = f"Content-Type: text/html; charset={charset}\nContent-Location: {URL}"
    text = html.replace('<meta charset="utf-8">', "").encode(charset, "xmlcharrefreplace")
    parts = [(first, "quoted-printable", quopri.encodestring(text))]
    for path, body in pictures().items():
        where = place.format(path, name=path.removeprefix("img/"))
        parts.append((f"Content-Type: image/png\n{where}", "base64", base64.encodebytes(body)))
    written = [head.encode(), b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n']
    for headers, way, body in parts:
        told = f"\n--B\n{headers}\nContent-Transfer-Encoding: {way}\n\n"
        written.append(told.encode() + body)
    return (b"".join(written) + b"\n--B--\n").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


INTERNET_EXPLORER: Final = """From: "Saved by Internet Explorer 11"
Subject: The Salt Pans That Count the Rain
Date: Sun, 5 Oct 2025 18:20:00 +0200
"""
LETTER: Final = """From: Carnet des Marais <lettre@carnet.example>
To: lecteurs@carnet.example
Subject: The Salt Pans That Count the Rain
Date: Sun, 5 Oct 2025 18:20:00 +0200
"""


def single_file_variables() -> bytes:
    """Give a SingleFile page whose pictures are CSS variables, as it keeps what is shown twice."""
    held = {path: base64.b64encode(body).decode() for path, body in pictures().items()}
    numbers = {path: number for number, path in enumerate(held)}
    rules = "".join(
        f'--sf-img-{numbers[path]}:url("data:image/png;base64,{body}");'
        for path, body in held.items()
    )
    html = re.sub(
        r'src="(img/[\w-]+\.\w+)"',  # yes: the pictures' addresses; no: the style sheet's
        lambda found: (
            'src="data:image/svg+xml,<svg></svg>"'
            f' style="background-image:var(--sf-img-{numbers[found[1]]})!important"'
        ),
        page(),
    )
    html = html.replace("</head>", f"<style>:root{{{rules}}}</style></head>")
    mark = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Sun Oct 05 2025"
    return marked(html, f"{mark} 18:20:00 GMT+0200 (Central European Summer Time)\n-->")


def markdown() -> Files:
    """Give the article as scrapers write it, its pictures beside it."""
    body = page().partition('<div class="entry-content">')[2].partition("</div>")[0]
    figure = re.compile(  # yes: the page's figures; no: its paragraphs
        r'<figure>\s*<img[^>]*?src="([^"]*)"[^>]*?alt="([^"]*)"[^>]*>\s*<figcaption>(.*?)</figcaption>'
        r"\s*</figure>",
        re.DOTALL,
    )
    body = figure.sub(
        lambda found: f"\n![{found[2]}]({found[1]})\n*{' '.join(stripped(found[3]).split())}*", body
    )
    body = body.replace("<h2>", "\n## ").replace("<blockquote><p>", "\n> ").replace("<p>", "\n")
    head = (
        f"---\ntitle: The Salt Pans That Count the Rain\nauthor: Ines Holloway\n"
        f"date: 2025-09-14T07:30:00+02:00\nupdated: 2025-09-20T18:05:00+02:00\n"
        f"site: Carnet des Marais\nurl: {URL}\nsaved: {WHEN}\n---\n"
    )
    tail = f"\nPour lire l’article original, [cliquez ici]({FIRST}).\n"
    return {"salt.md": (head + stripped(body) + tail).encode(), **pictures()}


def stripped(html: str) -> str:
    return re.sub(r"<[^<>]+>", "", html)  # yes: "</p>"; no: "a < b"


def text() -> bytes:
    """Give what a scraper keeps of the page when it keeps words alone."""
    written = markdown()["salt.md"].decode().partition("\n---\n")[2]
    written = re.sub(r"!\[.*?\]\(.*?\)\n\*(.*)\*", r"\1", written)  # yes: figures; no: [a](b)
    written = written.partition("\nPour lire l’article original")[0]
    paragraphs = [" ".join(part.split()) for part in written.replace("> ", "").split("\n\n")]
    return "\n\n".join(["The Salt Pans That Count the Rain", *filter(None, paragraphs)]).encode()


def tarred() -> bytes:
    return lzma.compress(make.tarred(*in_folder("salt.html", "salt_files").items()))


# way -> the files it leaves
IMITATED: Final[dict[str, Files]] = {
    "Internet Explorer, complete": in_folder("salt.htm", "salt_files"),
    "German browser, complete": in_folder("Salz – é.html", "Salz – é-Dateien"),
    "frame, complete": in_frame(),
    "MHTML of Internet Explorer": {
        "salt.mht": message(
            INTERNET_EXPLORER, page(), "windows-1252", f"Content-Location: {URL}{{}}"
        )
    },
    "e-mail": {"salt.eml": message(LETTER, linked("cid:{name}"), "utf-8", "Content-ID: <{name}>")},
    "SingleFile, variables": {"salt.html": single_file_variables()},
    "monolith": {"salt.html": monolith()},
    "gzip": {"salt.html.gz": gzip.compress(monolith(), mtime=0)},
    "zip": {"salt.zip": make.zipped(*in_folder("salt.html", "salt_files").items())},
    "tar": {"salt.tar.xz": tarred()},
    "MAFF": {"salt.maff": maff()},
    "webarchive, binary": {"salt.webarchive": webarchive(plistlib.FMT_BINARY)},
    "webarchive, XML": {"salt.webarchive": webarchive(plistlib.FMT_XML)},
    "Markdown": markdown(),
    "text": {"salt.txt": text()},
}
