"""What an article is about, as its page says to search engines, without what only machines use."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from exporter import dom
from exporter.clean import visible

MOST: Final = 20
LONGEST: Final = 60  # characters: a sentence is no keyword
BETWEEN: Final = re.compile(r"\s*[,;、，；]\s*")
# a list in a script without spaces, which then stand between its words
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# yes: "ctp_video", "@all-river", "type:story"; no: "science-fiction", "C++"
MACHINE: Final = re.compile(r"[_@:=<>{}]")
AROUND: Final = " \t\"'“”«»#.[]()|"


def of(texts: Iterable[str], own: Collection[str]) -> tuple[str, ...]:
    """Give the keywords in some lists, each once; `own` are the squashed names of the page."""
    words: dict[str, str] = {}
    for word in _split(texts):
        words.setdefault(dom.squash(word), word)
    return tuple(word for key, word in words.items() if key and key not in own)[:MOST]


def _split(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        parts = BETWEEN.split(visible.unescaped(text))
        if len(parts) == 1 and UNSPACED.search(text):
            parts = text.split()
        for part in parts:
            word = part.strip(AROUND)
            if word and not MACHINE.search(part) and len(word) < LONGEST:
                yield word
