"""WARC files -> what was recorded in them: an index of places first, each body on demand.

WARC 1.1 (ISO 28500:2017). Only headers and offsets stay in memory: crawls have gigabytes.
"""

import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urldefrag, urljoin

from exporter.errors import MissingExtraError
from exporter.limits import Limits
from exporter.read.bodies import can_decode, decoded
from exporter.read.packed import Unpacking
from exporter.read.source import Source
from exporter.read.store import BLOCK, Store, kept, opened

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

OK: Final = frozenset({"200", "203"})
NOT_MODIFIED: Final = "304"
MOVED: Final = frozenset({"301", "302", "303", "307", "308"})
HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
WEB: Final = ("http://", "https://")
DOCUMENTS: Final = frozenset({"", "document"})  # Fetch Metadata: what a person went to
MAX_MOVES: Final = 5  # redirections followed for one address
MAX_INFO: Final = 2**13  # bytes of a WARC's description of itself
GZIP: Final = b"\x1f\x8b"
GZIP_MEMBER: Final = b"\x1f\x8b\x08"
RECORD_GAP: Final = b"\r\n"
RECORD: Final = RECORD_GAP + b"WARC/"
MAX_DAMAGES: Final = 1000  # places in a file behind which another record is looked for
CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)  # no: "char set"
# yes: "software: Wget/1.21.3 (linux-gnu)"   no: "software-x: a"
SOFTWARE: Final = re.compile(r"^software:[ \t]*([^\r\n]{1,200})", re.IGNORECASE | re.MULTILINE)


class Record(NamedTuple):
    """Where a body lies, and what its headers say of it."""

    file: int  # which of the crawl's files
    offset: int  # bytes
    url: str
    date: str  # WARC-Date, ISO 8601
    media: str  # "text/html"
    charset: str
    encoding: str  # of the body: "gzip", "br", ""
    digest: str  # WARC-Payload-Digest
    refers_to: str = ""  # a revisit's: whose body it has


@dataclass(slots=True)
class Index:
    """What a crawl holds, in the order it was recorded."""

    pages: list[Record] = field(default_factory=list)  # HTML
    by_url: dict[str, Record] = field(default_factory=dict)
    by_digest: dict[str, Record] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)  # URL -> where it was moved
    embedded: set[str] = field(default_factory=set)  # URLs that a page asked for, not a person
    tool: str | None = None
    cut: bool = False  # the end is missing or damaged


@dataclass(frozen=True)
class Crawl(Mapping[str, bytes]):
    """A crawl's bodies by URL, decoded, read when they are asked for; b"" for a damaged one."""

    stores: tuple[Store, ...]
    index: Index = field(repr=False)
    limits: Limits = field(repr=False)

    def __getitem__(self, url: str) -> bytes:
        record = self.at(url)
        most = self.limits.resource_size
        body = self.body(record, most + 1) if record else b""
        if len(body) > most:
            raise self.limits.too_large("resource-size", url, len(body))
        return body

    def __iter__(self) -> Iterator[str]:
        yield from self.index.by_url
        yield from (url for url in self.index.moves if url not in self.index.by_url)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def at(self, url: str) -> Record | None:
        """Give what was recorded at a URL, followed through redirections."""
        for _ in range(MAX_MOVES):
            if (record := self.index.by_url.get(url)) is not None:
                return record
            if url not in self.index.moves:
                return None
            url = self.index.moves[url]
        return None

    def body(self, record: Record, most: int) -> bytes:
        """Give a record's body, free of transfer and content encodings; at most `most` bytes."""
        place = self.original(record)
        if place is None or not can_decode(place.encoding):
            return b""
        with suppress(*damage()):
            for _, found in _records(self.stores[place.file], place.offset):
                http = found.http_headers
                way = (http.get_header("Transfer-Encoding") if http else None) or ""
                chunked = way.casefold() == "chunked"
                return decoded(found.raw_stream, place.encoding, most, chunked=chunked)
        return b""

    def original(self, record: Record) -> Record | None:
        """Give the record that has the body: for a revisit, the one it refers to."""
        if not record.refers_to:
            return record
        by_digest = self.index.by_digest.get(record.digest) if record.digest else None
        found = by_digest or self.index.by_url.get(record.refers_to)
        return found if found is not None and not found.refers_to else None


def crawl(stores: Iterable[Store], source: Source) -> Crawl:
    """Give what the files of a crawl hold; a damaged one gives what stands before the damage.

    Raises:
        MissingExtraError: warcio is not installed.
        LimitError: a file is too large to be unpacked as a whole, and has to be.

    """
    _check_extra(source.name)
    index = Index()
    files: list[Store] = []
    for number, given in enumerate(stores):
        try:
            store = one_by_one(given, source)
            files.append(store)
            _index(store, number, index)
        except damage():
            index.cut = True
    return Crawl(tuple(files), index, source.limits)


def one_by_one(store: Store, source: Source) -> Store:
    """Give a WARC whose records can be read alone: one that is a single gzip member, unpacked."""
    if not store.read_at(0, len(GZIP)).startswith(GZIP):
        return store
    records = _records(store, 0)
    next(records, None)
    try:
        next(records, None)
    except damage():
        unpacking = Unpacking(store)
        return kept(unpacking.within(source, "member-size"))
    return store


