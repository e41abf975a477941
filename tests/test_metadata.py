"""What is read from a page's markup about its article, and where each field came from."""

import json
from collections.abc import Mapping

import pytest

from exporter.clean import metadata, tree
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


def test_dates_in_addresses_come_last() -> None:
    assert read("", url="https://x.example/2024/10/03/ferry").provenance["published"] == "url"


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


@pytest.mark.parametrize(
    ("saved", "canonical"),
    [
        ("http://post.example.org/2024/ferry/", "index.html"),
        ("http://post.example.org/2024/ferry", "ferry.html"),
    ],
)
def test_the_file_that_a_mirror_makes_of_a_canonical_address_is_none(
    saved: str, canonical: str
) -> None:
    assert read(f'<link rel="canonical" href="{canonical}">', url=saved).url == saved


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


def test_what_a_page_says_of_its_dates_stands_before_what_it_shows() -> None:
    stated = '<meta property="article:published_time" content="2024-05-23T10:00:00+02:00">'
    shown = '<h1>Boat</h1><p><time datetime="2024-05-24">24 May 2024</time></p>'
    assert read(stated, shown).published == "2024-05-23T10:00:00+02:00"
    assert read("", shown).published == "2024-05-24"


def test_a_label_of_its_own_says_what_a_date_is() -> None:
    body = "<h1>Boot</h1><div><span>Erschienen am:</span><h4>13.10.2024</h4></div>"
    found = read('<meta name="date" content="2024-10-15">', body)
    assert found.published == "2024-10-13"
    assert found.provenance["published"] == "label"


def test_hours_ago_are_counted_from_the_day_of_saving_or_not_at_all() -> None:
    html = "<html><body><h1>Boat</h1><p>14 hours ago</p></body></html>"
    capture = Capture("page.html", "html", "0" * 64)
    for saved, day in (("2024-05-23T10:00:00+02:00", "2024-05-22"), (None, None)):
        page = Page(html, None, saved, capture, Nothing())
        assert metadata.collect(tree.parse(html), page).published == day


def test_the_headline_may_stand_twice_and_its_date_below_either() -> None:
    bar = "<nav><h1>The last boat of all</h1></nav>" + "<i>x</i>" * 80
    body = bar + "<h1>The last boat of all</h1><p>May 23, 2024</p>"
    assert read("<title>The last boat of all</title>", body, None).published == "2024-05-23"


FAR = """<div><a class="logo"><p class="subtitle">It took the letters along.</p></a></div>
<main><article><section><div><h1>Boat</h1></div></section></article></main>"""


@pytest.mark.parametrize(
    ("markup", "subtitle"),
    [
        ('<header><h1>Boat</h1><p class="dek">It took the letters along.</p></header>', True),
        ('<header><h1>Boat</h1><p class="dek">Commentary</p></header>', False),
        (FAR, False),
    ],
)  # fmt: skip
def test_a_subtitle_is_a_sentence_by_the_headline(markup: str, subtitle: bool) -> None:  # noqa: FBT001
    said = "It took the letters along." if subtitle else None
    assert read("", markup).subtitle == said


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("boats, Harbour; letters", ["boats", "Harbour", "letters"]),
        ("boats, Boats, #letters", ["boats", "letters"]),
        ("science-fiction, ctp_video, @all-river, type:story", ["science-fiction"]),
        ("The last boat of all, The Harbour Post, boats", ["boats"]),
        ("船 港 手紙", ["船", "港", "手紙"]),
        ("a word, a sentence that says what all of this article and of others is", ["a word"]),
        ("", []),
    ],
)  # fmt: skip
def test_keywords_are_words_for_readers(listed: str, found: list[str]) -> None:
    head = (
        "<title>The last boat of all</title>"
        '<meta property="og:site_name" content="The Harbour Post">'
        f'<meta name="keywords" content="{listed}">'
    )
    assert list(read(head).keywords) == found
