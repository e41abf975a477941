"""Edition -> one Markdown file with front matter, and its pictures in a folder beside it.

The form is CommonMark 0.31 with tables, footnotes and definitions; our own reader takes it back.
A converter such as markdownify or html2text keeps neither captions nor notes, hence our own.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from exporter import files
from exporter.dom import Element
from exporter.model import Article, Asset, Edition, Rendition, Settings
from exporter.write import parts
from exporter.write.markdown.blocks import body
from exporter.write.markdown.escaping import address, escaped, heading
from exporter.write.markdown.front import front_matter
from exporter.write.words import words

if TYPE_CHECKING:
    from exporter.themes import Theme

SUFFIXES: Final = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}
KEY: Final = 16  # digits of a picture's key in the name of its file


def write(edition: Edition, theme: "Theme", settings: Settings) -> Rendition:
    """Give an edition as Markdown, with the files of its pictures by their paths beside it."""
    del theme, settings
    folder = f"{edition.name or files.slug(parts.edition_title(edition))}_files"
    beside = {
        f"{folder}/{_file(asset)}": asset.data
        for article in edition.articles
        for asset in article.assets
    }

    def locate(asset: Asset) -> str:
        return f"{quote(folder)}/{_file(asset)}"

    blocks = [front_matter(edition), *_blocks(edition, locate)]
    return Rendition(("\n\n".join(filter(None, blocks)) + "\n").encode(), beside=beside)


def _file(asset: Asset) -> str:
    return f"{asset.key[:KEY]}.{SUFFIXES[asset.media_type]}"


def _blocks(edition: Edition, locate: parts.Locate) -> Iterator[str]:
    yield _heading(1, parts.edition_title(edition))
    if len(edition.articles) == 1:
        yield body(_root(edition.articles[0], locate))
        return
    for number, article in enumerate(edition.articles, 1):
        yield _heading(2, parts.headline(article))
        yield _origin(article)
        yield body(_root(article, locate, f"a{number}-"), prefix=f"{number}-", deeper=1)


def _root(article: Article, locate: parts.Locate, prefix: str = "") -> Element:
    return parts.body_tree(article, locate, prefix)


def _heading(level: int, title: str) -> str:
    return heading(level, escaped(title).strip())


def _origin(article: Article) -> str:
    """Give the line that says who wrote an article of a book, when, and where it stood."""
    about = article.metadata
    say = words(about.language)
    said = [
        escaped(say["by"].format(names=say.names(about.byline))) if about.byline else "",
        escaped(say["translated_by"].format(names=about.translator)) if about.translator else "",
        escaped(say.date(about.published or "")),
        escaped(about.site or ""),
        f"<{address(about.url or '').strip('<>')}>" if parts.is_web(about.url) else "",
    ]
    return " · ".join(filter(None, said))
