"""Which words beside a picture the markup calls its caption or credit."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.addresses import attribute
from exporter.clean.credits import CREDIT_CLASS
from exporter.clean.tree import HEADINGS, hints

# yes: "wp-caption-text", "caption", "image-legend", "legende"; no: "captioned-video-list"
CAPTION_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:captions?|fig-?captions?|epigrafe|bildzeile|legende?s?|legenda|didascalia|bildunterschrift|bildtext|bijschrift|pie-de-foto"
    r"|piedefoto|cutline|thumb-?caption|media-?caption|img-?caption|wp-caption-text|wp-caption-dd|tr-caption|caption-text|captiontext|imagecaption|photocaption|piefoto)"
    r"(?:$|[\s_]|-(?:text|inner|content|title|wrap\w*|body|description|full))", re.IGNORECASE,
)  # fmt: skip
CREDITED: Final = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|photo-?credit|image-?credit|attribution)(?:$|[\s_-])",
    re.IGNORECASE,
)
NAMES: Final = (CAPTION_CLASS, CREDITED, CREDIT_CLASS)
LONGEST: Final = 90  # words
# where a picture's own container ends
OUTER: Final = frozenset({
    "li", "td", "th", "dd", "body", "article", "main", "section", "blockquote",
})  # fmt: skip


def is_named(element: Tag) -> bool:
    """Tell whether the markup calls an element a caption or credit."""
    return element.name == "figcaption" or any(name.search(hints(element)) for name in NAMES)


def named(above: Tag) -> list[Tag]:
    """Give the outermost elements that the markup calls a caption or credit."""
    found = [
        part
        for part in above.find_all()
        if is_named(part) and part.find("img") is None and part.get_text(strip=True)
    ]
    return [part for part in found if not any(up in found for up in part.parents)]


def controls(above: Tag) -> Iterator[Tag]:
    """Give the buttons of a picture's container: what they say is no part of the article."""
    for part in above.find_all(("button", "a", "div", "span")):
        pressed = part.name == "button" or attribute(part, "role") == "button"
        if pressed and part.find("img") is None and part.find_parent("figcaption") is None:
            yield part


def is_covered(above: Tag) -> bool:
    """Tell whether all the words of an element stand in its captions, credits and buttons."""
    parts = named(above)
    beside = [
        part for part in controls(above) if not any(up in parts for up in (part, *part.parents))
    ]
    outer = [part for part in beside if not any(up in beside for up in part.parents)]
    return sum(map(_letters, (*parts, *outer))) == _letters(above)


def _letters(element: Tag) -> int:
    return len("".join(element.get_text().split()))


def holder_of(image: Tag, root: Tag) -> tuple[Tag, list[Tag]] | None:
    """Give what holds a picture and the words the markup calls its caption alone, and those."""
    for above in image.parents:
        if above is root or above.name in OUTER or len(above.find_all("img", limit=2)) > 1:
            return None
        if not above.get_text(strip=True):
            continue
        if len(above.get_text(" ").split()) > LONGEST or above.find(HEADINGS) is not None:
            return None
        if parts := named(above):
            return (above, parts) if is_covered(above) else None
        if CAPTION_CLASS.search(attribute(above, "class")):
            return above, [above]
        if above.name not in {"a", "figure"}:
            return None
    return None
