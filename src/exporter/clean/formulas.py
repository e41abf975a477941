"""Formulas as a book can carry them: MathML kept, TeX without it turned to code.

A formula of the page becomes a <span> that says it in words and signs, so that whatever reads the
tree reads the formula once; the MathML itself waits in an attribute until `normalise` puts it into
the body. The pictures and twins that scripts drew beside it go, with an entry in the ledger.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString
from lxml import etree

from exporter import parsing, spelling
from exporter.clean import presentation
from exporter.clean.addresses import attribute
from exporter.clean.marks import new
from exporter.clean.tree import parse, path_of, spoken
from exporter.mathml import Element
from exporter.model import Removal

# what KaTeX, MathJax and MediaWiki draw beside the formula they keep for machines
DRAWN: Final = re.compile(
    r"katex-html|mwe-math-fallback|MathJax_(?:Preview|Display|SVG|CHTML)|\bMathJax(?:_\w+)?\b"
)  # yes: "MathJax_Preview"; no: "katex-mathml"
# what they call a formula on a line of its own; yes: "katex-display"; no: "katex"
DISPLAYED: Final = re.compile(r"katex-display|MathJax_Display|MJXc-display|mwe-math-element-block")
NEAR: Final = 5  # elements up from a formula to the one that sets it on its own line
SCRIPT: Final = re.compile(r"\Amath/tex")  # yes: "math/tex; mode=display"; no: "text/x-math/tex"
MARKUP: Final = re.compile(r"\Amath/mml")  # yes: "math/mml"; no: "math/tex"
WRAPPED: Final = re.compile(r"\{\\(?:display|text)style (.*)\}\Z")  # no: "x"
NAMES: Final = ("math", "mml:math", "m:math")
NOTES: Final = tuple(prefix + name for prefix in ("", "mml:", "m:") for name in presentation.NOTES)
TEX: Final = "data-exporter-tex"
SOURCE: Final = "data-exporter-mathml"
KEPT: Final = "math"  # the mark of a formula that the body will have as MathML


def write(root: Tag) -> Iterator[Removal]:
    """Make each formula of the tree one that reads as text; give what goes on the way."""
    yield from _unpack(root)
    yield from _join_scripts(root)
    for formula in root.find_all(NAMES):
        if formula.parent is not None and formula.find_parent(NAMES) is None:
            block = _is_displayed(formula)
            yield from _without_twins(formula, root)
            yield from _replace(formula, block=block)
    for script in root.find_all("script", type=SCRIPT):
        for beside in _drawn_beside(script):
            yield from _drop(beside, "drawn from the TeX beside it")
        _put(script, _code(script.string or ""), block="display" in attribute(script, "type"))


def _unpack(root: Tag) -> Iterator[Removal]:
    """Take the MathML that MathJax was given out of its script, unless it stands beside it."""
    for script in root.find_all("script", type=MARKUP):
        formula = parse(script.string or "").find(NAMES)
        drawn = _drawn_beside(script)
        if not isinstance(formula, Tag) or any(part.find(NAMES) is not None for part in drawn):
            script.extract()
            continue
        for part in drawn:
            yield from _drop(part, "drawn from the formula beside it")
        script.replace_with(formula.extract())


def _is_displayed(formula: Tag) -> bool:
    """Tell whether a formula stands on a line of its own."""
    if attribute(formula, "display") == "block" or attribute(formula, "mode") == "display":
        return True
    return any(
        DISPLAYED.search(attribute(up, "class"))
        or (up.name == "mjx-container" and attribute(up, "display") == "true")
        for up in list(formula.parents)[:NEAR]
    )


def _join_scripts(root: Tag) -> Iterator[Removal]:
    """Give the formula that MathJax drew from a script the script's TeX: one of them is enough."""
    for script in root.find_all("script", type=SCRIPT):
        for beside in _drawn_beside(script):
            formula = beside.find(NAMES)
            if isinstance(formula, Tag):
                for preview in _drawn_beside(script):
                    if preview is not beside:
                        yield from _drop(preview, "drawn from the TeX beside it")
                formula[TEX] = script.string or ""
                if "display" in attribute(script, "type"):
                    formula["display"] = "block"
                script.extract()
                break


