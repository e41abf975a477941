"""Characters that no font on this machine can show: found before printing, replaced visibly.

A glyph that is not there breaks PDF/UA-1 (7.21.4.1) and tells the reader nothing.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from exporter.dom import Element
from exporter.model import Note
from exporter.write.xhtml import add_text

BOX: Final = "□"  # stands for a letter; the bundled sans has it
SYMBOLS: Final = frozenset({"So", "Sm", "Sk", "Sc"})
QUOTES: Final = frozenset("「」『』《》〈〉")  # of <q> in Chinese and Japanese
NAMED: Final = 8  # characters a note names one by one
SILENT: Final = frozenset({"Cc", "Cf", "Mn", "Me"})


def characters(root: Element) -> frozenset[str]:
    """Give the characters a document may print."""
    return frozenset("".join(map(str, root.itertext())))


def stand_in(character: str) -> str:
    """Give what is printed for a character without glyph: a symbol's name, a box, or nothing.

    A line may end after the box of a square sign, as it may after the sign.
    Marks and joiners alone say nothing; line and paragraph separators are blanks.
    """
    category = unicodedata.category(character)
    if category in SYMBOLS:
        return f"[{unicodedata.name(character, 'symbol').casefold()}]"
    if category in SILENT:
        return ""
    if category.startswith("Z"):
        return " "
    wide = unicodedata.east_asian_width(character) in "WF"
    return f"{BOX}\N{ZERO WIDTH SPACE}" if wide else BOX


def replace(root: Element, missing: Iterable[str]) -> None:
    """Put stand-ins in the place of characters without glyph."""
    missing = frozenset(missing)
    table = str.maketrans({character: stand_in(character) for character in missing})
    if not table:
        return
    for element in root.iter("*"):
        if element.text:
            element.text = element.text.translate(table)
        if element.tail:
            element.tail = element.tail.translate(table)
        for name in ("data-headline", "data-site", "data-verso", "data-running"):
            if name in element.attrib:
                # a running head has room for a box, not for "[regional indicator symbol letter f]"
                short = {code: text if len(text) < 2 else BOX for code, text in table.items()}  # noqa: PLR2004
                element.set(name, element.get(name, "").translate(short))
    if QUOTES & missing:
        for quote in root.iter("q"):
            _write_quotes(quote)


def _write_quotes(quote: Element) -> None:
    """Write quotation marks out: those the engine would print by language no font can show."""
    quote.tag = "span"
    quote.text = f"“{quote.text or ''}"
    add_text(quote, "”")


def notes(missing: Iterable[str]) -> tuple[Note, ...]:
    """Say which characters could not be shown, in one note; of a foreign script the first few."""
    ordered = sorted(missing)
    if not ordered:
        return ()
    listed = " ".join(f"U+{ord(character):04X}" for character in ordered[:NAMED])
    more = f" and {len(ordered) - NAMED} more" if len(ordered) > NAMED else ""
    return (Note("glyph-missing", f"{listed}{more}: no font here has them, a Noto font may"),)
