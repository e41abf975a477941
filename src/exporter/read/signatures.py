"""What a capture is, told by its first bytes: the extension lies."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from exporter.read.decode import opening

_SAVE_AGAIN: Final = "save the page as HTML and convert that"

# the kinds that no reader takes: what it is, what to do
REFUSED: Final[dict[str, tuple[str, str]]] = {
    "empty": ("the file is empty", "save the page again"),
    "pdf": ("this is a PDF, not a saved page", _SAVE_AGAIN),
    "image": ("this is a picture, not a saved page", _SAVE_AGAIN),
    "media": ("this is a sound or film, not a saved page", _SAVE_AGAIN),
    "font": ("this is a font, not a saved page", _SAVE_AGAIN),
    "program": ("this is a program, not a saved page", _SAVE_AGAIN),
    "office": ("this is an office document, not a saved page", "export it as HTML"),
    "archive": ("this is an archive, not a saved page", "unpack it and give its folder"),
    "xml": ("this is an XML file, not a saved page", _SAVE_AGAIN),
    "binary": ("this is neither HTML nor text", _SAVE_AGAIN),
}

TAR_MAGIC: Final = 257  # bytes before the mark in a tar's first header (POSIX.1 pax)
# leading bytes -> kind; the first match counts
MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x00\x00\x01\x00", "image"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # without any member
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"WARC/", "warc"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"bplist00", "webarchive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"SQLite format 3\x00", "office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"fLaC", "media"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\x00\x01\x00\x00\x00", "font"),
)
RIFF: Final = re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.DOTALL)  # yes: a WebP; no: "RIFF raff"
FTYP: Final = re.compile(rb".{4}ftyp(avif|heic|mif1)?", re.DOTALL)  # yes: an MP4; no: "a ftyp"

# What may stand before a page's first tag.
# yes: '\ufeff <?xml version="1.0"?>\n<!-- saved -->'   no: "Warning: <b>"
PROLOGUE: Final = re.compile(r"(?:\s|\ufeff|<\?[^>]*>|<!--.*?-->)*", re.DOTALL)
COMMENT: Final = "<!--"
# yes: "<!DOCTYPE html", "<html lang=fr>", "<p>"   no: "<3 this", "<rss>", "<jean@example.org>"
TAG: Final = re.compile(
    r"<(?:!doctype\s+html\b|[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?=[\s/>]))", re.IGNORECASE
)
# yes: "<body class=x>" after a PHP warning   no: "<bodyguard>"
PAGE_TAG: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^<>]*>", re.IGNORECASE)
# yes: "<svg xmlns", "<rss version"   no: "<html xmlns", "<svg-less>"
FOREIGN: Final = re.compile(
    r"<(?:!doctype\s+)?(?:svg|rss|feed|rdf:RDF|urlset|sitemapindex|opml|wsdl|xsl:\w+)(?=[\s>])",
    re.IGNORECASE,
)
# yes: "<!DOCTYPE plist PUBLIC", "<plist version"   no: "<plists>"
PLIST: Final = re.compile(r"<(?:!doctype\s+)?plist(?=[\s>])", re.IGNORECASE)
# The first line of a MIME message.   yes: "From: <Saved by Blink>", "MIME-Version: 1.0"
# no: "Note: the boats", "From the sea"
MAIL_START: Final = re.compile(
    r"\s{0,9}(?:From|To|Subject|Date|MIME-Version|Content-[A-Za-z-]+|Snapshot-[A-Za-z-]+|Received"
    r"|Return-Path|Delivered-To|Message-ID|Reply-To|DKIM-Signature|X-[A-Za-z-]+): ?\S",
    re.IGNORECASE,
)
# yes: 'Content-Type: multipart/related; type="text/html"'   no: "Content-Type: multipart/mixed"
MHTML_HEADER: Final = re.compile(
    r"^(?:Snapshot-Content-Location:|Content-Type:\s*multipart/related"
    r"|From:[^\n]*Saved by (?:Blink|WebKit|Mozilla|Windows Internet Explorer|Microsoft))",
    re.IGNORECASE | re.MULTILINE,
)
# What only a browser writes, and what only a message has that was sent.
# yes: "Snapshot-Content-Location: x", "From: <Saved by Blink>"   no: "Subject: saved"
BROWSER: Final = re.compile(r"^Snapshot-|^From:[^\n]*Saved by ", re.IGNORECASE | re.MULTILINE)
# yes: "To: ana@port.example", "Received: from x"   no: "Content-Type: To"
POSTED: Final = re.compile(
    r"^(?:To|Received|Delivered-To|Return-Path):", re.IGNORECASE | re.MULTILINE
)
# yes: "Subject: The port"   no: "Re: subject: the port"
EML_HEADER: Final = re.compile(
    r"^(?:From|To|Subject|Date|MIME-Version|Content-Type|Message-ID|Received):",
    re.IGNORECASE | re.MULTILINE,
)
EML_FEW: Final = 3  # headers that a text about mail would hardly start with
# yes: "---\ntitle: The port\n", "+++\ntitle = "   no: "---\nThe port\n"
FRONT_MATTER: Final = re.compile(r"\ufeff?(?:---\s*\n[\w\"'-]{1,40}:[ \n]|\+\+\+\s*\n\w{1,40} ?=)")
# yes: "[the port](https://port.example)", "![](quai.png)"   no: "[1] (see below)", "f[i](x)"
MARKDOWN_LINK: Final = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([^\s()]{1,999}\)|\[[^\[\]\n]{2,300}\]\(https?://[^\s()]{1,999}\)"
)
ZIP_MARK: Final = b"PK\x05\x06"  # the end of a zip's directory (APPNOTE.TXT §4.3.16)
ZIP_END: Final = 2**16 + 22  # bytes in which it stands
# yes: "<html data-sfz>", '<html lang=fr data-sfz="">'   no: "<p>data-sfz", "<html data-sfzero>"
SELF_EXTRACTING: Final = re.compile(rb"<html\s[^<>]{0,400}\bdata-sfz(?=[\s=>])", re.IGNORECASE)
LONG_LINE: Final = 120  # characters; no line that someone wrapped is longer
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # yes: "\x00"; no: "\t", ESC
LARGE: Final = frozenset({"compressed", "tar", "zip", "warc"})  # kinds that are read in parts
MAX_CONTROLS: Final = 0.01  # share of the opening; text has none


def sniff(data: bytes) -> str:
    """Give the kind of a capture from its first bytes: a key of READERS, or one of REFUSED."""
    if not data.strip(b" \t\r\n\x0c\x00\xef\xbb\xbf"):
        return "empty"
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data[TAR_MAGIC:].startswith(b"ustar"):
        return "tar"
    if RIFF.match(data):
        return "image" if data[8:12] == b"WEBP" else "media"
    if ftyp := FTYP.match(data):
        return "image" if ftyp[1] else "media"
    text = opening(data)
    return next((kind for kind, known in SIGNATURES if known(text)), "binary")


def is_self_extracting(head: bytes, tail: bytes) -> bool:
    """Tell whether a page says that a zip stands behind it, or one does."""
    return SELF_EXTRACTING.search(head[:ZIP_END]) is not None or ZIP_MARK in tail


def is_mhtml(text: str) -> bool:
    """Tell whether the text is a MIME message that a browser made of a page."""
    headers = _mail_headers(text)
    if not MAIL_START.match(text) or not MHTML_HEADER.search(headers):
        return False
    return BROWSER.search(headers) is not None or not POSTED.search(headers)


def is_eml(text: str) -> bool:
    """Tell whether the text is an e-mail: headers, among them a sender's or a MIME one."""
    return bool(MAIL_START.match(text) and len(EML_HEADER.findall(_mail_headers(text))) >= EML_FEW)


