"""Titles, authors, file names and dates that are no good as names of files, members or terminals' lines."""

import os
from typing import Final

from hostile.families.leaks_captures import mhtml, response, warc_record, zipped
from hostile.ground import Case, Entry, Expected, Make, Traps, picture_bytes
from hostile.prose import FIRST, KEPT, LAST, html, page, raw

# Every title gives a book whose name is safe everywhere; the judge looks at each name.
TITLES: Final[dict[str, str]] = {
    "con": "CON",
    "nul-with-ending": "nul.txt",
    "com1-tar": "COM1.tar.gz",
    "com-superscript": "COM¹",
    "lpt-spaces": "LPT9 . . ",
    "conin": "CONIN$",
    "long": "Eleven lanterns and a heron " * 200,
    "long-word": "W" * 5_000,
    "long-emoji": "🏮" * 300,
    "long-combining": "e" + "\u0301" * 3_000,
    "path-up": "../../../../../../escaped",
    "path-absolute": "@PATH@/escaped",
    "path-windows": "C:\\Windows\\escaped",
    "path-unc": "\\\\@HOST@\\share\\escaped",
    "path-fullwidth": "．．／．．／escaped",
    "path-slashes-alike": "..∕..⁄..⧸..＼escaped",
    "path-encoded": "..%2f..%2fescaped&#47;..&#x2f;x",
    "dot": ".",
    "dots": "..",
    "dots-many": "....",
    "hidden": ".htaccess",
    "blank": "   ",
    "no-break-spaces": "&nbsp;&#8203;&#8288;",
    "control-signs": "&#1;&#7;&#27;[31mred&#27;[0m&#8;&#127;&#155;31m",
    "ansi-title": "\x1b]0;owned\x07\x1b[2J\x1b[1;1Hlanterns",
    "ansi-link": "\x1b]8;;@HTTP@/x\x1b\\lanterns\x1b]8;;\x1b\\",
    "newlines": "Eleven\nlanterns&#10;exported:&#13;all.epub",
    "colon-stream": "lanterns:hidden.exe:$DATA",
    "wildcards": 'a*b?c"d<e>f|g',
    "dash": "-rf --output=x",
    "tilde": "~root/.ssh/escaped",
    "shell": "$(touch escaped)`touch escaped`;touch escaped&&x",
    "format": "{0.__class__} %s %n {title} ${HOME} %USERPROFILE%",
    "markup-rich": "[red]lanterns[/red] [link=@HTTP@/x]a[/link] [/] [bold",
    "bidi-override": "lanterns\u202egpe.exe\u2066",
    "trailing-dots": "lanterns...",
    "trailing-spaces-dots": "lanterns . . .",
    "only-signs": "///\\\\\\:::***",
    "surrogate": "lanterns &#xD800; \ud800 end",
    "noncharacter": "lanterns \ufffe\uffff&#xFFFF; end",
    "nul": "lanterns&#0;.exe",
    "reserved-report": "report.json",
    "report": "report",
    "index": "index",
    "turkish": "İIıi ẞß ŉ ǰ",
    "right-to-left": "אחד עשר פנסים",
    "chinese": "十一盏灯笼",
    "only-marks": "\u0301\u0302\u0303",
    "markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "xml-signs": "]]&gt; &amp;amp; &lt;!-- -- --&gt; &lt;?x?&gt; &apos;&quot;",
    "tab-names": "a\tb\tc",
    "desktop": "desktop.ini",
    "meta-inf": "META-INF/container.xml",
    "mimetype": "mimetype",
    "url": "https://river.example/a?b=c#d",
}

