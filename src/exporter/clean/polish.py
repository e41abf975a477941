"""The last touches to a built body.

Nothing empty, headings in steps, links that lead somewhere, and the language of every block that
has another than the body.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter import language as languages
from exporter.dom import Element, text_of
from exporter.mathml import MATH, name_of

# elements that say something without text
MATTER: Final = ("img", "hr")
MAY_BE_EMPTY: Final = frozenset({"img", "br", "hr", "td", "th", "span", "rp"})
SPACED: Final = frozenset({
    "p", "li", "td", "th", "dd", "dt", "figcaption", "caption", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
SPEAKING: Final = ("p", "blockquote", "li", "h2", "h3", "h4", "figcaption", "dd", "td")
SPOKEN: Final = ("blockquote", "q", "span", "em", "cite")  # may keep the language the page tells
MOST: Final = 0.6  # of the letters
FOREIGN_WORDS: Final = 12  # a shorter block is too little to tell its language by
PLAIN_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")  # yes: "fn1"; no: "1", "note é"
SPACE: Final = " \n\t"


def polish(root: Element) -> tuple[Element, str | None]:
    """Give the same body tidied in place, and its language (BCP 47; None when unsure)."""
    _trim(root)
    _drop_empty(root)
    _settle_figures(root)
    _settle_tables(root)
    _drop_rules(root)
    _step_headings(root)
    _settle_links(root)
    language = _settle_languages(root)
    return root, language


def _trim(root: Element) -> None:
    """Take spaces from both ends of lines."""
    for holder in root.iter(*SPACED):
        _trim_end(holder)
        for child in holder:
            if child.tag == "br" and child.tail:
                child.tail = child.tail.lstrip(SPACE) or None
    for pre in root.iter("pre"):
        if not len(pre) and pre.text:
            pre.text = pre.text.strip("\n").rstrip()


def _trim_end(holder: Element) -> None:
    while len(holder):
        last = holder[-1]
        if last.tail and last.tail.strip(SPACE):
            last.tail = last.tail.rstrip(SPACE)
            return
        last.tail = None
        if last.tag == "br":
            holder.remove(last)
            continue
        if last.tag in SPACED or last.tag in {"img", "pre", MATH}:
            return
        holder = last
    if holder.text:
        holder.text = holder.text.rstrip(SPACE) or None


def _drop_empty(root: Element) -> None:
    for element in reversed(list(root.iterdescendants())):
        if element.tag in MAY_BE_EMPTY or element.get("id") or name_of(element):
            continue
        if not text_of(element) and next(element.iter(*MATTER), None) is None:
            drop(element)


def drop(element: Element) -> None:
    """Take an element away and leave the text after it where it was."""
    _hand_on(element, element.tail or "")
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Take an element away and leave what it held in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _hand_on(element, element.text or "")
    place = parent.index(element)
    children = list(element)
    parent[place:place] = children
    _hand_on(element, element.tail or "")
    parent.remove(element)


def _hand_on(element: Element, text: str) -> None:
    """Put text right before an element."""
    before = element.getprevious()
    parent = element.getparent()
    if not text or parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _settle_figures(root: Element) -> None:
    """Give each figure one caption, at its end."""
    for figure in root.iter("figure"):
        for paragraph in figure.findall("p"):
            if not text_of(paragraph):
                unwrap(paragraph)
        captions = figure.findall("figcaption")
        if not captions:
            continue
        first, *others = captions
        for other in others:
            etree.SubElement(first, "br").tail = other.text
            first.extend(list(other))
            figure.remove(other)
        figure.append(first)


def _settle_tables(root: Element) -> None:
    """Say which cells are headers of what, and put the caption first."""
    for table in root.iter("table"):
        caption = table.find("caption")
        if caption is not None:
            table.insert(0, caption)
        for cell in table.iter("th"):
            row = cell.getparent()
            group = row.getparent() if row is not None else None
            if cell.get("scope") or row is None or group is None:
                continue
            heads = group.tag == "thead" or all(
                other.tag == "th" or not text_of(other) for other in row
            )
            cell.set("scope", "col" if heads else "row")


def _drop_rules(root: Element) -> None:
    """Drop rules at an end or after another."""
    for rule in list(root.iter("hr")):
        following = rule.getnext()
        if rule.getprevious() is None or following is None or following.tag == "hr":
            drop(rule)


def _step_headings(root: Element) -> None:
    """Let headings begin at h2 and never skip a level (PDF/UA-1 7.4.2)."""
    open_levels: list[int] = []
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        level = int(heading.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.tag = f"h{min(len(open_levels) + 1, 6)}"


def _settle_links(root: Element) -> None:
    """Give targets plain names, drop names nobody uses and links that lead nowhere."""
    wanted = {
        link.get("href", "")[1:] for link in root.iter("a") if link.get("href", "")[:1] == "#"
    }
    names: dict[str, str] = {}
    taken: set[str] = set()
    for element in root.iterdescendants():
        identifier = element.get("id")
        if identifier is None:
            continue
        if identifier in wanted:
            names[identifier] = _plain(identifier, taken)
            taken.add(names[identifier])
            element.set("id", names[identifier])
        else:
            del element.attrib["id"]
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if href.startswith("#"):
            if href[1:] in names:
                link.set("href", "#" + names[href[1:]])
            else:
                unwrap(link)
    for element in list(root.iter("span")):
        if not element.attrib:
            unwrap(element)
    _drop_empty(root)


def _plain(identifier: str, taken: set[str]) -> str:
    name = identifier if PLAIN_ID.match(identifier) else ""
    number = len(taken)
    while not name or name in taken:
        number += 1
        name = f"target-{number}"
    return name


def _settle_languages(root: Element) -> str | None:
    body = languages.detect(_prose(root)) or _majority(root)
    for element in root.iter(*SPOKEN):
        if element.get("lang") is None:
            continue
        told, seen = element.get("lang", ""), languages.detect(text_of(element))
        if (seen is not None and not told.lower().startswith(seen.split("-")[0])) or (
            body is not None and told.split("-")[0].lower() == body.split("-")[0]
        ):
            del element.attrib["lang"]
        elif not element.get("dir") and languages.direction(told) != languages.direction(
            body or told
        ):
            element.set("dir", languages.direction(told))
    if body is not None:
        for block in _speaking(root):
            _mark_foreign(block, body)
        _settle_directions(root, languages.direction(body))
    return body


def _settle_directions(root: Element, whole: str) -> None:
    """Drop what says again which way the text around is read."""
    for element in root.iterdescendants():
        told = element.get("dir")
        if told is not None and told == next(
            (above.get("dir") for above in element.iterancestors() if above.get("dir")), whole
        ):
            del element.attrib["dir"]


def _majority(root: Element) -> str | None:
    """Give the language most of the text is in, when a mixture of several has none."""
    votes: Counter[str | None] = Counter()
    for block in root:
        text = text_of(block)
        votes[languages.detect(text)] += len(text)
    if not votes:
        return None
    language, letters = votes.most_common(1)[0]
    return language if letters > MOST * votes.total() else None


def _prose(root: Element) -> str:
    blocks = [text_of(block) for block in root if block.tag in {"p", "blockquote", "ul", "ol"}]
    prose = " ".join(blocks)
    return prose if len(prose.split()) > FOREIGN_WORDS else text_of(root)


def _speaking(root: Element) -> Iterator[Element]:
    for block in root.iter(*SPEAKING):
        if not any(above.get("lang") for above in block.iterancestors()):
            yield block


def _mark_foreign(block: Element, body: str) -> None:
    if block.get("lang"):
        return
    text = text_of(block)
    found = languages.detect(text) if len(text.split()) >= FOREIGN_WORDS else None
    if found is None or found.split("-")[0] == body.split("-", maxsplit=1)[0]:
        return
    block.set("lang", found)
    if languages.direction(found) != languages.direction(body):
        block.set("dir", languages.direction(found))
