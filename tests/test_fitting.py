"""A figure that almost fits on its page is set smaller there, not moved to leave the page white."""

from collections.abc import Iterator

import pikepdf
import pytest

from printing import opened, photograph, printed

FULL = 0.76 * 148 * 96 / 25.4  # px, the width of the text
LINE = "<p>The river was low that year.</p>"
CAPTION = "<figcaption>The lock at noon, when the barges wait for water.</figcaption>"


def drawn(lines: int, width: int, height: int) -> list[list[tuple[float, float]]]:
    """Give the size in px of each picture on each page, after that many lines of text."""
    photo = photograph(width, height)
    figure = f'<figure><img src="asset:{photo.key}" alt="The lock"/>{CAPTION}</figure>'
    return [
        [_size(matrix) for matrix in matrices(page)]
        for page in opened(printed(LINE * lines + figure, photo)).pages
    ]


def matrices(page: pikepdf.Page) -> Iterator[list[float]]:
    """Give the matrix that each picture of a page is drawn by."""
    matrix: list[float] = []
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "cm":
            matrix = [float(str(number)) for number in step.operands]
        elif str(step.operator) == "Do":
            yield matrix


def _size(matrix: list[float]) -> tuple[float, float]:
    return abs(matrix[0]), abs(matrix[3])


def test_a_figure_with_room_has_its_full_size() -> None:
    ((size,), *_) = drawn(3, 900, 600)
    assert size[0] == pytest.approx(FULL, rel=0.01)  # the width of the text


def test_a_figure_that_lacks_a_little_room_is_smaller_and_keeps_its_shape() -> None:
    ((size,), *_) = drawn(13, 900, 600)
    assert 0.55 * FULL <= size[0] < 0.95 * FULL
    assert size[0] / size[1] == pytest.approx(1.5, rel=0.01)


def test_a_figure_that_lacks_much_goes_to_the_next_page_and_is_whole_there() -> None:
    first, second, *_ = drawn(24, 900, 600)
    assert first == []
    assert second[0][0] == pytest.approx(FULL, rel=0.01)


def test_no_figure_is_parted_from_its_caption_wherever_it_falls() -> None:
    for lines in range(8, 28, 3):
        pages = drawn(lines, 600, 900)
        assert sum(map(len, pages)) == 1
