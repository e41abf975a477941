"""Links on paper: where each leads, as numbered notes at the end or the foot, inline, or nowhere.

A link whose text is its address says where it leads, and a number inside a listing would spoil
it: neither gets one. One address has one number: with or without "www." and a last slash, and
whatever its scheme; a fragment makes it another one, since it leads to another place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from exporter.dom import Element, text_of
from exporter.model import Metadata
from exporter.write.parts.titles import is_web, ours
from exporter.write.pdf.addresses import readable
from exporter.write.words import words
from exporter.write.xhtml import add_after, add_text, tag

MAIL: Final = "mailto:"
LISTED: Final = 1_000  # addresses after the text: more would be a book of their own
MOST: Final = 120  # notes at the foot of pages: 500 cost the engine 28 s, 500 in a list 4 s
# what two spellings of an address may differ by: "https://www.", "mailto:"; no: "www2."
SCHEME: Final = re.compile(r"\A(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)
THIN: Final = "\N{NARROW NO-BREAK SPACE}"  # keeps a number by its word, and out of it


@dataclass(frozen=True, slots=True)
class Mention:
    """A link whose text does not say where it leads."""

    link: Element
    number: int  # of its address, by the order in which the article first names them
    first: bool  # nothing before it led there

    @property
    def mark(self) -> str:
        """What stands beside the link."""
        return f"[{self.number}]"

    @property
    def shown(self) -> str:
        """The address as a reader would type it."""
        return readable(self.link.get("href", "").removeprefix(MAIL))


def show(body: Element, mode: str, prefix: str, about: Metadata) -> None:
    """Print where the links of a body lead, in a way that config.CHOICES names.

    Ids begin with `prefix` and a dot, which those of the page's own never do.
    """
    found = list(mentions(body)) if mode in WAYS else []
    addresses = sum(mention.first for mention in found)
    if mode == "notes" and addresses > MOST:
        mode = "endnotes"
    if found and (mode != "endnotes" or addresses <= LISTED):
        WAYS[mode](body, found, f"{prefix.rstrip('-')}.", about)


def mentions(body: Element) -> Iterator[Mention]:
    """Find the links that need a number, in order."""
    numbers: dict[str, int] = {}
    for link in body.iter("a"):
        if not _tells(link) and not _goes_on(link):
            known = len(numbers)
            number = numbers.setdefault(_key(link), known + 1)
            yield Mention(link, number, first=number > known)


def _tells(link: Element) -> bool:
    """Tell whether a link needs no number: it leads nowhere else, or its text says where."""
    href = link.get("href", "")
    text = text_of(link)
    if not (is_web(href) or href.startswith(MAIL)) or not text:
        return True
    if next(link.iterancestors("pre"), None) is not None:
        return True
    spelled = {_bare(href), _bare(readable(href))}
    return _bare(text) in spelled or (href.startswith(MAIL) and href[len(MAIL) :] in text)


def _goes_on(link: Element) -> bool:
    """Tell whether the next link, with nothing between, leads to the same place."""
    after = link.getnext()
    follows = after is not None and after.tag == "a" and not (link.tail or "").strip()
    return follows and after is not None and _key(after) == _key(link)


def _key(link: Element) -> str:
    return _bare(link.get("href", ""))


def _bare(address: str) -> str:
    host, slash, path = SCHEME.sub("", address.strip()).partition("/")
    return (host.casefold() + slash + path).rstrip("/#")


def _endnotes(body: Element, found: list[Mention], prefix: str, about: Metadata) -> None:
    """Give each link a number, and list their addresses after the body."""
    entries = tag("ol")
    for mention in found:
        mark = _refer(mention, prefix)
        if mention.first:
            entries.append(_entry("li", mention, mark, prefix))
    say = words(about.language)
    heading = ours("h2", say, about, say["links"], "links-title")
    body.append(tag("section", heading, entries, class_="links"))


def _notes(body: Element, found: list[Mention], prefix: str, about: Metadata) -> None:
    """Give each link a number, and put each address at the foot of the page that first names it."""
    del body, about
    for mention in found:
        mark = _refer(mention, prefix)
        if mention.first:
            note = _entry("span", mention, mark, prefix)
            note.set("class", "link-note")
            up = (span for span in mark.iterancestors("span") if span.get("class") == "page-note")
            add_after(next(up, mark), note)  # no note inside a note: the engine has one foot a page


def _inline(body: Element, found: list[Mention], prefix: str, about: Metadata) -> None:
    """Print each address behind the words that first lead there."""
    del body, prefix, about
    for mention in found:
        if mention.first:
            add_text(mention.link, " [")
            mention.link.append(tag("span", mention.shown, class_="address"))
            add_text(mention.link, "]")


WAYS: Final[dict[str, Callable[[Element, list[Mention], str, Metadata], None]]] = {
    "endnotes": _endnotes,
    "notes": _notes,
    "inline": _inline,
}


def _entry(name: str, mention: Mention, mark: Element, prefix: str) -> Element:
    """Give the number and the address of a link, tied to its first mark both ways."""
    source = f"{prefix}from-{mention.number}"
    mark.set("id", source)
    back = tag("a", mention.mark, class_="link-number", href=f"#{source}")
    address = tag("a", mention.shown, href=mention.link.get("href", ""), class_="address")
    return tag(name, back, " ", address, id=f"{prefix}link-{mention.number}")


def _refer(mention: Mention, prefix: str) -> Element:
    """Put the number of its address behind a link."""
    mark = tag("a", mention.mark, class_="link-mark", href=f"#{prefix}link-{mention.number}")
    _put_after(mention.link, mark)
    return mark


def _put_after(link: Element, mark: Element) -> None:
    """Put a mark right behind the words of a link, before any blank at their end."""
    last = link[-1] if len(link) else None
    text = (link.text if last is None else last.tail) or ""
    kept = text.rstrip(" \t\n")
    if last is None:
        link.text = kept
    else:
        last.tail = kept
    link.tail = text[len(kept) :] + (link.tail or "")
    add_after(link, mark)
    link.tail = THIN
