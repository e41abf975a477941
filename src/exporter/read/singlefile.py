"""SingleFile keeps a picture that a page shows twice as a CSS variable: back into the page."""

import re
from collections.abc import Iterator
from typing import Final

MARK: Final = "--sf-img-"
# yes: --sf-img-3:url("data:image/png;base64,iVBOR…")   no: --sf-img-3:url(https://example.org/a)
VARIABLE: Final = re.compile(
    r"(--sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:image/[\w.+-]{1,40}(?:;held=\d{1,9})?;base64,[A-Za-z0-9+/=]+)"
)
USE: Final = re.compile(r"var\((--sf-img-\d{1,6})\)")  # yes: "var(--sf-img-3)"; no: "var(--x)"
# What stands between "<img" and the use in its style: the empty drawing that SingleFile leaves as
# the address holds a "<" and a ">" of its own, so that values in quotes are passed over whole.
# yes: ' src="<svg></svg>" style=background-image:'   no: ' src=x><p style='
INSIDE: Final = re.compile(r"\s(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*(?:\"[^\"]*|'[^']*)?")
OPENING: Final = "<img"
WITHIN: Final = 4096  # characters from a tag's start to the use: the picture itself is elsewhere


def with_pictures(html: str) -> str:
    """Give the page with each such picture at its <img>, instead of the empty one there."""
    if MARK not in html:
        return html
    pictures = {found[1]: found[2] for found in VARIABLE.finditer(html)}
    parts: list[str] = []
    end = 0
    for place, name in _uses(html):
        if name in pictures:
            # of two attributes of one name the first counts (HTML §13.2.5.33)
            parts += [html[end:place], f' src="{pictures[name]}"']
            end = place
    return "".join((*parts, html[end:]))


def _uses(html: str) -> Iterator[tuple[int, str]]:
    """Give the place after each "<img" that shows a variable, and that variable's name."""
    last = 0
    for use in USE.finditer(html):
        at = html.rfind(OPENING, max(last, use.start() - WITHIN), use.start())
        place = at + len(OPENING)
        if at >= 0 and INSIDE.fullmatch(html, place, use.start()):
            last = use.start()
            yield place, use[1]
