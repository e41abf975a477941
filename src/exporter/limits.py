"""What a capture may cost: the one table of limits, each with its name, number and remedy.

A limit guards against pages made to hang, to fill memory or to break an engine; none is met by
pages as people save them. What a page has beyond one is refused, left out with a note or set
in a plainer form with a note, and whoever trusts the page raises the number by its name. Numbers
that only say how hard we look for something (a date, a caption, the likely name of a file) are no
limits and stand where they are used.
"""

import dataclasses
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple, Self

from exporter import amounts
from exporter.amounts import GB, MB, Unit
from exporter.errors import LimitError

BYTES, PIXELS, SECONDS, THINGS = Unit.BYTES, Unit.PIXELS, Unit.SECONDS, Unit.THINGS


class Beyond(StrEnum):
    """What becomes of what is beyond a limit."""

    REFUSED = "refused"  # the capture, or a part of an archive, is a failure
    LEFT_OUT = "left out"  # with a note; captions stay
    FLATTENED = "flattened"  # the words stay, in plainer form, with a note
    STOPPED = "stopped"  # the article is tried once more in simplified form


REFUSED, LEFT_OUT, FLATTENED, STOPPED = Beyond


class Row(NamedTuple):
    """One limit of the table."""

    name: str  # as a user writes it: "page-size"
    default: float
    unit: Unit
    bounds: str  # what has that number at most
    beyond: Beyond


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a run: of each its default, its unit, what it bounds and what is beyond it."""

    # -- of captures and what they hold
    capture_size: Annotated[int, BYTES, "a capture that is read as a whole", REFUSED] = 50 * MB
    text_size: Annotated[int, BYTES, "a plain text or Markdown file", REFUSED] = 10 * MB
    resource_size: Annotated[int, BYTES, "a file that a page shows", LEFT_OUT] = 50 * MB
    archive_depth: Annotated[int, THINGS, "archives around a capture", REFUSED] = 3
    archive_members: Annotated[int, THINGS, "files in an archive", REFUSED] = 100_000
    archive_total: Annotated[int, BYTES, "all that is unpacked of an archive", REFUSED] = 4 * GB
    archive_ratio: Annotated[int, THINGS, "bytes unpacked for one packed", REFUSED] = 200
    member_size: Annotated[int, BYTES, "an archive in an archive, unpacked", REFUSED] = 4 * GB
    index_size: Annotated[int, BYTES, "a list of pages in an archive", REFUSED] = 256 * MB
    # -- of a page's markup
    elements: Annotated[int, THINGS, "elements of a page", FLATTENED] = 40_000
    tree_depth: Annotated[int, THINGS, "elements in each other", FLATTENED] = 120
    attributes: Annotated[int, THINGS, "attributes of an element", LEFT_OUT] = 100
    word: Annotated[int, THINGS, "letters without a place to break", LEFT_OUT] = 20_000
    marks: Annotated[int, THINGS, "marks on one letter", LEFT_OUT] = 30
    blanks: Annotated[int, THINGS, "blanks in a row that are to be kept", LEFT_OUT] = 1_000
    attribute_size: Annotated[int, THINGS, "letters of an attribute", LEFT_OUT] = 50_000
    cell_span: Annotated[int, THINGS, "columns or rows that one cell takes", FLATTENED] = 100
    # -- of its pictures
    pictures: Annotated[int, THINGS, "pictures of an article", LEFT_OUT] = 1_000
    picture_pixels: Annotated[int, PIXELS, "a picture", LEFT_OUT] = 64_000_000
    picture_side: Annotated[int, PIXELS, "a side of a picture", LEFT_OUT] = 30_000
    drawing_size: Annotated[int, BYTES, "an SVG drawing", LEFT_OUT] = 8 * MB
    drawing_elements: Annotated[int, THINGS, "elements that a drawing draws", LEFT_OUT] = 20_000
    # -- of print, which costs most
    print_blocks: Annotated[int, THINGS, "paragraphs, cells and such in print", FLATTENED] = 4_000
    print_phrases: Annotated[int, THINGS, "links, emphases and such in print", FLATTENED] = 3_000
    print_columns: Annotated[int, THINGS, "columns of a table in print", FLATTENED] = 100
    # -- of the work on one article
    seconds: Annotated[float, SECONDS, "time by the clock", STOPPED] = 120.0
    memory: Annotated[int, BYTES, "a worker's memory", STOPPED] = 1 * GB

    def too_large(self, name: str, where: str, size: float) -> LimitError:
        """Give the error that something has more bytes than a limit allows."""
        return self.error(name, f"has {amounts.shown(size, BYTES)}", where, size)

    def error(self, name: str, what: str, where: str, found: float | None = None) -> LimitError:
        """Give the error that something, of which `what` tells, is beyond a limit."""
        return LimitError(f"{what}; {self._clause(name)}", where, self.remedy(name, found))

    def told(self, name: str, what: str, found: float | None = None) -> str:
        """Give the detail of a note that something, of which `what` tells, is beyond a limit."""
        return f"{what}; {self._clause(name)} ({self.remedy(name, found)})"

    def remedy(self, name: str, found: float | None = None) -> str:
        """Give how to let pass what was found; where that is not known, twice as much as now."""
        unit, now = ROWS[name].unit, self.of(name)
        wanted = found if found is not None and found > now else 2 * now
        return f"--limit {name}={amounts.written(amounts.enough(wanted, unit), unit)}{TRUST}"

    def of(self, name: str) -> float:
        """Give a limit by the name that users know."""
        value: float = getattr(self, _field(name))
        return value

    def having(self, values: Mapping[str, float]) -> Self:
        """Give the limits with other values for some, by the names that users know."""
        changes: dict[str, Any] = {_field(name): values[name] for name in values}
        return dataclasses.replace(self, **changes)

    def simplified(self) -> Self:
        """Give the limits of an article that was too much within these: few of anything."""
        return self.having({name: min(self.of(name), most) for name, most in SIMPLE.items()})

    def _clause(self, name: str) -> str:
        return f"the limit is {amounts.shown(self.of(name), ROWS[name].unit)}"


USUAL: Final = Limits()
# what an article may have that was too much: few of anything
SIMPLE: Final[Mapping[str, float]] = {
    "resource-size": MB,
    "elements": 4_000,
    "tree-depth": 30,
    "attributes": 30,
    "word": 500,
    "pictures": 100,
    "print-blocks": 1_000,
    "print-phrases": 1_000,
    "print-columns": 20,
}
TRUST: Final = ", if you trust it"
# below which nothing can be converted
LEAST: Final[Mapping[str, float]] = {
    "archive-depth": 1,
    "tree-depth": 20,
    "seconds": 0.1,
    "memory": 64 * MB,
}


def _row(field: "dataclasses.Field[Any]") -> Row:
    default: Any = field.default
    told: Any = field.type
    return Row(field.name.replace("_", "-"), default, *told.__metadata__)


def _field(name: str) -> str:
    return name.replace("-", "_")


ROWS: Final = {row.name: row for row in map(_row, dataclasses.fields(Limits))}


def value(name: str, text: str) -> float:
    """Give the value that a text states for a limit: "200MB", "5000", "none".

    Raises:
        ValueError: there is no such limit, or it can't have that value; its two arguments say
            what is wrong and what would be right.

    """
    if name not in ROWS:
        close = difflib.get_close_matches(name, ROWS, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else f"limits: {', '.join(ROWS)}"
        raise ValueError(f"no such limit: {name}", hint)
    unit, least = ROWS[name].unit, LEAST.get(name, 0)
    stated = amounts.amount(text, unit)
    if stated is None:
        raise ValueError(f"{name} can't be {text!r}", f"give {amounts.EXAMPLES[unit]}, or none")
    if stated < least:
        raise ValueError(f"{name} can't be {text!r}", f"at least {amounts.shown(least, unit)}")
    return stated