def _drawn_beside(script: Tag) -> list[Tag]:
    """Give what was drawn from a script: it stands right before it, with no words between."""
    found = []
    for beside in script.previous_siblings:
        if isinstance(beside, Tag) and DRAWN.search(attribute(beside, "class")):
            found.append(beside)
        elif isinstance(beside, Tag) or str(beside).strip():
            break
    return found


def _replace(formula: Tag, *, block: bool) -> Iterator[Removal]:
    """Put the formula, as the body will have it, in the place of the page's."""
    tex, path = _tex(formula), path_of(formula)
    math = presentation.build(formula, tex, block=block)
    reading = spelling.plain(math)
    said = Counter("".join(reading.split()))
    for note in formula.find_all(NOTES):
        text = " ".join(note.extract().get_text().split())
        if said and text == reading:
            said.clear()
        elif text:
            yield Removal("formula", "the formula stands in the article", path, text)
    signs = " ".join("".join(_signs(formula)).split())
    if Counter("".join(signs.split())) - said:
        why = "its TeX stands in the article" if reading == tex else "the formula stands so"
        yield Removal("formula", why, path, signs)
    held = new("span", KEPT)
    held[SOURCE] = etree.tostring(math, encoding="unicode")
    held.append(NavigableString(reading))
    _put(formula, held, block=block)


def _signs(formula: Tag) -> Iterator[str]:
    return (node.strip() for node in formula.descendants if isinstance(node, NavigableString))


def held(span: Tag) -> Element | None:
    """Give the MathML of a formula that `write` left in the tree; None if its text is gone."""
    math = parsing.ours(attribute(span, SOURCE))
    math.set("alttext", spoken(span))
    return math if math.get("alttext") else None


def _put(place: Tag, formula: Tag, *, block: bool) -> None:
    """Put a written formula in the place of another; a displayed one is a paragraph."""
    if block:
        paragraph = new("p")
        paragraph.append(formula)
        formula = paragraph
    if formula.get_text(strip=True):
        place.insert_before(formula)
    place.extract()


def _without_twins(formula: Tag, root: Tag) -> Iterator[Removal]:
    """Take out what shows the same formula to the eye, and show the formula itself."""
    holder = next(
        (
            up
            for up in formula.parents
            if up is not root
            and (up.name == "mjx-container" or attribute(up, "class").split()[:1] in NAMED)
        ),
        None,
    )
    if holder is None or holder.parent is None:  # the formula before it emptied the holder
        return
    for part in holder.find_all():
        if part.parent is None or any(near is formula for near in (part, *part.find_all(NAMES))):
            continue
        drawn = part.name in SHOWN or DRAWN.search(attribute(part, "class"))
        if drawn and not any(up is formula for up in part.parents):
            yield from _drop(part, "drawn from the formula beside it")
    holder.insert_before(formula)
    if not holder.get_text(strip=True):
        holder.extract()


SHOWN: Final = frozenset({"img", "svg", "mjx-math", "nobr"})
NAMED: Final = (["katex"], ["mwe-math-element"], ["MathJax"])


def _drop(part: Tag, why: str) -> Iterator[Removal]:
    if text := " ".join(part.get_text(" ").split()):
        yield Removal("formula", why, path_of(part), text)
    part.extract()


def _tex(formula: Tag) -> str:
    """Give the TeX a formula was written in, as its script, an annotation or alttext says it."""
    notes = (
        note.get_text()
        for note in formula.find_all(NOTES)
        if "tex" in attribute(note, "encoding").lower()
    )
    alt = attribute(formula, "alttext")
    told = attribute(formula, TEX) or next(notes, "") or (alt if "\\" in alt else "")
    tex = " ".join(told.split())
    wrapped = WRAPPED.match(tex)
    return wrapped[1].strip() if wrapped else tex


def _code(tex: str) -> Tag:
    code = new("code")
    code.append(NavigableString(" ".join(tex.split())))
    return code