def damage() -> tuple[type[Exception], ...]:
    """Give what reading a damaged WARC lets out."""
    exceptions = import_module("warcio.exceptions")
    headers = import_module("warcio.statusandheaders")
    return (
        exceptions.ArchiveLoadFailed, headers.StatusAndHeadersParserException, zlib.error, EOFError,
        OSError, ValueError, LookupError, AttributeError, TypeError, AssertionError,
    )  # fmt: skip


def _check_extra(where: str) -> None:
    if find_spec("warcio") is None:
        raise MissingExtraError(
            "reading WARC and WACZ needs the package warcio",
            where,
            "pip install 'article-exporter[warc]'",
        )


def _records(store: Store, offset: int) -> Iterator[tuple[int, "ArcWarcRecord"]]:
    """Give the records from a place on, each with the place where it begins."""
    with opened(store) as file:  # closed when nobody wants another record
        file.seek(offset)
        iterator = import_module("warcio.archiveiterator").WARCIterator(file)
        for record in iterator:
            yield iterator.offset, record


def _index(store: Store, number: int, index: Index) -> None:
    """Add a file's records; behind damage the next record that can be found goes on."""
    start: int | None = 0
    for _ in range(MAX_DAMAGES):
        try:
            for offset, record in _records(store, start or 0):
                start = offset
                _take(record, number, offset, index)
        except damage():
            index.cut = True
            start = _next_start(store, (start or 0) + 1)
            if start is None:
                return
        else:
            return


def _take(record: "ArcWarcRecord", number: int, offset: int, index: Index) -> None:
    match record.rec_type:
        case "response" | "revisit" | "resource":
            _add(_told(record, number, offset), record, index)
        case "request":
            _note_request(record, index)
        case "warcinfo":
            index.tool = index.tool or _software(record.content_stream().read(MAX_INFO))
    while record.raw_stream.read(BLOCK):
        pass  # to the end: the reader is at the next record then
    index.cut |= getattr(record.raw_stream, "limit", 0) > 0


def _next_start(store: Store, after: int) -> int | None:
    """Give the place of the next bytes that begin a record, plain or packed."""
    mark = GZIP_MEMBER if _is_packed(store) else RECORD
    overlap = len(RECORD) - 1
    while block := store.read_at(after, BLOCK + overlap):
        if (found := block.find(mark)) >= 0:
            return after + found + (len(RECORD_GAP) if mark is RECORD else 0)
        after += BLOCK
    return None


def _told(found: "ArcWarcRecord", number: int, offset: int) -> Record:
    warc, http = found.rec_headers, found.http_headers
    said = (http.get_header("Content-Type") if http else found.content_type) or ""
    media, _, rest = said.partition(";")
    charset = CHARSET.search(rest)
    return Record(
        file=number,
        offset=offset,
        url=urldefrag(warc.get_header("WARC-Target-URI") or "").url,
        date=warc.get_header("WARC-Date") or "",
        media=sys.intern(media.strip().casefold()),
        charset=sys.intern(charset[1]) if charset else "",
        encoding=sys.intern(((http and http.get_header("Content-Encoding")) or "").casefold()),
        digest=warc.get_header("WARC-Payload-Digest") or "",
        refers_to=_refers_to(found),
    )


def _refers_to(found: "ArcWarcRecord") -> str:
    if found.rec_type != "revisit":
        return ""
    warc = found.rec_headers
    url = warc.get_header("WARC-Refers-To-Target-URI") or warc.get_header("WARC-Target-URI") or ""
    return urldefrag(url).url


def _add(record: Record, found: "ArcWarcRecord", index: Index) -> None:
    if not record.url.startswith(WEB):
        return  # "urn:text:…", "dns:…": what crawlers note beside the web
    http = found.http_headers
    status = http.get_statuscode() if http else "200"
    if status in MOVED:
        target = http.get_header("Location") or ""
        with suppress(ValueError):
            index.moves.setdefault(record.url, urldefrag(urljoin(record.url, target)).url)
    if status not in OK and not (record.refers_to and status == NOT_MODIFIED):
        return
    if record.media in HTML_TYPES or (record.refers_to and not http):
        index.pages.append(record)
    known = index.by_url.get(record.url)
    if known is None or (known.refers_to and not record.refers_to):
        index.by_url[record.url] = record
    if record.digest and not record.refers_to:
        index.by_digest.setdefault(record.digest, record)


def _note_request(found: "ArcWarcRecord", index: Index) -> None:
    http = found.http_headers
    if http is None:
        return
    wanted = (http.get_header("Sec-Fetch-Dest") or "").casefold()
    if wanted not in DOCUMENTS or http.get_header("X-Requested-With"):
        index.embedded.add(urldefrag(found.rec_headers.get_header("WARC-Target-URI") or "").url)


def _software(info: bytes) -> str | None:
    """Give the program that a warcinfo record names."""
    found = SOFTWARE.search(info.decode("utf-8", "replace"))
    return found[1].strip() if found else None


def _is_packed(store: Store) -> bool:
    return store.read_at(0, len(GZIP)) == GZIP