# Names of the file itself.
INPUTS: Final[dict[str, bytes]] = {
    "file-ansi": b"\x1b[31m\x1b]0;owned\x07page.html",
    "file-newline": b"pa\nge\r.html",
    "file-bad-bytes": b"pa\xff\xfe\xedge.html",
    "file-surrogate-bytes": b"pa\xed\xa0\x80ge.html",
    "file-dash": b"-rf.html",
    "file-long": b"a" * 250 + b".html",
    "file-spaces": b"   .html",
    "file-wildcards": b"[a-z]*?{b}.html",
    "file-con": b"con.html",
    "file-quotes": b'it\'s "a" $(touch escaped) `x`.html',
    "file-percent": b"%2e%2e%2fescaped%00.html",
    "file-rich": b"[red]a[/blue][link=x].html",
    "file-bidi": "a\u202elmth.html".encode(),
    "file-backslash": b"..\\..\\escaped.html",
    "file-hash": b"a#b?c=d.html",
}

PICTURES: Final[dict[str, str]] = {
    "picture-long": "p" * 240 + ".png",
    "picture-spaces": "a  photo (1) [x].png",
    "picture-unicode": "фото–’é.png",
    "picture-con": "con.png",
    "picture-quotes": "a'b&quot;c.png",
    "picture-percent": "a%2520b.png",
    "picture-dash": "-o.png",
    "picture-hidden": ".a.png",
    "picture-no-ending": "photo",
    "picture-wrong-ending": "photo.exe",
    "picture-backslash": "a\\b.png",
}

HEADS: Final[dict[str, str]] = {
    "author-signs": '<meta name="author" content="&lt;b&gt;A&lt;/b&gt; ]]&gt; -- &amp;amp; \x1b[31m &#xFFFE; \u202e">',
    "author-long": f'<meta name="author" content="{"Keeper " * 20_000}">',
    "site-signs": '<meta property="og:site_name" content="../..&#0;/\x1b[2J&lt;x&gt;">',
    "date-nonsense": '<meta property="article:published_time" content="99999-99-99T99:99:99+99:99">',
    "date-zero": '<meta property="article:published_time" content="0000-00-00"><time datetime="-1">x</time>',
    "date-first": '<meta property="article:published_time" content="0001-01-01T00:00:00+14:00">',
    "date-last": '<meta property="article:published_time" content="9999-12-31T23:59:59-14:00">',
    "date-arabic": '<meta property="article:published_time" content="٢٠٢٤-٠٣-٠٥">',
    "language-nonsense": '<meta http-equiv="content-language" content="x\'&quot;&gt;&lt;script&gt;, zz-99999">',
    "canonical-script": '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="data:text/html,x">',
    "canonical-broken": '<link rel="canonical" href="http://[::1"><meta property="og:url" content="http://a:99999999/">',
    "canonical-signs": '<link rel="canonical" href="https://river.example/&quot;&gt;&lt;script&gt;\x01\u202e&#xFFFE;">',
    "canonical-host-long": f'<link rel="canonical" href="https://{"a" * 5_000}.example/{"b" * 20_000}">',
    "canonical-user": '<link rel="canonical" href="https://user:hunter2@river.example/lanterns">',
    "keywords": f'<meta name="keywords" content="{"a, " * 50_000}">',
    "section-signs": '<meta property="article:section" content="\x00../\x1b[1m&lt;i&gt;">',
}


def _beside(name: str) -> Make:
    plain = name.replace("&quot;", '"')
    quoted = name.replace("%", "%25")
    return lambda _: {
        "in/page.html": page(
            f'<figure><img src="page_files/{quoted}"><figcaption>A jar</figcaption></figure>'
        ).encode(),
        f"in/page_files/{plain}": picture_bytes(),
    }


def _named(name: bytes) -> Make:
    return lambda _: {"in/" + os.fsdecode(name): page().encode()}


def _several(*titles: str) -> Make:
    return lambda _: {
        f"in/{number}.html": page(
            f"<p>The gate of number {number} stood open, said {title}.</p>", title=title
        ).encode()
        for number, title in enumerate(titles)
    }


def _same_names(_: Traps) -> dict[str, Entry]:
    """Give pages whose names differ only in case, marks or ending."""
    names = (
        "page.html",
        "PAGE.html",
        "Page.HTM",
        "page.htm",
        "pagé.html",
        "page\u0301.html",
        "pagE\u0301.html",
    )
    return {
        f"in/{name}": page(f"<p>It stood in the file of number {n}.</p>", title="Page").encode()
        for n, name in enumerate(names)
    }


