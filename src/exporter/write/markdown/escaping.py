"""Text as CommonMark says it: what is no markup must not read as any (CommonMark 0.31 §2.4)."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from exporter.write.xhtml import FOLD, legal

# signs that mean something wherever they stand
SIGNS: Final = re.compile(r"[\\`*_\[\]<~|]")  # yes: "*", "|"; no: ">", "#"
ENTITY: Final = re.compile(r"&(?=#?\w{1,31};)")  # yes: "&amp;", "&#8211;"; no: "R & D"
# what opens a heading, a quotation, a list, a definition, a rule, or underlines a heading
OPENING: Final = re.compile(r"(?:#{1,6}(?=[ \t]|\Z)|[-+](?=[-+ \t]|\Z)|=|>|[:](?=[ \t]|\Z))")
NUMBERED: Final = re.compile(r"(\d{1,9})([.)])(?=[ \t]|\Z)")  # yes: "7. ", "1)"; no: "7.5"
CLOSING: Final = re.compile(r"#(?=#*\Z)")  # at the end of a heading: "C#"; no: "# 1"
LEVELS: Final = 6
SPACES: Final = re.compile(r"[ \t\r\n]+")
UNSAFE: Final = "!#$%&'()*+,/:;=?@[]~-._"  # what may stand in an address as it is


def flat(text: str) -> str:
    """Give a text with runs of white space made one space, without fine spaces."""
    return SPACES.sub(" ", legal(text).translate(FOLD))


def escaped(text: str) -> str:
    """Give a piece of a line, wherever in the line it stands."""
    return ENTITY.sub(r"\\&", SIGNS.sub(r"\\\g<0>", flat(text)))


def opened(line: str) -> str:
    """Give a line whose beginning opens no block."""
    numbered = NUMBERED.match(line)
    if numbered:
        return f"{numbered[1]}\\{line[len(numbered[1]) :]}"
    return f"\\{line}" if OPENING.match(line) else line


def heading(level: int, line: str) -> str:
    """Give a line as a heading, of the lowest level at most."""
    return f"{'#' * min(level, LEVELS)} {CLOSING.sub(chr(92) + '#', line)}"


def address(url: str) -> str:
    """Give the destination of a link."""
    safe = quote(url, safe=UNSAFE)
    balanced = not re.search(r"[()\\]", safe)
    safe = ENTITY.sub(r"\\&", safe)
    return safe if balanced and safe else f"<{safe}>"


def quoted(title: str) -> str:
    """Give the title of a link or picture."""
    return '"' + escaped(title).strip().replace('"', '\\"') + '"'


def is_space(sign: str) -> bool:
    """Tell whether a character is white space to CommonMark; the end of a text is."""
    return not sign or sign in "\t\n\f\r" or unicodedata.category(sign) == "Zs"


def is_sign(sign: str) -> bool:
    """Tell whether a character is punctuation to CommonMark."""
    return bool(sign) and unicodedata.category(sign)[0] in {"P", "S"}
