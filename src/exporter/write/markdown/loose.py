"""Text that stands beside blocks, or alone in what holds blocks, gets a paragraph of its own."""

from typing import Final

from lxml import etree

from exporter.dom import BLOCKS, Element
from exporter.write.xhtml import add_text

HOLDERS: Final = frozenset({"li", "dd", "blockquote", "aside", "section", "figure", "div"})
NAMES: Final = BLOCKS | {"div", "figcaption", "header", "li", "dt", "dd"}
LOOSE: Final = "data-loose"  # on a paragraph that we made


def gather(root: Element) -> None:
    """Put loose text into paragraphs, in every element below that may hold blocks."""
    for holder in [root, *(element for element in root.iter() if element.tag in HOLDERS)]:
        _gather(holder)


def _gather(holder: Element) -> None:
    children, text = list(holder), holder.text
    for child in children:
        holder.remove(child)
    holder.text = None
    run = _begun(text)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in NAMES:
            _close(holder, run)
            holder.append(child)
            run = _begun(tail)
        else:
            run.append(child)
            child.tail = tail
    _close(holder, run)


def _begun(text: str | None) -> Element:
    run = etree.Element("p")
    run.set(LOOSE, "")
    add_text(run, text or "")
    return run


def _close(holder: Element, run: Element) -> None:
    if len(run) or (run.text or "").strip():
        holder.append(run)
