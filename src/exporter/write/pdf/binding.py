"""A book of many articles, bound from pieces that were printed before anybody knew their pages.

The order of the work: articles one by one, in any order and process (`press`); then, when all are
known, what stands behind them and before them, which lists their pages; heads and feet for all;
and the joining.
"""

import io
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exporter.dom import Element
from exporter.model import Article, Edition, Note
from exporter.settings import Settings
from exporter.themes import Theme
from exporter.write import parts
from exporter.write.parts import Way
from exporter.write.pdf import document, leaves, margins, matter, sheets
from exporter.write.pdf.engine import Printed, engine
from exporter.write.pdf.leaves import Leaf
from exporter.write.pdf.plain import plain
from exporter.write.pdf.printing import printed

if TYPE_CHECKING:
    from exporter.write.pdf.join import Joined
    from exporter.write.pdf.outline import Line

PDF: Final = ".pdf"
LEAVES: Final = ".leaves"
SCHEME: Final = "article:"  # of links to an article of the book, until they are joined
ATTEMPTS: Final = 4  # at the contents, whose own length changes the pages they state
GUESS: Final = 2  # pages before the first article


def press(article: Article, theme: Theme, settings: Settings, piece: Path) -> tuple[Note, ...]:
    """Print an article as a piece of a book; give what it could not show."""
    article, told = plain(article, settings.limits)
    root = matter.piece(article, settings, theme.measure)
    made, notes = printed(root, engine(margins.bare(theme)), article.assets)
    piece.with_suffix(PDF).write_bytes(made.data)
    leaves.save(made.leaves, piece.with_suffix(LEAVES))
    return (*told, *notes)


def bind(
    edition: Edition, pieces: Sequence[Path], asked: tuple[Theme, Settings], target: Path
) -> tuple[Note, ...]:
    """Bind the pieces of an edition's articles; give what could not be shown beside them."""
    from exporter.write.pdf import archive, join  # noqa: PLC0415  (they bring pikepdf)

    theme, settings = asked
    inside = [leaves.load(piece.with_suffix(LEAVES)) for piece in pieces]
    front, starts, told = _front(edition, theme, [len(one) for one in inside])
    back, told_behind = _matter(theme, matter.back(edition, _way(starts), theme.measure))
    joined = join.Joined(_lead(edition))
    lines = list(joined.add(io.BytesIO(front.data), "front."))
    articles = [
        joined.add(piece.with_suffix(PDF), f"{number}.") for number, piece in enumerate(pieces, 1)
    ]
    lines += _divided(edition, articles)
    lines += joined.add(io.BytesIO(back.data), "back.")
    joined.lines = lines
    every = [*front.leaves, *(leaf for one in inside for leaf in one), *back.leaves]
    _number(joined, every, theme, edition)
    book = joined.finish()
    if settings.archive:
        archive.seal(book, edition)
    joined.save(target)
    return tuple(dict.fromkeys((*told, *told_behind)))


def _front(
    edition: Edition, theme: Theme, pages: Sequence[int]
) -> tuple[Printed, list[int], tuple[Note, ...]]:
    """Give what stands before the articles, and the number of the page on which each begins."""
    before = GUESS
    for _ in range(ATTEMPTS):
        starts = list(accumulate(pages[:-1], initial=before + 1))
        made, notes = _matter(theme, matter.front(edition, _way(starts), theme.measure))
        if len(made.leaves) == before:
            break
        before = len(made.leaves)
    return made, starts, notes


def _matter(theme: Theme, root: Element) -> tuple[Printed, tuple[Note, ...]]:
    return printed(root, engine(margins.bare(theme)), ())


def _way(starts: Sequence[int]) -> Way:
    return Way(href=lambda number: f"{SCHEME}{number}", page=lambda number: str(starts[number - 1]))


def _lead(edition: Edition) -> Callable[[str], tuple[str, str] | None]:
    """Give how links lead to articles of the book: our own, and those of its texts."""
    crossing = parts.crossing(edition)

    def lead(address: str) -> tuple[str, str] | None:
        if address.startswith(SCHEME):
            number: int | None = int(address.removeprefix(SCHEME))
        elif address.startswith(matter.CROSSING):
            number = crossing.article(address.removeprefix(matter.CROSSING))
        else:
            number = None
        if number is None:
            return None
        return f"{number}.{document.CHAPTER}", parts.headline(edition.articles[number - 1])

    return lead


def _divided(edition: Edition, articles: "Sequence[tuple[Line, ...]]") -> "list[Line]":
    """Give the outline of the articles: those of a part stand below its title."""
    from exporter.write.pdf.outline import Line  # noqa: PLC0415  (brings pikepdf)

    lines: list[Line] = []
    for part, inside in parts.divided(edition):
        below = tuple(line for number, _ in inside for line in articles[number - 1])
        if part.title and below:
            lines.append(Line(part.title, below[0].spot, below))
        else:
            lines += below
    return lines


def _number(joined: "Joined", every: Sequence[Leaf], theme: Theme, edition: Edition) -> None:
    """Give all pages but the title page their heads and feet."""
    bare = frozenset(at for at, leaf in enumerate(every) if leaf.name == matter.TITLE_PAGE)
    language = parts.language(edition.language), document.direction(edition)
    at = 0
    for data in sheets.printed(every, theme, language):
        at = joined.lay_over(io.BytesIO(data), sheets.BEFORE if at else 0, at, bare)
