"""An edition's cover: site, title, names and the first photograph, drawn on a plain ground."""

import hashlib
import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from exporter import dom, themes
from exporter.model import Asset, Edition
from exporter.write import parts
from exporter.write.words import ISO_DATE, words
from exporter.write.xhtml import fold

WIDTH: Final = 1000  # px
HEIGHT: Final = 1500  # px; larger costs milliseconds that no reader sees
MARGIN: Final = 92  # px
PHOTO: Final = 820  # px, the height a photograph takes at the top
QUALITY: Final = 82  # JPEG
SIZES: Final = (116, 104, 92, 82, 73, 65, 58, 52, 46, 41, 36)  # px, of the title
LEADING: Final = 1.14
HAIR: Final = "\u200a"  # between the capitals of the site's name
SMALLEST: Final = (640, 400)  # px: a smaller photograph would be blurred
NARROWEST: Final = 0.55  # width to height
WIDEST: Final = 2.6
FONTS: Final = {
    "title": "source-serif-4/SourceSerif4-Bold.ttf",
    "names": "source-serif-4/SourceSerif4-Italic.ttf",
    "site": "source-sans-3/SourceSans3-Bold.ttf",
}
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
class Setting:
    """A title broken into lines of one size."""

    lines: tuple[str, ...]
    size: int  # px

    @property
    def height(self) -> int:
        """Its height in px."""
        return round(len(self.lines) * self.size * LEADING)


def draw(edition: Edition) -> bytes:
    """Give the cover as a JPEG of 1000 × 1500 px."""
    site = _site(edition)
    ground, ornament, ink, accent = _palette(site or edition.title)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), ground)
    brush = ImageDraw.Draw(canvas)
    photograph = _photograph(edition)
    if photograph is None:
        _ornament(brush, ornament)
        top, room = 350, 830
    else:
        canvas.paste(photograph, (0, 0))
        brush.rectangle((0, PHOTO, WIDTH, PHOTO + 7), fill=accent)
        top, room = PHOTO + 125, 390
    _site_line(brush, site, (top - 70 if photograph else 125), accent)
    setting = _set(parts.edition_title(edition), room)
    for number, line in enumerate(setting.lines):
        at = (MARGIN, top + round(number * setting.size * LEADING))
        brush.text(at, line, font=_font("title", setting.size), fill=ink, anchor="la")
    if photograph is None:
        rule = top + setting.height + 34
        brush.rectangle((MARGIN, rule, MARGIN + 125, rule + 6), fill=accent)
    _foot(brush, edition, ink)
    target = io.BytesIO()
    canvas.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _palette(name: str) -> tuple[str, str, str, str]:
    """One site keeps one palette."""
    return PALETTES[hashlib.sha256(name.encode("utf-8", "replace")).digest()[0] % len(PALETTES)]


def _site(edition: Edition) -> str:
    sites = dict.fromkeys(article.metadata.site for article in edition.articles)
    return fold(next(iter(sites)) or "") if len(sites) == 1 else ""


def _ornament(brush: ImageDraw.ImageDraw, colour: str) -> None:
    """Three arcs that rise from the lower right corner."""
    for radius in (1250, 900, 550):
        box = (WIDTH - radius, HEIGHT - radius, WIDTH + radius, HEIGHT + radius)
        brush.ellipse(box, outline=colour, width=108)


def _photograph(edition: Edition) -> Image.Image | None:
    """Give the first photograph fit for a cover, cut to the upper part."""
    for asset in _shown(edition):
        ratio = asset.width / max(asset.height, 1)
        large = asset.width >= SMALLEST[0] and asset.height >= SMALLEST[1]
        if asset.media_type == "image/jpeg" and large and NARROWEST <= ratio <= WIDEST:
            with suppress(OSError), Image.open(io.BytesIO(asset.data)) as image:
                image.draft("RGB", (WIDTH, PHOTO))
                size = (WIDTH, PHOTO)
                picture = image if image.mode == "RGB" else image.convert("RGB")
                # the upper middle is where people look from
                return ImageOps.fit(picture, size, Image.Resampling.BILINEAR, centering=(0.5, 0.35))
    return None


