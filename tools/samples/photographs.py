"""The sample photographs: no camera was there, but they should look as if one had been."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from brushes import (
    Canvas,
    below,
    drawn,
    finish,
    glow,
    gradient,
    lay,
    mirrored,
    noise,
    rgb,
    ridge,
)
from still_life import still_life

WIDE = (1200, 800)
Pen = ImageDraw.ImageDraw


def clouds(canvas: Canvas, seed: int, *, low: float, colour: str, amount: float = 0.9) -> Canvas:
    """Lay drifting clouds on a sky, thinner towards the row `low` (0 to 1)."""
    size = (canvas.shape[1], canvas.shape[0])
    mass = np.clip((noise(size, (3, 6), seed, octaves=6) - 0.52) * 3.4, 0, 1)
    fade = np.clip(1 - np.linspace(0, 1 / low, size[1]), 0, 1)[:, None] ** 0.7
    return lay(canvas, (mass * fade * amount).astype(np.float32), rgb(colour))


def lake() -> Image.Image:
    """A mountain lake in the morning: ranges behind ranges, mist, and all of it in the water."""
    size, horizon = WIDE, 520
    sky = gradient(
        size,
        [(0, "#5f8fc4"), (0.35, "#a9c6de"), (0.6, "#f1dfc6"), (0.68, "#f6d9b4"), (1, "#e0cbb0")],
    )
    canvas = clouds(sky, 11, low=0.55, colour="#fbf3ea")
    canvas += glow(size, (880, 400), 190)[..., None] * np.array([0.22, 0.15, 0.05], np.float32)
    ranges = [
        (455, 250, 3.0, "#93a5b8", 21), (490, 190, 4.0, "#6f8698", 22),
        (515, 140, 5.5, "#4d6874", 23), (530, 80, 8.0, "#2f4a4c", 24),
    ]  # fmt: skip
    rocks = noise(size, (9, 14), 31, octaves=6) - 0.5
    for base, rise, cells, colour, seed in ranges:
        line = ridge(size[0], base, rise, cells, seed)
        face = np.asarray(rgb(colour), np.float32) + rocks[..., None] * 0.16
        canvas = lay(canvas, below(size, line, 2), face.astype(np.float32))
        mist = np.exp(-(((np.arange(size[1]) - base) / 34) ** 2))[:, None] * 0.38
        veil = mist * (0.4 + noise(size, (4, 6), seed + 40, octaves=3))
        canvas = lay(canvas, np.clip(veil, 0, 1).astype(np.float32), rgb("#e6ddd2"))
    snow = (
        below(size, ridge(size[0], 455, 250, 3.0, 21), 2)
        * np.clip((330 - np.arange(size[1])) / 60, 0, 1)[:, None]
    )
    canvas = lay(
        canvas, (snow * np.clip(rocks * 4 + 0.5, 0, 1) * 0.8).astype(np.float32), rgb("#f4f2ef")
    )
    canvas = mirrored(canvas, horizon, 51)
    shore = below(size, ridge(size[0], 800, 90, 3, 61), 3)
    stones = (
        np.asarray(rgb("#3a3a33"), np.float32)
        + (noise(size, (60, 40), 62, octaves=4) - 0.5)[..., None] * 0.42
    )
    return finish(lay(canvas, shore, stones.astype(np.float32)), 71)


def _cranes(pen: Pen, s: float) -> None:
    for x, height, reach in ((170, 250, 150), (330, 300, 180), (905, 220, 140)):
        top = 505 - height
        pen.line([(x * s, 505 * s), (x * s, top * s)], 255, round(7 * s))
        pen.line([((x + 34) * s, 505 * s), (x * s, (top + 30) * s)], 255, round(4 * s))
        pen.line(
            [((x - 60) * s, (top + 26) * s), ((x + reach) * s, (top - 40) * s)], 255, round(5 * s)
        )
        pen.line([(x * s, (top - 30) * s), ((x + reach) * s, (top - 40) * s)], 255, round(2 * s))
        pen.line([(x * s, (top - 30) * s), (x * s, top * s)], 255, round(4 * s))
        pen.line(
            [((x + reach - 6) * s, (top - 38) * s), ((x + reach - 6) * s, (top + 90) * s)],
            255,
            round(1.5 * s),
        )
        pen.rectangle([(x - 22) * s, 470 * s, (x + 50) * s, 508 * s], 255)


def _quay(pen: Pen, s: float) -> None:
    blocks = [
        (0, 455, 120),
        (420, 470, 90),
        (520, 440, 70),
        (600, 478, 160),
        (770, 462, 95),
        (1000, 440, 200),
    ]
    for x, top, width in blocks:
        pen.rectangle([x * s, top * s, (x + width) * s, 520 * s], 255)
    pen.rectangle([0, 500 * s, 1200 * s, 522 * s], 255)
    pen.polygon(
        [(540 * s, 440 * s), (552 * s, 330 * s), (560 * s, 330 * s), (572 * s, 440 * s)], 255
    )
    pen.polygon(
        [(620 * s, 500 * s), (640 * s, 522 * s), (880 * s, 522 * s), (912 * s, 486 * s)], 255
    )
    pen.rectangle([820 * s, 430 * s, 878 * s, 492 * s], 255)
    pen.rectangle([842 * s, 405 * s, 856 * s, 432 * s], 255)


def harbour() -> Image.Image:
    """A harbour at dusk: cranes against the last light, lamps doubled in the water."""
    size, horizon = WIDE, 522
    canvas = gradient(
        size,
        [
            (0, "#1d2b4d"),
            (0.3, "#4a4f7c"),
            (0.5, "#b06f6e"),
            (0.6, "#eda362"),
            (0.66, "#f9c987"),
            (1, "#f9c987"),
        ],
    )
    canvas = clouds(canvas, 103, low=0.72, colour="#e58e6b", amount=0.55)
    canvas = clouds(canvas, 104, low=0.62, colour="#39406a", amount=0.75)
    canvas += glow(size, (700, 505), 130)[..., None] * np.array([0.30, 0.17, 0.04], np.float32)
    hills = below(size, ridge(size[0], 512, 70, 3, 105), 2)
    canvas = lay(canvas, hills * 0.8, rgb("#5a4660"))
    canvas = lay(canvas, drawn(size, _cranes, 0.9), rgb("#231f33"))
    quay = (
        np.asarray(rgb("#1b1928"), np.float32)
        + (noise(size, (40, 60), 106) - 0.5)[..., None] * 0.05
    )
    canvas = lay(canvas, drawn(size, _quay), quay.astype(np.float32))
    random = np.random.default_rng(107)
    for x in random.integers(10, 1190, 46):
        y, warm = random.uniform(462, 512), random.uniform(0.55, 1)
        for radius, power in ((1.6, 1.0), (9, 0.30 * warm)):
            light = glow(size, (float(x), y), radius) * power
            canvas += light[..., None] * np.array([1.0, 0.80 * warm + 0.1, 0.5 * warm], np.float32)
    return finish(mirrored(canvas, horizon, 108, ripple=16), 109)


def lighthouse() -> Image.Image:
    """A lighthouse on a point of rock, an unsettled sea, weather coming in."""
    size = WIDE
    canvas = gradient(size, [(0, "#6d8296"), (0.35, "#9fb0ba"), (0.56, "#d6d9d3"), (1, "#d6d9d3")])
    canvas = clouds(canvas, 201, low=0.8, colour="#55646f", amount=0.85)
    canvas = clouds(canvas, 202, low=0.6, colour="#eef0ec", amount=0.6)
    sea = gradient(size, [(0, "#7f949a"), (0.56, "#7f949a"), (0.62, "#53707a"), (1, "#1f3a44")])
    swell = noise(size, (7, 60), 203, octaves=5)
    near = np.linspace(0, 1, size[1])[:, None]
    foam = np.clip((swell - 0.70 + 0.08 * near) * 7, 0, 1) * np.clip((near - 0.55) * 2.4, 0, 1)
    sea = sea + ((swell - 0.5) * 0.30)[..., None]
    sea = lay(sea.astype(np.float32), foam.astype(np.float32), rgb("#e9eeec"))
    canvas = lay(canvas, below(size, np.full(size[0], 450.0), 2), sea)
    columns = np.arange(size[0])
    rock = ridge(size[0], 640, 90, 9, 204) - 150 * np.exp(-(((columns - 800) / 230) ** 2))
    rock = np.where(columns < 430, 900, rock + np.clip((560 - columns) * 1.6, 0, 400))
    grain = noise(size, (14, 26), 205, octaves=6)
    stone = np.asarray(rgb("#4a463f"), np.float32) + (grain - 0.5)[..., None] * 0.5
    turf = np.clip((rock[None, :] + 36 + grain * 30 - np.arange(size[1])[:, None]) / 8, 0, 1)
    stone = lay(stone.astype(np.float32), (turf * 0.8).astype(np.float32), rgb("#5d6a42"))
    canvas = lay(canvas, _tower(size), _tower_paint(size))
    canvas = lay(canvas, below(size, rock, 2), stone)
    return finish(canvas, 207)


def _tower(size: tuple[int, int]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    def draw(pen: Pen, s: float) -> None:
        pen.polygon(
            [(762 * s, 500 * s), (778 * s, 190 * s), (826 * s, 190 * s), (842 * s, 500 * s)], 255
        )
        pen.rectangle([768 * s, 176 * s, 836 * s, 192 * s], 255)
        pen.rectangle([784 * s, 132 * s, 820 * s, 178 * s], 255)
        pen.polygon([(778 * s, 134 * s), (802 * s, 100 * s), (826 * s, 134 * s)], 255)
        pen.line([(802 * s, 100 * s), (802 * s, 78 * s)], 255, round(2 * s))
        pen.rectangle([860 * s, 430 * s, 960 * s, 510 * s], 255)
        pen.polygon([(850 * s, 432 * s), (910 * s, 392 * s), (970 * s, 432 * s)], 255)

    return drawn(size, draw, 0.7)


def _tower_paint(size: tuple[int, int]) -> Canvas:
    x = np.arange(size[0], dtype=np.float32)
    light = np.clip(0.95 - np.abs(x - 792) / 90, 0.42, 1)
    paint = np.repeat(np.repeat(light[None, :, None], size[1], 0), 3, 2) * np.asarray(
        rgb("#f4efe6"), np.float32
    )
    rows = np.arange(size[1])
    bands = ((rows > 250) & (rows < 310)) | ((rows > 375) & (rows < 440)) | (rows < 134)
    narrow = (x > 755) & (x < 848)
    red = (bands[:, None] & narrow[None, :]) | (((rows < 433)[:, None]) & (x > 848)[None, :])
    paint = np.where(red[..., None], paint * np.asarray(rgb("#b4483a"), np.float32) * 1.05, paint)
    lamp = glow(size, (802, 156), 13)[..., None] * np.array([0.5, 0.42, 0.1], np.float32)
    return np.asarray(paint + lamp, np.float32)


def forest() -> Image.Image:
    """A beech wood in fog, trunk behind trunk, a path between them."""
    size = WIDE
    canvas = gradient(size, [(0, "#c9d2c8"), (0.45, "#dfe2d3"), (0.7, "#c6c3a4"), (1, "#6b5f40")])
    random = np.random.default_rng(401)
    for depth in range(6):
        near = depth / 5
        ground = below(size, ridge(size[0], 560 + 40 * depth, 40, 4, 410 + depth), 4)
        litter = np.asarray(rgb("#8b7a4c"), np.float32) * (1.15 - 0.5 * near)
        texture = (noise(size, (30, 50), 420 + depth, octaves=5) - 0.5)[..., None] * 0.30 * near
        canvas = lay(canvas, ground * (0.25 + 0.6 * near), (litter + texture).astype(np.float32))
        canvas = lay(canvas, _trunks(random, near), _bark(size, near, 430 + depth))
        haze = np.float32(0.20 * (1 - near))
        canvas = lay(canvas, np.full((size[1], size[0]), haze, np.float32), rgb("#dfe3d6"))
    leaves = np.clip((noise(size, (16, 12), 441, octaves=6) - 0.50) * 5, 0, 1)
    crown = np.clip(1 - np.arange(size[1]) / 330, 0, 1)[:, None]
    canvas = lay(canvas, (leaves * crown * 0.75).astype(np.float32), rgb("#55682f"))
    canvas += glow(size, (560, 260), 240)[..., None] * np.array([0.20, 0.19, 0.10], np.float32)
    return finish(canvas, 451)


def _trunks(
    random: np.random.Generator, near: float
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    places = random.uniform(0, 1200, round(16 - 11 * near))

    def draw(pen: Pen, s: float) -> None:
        foot = 575 + 190 * near
        for x in places:
            if near > 0.5 and 380 < x < 760:
                continue  # the path stays clear
            wide = 7 + 34 * near + x % 9
            lean = (x % 37 - 18) * 0.9
            pen.polygon(
                [
                    ((x - wide * 0.75) * s, foot * s),
                    ((x - wide / 2 + lean) * s, 0),
                    ((x + wide / 2 + lean) * s, 0),
                    ((x + wide * 0.75) * s, foot * s),
                ],
                255,
            )
            for rise in range(3):
                y = 90 + 110 * rise + x % 60
                side = 1 if (rise + int(x)) % 2 else -1
                pen.line(
                    [((x + lean * 0.6) * s, y * s), ((x + side * 110) * s, (y - 70) * s)],
                    255,
                    round((2 + 5 * near) * s),
                )

    return drawn(WIDE, draw, 2.2 - 1.6 * near)


def _bark(size: tuple[int, int], near: float, seed: int) -> Canvas:
    far, close = np.asarray(rgb("#9aa396"), np.float32), np.asarray(rgb("#33312a"), np.float32)
    texture = (noise(size, (90, 12), seed, octaves=4) - 0.5)[..., None] * 0.22 * near
    return np.asarray(far + (close - far) * near + texture, np.float32)


PHOTOGRAPHS: dict[str, Callable[[], Image.Image]] = {
    "lake": lake,
    "harbour": harbour,
    "lighthouse": lighthouse,
    "still-life": still_life,
    "forest": forest,
}
