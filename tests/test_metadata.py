"""What is read from a page's markup about its article, and where each field came from."""

import json
from collections.abc import Mapping

import pytest

from exporter.clean import dates, metadata, names, tree
from exporter.model import Capture, Metadata, Page


class Nothing:
    def find(self, url: str) -> bytes | None:
        del url
        return None


def read(
    head: str, body: str = "", url: str | None = "https://post.example.org/2024/ferry"
) -> Metadata:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    page = Page(html, url, None, Capture("page.html", "html", "0" * 64), Nothing())
    return metadata.collect(tree.parse(html), page)


def ld(node: Mapping[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Par Jean Dupont et Marie Le Goff", ["Jean Dupont", "Marie Le Goff"]),
        ("Von Eva Müller und Jan Groß", ["Eva Müller", "Jan Groß"]),
        ("ANN LEE, JEAN DUPONT and ÉVA NAGY", ["Ann Lee", "Jean Dupont", "Éva Nagy"]),
        ("Ann Lee & Jean Dupont", ["Ann Lee", "Jean Dupont"]),
        ("Ann Lee, staff writer", ["Ann Lee"]),
        ("Ann Lee - The Harbour Post", ["Ann Lee"]),
        ("Ann Lee (in Moscow)", ["Ann Lee"]),
        ("Lee, Ann", ["Ann Lee"]),
        ("Byron Anderson", ["Byron Anderson"]),
        ("Deborah Vonnegut", ["Deborah Vonnegut"]),
        ("https://www.facebook.com/annlee", []),
        ("The Harbour Post", []),
        ("admin", []),
        ("Ann Lee | Published on 3 May 2024", ["Ann Lee"]),
        ("Ann Lee (avec Jean Dupont et Eva Roy)", ["Ann Lee", "Jean Dupont", "Eva Roy"]),
        ("Ann Lee,Jean Dupont", ["Ann Lee", "Jean Dupont"]),
        ("Von Eva Müller, dpa", ["Eva Müller"]),
        ("AFP", ["AFP"]),
        ("Publié par Anne Le Dantec à 18:30", ["Anne Le Dantec"]),
        ("By Ann Lee March 3, 2024", ["Ann Lee"]),
        ("Erstellt von Eva Müller", ["Eva Müller"]),
        ("", []),
    ],
)
def test_people_in_a_byline(raw: str, people: list[str]) -> None:
    assert list(names.people([raw], site="The Harbour Post")) == people


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-10-03T06:30:00+02:00", "2024-10-03T06:30:00+02:00"),
        ("2024-10-03T06:30:00.123Z", "2024-10-03T06:30:00+00:00"),
        ("2024-10-03 06:30", "2024-10-03T06:30:00"),
        ("2024-10-03", "2024-10-03"),
        ("20241003", "2024-10-03"),
        ("Thu, 03 Oct 2024 06:30:00 GMT", "2024-10-03T06:30:00+00:00"),
        ("Publié le 3 octobre 2024 à 6h30", "2024-10-03T06:30:00"),
        ("1er août 2024", "2024-08-01"),
        ("October 3, 2024 at 6:30 pm", "2024-10-03T18:30:00"),
        ("3rd Oct. 2024", "2024-10-03"),
        ("3. März 2024, 18:05 Uhr", "2024-03-03T18:05:00"),
        ("3 de octubre de 2024", "2024-10-03"),
        ("3 ottobre 2024", "2024-10-03"),
        ("3 de março de 2024", "2024-03-03"),
        ("3 maart 2024", "2024-03-03"),
        ("03/10/2024", "2024-10-03"),
        ("10/23/2024", "2024-10-23"),
        ("2024年10月3日", "2024-10-03"),
        ("October 2024", None),
        ("31/02/2024", None),
        ("version 1.2.3", None),
        ("1727930000", None),
    ],
)
def test_dates_as_pages_write_them(written: str, iso: str | None) -> None:
    assert dates.parse(written) == iso


def test_american_pages_put_the_month_first() -> None:
    assert dates.parse("03/10/2024", month_first=True) == "2024-03-10"


def test_an_address_may_say_the_day_first() -> None:
    assert dates.from_url("https://post.example.org/news/29-10-2024") == "2024-10-29"
    assert dates.from_url("https://post.example.org/from-12-13-2024-on") is None


def test_dates_in_addresses_come_last() -> None:
    assert dates.from_url("https://x.example/2024/10/03/ferry") == "2024-10-03"
    assert dates.from_url("https://x.example/2024/10/ferry") is None
    assert read("", url="https://x.example/2024/10/03/ferry").provenance["published"] == "url"


