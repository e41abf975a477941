"""Edition -> one HTML file that holds all it needs: style, pictures, no script, no request.

Well-formed XML that HTML parsers read alike (the "polyglot" subset), so that it opens anywhere and
any tool can take it apart.
"""

import base64
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from exporter import dom
from exporter.model import Article, Asset, Edition, Rendition
from exporter.settings import Settings
from exporter.write import parts
from exporter.write.parts.metas import metas
from exporter.write.words import words
from exporter.write.xhtml import FOLD, fold, markup, tag

if TYPE_CHECKING:
    from exporter.themes import Theme

MANY: Final = 4  # second-level headings from which a single article has contents
# what a page may load, said to the browser: nothing, and pictures only from inside itself
POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'"
)
FRAME: Final = """\
:root { color-scheme: light dark }
body { max-width: 38em; margin: 0 auto; padding: 1.5em 1.2em 4em; color: #1c1b1a; background: #fffefb; font: 1.1em/1.5 Charter, "Source Serif 4", Georgia, Cambria, serif; overflow-wrap: break-word }
a { text-underline-offset: 0.15em }
table { display: block; max-width: 100%; overflow-x: auto }
article + article { margin-top: 4em; padding-top: 2em; border-top: 1px solid }
nav.contents { margin: 2em 0; font-size: 0.9em }
body > footer { margin-top: 4em; padding-top: 1em; border-top: 1px solid }
@media (prefers-color-scheme: dark) {
  body { color: #d9d6d0; background: #191817 }
  img { background: #fff }
}
@media print {
  body { max-width: none; padding: 0; color: #000; background: none; font-size: 11pt }
  nav.contents { display: none }
}
"""  # noqa: E501  (the sheet as it is read)
# what a class says to a screen reader: (element, class) -> ARIA role
ROLES: Final = {
    ("a", "noteref"): "doc-noteref",
    ("a", "backlink"): "doc-backlink",
    ("section", "footnotes"): "doc-endnotes",
    ("aside", "pull-quote"): "doc-pullquote",
    ("nav", "contents"): "doc-toc",
    ("section", "colophon"): "doc-colophon",
}
PAGE: Final = """\
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8"/>
{head}
</head>
{body}
</html>
"""


def write(edition: Edition, theme: "Theme", settings: Settings) -> Rendition:
    """Give an edition as one HTML file."""
    del settings
    return Rendition(page(edition, FRAME + theme.screen_css).encode())


def page(edition: Edition, css: str = "") -> str:
    """Give an edition as an XHTML page; without a style sheet it is the bare source of the text.

    The source has no pictures: their places are marked, with captions and descriptions.
    """
    body = tag("body", tag("main", *_main(edition, pictures=bool(css))))
    behind = (*parts.behind(edition), parts.colophon(edition))
    body.append(tag("footer", *map(_only, behind)))
    for element in body.iter():
        for class_ in element.get("class", "").split():
            if role := ROLES.get((str(element.tag), class_)):
                element.set("role", role)
        if element.tag == "a" and not element.get("href", "#").startswith("#"):
            element.set("rel", "noopener noreferrer")
    first = edition.articles[0].metadata if edition.articles else None
    return PAGE.format(
        lang=escape(parts.language(edition.language)),
        dir="rtl" if first is not None and first.dir == "rtl" else "ltr",
        head="\n".join((*_head(edition), *([f"<style>\n{_enclosed(css)}</style>"] if css else []))),
        body=markup(body).translate(FOLD),
    )


def _head(edition: Edition) -> Iterator[str]:
    yield _meta("http-equiv", "Content-Security-Policy", POLICY)
    yield _meta("name", "viewport", "width=device-width, initial-scale=1")
    yield markup(tag("title", fold(parts.edition_title(edition))))
    for name, value in metas(edition):
        yield _meta("property" if ":" in name else "name", name, fold(value))
    if not edition.is_book:
        about = edition.articles[0].metadata
        if parts.is_web(about.url):
            yield markup(tag("link", rel="canonical", href=about.url or ""))


def _meta(kind: str, name: str, value: str) -> str:
    meta = tag("meta")
    meta.set(kind, name)
    meta.set("content", value)
    return markup(meta)


def _enclosed(css: str) -> str:
    """Give a style sheet as both HTML and XML read it: a user's may hold what ends it in one."""
    safe = css.replace("]]>", "]]\\>").replace("</", "<\\/")
    return f"/*<![CDATA[*/\n{safe}\n/*]]>*/\n"


def _main(edition: Edition, *, pictures: bool) -> Iterator[dom.Element]:
    if edition.is_book:
        yield _only(parts.title_page(edition))
        yield _only(parts.contents(edition))
    crossing = parts.crossing(edition)
    for number, article in enumerate(edition.articles, 1):
        whole = _article(article, number, book=edition.is_book, pictures=pictures)
        crossing.keep(whole, number, parts.INSIDE.href)
        yield whole


def _article(article: Article, number: int, *, book: bool, pictures: bool) -> dom.Element:
    about = article.metadata
    shown = article if pictures else replace(article, body=dom.without_pictures(article.body))
    root = parts.body_tree(shown, _address, f"a{number}-" if book else "")
    root.set("class", "article-body")
    whole = tag("article", lang=parts.language(about.language))
    whole.set("id", _free(f"article-{number}", _ids(root)))
    whole.set("dir", "rtl" if about.dir == "rtl" else "ltr")
    whole.append(_only(parts.title_block(article)))
    if not book and pictures and (listed := _contents(root, about.language)) is not None:
        whole.append(listed)
    whole.append(root)
    return whole


def _contents(root: dom.Element, language: str) -> dom.Element | None:
    """Give the contents of a long article, with an id for each heading; else None."""
    headings = [heading for heading in root.findall("h2") if dom.text_of(heading)]
    if len(headings) < MANY:
        return None
    taken = _ids(root)
    lines = tag("ol")
    for number, heading in enumerate(headings, 1):
        identifier = heading.get("id") or _free(f"heading-{number}", taken)
        heading.set("id", identifier)
        link = tag("a", dom.text_of(heading), class_="title", href=f"#{identifier}")
        lines.append(tag("li", link))
    nav = tag("nav", lines, class_="contents")
    nav.set("aria-label", words(language)["contents"])
    return nav


def _ids(root: dom.Element) -> frozenset[str]:
    return frozenset(element.get("id", "") for element in root.iter())


def _free(identifier: str, taken: frozenset[str]) -> str:
    """Give an id that nothing in the text has."""
    while identifier in taken:
        identifier += "x"
    return identifier


def _address(asset: Asset) -> str:
    return f"data:{asset.media_type};base64,{base64.b64encode(asset.data).decode()}"


def _only(fragment: str) -> dom.Element:
    return dom.parse(fragment)[0]
