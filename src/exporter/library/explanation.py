"""An article explained: as a table for programs, as text for a person."""

import collections
import dataclasses
import textwrap
from collections.abc import Iterator
from typing import Any, Final

from exporter import dom
from exporter.library.report import note_table
from exporter.model import Article, Removal
from exporter.review.told import OUTSIDE, metadata_table, saved

WIDTH: Final = 88  # columns
EXCERPT: Final = 300  # characters of a removed block shown
SECTIONS: Final = ("h2", "h3", "h4", "h5", "h6")


def table(article: Article) -> dict[str, Any]:
    """Give what `explain --json` prints of an article."""
    return {
        "metadata": metadata_table(article.metadata),
        "body": article.body,
        "figures": [dataclasses.asdict(figure) for figure in dom.figures(article.body)],
        "ledger": [dataclasses.asdict(removal) for removal in article.ledger],
        "notes": [note_table(note) for note in article.notes],
    }


def text(article: Article) -> str:
    """Give an article's explanation for a person."""
    parts = (
        _metadata(article), _outline(article), _ledger(article), _spared(article), _notes(article),
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part)


def _metadata(article: Article) -> Iterator[str]:
    metadata = article.metadata
    yield metadata.title or "(no title)"
    yield "=" * min(len(metadata.title) or 10, WIDTH)
    yield f"  {'capture':<13} {article.capture.path} ({article.capture.kind})"
    for name, value in metadata_table(metadata).items():
        if name in {"title", "provenance"} or not value:
            continue
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        source = metadata.provenance.get(name)
        yield f"  {name.replace('_', ' '):<13} {shown}{f'  [{source}]' if source else ''}"


def _outline(article: Article) -> Iterator[str]:
    """Give the body's sections with what stands in them."""
    yield ""
    yield "What stays"
    counts: collections.Counter[str] = collections.Counter()
    heading = "  (opening)"
    for block in dom.parse(article.body):
        if block.tag in SECTIONS:
            yield from _section(heading, counts)
            counts.clear()
            heading = f"{'  ' * (SECTIONS.index(block.tag) + 1)}{dom.text_of(block)}"
            continue
        counts["words"] += len(dom.text_of(block).split())
        counts["figures"] += sum(1 for _ in block.iter("img"))
        counts["tables"] += sum(1 for _ in block.iter("table"))
    yield from _section(heading, counts)
    for figure in dom.figures(article.body):
        words = f"{figure.caption} {figure.credit}".strip() or figure.alt or "no caption"
        state = "figure" if figure.asset else "figure without its image"
        yield from _wrapped(f"{state}: {words}", "  ")


def _section(heading: str, counts: "collections.Counter[str]") -> Iterator[str]:
    said = ", ".join(
        f"{count} {name.removesuffix('s') if count == 1 else name}"
        for name, count in counts.items()
        if count
    )
    if said or not heading.startswith("  ("):
        yield f"{heading}: {said or 'nothing under it'}"


def _ledger(article: Article) -> Iterator[str]:
    """Give every removal from the article with its reason, and the count of what stood around."""
    inner = [removal for removal in article.ledger if removal.reason != OUTSIDE]
    outer = [removal for removal in article.ledger if removal.reason == OUTSIDE]
    yield ""
    yield "What goes" if inner else "What goes: nothing from the article itself"
    for removal in inner:
        yield from _removal(removal)
    if outer:
        words = sum(len(removal.text.split()) for removal in outer)
        yield f"  and {words} words that stand around the article (--json lists them)"


def _removal(removal: Removal) -> Iterator[str]:
    told = removal.evidence.startswith(removal.reason) or not removal.evidence
    why = removal.evidence or removal.reason if told else f"{removal.reason}: {removal.evidence}"
    yield from _wrapped(why, "  ")
    shown = textwrap.shorten(removal.text, EXCERPT, placeholder=" …")
    yield from _wrapped(shown, "      ")


def _spared(article: Article) -> Iterator[str]:
    """Give what stayed although something spoke against it, and what saved it."""
    if article.spared:
        yield ""
        yield "What stays against evidence (what adds up to 1 goes)"
    for one in article.spared:
        yield from _wrapped(f"{saved(one)}: {one.evidence}", "  ")
        shown = textwrap.shorten(one.text, EXCERPT, placeholder=" …")
        yield from _wrapped(shown, "      ")


def _notes(article: Article) -> Iterator[str]:
    if article.notes:
        yield ""
        yield "Notes"
    for note in article.notes:
        yield from _wrapped(f"{note.code}: {note.detail}" if note.detail else note.code, "  ")


def _wrapped(words: str, margin: str) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=margin, subsequent_indent=f"{margin}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
