"""A formula on one line, for what can't draw one: words, letters, raised and lowered signs.

What a line can't show is its TeX source as code, when the formula has it.
"""

from collections.abc import Callable, Sequence
from typing import Final

from lxml import etree

from exporter.mathml import PREFIX, Element, name_of

TWO_DIMENSIONAL: Final = ("mtable", "munderover", "mover", "munder", "mmultiscripts", "menclose")
LONGEST: Final = 60  # elements of a formula that a line can show
SCRIPTS: Final = {
    "msup": ("sup",), "msub": ("sub",), "msubsup": ("sub", "sup"), "munder": ("sub",),
    "mover": ("sup",), "munderover": ("sub", "sup"),
}  # fmt: skip
SPACED: Final = frozenset("=+−-±×·<>≤≥≈≠→⇒∈∪∩≡")
RAISED: Final = frozenset("′″‴'∘°*†‡^~¯‾ˆ˜˙¨→_")  # stand high or low by themselves
BEFORE: Final = {"sup": "^", "sub": "_"}  # what says in plain text that a sign is raised

Part = Element | str


def written(math: Element) -> Element:
    """Give a formula as a <span> with raised and lowered signs, or as <code>: its TeX."""
    tex = tex_of(math)
    if tex and not _is_flat(math):
        code = etree.Element("code")
        code.text = tex
        return code
    span = etree.Element("span")
    _put(span, _parts(math))
    return span


def plain(math: Element) -> str:
    """Give a formula's readable form: "E = mc^2"."""
    return " ".join(_said(written(math)).split())


def _said(element: Element) -> str:
    text = element.text or ""
    for child in element:
        said, after = _said(child), child.tail or ""
        text += said + (" " if said[-1:].isalnum() and after[:1].isalnum() else "") + after
    mark = BEFORE.get(str(element.tag))
    if mark is None or RAISED.issuperset(text):
        return text
    return mark + (text if text.isalnum() else f"({text.strip()})")


def tex_of(math: Element) -> str:
    """Give the TeX source that a formula carries, or nothing."""
    note = next(math.iter(f"{PREFIX}annotation"), None)
    return "" if note is None else " ".join((note.text or "").split())


def _is_flat(math: Element) -> bool:
    found = [name_of(element) for element in math.iter()]
    return len(found) <= LONGEST and not set(TWO_DIMENSIONAL).intersection(found)


def _put(holder: Element, parts: Sequence[Part]) -> None:
    for part in parts:
        if not isinstance(part, str):
            holder.append(part)
        elif len(holder):
            holder[-1].tail = (holder[-1].tail or "") + part
        else:
            holder.text = (holder.text or "") + part


def _parts(element: Element) -> list[Part]:
    """Give what stands in an element, on one line."""
    found: list[Part] = []
    for child in element:
        before = child.getprevious()
        if before is not None and name_of(before) == "mfrac" and name_of(child) != "mo":
            found.append(" ")  # else the next sign would stand below the stroke
        found += _line(child)
    return found


def _line(element: Element) -> list[Part]:
    writer = WRITERS.get(name_of(element))
    if writer is not None:
        return writer(element)
    if len(element):
        return _parts(element)
    text = " ".join((element.text or "").split())
    return [text] if text else []


def _sign(element: Element) -> list[Part]:
    text = " ".join((element.text or "").split())
    return [f" {text} "] if text in SPACED else [text] if text else []


def _space(element: Element) -> list[Part]:
    return [" "] if element.get("width", "-")[0] not in "-n" else []  # negative ones draw nearer


def _fraction(element: Element) -> list[Part]:
    return [*_closed(element[0]), "/", *_closed(element[1])]


def _root(element: Element) -> list[Part]:
    if name_of(element) == "msqrt":
        return ["√", *_bracketed(_parts(element))]
    return [_raised("sup", element[1]), "√", *_closed(element[0])]


def _scripts(element: Element) -> list[Part]:
    raised = zip(SCRIPTS[name_of(element)], list(element)[1:], strict=True)
    return [*_line(element[0]), *(_raised(tag, part) for tag, part in raised)]


def _surrounded(element: Element) -> list[Part]:
    """Give a base with the scripts before and after it: an isotope."""
    parts = list(element)
    names = [name_of(part) for part in parts]
    first = names.index("mprescripts") if "mprescripts" in names else len(parts)
    return [*_pairs(parts[first + 1 :]), *_line(parts[0]), *_pairs(parts[1:first])]


def _pairs(scripts: Sequence[Element]) -> list[Part]:
    return [
        _raised(("sub", "sup")[place % 2], script)
        for place, script in enumerate(scripts)
        if name_of(script) != "none"
    ]


def _table(element: Element) -> list[Part]:
    """Give cells and rows one after the other with a mark between them."""
    mark = "; " if name_of(element) == "mtable" else ", "
    found: list[Part] = []
    for place, part in enumerate(element):
        found += [mark, *_line(part)] if place else _line(part)
    return found


def _nothing(_element: Element) -> list[Part]:
    return []


def _raised(tag: str, part: Element) -> Element:
    script = etree.Element(tag)
    _put(script, _line(part))
    return script


def _closed(part: Element) -> list[Part]:
    """Give a part of a formula in brackets, when it is more than one sign."""
    return _bracketed(_line(part))


def _bracketed(parts: list[Part]) -> list[Part]:
    return parts if len(parts) < 2 else ["(", *parts, ")"]  # noqa: PLR2004


WRITERS: Final[dict[str, Callable[[Element], list[Part]]]] = {
    "mo": _sign, "mspace": _space, "mfrac": _fraction, "msqrt": _root, "mroot": _root,
    "mmultiscripts": _surrounded, **dict.fromkeys(SCRIPTS, _scripts),
    **dict.fromkeys(("mtable", "mtr", "mlabeledtr"), _table),
    **dict.fromkeys(("annotation", "mphantom", "none", "mprescripts"), _nothing),
}  # fmt: skip
