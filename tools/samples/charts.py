"""The sample charts, drawn with the fonts of the themes."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parents[2] / "styles" / "fonts" / "source-sans-3"
INK, SOFT, RULE, PAPER = "#222222", "#666666", "#d9d9d9", "#ffffff"
SCALE = 2  # drawn twice as large, then reduced: smooth lines


class Sheet:
    """A chart in the making: pixel coordinates, a title, a source line."""

    def __init__(self, width: int, height: int, title: str, source: str) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.text((40, 30), title, 30, bold=True)
        self.text((40, height - 44), source, 17, colour=SOFT)

    def text(
        self, at: tuple[float, float], words: str, size: int, *, bold: bool = False,
        colour: str = INK, anchor: str = "la",
    ) -> None:  # fmt: skip
        """Write words at a place; the anchor is Pillow's."""
        name = "SourceSans3-Bold.ttf" if bold else "SourceSans3-Regular.ttf"
        font = ImageFont.truetype(FONTS / name, size * SCALE)
        self.pen.text((at[0] * SCALE, at[1] * SCALE), words, colour, font, anchor)

    def line(self, points: list[tuple[float, float]], colour: str, width: float) -> None:
        """Draw a line through points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, colour, round(width * SCALE), "curve")

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill a rectangle."""
        self.pen.rectangle([left * SCALE, top * SCALE, right * SCALE, bottom * SCALE], colour)

    def done(self) -> Image.Image:
        """Give the finished chart."""
        return self.image.resize(self.size, Image.Resampling.LANCZOS)


def bars(title: str, source: str, rows: list[tuple[str, float]], unit: str) -> Image.Image:
    """Draw horizontal bars with their figures, the longest in a stronger colour."""
    height = 140 + 62 * len(rows)
    sheet = Sheet(1000, height, title, source)
    most = max(value for _, value in rows)
    for place, (label, value) in enumerate(rows):
        top = 92 + 62 * place
        sheet.text((245, top + 20), label, 20, anchor="rm")
        length = 600 * value / most
        sheet.box(260, top, 260 + length, top + 40, "#1f5f8b" if value == most else "#7fa8c4")
        shown = f"{value:g}".replace(".", ",")
        sheet.text((270 + length, top + 20), f"{shown} {unit}", 20, bold=True, anchor="lm")
    sheet.line([(260, 84), (260, height - 60)], INK, 1.5)
    return sheet.done()


def lines(
    title: str, source: str, years: list[int], series: dict[str, tuple[str, list[float]]]
) -> Image.Image:
    """Draw one line for each series (name -> colour, values), labelled at its end."""
    sheet = Sheet(1100, 680, title, source)
    left, right, top, bottom = 90, 900, 110, 580
    highest = 10 * -(-max(max(values) for _, values in series.values()) // 10)

    def place(year: int, value: float) -> tuple[float, float]:
        x = left + (right - left) * (year - years[0]) / (years[-1] - years[0])
        return x, bottom - (bottom - top) * value / highest

    for mark in range(0, int(highest) + 1, 10):
        y = place(years[0], mark)[1]
        sheet.line([(left, y), (right, y)], INK if mark == 0 else RULE, 1.5 if mark == 0 else 1)
        sheet.text((left - 12, y), str(mark), 18, colour=SOFT, anchor="rm")
    for year in years[:: max(1, len(years) // 6)]:
        x = place(year, 0)[0]
        sheet.line([(x, bottom), (x, bottom + 7)], INK, 1.5)
        sheet.text((x, bottom + 12), str(year), 18, colour=SOFT, anchor="ma")
    for name, (colour, values) in series.items():
        points = [place(year, value) for year, value in zip(years, values, strict=True)]
        sheet.line(points, colour, 4)
        for x, y in points[:: max(1, len(points) // 6)]:
            sheet.box(x - 4, y - 4, x + 4, y + 4, colour)
        sheet.text((right + 14, points[-1][1]), name, 20, bold=True, colour=colour, anchor="lm")
    return sheet.done()


def noise_hours() -> Image.Image:
    """Hours of loud shipping a day, three stations of the harbour article."""
    years = list(range(2012, 2025))
    inner = [9.1, 9.4, 10.2, 11.0, 11.8, 12.1, 13.0, 12.4, 8.8, 7.1, 5.9, 4.6, 4.1]
    outer = [14.2, 14.9, 15.8, 16.6, 17.9, 18.2, 19.0, 18.4, 14.7, 13.2, 12.0, 11.1, 10.4]
    banks = [21.0, 21.4, 22.9, 23.3, 24.0, 25.2, 26.1, 25.7, 22.8, 22.1, 21.6, 20.9, 20.2]
    return lines(
        "Loud shipping in Skerry Sound, quarter-hours a day",
        "Harbour Listening Survey, annual means of three stations",
        years,
        {
            "The Banks": ("#8a5a2b", banks),
            "Outer roads": ("#1f5f8b", outer),
            "Inner basin": ("#b4483a", inner),
        },
    )


def orchards() -> Image.Image:
    """Standing orchards by valley, for the French article."""
    rows = [
        ("Val-Lémance", 41.5),
        ("Haute-Brenne", 33.0),
        ("Coteaux d’Orlé", 27.2),
        ("Pays de Sarre", 18.9),
        ("Basse-Brenne", 12.4),
    ]
    return bars("Vergers de haute tige encore debout", "Recensement des vergers, 2023", rows, "ha")


def readers() -> Image.Image:
    """Visitors of the reading rooms, for the Spanish article."""
    years = list(range(2014, 2025))
    rooms = [12.0, 13.5, 14.1, 16.8, 18.0, 19.6, 7.2, 11.9, 19.4, 24.8, 28.3]
    vans = [3.1, 3.0, 3.4, 3.9, 5.2, 6.0, 8.8, 9.4, 10.6, 11.9, 13.0]
    return lines(
        "Lectores al año, en miles",
        "Fuente: Red de Bibliotecas del Páramo",
        years,
        {"Salas": ("#1f5f8b", rooms), "Bibliobús": ("#b4483a", vans)},
    )
