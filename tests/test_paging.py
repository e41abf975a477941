"""Which page of an article a page is: what its addresses, its pager and its title say."""

from collections.abc import Callable, Iterator

import pytest

from exporter.clean import paging
from exporter.clean.paging import Leads, Link, Turn, bare, readings, turns

STORY = "https://www.example.org/2021/quay"
STEM = "example.org/2021/quay"


@pytest.mark.parametrize(
    ("address", "sure"),
    [
        (f"{STORY}/page/2/", True),
        (f"{STORY}/page/2", True),
        (f"{STORY}/page-2", True),
        (f"{STORY}/page2.html", True),
        (f"{STORY}?page=2", True),
        (f"{STORY}.html?seite=2", True),
        (f"{STORY}/seite-2", True),
        (f"{STORY}?utm_source=x&pagina=2#top", True),
        (f"{STORY}-page-2.html", True),
        (f"{STORY}/2/", False),
        (f"{STORY}/2.html", False),
        (f"{STORY}-2.html", False),
        (f"{STORY}_2.php", False),
        (f"{STORY},2.htm", False),
        (f"{STORY}?p=2", False),
    ],
)
def test_an_address_may_say_which_page_it_is(address: str, *, sure: bool) -> None:
    assert readings(address)[STEM] == (2, sure)


@pytest.mark.parametrize(
    "address",
    [
        f"{STORY}-2/",  # a second post of the same title
        f"{STORY}/comment-page-2/",
        f"{STORY}/2021",
        f"{STORY}2",
        f"{STORY}?id=2",
        f"{STORY}/feed/",
        "https://other.example.org/2021/quay?page=2",
    ],
)
def test_other_addresses_of_a_site_say_nothing_of_the_kind(address: str) -> None:
    assert STEM not in readings(address)


@pytest.mark.parametrize(
    "address", ["https://example.org/page/2/", "https://example.org/", "x", None]
)
def test_a_site_s_first_page_is_no_article(address: str | None) -> None:
    assert "example.org" not in {stem.rstrip("/") for stem in readings(address)}


def test_the_first_page_has_many_addresses() -> None:
    for address in (STORY, f"{STORY}/", f"{STORY}.html", f"{STORY}/index.html", f"{STORY}#top"):
        assert readings(address)[STEM] == (1, False)


@pytest.mark.parametrize(
    "title",
    [
        "Rain – Page 2",
        "Rain (page 2 of 3)",
        "Rain | Seite 2",
        "Page 2: Rain",
        "Rain - Página 2 de 3",
        "Seite 2 von 3 – Rain",
        "Rain, page 2/3",
    ],
)
def test_a_title_is_bared_of_the_page_s_number(title: str) -> None:
    assert bare(title) == "Rain"


@pytest.mark.parametrize(
    "title",
    [
        "The girl on page 3",
        "Rain, part 2",
        "Rain (2/3)",
        "Rain 2",
        "Page 2",
        "Web page 2 of 3 wins",
    ],
)
def test_what_is_a_title_of_its_own_stays(title: str) -> None:
    assert bare(title) == title


def test_the_site_s_name_stays_where_it_stood() -> None:
    assert bare("Rain – Page 2 | Lantern") == "Rain | Lantern"


def link(href: str, says: str = "", rel: str = "") -> Link:
    return Link(href, rel, lambda: says)


def pager(*links: Link) -> Callable[[Leads], Iterator[Link]]:
    """Give what `turns` asks for the links of a page."""
    return lambda leads: (link for link in links if leads(link.href, link.rel))


def test_a_pager_leads_to_numbers_to_words_or_says_next_and_prev() -> None:
    links = pager(
        link(f"{STORY}/2/", "and so on", rel="next"),
        link("/2021/quay/3/", "Page 3"),
        link("4/", "»"),
        link(f"{STORY}/5/", "[5]"),
        link(f"{STORY}/6/", "six more things that happened at the quay"),
        link(f"{STORY}/7/", "8"),
    )
    assert turns([f"{STORY}/"], links) == (Turn(STEM, 1, sure=False, linked=(2, 3, 4, 5)),)


def test_a_later_page_that_names_the_first_as_its_canonical_is_told_by_its_neighbours() -> None:
    neighbours = pager(link(STORY, rel="prev"), link(f"{STORY}?page=3", rel="next"))
    (turn,) = turns([STORY], neighbours)
    assert (turn.number, turn.sure) == (2, True)


def test_the_address_it_was_saved_from_counts_beside_the_canonical_one() -> None:
    found = {turn.stem: turn.number for turn in turns([f"{STORY}?page=2", STORY], pager())}
    assert found[STEM] == 2


def test_lines_of_a_pager_are_told_from_lines_of_a_text() -> None:
    for left in ("Pages: 1", "| |", "", "3"):
        assert paging.counts(left, beside_links=True)
    for line in ("Page 2 of 3", "– Seite 2 –"):
        assert paging.counts(line, beside_links=False)
    for text in ("2", "* * *", "Page two", "Page 2 is missing", "1984"):
        assert not paging.counts(text, beside_links=False)
