"""Little that costs much: depth, attributes, entities, tables, spaces, long words, many of a thing."""

from collections.abc import Callable
from typing import Final

from hostile.ground import Case, Expected, Make
from hostile.prose import FIRST, KEPT, LAST, OUR_PICTURE, TEXT, data, html, page, xhtml

CORE: Final = "a heron stood where the last gate had been"
INSIDE: Final = Expected(once=(FIRST, LAST), kept=(CORE,))


def nested(tag: str, depth: int, inner: str = f"<p>{CORE}</p>", *, close: bool = True) -> str:
    """Give `inner` in so many elements."""
    end = f"</{tag.split(maxsplit=1)[0]}>" if close else ""
    return f"<{tag}>" * depth + inner + end * depth


# The words inside must be kept, whatever becomes of their form.
WITH_WORDS: Final[dict[str, Callable[[], str]]] = {
    "deep-div": lambda: nested("div", 5_000),
    "deep-div-unclosed": lambda: nested("div", 60_000, close=False),
    "deep-span": lambda: f"<p>{nested('span', 20_000, CORE)}</p>",
    "deep-bold": lambda: f"<p>{nested('b', 5_000, CORE)}</p>",
    "deep-font-unclosed": lambda: "<p><font size=2>" * 3_000 + CORE,
    "deep-blockquote": lambda: nested("blockquote", 1_500),
    "deep-list": lambda: "<ul><li>" * 1_000 + CORE + "</li></ul>" * 1_000,
    "deep-table": lambda: "<table><tr><td>" * 300 + CORE + "</td></tr></table>" * 300,
    "deep-section-with-heading": lambda: (
        "<section><h2>Gate</h2>" * 800 + f"<p>{CORE}</p>" + "</section>" * 800
    ),
    "deep-figure": lambda: nested("figure", 600),
    "deep-flex": lambda: nested('div style="display:flex"', 400),
    "deep-columns": lambda: nested('div style="columns:2"', 200),
    "deep-unknown-element": lambda: nested("x-y", 4_000),
    # a paragraph that is a link and nothing else is a pointer, which goes
    "deep-link": lambda: f"<p>{CORE} {nested('a href=#x', 3_000, 'gate')}</p>",
    "deep-sup": lambda: f"<p>{nested('sup', 1_000, CORE)}</p>",
    "deep-quote": lambda: f"<p>{nested('q', 1_000, CORE)}</p>",
    "deep-details": lambda: nested("details open", 600),
    "adoption": lambda: (
        f"<p>{CORE} " + "<b><i><a href=x><font>" * 1_500 + "gate" + "</b></p><p>" * 1_500
    ),
    "attributes-20000": lambda: f"<p {' '.join(f'a{n}=x' for n in range(20_000))}>{CORE}</p>",
    "attribute-10-mb": lambda: f'<p title="{"x" * 10_000_000}">{CORE}</p>',
    "attribute-data-json": lambda: f"<p data-state='{'{' * 2_000_000}'>{CORE}</p>",
    "class-100000": lambda: f'<p class="{" ".join(f"c{n}" for n in range(100_000))}">{CORE}</p>',
    "style-2-mb": lambda: f'<p style="{"color:red;" * 200_000}">{CORE}</p>',
    "colspan-huge": lambda: (
        f"<table><tr><td colspan=99999999>{CORE}</td></tr><tr><td>two</td></tr></table>"
    ),
    "rowspan-huge": lambda: (
        f"<table><tr><td rowspan=99999999>{CORE}<td>one</tr><tr><td>two</td></tr></table>"
    ),
    "colspan-many": lambda: (
        f"<table><tr><td>{CORE}</tr>"
        "<tr>" + "<td colspan=1000 rowspan=1000>x</td>" * 40 + "</tr></table>"
    ),
    "colgroup-span": lambda: (
        f"<table><colgroup span=99999999><col span=99999999><tr><td>{CORE}</table>"
    ),
    "colspan-nonsense": lambda: (
        f"<table><tr><td colspan=-7 rowspan=0>{CORE}<td colspan=1e9><td colspan=９９９９></table>"
    ),
    "table-1000-columns": lambda: (
        f"<table><tr><td>{CORE}</td></tr>" + ("<tr>" + "<td>7" * 1_000 + "</tr>") * 30 + "</table>"
    ),
    "table-20000-rows": lambda: (
        f"<table><tr><td>{CORE}<td>b" + "<tr><td>gate<td>7" * 20_000 + "</table>"
    ),
    "spaces-1000000": lambda: f"<p>{CORE}{' ' * 1_000_000}end</p>",
    "spaces-in-pre": lambda: f"<pre>{' ' * 300_000}{CORE}\n{chr(9) * 100_000}</pre>",
    "lines-in-pre": lambda: f"<pre>{chr(10) * 200_000}{CORE}</pre>",
    "no-break-spaces": lambda: f"<p>{CORE}{chr(160) * 200_000}end</p>",
    "zero-width-spaces": lambda: f"<p>{CORE}{chr(0x200B) * 200_000}</p>",
    "soft-hyphens": lambda: f"<p>{CORE} {'a' + chr(0xAD):s}{('b' + chr(0xAD)) * 50_000}</p>",
    "word-1000000": lambda: f"<p>{CORE} {'a' * 1_000_000}</p>",
    "word-in-table": lambda: f"<table><tr><td>{CORE}<td>{'a' * 200_000}<td>c</table>",
    "word-in-heading": lambda: f"<h2>{'W' * 100_000}</h2><p>{CORE}</p>",
    "word-in-code": lambda: f"<p>{CORE} <code>{'x=' * 100_000}</code></p>",
    "word-chinese": lambda: f"<p>{CORE} {'河' * 60_000}</p>",
    "combining-marks": lambda: f"<p>{CORE} e{chr(0x301) * 100_000}</p>",
    "breaks-50000": lambda: f"<p>{CORE}{'<br>' * 50_000}end</p>",
    "rules-30000": lambda: f"<p>{CORE}</p>{'<hr>' * 30_000}",
    "empty-spans": lambda: f"<p>{CORE}{'<span></span>' * 200_000}</p>",
    "empty-paragraphs": lambda: f"<p>{CORE}</p>{'<p></p>' * 100_000}",
    "headings-10000": lambda: (
        f"<p>{CORE}</p>" + "".join(f"<h2>Gate {n}</h2><p>Seven.</p>" for n in range(10_000))
    ),
    "links-20000": lambda: (
        f"<p>{CORE} "
        + " ".join(f'<a href="https://river.example/{n}">gate</a>' for n in range(20_000))
        + "</p>"
    ),
    "figures-3000": lambda: (
        f"<p>{CORE}</p>"
        + "".join(
            f'<figure><img src="{OUR_PICTURE}"><figcaption>Gate {n}</figcaption></figure>'
            for n in range(3_000)
        )
    ),
    "pictures-missing-5000": lambda: (
        f"<p>{CORE}</p>" + "".join(f'<img src="a{n}.jpg" alt="gate {n}">' for n in range(5_000))
    ),
    "footnotes-3000": lambda: (
        f"<p>{CORE} "
        + "".join(f'<sup><a href="#n{n}" id="r{n}">{n}</a></sup>' for n in range(3_000))
        + "</p><ol>"
        + "".join(f'<li id="n{n}">Gate {n} <a href="#r{n}">↩</a></li>' for n in range(3_000))
        + "</ol>"
    ),
    "same-id-30000": lambda: f"<p>{CORE}</p>" + '<span id="a">b </span>' * 30_000,
    "ruby-deep": lambda: f"<p>{CORE} {nested('ruby', 1_000, 'x<rt>y')}</p>",
    "select-options": lambda: f"<p>{CORE}</p><select>{'<option>gate' * 50_000}</select>",
    "comments-100000": lambda: f"<p>{CORE}</p>{'<!-- x -->' * 100_000}",
    "comment-opened-100000": lambda: f"<p>{CORE}</p>{'<!--' * 100_000}-->",
    "less-than-200000": lambda: f"<p>{CORE}</p><p>{'< ' * 200_000}</p>",
    "tags-unfinished": lambda: f"<p>{CORE}</p>{'<a ' * 50_000}>",
    "end-tags-100000": lambda: f"<p>{CORE}</p>{'</div></p></span>' * 40_000}",
    "cdata-opened": lambda: f"<p>{CORE}</p>{'<![CDATA[' * 20_000}]]>",
    "entities-300000": lambda: f"<p>{CORE} {'&amp;' * 300_000}</p>",
    "entities-half": lambda: f"<p>{CORE} {'&#' * 100_000}{'&amp' * 100_000}</p>",
    "svg-use-doubling": lambda: (
        f"<p>{CORE}</p><svg width='99' height='99'><rect id='u0' width='1' height='1'/>"
        + "".join(
            f"<g id='u{n}'><use href='#u{n - 1}'/><use href='#u{n - 1}'/></g>" for n in range(1, 40)
        )
        + "</svg>"
    ),
    "svg-use-cycle": lambda: (
        f"<p>{CORE}</p><svg width='99' height='99'><g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>"
    ),
    "svg-path-1-mb": lambda: (
        f"<p>{CORE}</p><svg width='99' height='99'><path d='M0 0{'l1 1' * 250_000}'/></svg>"
    ),
    "svg-deep": lambda: (
        f"<p>{CORE}</p><svg width='99' height='99'>{nested('g', 10_000, '<rect/>')}</svg>"
    ),
    "svg-size": lambda: (
        f"<p>{CORE}</p><svg width='1e9' height='1e9' viewBox='0 0 1e-9 1e9'><rect width='9' height='9'/></svg>"
    ),
    "math-deep": lambda: f"<p>{CORE} <math>{nested('msqrt', 3_000, '<mi>x</mi>')}</math></p>",
    "math-wide": lambda: (
        f"<p>{CORE} <math><mrow>{'<mi>x</mi><mo>+</mo>' * 30_000}</mrow></math></p>"
    ),
    "iframe-srcdoc-nested": lambda: f"<p>{CORE}</p>" + _srcdoc(12),
    "data-url-20-mb": lambda: f'<p>{CORE}</p><img src="data:image/png;base64,{"A" * 20_000_000}">',
    "data-url-text": lambda: f'<p>{CORE} <a href="data:text/html,{"x" * 3_000_000}">link</a></p>',
    "srcset-100000": lambda: (
        f"<p>{CORE}</p><img src='a.png' srcset='{', '.join(f'a{n}.png {n}w' for n in range(1, 100_000))}'>"
    ),
}


