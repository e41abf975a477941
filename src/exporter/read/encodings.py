"""Bytes -> their encoding, by the order of trust that saved pages need.

BOM > UTF-16's NUL pattern > the container's header > <meta> (late ones too) > strict UTF-8 >
windows-1252. Labels are read as the WHATWG Encoding Standard does (iso-8859-1 means
windows-1252) and doubted when the bytes contradict them.
"""

import codecs
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# name of Python's codec -> the one to use; whatever is absent is no encoding of pages (never UTF-7)
ENCODINGS: Final[dict[str, str]] = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-8",  # said by an ASCII-readable <meta>, it can't be true: HTML §13.2.3.2
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{page}": f"cp{page}" for page in (866, 874, 932, 949, 1250, 1251, 1253, 1254)},
    **{f"cp{page}": f"cp{page}" for page in (1255, 1256, 1257, 1258)},
    **{name: name for name in ("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030")},
    **{name: name for name in ("big5hkscs", "euc_jp", "iso2022_jp")},
}
# labels that Python does not know or knows otherwise -> name of Python's codec
LABELS: Final[dict[str, str]] = {
    "unicode": "utf-8",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "ks_c_5601-1987": "cp949",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "ansi": "cp1252",
}
MULTIBYTE: Final = frozenset({
    "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp",
})  # fmt: skip

# yes: <meta charset="utf-8">, <META http-equiv=Content-Type content="text/html; charset=x">
# no: <meta name="description" content="what charset=x means">
META: Final = re.compile(
    rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
META_CONTENT: Final = re.compile(rb"\bcontent\s*=", re.IGNORECASE)  # no: "discontent ="
META_TYPE: Final = re.compile(rb"http-equiv\s*=\s*[\"']?content-type", re.IGNORECASE)  # no: refresh
# yes: <?xml version="1.0" encoding="iso-8859-1"?>   no: <?php encoding="x"?>
XML_DECLARATION: Final = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")

# One character of two or more bytes in UTF-8 (RFC 3629 §4).
# yes: "é" as C3 A9   no: C3 alone, C0 80, ED A0 80 (a surrogate)
SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
HIGH: Final = re.compile(rb"[\x80-\xff]")  # yes: "é" in windows-1252; no: "e"
CONVINCING: Final = 3  # UTF-8 sequences that no text in a single-byte encoding holds by chance
OVERWHELMING: Final = 10  # one side outnumbers the other so often that the other is damage
MAX_METAS: Final = 50  # labels looked at: a page that states more means none
SAMPLE: Final = 4096  # bytes looked at for the NUL pattern


BLOCK: Final = 2**15  # bytes decoded at a time: as text they may take four times the room


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a capture's bytes are to be read."""

    name: str  # of Python's codec
    start: int = 0  # bytes of the mark before the text
    mixed: bool = False  # UTF-8 and windows-1252, side by side


def encoding_of(data: bytes, header: str | None = None) -> Encoding:
    """Give the encoding of a page; `header` is the charset label of its container, if any."""
    start, name = marked(data)
    if name is not None and name != "utf-8":
        return Encoding(name, start)
    unmarked = data[start:]
    label = None if name else header or declared(unmarked)
    return replace(_ascii_compatible(unmarked, name or codec(label)), start=start)


def declared(data: bytes) -> str | None:
    """Give the charset that an XML declaration or the first good <meta> names, or None."""
    if xml := XML_DECLARATION.match(data):
        return xml[1].decode("ascii")
    for meta in islice(META.finditer(data), MAX_METAS):
        tag = meta[0]
        if META_CONTENT.search(tag) and not META_TYPE.search(
            data, meta.start(), data.find(b">", meta.end())
        ):
            continue  # words about charsets
        at = meta.start()
        if data.rfind(b"<!--", 0, at) > data.rfind(b"-->", 0, at):
            continue
        if codec(label := meta[1].decode("ascii", "replace")):
            return label
    return None


def codec(label: str | None) -> str | None:
    """Give Python's codec for a charset label, or None when it names no encoding of pages."""
    if not label:
        return None
    name = label.strip(" \t\"'").casefold()
    try:
        return ENCODINGS.get(codecs.lookup(LABELS.get(name, name)).name)
    except (LookupError, ValueError):
        return None


def marked(data: bytes) -> tuple[int, str | None]:
    """Give the size of the mark before a text and the encoding that this or its NULs tell."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return len(bom), encoding
    return 0, _utf16_by_nuls(data[:SAMPLE])


def _utf16_by_nuls(sample: bytes) -> str | None:
    """Tell UTF-16 by the NULs that its ASCII characters (tags, spaces) leave on one side."""
    pairs = len(sample) // 2
    if not pairs or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    few, many = 0.02, 0.2
    if odd > many and even < few:
        return "utf-16-le"
    if even > many and odd < few:
        return "utf-16-be"
    return None


def _ascii_compatible(data: bytes, encoding: str | None) -> Encoding:
    if data.isascii() and encoding != "iso2022_jp":
        return Encoding(encoding or "utf-8")
    if encoding is None or encoding == "utf-8":
        return _utf8_or_cp1252(data)
    return Encoding("utf-8" if _is_utf8_after_all(data, encoding) else encoding)


def _is_utf8_after_all(data: bytes, encoding: str) -> bool:
    """Tell whether strict UTF-8 contradicts a legacy label: scripts re-encode, labels stay.

    Text in an East Asian encoding can be valid UTF-8 by chance, so there its own label is
    doubted only when it does not fit.
    """
    if not _fits(data, "utf-8"):
        return False
    if encoding not in MULTIBYTE:
        return next(islice(SEQUENCE.finditer(data), CONVINCING - 1, None), None) is not None
    return not _fits(data, encoding)


def _fits(data: bytes, encoding: str, *, final: bool = True) -> bool:
    """Tell whether bytes are text of an encoding; unless `final`, the last one may be cut."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), BLOCK):
            decoder.decode(data[start : start + BLOCK])
        decoder.decode(b"", final)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_cp1252(data: bytes) -> Encoding:
    if _fits(data, "utf-8"):
        return Encoding("utf-8")
    rest, good = SEQUENCE.subn(b"", data)
    if good and _fits(data, "utf-8", final=False):
        # the last character is not whole: the file ends too early
        return Encoding("utf-8")
    bad = sum(1 for _ in HIGH.finditer(rest))
    if good * OVERWHELMING < bad or not good:
        return Encoding("cp1252")
    return Encoding("utf-8", mixed=not (bad == 1 or bad * OVERWHELMING < good))
