"""Condemns what the markup calls share bar, comments, related articles, and so on."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean import containers
from exporter.clean.marks import MARK
from exporter.clean.outline import blocks
from exporter.clean.verdicts import Context, Verdict

PROSE: Final = 60  # words of sentences: never removed by the class alone


def judge(root: Tag, _context: Context) -> Iterator[Verdict]:
    """Give evidence against each container that is furniture by its name."""
    for element in root.find_all():
        kind = None if MARK in element.attrs else containers.kind(element)
        if kind is None:
            continue
        prose = sum(block.words for block in blocks(element) if block.prose)
        if prose < PROSE:
            yield Verdict(element, f"structure:{kind}", containers.label(element), 1.0)
