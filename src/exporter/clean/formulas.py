"""Formulas as a book can carry them: MathML and TeX turned to words, letters and raised figures.

A short MathML formula becomes a line of text with sub- and superscripts; what a line can't show
becomes its TeX source as code, when the page has it. A formula stands once: the pictures and
twins that scripts drew beside it go, with an entry in the ledger.
"""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.marks import new
from exporter.clean.tree import path_of
from exporter.model import Removal

# what KaTeX, MathJax and MediaWiki draw beside the formula they keep for machines
DRAWN: Final = re.compile(
    r"katex-html|mwe-math-fallback|MathJax_(?:Preview|Display|SVG|CHTML)|\bMathJax(?:_\w+)?\b"
)  # yes: "MathJax_Preview"; no: "katex-mathml"
SCRIPT: Final = re.compile(r"\Amath/tex")  # yes: "math/tex; mode=display"; no: "text/x-math/tex"
TEX: Final = "data-exporter-tex"
TWO_DIMENSIONAL: Final = ("mtable", "munderover", "mover", "munder", "mmultiscripts", "menclose")
LONGEST: Final = 60  # elements of a formula that a line can show
SCRIPTS: Final = {"msup": ("sup",), "msub": ("sub",), "msubsup": ("sub", "sup")}
SILENT: Final = frozenset({"annotation", "annotation-xml", "mspace", "mphantom"})


def write(root: Tag) -> Iterator[Removal]:
    """Write each formula of the tree as text; give what goes on the way."""
    yield from _join_scripts(root)
    for formula in root.find_all("math"):
        if formula.parent is not None:
            yield from _without_twins(formula, root)
            yield from _replace(formula)
    for script in root.find_all("script", type=SCRIPT):
        for beside in _drawn_beside(script):
            yield from _drop(beside, "drawn from the TeX beside it")
        _put(script, _code(script.string or ""), block="display" in attribute(script, "type"))


def _join_scripts(root: Tag) -> Iterator[Removal]:
    """Give the formula that MathJax drew from a script the script's TeX: one of them is enough."""
    for script in root.find_all("script", type=SCRIPT):
        for beside in _drawn_beside(script):
            formula = beside.find("math")
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


def _replace(formula: Tag) -> Iterator[Removal]:
    tex = _tex(formula)
    flat = len(formula.find_all()) <= LONGEST and formula.find(TWO_DIMENSIONAL) is None
    block = attribute(formula, "display") == "block"
    path = path_of(formula)
    if tex and not flat:
        spoken = "".join(_letters(formula))
        if spoken:
            yield Removal("formula", "its TeX stands in the article", path, spoken)
        _put(formula, _code(tex), block=block)
        return
    for note in formula.find_all(("annotation", "annotation-xml")):
        if note.parent is not None and (text := " ".join(note.get_text().split())):
            yield Removal("formula", "the formula stands in the article", path, text)
    line = new("span")
    line.extend(_linear(formula))
    _put(formula, line, block=block)


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
    if holder is None:
        return
    for part in holder.find_all():
        if part.parent is None or any(near is formula for near in (part, *part.find_all("math"))):
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
    if said := attribute(formula, TEX):
        return " ".join(said.split())
    for note in formula.find_all("annotation"):
        if "tex" in attribute(note, "encoding").lower():
            return " ".join(note.get_text().split())
    return ""


def _code(tex: str) -> Tag:
    code = new("code")
    code.append(NavigableString(" ".join(tex.split())))
    return code


def _letters(formula: Tag) -> Iterator[str]:
    for node in formula.descendants:
        if isinstance(node, NavigableString) and not any(up.name in SILENT for up in node.parents):
            yield node.strip()


def _linear(element: Tag) -> list[Tag | NavigableString]:
    """Give a formula's parts on one line: raised, lowered, or with a stroke between."""
    written: list[Tag | NavigableString] = []
    for child in element.children:
        if isinstance(child, NavigableString):
            if text := " ".join(child.split()):
                written.append(NavigableString(text))
        elif isinstance(child, Tag) and child.name not in SILENT:
            written.extend(_written(child))
    return written


def _written(element: Tag) -> list[Tag | NavigableString]:
    parts = [part for part in element.children if isinstance(part, Tag)]
    if element.name in SCRIPTS and len(parts) == 1 + len(SCRIPTS[element.name]):
        raised = []
        for name, part in zip(SCRIPTS[element.name], parts[1:], strict=True):
            script = new(name)
            script.extend(_linear(_alone(part)))
            raised.append(script)
        return [*_linear(_alone(parts[0])), *raised]
    if element.name == "mfrac" and len(parts) == 2:  # noqa: PLR2004
        return [*_closed(parts[0]), NavigableString("/"), *_closed(parts[1])]
    if element.name == "msqrt":
        return [NavigableString("√"), *_closed(element)]
    if element.name == "mroot" and len(parts) == 2:  # noqa: PLR2004
        degree = new("sup")
        degree.extend(_linear(_alone(parts[1])))
        return [degree, NavigableString("√"), *_closed(parts[0])]
    if element.name == "mo" and element.get_text(strip=True) in SPACED:
        return [NavigableString(f" {element.get_text(strip=True)} ")]
    return _linear(element)


SPACED: Final = frozenset("=+−-±×·<>≤≥≈≠→⇒∈∪∩≡")


def _alone(part: Tag) -> Tag:
    """Give an element that holds `part` alone, so that it is written as what it is."""
    holder = new("mrow")
    holder.append(part.extract())
    return holder


def _closed(part: Tag) -> list[Tag | NavigableString]:
    """Give a part of a formula in brackets, when it is more than one sign."""
    written = _linear(_alone(part)) if part.name != "msqrt" else _linear(part)
    if len(written) < 2:  # noqa: PLR2004
        return written
    return [NavigableString("("), *written, NavigableString(")")]