def _members(_: Traps) -> dict[str, Entry]:
    names = (
        "../../escaped.html",
        "/escaped.html",
        "C:\\escaped.html",
        "a/../../b.html",
        "con.html",
        "\x1b[2Jx.html",
        "x\ny.html",
        "." * 200 + ".html",
    )
    return {
        "in/page.zip": zipped(
            {name: page(f"<p>Member {n} said so.</p>", title=name) for n, name in enumerate(names)}
        )
    }


def _location(_: Traps) -> dict[str, Entry]:
    return {
        "in/page.mhtml": mhtml(
            "", location="https://river.example/\x1b[31m\u202e/%00/../../escaped?\x07"
        )
    }


def _target(_: Traps) -> dict[str, Entry]:
    uri = "https://river.example/%0d%0aX/../../../escaped%00\x1b[2J"
    return {"in/page.warc": warc_record("response", uri, response(page().encode()))}


TWINS: Final = {
    "twins-case": ("Lanterns", "LANTERNS", "lanterns", "LaNtErNs"),
    "twins-same": ("Lanterns",) * 12,
    "twins-marks": ("Caf\u00e9", "Cafe\u0301", "CAFE\u0301", "Cafe"),
    "twins-sharp-s": ("Stra\u00dfe", "STRASSE", "STRA\u1e9eE", "strasse"),
    "twins-numbered": (
        "Lanterns",
        "Lanterns 2",
        "Lanterns-2",
        "Lanterns",
        "Lanterns (2)",
        "Lanterns",
    ),
    "twins-cut": ("W" * 300 + "a", "W" * 300 + "b", "w" * 300 + "c"),
    "twins-reserved": ("CON", "con", "Con.", "con .txt"),
    "twins-nothing": ("", "...", "///", "\u200b"),
}

CASES: Final[tuple[Case, ...]] = (
    *(Case(f"title-{name}", "names", html(title=title), KEPT) for name, title in TITLES.items()),
    *(Case(name, "names", html(head=head), KEPT) for name, head in HEADS.items()),
    *(
        Case(name, "names", _named(file), KEPT, inputs=("in/" + os.fsdecode(file),))
        for name, file in INPUTS.items()
    ),
    *(
        Case(f"{name}-in-a-folder", "names", _named(file), KEPT, inputs=("in",))
        for name, file in INPUTS.items()
        if not file.startswith(b".")  # hidden: in a folder it was not asked for
    ),
    *(
        Case(
            name,
            "names",
            _beside(file),
            Expected(
                once=(FIRST, LAST), kept=("A jar",), picture="\\" not in file
            ),  # which browsers take for a slash
        )
        for name, file in PICTURES.items()
    ),
    *(
        Case(
            name,
            "names",
            _several(*titles),
            Expected(
                once=tuple(f"gate of number {n} stood" for n in range(len(titles))),
                books=len(titles),
            ),
            inputs=("in",),
            options=("--keep-duplicates", "--no-learn"),
        )
        for name, titles in TWINS.items()
    ),
    Case(
        "file-twins",
        "names",
        _same_names,
        Expected(once=tuple(f"file of number {n}" for n in range(7)), books=7),
        inputs=("in",),
        options=("--keep-duplicates", "--no-learn"),
    ),
    Case(
        "members-of-a-zip",
        "names",
        _members,
        Expected(codes=frozenset({0, 1}), books=None),
        inputs=("in/page.zip",),
        options=("--keep-duplicates", "--no-learn"),
    ),
    Case("location-of-mhtml", "names", _location, KEPT, inputs=("in/page.mhtml",)),
    Case("address-of-warc", "names", _target, KEPT, inputs=("in/page.warc",)),
    Case(
        "output-dash",
        "names",
        raw(page().encode()),
        KEPT,
        options=("-o", "-books"),
        output="-books",
    ),
    Case(
        "output-long",
        "names",
        raw(page().encode()),
        Expected(codes=frozenset({2, 5}), books=0),
        options=("-o", "b" * 300),
        output="b",
    ),
)
