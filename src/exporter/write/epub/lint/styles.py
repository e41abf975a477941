"""What an e-reader would not take in a style sheet."""

import re
from collections.abc import Iterator
from typing import Final

from exporter.themes import loads

CSS_COMMENT: Final = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")  # yes: "/* a */"; no: "/ a"
# what is wrong with it -> what it looks like
REFUSED: Final = {
    # yes: "--ink: red", "var(--ink)"; no: "a--b { }"
    "uses variables, which Kindle refuses": re.compile(r"var\(\s*--|[{;\s]--[\w-]+\s*:"),
    # EPUB 3.3 §6.3.3; yes: "{ direction: rtl", "; unicode-bidi:embed"; no: "flex-direction: row"
    "sets directions, which is the markup's to do": re.compile(
        r"(?<![\w-])(?:direction|unicode-bidi)\s*:", re.IGNORECASE
    ),
}


def style(css: str) -> Iterator[str]:
    """Give what an e-reader would not take in a style sheet."""
    if what := loads(css):
        yield f"the style sheet loads a file with {what}"
    bare = CSS_COMMENT.sub(" ", css)
    for what, pattern in REFUSED.items():
        if pattern.search(bare):
            yield f"the style sheet {what}"
