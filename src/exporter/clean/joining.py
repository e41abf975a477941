"""The pages of one article -> one article: what they have in common stands once.

Pages are cleaned each by itself first, so what is compared here is what a reader would read.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from exporter import dom
from exporter.clean import filling, paging
from exporter.dom import Element, squash, text_of
from exporter.model import Article, Asset, Capture, Metadata, Note, Removal, Spared

Entry = TypeVar("Entry", Removal, Spared)
Pages = Sequence[tuple[int, Article]]  # each with its number, in order

PAIR: Final = 2
STATED: Final = frozenset({"json-ld", "meta"})  # where a field is what the page's author wrote
DAY: Final = 10  # characters of a date that tell the day
PROSE: Final = 20  # words of a page's paragraphs: a gallery's page has fewer
COMMON: Final = 0.5  # share of a page's words that stands on an earlier one: it is the same page
LINKED: Final = 2  # headings that are links: the page lists articles
HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
PAGER_TAGS: Final = frozenset({"p", "ul", "ol"})
REPEATED: Final = "join:repeated"
PAGER: Final = "join:pager"


def one_article(pages: Pages) -> Pages:
    """Give those that are pages of one article, and not articles of similar addresses; or none.

    They have one headline, no author and no day that contradict, and text of their own on each
    page. A page without text, or that lists articles, belongs to nothing.
    """
    trees = [dom.parse(article.body) for _, article in pages]
    telling = [
        (page, tree)
        for page, tree in zip(pages, trees, strict=True)
        if _prose(tree) >= PROSE and not _lists(tree)
    ]
    found = [page for page, _ in telling]
    if len(found) < PAIR or any(_unlike(found[0][1], other) for _, other in found[1:]):
        return ()
    return found if _differ([tree for _, tree in telling]) else ()


def _unlike(first: Article, other: Article) -> bool:
    """Tell whether what two pages say of their article can't be true of one."""
    mine, theirs = first.metadata, other.metadata
    if squash(paging.bare(mine.title)) != squash(paging.bare(theirs.title)):
        return True
    if "und" not in {mine.language, theirs.language} and mine.language != theirs.language:
        return True
    days = [about.published or "" for about in (mine, theirs) if _stated(about, "published")]
    if len({day[:DAY] for day in days}) > 1:
        return True
    names = [set(about.byline) for about in (mine, theirs) if _stated(about, "byline")]
    return len(names) > 1 and not names[0] & names[1]


def _stated(metadata: Metadata, name: str) -> bool:
    return bool(getattr(metadata, name)) and metadata.provenance.get(name) in STATED


def _prose(tree: Element) -> int:
    """Count the words of a page's paragraphs, without captions and quotations."""
    return sum(
        len(text_of(paragraph).split())
        for paragraph in tree.iter("p", "li", "dd", "td")
        if next(paragraph.iterancestors("figure", "blockquote", "aside"), None) is None
    )


def _lists(tree: Element) -> bool:
    linked = 0
    for heading in tree.iter(*HEADINGS):
        words = text_of(heading)
        linked += bool(words) and words == " ".join(map(text_of, heading.iter("a")))
    return linked >= LINKED


def _differ(trees: Sequence[Element]) -> bool:
    """Tell whether most of each page stands on no page before it."""
    seen: set[str] = set()
    for tree in trees:
        blocks = [(squash(text_of(block)), len(text_of(block).split())) for block in tree]
        known = sum(words for text, words in blocks if text in seen)
        if known > COMMON * sum(words for _, words in blocks):
            return False
        seen.update(text for text, _ in blocks if text)
    return True


def join(pages: Pages) -> Article:
    """Give one article of its pages.

    The metadata are the first page's, with what only later ones say. What was found is summed,
    without the figures that stand on several pages.
    """
    trees = [dom.parse(article.body) for _, article in pages]
    ledger: list[Removal] = []
    for (number, article), tree in zip(pages, trees, strict=True):
        ledger.extend(_told(number, removal) for removal in article.ledger)
        if number != pages[0][0]:
            _rename(tree, f"p{number}-")
    repeated = [*_pagers(pages, trees), *_openings(pages, trees), *_endings(pages, trees)]
    figures = list(_figures(pages, trees))
    body = "".join(map(dom.serialize, trees))
    found: dict[str, int] = {}
    for _, article in pages:
        for name, count in article.found.items():
            found[name] = found.get(name, 0) + count
    for _, images, captions in figures:
        found["images"] = found.get("images", 0) - images
        found["captions"] = found.get("captions", 0) - captions
    (_, first), *_ = pages
    removed = [removal for removal, _, _ in figures if removal.text]
    return dataclasses.replace(
        first,
        metadata=filling.fill([article.metadata for _, article in pages], body),
        body=body,
        assets=_assets(pages, body),
        ledger=(*ledger, *repeated, *removed),
        notes=_notes(pages),
        capture=_capture(pages),
        found=found,
        spared=tuple(_told(number, one) for number, part in pages for one in part.spared),
    )


def _told(number: int, entry: Entry) -> Entry:
    """Give an entry with the number of its page."""
    return dataclasses.replace(entry, path=f"page {number}: {entry.path}")


