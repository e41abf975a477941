"""Pages to time: articles with two photographs, in the frame of a site, as a browser saves them.

A real saved page is of some hundred kilobytes, nearly all of it frame (median of the pages in
../shared/bench: 110 kB); the article has some thousand words.
"""

import random
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

TEXT: Final = (
    "the river ran low that summer and nobody along its banks could say when it would rise again "
    "while barges waited in line below the lock because water was let through only twice a day "
    "so the keeper wrote every level into a notebook with extraordinarily careful handwriting "
    "farmers measured their wells against old photographs which their grandparents had kept"
)
PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - River Times</title>
<meta property="og:site_name" content="River Times"><style>{sheet}</style>
<script>window.site = {script};</script></head><body class="single">
<header><nav aria-label="Sections"><ul>{sections}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Ann Keeper</p>{body}</article>
<section class="related"><h2>Read next</h2>{teasers}</section>
<section class="comments"><h2>Comments</h2>{comments}</section></main>
<aside class="sidebar"><h2>Most read</h2><ol>{popular}</ol></aside>
<footer><p>Share this article with a friend!</p><ul>{sections}</ul></footer></body></html>"""
RULES: Final = 500  # of the site's style sheet
SETTINGS: Final = 3000  # numbers in its script
LINKS: Final = 80  # of its navigation, which stands above and below
TEASERS: Final = 36
COMMENTS: Final = 12


def generate(folder: Path, count: int) -> None:
    """Write pages of 1,000 words with two photographs each, as a browser saves them."""
    dice = random.Random(7)  # noqa: S311  (the same pages every time)
    for number in range(count):
        name = f"page-{number:03}"
        files = folder / f"{name}_files"
        files.mkdir(parents=True)
        blocks = paragraphs(dice)
        for place in (0, 1):
            photograph(dice).save(files / f"{place}.jpg", quality=80)
            blocks.insert(
                3 + 6 * place,
                f'<figure><img src="{name}_files/{place}.jpg" alt="The lock">'
                "<figcaption>The lock at noon. Photo: Ann Keeper</figcaption></figure>",
            )
        title = f"The river, day {number}"
        html = PAGE.format(title=title, body="\n".join(blocks), **frame(dice))
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


def paragraphs(dice: random.Random) -> list[str]:
    """Give the text of an article of a thousand words."""

    def sentence() -> str:
        return " ".join(dice.choices(TEXT.split(), k=14)).capitalize() + "."

    return [f"<p>{' '.join(sentence() for _ in range(6))}</p>" for _ in range(12)]


def photograph(dice: random.Random) -> Image.Image:
    """Draw a river under a sky with the grain that makes a JPEG as large as a camera's."""
    grain = Image.effect_noise((1500, 1000), 18).convert("RGB")
    picture = Image.new("RGB", grain.size, (150, 180, 210))
    draw = ImageDraw.Draw(picture)
    shore = dice.randint(400, 600)
    draw.rectangle((0, shore, 1500, 1000), fill=(70, 95, 110))
    draw.polygon([(0, shore), (dice.randint(300, 900), 250), (1500, shore)], fill=(80, 90, 70))
    return Image.blend(picture, grain, 0.25)


def frame(dice: random.Random) -> dict[str, str]:
    """Give what a site puts around its articles."""

    def words(count: int) -> str:
        return " ".join(dice.choices(TEXT.split(), k=count)).capitalize()

    sheet = "\n".join(
        f".box-{number} > .part-{number % 9} {{ margin: {number}px auto; color: #{number:06x}; }}"
        for number in range(RULES)
    )
    link = '<li class="item item-{0}"><a href="/section/{0}" data-track="nav-{0}">{1}</a></li>'
    sections = "".join(link.format(number, words(2)) for number in range(LINKS))
    teaser = (
        '<div class="card"><a href="/story/{0}"><span class="label">{1}</span></a>'
        '<h3 class="title"><a href="/story/{0}">{2}</a></h3><p>{3}.</p></div>'
    )
    comment = (
        '<div class="comment" id="c{0}"><span class="who">Reader {0}</span> <time>2024-05-01</time>'
        '<p>{1}.</p><button type="button">Reply</button></div>'
    )
    return {
        "sheet": sheet,
        "script": str([dice.randint(0, 10**6) for _ in range(SETTINGS)]),
        "sections": sections,
        "teasers": "".join(
            teaser.format(number, words(2), words(9), words(24)) for number in range(TEASERS)
        ),
        "comments": "".join(comment.format(number, words(40)) for number in range(COMMENTS)),
        "popular": "".join(f"<li><a href='/story/{n}'>{words(8)}</a></li>" for n in range(10)),
    }
