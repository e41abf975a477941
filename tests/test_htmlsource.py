"""What browsers show of odd markup is read, though libxml2 by itself would drop it."""

import pytest

from exporter import dom, export
from exporter.limits import USUAL
from exporter.model import Capture, Page
from exporter.settings import Settings

BEFORE = (
    "<p>The ferry went over without a light, as it had done for years, and nobody asked why.</p>"
)
AFTER = "<p>By morning the river had taken back its silence, and the keeper put out his lamps.</p>"


class Nothing:
    """No side files."""

    def find(self, url: str) -> bytes | None:
        del url
        return None


def text_of(inside: str) -> str:
    html = f"<html><head><title>Ferry</title></head><body><article>{BEFORE * 3}{inside}{AFTER * 2}"
    capture = Capture("page.html", "html", "0" * 64, None)
    article = export.prepare(Page(html, None, None, capture, Nothing()), Settings())
    return dom.plain_text(article.body)


@pytest.mark.parametrize(
    "between",
    [
        '<embed src="a.swf" title="a>b">',
        "<EMBED src=a.swf/>",
        "<video><source src=a.mp4><track src=a.vtt></video>",
        "</body></html>",
        "<img/src=x/onerror=y()><svg/onload=y()>",
        "<svg><g><circle r=4>",
        f"<svg>{'<g>' * (3 * USUAL.tree_depth)}</svg>",
        f"<svg>{'<g>' * 3_000}{'</g>' * 3_000}</svg>",
        "<a <a <a>",
        "<p>" + "".join(f'<a href="https://a.example/{n}">so</a> ' for n in range(400)) + "</p>",
        "<p>" + "".join(f'<sup><a href="#n{n}">{n}</a></sup>' for n in range(400)) + "</p>",
    ],
)
def test_what_follows_odd_markup_is_read(between: str) -> None:
    assert text_of(between).count("By morning the river had taken back its silence") == 2


def test_html_in_a_drawing_that_may_hold_it_stays_there() -> None:
    drawing = f"<svg><foreignObject>{BEFORE.replace('ferry', 'barge')}</foreignObject></svg>"
    assert "silence" in text_of(drawing)
    assert "The barge went" not in text_of(drawing)
