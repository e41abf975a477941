"""Web addresses as print wants them: broken at their joints, and never with a hyphen of ours."""

import re
from typing import Final
from urllib.parse import quote, unquote

from exporter.dom import Element
from exporter.write.xhtml import tag

ADDRESS: Final = re.compile(r"((?:https?://|www\.)\S+)")  # "www.a.fr/b"; not "www", "http:"
ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")  # "%C3%A9"; no: "100%"
FIRST_LETTER: Final = "\u00aa"
LAST_LETTER: Final = "\u052f"  # Latin, Greek and Cyrillic, which the fonts that we bring have
# after slashes and before a sign that joins words: "a/|b", "a|.b", "a|-b"; no: "a.", "/|/", "a|/"
JOINT: Final = re.compile(r"(?<=/)(?!/)|(?<=\w)(?=[.?#%&=_~,-]+\w)")
ZERO_WIDTH: Final = "\N{ZERO WIDTH SPACE}"  # a place to break; neither it nor the joiner is copied
JOINER: Final = "\N{WORD JOINER}"


def readable(address: str) -> str:
    """Give an address with its escaped letters as letters; pasted, it leads to the same place."""
    return ESCAPED.sub(_letters, address)


def _letters(run: re.Match[str]) -> str:
    try:
        text = unquote(run[0], errors="strict")
    except UnicodeDecodeError:
        return run[0]
    return "".join(
        sign if sign.isalpha() and FIRST_LETTER <= sign <= LAST_LETTER else quote(sign, safe="")
        for sign in text
    )


def breakable(address: str) -> str:
    """Give an address that breaks at its joints; at hyphens before them.

    A hyphen at a line's end is taken for one of ours, and lost when the address is copied.
    """
    broken = JOINT.sub(ZERO_WIDTH, address)
    return broken.replace(f"://{ZERO_WIDTH}", f"://{JOINER}").replace("-", f"-{JOINER}")


def keep(root: Element) -> None:
    """Mark the web addresses in a tree, so that no hyphen is added where one breaks."""
    for element in list(root.iter("*")):
        if str(element.tag).startswith("{"):
            continue  # a drawing, whose title is one text
        if element.tail and ADDRESS.search(element.tail):
            _mark_tail(element)
        if element.get("class") == "address" or _is_address(element):
            element.set("class", "address")
            _let_break(element)
        elif element.tag != "a" and element.text and ADDRESS.search(element.text):
            element.text, marked = _marked(element.text)
            for place, span in enumerate(marked):
                element.insert(place, span)


def _is_address(element: Element) -> bool:
    if element.tag != "a":
        return False
    return ADDRESS.match("".join(map(str, element.itertext())).strip()) is not None


def _let_break(element: Element) -> None:
    element.text = breakable(element.text or "")
    for part in element.iterdescendants():
        part.text = breakable(part.text or "")
        part.tail = breakable(part.tail or "")


def _mark_tail(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    element.tail, marked = _marked(element.tail or "")
    for place, span in enumerate(marked, start=1):
        parent.insert(parent.index(element) + place, span)


def _marked(text: str) -> tuple[str, list[Element]]:
    """Split a text into what stands before its first address, and a span for each address."""
    before, *rest = ADDRESS.split(text)
    spans = []
    for address, after in zip(rest[::2], rest[1::2], strict=True):
        span = tag("span", breakable(address), class_="address")
        span.tail = after
        spans.append(span)
    return before, spans