@pytest.mark.parametrize(
    "title",
    [
        "The last boat of the season | The Harbour Post",
        "The last boat of the season - The Harbour Post",
        "The last boat of the season – The Harbour Post",
        "The Harbour Post: The last boat of the season",
        "The last boat of the season » The Harbour Post",
        "The Harbour Post — The last boat of the season",
    ],
)
def test_a_title_drops_the_name_of_the_site(title: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="The Harbour Post">'
    assert read(head).title == "The last boat of the season"


@pytest.mark.parametrize(
    "title", ["Jean-Paul Sartre: a life", "Paris – Dakar, forty years on", "The 10:30 ferry"]
)
def test_a_title_keeps_its_own_dashes_and_colons(title: str) -> None:
    assert read(f"<title>{title}</title>").title == title


def test_the_headline_on_the_page_is_preferred_when_it_agrees() -> None:
    found = read(
        "<title>Last boat of season</title>"
        '<meta property="og:title" content="Last boat of the season">',
        "<h1>The Harbour Post</h1><h1>The last boat of the season</h1>",
    )
    assert found.title == "The last boat of the season"
    assert found.provenance["title"] == "h1"


def test_json_ld_is_trusted_before_meta_and_meta_before_markup() -> None:
    node = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Lee"}}
    meta = '<meta name="author" content="Jean Dupont">'
    body = '<h1>Boat</h1><p class="byline">By Eva Nagy</p>'
    assert read(ld(node) + meta, body).byline == ("Ann Lee",)
    assert read(meta, body).byline == ("Jean Dupont",)
    assert read("", body).byline == ("Eva Nagy",)
    assert read("", body).provenance["byline"] == "byline"


def test_authors_in_a_graph_are_found_by_their_id() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "Boat", "author": {"@id": "#ann"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        ]
    }
    assert read(ld(graph)).byline == ("Ann Lee",)


def test_the_node_of_this_page_is_chosen_among_teasers() -> None:
    nodes = [
        {"@type": "NewsArticle", "url": "https://post.example.org/other", "author": "Eva Nagy"},
        {"@type": "NewsArticle", "url": "https://post.example.org/2024/ferry", "author": "Ann Lee"},
    ]
    assert read(ld({"@graph": nodes})).byline == ("Ann Lee",)


def test_broken_json_ld_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert read(head + "<title>Boat trip</title>").title == "Boat trip"


def test_the_canonical_address_loses_what_counts_readers() -> None:
    found = read('<link rel="canonical" href="/2024/ferry?utm_source=rss&page=2#top">')
    assert found.url == "https://post.example.org/2024/ferry?page=2"
    assert found.provenance["url"] == "canonical"


def test_an_author_beside_a_teaser_is_not_the_author() -> None:
    body = '<h1>Boat</h1><aside class="related"><p class="author">Eva Nagy</p></aside>'
    assert read("", body).byline == ()


def test_a_nickname_is_a_name_where_the_page_says_so() -> None:
    author = ld({"@type": "Recipe", "author": {"@type": "Person", "name": "pearfan7"}})
    assert read(author).byline == ("pearfan7",)
    assert read("", '<h1>Pears</h1><p class="byline">pearfan7</p>').byline == ("pearfan7",)


def test_an_organisation_signs_only_when_no_person_does() -> None:
    head = '<meta name="author" content="Pear Growers Foundation">'
    body = "<h1>How pears are grown</h1><p>By Ann Lee</p>"
    assert read(head, body).byline == ("Ann Lee",)
    assert read(head).byline == ("Pear Growers Foundation",)


def test_a_site_that_signs_its_pages_is_their_author_when_nobody_else_is() -> None:
    head = '<meta property="og:site_name" content="Ann Lee"><meta name="author" content="Ann Lee">'
    assert read(head).byline == ("Ann Lee",)


def test_all_authors_are_taken_where_json_ld_knows_the_first_only() -> None:
    first = ld({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Lee"}})
    assert read(first + '<meta name="author" content="Ann Lee,Eva Roy">').byline == (
        "Ann Lee", "Eva Roy",
    )  # fmt: skip


def test_a_heading_that_leads_home_is_the_name_of_the_site() -> None:
    head = "<title>The Harbour Years » The last boat of all</title>"
    body = '<h1><a href="/">The Harbour Years</a></h1><h2>The last boat of all</h2>'
    assert read(head, body).title == "The last boat of all"


def test_a_heading_to_which_the_page_adds_the_name_of_the_site_is_whole() -> None:
    head = (
        '<meta property="og:site_name" content="Pears24">'
        "<title>Pears – how to keep them in winter | Pears24</title>"
    )
    body = "<h1>Pears – how to keep them in winter</h1>"
    assert read(head, body).title == "Pears – how to keep them in winter"


def test_a_day_right_above_the_headline_is_the_day_of_publication() -> None:
    body = "<div><p>May 23, 2024</p><span>Post</span><h1>The last boat of all</h1></div>"
    assert read("<title>The last boat of all</title>", body, None).published == "2024-05-23"


def test_a_date_marked_as_the_articles_may_stand_in_its_foot() -> None:
    line = '<time itemprop="datePublished" datetime="2024-05-23">23.05.2024</time>'
    assert read("", f'<div class="footer">{line}</div>', None).published == "2024-05-23"
    assert read("", f'<div class="related">{line}</div>', None).published is None


def test_an_empty_page_says_nothing() -> None:
    found = read("", url=None)
    assert (found.title, found.byline, found.published, found.url) == ("", (), None, None)
