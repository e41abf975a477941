"""The zip: its order, the names in it, whether each member is what its name says."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from exporter import parsing
from exporter.dom import Element
from exporter.write.epub.lint.finding import Finding
from exporter.write.epub.lint.styles import style

XML_MEMBER: Final = (".xhtml", ".opf", ".ncx", ".xml", ".svg")
TEXT_MEMBER: Final = (*XML_MEMBER, ".css")
WHOLE: Final = (".opf", ".ncx", ".xml")  # members that are looked at once more
NAV: Final = ".//{http://www.w3.org/1999/xhtml}nav"
HEAD: Final = 16  # bytes that tell what a picture is
MAGIC: Final = {".jpg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
MIMETYPE: Final = b"application/epub+zip"
SAFE: Final = re.compile(r"[A-Za-z0-9._/-]+\Z")  # yes: "EPUB/a-1.xhtml"; no: "a b", "é", "a?b"
# U+202F and U+2009, shown as boxes by several e-readers; yes: "&#8239;", "&#x2009;"; no: "&#160;"
FINE: Final = re.compile("[\u202f\u2009]|&#(?:8239|8201|[xX]202[fF]|[xX]2009);")
FINE_BYTES: Final = ("\u202f".encode(), "\u2009".encode(), b"&#8", b"&#x", b"&#X")


@dataclass(slots=True)
class Opened:
    """A book taken apart, but never all of it at once; `read` alone changes it."""

    members: set[str] = field(default_factory=set)
    trees: dict[str, Element] = field(default_factory=dict)  # of what tells of the book as a whole
    wrong: list[Finding] = field(default_factory=list)  # with the zip and with single members

    def read(self, data: BinaryIO) -> Iterator[tuple[str, Element]]:
        """Give each member that is XML, parsed."""
        with zipfile.ZipFile(data) as book:
            infos = book.infolist()
            self.members = {info.filename for info in infos}
            self.wrong += [*_order(infos, book), *_names(infos)]
            for info in infos:
                name = info.filename
                with book.open(info) as member:
                    content = member.read(-1 if name.endswith(TEXT_MEMBER) else HEAD)
                self.wrong += [Finding(name, what) for what in _content(name, content)]
                if not name.endswith(XML_MEMBER):
                    continue
                try:
                    tree = parsing.ours(content)
                except parsing.MalformedError as error:
                    self.wrong.append(Finding(name, f"not well-formed: {error}"))
                    continue
                if name.endswith(WHOLE) or tree.find(NAV) is not None:
                    self.trees[name] = tree
                yield name, tree


def _order(infos: list[zipfile.ZipInfo], book: zipfile.ZipFile) -> Iterator[Finding]:
    first = infos[0] if infos else None
    if first is None or first.filename != "mimetype" or first.compress_type or first.extra:
        yield Finding("mimetype", "not the first member, stored")
    elif book.read(first) != MIMETYPE:
        yield Finding("mimetype", f"does not say {MIMETYPE.decode()}")


def _names(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Check names as the poorest of file systems sees them: without case, ASCII alone."""
    for info in infos:
        if not info.filename.isascii():
            yield Finding(info.filename, "the name is not ASCII")
        elif not SAFE.match(info.filename):
            yield Finding(info.filename, "the name holds a sign that would have to be escaped")
    for name, count in Counter(info.filename.lower() for info in infos).items():
        if count > 1:
            yield Finding(name, "stands twice")


def _content(name: str, content: bytes) -> Iterator[str]:
    magic = next((magic for suffix, magic in MAGIC.items() if name.endswith(suffix)), b"")
    if not content.startswith(magic):
        yield "is not what its name says"
    elif not content:
        yield "is empty"
    if (
        name.endswith(TEXT_MEMBER)
        and any(sign in content for sign in FINE_BYTES)
        and FINE.search(content.decode("utf-8", "replace"))
    ):
        yield "a fine space"
    if name.endswith(".css"):
        yield from style(content.decode("utf-8", "replace"))
