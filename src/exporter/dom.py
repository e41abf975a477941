"""The closed XHTML vocabulary in which an article's body leaves the cleaner.

A body is a string: a sequence of block elements, without wrapper, in no namespace prefix. It
crosses processes cheaply, and both engines eat it. `validate` is the contract between the
cleaner, which builds bodies anew by allow-list, and everything after it. A formula stands among
the phrases as <math>, with a vocabulary of its own: `exporter.mathml`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter import mathml, parsing
from exporter.model import Figure
from exporter.parsing import Element as Element  # noqa: PLC0414  (dom names it for everybody)

# element -> attributes it may have beside GLOBAL
VOCABULARY: Final[dict[str, frozenset[str]]] = {
    # blocks
    **dict.fromkeys(
        ("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption"), frozenset()
    ),
    **dict.fromkeys(("ul", "dl", "dt", "dd", "pre", "hr", "aside", "section"), frozenset()),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    # tables
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), frozenset()),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    # phrases
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "time": frozenset({"datetime"}),
    **dict.fromkeys(
        ("em", "strong", "cite", "q", "code", "kbd", "samp", "var", "abbr"), frozenset()
    ),
    **dict.fromkeys(("sub", "sup", "small", "mark", "ins", "del", "span", "br"), frozenset()),
    **dict.fromkeys(("ruby", "rt", "rp"), frozenset()),
}
GLOBAL: Final = frozenset({"id", "lang", "dir", "class", "title"})
CLASSES: Final = frozenset(
    {
        "credit",  # span in a figcaption: who made the picture
        "gallery",  # section around figures that belong together
        "pull-quote",  # aside that repeats words of the body
        "embed",  # aside: the card of a video, tweet or frame
        "footnotes",  # section of notes
        "noteref",  # link to a note
        "backlink",  # link back from a note
        "standfirst",  # the introduction under the headline
        "translator",  # the credit "Traduit par X", kept in place
    }
)
# class of a <pre>: the language of a listing; yes: "language-c++"; no: "language-", "lang-c"
LISTED: Final = re.compile(r"language-[a-z][a-z0-9+#-]{0,19}\Z")
BLOCKS: Final = frozenset({
    "p", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "ul", "ol", "dl", "pre", "hr",
    "aside", "section", "table",
})  # fmt: skip
HREF: Final = re.compile(r"(?:https?|mailto):|#", re.IGNORECASE)  # yes: "#fn1"; no: "javascript:"
# yes: "2024-05-01", "2024-05-01T10:00:00Z", "2024"; no: "May 1", "2024-13"
DATETIME: Final = re.compile(
    r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,3})?)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?)?)?)?\Z"
)
# attribute -> what its value must be
VALUES: Final = {
    "colspan": re.compile(r"[1-9][0-9]{0,2}\Z"),  # yes: "3"; no: "0"
    "rowspan": re.compile(r"[1-9][0-9]{0,3}\Z"),
    "start": re.compile(r"-?[0-9]{1,9}\Z"),  # yes: "-1"; no: "a"
    "value": re.compile(r"-?[0-9]{1,9}\Z"),
    "type": re.compile(r"[1aAiI]\Z"),
    "reversed": re.compile(r"reversed\Z"),
    "width": re.compile(r"[0-9]{1,6}\Z"),  # yes: "640"; no: "100%"
    "height": re.compile(r"[0-9]{1,6}\Z"),
    "scope": re.compile(r"(?:row|col|rowgroup|colgroup)\Z"),
    "dir": re.compile(r"(?:ltr|rtl|auto)\Z"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z"),  # no: "fr_FR"
    "datetime": DATETIME,
    "id": re.compile(r"\S+\Z"),  # no: "a b"
}
UNSPOKEN: Final = re.compile(r"[\W_]+")  # yes: " – ", "_"; no: "é", "7"
OURS: Final = "exporter"  # the tool of a capture that is an edition of ours
OMITTED: Final = "omitted:"  # the src of an image that the user wants none of
# an asset, a web address, an image of which the page tells no usable one ("missing:/boat.png")
SRC: Final = re.compile(
    r"asset:[0-9a-f]{64}\Z|omitted:\Z|missing:|https?:", re.IGNORECASE
)  # no: "file:///"


class VocabularyError(ValueError):
    """A body says something outside the vocabulary: a bug in the stage that wrote it."""


def parse(body: str) -> Element:
    """Give the body's blocks as children of one <div>.

    Raises:
        VocabularyError: the body is not well-formed XML.

    """
    try:
        return parsing.ours(f"<div>{body}</div>")
    except parsing.MalformedError as error:
        raise VocabularyError(str(error)) from error


def serialize(root: Element) -> str:
    """Give the children of `root` as a body: the inverse of `parse`."""
    return "".join(etree.tostring(child, encoding="unicode") for child in root)


def validate(body: str) -> None:
    """Check that a body keeps to the vocabulary.

    Raises:
        VocabularyError: naming the first element or attribute outside it.

    """
    root = parse(body)
    if (root.text or "").strip() or any((block.tail or "").strip() for block in root):
        raise VocabularyError("text outside any block")
    for block in root:
        if block.tag not in BLOCKS:
            raise VocabularyError(f"<{block.tag}> is no block")
    seen: set[str] = set()
    for element in root.iterdescendants():
        if not mathml.name_of(element):
            _validate_element(element, seen)
        elif strange := mathml.wrong(element):
            raise VocabularyError(strange)


def _validate_element(element: Element, seen: set[str]) -> None:
    if not isinstance(element.tag, str) or element.tag not in VOCABULARY:
        raise VocabularyError(f"<{element.tag}> is not in the vocabulary")
    if strange := {*map(str, element.attrib)} - GLOBAL - VOCABULARY[element.tag]:
        raise VocabularyError(f"<{element.tag} {min(strange)}> is not in the vocabulary")
    strange = set(element.get("class", "").split()) - CLASSES
    if strange and not (element.tag == "pre" and all(map(LISTED.match, strange))):
        raise VocabularyError(f'class "{min(strange)}" is not in the vocabulary')
    if strange := set(strange_values(element)):
        raise VocabularyError(f"{min(strange)} {element.get(min(strange))!r} is no such value")
    if not HREF.match(element.get("href", "#")):
        raise VocabularyError(f"href {element.get('href')!r} is no web address")
    if element.tag == "img" and not SRC.match(element.get("src", "")):
        raise VocabularyError(f"src {element.get('src')!r} is neither an asset nor a web address")
    identifier = element.get("id")
    if identifier is not None:
        if identifier in seen:
            raise VocabularyError(f"id {identifier!r} stands twice")
        seen.add(identifier)


def keep_values(root: Element) -> None:
    """Take the attributes below `root` whose values are none of the vocabulary."""
    for element in root.iter():
        if not mathml.name_of(element):
            for name in strange_values(element):
                del element.attrib[name]


def strange_values(element: Element) -> list[str]:
    """Give the attributes of an element whose values none of the vocabulary may have."""
    return [
        str(name)
        for name, value in element.items()
        if (rule := VALUES.get(str(name))) is not None and not rule.match(str(value))
    ]


def text_of(element: Element) -> str:
    """Give an element's text with white space collapsed, formulas in their readable form."""
    return " ".join("".join(mathml.spoken(element)).split())


