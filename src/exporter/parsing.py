"""XML in text becomes a tree here and nowhere else.

Nothing is loaded for it, whatever it asks for: no entity, no document type, no style sheet, no
network. An entity that a text declares is not put in its place; one in an attribute is, within
what libxml2 takes for honest. (HTML has none of these: its parsers stand where pages are read.)
"""

from xml.etree import ElementTree as ET

from lxml import etree

Element = etree._Element  # noqa: SLF001  (lxml has no public name for its element type)


class MalformedError(ValueError):
    """A text is no well-formed XML."""


def ours(text: str | bytes) -> Element:
    """Give the tree of markup that we wrote, however deep and long it is.

    Raises:
        MalformedError: it is not well-formed, which is our bug.

    """
    return _parsed(text, huge=True)


def foreign(text: str | bytes, *, mend: bool = False) -> Element:
    """Give the tree of markup from a capture, without comments and processing instructions.

    libxml2's own bounds hold: 256 elements in each other, 10 MB for one text. With `mend` it may
    be malformed.

    Raises:
        MalformedError: it is not well-formed, beyond these bounds, or nothing.

    """
    return _parsed(text, bare=True, mend=mend)


def plain(text: str) -> ET.Element:
    """Give markup that we wrote as a tree of the standard library's, as WeasyPrint wants it."""
    return ET.fromstring(text)  # noqa: S314  (of our own writing)


def _parsed(
    text: str | bytes, *, huge: bool = False, bare: bool = False, mend: bool = False
) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=huge,
        remove_comments=bare,
        remove_pis=bare,
        recover=mend,
    )
    try:
        root: Element | None = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedError(str(error)) from error
    if root is None:  # so says `recover` of a text without any element
        raise MalformedError("no element in it")
    return root
