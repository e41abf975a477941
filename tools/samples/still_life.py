"""The still life among the sample photographs: fruit in a bowl, light from a window."""

import numpy as np
from PIL import Image, ImageDraw

from brushes import Canvas, ball, below, drawn, finish, glow, gradient, lay, noise, rgb

WIDE = (1200, 800)
Pen = ImageDraw.ImageDraw


def still_life() -> Image.Image:
    """Pears, apples and a bowl on a table by a window."""
    size = WIDE
    wall = gradient(size, [(0, "#6f6658"), (0.6, "#857a67"), (1, "#857a67")])
    wall = wall + (noise(size, (5, 4), 301, octaves=6) - 0.5)[..., None] * 0.09
    wall = wall * (0.55 + 0.75 * glow(size, (150, 150), 480))[..., None]
    table = gradient(size, [(0, "#5b3d26"), (0.62, "#6d4a2e"), (1, "#3a2517")])
    planks = noise(size, (3, 90), 302, octaves=4)
    table = table + (planks - 0.5)[..., None] * 0.16
    table = table * (0.65 + 0.6 * glow(size, (420, 560), 420))[..., None]
    canvas = lay(
        wall.astype(np.float32), below(size, np.full(size[0], 500.0), 5), table.astype(np.float32)
    )
    fruit = [
        ((300, 330, 520, 545), "#b7372a", 311), ((470, 300, 690, 520), "#c99a2e", 312),
        ((640, 335, 850, 545), "#a7342b", 313), ((560, 400, 780, 612), "#8f9a35", 314),
        ((370, 410, 590, 622), "#c2772c", 315), ((890, 480, 1070, 655), "#b23f2b", 316),
    ]  # fmt: skip
    for box, colour, seed in fruit[:3]:
        canvas = _fruit(canvas, box, colour, seed)
    for box, colour, seed in fruit[3:5]:
        canvas = _fruit(canvas, box, colour, seed)
    canvas = _bowl(canvas)
    canvas = _fruit(canvas, *fruit[5], shadow=True)
    return finish(canvas, 321, vignette=0.45)


def _fruit(
    canvas: Canvas, box: tuple[int, int, int, int], colour: str, seed: int, *, shadow: bool = False
) -> Canvas:
    size = (canvas.shape[1], canvas.shape[0])
    left, top, right, bottom = box
    if shadow:
        dark, _ = ball(size, (left + 10, bottom - 45, right + 110, bottom + 22), (0, 0))
        soft = np.asarray(
            Image.fromarray(dark).resize((120, 80)).resize(size, Image.Resampling.BICUBIC)
        )
        canvas = canvas * (1 - 0.75 * np.clip(soft, 0, 1))[..., None]
    mask, shade = ball(size, box, (-0.55, -0.45))
    skin = noise(size, (30, 60), seed, octaves=4)
    blush = noise(size, (5, 5), seed + 50, octaves=2)
    base = np.asarray(rgb(colour), np.float32)
    warm = np.asarray(rgb("#d9a441"), np.float32)
    surface = base + (warm - base) * np.clip((blush - 0.55) * 2, 0, 0.7)[..., None]
    lit = surface * (0.16 + 1.0 * shade**1.4)[..., None] + ((skin - 0.5) * 0.10)[..., None]
    shine = glow(size, (left + (right - left) * 0.32, top + (bottom - top) * 0.28), 13) * 0.55
    lit = lit + shine[..., None]
    canvas = lay(canvas, mask, lit.astype(np.float32))

    def stalk(pen: Pen, s: float) -> None:
        x, y = (left + right) / 2, top + 12
        pen.line(
            [(x * s, y * s), ((x + 6) * s, (y - 22) * s), ((x + 14) * s, (y - 34) * s)],
            255,
            round(5 * s),
        )

    return lay(canvas, drawn(size, stalk), rgb("#3b2a18"))


def _bowl(canvas: Canvas) -> Canvas:
    size = (canvas.shape[1], canvas.shape[0])
    dark, _ = ball(size, (270, 640, 960, 745), (0, 0))
    soft = np.asarray(Image.fromarray(dark).resize((90, 60)).resize(size, Image.Resampling.BICUBIC))
    canvas = canvas * (1 - 0.8 * np.clip(soft, 0, 1))[..., None]
    mask, shade = ball(size, (235, 330, 915, 705), (-0.5, -0.1))
    rows = np.arange(size[1], dtype=np.float32)[:, None]
    columns = np.arange(size[0], dtype=np.float32)[None, :]
    rim = 520 + 46 * np.sqrt(np.clip(1 - ((columns - 575) / 325) ** 2, 0, 1))
    half = mask * np.clip((rows - rim) / 2, 0, 1)
    glaze = np.asarray(rgb("#cfd6d3"), np.float32) * (0.20 + 0.85 * shade)[..., None]
    stripe = np.exp(-(((rows - rim - 32) / 6) ** 2))
    glaze = glaze * (1 - 0.55 * stripe[..., None] * np.array([1, 0.7, 0.3], np.float32))
    glaze = glaze + (noise(size, (40, 40), 331) - 0.5)[..., None] * 0.05
    return lay(canvas, half.astype(np.float32), glaze.astype(np.float32))
