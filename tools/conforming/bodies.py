"""Nasty but legal articles: bodies drawn from the whole vocabulary, in any nesting.

`dom.validate` lets any element stand in any other; what a writer makes of that must be valid all
the same. A seed gives the same article on every machine, so that a finding can be looked at again.
"""

import io
import random
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from exporter import dom
from exporter.model import Article, Asset, Capture, Metadata

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS: Final = (
    "Le bac traverse la rivière.", "Straße, œuvre, Łódź", "قرية الصيادين", "כפר הדייגים",
    "漁村の朝", "渔村的早晨", "어촌의 아침", "деревня", "हिन्दी", "👩‍👩‍👧‍👦 🇫🇷", "n\u202f: o\u2009p",
    "x\u200by\u200dz\ufeff", "A" * 120, "https://a.example/" + "b" * 90, "&<>\"'", "--", "]]>",
    "f(x) = x²", "", " ", "\n", "e\u0301\u0301\u0301", "\U0001f9ff\U000e0041", "−3 °C", "…",
    "«", "»",
)  # fmt: skip
HREFS: Final = (
    "#a1", "#nowhere", "#", "#é", "https://a.example/é?x=1&y=<2>", "http://[::1]/", "http://a b/",
    "https://a.example/" + "p/" * 60, "mailto:a@b.example", "mailto:", "https://xn--a.example/%zz",
    "HTTP://A.EXAMPLE", "https://a.example/#b#c", "https://user:pw@a.example:99999/",
)  # fmt: skip
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "href": HREFS,
    "src": ("missing:/boat.png", "https://a.example/b.png", "asset:" + "0" * 64),
    "alt": ("", "Un bac", "a\n  b", '"<&>', "图"),
    "width": ("640", "0", "100%", "999999", "1"),
    "height": ("480", "0", "auto", "99999"),
    "colspan": ("2", "0", "7", "-1", "999", "1000"),
    "rowspan": ("2", "0", "9", "65000", "x"),
    "scope": ("row", "col", "rowgroup", "colgroup", "auto", ""),
    "start": ("0", "-3", "7", "x", "99999999999"),
    "value": ("3", "-1", "x"),
    "type": ("1", "a", "I", "disc", ""),
    "reversed": ("reversed", "", "true"),
    "datetime": ("2024-05-01", "2024-02-31", "May 1", "", "2024-05-01T25:00"),
    "lang": ("fr", "ar", "fr_FR", "", "x-klingon", "zh-Hant-TW", "und", "en-GB-oed"),
    "dir": ("rtl", "ltr", "auto", "up", ""),
    "title": ("", "a title", "«\u202fé\u202f»"),
}
INLINE: Final = tuple(sorted(set(dom.VOCABULARY) - dom.BLOCKS))
NAMES: Final = tuple(sorted(dom.VOCABULARY))
MATHML: Final = 'xmlns="http://www.w3.org/1998/Math/MathML"'
MATH: Final = (
    f'<math {MATHML} alttext="x over 2"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
    f'<math {MATHML} alttext="x squared" display="block"><msup><mi>x</mi><mn>2</mn></msup></math>',
)


