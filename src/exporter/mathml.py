"""The presentation MathML that a body may hold, and how a formula is said without it.

A closed vocabulary like that of `exporter.dom`, in MathML's own namespace (MathML 3 §3, MathML
Core): no links, no actions, no styles, no content markup. Each formula carries its readable form
as `alttext`; whatever reads a body as text reads that, and what cannot draw formulas prints
`written`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, cast

from lxml import etree

from exporter.parsing import Element as Element  # noqa: PLC0414  (named here, too)

NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
PREFIX: Final = f"{{{NAMESPACE}}}"
MATH: Final = f"{PREFIX}math"
BARE: Final = cast("dict[str, str]", {None: NAMESPACE})  # no prefix, which lxml-stubs forgot
TEX: Final = "application/x-tex"

TOKENS: Final = frozenset({"mi", "mn", "mo", "ms", "mtext"})
EMPTY: Final = frozenset({"mspace", "none", "mprescripts"})
ROWS: Final = frozenset({"mtr", "mlabeledtr"})
# element -> how many children it has
ARITY: Final = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
# what may stand in one kind of element alone
CONTEXTUAL: Final = frozenset({*ROWS, "mtd", "none", "mprescripts", "annotation"})

TRUTH: Final = re.compile(r"(?:true|false)\Z")
SIZE: Final = r"(?:-?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})(?:e[mx]|px|pt|pc|in|cm|mm|%)?)"
NAMED: Final = r"(?:(?:negative)?(?:very){0,2}thi(?:n|ck)mathspace|(?:negative)?mediummathspace)"
LENGTH: Final = re.compile(rf"(?:{SIZE}|{NAMED})\Z")  # yes: "0.2em", "thinmathspace"; no: "1 em"
LENGTHS: Final = re.compile(rf"{SIZE}(?: {SIZE}){{0,63}}\Z")  # yes: "1em 2em"; no: "1em,2em"
# a length, or a change of the content's own; yes: "+12pt", "1em"; no: "expression(1)"
PADDING: Final = re.compile(rf"[+]?{SIZE}\Z")
DISPLAY: Final = re.compile(r"(?:block|inline)\Z")
VARIANT: Final = re.compile(
    r"(?:normal|bold|italic|bold-italic|double-struck|bold-fraktur|script|bold-script|fraktur|"
    r"sans-serif|bold-sans-serif|sans-serif-italic|sans-serif-bold-italic|monospace)\Z"
)
COLUMNS: Final = re.compile(r"(?:left|center|right)(?: (?:left|center|right)){0,63}\Z")
LINED: Final = re.compile(
    r"(?:top|bottom|center|baseline|axis)(?: (?:top|bottom|center|baseline|axis)){0,63}\Z"
)
RULES: Final = re.compile(r"(?:none|solid|dashed)(?: (?:none|solid|dashed)){0,63}\Z")
NOTATION: Final = re.compile(r"[a-z]{3,20}(?: [a-z]{3,20}){0,9}\Z")  # yes: "box", "top left"
COUNT: Final = re.compile(r"[1-9]\d?\Z")

STYLE: Final = {"displaystyle": TRUTH, "scriptlevel": re.compile(r"[+-]?\d\Z")}
LETTERS: Final = {"mathvariant": VARIANT, "dir": re.compile(r"(?:ltr|rtl)\Z")}
ALIGNED: Final = {"columnalign": COLUMNS, "rowalign": LINED}
# element -> its attributes and what their values are
ELEMENTS: Final[dict[str, dict[str, re.Pattern[str]]]] = {
    "math": {"display": DISPLAY, "alttext": re.compile(""), **STYLE, "dir": LETTERS["dir"]},
    **dict.fromkeys(("mi", "mn", "ms", "mtext"), LETTERS),
    "mo": {
        **LETTERS, "form": re.compile(r"(?:prefix|infix|postfix)\Z"), "lspace": LENGTH,
        "rspace": LENGTH, "maxsize": re.compile(rf"(?:{SIZE}|infinity)\Z"), "minsize": LENGTH,
        **dict.fromkeys(("fence", "separator", "stretchy", "symmetric", "largeop"), TRUTH),
        **dict.fromkeys(("movablelimits", "accent"), TRUTH),
    },
    "mspace": dict.fromkeys(("width", "height", "depth"), LENGTH),
    "mpadded": dict.fromkeys(("width", "height", "depth", "lspace", "voffset"), PADDING),
    "mfrac": {"linethickness": LENGTH, "bevelled": TRUTH},
    "mstyle": {**STYLE, **LETTERS},
    "munder": {"accentunder": TRUTH},
    "mover": {"accent": TRUTH},
    "munderover": {"accent": TRUTH, "accentunder": TRUTH},
    "menclose": {"notation": NOTATION},
    "mtable": {
        **ALIGNED, "columnspacing": LENGTHS, "rowspacing": LENGTHS, "columnlines": RULES,
        "rowlines": RULES, "frame": re.compile(r"(?:none|solid|dashed)\Z"), "displaystyle": TRUTH,
    },
    **dict.fromkeys(("mtr", "mlabeledtr"), ALIGNED),
    "mtd": {**ALIGNED, "rowspan": COUNT, "columnspan": COUNT},
    "annotation": {"encoding": re.compile(re.escape(TEX) + r"\Z")},
    "mrow": {}, "msqrt": {}, "mroot": {}, "msub": {}, "msup": {}, "msubsup": {}, "merror": {},
    "mmultiscripts": {}, "mphantom": {}, "semantics": {}, "none": {}, "mprescripts": {},
}  # fmt: skip


def name_of(element: Element) -> str:
    """Give the name of an element of MathML without its namespace; "" for any other element."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[len(PREFIX) :] if tag.startswith(PREFIX) else ""


