"""Content models: what may stand in what, so that any body of the vocabulary is valid XHTML.

The cleaner builds legal bodies; this is the safety net under it, and the only place where the
content models of HTML are written down (HTML Living Standard §4, as EPUBCheck reads it). Nothing
is lost: an element in the wrong place becomes a <div> or a <span>, its text stays.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from lxml import etree

from exporter import dom
from exporter.dom import Element, text_of
from exporter.mathml import MATH

TRANSPARENT: Final = frozenset({"a", "ins", "del"})  # hold what their parent holds
PHRASES: Final = frozenset({
    "em", "strong", "cite", "q", "code", "kbd", "samp", "var", "abbr", "sub", "sup", "small",
    "mark", "span", "br", "img", "time", "ruby", "rt", "rp", MATH, *TRANSPARENT,
})  # fmt: skip
HOLD_PHRASES: Final = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "pre"})
# element -> the parents it needs
NEEDS: Final = {
    "li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "figcaption": {"figure"},
    "caption": {"table"}, "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"},
    "rt": {"ruby"}, "rp": {"ruby"},
}  # fmt: skip
HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
# element -> what may stand nowhere below it
FORBIDS: Final = {
    "dt": HEADINGS | {"section", "aside"},
    "th": HEADINGS | {"section", "aside"},
    "caption": frozenset({"table"}),
    "a": frozenset({"a"}),
    "ruby": frozenset({"ruby"}),
}
URL_SAFE: Final = "!#$%&'()*+,/:;=?@~"  # as they stand in a link; anything else is escaped
# yes: "%zz", "%4"; no: "%C3"
LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
LABEL: Final = r"[^\s/?#\\\"<>^`{|}\[\]%@:.]+"  # of a host name, in any script
# yes: "https://a.b:80/c"; no: "https:///c", "https://a b/", "https://a..b/"
HOST: Final = re.compile(
    rf"https?://{LABEL}(?:\.{LABEL})*\.?(?::[1-5]?\d{{1,4}})?(?:[/?#]|\Z)", re.IGNORECASE
)
MAIL: Final = re.compile(r"mailto:[^\s@]+@[^\s@]+\Z", re.IGNORECASE)  # no: "mailto:"


def repair(root: Element) -> None:
    """Make what stands in `root`, a flow container, legal XHTML in place."""
    _silent(root)
    stack: list[tuple[Element, bool, frozenset[str]]] = [(root, False, frozenset())]
    while stack:
        element, phrases, forbidden = stack.pop()
        for child in list(element):
            _place(child, str(element.tag), phrases, forbidden)
        if fix := STRUCTURES.get(str(element.tag)):
            fix(element)
        for child in element:
            tag = str(child.tag)
            if tag == MATH:  # dom.validate knows what stands inside
                continue
            _attributes(child)
            inner = phrases if tag in TRANSPARENT else tag in PHRASES or tag in HOLD_PHRASES
            stack.append((child, phrases or inner, forbidden | FORBIDS.get(tag, frozenset())))
    _levels(root)


def _silent(root: Element) -> None:
    """Let no heading and no link stay that a screen reader stops at and has nothing to say."""
    for element in list(root.iter("a", *HEADINGS)):
        if _says(element):
            continue
        if element.tag == "a":
            element.attrib.pop("href", "")
        else:
            element.tag = "div"


def _says(element: Element) -> bool:
    pictures = element.iter("img")
    return bool(text_of(element)) or any(image.get("alt", "").strip() for image in pictures)


def _levels(root: Element) -> None:
    """Let each heading stand at most one level below the one before (PDF/UA-1 §7.4.2; axe)."""
    before = 1  # the headline
    for heading in root.iter(*HEADINGS):
        before = min(int(str(heading.tag)[1]), before + 1)
        heading.tag = f"h{before}"


def _place(child: Element, parent: str, phrases: bool, forbidden: frozenset[str]) -> None:  # noqa: FBT001  (private, and read once above)
    """Rename a child that may not stand here."""
    tag = str(child.tag)
    generic = "span" if phrases else "div"
    orphan = tag in NEEDS and parent not in NEEDS[tag]
    if tag == "hr" and phrases:
        child.tag = "br"
    elif orphan or tag in forbidden or (phrases and tag not in PHRASES and tag not in NEEDS):
        _rename(child, "span" if tag in PHRASES else generic)


def _rename(element: Element, tag: str) -> None:
    element.tag = tag
    for name in set(map(str, element.attrib)) - {"id", "lang", "dir", "class", "title"}:
        del element.attrib[name]
    if tag == "span":  # words of what were blocks stay apart
        element.tail = f" {element.tail or ''}"


def _attributes(element: Element) -> None:
    for name in dom.strange_values(element):
        del element.attrib[name]
    if element.tag == "time" and not element.get("datetime"):
        element.tag = "span"
    if (href := element.get("href")) is not None:
        address = link(href)
        if address is None:
            del element.attrib["href"]
        else:
            element.set("href", address)


def link(href: str) -> str | None:
    """Give an address as a reading system accepts it, None when it is none."""
    if href.startswith("#"):
        return href if dom.VALUES["id"].match(href[1:]) else None
    if not MAIL.match(href) and not (HOST.match(href) and _decodable(href.split("/")[2])):
        return None
    address, mark, fragment = quote(LONE_PERCENT.sub("%25", href), safe=URL_SAFE).partition("#")
    return address + mark + fragment.replace("#", "%23")


def _decodable(host: str) -> bool:
    """Tell whether each label of a host that says it is encoded (RFC 5890) can be decoded."""
    if "xn--" not in host.lower():
        return True
    try:
        host.partition(":")[0].encode().decode("idna")
    except UnicodeError:
        return False
    return True


def wrap(parent: Element, tag: str, keep: Callable[[Element], bool]) -> None:
    """Put every text and child of `parent` that it can't hold into a new <tag> of its own."""
    kept: list[Element] = []
    pending = etree.Element(tag)
    pending.text, parent.text = parent.text, None

    def close() -> None:
        nonlocal pending
        if len(pending) or (pending.text or "").strip():
            kept.append(pending)
        pending = etree.Element(tag)

    for child in list(parent):
        after, child.tail = child.tail, None
        if keep(child):
            close()
            kept.append(child)
            pending.text = after
        else:
            pending.append(child)
            child.tail = after
    close()
    parent[:] = kept