def _shown(edition: Edition) -> Iterator[Asset]:
    for article in edition.articles:
        assets = {asset.key: asset for asset in article.assets}
        for figure in dom.figures(article.body):
            if figure.asset in assets:
                yield assets[figure.asset]


def _site_line(brush: ImageDraw.ImageDraw, site: str, top: int, colour: str) -> None:
    font, capitals = _font("site", 33), site.upper()
    spaced = _beginning(HAIR.join(capitals), font, WIDTH - 2 * MARGIN).rstrip(HAIR)
    if _covers("site", capitals):
        brush.text((MARGIN, top), spaced, font=font, fill=colour, anchor="la")


def _foot(brush: ImageDraw.ImageDraw, edition: Edition, ink: str) -> None:
    """Names at the foot, and the year."""
    names = dict.fromkeys(name for one in edition.articles for name in one.metadata.byline)
    line = fold(words(edition.language).names(list(names)))
    published = ISO_DATE.match(edition.articles[0].metadata.published or "")
    year = published[1] if published and len(edition.articles) == 1 else ""
    font, room = _font("names", 38), WIDTH - 2 * MARGIN - 130
    if font.getlength(line) > room:
        line = _beginning(line, font, room - font.getlength("…")).rstrip(" ,") + "…"
    if line and _covers("names", line):
        brush.text((MARGIN, HEIGHT - 125), line, font=font, fill=ink, anchor="la")
    if year:
        brush.text((WIDTH - MARGIN, HEIGHT - 125), year, font=font, fill=ink, anchor="ra")


def _set(title: str, room: int) -> Setting:
    """Give the title in the largest size that fits into `room` px; none if we lack its glyphs."""
    text = fold(title)
    if not _covers("title", text):
        return Setting((), SIZES[-1])
    setting = Setting((), SIZES[-1])
    for size in SIZES:
        setting = Setting(_balanced(text.split(" "), _font("title", size)), size)
        wide = max(_font("title", size).getlength(line) for line in setting.lines)
        if setting.height <= room and wide <= WIDTH - 2 * MARGIN:
            return setting
    kept = int(room // (SIZES[-1] * LEADING))
    font = _font("title", SIZES[-1])
    lines = [_beginning(line, font, WIDTH - 2 * MARGIN) for line in setting.lines[:kept]]
    return Setting(
        (*lines[: kept - 1], *(f"{line} …" for line in lines[kept - 1 : kept])), SIZES[-1]
    )


def _beginning(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Give as much of a text as fits into a width, in px; measured few times, however long."""
    return text[
        : bisect_right(range(1, len(text) + 1), width, key=lambda n: font.getlength(text[:n]))
    ]


def _balanced(split: Sequence[str], font: ImageFont.FreeTypeFont) -> tuple[str, ...]:
    """Break words into the fewest lines, then make those lines as even as they can be."""
    lengths = [font.getlength(word) for word in split]
    space = font.getlength(" ")
    widest = float(WIDTH - 2 * MARGIN)
    best = _filled(split, (lengths, space, widest))
    low, high = max(lengths), widest
    while high - low > 8:  # noqa: PLR2004  (px, too little to see)
        middle = (low + high) / 2
        lines = _filled(split, (lengths, space, middle))
        if len(lines) <= len(best):
            best, high = lines, middle
        else:
            low = middle
    return best


def _filled(split: Sequence[str], measure: tuple[list[float], float, float]) -> tuple[str, ...]:
    lengths, space, width = measure
    lines: list[list[str]] = []
    used = width + 1
    for word, length in zip(split, lengths, strict=True):
        if used + space + length > width:
            lines.append([])
            used = -space
        lines[-1].append(word)
        used += space + length
    return tuple(" ".join(line) for line in lines)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    path = themes.font_folder() / FONTS[name]
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _covers(name: str, text: str) -> bool:
    """Tell whether our font has every character: a cover without a line beats one with boxes."""
    return all(_has(name, character) for character in set(text) - {" ", "\u00a0"})


@cache
def _has(name: str, character: str) -> bool:
    font = _font(name, 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))
