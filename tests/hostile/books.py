"""What is in the editions: text, pictures, bytes, and what should not be there at all."""

import base64
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

import pikepdf
from lxml import etree, html
from markdown_it import MarkdownIt
from PIL import Image

from hostile.ground import SECRET, SERVED
from hostile.pictures import CANARY, Colour, flat

NEAR: Final = 45  # how far a colour may be off after a JPEG
XML: Final = (".xhtml", ".html", ".opf", ".ncx", ".xml", ".svg")
PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
DEAD: Final = {
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button",
    "select", "textarea", "base", "foreignobject", "animate", "set", "handler", "listener",
    "portal", "video", "audio", "source", "template", "noscript", "marquee", "isindex", "keygen",
}  # fmt: skip
LINKED: Final = ("http:", "https:", "mailto:")
SCHEME: Final = re.compile(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\s-]*:)")
REMOTE: Final = re.compile(r"url\(\s*['\"]?\s*(?!data:|#|['\"]?\))[a-z]+:|@import", re.IGNORECASE)
DATA: Final = re.compile(rb"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)


@cache
def needles() -> tuple[bytes, ...]:
    """Give the canaries as they might stand in bytes: as they are, in UTF-16, in base64."""
    body = flat(CANARY)
    start = body.index(b"IDAT") + 8
    found = [body[start : start + 60], b"root:x:0:0"]
    for word in (SECRET, SERVED):
        found += [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")]
    whole = list(found)
    for one in whole:
        for shift in range(3):
            packed = base64.b64encode(bytes(shift) + one)
            found.append(packed[4:-4])
    return tuple(found)


def holds_canary(body: bytes) -> bool:
    return any(needle in body for needle in needles())


def colour(body: bytes | Image.Image) -> Colour | None:
    """Give the mean colour of a picture, None when it is none."""
    try:
        with Image.open(io.BytesIO(body)) if isinstance(body, bytes) else body as picture:
            small = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX)
            red, green, blue = small.tobytes()
            return red, green, blue
    except Exception:  # noqa: BLE001 - whatever Pillow says: it is no picture of ours
        return None


def near(one: Colour | None, other: Colour) -> bool:
    return one is not None and all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def data_pictures(body: bytes) -> Iterator[bytes]:
    for found in DATA.findall(body):
        yield base64.b64decode(found + b"==", validate=False)


ADDRESSES: Final = {"href", "src", "srcset", "poster", "data", "background", "action", "cite"}
SHOWN: Final = {"img", "image"}
NAMED: Final = {"canonical", "license", "author"}  # relations of <link> that fetch nothing


def _attributes(element: etree._Element, *, inside: bool) -> Iterator[str]:
    tag = etree.QName(element).localname.lower()
    for key, value in element.attrib.items():
        name = str(key).rpartition("}")[2].lower()
        text = str(value)
        styled = name in {"style", "fill", "stroke", "filter", "mask"}
        if name.startswith("on"):
            yield f"<{tag} {name}>"
        elif (styled and REMOTE.search(text)) or (
            name in ADDRESSES and not _harmless(element, name, text, inside=inside)
        ):
            yield f"<{tag} {name}={text[:60]}>"


def _harmless(element: etree._Element, name: str, text: str, *, inside: bool) -> bool:
    """Tell whether an address may stand where it stands; `inside` an EPUB all is a member."""
    tag = etree.QName(element).localname.lower()
    scheme = SCHEME.match(text)
    if scheme is None:
        return not text.startswith(("//", "\\")) and not (inside and text.startswith("/"))
    if tag == "a" and name == "href":
        return scheme[1].lower() in LINKED
    if tag == "link":
        return element.get("rel") in NAMED
    return tag in SHOWN and text.startswith("data:image/") and not inside


def acting(tree: etree._Element, *, inside: bool) -> Iterator[str]:
    """Tell what of a document could act, or ask for something from elsewhere."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            if element.tag is etree.ProcessingInstruction:
                yield "a processing instruction"
            continue
        tag = etree.QName(element).localname.lower()
        if tag in DEAD:
            yield f"<{tag}>"
        if tag == "meta" and "refresh" in (element.get("http-equiv") or "").lower():
            yield "<meta refresh>"
        if tag == "style" and element.text and REMOTE.search(element.text):
            yield "a remote address in CSS"
        yield from _attributes(element, inside=inside)


class Epub:
    """An EPUB, read whole."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            if (bad := archive.testzip()) is not None:
                raise ValueError(bad)
            self.members = {name: archive.read(name) for name in archive.namelist()}

    def trees(self) -> Iterator[tuple[str, etree._Element]]:
        for name, body in self.members.items():
            if name.endswith(XML):
                yield name, etree.fromstring(body, _parser())

    def text(self) -> str:
        """Give the text of what is read from front to back, without the contents."""
        package = next(tree for name, tree in self.trees() if name.endswith(".opf"))
        folder = PurePosixPath(next(name for name in self.members if name.endswith(".opf"))).parent
        items = {item.get("id"): item for item in package.iter("{*}item")}
        texts = []
        for reference in package.iter("{*}itemref"):
            item = items[reference.get("idref")]
            if "nav" in (item.get("properties") or "").split():
                continue
            body = self.members[str(folder / (item.get("href") or ""))]
            tree = etree.fromstring(body, _parser()).find("{*}body")
            if tree is not None:
                texts.append(" ".join(str(part) for part in tree.itertext()))
        return " ".join(" ".join(texts).split())

    def pictures(self) -> Iterator[bytes]:
        for name, body in self.members.items():
            if name.endswith(PICTURES):
                yield body


def pdf_text(path: Path) -> str:
    """Give the text of a PDF without spaces and hyphens; "" where pdftotext is not installed."""
    try:
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    except FileNotFoundError:
        return ""
    return re.sub(r"[\s\u00ad-]+", "", done.stdout.decode("utf-8", "replace"))


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)


