"""What is worked out once for the fonts of an engine, by the values that it comes from."""

from typing import Any, Final

Style = Any  # weasyprint is not typed

KNOWN: Final = "_exporter_known"  # under which a configuration of fonts has it
MOST: Final = 2000  # of it: pages may have as many languages and sizes as they like


def known(style: Style) -> dict[Any, Any]:
    """Give what is known for the fonts of a style; keys begin with what it is."""
    found: dict[Any, Any] = style.font_config.__dict__.setdefault(KNOWN, {})
    if len(found) > MOST:
        found.clear()
    return found
