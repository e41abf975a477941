"""A zip of captures -> their pages: MAFF (Firefox's old archive), a folder someone zipped."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, urljoin

from lxml import etree

from exporter import read as readers
from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read.companions import belongs_to_a_page, fold
from exporter.read.gzipped import MAX_DEPTH
from exporter.read.html import base_href
from exporter.read.mapped import MappedResources
from exporter.read.provenance import moment
from exporter.read.source import Source

MAX_UNPACKED: Final = 200 * 2**20  # bytes, all members together
SITE: Final = "http://archive.invalid/"  # where members seem to lie, so that relative URLs resolve
MAX_MEMBERS: Final = 20_000
PAGES: Final = (".html", ".htm", ".xhtml", ".xht", ".txt", ".mht", ".mhtml", ".webarchive")
# Zips that are something else.  yes: an EPUB's "mimetype", a docx's "[Content_Types].xml"
OTHERS: Final = frozenset({"mimetype", "[Content_Types].xml", "META-INF/MANIFEST.MF"})
FRAME: Final = re.compile(r"(?:^|/)saved_resource(?:\(\d+\))?\.html?\Z", re.IGNORECASE)

Tree = Mapping[PurePosixPath, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What MAFF's index.rdf says of one page."""

    name: str | None = None  # the page's file
    url: str | None = None
    saved_at: str | None = None


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a zip, each with the files beside it.

    Raises:
        CaptureError: the zip is damaged, encrypted, too large, or holds no page.

    """
    if source.depth >= MAX_DEPTH:
        raise CaptureError("archives are nested too deeply", source.name, "unpack the archive")
    files = _unpacked(source.load(), source.name)
    entries = {_folder(name): _entry(data) for name, data in files.items() if _is_index(name)}
    tree = _tree(files)
    pages = [name for name in files if _is_page(name, tree, entries)]
    if not pages:
        raise CaptureError("the archive holds no page", source.name, "save the page again")
    for name in pages:
        yield from _pages(source, name, files, entries.get(_folder(name), Entry()))


def _pages(source: Source, name: str, files: dict[str, bytes], entry: Entry) -> Iterator[Page]:
    where = f"{source.name}/{name}"
    inner = Source(None, files[name], where, source.url or entry.url, depth=source.depth + 1)
    for page in readers.read(inner):
        if page.capture.kind != "html":
            yield page
            continue
        base = urljoin(SITE + quote(name), base_href(page.html) or "")
        parts = {SITE + quote(other): data for other, data in files.items()}
        saved_at = page.saved_at or entry.saved_at
        yield replace(page, resources=MappedResources(parts, base), saved_at=saved_at)


def _unpacked(data: bytes, where: str) -> dict[str, bytes]:
    damaged = CaptureError("the zip archive is damaged", where, "save the page again")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check(members, where)
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged from error
    except (OSError, RuntimeError, LookupError, struct.error) as error:
        # zipfile lets these out on odd names, offsets and ciphers
        raise damaged from error


def _check(members: list[zipfile.ZipInfo], where: str) -> None:
    names = {member.filename for member in members}
    if names & OTHERS:
        raise CaptureError("this is a document or program, not a saved page", where, "save as HTML")
    if any(member.flag_bits & 1 for member in members):
        raise CaptureError("the zip archive is encrypted", where, "unpack it with its password")
    size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise CaptureError("the zip archive is too large", where, "unpack it and give its folder")


def _is_page(name: str, tree: Tree, entries: dict[str, Entry]) -> bool:
    """Tell whether a member is a page and not a frame or something saved beside one."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts) or FRAME.search(name):
        return False
    if entries:
        entry = entries.get(_folder(name))
        wanted = entry.name if entry else None
        return path.name == wanted if wanted else entry is not None and _is_index_page(path)
    if path.suffix.casefold() not in PAGES:
        return False
    return not any(_is_companion(folder, tree) for folder in path.parents if folder.name)


def _is_index_page(path: PurePosixPath) -> bool:
    return path.suffix.casefold() in PAGES and path.stem == "index"


def _is_companion(folder: PurePosixPath, tree: Tree) -> bool:
    beside, inside = tree.get(folder.parent, frozenset()), tree.get(folder, frozenset())
    return belongs_to_a_page(folder.name, beside, inside)


def _tree(names: Iterable[str]) -> Tree:
    """Give the names in each folder."""
    found: dict[PurePosixPath, set[str]] = {}
    for name in names:
        path = PurePosixPath(name)
        found.setdefault(path.parent, set()).add(fold(path.name))
    return {folder: frozenset(inside) for folder, inside in found.items()}


def _is_index(name: str) -> bool:
    return PurePosixPath(name).name == "index.rdf"


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _entry(rdf: bytes) -> Entry:
    """Read MAFF's index.rdf (MAFF specification §4), leniently: it is only provenance."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(rdf, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Entry()
    if root is None:
        return Entry()
    found: dict[str, str] = {}
    for element in root.iter("{*}originalurl", "{*}archivetime", "{*}indexfilename"):
        key = etree.QName(element).localname
        found[key] = next((str(value) for value in element.attrib.values()), "").strip()
    url = found.get("originalurl", "")
    return Entry(
        found.get("indexfilename") or None,
        url if url.startswith("http") else None,
        moment(found.get("archivetime", "")),
    )
