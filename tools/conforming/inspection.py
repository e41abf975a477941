"""What no validator looks at: text on the page and as copied, fonts, outline, our own lint."""

import html
import re
import subprocess
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from lxml import etree

from exporter.write.epub import lint
from exporter.write.models import PHRASES
from validators import Finding

MARGIN = 3000  # pt put around each page, so that what stands outside is seen
SLACK = 1.0  # pt a word may stick out: italics do
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)"')
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<'
)
BARE = re.compile(r"\sno\s+(?:yes|no)\s+(?:yes|no)\s+\d+\s+\d+\Z")  # pdffonts: not embedded
# soft hyphens, signs for what could not be read, controls, private characters
ODD = re.compile("[\u00ad\ufffd\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff]")
# at least five letters of scripts that are hyphenated (pdftotext turns the parts of ligatures round
# in Arabic)
LONG_WORD = re.compile(r"[^\W\d_\u0590-\u08ff\u2e80-\uffff]{5,}")
# the first half of a word at the end of a page; yes: "incon-\n\n", "incon12\n"; no: "incon-\nsis"
PAGE_END = re.compile(r"([^\W\d_]{2,})(?:[-‐]\n\s*[\d\f]|[-‐]?\d{1,4}$|[-‐]\n\n)", re.MULTILINE)
ENDLESS = re.compile(r"\S{40,}")  # addresses, which break anywhere
ODDITIES = "oddities"  # the folder of bodies whose words are none
BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")


def inspect(file: Path) -> Iterator[Finding]:
    """Give what is wrong with an edition, as far as we can tell without a validator."""
    if file.suffix == ".epub":
        for found in lint.findings(file.read_bytes()):
            yield Finding(file, "ERROR", "lint", found.member, found.what)
        return
    copied = read("pdftotext", "-enc", "UTF-8", str(file), "-")
    for rule, where, what in (*_structure(file), *_text(copied), *_fonts(file), *_outside(file)):
        yield Finding(file, "ERROR", rule, where, what)
    twin = file.with_suffix(".epub")
    if twin.exists() and file.parent.name != ODDITIES:
        for word in sorted(lost(twin, copied)):
            yield Finding(file, "ERROR", "word-lost", "text", word)


def read(*command: str) -> str:
    """Give what a program of poppler prints."""
    ran = subprocess.run(command, capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace")


def _structure(file: Path) -> Iterator[tuple[str, str, str]]:
    with pikepdf.open(file) as book:
        if "/Lang" not in book.Root:
            yield "no-language", "catalog", ""
        shown = book.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        if not shown.get("/DisplayDocTitle"):
            yield "title-not-shown", "catalog", ""
        if not str(book.docinfo.get("/Title", "")).strip():
            yield "no-title", "info", ""
        with book.open_outline() as outline:
            if not outline.root:
                yield "no-outline", "catalog", ""


def _text(copied: str) -> Iterator[tuple[str, str, str]]:
    if not copied.strip():
        yield "no-text", "pages", ""
    for character in sorted(set(ODD.findall(copied))):
        count = copied.count(character)
        yield "odd-character", "text", f"U+{ord(character):04X} x{count}"


def _fonts(file: Path) -> Iterator[tuple[str, str, str]]:
    for line in read("pdffonts", str(file)).splitlines()[2:]:
        if BARE.search(line):
            yield "font-not-embedded", "fonts", line.split()[0]


def _outside(file: Path) -> Iterator[tuple[str, str, str]]:
    """Look at a copy with wider pages: pdftotext drops what is wholly outside."""
    with tempfile.TemporaryDirectory() as folder:
        wide = Path(folder) / "wide.pdf"
        with pikepdf.open(file) as book:
            for page in book.pages:
                left, top, right, bottom = map(float, page.mediabox)
                page.mediabox = pikepdf.Array(
                    [left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN]
                )
                for box in BOXES:
                    if box in page:
                        del page[box]
            book.save(wide)
        layout = read("pdftotext", "-bbox", "-enc", "UTF-8", str(wide), "-")
    number = 0
    width = height = 0.0
    edge = MARGIN - SLACK
    for line in layout.splitlines():
        if found := PAGE.search(line):
            width, height, number = float(found[1]), float(found[2]), number + 1
        elif found := WORD.search(line):
            left, top, right, bottom = map(float, found.group(1, 2, 3, 4))
            if left < edge or top < edge or right > width - edge or bottom > height - edge:
                yield "text-outside-page", f"page {number}", html.unescape(found[5])


def lost(epub: Path, copied: str) -> set[str]:
    """Give the long words of a book's chapters that its printed twin, as copied, has not.

    A word hyphenated at the end of a line must come out of pdftotext in one piece. It takes the
    hyphen of a compound that ends a line for such a one, too: "Saint-Malo" may be "SaintMalo";
    and it joins nothing across pages.
    """
    with zipfile.ZipFile(epub) as book:
        chapters = [name for name in book.namelist() if "article-" in name]
        trees = [etree.fromstring(book.read(name)) for name in chapters]
    told = ENDLESS.sub(" ", " ".join("".join(_running(tree)) for tree in trees))
    wanted, printed = words(told), words(copied)
    halves = tuple(half.casefold() for half in PAGE_END.findall(copied))
    return {
        word
        for word in wanted - printed
        if not word.startswith(halves)
        and not any(one.startswith(word) or one.endswith(word) for one in printed)
    }


def _running(element: etree._Element) -> Iterator[str]:
    """Give an element's texts, those of different blocks apart."""
    apart = "" if etree.QName(element).localname in PHRASES - {"br"} else "\n"
    yield f"{apart}{element.text or ''}"
    for child in element:
        yield from _running(child)
        yield child.tail or ""
    yield apart


def words(text: str) -> set[str]:
    """Give the long words of a text, ligatures undone, capitals folded."""
    return set(LONG_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
