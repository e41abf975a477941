"""What a page may show of the files beside it, from its markup alone: too much rather than little.

For captures whose files have to be brought from elsewhere before a page is read.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import urljoin

from exporter.model import Page
from exporter.read.candidates import Likelihood, likelihood
from exporter.read.decode import decode

MOST: Final = 5_000  # addresses of a page that are looked for
DEPTH: Final = 3  # frames within frames
# A value that may be an address.  yes: src="a.png", data-x='a/b.jpg', src=a.gif   no: alt="x y"<
VALUE: Final = re.compile(
    r"=\s{0,9}(?:\"([^\"<>]{1,4000})\"|'([^'<>]{1,4000})'|([^\s\"'<>]{1,2000}))"
)
# yes: "url(a.png)", "url('a b.png')"   no: "curl (a"
STYLE: Final = re.compile(r"\burl\(\s{0,9}[\"']?([^\"')<>]{1,2000})", re.IGNORECASE)
# Words of a script or of JSON that may be one.  yes: "a/b.jpg", "a\/b.jpg"   no: "a b"
WORD: Final = re.compile(r"\"([^\"\s<>]{1,2000}\.\w{2,5}(?:\?[^\"\s<>]{1,300})?)\"")
FRAME: Final = re.compile(
    r"<i?frame\s[^<>]{0,4000}?\bsrc\s{0,9}=\s{0,9}[\"']?([^\s\"'<>]{1,2000})", re.IGNORECASE
)  # yes: "<iframe id=a src=b.html", no: "<img src=b.html"
NO_PICTURES: Final = (".css", ".js", ".mjs", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico")


def ask(page: Page) -> None:
    """Look for each file that a page may show, so that its resources know which it needs.

    Raises:
        OSError: as its resources do.

    """
    asked: set[str] = set()
    _ask(page, page.html, "", asked, 0)


def _ask(page: Page, html: str, base: str, asked: set[str], depth: int) -> None:
    frames = frozenset(unescape(found[1]) for found in FRAME.finditer(html))
    for address in _addresses(html):
        framed = address in frames
        whole = _joined(base, address)
        if whole in asked or not (framed or _may_be_shown(address)):
            continue
        if len(asked) >= MOST:
            return
        asked.add(whole)
        data = page.resources.find(whole)
        if framed and data and depth < DEPTH:
            _ask(page, decode(data).text, whole, asked, depth + 1)


def _addresses(html: str) -> Iterator[str]:
    for found in VALUE.finditer(html):
        value = unescape(found[1] or found[2] or found[3]).strip()
        if value.startswith(("data:", "#", "javascript:", "mailto:")):
            continue
        yield value
        if " " in value or "," in value:  # srcset, or a style
            yield from (part.split()[0] for part in value.split(",") if part.split())
    yield from (unescape(found[1]).strip() for found in STYLE.finditer(html))
    yield from (found[1].replace("\\/", "/") for found in WORD.finditer(html))


def _may_be_shown(address: str) -> bool:
    """Tell whether this may be a picture: pages lead to many other pages."""
    path = address.partition("?")[0].partition("#")[0].casefold()
    name = path.rpartition("/")[2]
    return (
        bool(name) and not name.endswith(NO_PICTURES) and likelihood(name) is not Likelihood.CAPTURE
    )


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address
