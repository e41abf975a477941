"""The headline: what the page calls itself, without the name of the site."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from bs4 import Tag

from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.tree import hints
from exporter.dom import squash

# between a headline and a site's name; yes: " | ", " - ", " » ", ": "; no: "Jean-Paul", "10:30"
SEPARATOR: Final = re.compile(r"\s+(?:[|/·•»«›]|[-–—]{1,2}|::|<|>)\s+|\s*[|»]\s*|\s*:\s+")
FIRM: Final = re.compile(r"\s+[|»·•›]\s+|\s+::\s+|\s*\|\s*")
# how WordPress used to begin its titles; yes: "The Harbour Years » Blog Archive » "
BLOG: Final = re.compile(r"\A[^»]* » Blog Archive » ")
DASH: Final = re.compile(r"\s[-–—]\s")  # yes: "Title – Site"; no: "Jean-Paul"
SHORT_TAIL: Final = 3  # words
# the first page of a site; yes: "/", "https://example.org/"; no: "/2024", "#", ""
HOME: Final = re.compile(
    r"\A(?:/|https?://[^/]+/?|(?:/|https?://[^/]+/)(?:index|home)\.\w+|https?://web\.archive\.org/web/\d+/https?:/{1,2}[^/]+/?)\Z"
)
AGREE: Final = 0.55  # share of words two wordings of one headline have in common
SITE_WORDS: Final = 5
SHORT_NAME: Final = 4  # letters: a shorter name stands in too many words
FEW_WORDS: Final = 3  # of a headline
# where a headline stands, most likely first
SHOWN: Final = (
    ("h1",), ("h2",), ('[itemprop~="headline"]',), (".entry-title", ".post-title", ".headline"),
)  # fmt: skip
MOST_PARTS: Final = 12  # at either end of a title, of which one may be the site's name
LONGEST: Final = 1000  # characters of a title: what is longer was never closed
LABELS: Final = ("nav", "aside", "footer", "form", "dialog")
CRUMBS: Final = re.compile(r"bread-?crumb|\bcrumbs?\b")  # yes: "m-breadcrumb"; no: "crumble"
TRAIL: Final = 4  # steps from a heading up to the list of breadcrumbs it is the last of
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{4}")  # Chinese, Japanese words


class Title(NamedTuple):
    """A headline and where it came from."""

    text: str
    source: str


def find(
    index: Index, told: Sequence[Title], sites: Iterable[str], crumb: str = ""
) -> Title | None:
    """Give the headline: the one on the page if it agrees with what the page was told to be.

    `told` are the titles of JSON-LD and meta elements, most trusted first; `sites` what the site
    is called; `crumb` the last of the breadcrumbs, which may confirm a heading but is no title.
    """
    names = ({squash(site) for site in sites} | {squash(text) for text in home(index)}) - {""}
    shown = [text for text in _shown(index) if squash(text) not in names]
    plain = [
        Title(text, title.source)
        for title in told
        if (text := bare(title.text[:LONGEST], names, shown))
    ]
    said = [title.text for title in plain]
    if len(crumb.split()) >= FEW_WORDS:
        said.append(crumb)
    main = [heading for heading in _main(index) if squash(heading) not in names]
    if len(main) == 1 and any(related(main[0], text) for text in said):
        return Title(_whole(main[0], told, names), "h1")
    for heading in shown:
        if any(agrees(heading, text) for text in said):
            return Title(_whole(heading, told, names), "h1")
    for heading in main:
        if any(reworded(heading, text) for text in said):
            return Title(_whole(heading, told, names), "h1")
    if plain:
        return Title(_without_name(plain[0].text), plain[0].source)
    return next((Title(text, "h1") for text in shown), None)


def _whole(heading: str, told: Sequence[Title], names: set[str]) -> str:
    """Give a heading without the site's name, unless the page elsewhere adds that to it."""
    if any(squash(part) == squash(heading) for title in told for part in _ends(title.text)):
        return heading
    for title in told:
        # "Day of the vote: The ferry stays", which the page calls "The ferry stays" elsewhere
        kicker = heading.removesuffix(title.text)
        if (
            kicker != heading
            and kicker.rstrip().endswith(":")
            and len(title.text.split()) > SHORT_TAIL
        ):
            return title.text
    return bare(heading, names, ()) or heading