class _Draw:
    """One article being drawn."""

    def __init__(self, seed: int, pictures: tuple[Asset, ...]) -> None:
        self.random = random.Random(seed)  # noqa: S311  (the same each time is the point)
        self.pictures = pictures
        self.ids = iter(range(1, 10**6))

    def attributes(self, name: str) -> str:
        said = ""
        for attribute in sorted(dom.VOCABULARY[name] | {"lang", "dir", "title"}):
            if attribute in {"src", "alt"} or self.random.random() < self.share(attribute):
                said += f" {attribute}={quoteattr(self.value(attribute))}"
        if self.random.random() < 0.15:
            said += f' id="a{next(self.ids)}"'
        classes = sorted(dom.CLASSES)
        if self.random.random() < 0.2:
            said += f' class="{" ".join(self.random.sample(classes, self.random.choice((1, 2))))}"'
        return said

    def share(self, attribute: str) -> float:
        return 0.1 if attribute in dom.GLOBAL else 0.7

    def value(self, attribute: str) -> str:
        if attribute == "src" and self.random.random() < 0.6:
            return "asset:" + self.random.choice(self.pictures).key
        return self.random.choice(VALUES[attribute])

    def text(self) -> str:
        return escape(" ".join(self.random.choices(WORDS, k=self.random.choice((0, 1, 1, 3)))))

    def element(self, names: tuple[str, ...], depth: int) -> str:
        name = self.random.choice(names)
        said = self.attributes(name)
        if name in {"br", "hr", "img"}:
            return f"<{name}{said}/>"
        return f"<{name}{said}>{self.inside(depth - 1)}</{name}>"

    def inside(self, depth: int) -> str:
        inner = self.text()
        for _ in range(self.random.choice((0, 1, 1, 2, 3)) if depth > 0 else 0):
            one = self.random.random()
            if one < 0.03:
                inner += self.random.choice(MATH)
            elif one < 0.5:
                inner += self.element(NAMES, depth)
            else:
                inner += self.element(INLINE, depth)
            inner += self.text()
        return inner

    def body(self) -> str:
        names = tuple(sorted(dom.BLOCKS))
        return "".join(
            self.element(names, self.random.choice((1, 2, 4, 6)))
            for _ in range(self.random.choice((1, 4, 9)))
        )


TITLES: Final = (
    'He said "no" — and <left> & so', "👩‍🚀 Emoji 🇫🇷", "\u200fشارع\u200e (x)", "a", "  \n ", "]]>",
    "\u202elive\u202c", "--", "Łódź: œuvre", "漁村の朝", "A" * 400, "word " * 80, "𝔘𝔫𝔦𝔠", "𠮷野家",
)  # fmt: skip
LANGUAGES: Final = (
    "fr",
    "en",
    "ar",
    "he",
    "ja",
    "zh",
    "und",
    "",
    "fr_FR",
    "xx",
    "de-CH",
    "ko",
    "hi",
    "tr",
    "x-y",
)


def article(seed: int) -> Article:
    """Give the article of a seed."""
    draw = _Draw(seed, pictures())
    root = dom.parse(draw.body())
    dom.keep_values(root)  # as the cleaner does: no article has other ones
    body = dom.serialize(root)
    dom.validate(body)
    choose: Callable[[tuple[str, ...]], str] = draw.random.choice
    language = choose(LANGUAGES)
    about = Metadata(
        title=choose(TITLES),
        kicker=choose(("", *WORDS)) or None,
        subtitle=choose(("", *TITLES)) or None,
        byline=tuple(choose(TITLES) for _ in range(draw.random.choice((0, 1, 5)))),
        published=choose(
            ("", "2024-05-01", "2024-02-31", "May", "2024-05-01T10:00:00+02:00", "0000")
        )
        or None,
        language=language,
        dir=choose(("ltr", "rtl")),
        site=choose(("", *TITLES)) or None,
        url=choose(("", *HREFS)) or None,
        original_url=choose(("", *HREFS)) or None,
        translator=choose(("", *TITLES)) or None,
        rights=choose(("", *TITLES)) or None,
        keywords=tuple(choose(TITLES) for _ in range(draw.random.choice((0, 2)))),
    )
    return Article(about, body, pictures(), (), (), Capture(f"{seed}.html", "html", f"{seed:064x}"))


@cache
def pictures() -> tuple[Asset, ...]:
    """Give pictures of odd sizes."""
    found = []
    for width, height, kind in (
        (900, 600, "JPEG"),
        (1, 1, "PNG"),
        (40, 2400, "PNG"),
        (2400, 30, "PNG"),
    ):
        target = io.BytesIO()
        Image.new("RGB", (width, height), "#6a8").save(target, kind)
        data = target.getvalue()
        found.append(Asset(sha256(data).hexdigest(), f"image/{kind.lower()}", width, height, data))
    return tuple(found)