def plain_text(body: str) -> str:
    """Give a body's text, one block a line."""
    return "\n".join(text_of(block) for block in parse(body))


def without_pictures(body: str) -> str:
    """Give a body whose images are left out, each where it stood, with its alternative text."""
    root = parse(body)
    for image in root.iter("img"):
        image.set("src", OMITTED)
        for side in ("width", "height"):
            image.attrib.pop(side, "")
    return serialize(root)


def figures(body: str) -> tuple[Figure, ...]:
    """Derive the figures of a body, in order, one for each image."""
    return tuple(_figures(parse(body)))


def _figures(root: Element) -> Iterator[Figure]:
    for image in root.iter("img"):
        src = image.get("src", "")
        key = src.removeprefix("asset:") if src.startswith("asset:") else None
        key = "" if src == OMITTED else key
        figure = next(image.iterancestors("figure"), None)
        caption = figure.find("figcaption") if figure is not None else None
        whole = text_of(caption) if caption is not None else ""
        credits_ = [] if caption is None else [
            text_of(span) for span in caption.iter("span") if span.get("class") == "credit"
        ]  # fmt: skip
        for credit in credits_:
            whole = " ".join(whole.replace(credit, " ").split())
        yield Figure(key, image.get("alt", ""), whole, " ".join(credits_))


def squash(text: str) -> str:
    """Give the letters and digits of a text alone, case and accents folded: for comparing."""
    return _squashed(text).decode("utf-8", "surrogatepass")


def _squashed(text: str) -> bytes:
    try:
        # bytes are translated ten times as fast as text
        coded = text.encode() if text.isascii() else text.encode("cp1252")
    except UnicodeEncodeError:
        return _folded(text)
    left = coded.translate(FOLDED, SILENT)
    return _folded(text) if OTHER in left else left


def _folded(text: str) -> bytes:
    bare = UNSPOKEN.sub("", unicodedata.normalize("NFKD", text).casefold())
    return bare.encode("utf-8", "surrogatepass")


# what becomes of each character of windows-1252: a letter or digit of ASCII, or OTHER if it is more
OTHER: Final = b"\0"
_EACH: Final = [_folded(bytes([code]).decode("cp1252", "ignore")) for code in range(256)]
FOLDED: Final = b"".join(each if len(each) == 1 else OTHER for each in _EACH)
SILENT: Final = bytes(code for code, each in enumerate(_EACH) if not each)


def fingerprint(text: str) -> str:
    """Give a block's fingerprint: 16 hex digits of the sha-256 of its squashed text."""
    return hashlib.sha256(_squashed(text)).hexdigest()[:16]