def _srcdoc(depth: int) -> str:
    inner = "x"
    for _ in range(depth):
        inner = (
            '<iframe srcdoc="' + inner.replace("&", "&amp;").replace('"', "&quot;") + '"></iframe>'
        )
    return inner


HEADS: Final[dict[str, Callable[[], str]]] = {
    "style-5-mb": lambda: f"<style>{'p{color:red}' * 400_000}</style>",
    "style-braces": lambda: f"<style>{'@media print{' * 100_000}</style>",
    "style-parentheses": lambda: f"<style>p{{width:calc({'(' * 50_000}1px{')' * 50_000})}}</style>",
    "json-ld-deep": lambda: (
        f'<script type="application/ld+json">{"[" * 200_000}{"]" * 200_000}</script>'
    ),
    "json-ld-number": lambda: (
        f'<script type="application/ld+json">{{"@type":"Article","wordCount":{"9" * 100_000},"position":1e999}}</script>'
    ),
    "json-ld-2-mb": lambda: (
        '<script type="application/ld+json">{"@type":"Article","author":['
        + ",".join('{"@type":"Person","name":"A. Keeper"}' for _ in range(50_000))
        + "]}</script>"
    ),
    "meta-50000": lambda: '<meta name="author" content="A. Keeper">' * 50_000,
    "meta-description-3-mb": lambda: f'<meta name="description" content="{"gate " * 600_000}">',
    "script-10-mb": lambda: f"<script>{'var a=1;' * 1_300_000}</script>",
    "title-1-mb": lambda: f"<title>{'gate ' * 200_000}</title>",
}

