"""Edition -> one Markdown file with front matter, and its pictures in a folder beside it.

The form is CommonMark 0.31 with tables, footnotes and definitions; our own reader takes it back.
A converter such as markdownify or html2text keeps neither captions nor notes, hence our own.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from exporter import naming
from exporter.beside import KEY
from exporter.files import BESIDE
from exporter.model import Asset, Edition, Rendition
from exporter.settings import Settings
from exporter.write import parts
from exporter.write.markdown.blocks import body
from exporter.write.markdown.escaping import escaped, heading
from exporter.write.markdown.front import front_matter
from exporter.write.markdown.heads import head, plain

if TYPE_CHECKING:
    from exporter.themes import Theme

SUFFIXES: Final = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}


def write(edition: Edition, theme: "Theme", settings: Settings) -> Rendition:
    """Give an edition as Markdown, with the files of its pictures by their paths beside it."""
    del theme, settings
    folder = f"{edition.name or naming.slug(parts.edition_title(edition))}{BESIDE}"
    pictures = {
        f"{folder}/{_file(asset)}": asset.data
        for article in edition.articles
        for asset in article.assets
    }

    def locate(asset: Asset) -> str:
        return f"{quote(folder)}/{_file(asset)}"

    blocks = [front_matter(edition), *_blocks(edition, locate)]
    return Rendition(("\n\n".join(filter(None, blocks)) + "\n").encode(), beside=pictures)


def _file(asset: Asset) -> str:
    return f"{asset.key[:KEY]}.{SUFFIXES[asset.media_type]}"


def _blocks(edition: Edition, locate: parts.Locate) -> Iterator[str]:
    yield heading(1, escaped(parts.edition_title(edition)).strip())
    if not edition.is_book:
        yield body(parts.body_tree(edition.articles[0], locate))
        return
    crossing = parts.crossing(edition)
    for number, article in enumerate(edition.articles, 1):
        root = parts.body_tree(article, locate, f"a{number}-")
        crossing.keep(root, number, parts.INSIDE.href)
        yield head(article, number)
        yield body(root, prefix=f"{number}-", deeper=1)
    for fragment in parts.behind(edition):
        yield body(plain(fragment, edition.language))
