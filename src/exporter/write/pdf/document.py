"""An edition as one HTML document for the press: metadata, contents, chapters, colophon."""

import re
from collections.abc import Iterator
from typing import Final

from exporter import dom
from exporter.dom import Element
from exporter.model import Article, Edition, Settings
from exporter.write import parts
from exporter.write.pdf import formulas, imposition, links, pictures
from exporter.write.pdf.fetcher import address
from exporter.write.xhtml import tag

RUNNING: Final = 58  # characters that fit at the head of a page
LAST: Final = 12  # letters of a word too short to stand alone on the last line of a title
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # of "2024-05-01T10:00Z"; not "May 2024"


def document(edition: Edition, settings: Settings) -> Element:
    """Give the HTML document that the engine prints."""
    body = tag("body")
    if len(edition.articles) > 1:
        body.append(_only(parts.contents(edition)))
    for number, article in enumerate(edition.articles, start=1):
        body.append(_chapter(article, number, settings))
    body.append(_only(parts.colophon(edition)))
    html = tag("html", tag("head", *_head(edition)), body, lang=parts.language(edition.language))
    html.set("dir", edition.articles[0].metadata.dir if edition.articles else "ltr")
    imposition.impose(html)
    return html


def _head(edition: Edition) -> Iterator[Element]:
    articles = [article.metadata for article in edition.articles]
    yield tag("title", parts.edition_title(edition))
    for author in dict.fromkeys(name for about in articles for name in about.byline):
        yield _meta("author", author)
    if keywords := dict.fromkeys(word for about in articles for word in about.keywords):
        yield _meta("keywords", ", ".join(keywords))
    if len(articles) == 1 and articles[0].subtitle:
        yield _meta("description", articles[0].subtitle)
    if made := DATE.match(edition.made):
        yield _meta("dcterms.created", made[0])
        yield _meta("dcterms.modified", made[0])
    yield _meta("generator", parts.program())


def _meta(name: str, content: str) -> Element:
    meta = tag("meta", content=content)
    meta.set("name", name)
    return meta


def _chapter(article: Article, number: int, settings: Settings) -> Element:
    about = article.metadata
    headline = parts.headline(article)
    chapter = tag("article", class_="chapter", id=f"article-{number}")
    chapter.set("lang", parts.language(about.language))
    chapter.set("dir", about.dir)
    header = _only(parts.title_block(article))
    header.set("data-headline", shorten(headline))
    header.set("data-site", shorten(about.site or headline))
    for line in header.iter("h1"):
        line.set("data-title", line.text or "")  # for the outline
        line.text = keep_last_words(line.text or "")
    chapter.append(header)
    prefix = f"a{number}-"
    body = parts.body_tree(article, address, prefix)
    formulas.spell(body)
    for heading in body.iter("h2", "h3", "h4", "h5", "h6"):
        heading.set("data-title", dom.text_of(heading))  # before numbers of notes stand in it
    pictures.free(body)  # a link around a picture is none on paper
    links.show(body, settings.links, prefix, about)
    chapter.extend(body)
    return chapter


def keep_last_words(title: str) -> str:
    """Join a title's last two words, so that its last line is no single short one."""
    before, _, last = title.rpartition(" ")
    return f"{before}\N{NO-BREAK SPACE}{last}" if before and len(last) <= LAST else title


def _only(fragment: str) -> Element:
    return dom.parse(fragment)[0]


def shorten(title: str) -> str:
    """Give a title short enough for one line at the head of a page, cut between words."""
    title = " ".join(title.split())
    if len(title) <= RUNNING:
        return title
    cut = title[: RUNNING - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-.") + "…"