def _list(element: Element) -> None:
    wrap(element, "li", lambda child: child.tag == "li")
    if element.tag == "ul":
        for item in element:
            item.attrib.pop("value", "")


def _definitions(element: Element) -> None:
    """Make a <dl> groups of terms, each followed by its definitions."""
    wrap(element, "dd", lambda child: child.tag in {"dt", "dd"})
    children = list(element)
    if children and children[0].tag == "dd":
        element.insert(0, etree.Element("dt"))
    if children and children[-1].tag == "dt":
        element.append(etree.Element("dd"))


def _table(element: Element) -> None:
    """Make a <table> caption, head, bodies of rows, foot, in this order; a late head is a body."""
    parts = {"caption", "thead", "tbody", "tfoot", "tr"}
    wrap(element, "tr", lambda child: child.tag in parts)
    wrap(element, "tbody", lambda child: child.tag in parts - {"tr"})
    for once in ("caption", "thead", "tfoot"):
        for surplus in element.findall(once)[1:]:
            surplus.tag = "tbody"
    head = element.find("thead")
    if head is not None and any(row.tag == "tbody" for row in head.itersiblings(preceding=True)):
        head.tag = "tbody"
    order = ("caption", "thead", "tbody", "tfoot")
    element[:] = sorted(element, key=lambda child: order.index(str(child.tag)))


def _rows(element: Element) -> None:
    wrap(element, "tr", lambda child: child.tag == "tr")


def _cells(element: Element) -> None:
    wrap(element, "td", lambda child: child.tag in {"td", "th"})


def _figure(element: Element) -> None:
    """Give a <figure> one caption, at its head or its foot."""
    captions = element.findall("figcaption")
    for surplus in captions[1:]:
        surplus.tag = "div"
    if not captions:
        return
    caption = captions[0]
    alone = not (element.text or "").strip()
    if (element[0] is caption and alone) or (
        element[-1] is caption and not (caption.tail or "").strip()
    ):
        return
    _move_last(element, caption)


def _move_last(element: Element, caption: Element) -> None:
    tail, caption.tail = caption.tail or "", None
    before = caption.getprevious()
    if before is None:
        element.text = (element.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    element.append(caption)


def _ruby(element: Element) -> None:
    """Keep a <ruby> of bases each followed by its reading; make anything else plain text."""
    if not RUBY.match(_signature(element)):
        element.tag = "span"
        for child in element:
            if child.tag in {"rt", "rp"}:
                child.tag = "span"


# b base, t reading, p parenthesis; yes: "bt", "bptpbt"; no: "t", "bp", "btb"
RUBY: Final = re.compile(r"(?:b+(?:t|ptp))+\Z")


def _signature(element: Element) -> str:
    letters = ["b"] if (element.text or "").strip() else []
    for child in element:
        letters.append({"rt": "t", "rp": "p"}.get(str(child.tag), "b"))
        if (child.tail or "").strip():
            letters.append("b")
    return "".join(letters)


STRUCTURES: Final[dict[str, Callable[[Element], None]]] = {
    "ul": _list, "ol": _list, "dl": _definitions, "table": _table, "thead": _rows,
    "tbody": _rows, "tfoot": _rows, "tr": _cells, "figure": _figure, "ruby": _ruby,
}  # fmt: skip
