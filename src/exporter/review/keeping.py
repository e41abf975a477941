"""The rule that would keep a block which went: what its page shows under "Keep this"."""

import re
from typing import Final

from exporter.model import Removal
from exporter.review.told import OUTSIDE
from exporter.rules import normalise
from exporter.rules.saving import entry, head

# what no rule brings back: it stands in the article already, or was never text of it
FOR_GOOD: Final = frozenset({
    OUTSIDE, "alt-repeats-caption", "caption-repeated", "embed", "control", "formula",
    "line-numbers", "unreadable",
})  # fmt: skip
# The last step of a path, where it tells the element by its name.
# yes: "div#promo", "p.plea"; no: "p:nth-of-type(3)", "p", "div#post-4127" (that page's alone)
NAMED: Final = re.compile(r"(?:^|> )([a-z][a-z0-9]*[#.][A-Za-z_][A-Za-z_-]*)\Z")
BLOCK: Final = re.compile(r"(?:^|> )(?:p|h[1-6]|li)\b[^>]*\Z")  # whose words a rule may begin with
WORDS: Final = 8  # of a block's beginning: enough to tell it, few enough to meet it again


def rule(removal: Removal, site: str | None) -> str | None:
    """Give the lines of a site rule that keep what was removed; None where none can.

    Without a site they lack the rule's head: whoever adds them knows where.
    """
    if removal.reason in FOR_GOOD or removal.reason.startswith("user:"):
        return None
    beginning = " ".join(removal.text.split()[:WORDS])
    if named := NAMED.search(removal.path):
        lines = entry("keep", "css", named[1])
    elif BLOCK.search(removal.path) and normalise(beginning):
        lines = entry("keep", "starts", beginning)
    else:
        return None
    return f"{head(site)}\n{lines}" if site else lines
