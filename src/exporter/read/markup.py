"""A page's markup -> lxml's tree, where that is the whole page."""

import lxml.html
from lxml import etree

from exporter.dom import Element
from exporter.htmlsource import agreed, is_cut


def parsed(html: str, *, comments: bool) -> Element | None:
    """Give a page as lxml reads it; None when nothing is left, or not all."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=not comments, remove_pis=not comments
    )
    source = agreed(html).encode("utf-8", "replace")
    try:
        document = lxml.html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return None if is_cut(parser.error_log) else document
