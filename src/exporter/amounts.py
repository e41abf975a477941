"""Amounts as people write and read them: "200MB", "64M", "5min", "none"."""

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30
ENDLESS: Final = 1 << 60  # what "none" means: more than there is, and still a number
# yes: "200MB", "1.5 GB", "64M", "30", "2min"; no: "-1", "MB", "1e9"
AMOUNT: Final = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?([A-Za-z]{0,3})\Z", re.ASCII)


class Unit(StrEnum):
    """What a number counts."""

    THINGS = "number"
    BYTES = "bytes"
    PIXELS = "px"
    SECONDS = "seconds"


COUNTS: Final = {"": 1, "k": 1000, "m": 10**6, "g": 10**9}
SUFFIXES: Final[Mapping[Unit, Mapping[str, int]]] = {
    Unit.THINGS: COUNTS,
    Unit.BYTES: {"": 1, "b": 1, "k": KB, "kb": KB, "m": MB, "mb": MB, "g": GB, "gb": GB},
    Unit.PIXELS: {**COUNTS, "px": 1, "mpx": 10**6},
    Unit.SECONDS: {"": 1, "s": 1, "min": 60, "h": 3600},
}
EXAMPLES: Final[Mapping[Unit, str]] = {
    Unit.THINGS: "a number, as in 5000 or 20k",
    Unit.BYTES: "a size, as in 200MB",
    Unit.PIXELS: "pixels, as in 64M",
    Unit.SECONDS: "a time, as in 300 or 5min",
}
LARGEST: Final = ((GB, "GB"), (MB, "MB"), (KB, "kB"))


def amount(text: str, unit: Unit) -> float | None:
    """Give the amount that a text states; None where it states none."""
    text = text.strip()
    if text.casefold() == "none":
        return ENDLESS
    found = AMOUNT.match(text)
    factor = SUFFIXES[unit].get(found[2].casefold()) if found else None
    if found is None or factor is None:
        return None
    stated = float(found[1]) * factor
    return stated if unit is Unit.SECONDS else int(stated)


def shown(amount: float, unit: Unit) -> str:
    """Give an amount as a sentence has it: "50 MB", "40,000", "64 million px"."""
    if amount >= ENDLESS:
        return "none"
    match unit:
        case Unit.BYTES:
            size, name = _largest(amount, "bytes")
            return f"{math.ceil(10 * amount / size) / 10:g} {name}"  # never less than it is
        case Unit.PIXELS:
            return f"{amount / 10**6:.3g} million px" if amount >= 10**6 else f"{amount:,.0f} px"
        case Unit.SECONDS:
            return f"{amount:g} s"
    return f"{amount:,.0f}"


def written(amount: float, unit: Unit) -> str:
    """Give an amount as an option takes it: "50MB", "40000"."""
    if amount >= ENDLESS:
        return "none"
    size, name = _largest(amount, "") if unit is Unit.BYTES else (1, "")
    return f"{amount / size:.15g}{name}"


def enough(amount: float, unit: Unit) -> float:
    """Give the next round amount that is not less: 1, 2 or 5 with any zeros."""
    step, _ = _largest(amount, "") if unit is Unit.BYTES else (1, "")
    while 10 * step < amount:
        step *= 10
    return next(step * times for times in (1, 2, 5, 10) if step * times >= amount)


def _largest(amount: float, otherwise: str) -> tuple[int, str]:
    return next((pair for pair in LARGEST if amount >= pair[0]), (1, otherwise))