def pdf_findings(path: Path) -> Iterator[str]:
    """Tell what a PDF holds that it should not."""
    if holds_canary(path.read_bytes()) or holds_canary(pdf_text(path).encode()):
        yield "LEAK: a canary's words in the PDF"
    with pikepdf.open(path) as pdf:
        if len(pdf.pages) < 1:
            yield "a PDF without pages"
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                yield from _stream(one)
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield from _dictionary(one)


def _stream(one: pikepdf.Stream) -> Iterator[str]:
    if one.get("/Subtype") == "/Image":
        if near(colour(pikepdf.PdfImage(one).as_pil_image()), CANARY):
            yield "LEAK: the canary's picture in the PDF"
    elif holds_canary(one.read_bytes()):
        yield "LEAK: a canary's words in a stream of the PDF"


ACTIONS: Final = (
    "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EF", "/AA", "/SubmitForm", "/RichMedia",
)  # fmt: skip


def _dictionary(one: pikepdf.Object) -> Iterator[str]:
    for key in (
        "/JS",
        "/JavaScript",
        "/Launch",
        "/EmbeddedFiles",
        "/EF",
        "/AA",
        "/SubmitForm",
        "/RichMedia",
    ):
        if key in one or one.get("/S") == key:
            yield f"{key} in the PDF"
    if "/URI" in one and one.get("/S") == "/URI":
        address = str(one["/URI"])
        if not address.lower().startswith(LINKED):
            yield f"a PDF link to {address[:60]}"


def html_findings(path: Path) -> Iterator[str]:
    """Tell what the web edition holds that it should not."""
    body = path.read_bytes()
    if holds_canary(body):
        yield "LEAK: a canary's words in the HTML"
    if any(near(colour(picture), CANARY) for picture in data_pictures(body)):
        yield "LEAK: the canary's picture in the HTML"
    tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    for found in acting(tree, inside=False):
        yield f"HTML: {found}"


def rendered(text: str) -> etree._Element:
    """Give what CommonMark makes of a text where no link is refused and all HTML passes."""
    converter = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    converter.validateLink = bool  # type: ignore[method-assign, assignment]  # the judge is us
    return html.document_fromstring(f"<body>{converter.render(text)}</body>")


def markdown_findings(path: Path) -> Iterator[str]:
    """Tell what the Markdown edition holds that it should not."""
    body = path.read_bytes()
    if holds_canary(body):
        yield "LEAK: a canary's words in the Markdown"
    for found in acting(rendered(body.decode("utf-8")), inside=False):
        yield f"Markdown: {found}"


def epub_findings(path: Path) -> Iterator[str]:
    """Tell what an EPUB holds that it should not; raises what reading it raises."""
    book = Epub(path)
    for name, body in book.members.items():
        if holds_canary(body):
            yield f"LEAK: a canary's words in {name}"
        pictures = [body] if name.endswith(PICTURES) else list(data_pictures(body))
        if any(near(colour(picture), CANARY) for picture in pictures):
            yield f"LEAK: the canary's picture in {name}"
    for name, tree in book.trees():
        if name.endswith((".xhtml", ".html", ".svg")):
            for found in acting(tree, inside=True):
                yield f"{name}: {found}"
