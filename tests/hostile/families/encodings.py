"""Bytes that are no text: wrong marks, codecs that are no encodings, halves of characters, signs nobody should print."""

import codecs
from typing import Final

from hostile.families.leaks_captures import mhtml
from hostile.ground import Case, Expected, Traps
from hostile.prose import FIRST, KEPT, LAST, REFUSED, TEXT, html, page, raw

ACTIVE: Final = "alertfromthedyke"
SAFE: Final = Expected(once=(FIRST, LAST), absent=(ACTIVE,))
EITHER: Final = Expected(codes=frozenset({0, 4}), books=None)
CORE: Final = "the heron never minded"
WITH: Final = Expected(once=(FIRST, LAST), kept=(CORE,))

FRAGMENTS: Final[dict[str, str]] = {
    "surrogate-references": f"<p>{CORE} &#xD800; &#xDFFF; &#55296;</p>",
    "noncharacters": f"<p>{CORE} \ufffe\uffff \U0001fffe &#xFFFE; &#xFDD0;</p>",
    "nul-references": f"<p>{CORE} &#0; &#x0; &#x00000;</p>",
    "huge-references": f"<p>{CORE} &#99999999999999999999; &#x110000; &#xFFFFFFFFFFFF; &#-5; &#;</p>",
    "control-references": f"<p>{CORE} {''.join(f'&#{n};' for n in range(1, 32))} &#127;{''.join(f'&#{n};' for n in range(128, 160))}</p>",
    "control-bytes": f"<p>{CORE} {''.join(chr(n) for n in (*range(1, 9), 11, 12, *range(14, 32), 127, *range(128, 160)))}</p>",
    "bidi-overrides": f"<p>{CORE} \u202egnp.exe\u202c \u2066\u2067\u2068\u202a\u202b\u202d</p>",
    "bidi-unclosed": f"<p>{CORE} {chr(0x202E) * 5_000}abc</p>",
    "tag-characters": f"<p>{CORE} {''.join(chr(0xE0000 + n) for n in range(1, 128))}</p>",
    "variation-selectors": f"<p>{CORE} a{''.join(chr(0xE0100 + n) for n in range(240))}</p>",
    "line-separators": f"<p>{CORE} a\u2028b\u2029c\x85d\x0be\x0cf</p>",
    "private-use": f"<p>{CORE} \ue000\uf8ff\U000f0000\U0010fffd</p>",
    "unassigned": f"<p>{CORE} \u0378\U000e0fff\U0003fffd</p>",
    "joiners": f"<p>{CORE} {'👩' + (chr(0x200D) + '👩') * 300}</p>",
    "many-scripts": f"<p>{CORE} {''.join(chr(n) for n in range(0x100, 0x3000) if chr(n).isprintable())}</p>",
    "mark-inside": f"<p>{CORE} a\ufeffb\ufeff</p>",
    "interlinear": f"<p>{CORE} \ufff9a\ufffab\ufffb \ufffc</p>",
}

# Names of codecs that Python knows and the web does not, and some that nobody knows.
CHARSETS: Final = (
    "x-klingon", "hex", "rot13", "base64", "zlib", "bz2", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
    "undefined", "mbcs", "oem", "utf-7", "cp037", "utf-32", "", 'utf8" onload="x', "a" * 100_000, "../../x", "\u202e",
    "replacement", "x-user-defined", "utf-8-sig", "utf_8\x00", "iso-2022-cn", "none", "%s",
)  # fmt: skip


def _charset(name: str) -> bytes:
    return page().replace('charset="utf-8"', f'charset="{name}"').encode("utf-8", "replace")


def _body(text: str, encoding: str, charset: str | None = None) -> bytes:
    return page(text).replace("utf-8", charset or encoding).encode(encoding)


