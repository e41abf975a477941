"""Names of files, made of words that a page says: safe on Linux, macOS and Windows.

What these systems and their tools refuse, reserve, hide or take for the same name never stands in
one (Microsoft, "Naming Files, Paths, and Namespaces"; Unicode Standard Annex 15).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

NAME_BYTES: Final = 120  # of a whole file name: stem, digits and suffix
DIGITS: Final = 10  # 40 bits: of 10,000 pages of one title, two share a name once in 20,000 runs
SUFFIX_BYTES: Final = 10  # ".epub", "-999_files"
STEM_BYTES: Final = NAME_BYTES - len("-") - DIGITS - SUFFIX_BYTES

# Contractions that a slug closes up. yes: "don't"; no: "l'été", where the article stands apart
CONTRACTION: Final = re.compile(r"(?<=\w\w)['’](?=(?:[sdmt]|ll|re|ve)\b)", re.IGNORECASE)
# Names that Windows keeps for devices, whatever their ending.
# yes: "con", "lpt1", "nul.txt", "com¹ .x"; no: "console", "con-"
DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE
)
# what no name may hold, or end with; yes: "a/b", "a:b", "a\x07", "a.", "a "; no: "a.b", "a b"
REFUSED: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]|[. ]\Z')
# letters and marks that nobody sees: fillers, joiners of marks, selectors of a variant
UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Letters of Latin scripts that Unicode does not decompose
LATIN: Final = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ŋ": "n", "ħ": "h",
})  # fmt: skip


def slug(title: str) -> str:
    """Give a title as the stem of a file name: "L'été à Paris !" -> "l-ete-a-paris".

    Latin letters lose their accents, other scripts keep their letters; nothing but letters,
    digits and hyphens, at most STEM_BYTES bytes, and never a name that an operating system keeps.
    """
    text = unicodedata.normalize("NFKC", title)
    text = CONTRACTION.sub("", text).lower().translate(LATIN)
    words = "-".join("".join(_plain(UNSEEN.sub("", text))).split())
    stem = _shorten(unicodedata.normalize("NFC", words), STEM_BYTES)
    return f"{stem}-" if DEVICE.match(stem) else stem or "untitled"


def ascii_slug(title: str) -> str:
    """Give a slug of letters that any reader shows; "article" where the title has none."""
    return slug(slug(title).encode("ascii", "ignore").decode().strip("-") or "article")


def _plain(text: str) -> Iterator[str]:
    """Give accented Latin letters as ASCII, others with their marks, a space for other signs."""
    last = " "
    for character in text:
        base, kind = unicodedata.normalize("NFKD", character)[0], unicodedata.category(character)
        if base.isascii() and base.isalnum():
            last = base
        elif kind[0] in "LN":
            last = character
        elif kind == "Cf" or (kind[0] == "M" and last.isascii()):
            continue  # joiners and direction marks take no room; a mark needs a letter of its own
        elif kind[0] != "M":
            last = " "
        yield character if kind[0] == "M" else last


def _shorten(stem: str, limit: int) -> str:
    """Cut a stem to a number of bytes, between words where a word ends in its second half."""
    if len(stem.encode()) <= limit:
        return stem
    cut = stem.encode()[:limit].decode(errors="ignore")
    whole, _, rest = cut.rpartition("-")
    return (whole if len(rest) < limit // 2 and whole else cut).rstrip("-")


def unique_stem(title: str, identity: str) -> str:
    """Give a slug that two captures of one title don't share, whatever is exported beside it.

    `identity` tells the article from all others of a run: its capture's relative path.
    """
    digits = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    return f"{slug(title).rstrip('-')}-{digits}"


def is_safe(name: str) -> bool:
    """Tell whether a name may be that of a file, whatever the system."""
    short = len(name.encode("utf-8", "surrogatepass")) <= NAME_BYTES
    return bool(name) and short and not REFUSED.search(name) and not DEVICE.match(name)
