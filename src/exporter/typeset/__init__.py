"""Article -> Article with the typography of its language: text nodes only, the same letters.

The finest space a language wants is written (U+202F); writers whose readers can't show it fold it.
"""

from dataclasses import replace
from typing import Any, Final

from exporter import dom
from exporter.model import Article
from exporter.typeset.flow import Piece, apart, pieces, primary, put_back, region
from exporter.typeset.rules import table

HEADINGS: Final = ("title", "kicker", "subtitle", "dateline")  # set in one run with the body

__all__ = ["line", "typeset"]


def typeset(article: Article) -> Article:
    """Give the article with its body and its headings set, each text by its own language."""
    about = article.metadata
    root, spoken = dom.parse(article.body), primary(about.language)
    headings = {name: Piece.of(text, spoken) for name in HEADINGS if (text := getattr(about, name))}
    found = [*pieces(root, about.language), *apart(headings.values())]
    for language in sorted({piece.language for piece in found}):
        rules = table(language)
        if rules is not None:
            rules.apply(found, region(about.language))
    put_back(found)
    told: dict[str, Any] = {name: piece.text for name, piece in headings.items()}
    if (rules := table(spoken)) is not None:
        told["byline"] = tuple(map(rules.name, about.byline))
        told["translator"] = about.translator and rules.name(about.translator)
    return replace(article, body=dom.serialize(root), metadata=replace(about, **told))


def line(text: str, language: str) -> str:
    """Give one line of plain text as its language sets it."""
    rules = table(language)
    return text if rules is None else rules.line(text, region(language))
