"""The examples of a site rule, tried: whether the rule does to each snippet what it says."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import Tag

from exporter.clean import ruled, tree
from exporter.clean.context import context_of
from exporter.clean.judges import JUDGES, sites
from exporter.clean.verdicts import Judge, settle
from exporter.model import Learned, Metadata
from exporter.rules import Example, SiteRule, normalise
from exporter.settings import Settings


@dataclass(frozen=True, slots=True)
class Broken:
    """An example that its rule does not keep."""

    where: str  # "file:line" of the example
    what: str


def broken(rule: SiteRule) -> Iterator[Broken]:
    """Give what is wrong with the examples of a rule.

    What an example removes must go by the rule alone; what it keeps must stay though all judges
    look at it.
    """
    for example in rule.examples:
        before = _words(tree.body_of(tree.parse(example.html)))
        absent = [text for text in (*example.removes, *example.keeps) if not _in(text, before)]
        yield from _told(example, absent, "is not in the snippet")
        alone, metadata = _tried(rule, example, (sites.judge,))
        staying = [text for text in example.removes if _in(text, alone)]
        yield from _told(example, staying, "should be removed, but stays")
        judged, _ = _tried(rule, example, JUDGES)
        gone = [text for text in example.keeps if not _in(text, judged)]
        yield from _told(example, set(gone).difference(absent), "should stay, but is removed")
        yield from _stated(example, metadata)


def _tried(rule: SiteRule, example: Example, judges: Iterable[Judge]) -> tuple[str, Metadata]:
    """Give the words that stay of an example, and its metadata."""
    soup = tree.parse(example.html)
    metadata = ruled.metadata_of(soup, Metadata(), (rule,))
    root = ruled.locate(soup, (rule,))[0] or tree.body_of(soup)
    context = context_of(root, metadata, Settings(), Learned())
    context = dataclasses.replace(context, site=rule.site, site_rules=(rule,))
    settle(root, [verdict for judge in judges for verdict in judge(root, context)])
    return _words(root), metadata


def _stated(example: Example, metadata: Metadata) -> Iterator[Broken]:
    found = {
        "title": metadata.title,
        "byline": ", ".join(metadata.byline),
        "date": metadata.published or "",
    }
    for field, wanted in example.metadata.items():
        if found[field] != wanted:
            yield Broken(example.where, f"{field} should be {wanted!r}, but is {found[field]!r}")


def _told(example: Example, texts: Iterable[str], what: str) -> Iterator[Broken]:
    for text in texts:
        yield Broken(example.where, f"{text!r} {what}")


def _words(root: Tag) -> str:
    return normalise(tree.text_of(root))


def _in(text: str, words: str) -> bool:
    return f" {normalise(text)} " in f" {words} "
