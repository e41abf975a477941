"""A large first letter for an article, standing on the line of its word.

One that hangs over three lines is a letter by itself to whoever copies the text: poppler's tools
read "L" and "a rivière". So they do where it is 2.5 times as large as the text; at 2.2 the word
stays whole.
"""

import re
from typing import Final

from exporter.dom import Element, text_of
from exporter.write.xhtml import tag

SHORTEST: Final = 90  # letters of a first paragraph: an initial over one line looks lost
# a letter of Latin, Greek or Cyrillic behind quotes; yes: "L", "« É", "“A"; no: "7", "漢", "— A"
FIRST: Final = re.compile(r"\s*[«“”„\"'‘’¿¡\u00a0\u202f]{0,3}[^\W\d_]")
LAST_LETTER: Final = "\u052f"


def enlarge(body: Element) -> None:
    """Make the first letter of a body's text, with a quotation mark before it, a span.initial."""
    first = next((part for part in body if not _comes_before(part)), None)
    if first is None or first.tag != "p" or len(text_of(first)) < SHORTEST:
        return
    found = FIRST.match(first.text or "")
    if found is None or found[0][-1] > LAST_LETTER:
        return
    initial = tag("span", found[0].strip(), class_="initial")
    initial.tail = (first.text or "")[found.end() :]
    first.text = None
    first.insert(0, initial)


def _comes_before(part: Element) -> bool:
    """Tell whether a part stands before an article's text."""
    return part.tag == "figure" or part.get("class") == "standfirst"
