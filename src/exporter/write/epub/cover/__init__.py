"""An edition's cover: site, title, names and photographs, drawn on a plain ground.

Places and sizes are stated for a cover 1000 units wide, whose height follows from its pixels.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from exporter.language import direction
from exporter.model import Edition
from exporter.write import parts
from exporter.write.epub.cover import pictures
from exporter.write.epub.cover.faces import drawable, face, legible
from exporter.write.epub.cover.lines import LEADING, beginning, fill
from exporter.write.words import ISO_DATE, words
from exporter.write.xhtml import fold

SIZE: Final = (1000, 1500)  # px; larger costs milliseconds that few readers see
UNITS: Final = 1000  # of a cover's width
MARGIN: Final = 92
FOOT: Final = 125  # from the lower end
PHOTO: Final = 0.547  # of the height: what photographs take at the top
TITLE_ROOM: Final = 0.553  # of the height, without photographs
SITES: Final = 3  # of a book of articles from more, none is named
SIZES: Final = (116, 104, 92, 82, 73, 65, 58, 52, 46, 41, 36)  # of the title
LONGEST: Final = 600  # characters of a title: there is no room for more
QUALITY: Final = 82  # JPEG
HAIR: Final = "\u200a"  # between the capitals of the site's name
# ground, ornament, ink, accent: each ink stands at 7:1 or more on its ground
PALETTES: Final = (
    ("#1d3144", "#243b51", "#f6f1e7", "#e0a458"),
    ("#3b1f2b", "#482736", "#f8efe6", "#e3a587"),
    ("#1f3a34", "#28463f", "#f3f1e4", "#d9b663"),
    ("#2b2a3d", "#35344a", "#f4f0ea", "#c9a7d8"),
    ("#43291b", "#503323", "#f9f0e3", "#e8b060"),
    ("#23333a", "#2c3f47", "#f2f0ea", "#8fc1c4"),
    ("#f3ece0", "#e9dfce", "#22201d", "#9a3324"),
    ("#e8ecec", "#dbe2e2", "#1c2326", "#1f5c6b"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on, and which way its lines run."""

    canvas: Image.Image
    brush: ImageDraw.ImageDraw
    rtl: bool

    def px(self, units: float) -> int:
        """Give a length in px."""
        return round(units * self.canvas.width / UNITS)

    @property
    def room(self) -> int:
        """The width between the margins, px."""
        return self.canvas.width - 2 * self.px(MARGIN)

    def line(self, text: str, top: int, font: object, ink: str) -> None:
        """Draw a line from the margin where one begins to read."""
        at = (self.canvas.width - self.px(MARGIN) if self.rtl else self.px(MARGIN), top)
        anchor = "ra" if self.rtl else "la"
        self.brush.text(at, text, font=font, fill=ink, anchor=anchor)  # type: ignore[arg-type]  # a font of ours


def draw(edition: Edition, size: tuple[int, int] | None = None) -> bytes:
    """Give the cover as a JPEG of `size`, px; without one it is as large as its photograph wants.

    Resizing a photograph costs more than all else, and its sharpness.
    """
    ground, ornament, ink, accent = _palette(_site(edition) or edition.title)
    canvas = Image.new("RGB", size or _size(edition), ground)
    height = round(canvas.height * PHOTO)
    pictured = pictures.paste(canvas, edition, height)
    if not pictured and size is None:
        canvas = Image.new("RGB", SIZE, ground)
    sheet = Sheet(canvas, ImageDraw.Draw(canvas), direction(edition.language) == "rtl")
    if pictured:
        sheet.brush.rectangle((0, height, canvas.width, height + sheet.px(7)), fill=accent)
        site, top, room = height + sheet.px(55), height + sheet.px(125), canvas.height - height
        room -= sheet.px(290)
    else:
        _ornament(sheet, ornament)
        site, top, room = sheet.px(125), sheet.px(350), round(canvas.height * TITLE_ROOM)
    _site_line(sheet, _site(edition), site, accent)
    end = _title(sheet, fold(parts.edition_title(edition)[:LONGEST]), (top, room), ink)
    if end > top and not pictured:
        _rule(sheet, end + sheet.px(34), accent)
    _foot(sheet, edition, ink)
    target = io.BytesIO()
    canvas.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _size(edition: Edition) -> tuple[int, int]:
    width, height = SIZE
    native = pictures.native(edition, width / (height * PHOTO)) or width
    return native, round(native * height / width)


def _palette(name: str) -> tuple[str, str, str, str]:
    """One site keeps one palette."""
    return PALETTES[hashlib.sha256(name.encode("utf-8", "replace")).digest()[0] % len(PALETTES)]


def _site(edition: Edition) -> str:
    """Give the site of all articles; of a few sites their names."""
    sites = dict.fromkeys(fold(article.metadata.site or "") for article in edition.articles)
    named = drawable("site", sites)
    return " · ".join(named) if len(named) <= SITES else ""


def _ornament(sheet: Sheet, colour: str) -> None:
    """Three arcs that rise from the lower corner where lines end."""
    x, y = (0 if sheet.rtl else sheet.canvas.width), sheet.canvas.height
    for radius in map(sheet.px, (1250, 900, 550)):
        box = (x - radius, y - radius, x + radius, y + radius)
        sheet.brush.ellipse(box, outline=colour, width=sheet.px(108))


def _rule(sheet: Sheet, top: int, colour: str) -> None:
    length, margin = sheet.px(125), sheet.px(MARGIN)
    left = sheet.canvas.width - margin - length if sheet.rtl else margin
    sheet.brush.rectangle((left, top, left + length, top + sheet.px(6)), fill=colour)


def _title(sheet: Sheet, title: str, place: tuple[int, int], ink: str) -> int:
    """Draw the title from `place`'s top into its height; give where it ends."""
    top, room = place
    readable = legible("title", title)
    if readable is None:
        return top
    found, title = readable
    setting = fill(title, found, [sheet.px(size) for size in SIZES], (sheet.room, room))
    for number, line in enumerate(setting.lines):
        start = top + round(number * setting.size * LEADING)
        sheet.line(line, start, found.at(setting.size), ink)
    return top + setting.height


def _site_line(sheet: Sheet, site: str, top: int, colour: str) -> None:
    if readable := legible("site", site.upper()):
        found, capitals = readable
        font = found.at(sheet.px(33))
        spaced = capitals if found.shaped else HAIR.join(capitals)
        sheet.line(beginning(spaced, font, sheet.room).rstrip(HAIR), top, font, colour)


def _foot(sheet: Sheet, edition: Edition, ink: str) -> None:
    """Names at the foot, and the year."""
    names = dict.fromkeys(name for one in edition.articles for name in one.metadata.byline)
    line = fold(words(edition.language).names(drawable("names", map(fold, names))))
    top = sheet.canvas.height - sheet.px(FOOT)
    if readable := legible("names", line):
        found, line = readable
        font, room = found.at(sheet.px(38)), sheet.room - sheet.px(130)
        if font.getlength(line) > room:
            line = beginning(line, font, room - font.getlength("…")).rstrip(" ,") + "…"
        sheet.line(line, top, font, ink)
    published = ISO_DATE.match(edition.articles[0].metadata.published or "")
    numbers = face("names", "0123456789")
    if published and numbers and len(edition.articles) == 1:
        end = sheet.px(MARGIN) if sheet.rtl else sheet.canvas.width - sheet.px(MARGIN)
        anchor = "la" if sheet.rtl else "ra"
        font = numbers.at(sheet.px(38))
        sheet.brush.text((end, top), published[1], font=font, fill=ink, anchor=anchor)
