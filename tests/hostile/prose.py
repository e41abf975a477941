"""The article that every case carries, so that something is there to be kept."""

import base64
from collections.abc import Mapping
from typing import Final

from hostile.ground import Expected, Make, picture_bytes

FIRST: Final = "The ferryman counted eleven lanterns on the far bank"
LAST: Final = "By morning the river had taken back its silence"
TITLE: Final = "Eleven lanterns"
BEFORE: Final = (
    (
        f"{FIRST}, one more than the evening before, and he wrote the number into the ledger that"
        " his father had begun. Nobody in the village could say who lit them. The schoolteacher"
        " thought of fishermen, the baker of smugglers, and the children, who were right more often"
        " than either, thought of somebody who was afraid of the dark."
    ),
    (
        "On Thursday he rowed across. The current was slow, the water smelled of iron, and halfway"
        " over he heard the sort of singing that people do when they believe themselves alone. He"
        " shipped his oars and let the boat turn. Eleven lights stood in a line along the dyke,"
        " each in a jar, each jar with a stone in it so that the wind would not carry it off."
    ),
)
AFTER: Final = (
    (
        "He found an old woman there with a box of matches. She told him that she had kept the lock"
        " for forty years, until the lock was filled in, and that a keeper who has no lock may at"
        " least keep a light. He asked why eleven. She said that there had been eleven gates"
        " between the hills and the sea, and that somebody ought to remember each of them."
    ),
    (
        f"They sat until the matches were gone. {LAST}, and the ferryman wrote the number eleven a"
        " second time, with her name beside it, so that the ledger would know whom to ask."
    ),
)
KEPT: Final = Expected(once=(FIRST, LAST))
REFUSED: Final = Expected(codes=frozenset({4}), books=0)
TEXT: Final = "\n\n".join((TITLE, *BEFORE, *AFTER)) + "\n"


def page(body: str = "", title: str = TITLE, head: str = "", start: str = "<!DOCTYPE html>") -> str:
    """Give a page whose article has `body` in its middle."""
    before = "\n".join(f"<p>{text}</p>" for text in BEFORE)
    after = "\n".join(f"<p>{text}</p>" for text in AFTER)
    return (
        f'{start}\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>\n'  # noqa: E501
        f"<body>\n<article>\n<h1>{title}</h1>\n{before}\n{body}\n{after}\n</article>\n"
        "</body></html>\n"
    )


def xhtml(body: str = "", start: str = "", head: str = "") -> str:
    """Give the same as XHTML; `start` is what stands before the html element."""
    text = page(body, head=head, start=start).replace('<html lang="en">', _NAMESPACE)
    return text.replace('<meta charset="utf-8">', '<meta charset="utf-8"/>')


_NAMESPACE: Final = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">'


def html(body: str = "", *, name: str = "in/page.html", **parts: str) -> Make:
    """Give a case's files: one page, with the traps filled in."""
    return lambda traps: {name: traps.fill(page(body, **parts)).encode("utf-8", "surrogatepass")}


def with_files(body: str, others: Mapping[str, bytes | str], **parts: str) -> Make:
    """Give a page, and other files beside it; text has its traps filled in."""
    return lambda traps: {
        "in/page.html": traps.fill(page(body, **parts)).encode(),
        **{
            f"in/{name}": traps.fill(body).encode() if isinstance(body, str) else body
            for name, body in others.items()
        },
    }


def raw(body: bytes, name: str = "in/page.html") -> Make:
    return lambda _: {name: body}


def data(body: bytes, kind: str = "image/png") -> str:
    """Give a data: URL."""
    return f"data:{kind};base64,{base64.b64encode(body).decode()}"


OUR_PICTURE: Final = data(picture_bytes())
