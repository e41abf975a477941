"""SingleFile keeps a picture that a page shows twice as a CSS variable: back into the page."""

import re
from typing import Final

MARK: Final = "--sf-img-"
# yes: --sf-img-3:url("data:image/png;base64,iVBOR…")   no: --sf-img-3:url(https://example.org/a)
VARIABLE: Final = re.compile(
    r"(--sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:image/[\w.+-]{1,40}(?:;held=\d{1,9})?;base64,[A-Za-z0-9+/=]+)"
)
# yes: "<img src=… style=background-image:var(--sf-img-3)!important"   no: "<image", "<img alt=x>"
IMAGE: Final = re.compile(r"<img(?=\s)(?=[^<>]*var\((--sf-img-\d{1,6})\))", re.IGNORECASE)


def with_pictures(html: str) -> str:
    """Give the page with each such picture at its <img>, instead of the empty one there."""
    if MARK not in html:
        return html
    pictures = {found[1]: found[2] for found in VARIABLE.finditer(html)}

    def shown(image: re.Match[str]) -> str:
        picture = pictures.get(image[1])
        # of two attributes of one name the first counts (HTML §13.2.5.33)
        return f'<img src="{picture}"' if picture else image[0]

    return IMAGE.sub(shown, html)