def _mail_headers(text: str) -> str:
    return text.replace("\r\n", "\n").lstrip().partition("\n\n")[0]


def is_html(text: str) -> bool:
    """Tell whether the text is markup: it starts with a tag, or is a page after some rubbish.

    So is a page of nothing but comments.
    """
    start = PROLOGUE.match(text)
    at = start.end() if start else 0
    bare = at == len(text) and COMMENT in text
    return bare or bool(TAG.match(text, at) or PAGE_TAG.search(text))


def is_plist(text: str) -> bool:
    """Tell whether the text is an XML property list."""
    start = PROLOGUE.match(text)
    return bool(PLIST.match(text, start.end() if start else 0))


def is_xml(text: str) -> bool:
    """Tell whether the text is XML of another vocabulary than a page's."""
    start = PROLOGUE.match(text)
    return bool(FOREIGN.match(text, start.end() if start else 0))


def is_text(text: str) -> bool:
    """Tell whether the text is one people wrote: it has letters and no control characters."""
    return len(CONTROL.findall(text)) <= len(text) * MAX_CONTROLS and any(
        character.isalnum() for character in text
    )


def is_markdown(text: str) -> bool:
    """Tell whether a text without a telling name is Markdown beyond doubt.

    It has front matter, or links or pictures as nothing else writes them, and no paragraphs that
    only a line end parts: Markdown would join those.
    """
    if FRONT_MATTER.match(text):
        return True
    if not MARKDOWN_LINK.search(text):
        return False
    lines = text.split("\n")
    return not any(
        len(line) > LONG_LINE and len(after) > LONG_LINE for line, after in pairwise(lines)
    )


# kind -> does the decoded opening look like it? The first match counts.
SIGNATURES: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("mhtml", is_mhtml),
    ("eml", is_eml),
    ("webarchive", is_plist),
    ("xml", is_xml),
    ("html", is_html),
    ("text", is_text),
)