# Bait for expressions that go back and forth: dates, addresses, credits, sentences.
BAIT: Final[dict[str, str]] = {
    "dates": "1 1 1 " * 40_000,
    "date-digits": "2024-" * 40_000,
    "months": "le 3 mars " * 20_000,
    "mail": "a@" * 60_000,
    "mail-dots": "a." * 60_000 + "@",
    "web": "http://" * 30_000,
    "web-percent": "http://a/" + "%2" * 60_000,
    "brackets": "(" * 100_000,
    "square": "[" * 100_000 + "]",
    "quotes": "“‘" * 50_000,
    "straight-quotes": "\"'" * 50_000,
    "quote-space": '" ' * 50_000,
    "guillemets": "« " * 50_000,
    "hyphens": "-" * 100_000,
    "hyphens-spaced": "- - " * 40_000,
    "dots": ". " * 60_000,
    "ellipses": "." * 100_000,
    "capitals": "A. B. " * 30_000,
    "photo": "Photo : " * 20_000,
    "copyright": "© " * 50_000,
    "by": "By By " * 30_000,
    "numbers": "1.1.1.1" * 20_000,
    "slashes": "/ " * 50_000,
    "underscores": "_*" * 50_000,
    "colons": "a: " * 50_000,
    "newlines": "a\n" * 60_000,
    "tabs": "a\t\t\t" * 30_000,
    "amps": "& " * 60_000,
    "no-break-mix": " \u00a0" * 60_000,
    "question": "? ! " * 40_000,
    "commas": "a," * 60_000,
}

