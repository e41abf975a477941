"""Members -> the bytes of an EPUB, through EbookLib: its package document, NCX and container.

What EbookLib writes by default fails EPUBCheck and differs from run to run, so it gets finished
documents (pages) and finished metadata (package), and writes into a zip of ours.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

from ebooklib import epub

from exporter.dom import Element
from exporter.model import Asset
from exporter.write.epub.package import Statement
from exporter.write.epub.pages import COVER_IMAGE, NAV, STYLE, XML_LANG, Document, Entry

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first date a zip can state
STORED: Final = ("mimetype", ".jpg", ".png")  # deflating images again gains nothing
READABLE: Final = 0o644 << 16  # the file mode, as zip keeps it
SUFFIX: Final = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}
OPTIONS: Final = {
    "epub3_pages": False,
    "epub3_landmark": False,
    "epub2_guide": False,
    "raise_exceptions": True,
}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the package document says of the book beside its parts."""

    identifier: str
    title: str
    language: str  # BCP 47
    direction: str  # "ltr" or "rtl": which way one leafs
    modified: datetime
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Members:
    """What goes into the book."""

    documents: Sequence[Document]  # in the order of the spine
    nav: Document
    lines: Sequence[Entry]  # of the contents
    style: str  # CSS
    assets: Sequence[Asset]
    cover: bytes | None  # JPEG


def bind(imprint: Imprint, members: Members, target: BinaryIO) -> None:
    """Write the finished book, the same bytes for the same members."""
    book = epub.EpubBook()
    book.metadata.clear()  # EbookLib's own name, and a random identifier
    book.set_identifier(imprint.identifier)
    book.set_title(imprint.title)
    book.language = imprint.language
    if imprint.direction == "rtl":
        book.set_direction("rtl")
    for said in imprint.statements:
        namespace = "DC" if said.term else None
        book.add_metadata(namespace, said.term or "meta", said.value, dict(said.attributes))
    if members.cover is not None:
        book.add_item(_cover(members.cover))
        # EPUB 2's way, which Kindle's and older shelves look for
        book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
    book.add_item(epub.EpubItem("style", STYLE, "text/css", members.style.encode()))
    for asset in members.assets:
        book.add_item(_Image(asset))
    pages = {document.name: _Finished(document) for document in (*members.documents, members.nav)}
    for page in pages.values():
        book.add_item(page)
    book.add_item(epub.EpubNcx())
    book.spine = [pages[document.name] for document in members.documents]
    book.toc = list(_toc(members.lines, "line"))
    _Writer(target, book, {**OPTIONS, "mtime": imprint.modified}).write()


def locate(asset: Asset) -> str:
    """Give the path of an image inside the book."""
    return f"images/{asset.key[:24]}.{SUFFIX[asset.media_type]}"


class _Finished(epub.EpubHtml):  # type: ignore[misc]  # EbookLib has no types
    """A document whose bytes are written as they are; EbookLib would parse it again."""

    def __init__(self, document: Document) -> None:
        super().__init__(
            uid=document.key,
            file_name=document.name,
            media_type="application/xhtml+xml",
            content=document.markup,
            title=document.title,
        )
        if document.name == NAV:
            self.properties = ["nav"]
        elif document.formulas:
            self.properties = ["mathml"]

    def get_content(self, default: bytes | None = None) -> bytes:
        """Give the document as it was made."""
        return bytes(self.content or default or b"")


class _Zip(zipfile.ZipFile):
    """A zip that depends on nothing but what is put into it."""

    def writestr(
        self,
        zinfo_or_arcname: zipfile.ZipInfo | str,
        data: Any,  # noqa: ANN401  (bytes or text; typeshed alone has a name for it)
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member without a date or a machine's own file mode."""
        del compress_type
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        member = zipfile.ZipInfo(name, ZIP_DATE)
        member.create_system = 3  # Unix, on every system
        member.external_attr = READABLE
        kind = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
        super().writestr(member, data, kind, compresslevel)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, into a zip of ours."""

    def write(self) -> None:
        """Write the container, the package document and the members."""
        level = self.options["compresslevel"]
        with _Zip(self.file_name, "w", compresslevel=level) as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Element) -> None:
        """Say in which language the package speaks: screen readers read its titles aloud."""
        root.set(XML_LANG, self.book.language)
        super()._write_opf_file(root)


def _cover(image: bytes) -> epub.EpubCover:
    item = epub.EpubCover("cover-image", COVER_IMAGE)
    item.content = image
    return item


class _Image(epub.EpubItem):  # type: ignore[misc]  # EbookLib has no types
    """An image that is read when it is written."""

    def __init__(self, asset: Asset) -> None:
        super().__init__(f"image-{asset.key[:24]}", locate(asset), asset.media_type)
        self._asset = asset

    def get_content(self, default: bytes | None = None) -> bytes:
        """Give its bytes."""
        del default
        return self._asset.data


def _toc(lines: Sequence[Entry], key: str) -> Iterator[object]:
    """Give the contents as EbookLib's NCX wants them: links, or sections with links."""
    for number, line in enumerate(lines, 1):
        own = f"{key}-{number}"
        if line.below:
            yield epub.Section(line.title, line.href), list(_toc(line.below, own))
        else:
            yield epub.Link(line.href, line.title, own)
