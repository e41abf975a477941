"""What may stand in what, for the builder of bodies: tables of the vocabulary's content models."""

from typing import Final

from exporter.clean.tree import CELLS

HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
CONTAINERS: Final = frozenset({"div", "blockquote", "section", "aside", "figure"})
# what may hold text but no block; blocks inside become line breaks
LINES: Final = HEADINGS | {"figcaption", "dt", "caption"}
MIXED: Final = frozenset({"li", "td", "th", "dd"})
GROUPS: Final = frozenset({"thead", "tbody", "tfoot"})
# parent -> the child to imply around anything that can't stand there by itself
IMPLIED_CHILD: Final = {
    "ul": "li", "ol": "li", "dl": "dd", "table": "tbody", "tr": "td",
    **dict.fromkeys(GROUPS, "tr"),
}  # fmt: skip
CHILDREN: Final[dict[str, frozenset[str]]] = {
    "ul": frozenset({"li"}), "ol": frozenset({"li"}), "dl": frozenset({"dt", "dd"}),
    "table": GROUPS | {"caption"}, "tr": CELLS, **dict.fromkeys(GROUPS, frozenset({"tr"})),
}  # fmt: skip
IMPLIED_PARENT: Final = {"li": "ul", "dt": "dl", "dd": "dl"}
# an implied element ends when one of these begins
ENDS: Final[dict[str, frozenset[str]]] = {
    "li": frozenset({"li"}),
    "dd": frozenset({"dt", "dd"}),
    "td": CELLS | {"tr", "caption"} | GROUPS,
    "tr": GROUPS | {"tr", "caption"},
    "tbody": GROUPS | {"caption"},
}
TABLE_PARTS: Final = CELLS | GROUPS | {"tr", "caption"}
