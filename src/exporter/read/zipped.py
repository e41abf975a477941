"""A zip of captures -> their pages: a folder someone zipped, MAFF, SingleFileZ, WACZ."""

import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from exporter import parsing
from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read import archives
from exporter.read.archives import Entry, Members
from exporter.read.provenance import moment
from exporter.read.salvage import salvage
from exporter.read.source import Source
from exporter.read.store import BLOCK, Part, Store, kept, opened

# Zips that are something else.  yes: an EPUB's "mimetype", a docx's "[Content_Types].xml"
OTHERS: Final = frozenset({"mimetype", "[Content_Types].xml", "META-INF/MANIFEST.MF"})
INDEX_LIMIT: Final = 2**20  # bytes of a MAFF's or SingleFileZ's index
PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".xht"})
HEADER: Final = 30  # bytes of a member's local header before its name (APPNOTE.TXT §4.3.7)
# what zipfile lets out on damage, odd names, offsets and ciphers
DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, LookupError, ValueError,
    struct.error, MemoryError,
)  # fmt: skip


@dataclass(frozen=True)
class ZipMembers:
    """The files in a zip."""

    archive: zipfile.ZipFile = field(repr=False)
    whole: Store = field(repr=False)
    source: Source

    def sizes(self) -> Mapping[str, int]:
        """Give each file's name and its size in bytes, unpacked."""
        return {
            member.filename: member.file_size
            for member in self.archive.infolist()
            if member.filename and not member.is_dir() and not _is_link(member)
        }

    def head(self, name: str, size: int) -> bytes:
        """Give a file's first bytes; none when it is damaged."""
        with suppress(*DAMAGE), self.archive.open(name) as file:
            return file.read(size)
        return b""

    def store(self, name: str, limit: str) -> Store:
        """Give a file unpacked; one that is not even compressed stays where it is.

        Raises:
            CaptureError: it is damaged or encrypted.
            LimitError: it is larger than the limit of that name, or another one.

        """
        where = f"{self.source.name}/{name}"
        try:
            member = self.archive.getinfo(name)
            if member.flag_bits & 1:
                raise CaptureError(
                    "the zip archive is encrypted", where, "unpack it with its password"
                )
            if member.compress_type == zipfile.ZIP_STORED:
                return self._stored(member)
            blocks, allowed = self._blocks(member), (self.source.limits, limit)
            return kept(self.source.meter.through(blocks, allowed, where, member.compress_size))
        except DAMAGE as error:
            raise CaptureError(
                "this part of the zip archive is damaged", where, "save the page again"
            ) from error

    def _stored(self, member: zipfile.ZipInfo) -> Store:
        header = self.whole.read_at(member.header_offset, HEADER)
        if not header.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile("no member here")
        name, extra = struct.unpack("<HH", header[26:HEADER])
        start = member.header_offset + HEADER + name + extra
        if start + member.file_size > self.whole.size:
            raise zipfile.BadZipFile("the member is cut")
        return Part(self.whole, start, member.file_size)

    def _blocks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.archive.open(member) as file:
            while block := file.read(BLOCK):
                yield block


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a zip, each with the files beside it; one that is cut gives what it has.

    Raises:
        CaptureError: the zip is damaged, encrypted, too large, or holds no page.

    """
    members, intact = members_of(source)
    found = pages_of(source, members)
    yield from found if intact else map(archives.cut, found)


def members_of(source: Source) -> tuple[Members, bool]:
    """Give the files of a zip, and whether it is whole.

    Raises:
        CaptureError: nothing can be unpacked.

    """
    whole = source.store()
    try:
        return ZipMembers(zipfile.ZipFile(opened(whole)), whole, source), True
    except DAMAGE as error:
        saved = salvage(whole, source)
        if saved.places:
            return saved, False
        raise CaptureError(
            "the zip archive is damaged", source.name, "save the page again"
        ) from error


def pages_of(source: Source, members: Members) -> Iterator[Page]:
    """Give the pages among a zip's files.

    Raises:
        CaptureError: there are none, or it is another program's zip.

    """
    names = members.sizes()
    if OTHERS & names.keys():
        what = "this is a document or program, not a saved page"
        raise CaptureError(what, source.name, "save as HTML")
    if _is_wacz(names):
        yield from import_module("exporter.read.wacz").pages(source, members)
        return
    yield from archives.pages(source, members, _entries(members))


def _is_link(member: zipfile.ZipInfo) -> bool:
    """Tell a link of a Unix system, whose bytes are the path where it leads."""
    return stat.S_ISLNK(member.external_attr >> 16)


def _is_wacz(names: Mapping[str, int]) -> bool:
    """Tell a zip around a crawl (WACZ 1.1.1 §4)."""
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def _entries(members: Members) -> tuple[Entry, ...]:
    """Give the pages that an archive's own indexes name: those of MAFF and SingleFileZ."""
    names = members.sizes()
    found: list[Entry] = []
    for name in names:
        folder, file = PurePosixPath(name).parent, PurePosixPath(name).name
        if file == "index.rdf":
            entry = _maff(folder, members.head(name, INDEX_LIMIT), names)
        elif file == "manifest.json" and str(folder / "index.html") in names:
            entry = _single_file(folder, members.head(name, INDEX_LIMIT))
        else:
            continue
        if entry is not None and entry.name in names:
            found.append(entry)
    frames = [f"{PurePosixPath(entry.name).parent}/frames/".removeprefix("./") for entry in found]
    return tuple(
        entry for entry in found if not any(entry.name.startswith(frame) for frame in frames)
    )


def _single_file(folder: PurePosixPath, manifest: bytes) -> Entry | None:
    """Read SingleFileZ's manifest.json; None when it is another program's."""
    try:
        told = json.loads(manifest)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("originalUrl"), str):
        return None
    url, saved = told["originalUrl"], told.get("archiveTime")
    return Entry(
        str(folder / "index.html"),
        url if url.startswith("http") else None,
        moment(saved) if isinstance(saved, str) else None,
        "SingleFile",
    )


def _maff(folder: PurePosixPath, rdf: bytes, names: Mapping[str, int]) -> Entry | None:
    """Read MAFF's index.rdf (MAFF specification §4), leniently: it is only provenance."""
    found = _properties(rdf)
    url = found.get("originalurl", "")
    wanted = found.get("indexfilename") or next(
        (
            path.name
            for path in map(PurePosixPath, names)
            if path.parent == folder and path.stem == "index" and path.suffix.casefold() in PAGES
        ),
        "index.html",
    )
    return Entry(
        str(folder / wanted),
        url if url.startswith("http") else None,
        moment(found.get("archivetime", "")),
    )


def _properties(rdf: bytes) -> dict[str, str]:
    try:
        root = parsing.foreign(rdf, mend=True)
    except parsing.MalformedError:
        return {}
    return {
        etree.QName(element).localname: next(map(str, element.attrib.values()), "").strip()
        for element in root.iter("{*}originalurl", "{*}archivetime", "{*}indexfilename")
    }