def _without_name(title: str) -> str:
    """Cut what a lone dash sets apart at the end and no heading of the page confirms."""
    cuts = list(DASH.finditer(title))
    if len(cuts) == 1:
        head, tail = title[: cuts[0].start()], title[cuts[0].end() :]
        if len(tail.split()) <= SHORT_TAIL < len(head.split()) and tail[:1].isupper():
            return head
    return title


def home(index: Index) -> list[str]:
    """Give the headings that are a link to the site's first page: its names."""
    found = []
    for heading in index.select("h1", "h2")[:12]:
        link = heading.find("a", href=True) or heading.find_parent("a", href=True)
        if isinstance(link, Tag) and HOME.search(attribute(link, "href")):
            found.append(own_text(heading))
    return [text for text in found if 0 < len(text.split()) <= SITE_WORDS]


def _shown(index: Index) -> list[str]:
    """Give the headings that may be the headline, h1 first."""
    return [
        text
        for selectors in SHOWN
        for heading in index.select(*selectors)[:12]
        if not _frames(heading) and (text := own_text(heading))
    ]


def _main(index: Index) -> list[str]:
    """Give the h1 headings outside the site's frame."""
    found = [own_text(heading) for heading in index.select("h1") if not _frames(heading)]
    return list(dict.fromkeys(text for text in found if text))


def _frames(heading: Tag) -> bool:
    """Tell whether a heading stands in the site's frame: its menu, the trail of breadcrumbs."""
    if heading.find_parent(LABELS) is not None:
        return True
    near = list(heading.parents)[:TRAIL]
    return any(up.name != "body" and CRUMBS.search(hints(up)) for up in near)


def related(one: str, other: str) -> bool:
    """Tell whether two headlines speak of one thing: search engines get another than readers."""
    if len(one.split()) < FEW_WORDS:  # a section's name
        return False
    return len(_long_words(one) & _long_words(other)) >= 2  # noqa: PLR2004


def reworded(one: str, other: str) -> bool:
    """Tell whether most of one headline's long words are the other's, and they are several."""
    mine, theirs = _long_words(one), _long_words(other)
    return len(mine & theirs) > max(2, AGREE * len(mine))


def _long_words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}


def own_text(element: Tag) -> str:
    """Give a heading's words, without the parts for screen readers and buttons."""
    parts = [
        str(text)
        for text in element.find_all(string=True)
        if not any(
            parent.name in {"button", "style", "script", "svg"}
            or "screen-reader" in attribute(parent, "class")
            for parent in text.parents
            if parent is not element
        )
    ]
    return " ".join("".join(parts).split())


def agrees(one: str, other: str) -> bool:
    """Tell whether two wordings are one headline."""
    left, right = squash(one), squash(other)
    if not left or not right:
        return False
    if left == right:
        return True
    if min(len(left), len(right)) > 12 and (left in right or right in left):  # noqa: PLR2004
        return min(len(left), len(right)) > AGREE * max(len(left), len(right))
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return len(mine & theirs) > AGREE * len(mine | theirs) and len(mine) > 2  # noqa: PLR2004


def bare(title: str, names: set[str], shown: Sequence[str]) -> str:
    """Give a title without the site's name at either end."""
    title = BLOG.sub("", " ".join(title.split()))
    for heading in shown:
        if len(heading.split()) > 2 and squash(heading) != squash(title):  # noqa: PLR2004
            for part in _ends(title):
                if squash(part) == squash(heading):
                    return part
    for part in _ends(title):
        rest = squash(title).replace(squash(part), "", 1)
        whole = len(part.split()) > 1 or UNSPACED.search(part)
        if rest and whole and any(_same_site(rest, name) for name in names):
            return bare(part, names, ())
    return _without_firm_end(title)


def _ends(title: str) -> Iterable[str]:
    """Give the title without its last part, without its first, and so on."""
    cuts = list(SEPARATOR.finditer(title))
    for cut in reversed(cuts[-MOST_PARTS:]):
        yield title[: cut.start()]
    for cut in cuts[:MOST_PARTS]:
        yield title[cut.end() :]


def _same_site(text: str, name: str) -> bool:
    return text == name or (
        len(name) > SHORT_NAME
        and (text in name or name in text)
        and len(text) < 2 * len(name) + SHORT_NAME
    )


def _without_firm_end(title: str) -> str:
    """Cut what a bar sets apart when it is short enough to be a site's name."""
    for cut in reversed(list(FIRM.finditer(title))[-MOST_PARTS:]):
        head, tail = title[: cut.start()], title[cut.end() :]
        if len(tail.split()) > SITE_WORDS or len(head.split()) < FEW_WORDS:
            break
        title = head
    return title
