"""What stands over an article of a book: its headline, and all that the other formats say of it."""

from collections.abc import Iterator
from typing import Final

from exporter import dom
from exporter.dom import Element
from exporter.model import Article
from exporter.write import parts
from exporter.write.markdown.blocks import body
from exporter.write.markdown.escaping import escaped, heading
from exporter.write.words import words
from exporter.write.xhtml import tag

BELOW: Final = {"h1": "h2", "h2": "h3"}


def head(article: Article, number: int) -> str:
    """Give the headline of the article of a number, and below it a paragraph for each fact."""
    root = plain(parts.title_block(article), article.metadata.language)
    (block,) = root
    for headline in block.findall("h2"):
        block.remove(headline)
    block.tag = "div"
    block.extend(_more(article))
    anchor = f'<a id="{parts.INSIDE.href(number)[1:]}"></a>'
    return (
        f"{heading(2, anchor + escaped(parts.headline(article)).strip())}\n\n{body(root)}".strip()
    )


def plain(fragment: str, language: str) -> Element:
    """Give a fragment under one root, as part of a text in a language, which it need not repeat.

    Its headings go one level down, below the title of the book.
    """
    root = dom.parse(fragment)
    for element in root.iter():
        element.tag = BELOW.get(str(element.tag), element.tag)
        if element.get("lang") == language.lower().split("-")[0]:
            del element.attrib["lang"]
    return root


def _more(article: Article) -> Iterator[Element]:
    """Give what a title block leaves to the colophon, which a book in Markdown has not."""
    about = article.metadata
    say = words(about.language)
    if about.original_url:
        link: Element | str = about.original_url
        if parts.is_web(about.original_url):
            link = tag("a", about.original_url, href=about.original_url)
        yield tag("p", f"{say['original']}: ", link)
    if about.updated:
        yield tag("p", f"{say['updated']}: {say.date(about.updated)}")
    if about.rights:
        yield tag("p", about.rights)