MARKDOWN: Final[dict[str, Callable[[], str]]] = {
    "markdown-brackets": lambda: "[" * 50_000,
    "markdown-links": lambda: "[a](" * 20_000,
    "markdown-images": lambda: "![" * 50_000 + "a",
    "markdown-stars": lambda: "*a_ " * 30_000,
    "markdown-star-runs": lambda: "**" * 50_000 + "a",
    "markdown-backticks": lambda: " ".join("`" * n for n in range(1, 400)),
    "markdown-quotes": lambda: "> " * 3_000 + "a",
    "markdown-lists": lambda: "\n".join(" " * (2 * n) + "- a" for n in range(600)),
    "markdown-references": lambda: (
        "\n".join(f"[a{n}]: /b" for n in range(20_000)) + "\n\n" + "[a1]" * 20_000
    ),
    "markdown-table": lambda: (
        "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + ("|b" * 2_000 + "|\n") * 20
    ),
    "markdown-html": lambda: "<a " * 30_000,
    "markdown-entities": lambda: "&" * 60_000,
    "markdown-footnotes": lambda: (
        " ".join(f"[^{n}]" for n in range(3_000))
        + "\n\n"
        + "\n\n".join(f"[^{n}]: a" for n in range(3_000))
    ),
    "markdown-setext": lambda: "a\n" * 30_000 + "===",
}

LAUGHS: Final = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
BLOWUP: Final = f'<!DOCTYPE html [<!ENTITY a "{"a" * 100_000}">]>'


def _markup(make: Callable[[], str]) -> Make:
    return lambda _: {"in/page.html": page(make()).encode()}


def _head(make: Callable[[], str]) -> Make:
    return lambda _: {"in/page.html": page(head=make()).encode()}


def _markdown(make: Callable[[], str]) -> Make:
    title, *others = TEXT.split("\n\n")
    text = "\n\n".join((f"# {title}", *others[:2], make(), *others[2:]))
    return lambda _: {"in/page.md": text.encode()}


CASES: Final[tuple[Case, ...]] = (
    *(Case(name, "bombs-markup", _markup(make), INSIDE) for name, make in WITH_WORDS.items()),
    *(Case(name, "bombs-markup", _head(make), KEPT) for name, make in HEADS.items()),
    *(
        Case(f"bait-{name}", "bombs-bait", html(f"<p>{text}</p>"), KEPT)
        for name, text in BAIT.items()
    ),
    Case(
        "bait-all-in-captions",
        "bombs-bait",
        html(
            "".join(
                f'<figure><img src="{OUR_PICTURE}"><figcaption>{text[:20_000]}</figcaption></figure>'
                for text in BAIT.values()
            )
        ),
        KEPT,
    ),
    *(
        Case(name, "bombs-bait", _markdown(make), KEPT, inputs=("in/page.md",))
        for name, make in MARKDOWN.items()
    ),
    Case(
        "billion-laughs",
        "bombs-markup",
        lambda _: {"in/page.xhtml": xhtml("<p>&l11;</p>", LAUGHS).encode()},
        KEPT,
        inputs=("in/page.xhtml",),
    ),
    Case(
        "quadratic-entities",
        "bombs-markup",
        lambda _: {"in/page.xhtml": xhtml(f"<p>{'&a;' * 20_000}</p>", BLOWUP).encode()},
        KEPT,
        inputs=("in/page.xhtml",),
    ),
    Case(
        "billion-laughs-svg",
        "bombs-markup",
        html(
            f'<img src="{data((LAUGHS.replace("html", "svg") + "<svg xmlns=&quot;http://www.w3.org/2000/svg&quot;><text>&l11;</text></svg>").replace("&quot;", chr(34)).encode(), "image/svg+xml")}">'
        ),
        KEPT,
    ),
)
