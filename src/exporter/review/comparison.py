"""Before and after on one page: the article as it stays, and beside it what went and why.

The page is whole in itself: it asks for nothing from outside, runs nothing, and its pictures are
in it. The one that lies in a library has none; links lead from it to the editions.
"""

import base64
import dataclasses
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePath
from typing import Final, NamedTuple
from urllib.parse import quote

from exporter import data, dom
from exporter.model import Article, Asset, Removal, Spared
from exporter.review.keeping import rule
from exporter.review.told import OUTSIDE, metadata_table, saved
from exporter.urls import host_of
from exporter.write.parts import body_tree, headline, language
from exporter.write.xhtml import markup, tag

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
KEEP: Final = "Put this into a file of rules, and it stays next time:"
KEEP_OF_NO_SITE: Final = "Put this into the rules of the page's site, and it stays next time:"


def page(articles: Sequence[Article]) -> str:
    """Give the page for the articles of a capture, or of several."""
    return _page(articles)


def beside(article: Article, editions: Sequence[str]) -> str:
    """Give the page of an article in a library, whose editions lie in the folder above."""
    bare = dataclasses.replace(article, body=dom.without_pictures(article.body), assets=())
    links = [("../index.html", "Library")]
    links += [(f"../{quote(name)}", PurePath(name).suffix[1:].upper()) for name in editions]
    ways = (tag("a", text, href=href) for href, text in links)
    return _page((bare,), tag("nav", *ways, class_="beside", **{"aria-label": "Editions"}))


@cache
def _style() -> str:
    return data.text("library", "review.css")


def _page(articles: Sequence[Article], *above: dom.Element) -> str:
    title = headline(articles[0]) if len(articles) == 1 else f"{len(articles)} articles"
    several = len(articles) > 1
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", **{"http-equiv": "Content-Security-Policy"}, content=POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} – before and after"),
        tag("style", _style()),
    )
    main = tag("main")
    if several:
        main.append(_contents(articles))
    for number, article in enumerate(articles, 1):
        main.append(_pair(article, number))
    return (
        "<!DOCTYPE html>\n" + markup(tag("html", head, tag("body", *above, main), lang="en")) + "\n"
    )


def _contents(articles: Sequence[Article]) -> dom.Element:
    entries = (
        tag("li", tag("a", headline(article), href=f"#article-{number}"))
        for number, article in enumerate(articles, 1)
    )
    return tag("nav", tag("ol", *entries), **{"aria-label": "Articles"})


def _pair(article: Article, number: int) -> dom.Element:
    name = f"article-{number}"
    stays = body_tree(article, _inside, f"a{number}-")
    stays.tag = "div"
    text = tag(
        "article",
        tag("h1", headline(article), id=name),
        stays,
        lang=language(article.metadata.language),
        dir=article.metadata.dir,
        **{"aria-labelledby": name},
    )
    told = tag("div", *_told(article, number), class_="told")
    return tag("div", text, told, class_="pair")


class _Voice(NamedTuple):
    """What is the same for all that went of an article."""

    lang: str
    dir: str
    site: str | None


def _told(article: Article, number: int) -> Iterator[dom.Element]:
    about = article.metadata
    voice = _Voice(language(about.language), about.dir, host_of(about.url))
    inner = [removal for removal in article.ledger if removal.reason != OUTSIDE]
    outer = [removal for removal in article.ledger if removal.reason == OUTSIDE]
    if article.notes:
        notes = (tag("li", tag("strong", n.code), f" {n.detail}".rstrip()) for n in article.notes)
        yield _section("Notes", tag("ol", *notes), id=f"notes-{number}")
    gone = [tag("ol", *(_removal(removal, voice) for removal in inner))] if inner else []
    none = tag("p", "Nothing from the article itself.")
    yield _section("What went", *(gone or [none]), id=f"removed-{number}")
    if article.spared:
        rows = (_spared(one, article) for one in article.spared)
        yield _section("What stays against evidence", tag("ol", *rows, class_="spared"))
    if outer:
        words = sum(len(removal.text.split()) for removal in outer)
        around = tag(
            "details",
            tag("summary", f"{words} words that stand around the article"),
            tag("ol", *(_outer(removal, voice) for removal in outer), class_="outer"),
        )
        yield _section("Around it", around)
    yield _section("Metadata", tag("dl", *_metadata(article)))


def _section(title: str, *children: dom.Element, **attributes: str) -> dom.Element:
    return tag("section", tag("h2", title), *children, **attributes)


def _removal(removal: Removal, voice: _Voice) -> dom.Element:
    why = removal.reason if removal.reason in removal.evidence else ""
    said = removal.evidence if why else f"{removal.reason}: {removal.evidence}".rstrip(": ")
    words = tag("del", removal.text, dir=voice.dir, lang=voice.lang)
    return tag(
        "li",
        tag("p", words),
        tag("p", f"{said} – ", tag("code", removal.path), class_="quiet"),
        *_keep_this(removal, voice.site),
    )


def _outer(removal: Removal, voice: _Voice) -> dom.Element:
    """Give a block of what stood around the article: there are hundreds, and one reason."""
    words = tag("del", removal.text, dir=voice.dir, lang=voice.lang)
    return tag("li", words, " ", tag("code", removal.path, class_="quiet"))


def _keep_this(removal: Removal, site: str | None) -> Iterator[dom.Element]:
    """Give the rule that would keep a block, under a button that shows it."""
    if (lines := rule(removal, site)) is not None:
        why = tag("p", KEEP if site else KEEP_OF_NO_SITE, class_="quiet")
        yield tag("details", tag("summary", "Keep this"), why, tag("pre", tag("code", lines)))


def _spared(one: Spared, article: Article) -> dom.Element:
    return tag(
        "li",
        tag("p", one.text, dir=article.metadata.dir),
        tag("p", f"{saved(one)}: {one.evidence} – ", tag("code", one.path), class_="quiet"),
    )


def _metadata(article: Article) -> Iterator[dom.Element]:
    for name, value in metadata_table(article.metadata).items():
        if name == "provenance" or not value:
            continue
        source = article.metadata.provenance.get(name)
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        yield tag("dt", name.replace("_", " "))
        origin = [tag("span", f" from {source}", class_="quiet")] if source else []
        yield tag("dd", shown, *origin)
    yield tag("dt", "capture")
    yield tag("dd", f"{article.capture.path} ({article.capture.kind})")


def _inside(asset: Asset) -> str:
    """Give an image's address: the image itself."""
    return f"data:{asset.media_type};base64,{base64.b64encode(asset.data).decode('ascii')}"
