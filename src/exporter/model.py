"""The nouns: frozen values that every stage takes and gives, all of them picklable.

Captures are read into pages, pages prepared into articles, these bound and published as editions.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from exporter.errors import ExportError


@dataclass(frozen=True, slots=True)
class Capture:
    """What lay on disk: where, of which kind, and the digest of its bytes."""

    path: str  # as the user named it, or relative to the folder the user named; "-" is stdin
    kind: str  # a name from read.READERS: "html", "text", ...
    digest: str  # sha-256 of the capture's own bytes, lower-case hex
    tool: str | None = None  # the program that saved it, as far as it says so


class Resources(Protocol):
    """What a capture holds beside its page: images, mostly."""

    def find(self, url: str) -> bytes | None:
        """Give the bytes behind a URL of the page (as written there), or None if not captured.

        Raises:
            LimitError: they are too many.

        """


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page, decoded, with the provenance its container recorded."""

    html: str
    url: str | None  # the page's own address as the container recorded it, not from its markup
    saved_at: str | None  # ISO 8601
    capture: Capture
    resources: Resources
    notes: tuple["Note", ...] = ()  # what reading had to repair or do without
    chosen: bool = True  # False: it came with a crawl or mirror, nobody picked it


@dataclass(frozen=True, slots=True)
class Note:
    """A warning as a value; the codes are a closed list in docs/notes.md."""

    code: str  # e.g. "image-missing", "original-link-unknown", "truncated", "glyph-missing"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """An image that an article shows and its capture lacks."""

    note: Note  # what says so
    addresses: tuple[str, ...]  # on the web, the likeliest first


@dataclass(frozen=True, slots=True)
class Removal:
    """One entry of the ledger: text that stood in the page and does not stand in the article."""

    reason: str  # stable id: "phrase:fr.share", "site:example.org#3", "outside-article", ...
    evidence: str  # the words or numbers that convinced
    path: str  # where it stood: "div.entry-content > p:nth-of-type(12)"
    text: str  # what it said, whitespace collapsed


@dataclass(frozen=True, slots=True)
class Spared:
    """A block that stayed although something spoke against it."""

    why: str  # what kept it: "too little", "keep:figcaption", "telling", "guard", ...
    evidence: str  # each contribution with its score
    score: float  # their sum; removal starts at 1
    path: str  # as in the ledger
    text: str  # what it says, white space collapsed


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article; absent is None or empty, never invented."""

    title: str = ""
    kicker: str | None = None
    subtitle: str | None = None  # the standfirst, when it stands outside the body
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    published: str | None = None  # ISO 8601, as precise as the page was
    updated: str | None = None
    language: str = "und"  # BCP 47, from the body text
    dir: str = "ltr"
    site: str | None = None
    republisher: str | None = None
    url: str | None = None
    original_url: str | None = None
    translator: str | None = None
    photographers: tuple[str, ...] = ()  # persons whom the credits of its pictures name
    rights: str | None = None
    keywords: tuple[str, ...] = ()
    words: int = 0
    # field -> where it came from: "json-ld", "meta", "og", "rule", "h1", "saved-from", "tail"...
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asset:
    """An image as both editions will carry it."""

    key: str  # sha-256 of its bytes, lower-case hex
    media_type: str  # "image/jpeg", "image/png" or "image/svg+xml"
    width: int  # px
    height: int  # px
    content: bytes | Path = field(repr=False)  # its bytes, or the file that has nothing else

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a body: derived from it (dom.figures), never stored twice."""

    asset: str | None  # its key; None: the capture lacks the image; "": the user wants none
    alt: str
    caption: str  # without the credit
    credit: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    body is an XHTML fragment (a string of block elements in dom.VOCABULARY, no wrapper). An
    image's src is "asset:<key>" for an asset below, the absolute URL of an image that the
    capture lacks, or dom.OMITTED; writers draw a placeholder for these.
    """

    metadata: Metadata
    body: str
    assets: tuple[Asset, ...]
    ledger: tuple[Removal, ...]
    notes: tuple[Note, ...]
    capture: Capture
    saved_at: str | None = None  # ISO 8601
    # how many "images" and "captions" stood in the article before anything was judged
    found: Mapping[str, int] = field(default_factory=dict, hash=False)
    spared: tuple[Spared, ...] = ()  # what stayed against evidence, for `explain`
    missing: tuple[Missing, ...] = ()  # images, in their order


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an anthology: some of its articles, one after the other, under a title."""

    title: str
    articles: int  # how many


