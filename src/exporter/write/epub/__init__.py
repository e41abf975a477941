"""Edition -> EPUB 3.3 through EbookLib: valid, accessible, the same bytes every time.

What EbookLib writes by default fails EPUBCheck, so it gets finished documents (pages.py) and
finished metadata (package.py), and makes the package document, the NCX and the container.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from ebooklib import epub

from exporter.errors import ConfigError
from exporter.model import Asset, Edition, Rendition, Settings
from exporter.write import parts
from exporter.write.epub import cover, lint, package, pages
from exporter.write.epub.pages import Document, Entry

if TYPE_CHECKING:
    from exporter.themes import Theme

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first date a zip can state
STORED: Final = ("mimetype", ".jpg", ".png")  # deflating images again gains nothing
READABLE: Final = 0o644 << 16  # the file mode, as zip keeps it
SUFFIX: Final = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}
WORTH_A_PAGE: Final = 4  # lines from which the contents are a page one leafs through
OPTIONS: Final = {
    "epub3_pages": False,
    "epub3_landmark": False,
    "epub2_guide": False,
    "raise_exceptions": True,
}


def write(edition: Edition, theme: "Theme", settings: Settings) -> Rendition:
    """Give an edition as the bytes of an EPUB.

    Raises:
        ConfigError: the style sheet holds what an EPUB can't.
        InternalError: the book fails our own lint.

    """
    _check_style(theme)
    image = cover.draw(edition) if settings.cover else None
    found = list(pages.documents(edition, locate, cover=image is not None))
    lines = sum(1 + len(document.entry.below) for document in found if document.entry)
    leafed = lines >= WORTH_A_PAGE
    nav = pages.contents(edition, found, leafed=leafed)
    book = _book(edition)
    if image is not None:
        book.add_item(_cover(image))
    book.add_item(epub.EpubItem("style", pages.STYLE, "text/css", theme.screen_css.encode()))
    for asset in _assets(edition):
        book.add_item(_image(asset))
    for document in (*found, nav):
        book.add_item(_Finished(document))
    book.add_item(epub.EpubNcx())
    book.spine = [document.key for document in found]
    if leafed:
        book.spine.insert(book.spine.index("title") + 1, nav.key)
    book.toc = list(_toc([document.entry for document in found if document.entry]))
    data = _zipped(book, edition)
    lint.check(data)
    return Rendition(data)


def _check_style(theme: "Theme") -> None:
    """Refuse what an EPUB can't hold: a style sheet may be the user's, so it is no bug of ours."""
    for wrong in lint.style(theme.screen_css):
        raise ConfigError(wrong, f"theme {theme.name}", "take it out of the style")


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
        if document.part == "contents":
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

    def _write_opf_file(self, root: Any) -> None:  # noqa: ANN401  (EbookLib's own name and tree)
        """Write the package document, in which Ace wants to see the language of the metadata."""
        root.set(f"{{{epub.NAMESPACES['XML']}}}lang", self.book.language)
        super()._write_opf_file(root)


def _zipped(book: epub.EpubBook, edition: Edition) -> bytes:
    target = io.BytesIO()
    options = {**OPTIONS, "mtime": package.moment(edition.made)}
    _Writer(target, book, options).write()
    return target.getvalue()


def _book(edition: Edition) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata.clear()  # EbookLib's own name, and a random identifier
    book.set_identifier(package.identifier(edition))
    book.set_title(pages.fold(parts.edition_title(edition)))
    book.language = parts.language(edition.language)
    if pages.tongue(edition).dir == "rtl":
        book.set_direction("rtl")
    pictures = any(article.assets for article in edition.articles)
    for said in package.statements(edition, images=pictures):
        namespace = "DC" if said.term else None
        book.add_metadata(namespace, said.term or "meta", said.value, dict(said.attributes))
    return book


def _cover(image: bytes) -> epub.EpubCover:
    item = epub.EpubCover("cover-image", pages.COVER_IMAGE)
    item.content = image
    return item


def _image(asset: Asset) -> epub.EpubItem:
    return epub.EpubItem(f"image-{asset.key[:24]}", locate(asset), asset.media_type, asset.data)


def _assets(edition: Edition) -> Sequence[Asset]:
    """Give each image once, and only those that a body shows."""
    bodies = [(article, article.body) for article in edition.articles]
    shown = {
        asset.key: asset
        for article, body in bodies
        for asset in article.assets
        if f"asset:{asset.key}" in body
    }
    return tuple(shown.values())


def _toc(entries: Sequence[Entry]) -> Iterator[object]:
    """Give the contents as EbookLib's NCX wants them: links, or sections with links."""
    for number, entry in enumerate(entries, 1):
        if entry.below:
            links = [
                epub.Link(line.href, line.title, f"line-{number}-{below}")
                for below, line in enumerate(entry.below, 1)
            ]
            yield epub.Section(entry.title, entry.href), links
        else:
            yield epub.Link(entry.href, entry.title, f"line-{number}")
