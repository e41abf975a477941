"""Formulas for print: the engine knows no MathML and would print its letters one after another."""

from typing import Final

from exporter import spelling
from exporter.dom import Element
from exporter.mathml import MATH
from exporter.write.xhtml import swap

# function application, invisible times, separator and plus: said to machines, in no font
UNSEEN: Final = str.maketrans({"\u2061": " ", "\u2062": "", "\u2063": "", "\u2064": ""})


def spell(root: Element) -> None:
    """Write each formula as a line with raised and lowered signs, or as its TeX."""
    for formula in list(root.iter(MATH)):
        line = spelling.written(formula)
        for part in line.iter():
            part.text = (part.text or "").translate(UNSEEN)
            part.tail = (part.tail or "").translate(UNSEEN)
        swap(formula, line)
