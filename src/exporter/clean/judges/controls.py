"""Condemns what is there to be pressed: links dressed as buttons, counters of pictures, shortcodes.

A control says what it does ("Go to the shop", "Read the story"), never what the article says. It
is known by its markup, or by standing in the page again and again with the same few words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean.outline import Block
from exporter.clean.tree import hints
from exporter.clean.verdicts import Context, Verdict
from exporter.rules import normalise

# yes: "btn btn-primary", "wp-block-button", "cta"; no: "buttonwood", "rotunda"
DRESSED: Final = re.compile(r"(?:^|[\s_-])(?:btn|buttons?|cta|call-to-action)(?:$|[\s_-])")
LINKED: Final = 0.8  # share of a block's words
PRESSED: Final = 8  # words of a button
FEWEST, REPEATED = 2, 5  # words of a link that says what it does
AGAIN: Final = 3  # times the same link stands alone
NEAR: Final = 4  # elements from the text up among which the button's name is looked for
# yes: "Image 2 of 5", "1 of 6", "Photo 3/12", "Bild 2 von 4"; no: "2 of the 5", "1/2"
COUNTER: Final = re.compile(
    r"(?:(?:image|photo|picture|slide|bild|foto|imagen|imagem|immagine|afbeelding|diapo)\s+\d{1,3}"
    r"\s*(?:of|sur|de|von|van|di|/)\s*\d{1,3}|\d{1,3}\s+(?:of|sur|von|van)\s+\d{1,3})",
    re.IGNORECASE,
)
# what a publishing system failed to replace
# yes: "[button link="x"]Go[/button]", "[gallery ids="1"]"; no: "[sic]", "[1] See above"
SHORTCODE: Final = re.compile(r"\[(\w[\w-]*)\s+[\w-]+=[^\]]*\](?:[^\[]{0,120}\[/\1\])?")
# what a shop asks, as a link: yes: "$129 at Cleverhood", "35 €"; no: "$5 trillion is at stake"
PRICE: Final = re.compile(
    r"(?:[$£€]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|EUR|zł|kr))(?:\s(?:at|via|from|on|bei|chez|en|auf)\s.{1,40})?"
)
FORMS: Final = (("counter", COUNTER), ("shortcode", SHORTCODE), ("price", PRICE))
# parts of a table or a list of terms: what stands in them belongs to their row
OWN: Final = frozenset({"td", "th", "dt", "dd", "caption"})
# who made the article; yes: "Text: Ann Lee"; no: "RANKINGS: A"
CREDITS: Final = re.compile(
    r"\b(?:text|texte?s?|words|photos?|photographs?|bild(?:er)?|fotos?|foto|images?|translat\w+|"
    r"traduc\w+|traduit|übersetz\w+|vertaling|traduz\w+|illustrations?|editing|edited)\b\s*[:(]",
    re.IGNORECASE,
)
ROW: Final = 3  # parts between bars
PART: Final = 8  # words of a part
HALF: Final = 0.4  # share of the words of a row between bars that is linked


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against controls."""
    again = _again(context.blocks)
    for block in context.blocks:
        if id(block.element) not in context.alone:
            continue
        why = _why(block, root, again)
        if why is not None:
            yield Verdict(block.element, f"control:{why[0]}", why[1], 1.0, guarded=True)


def _again(blocks: Sequence[Block]) -> Counter[str]:
    """Count the links that stand alone by their words; those in a row count once.

    Not a line of names before prose: in an interview the speakers' names are links.
    """
    count: Counter[str] = Counter()
    before = ""
    for place, block in enumerate(blocks):
        said = normalise(block.text) if _pressed(block, REPEATED) else ""
        if said and _speaks(block, blocks[place + 1 : place + 2]):
            said = ""
        if block.words >= FEWEST and said and said != before:
            count[said] += 1
        before = said
    return count


def _speaks(block: Block, following: Sequence[Block]) -> bool:
    """Tell whether a link may be a speaker: capitals throughout, and something said after it."""
    names = all(word[:1].isupper() for word in block.text.split())
    shouted = block.text.isupper()
    return names and not shouted and any(not other.heading for other in following)


def _why(block: Block, root: Tag, again: Counter[str]) -> tuple[str, str] | None:
    if block.heading or block.element.name in OWN:
        return None
    text = block.text
    for name, form in FORMS:
        if form.fullmatch(text) and (name != "price" or _priced(block)):
            return name, text[:60]
    if _pressed(block, PRESSED) and (called := _dressed(block, root)):
        return "button", called
    if _pressed(block, REPEATED) and (times := again[normalise(text)]) >= AGAIN:
        return "repeated", f"{times} times"
    if parts := _row(block):
        return "row", f"{parts} links between bars"
    return None


def _priced(block: Block) -> bool:
    """Tell whether a price is a link that stands alone: in a list it is the list's."""
    return _pressed(block, PRESSED) and block.element.find_parent(("li", "dl")) is None


def _pressed(block: Block, most: int) -> bool:
    return (
        0 < block.words <= most
        and block.density >= LINKED
        and not block.heading
        and block.element.name not in OWN
    )


def _dressed(block: Block, root: Tag) -> str | None:
    """Give the name by which the markup calls a link a button."""
    tag: Tag | None = block.element
    around: list[Tag] = []
    while tag is not None and tag is not root and len(around) < NEAR:
        around.append(tag)
        tag = tag.parent
    for element in (*block.element.find_all("a", limit=2), *around):
        if DRESSED.search(hints(element)):
            return " ".join(hints(element).split())[:60]
    return None


def _row(block: Block) -> int | None:
    """Give how many parts a row of links between bars has: "A | B | C"."""
    if "|" not in block.text or block.density < HALF or CREDITS.search(block.text):
        return None
    parts = [part.split() for part in block.text.split("|")]
    few = all(0 < len(part) <= PART for part in parts)
    return len(parts) if len(parts) >= ROW and few else None
