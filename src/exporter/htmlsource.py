"""A page's source where libxml2 reads it otherwise than browsers do, written so that both agree.

libxml2 knows the elements of HTML 4, drops all that follows the end of <html>, and all that
follows the place where more than 2,048 elements stand in each other. It also lets a page name
characters that lxml gives and does not take back: a tree that had them could not be changed.
"""

import re
from typing import Final

from lxml import etree

# a page goes on after these (HTML §13.2.6.4.19 to 23); yes: "</body>", "</HTML >"; no: "</bodyx>"
ENDS: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# elements that have no content, of which HTML 4 knew none. yes: '<embed src="a>b">', "<wbr/>";
# no: "<embedded>", "<source"
VOID: Final = re.compile(
    r"""<(embed|source|track|wbr|keygen)(?=[\s/>])(?:[^"'<>]|"[^"]*+"|'[^']*+')*+>""",
    re.IGNORECASE,
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# names of these. yes: "&#1;", "&#x0F", "&#xFFFE;"; no: "&#10;", "&#xF1;", "&#150;"
NAMED: Final = re.compile(
    r"&#(?:[xX]0*(?:[1-8bBcCeEfF]|1[0-9A-Fa-f]|[fF]{3}[eEfF])(?![0-9A-Fa-f])"
    r"|0*(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9]));?"
)
CUT: Final = etree.ErrorTypes.ERR_RESOURCE_LIMIT


def agreed(html: str) -> str:
    """Give a page's source as libxml2 and browsers read it alike, with no character of control."""
    spoken = NAMED.sub(" ", CONTROL.sub(" ", html))
    return VOID.sub(r"\g<0></\1>", ENDS.sub("", spoken))


def is_cut(errors: etree._ListErrorLog) -> bool:
    """Tell from a parser's log whether it gave up before the end of what it read last."""
    last = errors.last_error
    return last is not None and last.type == CUT