@dataclass(frozen=True, slots=True)
class Edition:
    """One book: a single article or an anthology of many."""

    title: str
    articles: tuple[Article, ...]
    language: str  # BCP 47
    made: str  # ISO 8601 date the edition states; comes from the captures, never from the clock
    parts: tuple[Part, ...] = ()  # in the order of the articles; none, or all articles are in one
    name: str = ""  # by which what stands beside its file is called
    series: str = ""  # the series that the book belongs to
    number: str = ""  # its place there: "2", "2.5"

    @property
    def is_book(self) -> bool:
        """Whether its title stands above those of its articles; that of one may be the same."""
        own = self.title.split()
        return len(self.articles) != 1 or own not in ([], self.articles[0].metadata.title.split())

    @classmethod
    def single(cls, article: Article, made: str | None = None) -> "Edition":
        """Bind one article; `made` overrides the capture's date (SOURCE_DATE_EPOCH)."""
        about = article.metadata
        date = made or article.saved_at or about.published or EPOCH
        return cls(about.title, (article,), about.language, date)

    @classmethod
    def anthology(
        cls,
        articles: Sequence[Article],
        title: str,
        parts: Sequence[Part] = (),
        made: str | None = None,
    ) -> "Edition":
        """Bind articles, in any order, in the language of most (by name), of the latest's date."""
        languages = Counter(article.metadata.language for article in articles)
        dates = [article.saved_at or article.metadata.published or "" for article in articles]
        language = min(languages, key=lambda tag: (-languages[tag], tag), default="und")
        date = made or max(dates, default="") or EPOCH
        return cls(title, tuple(articles), language, date, tuple(parts))


EPOCH = "2000-01-01"  # the date of an edition whose capture knows none


@dataclass(frozen=True, slots=True)
class Rendition:
    """The bytes of one edition in one format, and what its writer could not show."""

    data: bytes = field(repr=False)
    notes: tuple[Note, ...] = ()  # e.g. "glyph-missing"
    beside: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # by paths from its own


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a block recurs across the articles of its site, and where that was learnt."""

    pages: int  # articles it stands in
    of: int  # articles of the site that were surveyed
    middle: int  # of `pages`: where it stands between paragraphs of the article itself
    source: str  # "this run", "an earlier run" or the name of a file

    @property
    def standing(self) -> tuple[bool, bool, bool]:
        """What of it decides: a quarter of the articles have the block; half do; mostly inside."""
        of = self.of or self.pages + 1  # of none it is none
        return 4 * self.pages >= of, 2 * self.pages >= of, 2 * self.middle > self.pages


@dataclass(frozen=True, slots=True)
class Learned:
    """Blocks that recur across the articles of one site: site -> fingerprint -> how often.

    A site is a host without "www."; "" are the pages whose address nobody recorded. A
    fingerprint is that of dom.fingerprint.
    """

    recurring: Mapping[str, Mapping[str, Recurrence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """An article that was exported, or need not be exported again."""

    input: str
    status: str  # "exported" | "joined" | "unchanged" | "duplicate" | "skipped" | "gone" | "pruned"
    files: tuple[str, ...]
    title: str
    words: int
    images: Mapping[str, int]  # found, kept, missing
    captions: Mapping[str, int]  # found, kept
    notes: tuple[Note, ...]
    removed: tuple[Removal, ...]
    seconds: float
    joined: tuple[str, ...] = ()  # inputs that are its later pages; if "joined", its first page's
    duplicate_of: str = ""  # of one that is a "duplicate": the input whose article has its text
    # what a library shows of it
    subtitle: str | None = None
    byline: tuple[str, ...] = ()
    site: str | None = None
    published: str | None = None  # ISO 8601
    saved: str | None = None  # ISO 8601
    language: str = "und"  # BCP 47
    url: str | None = None
    # by format, what its edition can't show and the article itself has no note of
    unshown: Mapping[str, tuple[Note, ...]] = field(default_factory=dict, hash=False)
    review: str = ""  # path of its page that shows what stayed, what went and why; "": none
    cover: str = ""  # path of a small picture of its cover; "": none


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be exported, and why."""

    input: str
    error: ExportError
    seconds: float
    status: str = "failed"


Outcome = Export | Failure
SIMPLIFIED = Note(
    "simplified",
    "as it stands it took too much time or memory; large pictures and deep markup gave way",
)
MADE = frozenset({"exported", "unchanged"})  # statuses of articles whose books are there
