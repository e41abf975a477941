"""Condemns the paragraph about the author that closes a page: "Ann Smith is a reporter in Oslo"."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict
from exporter.rules import normalise

LONGEST: Final = 120  # words
LAST: Final = 0.75  # share of the article's words after which it may stand
# what is said of an author, right after the name
# yes: "is a reporter", "schreibt für"; no: "is gone", "said"
SAYS: Final = re.compile(
    r"(?: \w+){0,2}? (?:is (?:an?|the|our|(?:\w+ ){1,3}s)|was (?:an?|the)|are|has (?:been|written|"
    r"worked|spent)|writes|covers|reports|works|edits|lives|teaches|joined|started|est|ecrit|couvre|"
    r"travaille|ist|war|schreibt|arbeitet|lebt|berichtet|es un|es la|es el|escribe|trabaja|e un|"
    r"e una|scrive|lavora|is een|schrijft|werkt|escreve|trabalha)\b"
)


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against what the last part of a page says about its author."""
    names = [normalise(name) for name in context.metadata.byline if len(name.split()) > 1]
    total = sum(block.words for block in context.blocks)
    before = 0
    about = ""
    for block in context.blocks:
        before += block.words
        if before - block.words < LAST * total or block.words > LONGEST:
            continue
        text = normalise(block.text)
        known = next((name for name in names if _tells(text, name)), "")
        if not known and about and _goes_on(text, about, block):
            known = about
        about = known
        if known and id(block.element) in context.alone:
            yield Verdict(block.element, "author", f"about {known}", 1.0, guarded=True)


def _tells(text: str, name: str) -> bool:
    return text.startswith(name) and SAYS.match(text[len(name) :]) is not None


def _goes_on(text: str, name: str, block: Block) -> bool:
    """Tell whether a block follows the paragraph about the author and is about them too."""
    words = name.split()
    again = (f"{words[0]} ", f"{words[-1]} ", "he ", "she ", "they ")
    return text.startswith(again) and not block.heading
