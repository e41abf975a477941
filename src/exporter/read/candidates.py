"""Which files of a folder or archive may be captures: by their names, in doubt by their content."""

import re
from enum import Enum, auto
from pathlib import PurePath
from typing import Final

from exporter.read.signatures import sniff

# Files that are captures by their names: what can't be read of them is a failure to report.
CAPTURES: Final = frozenset({
    ".html", ".htm", ".xhtml", ".xht", ".shtml", ".txt", ".text", ".md", ".markdown", ".mht",
    ".mhtml", ".eml", ".webarchive", ".maff", ".warc", ".wacz", ".zip", ".tar", ".tgz", ".tbz",
    ".tbz2", ".txz",
})  # fmt: skip
# yes: "page.html.gz", "crawl.warc.gz", "saved.tar.xz"   no: "fonts.gz", "dump.sql.bz2"
PACKED: Final = re.compile(
    r"\.(?:x?html?|mht(?:ml)?|txt|md|eml|webarchive|warc|tar)\.(?:gz|bz2|xz)\Z"
)
# Files that never are captures; any other file is told by its content.
NO_CAPTURES: Final = frozenset({
    ".css", ".js", ".mjs", ".json", ".map", ".xml", ".rss", ".csv", ".log", ".toml", ".yaml",
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".svg", ".ico", ".bmp", ".tif",
    ".tiff", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".ogg", ".wav",
    ".pdf", ".epub", ".mobi", ".azw3", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ppt", ".pptx",
    ".py", ".sh", ".c", ".h", ".exe", ".orig", ".bak", ".tmp", ".part", ".crdownload", ".download",
    ".rdf", ".cdx", ".cdxj", ".idx",
})  # fmt: skip
TOLD_BY_CONTENT: Final = frozenset({"html", "mhtml", "eml", "webarchive", "warc"})  # by any name
# What mirroring programs and systems leave among pages.
NO_PAGES: Final = frozenset({
    "robots.txt", "desktop.ini", "thumbs.db", "hts-log.txt", "cookies.txt",
})  # fmt: skip
NO_FOLDERS: Final = frozenset({"hts-cache", "__macosx"})
# A frame that Chrome saved with a page.  yes: "saved_resource(1).html"  no: "saved_resources.html"
FRAME: Final = re.compile(r"saved_resource(?:\(\d+\))?\.html?\Z", re.IGNORECASE)


class Likelihood(Enum):
    """What a file's name says of it."""

    CAPTURE = auto()
    NOTHING = auto()
    LOOK = auto()  # only its content can tell


def likelihood(name: str) -> Likelihood:
    """Tell whether a file of this name is a capture."""
    folded = name.casefold()
    suffix = PurePath(folded).suffix
    if is_leftover(name) or folded in NO_PAGES or FRAME.match(folded) or suffix in NO_CAPTURES:
        return Likelihood.NOTHING
    if suffix in CAPTURES or PACKED.search(folded):
        return Likelihood.CAPTURE
    return Likelihood.LOOK


def is_leftover(name: str) -> bool:
    """Tell hidden files, wget's twin of a page whose links it rewrote, and what editors leave."""
    return name.startswith(".") or name.endswith((".orig", "~"))


def is_markup(head: bytes) -> bool:
    """Tell whether a file of a doubtful name holds a page: plain text alone is no reason."""
    return sniff(head) in TOLD_BY_CONTENT
