"""What the sample pictures are painted with: noise, gradients, layers, grain.

A canvas is a float array of shape (height, width, 3), 0 to 1. Every random number comes from a
seed in the call, so a picture is the same each time it is painted.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Canvas = NDArray[np.float32]
Mask = NDArray[np.float32]
Colour = tuple[float, float, float]
Box = tuple[float, float, float, float]


def rgb(code: str) -> Colour:
    """Give "#a0b0c0" as three numbers from 0 to 1."""
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def noise(size: tuple[int, int], cells: tuple[float, float], seed: int, octaves: int = 5) -> Mask:
    """Give smooth fractal noise from 0 to 1; `cells` are those of the coarsest octave."""
    width, height = size
    random = np.random.default_rng(seed)
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        across = min(width, max(2, round(cells[0] * 2**octave)))
        down = min(height, max(2, round(cells[1] * 2**octave)))
        coarse = Image.fromarray(random.random((down, across), np.float32))
        total += weight * np.asarray(coarse.resize(size, Image.Resampling.BICUBIC))
        weight *= 0.5
    total -= total.min()
    return np.asarray(total / total.max(), np.float32)


def gradient(size: tuple[int, int], stops: Sequence[tuple[float, str]]) -> Canvas:
    """Paint a vertical gradient through (place from 0 to 1, colour) stops."""
    width, height = size
    places = np.linspace(0, 1, height)
    at = [place for place, _ in stops]
    channels = [
        np.interp(places, at, [rgb(colour)[channel] for _, colour in stops]) for channel in range(3)
    ]
    column = np.stack(channels, axis=1).astype(np.float32)
    return np.asarray(np.repeat(column[:, None, :], width, axis=1), np.float32)


def lay(canvas: Canvas, mask: Mask, colour: Colour | Canvas) -> Canvas:
    """Lay a colour, or another canvas, over a canvas where the mask says."""
    over = np.asarray(colour, np.float32)
    return np.asarray(canvas * (1 - mask[..., None]) + over * mask[..., None], np.float32)


def glow(size: tuple[int, int], centre: tuple[float, float], radius: float) -> Mask:
    """Give a soft round light."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = (x - centre[0]) ** 2 + (y - centre[1]) ** 2
    return np.asarray(np.exp(-distance / (2 * radius * radius)), np.float32)


def below(size: tuple[int, int], line: NDArray[np.float64], soft: float = 1.5) -> Mask:
    """Give the mask of what lies below a ridge (one height in px for each column)."""
    height = size[1]
    rows = np.arange(height, dtype=np.float32)[:, None]
    return np.clip((rows - line[None, :]) / soft + 0.5, 0, 1).astype(np.float32)


def ridge(width: int, base: float, rise: float, cells: float, seed: int) -> NDArray[np.float64]:
    """Give the skyline of a range of hills, in px from the top."""
    profile = noise((width, 4), (cells, 2), seed, octaves=6)[1]
    return np.asarray(base - rise * profile, np.float64)


def drawn(
    size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw, float], None], blur: float = 0.8
) -> Mask:
    """Give the mask of what `draw` draws in white, on a canvas `scale` times as large."""
    scale = 2
    sheet = Image.new("L", (size[0] * scale, size[1] * scale))
    draw(ImageDraw.Draw(sheet), scale)
    sheet = sheet.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(blur))
    return np.asarray(np.asarray(sheet, np.float32) / 255, np.float32)


def ball(size: tuple[int, int], box: Box, light: tuple[float, float]) -> tuple[Mask, Mask]:
    """Give the mask of an ellipse and its shading, 0 in the shade to 1 where the light falls."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    left, top, right, bottom = box
    u = (x - (left + right) / 2) / ((right - left) / 2)
    v = (y - (top + bottom) / 2) / ((bottom - top) / 2)
    square = u * u + v * v
    edge = max(right - left, bottom - top) / 2
    mask = np.clip((1 - np.sqrt(square)) * edge / 1.5, 0, 1)
    depth = np.sqrt(np.clip(1 - square, 0, 1))
    shade = np.clip(u * light[0] + v * light[1] + depth * 0.72, 0, 1)
    return mask.astype(np.float32), shade.astype(np.float32)


def mirrored(canvas: Canvas, horizon: int, seed: int, ripple: float = 9) -> Canvas:
    """Lay water below the horizon: what stands above it, upside down, broken by ripples."""
    height, width = canvas.shape[:2]
    depth = height - horizon
    rows = np.arange(depth)
    size = (width, depth)
    waves = noise(size, (10, depth / 5), seed, octaves=3) - 0.5
    near = (rows / depth)[:, None]
    shift = (waves * ripple * (0.3 + 2.2 * near)).astype(int)
    source = np.clip(horizon - 1 - (rows * 0.9)[:, None].astype(int) + shift, 0, horizon - 1)
    columns = np.clip(np.arange(width)[None, :] + shift, 0, width - 1)
    result = canvas.copy()
    shadow = (0.82 - 0.25 * near)[..., None]
    result[horizon:] = canvas[source, columns] * shadow + (waves * 0.10)[..., None] * (
        0.3 + near[..., None]
    )
    return result


def finish(canvas: Canvas, seed: int, grain: float = 0.014, vignette: float = 0.28) -> Image.Image:
    """Give the canvas as a photograph: lens fall-off, tone curve, film grain."""
    height, width = canvas.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    fall = 1 - vignette * np.clip((x * x + y * y) / 2, 0, 1) ** 1.3
    random = np.random.default_rng(seed)
    film = random.normal(0, grain, (height, width))
    film = (film + np.roll(film, 1, 0) + np.roll(film, 1, 1)) / 2  # grain is larger than a pixel
    toned = np.clip(canvas * fall[..., None] + film[..., None] * 1.5, 0, 1)
    toned = toned + 0.06 * np.sin((toned - 0.5) * np.pi * 2) * 0.5
    return Image.fromarray((np.clip(toned, 0, 1) * 255).round().astype(np.uint8))
