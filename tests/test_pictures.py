"""Pictures on paper take the room that their pixels and their shape ask for."""

import pikepdf
import pytest

from exporter.dom import Element
from exporter.model import Asset, Edition
from exporter.settings import Settings
from exporter.write.pdf.document import document
from printing import article, opened, photograph, printed

INCH = 72  # pt


def figure(photo: Asset) -> str:
    return f'<figure><img src="asset:{photo.key}" alt="The lock"/></figure>'


def drawn(book: pikepdf.Pdf) -> list[tuple[float, float]]:
    """Give width and height, in pt, of the pictures that are drawn."""
    sizes = []
    for page in book.pages:
        stack, (width, height) = [(1.0, 1.0)], (1.0, 1.0)
        for step in pikepdf.parse_content_stream(page):
            name = str(step.operator)
            if name == "q":
                stack.append((width, height))
            elif name == "Q":
                width, height = stack.pop()
            elif name == "cm":
                width *= float(str(step.operands[0]))
                height *= float(str(step.operands[3]))
            elif name == "Do":
                sizes.append((abs(width), abs(height)))
    return sizes


def tree(body: str, *assets: Asset) -> Element:
    return document(Edition.single(article(body, *assets)), Settings(), 66)


@pytest.mark.parametrize("pixels", [30, 300, 480])
def test_a_small_picture_is_printed_at_150_dots_an_inch(pixels: int) -> None:
    photo = photograph(pixels, pixels)
    ((width, height),) = drawn(opened(printed(figure(photo), photo)))
    assert width == pytest.approx(pixels / 150 * INCH, rel=0.01)
    assert height == pytest.approx(width)


def test_a_large_picture_is_as_wide_as_the_text() -> None:
    wide, wider = photograph(1200, 600), photograph(1600, 800)
    sizes = drawn(opened(printed(figure(wide) + figure(wider), wide, wider)))
    assert sizes[0] == pytest.approx(sizes[1])


def test_a_picture_much_higher_than_wide_may_be_as_high_as_its_page() -> None:
    tall, portrait = photograph(500, 1500), photograph(1000, 1500)
    (_, high), (_, lower) = drawn(opened(printed(figure(tall) + figure(portrait), tall, portrait)))
    assert high > 1.2 * lower


def test_neighbours_in_a_gallery_stand_side_by_side_unless_they_are_wide() -> None:
    high, square, wide = photograph(600, 900), photograph(500, 500), photograph(900, 600)
    shown = "".join(map(figure, (high, square, wide, high, wide, square)))
    root = tree(f'<section class="gallery">{shown}</section>', high, square, wide)
    gallery = next(root.iter("section"))
    assert [part.tag for part in gallery] == ["div", "figure", "figure", "figure", "figure"]
    assert [part.tag for part in gallery[0]] == ["figure", "figure"]


def test_pictures_outside_of_galleries_keep_their_place() -> None:
    high = photograph(600, 900)
    assert not [div for div in tree(figure(high) * 2, high).iter("div") if div.find("figure")]