def make(name: str, *children: Element, text: str = "") -> Element:
    """Give an element of MathML."""
    element = etree.Element(PREFIX + name, nsmap=BARE)
    element.text = text or None
    element.extend(children)
    return element


def names(children: Iterable[Element]) -> list[str]:
    """Give the names of elements, in order."""
    return [name_of(child) for child in children]


def fits(name: str, inside: Sequence[str]) -> bool:
    """Tell whether an element may hold children of these names, in this order."""
    if name in TOKENS | EMPTY | {"annotation"}:
        return not inside
    if name == "mtable":
        return all(child in ROWS for child in inside)
    if name in ROWS:
        return all(child == "mtd" for child in inside) and (name == "mtr" or bool(inside))
    if name == "mmultiscripts":
        return bool(SCRIPTED.match("".join(_letter(child) for child in inside)))
    if name == "semantics":
        return inside[1:] == ["annotation"] and inside[0] not in CONTEXTUAL
    return not CONTEXTUAL.intersection(inside) and len(inside) == ARITY.get(name, len(inside))


# a base, pairs of scripts, pairs before the base; yes: "bss", "bpss"; no: "bs", "pss"
SCRIPTED: Final = re.compile(r"b(?:[bs]{2})*(?:p(?:[bs]{2})*)?\Z")


def _letter(name: str) -> str:
    return {"none": "s", "mprescripts": "p"}.get(name, "x" if name in CONTEXTUAL else "b")


def wrong(element: Element) -> str:
    """Say what keeps an element of MathML outside the vocabulary; "" if nothing does."""
    name, parent = name_of(element), element.getparent()
    if name not in ELEMENTS:
        return f"<{element.tag}> is no formula's"
    if (name == "math") == (parent is not None and bool(name_of(parent))):
        return f"<{name}> stands where it can't"
    for key, value in element.attrib.items():
        rule = ELEMENTS[name].get(str(key))
        if rule is None or not rule.match(str(value)):
            return f'<{name} {key!s}="{value!s}"> is not in the vocabulary'
    if not fits(name, names(element)) or any(not child for child in names(element)):
        return f"<{name}> does not hold what it should"
    spoken = [element.text if name not in TOKENS | {"annotation"} else "", *_tails(element)]
    if any((text or "").strip() for text in spoken):
        return f"text in <{name}>"
    return "a formula without alttext" if name == "math" and not element.get("alttext") else ""


def _tails(element: Element) -> Iterator[str | None]:
    return (child.tail for child in element)


def holds(root: Element) -> bool:
    """Tell whether there is a formula in an element."""
    return next(root.iter(MATH), None) is not None


def spoken(element: Element) -> Iterator[str]:
    """Give the texts of an element in order, each formula as its readable form."""
    if not holds(element):
        yield from map(str, element.itertext())
        return
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield (node.tail or "") if node is not element else ""
        elif node.tag == MATH:
            yield node.get("alttext", "")
            walk.skip_subtree()
        else:
            yield node.text or ""
