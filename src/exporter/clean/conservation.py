"""Nothing is lost in silence: counts what stood on a page against what an article accounts for."""

from collections import Counter

from exporter import dom
from exporter.characters import sayable
from exporter.clean import tree
from exporter.clean.bounds import Bounds
from exporter.limits import USUAL
from exporter.model import Article


def lost(html: str, article: Article) -> Counter[str]:
    """Give the characters of the page's body that are neither in the article nor in its ledger.

    White space does not count, nor does what no book takes (`characters.UNSAYABLE`). A character
    that occurs n times must be accounted for n times. What a limit of letters cut is told in a
    note.
    """
    body = tree.body_of(tree.parse(html, bounds=Bounds(USUAL)))
    before = _characters("".join(tree.strings(body)))
    after = _characters(dom.plain_text(article.body))
    for removal in article.ledger:
        after.update(_characters(removal.text))
    return before - after


def _characters(text: str) -> Counter[str]:
    return Counter("".join(sayable(text).split()))