BYTES: Final[dict[str, tuple[bytes, Expected]]] = {
    "nul-bytes": (
        page(f"<p>{CORE}\0\0</p><p\0>a<\0b></p><scr\0ipt>{ACTIVE}</scr\0ipt>").encode(),
        WITH,
    ),
    "surrogate-bytes": (
        page(f"<p>{CORE} \ud83d \ude00 \ud800</p>").encode("utf-8", "surrogatepass"),
        WITH,
    ),
    "cut-in-a-character": (page("", title="Eleven lanterns").encode()[:-15] + b"\xe2\x80", SAFE),
    "overlong": (
        page(f"<p>{CORE} \x01</p>")
        .encode()
        .replace(b"\x01", b"\xc0\xbcscript\xc0\xbe" + b"\xe0\x80\xaf"),
        WITH,
    ),
    "five-byte-sequences": (
        page(f"<p>{CORE} \x01</p>")
        .encode()
        .replace(b"\x01", b"\xf8\x88\x80\x80\x80\xfc\x84\x80\x80\x80\x80\xff\xfe"),
        WITH,
    ),
    "utf-7-tags": (
        page(f"<p>+ADw-script+AD4-{ACTIVE}()+ADw-/script+AD4-</p>")
        .replace("utf-8", "utf-7")
        .encode(),
        KEPT,
    ),
    "utf-7-mark": (b"+/v8-" + page().encode(), KEPT),
    "utf-16-le": (
        codecs.BOM_UTF16_LE + page().replace("utf-8", "utf-16").encode("utf-16-le"),
        KEPT,
    ),
    "utf-16-be": (
        codecs.BOM_UTF16_BE + page().replace("utf-8", "utf-16").encode("utf-16-be"),
        KEPT,
    ),
    "utf-16-unmarked": (page().encode("utf-16-le"), KEPT),
    "utf-16-odd": (codecs.BOM_UTF16_LE + page().encode("utf-16-le") + b"x", KEPT),
    "utf-16-lone-surrogates": (
        codecs.BOM_UTF16_LE + page(f"<p>{CORE}</p>").encode("utf-16-le") + b"\x00\xd8\x00\xd8",
        WITH,
    ),
    "utf-16-mark-on-utf-8": (codecs.BOM_UTF16_LE + page().encode(), EITHER),
    "utf-16-wrong-way": (codecs.BOM_UTF16_BE + page().encode("utf-16-le"), EITHER),
    "utf-32": (codecs.BOM_UTF32_LE + page().encode("utf-32-le"), EITHER),
    "utf-32-mark-on-utf-8": (codecs.BOM_UTF32_BE + page().encode(), EITHER),
    "utf-8-mark-twice": (codecs.BOM_UTF8 * 2 + page().encode(), KEPT),
    "utf-8-mark-and-latin": (codecs.BOM_UTF8 + page("<p>caf\xe9</p>").encode("latin-1"), KEPT),
    "mixed-encodings": (
        page("<p>@</p>")
        .encode()
        .replace(b"@", "é à".encode("cp1252") + "é à".encode() + "é".encode("utf-16-le")),
        KEPT,
    ),
    "gb18030-broken": (
        _body("<p>\u6cb3\u6d41</p>", "gb18030").replace(b"</p>", b"\x81</p>", 1),
        EITHER,
    ),
    "shift-jis-eats-a-sign": (
        _body("<p title='\u6cb3'>\u6cb3\u6d41</p>", "shift_jis").replace(
            b"</article>", b"\x81</article>"
        ),
        EITHER,
    ),
    "iso-2022-jp-escape": (
        page(f"<p>\x1b(J a \x1b$B<script>{ACTIVE}</script>\x1b(B</p>")
        .replace("utf-8", "iso-2022-jp")
        .encode(),
        EITHER,
    ),
    "ebcdic": (page().encode("cp037"), EITHER),
    "all-bytes": (page("<p>@</p>").encode().replace(b"@", bytes(range(256)) * 20), EITHER),
    "random-looking": (b"\x93\xfa\x96{" * 5_000, EITHER),
    "empty": (b"", REFUSED),
    "only-a-mark": (codecs.BOM_UTF8, REFUSED),
    "only-spaces": (b" \n\t" * 1_000, REFUSED),
    "only-nuls": (bytes(5_000), REFUSED),
}


def _text(traps: Traps) -> dict[str, bytes]:
    del traps
    return {
        "in/page.txt": TEXT.encode().replace(
            b"Thursday", b"Thurs\0\x1b[31mday \xed\xa0\x80 \xff\xfe"
        )
    }


def _markdown(traps: Traps) -> dict[str, bytes]:
    del traps
    return {
        "in/page.md": b"---\ntitle: \xff\xfe\0\x1b[2J\n---\n\n# "
        + TEXT.encode()
        + b"\n\n\xed\xa0\x80 &#xD800; \0"
    }


def _mhtml_charset(traps: Traps) -> dict[str, bytes]:
    del traps
    return {"in/page.mhtml": mhtml(f"<p>{CORE} é</p>").replace(b"charset=utf-8", b"charset=rot13")}


def _mhtml_subject(traps: Traps) -> dict[str, bytes]:
    del traps
    subject = b"Subject: =?rot13?q?a?= =?utf-8?b?////?= =?utf-16?b?ANg=?= =?x?q?y?= =?hex?b?enp6?="
    return {"in/page.mhtml": mhtml("").replace(b"Subject: Eleven lanterns", subject)}


CASES: Final[tuple[Case, ...]] = (
    *(Case(name, "encodings", html(body), WITH) for name, body in FRAGMENTS.items()),
    *(Case(name, "encodings", raw(body), expected) for name, (body, expected) in BYTES.items()),
    *(
        Case(
            f"charset-{number:02d}-{''.join(c for c in name[:12] if c.isalnum())}",
            "encodings",
            raw(_charset(name)),
            KEPT,
        )
        for number, name in enumerate(CHARSETS)
    ),
    Case("text-with-control-bytes", "encodings", _text, KEPT, inputs=("in/page.txt",)),
    Case("markdown-with-control-bytes", "encodings", _markdown, KEPT, inputs=("in/page.md",)),
    Case("mhtml-charset-rot13", "encodings", _mhtml_charset, WITH, inputs=("in/page.mhtml",)),
    Case("mhtml-subject-codecs", "encodings", _mhtml_subject, KEPT, inputs=("in/page.mhtml",)),
)
