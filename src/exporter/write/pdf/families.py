"""The families of fonts that the engine can choose from: whether the one asked for is there."""

import difflib
from collections.abc import Collection
from typing import Final

from weasyprint.text.ffi import ffi, fontconfig

from exporter.errors import ConfigError

NAMED: Final = 12  # families a message names


def available() -> frozenset[str]:
    """Give the names of the families of the fontconfig that is in force."""
    config = fontconfig.FcInitLoadConfigAndFonts()
    try:
        fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
        return frozenset(
            name for place in range(fonts.nfont) for name in _names(fonts.fonts[place])
        )
    finally:
        fontconfig.FcConfigDestroy(config)


def check(family: str, families: Collection[str]) -> None:
    """See to it that a family asked for is there; fontconfig tells none by upper or lower case.

    Raises:
        ConfigError: it is not; the message names the likeliest of those that are.

    """
    names = {name.casefold(): name for name in sorted(families)}
    if not family or family.casefold() in names:
        return
    close = difflib.get_close_matches(family.casefold(), names, n=3)
    shown = [names[name] for name in close] or sorted(families)[:NAMED]
    more = len(families) - len(shown)
    rest = f" or one of {more} others (fc-list : family)" if more else ""
    raise ConfigError("no such font", family, f"there is {', '.join(shown)}{rest}")


def _names(pattern: object) -> list[str]:
    """Give the names of a font's family: one for each language it is named in."""
    found: list[str] = []
    name = ffi.new("FcChar8 **")
    while not fontconfig.FcPatternGetString(pattern, b"family", len(found), name):
        found.append(ffi.string(name[0]).decode(errors="replace"))
    return found
