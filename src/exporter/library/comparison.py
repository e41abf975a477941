"""Before and after on one page: the article as it stays, and beside it what went and why.

The page is whole in itself: it asks for nothing from outside, runs nothing, and its pictures are
in it.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import Final

from exporter import dom
from exporter.library.explanation import OUTSIDE, metadata_table, saved
from exporter.model import Article, Asset, Removal, Spared
from exporter.write.parts import body_tree, headline, language
from exporter.write.xhtml import markup, tag

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfcfa; --quiet: #595959;
  --line: #c9c4bb; --gone: #8f1d1d; --back: #f3efe8; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e1; --paper: #17181a; --quiet: #aba69d;
  --line: #45474a; --gone: #ff9c92; --back: #202225; --link: #8fc4f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 Georgia, "Noto Serif", serif; overflow-wrap: anywhere; }
.pair { border-top: 1px solid var(--line); padding-top: 1.5rem; }
.pair + .pair { margin-top: 3rem; }
@media (min-width: 62rem) { .pair { display: grid; gap: 2.5rem;
  grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
article { max-width: 42rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.25rem; }
a { color: var(--link); } img { max-width: 100%; height: auto; }
figure { margin: 1.5rem 0; } figcaption, .credit, .quiet { color: var(--quiet); }
pre { overflow-x: auto; } table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { border: 1px solid var(--line); padding: .2rem .5rem; text-align: start; }
aside.embed, .image-absent { border: 1px dashed var(--line); display: block; padding: .5rem; }
.told { font: .9rem/1.45 system-ui, sans-serif; }
.told dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; }
.told dt { color: var(--quiet); } .told dd { margin: 0; }
.told ol { list-style: none; padding: 0; }
.told li { background: var(--back); border-inline-start: 4px solid var(--gone);
  margin: .6rem 0; padding: .5rem .8rem; }
.told .spared li { border-color: var(--link); }
.told del { text-decoration: none; }
.told li p { margin: 0; } code { font-size: .85em; }
summary { cursor: pointer; }
"""


def page(articles: Sequence[Article]) -> str:
    """Give the page for the articles of a capture, or of several."""
    title = headline(articles[0]) if len(articles) == 1 else f"{len(articles)} articles"
    several = len(articles) > 1
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", **{"http-equiv": "Content-Security-Policy"}, content=POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} – before and after"),
        tag("style", STYLE),
    )
    main = tag("main")
    if several:
        main.append(_contents(articles))
    for number, article in enumerate(articles, 1):
        main.append(_pair(article, number))
    return "<!DOCTYPE html>\n" + markup(tag("html", head, tag("body", main), lang="en")) + "\n"


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
    told = tag("div", *_told(article), class_="told")
    return tag("div", text, told, class_="pair")


def _told(article: Article) -> Iterator[dom.Element]:
    inner = [removal for removal in article.ledger if removal.reason != OUTSIDE]
    outer = [removal for removal in article.ledger if removal.reason == OUTSIDE]
    if article.notes:
        notes = (tag("li", tag("strong", n.code), f" {n.detail}".rstrip()) for n in article.notes)
        yield _section("Notes", tag("ol", *notes))
    gone = [tag("ol", *(_removal(removal, article) for removal in inner))] if inner else []
    yield _section("What went", *(gone or [tag("p", "Nothing from the article itself.")]))
    if article.spared:
        rows = (_spared(one, article) for one in article.spared)
        yield _section("What stays against evidence", tag("ol", *rows, class_="spared"))
    if outer:
        words = sum(len(removal.text.split()) for removal in outer)
        around = tag(
            "details",
            tag("summary", f"{words} words that stand around the article"),
            tag("ol", *(_removal(removal, article) for removal in outer)),
        )
        yield _section("Around it", around)
    yield _section("Metadata", tag("dl", *_metadata(article)))


def _section(title: str, *children: dom.Element) -> dom.Element:
    return tag("section", tag("h2", title), *children)


def _removal(removal: Removal, article: Article) -> dom.Element:
    why = removal.reason if removal.reason in removal.evidence else ""
    said = removal.evidence if why else f"{removal.reason}: {removal.evidence}".rstrip(": ")
    words = tag("del", removal.text, dir=article.metadata.dir)
    return tag(
        "li",
        tag("p", words),
        tag("p", f"{said} – ", tag("code", removal.path), class_="quiet"),
    )


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
