"""Our own check of a finished EPUB, without Java: what it finds is our bug.

It looks for what EPUBCheck and e-readers refuse and what a writer of ours could get wrong. A book
that passes is not proven valid; a book that fails is never written. The finished bytes are
opened again, and each member is parsed once.
"""

from collections.abc import Iterator
from typing import Final

from exporter.errors import InternalError
from exporter.write.epub.lint import container, documents, package
from exporter.write.epub.lint.finding import Finding
from exporter.write.epub.lint.styles import style

__all__ = ["Finding", "check", "findings", "style"]

NAMED: Final = 3  # findings that the message of an error quotes


def check(data: bytes) -> None:
    """Check a finished EPUB.

    Raises:
        InternalError: naming the first things found.

    """
    found = list(findings(data))
    if found:
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        what = "; ".join(map(str, found[:NAMED])) + more
        raise InternalError(f"the EPUB fails our own check: {what}", remedy="please report it")


def findings(data: bytes) -> Iterator[Finding]:
    """Give everything wrong with an EPUB."""
    book, wrong = container.opened(data)
    yield from wrong
    for name, content in book.members.items():
        if name.endswith(".css"):
            yield from (Finding(name, what) for what in style(content.decode("utf-8", "replace")))
    scans = {name: documents.scan(name, tree) for name, tree in book.trees.items()}
    for scan in scans.values():
        yield from scan.wrong
    yield from documents.references(scans, book.members)
    yield from package.findings(book, scans)
