"""Which addresses are those of one page."""

import pytest

from exporter import urls

SAME = [
    ("https://www.a.example/b/", "http://a.example/b"),
    ("https://a.example/b?utm_source=rss", "https://a.example/b#part"),
    ("https://A.example:443/b", "https://a.example/b"),
    ("https://a.example/caf%C3%A9", "https://a.example/café"),
    ("https://a.example/b?p=7&fbclid=x", "https://a.example/b?p=7"),
]
OTHER = [
    ("https://a.example/b", "https://a.example/c"),
    ("https://a.example/?p=7", "https://a.example/?p=8"),
    ("https://a.example/b", "https://b.example/b"),
    ("https://a.example:8080/b", "https://a.example/b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_page(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_pages(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


@pytest.mark.parametrize("url", ["mailto:a@b.example", "#note", "", "https://[", "file:///a"])
def test_what_is_no_page_has_no_key(url: str) -> None:
    assert urls.key(url) == ""
