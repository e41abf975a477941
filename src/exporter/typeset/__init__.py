"""Article -> Article with the typography of its language: text nodes only, word by word the same.

The finest space a language wants is written (U+202F); writers whose readers can't show it fold it.
"""

from dataclasses import replace

from exporter import dom
from exporter.model import Article
from exporter.typeset.flow import pieces, put_back
from exporter.typeset.rules import table

__all__ = ["line", "typeset"]


def typeset(article: Article) -> Article:
    """Give the article with its body and its headings set, each text by its own language."""
    about = article.metadata
    root = dom.parse(article.body)
    found = pieces(root, about.language)
    for language in sorted({piece.language for piece in found}):
        rules = table(language)
        if rules is not None:
            rules.apply(found)
    put_back(found)
    headings = replace(
        about,
        title=line(about.title, about.language),
        kicker=about.kicker and line(about.kicker, about.language),
        subtitle=about.subtitle and line(about.subtitle, about.language),
    )
    return replace(article, body=dom.serialize(root), metadata=headings)


def line(text: str, language: str) -> str:
    """Give one line of plain text as its language sets it."""
    rules = table(language)
    return text if rules is None else rules.line(text)
