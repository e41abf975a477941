"""Our own check of a finished EPUB, without Java: what it finds is our bug.

It looks for what EPUBCheck and e-readers refuse and what a writer of ours could get wrong. A book
that passes is not proven valid; a book that fails is never written. The finished file is
opened again, and each member is parsed once, one after the other.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from exporter.errors import InternalError
from exporter.write.epub.lint import container, documents, package
from exporter.write.epub.lint.finding import Finding
from exporter.write.epub.lint.styles import style

__all__ = ["Finding", "check", "findings", "style"]

NAMED: Final = 3  # findings that the message of an error quotes


def check(data: bytes | BinaryIO) -> None:
    """Check a finished EPUB.

    Raises:
        InternalError: naming the first things found.

    """
    found = list(findings(data))
    if found:
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        what = "; ".join(map(str, found[:NAMED])) + more
        raise InternalError(f"the EPUB fails our own check: {what}", remedy="please report it")


def findings(data: bytes | BinaryIO) -> Iterator[Finding]:
    """Give everything wrong with an EPUB."""
    book = container.Opened()
    scans: dict[str, documents.Scan] = {}
    for name, tree in book.read(io.BytesIO(data) if isinstance(data, bytes) else data):
        scans[name] = documents.scan(name, tree)
    yield from book.wrong
    for scan in scans.values():
        yield from scan.wrong
    yield from documents.references(scans, book.members)
    yield from package.findings(book, scans)
