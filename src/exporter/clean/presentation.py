"""A page's MathML built anew in the vocabulary of `exporter.mathml`.

Browsers show any MathML somehow; e-readers and their validators want exact children. What does
not fit becomes a row, what is unknown gives its children, text without an element is <mtext>:
no sign is lost but those nobody sees. A formula that MathJax or KaTeX wrote comes through as it is.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter import mathml
from exporter.characters import sayable
from exporter.clean.addresses import attribute
from exporter.mathml import Element, make

DEEPEST: Final = 64  # elements in each other; below, the signs stand in one row
NOTES: Final = ("annotation", "annotation-xml")
TRANSPARENT: Final = frozenset({"math", "semantics"})  # of which there is one of our own


def build(formula: Tag, tex: str, *, block: bool) -> Element:
    """Give a formula as a <math> that carries its TeX; `block` if it stands on its own line."""
    children = _general(_children(formula, 1))
    if tex:
        note = make("annotation", text=sayable(tex))
        note.set("encoding", mathml.TEX)
        children = [make("semantics", _one(children), note)]
    math = make("math", *children)
    _attributes(formula, math)
    math.attrib.pop("alttext", "")
    math.attrib.pop("display", "")
    if block:
        math.set("display", "block")
    return math


def name_of(tag: Tag) -> str:
    """Give the name of an element without its prefix: "mi" of "mml:mi"."""
    return tag.name.rpartition(":")[2].lower()


def _children(parent: Tag, level: int) -> list[Element]:
    return [made for child in parent.children for made in _made(child, level)]


def _made(child: object, level: int) -> Iterator[Element]:
    if isinstance(child, NavigableString):
        if text := _clean(str(child)):
            yield make("mtext", text=text)
        return
    if not isinstance(child, Tag) or name_of(child) in NOTES:
        return
    name = name_of(child)
    if name in mathml.TOKENS or level > DEEPEST:
        yield _token(child, name if name in mathml.TOKENS else "mtext")
    elif name in mathml.EMPTY:
        yield _dressed(child, make(name))
    elif name == "maction":  # what shows before anybody acts
        shown = next((part for part in child.children if isinstance(part, Tag)), None)
        yield from _made(shown, level + 1)
    elif name == "mfenced":
        yield _fenced(child, _general(_children(child, level + 1)))
    else:
        yield _element(child, name, _children(child, level + 1))


def _token(tag: Tag, name: str) -> Element:
    return _dressed(tag, make(name, text=_clean(tag.get_text())))


def _clean(text: str) -> str:
    return " ".join(sayable(text).split())


def _element(tag: Tag, name: str, children: list[Element]) -> Element:
    """Give an element with its children, or what can hold them."""
    if name in TRANSPARENT or name not in mathml.ELEMENTS:
        return _one(_general(children))
    if not mathml.fits(name, mathml.names(children)):
        children = _general(children)
    if not mathml.fits(name, mathml.names(children)):
        return make("mrow", *children)
    return _dressed(tag, make(name, *children))


def _one(children: Sequence[Element]) -> Element:
    return children[0] if len(children) == 1 else make("mrow", *children)


def _general(children: Sequence[Element]) -> list[Element]:
    """Give children as they may stand anywhere: rows and cells of no table become plain rows."""
    found = []
    for child in children:
        name = mathml.name_of(child)
        if name in mathml.ROWS or name == "mtd":
            found.append(make("mrow", *_general(list(child))))
        elif name not in mathml.CONTEXTUAL:
            found.append(child)
    return found


def _fenced(tag: Tag, parts: Sequence[Element]) -> Element:
    """Give what <mfenced> says by attributes in elements (MathML 3 §3.3.8.2)."""
    said = {name: attribute(tag, name) for name in ("open", "close", "separators")}
    opening = said["open"] if "open" in tag.attrs else "("
    closing = said["close"] if "close" in tag.attrs else ")"
    between = "".join((said["separators"] if "separators" in tag.attrs else ",").split())
    row = make("mrow", *([make("mo", text=_clean(opening))] if opening.strip() else []))
    for place, part in enumerate(parts):
        if place and between:
            row.append(make("mo", text=_clean(between[min(place, len(between)) - 1])))
        row.append(part)
    if closing.strip():
        row.append(make("mo", text=_clean(closing)))
    return row


def _dressed(tag: Tag, made: Element) -> Element:
    _attributes(tag, made)
    return made


def _attributes(tag: Tag, made: Element) -> None:
    for name, rule in mathml.ELEMENTS[mathml.name_of(made)].items():
        if name in tag.attrs and rule.match(value := " ".join(attribute(tag, name).split())):
            made.set(name, value)
