"""Who can read the book, and how: EPUB Accessibility 1.1 §2.2, in schema.org's words.

Only what our own pages guarantee, or what was looked at in the bodies, is claimed. The
alternative texts are the page's, so no conformance to WCAG is.
"""

from collections.abc import Iterator
from typing import Final

from exporter import dom
from exporter.model import Edition
from exporter.write.words import words

FEATURES: Final = (
    "displayTransformability",  # no fixed sizes or colours
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)
# No script, sound, film or animation is in a book: a GIF is its first frame, an SVG holds none.
HAZARD: Final = "none"
# what a body holds -> the feature it is
HELD: Final = {"<math": "MathML", "<ruby": "rubyAnnotations"}


def facts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Give the properties, without their prefix, and their values."""
    bodies = [article.body for article in edition.articles]
    shown, told = _pictures(edition)
    yield "accessMode", "textual"
    if shown:
        yield "accessMode", "visual"
    # pictures without a text of their own are more than decoration for all we know
    yield "accessModeSufficient", "textual" if told == shown else "textual,visual"
    for feature in FEATURES:
        yield "accessibilityFeature", feature
    if shown and told == shown:
        yield "accessibilityFeature", "alternativeText"
    for element, feature in HELD.items():
        if any(element in body for body in bodies):
            yield "accessibilityFeature", feature
    yield "accessibilityHazard", HAZARD
    yield "accessibilitySummary", words(edition.language)["accessibility"]


def _pictures(edition: Edition) -> tuple[int, int]:
    """Count the pictures that are shown, and those of them with an alternative text."""
    shown = told = 0
    for article in edition.articles:
        if article.assets:
            carried = {asset.key for asset in article.assets}
            for figure in dom.figures(article.body):
                if figure.asset in carried:
                    shown += 1
                    told += bool(figure.alt.strip())
    return shown, told