def _rename(tree: Element, prefix: str) -> None:
    """Make a page's names of notes its own."""
    for element in tree.iterdescendants():
        if identifier := element.get("id"):
            element.set("id", prefix + identifier)
        if element.get("href", "").startswith("#"):
            element.set("href", f"#{prefix}{element.get('href', '')[1:]}")


def _pagers(pages: Pages, trees: Sequence[Element]) -> Iterator[Removal]:
    """Take the lines that lead from page to page, or count the pages."""
    stems = {stem for _, article in pages for stem in paging.readings(article.metadata.url)}
    for (number, _), tree in zip(pages, trees, strict=True):
        for block in list(tree):
            if block.tag in PAGER_TAGS and not _noted(block) and _turns_pages(block, stems):
                yield _taken(block, PAGER, number, "leads to other pages of the article")


def _turns_pages(block: Element, stems: set[str]) -> bool:
    """Tell whether a block is links to pages of the article, and numbers."""
    links = list(block.iter("a"))
    if not all(stems & {*paging.readings(link.get("href"))} for link in links):
        return False
    text = text_of(block)
    for words in map(text_of, links):
        text = text.replace(words, " ", 1)
    return paging.counts(text, beside_links=bool(links))


def _openings(pages: Pages, trees: Sequence[Element]) -> Iterator[Removal]:
    """Take what an earlier page said already from the beginning of each later one."""
    about = pages[0][1].metadata
    seen = {squash(text) for text in (about.title, about.subtitle, about.kicker) if text}
    seen.update(_texts(trees[0]))
    for (number, _), tree in zip(pages[1:], trees[1:], strict=True):
        own = _texts(tree)
        for block in list(tree):
            if block.tag == "figure":
                continue  # pictures are compared as such
            if squash(paging.bare(text_of(block))) not in seen or _noted(block):
                break
            yield _taken(block, REPEATED, number, "stands on an earlier page")
        seen.update(own)


def _endings(pages: Pages, trees: Sequence[Element]) -> Iterator[Removal]:
    """Take what the last page says too, at its end, from the end of each earlier one."""
    last = pages[-1][0]
    for (number, _), tree in zip(pages[:-1], trees[:-1], strict=True):
        closing = iter(_texts(_from_end(trees[-1])))
        for block in _from_end(tree):
            if squash(text_of(block)) != next(closing, None) or _noted(block):
                break
            yield _taken(block, REPEATED, number, f"stands at the end of page {last}")


def _from_end(tree: Element) -> list[Element]:
    """Give a page's blocks, last first, without the footnotes: each page has its own."""
    return [block for block in reversed(list(tree)) if block.get("class") != "footnotes"]


def _texts(blocks: Iterable[Element]) -> list[str]:
    return [text for block in blocks if (text := squash(text_of(block)))]


def _noted(block: Element) -> bool:
    """Tell whether other places lead to a block."""
    return any(element.get("id") for element in block.iter())


def _taken(block: Element, reason: str, number: int, evidence: str) -> Removal:
    removal = Removal(reason, evidence, f"page {number}: {block.tag}", text_of(block))
    parent = block.getparent()
    if parent is not None:
        parent.remove(block)
    return removal


def _figures(pages: Pages, trees: Sequence[Element]) -> Iterator[tuple[Removal, int, int]]:
    """Take the figures of later pages that an earlier one has, with the same caption.

    Gives each with how many images and captions went with it.
    """
    seen: set[tuple[str, str]] = set()
    for (number, _), tree in zip(pages, trees, strict=True):
        here: set[tuple[str, str]] = set()
        for figure in list(tree.iter("figure")):
            images = [image.get("src", "") for image in figure.iter("img")]
            key = (" ".join(images), squash(text_of(figure)))
            if images and key in seen:
                captions = sum(1 for _ in figure.iter("figcaption"))
                yield (
                    _taken(figure, REPEATED, number, "stands on an earlier page"),
                    len(images),
                    captions,
                )
            here.add(key)
        seen |= here
    for tree in trees:
        for section in list(tree.iter("section")):
            parent = section.getparent()
            if not len(section) and parent is not None:  # a gallery that is empty now
                parent.remove(section)


def _assets(pages: Pages, body: str) -> tuple[Asset, ...]:
    assets = {asset.key: asset for _, article in pages for asset in article.assets}
    return tuple(asset for key, asset in assets.items() if f"asset:{key}" in body)


def _notes(pages: Pages) -> tuple[Note, ...]:
    """Give the notes of all pages, and one that names the pages that are missing between them."""
    notes: dict[Note, None] = {}
    last = pages[-1][0]
    for number, article in pages:
        for note in article.notes:
            joined = {"earlier-pages"} | ({"more-pages"} if number != last else set())
            if note.code not in joined:
                notes[note] = None
    numbers = {number for number, _ in pages}
    missing = [str(number) for number in range(1, last) if number not in numbers]
    if missing:
        said = f"page {missing[0]}" if len(missing) == 1 else f"pages {', '.join(missing)}"
        notes[Note("pages-missing", f"{said} of {last} {'is' if len(missing) == 1 else 'are'} "
                   "not among the captures")] = None  # fmt: skip
    return tuple(notes)


def _capture(pages: Pages) -> Capture:
    """Give the capture of the first page, with a digest that tells all of them."""
    digests = "".join(article.capture.digest for _, article in pages)
    return dataclasses.replace(
        pages[0][1].capture, digest=hashlib.sha256(digests.encode()).hexdigest()
    )
