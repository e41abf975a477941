# ruff: noqa: E501  (a page's lines are long)
"""What leads away from an article goes, and the article around it stays."""

import pytest
from benchmarks.quality import page_of

from exporter.clean import clean
from exporter.errors import NoArticleError
from exporter.model import Article, Learned
from exporter.settings import Settings

LONG = "The ferry crosses the river every morning, and nobody in the village knows since when it has done so, or who paid for the first boat. "
OTHER = "A second boat was bought in spring, smaller than the first, and it has lain at the landing since then without a captain or a licence. "
ADDRESS = "https://news.example/2020/ferry"


def article_of(body: str, head: str = "") -> Article:
    page = f"<html lang='en'><head><title>Ferry</title>{head}</head><body><article><h1>Ferry</h1>{body}</article></body></html>"
    return clean(page_of(page.encode(), ADDRESS), Settings(), Learned())


def test_headlines_of_the_site_between_two_paragraphs_go_with_their_label() -> None:
    links = "".join(
        f"<li><a href='/2020/{n}'>{t}</a></li>"
        for n, t in enumerate(["School of three opens again", "Mayor counts them all twice"])
    )
    body = article_of(
        f"<p>{LONG * 2}</p><div><h4>Trending News</h4><ul>{links}</ul></div><p>{OTHER * 2}</p>"
    ).body
    assert "School of three" not in body
    assert "Trending" not in body
    assert body.count("<p>") == 2


@pytest.mark.parametrize(
    ("before", "links"),
    [
        ("These are the pages you will need:", "/2020/{}"),
        ("Others have written more about it.", "https://elsewhere.example/2020/{}"),
    ],
    ids=["a list that is introduced", "links to other sites"],
)
def test_a_list_of_links_that_belongs_to_the_text_stays(before: str, links: str) -> None:
    items = "".join(
        f"<li><a href='{links.format(n)}'>How the river was crossed {n}</a></li>" for n in range(2)
    )
    body = article_of(f"<p>{LONG * 2}</p><p>{before}</p><ul>{items}</ul><p>{OTHER * 2}</p>").body
    assert "How the river was crossed 1" in body


def test_a_row_of_cards_goes() -> None:
    cards = "".join(
        f"<div class='item'><img src='/{n}.jpg'><h3><a href='/2020/{n}'>Ship ahoy</a></h3><span>Sailor {n} tells it all</span></div>"
        for n in range(4)
    )
    body = article_of(f"<p>{LONG * 4}</p><div>{cards}</div><p>{OTHER * 4}</p>").body
    assert "tells it all" not in body
    assert "second boat" in body


def test_pictures_with_captions_are_no_cards() -> None:
    items = "".join(
        f"<div class='item'><figure><a href='/2020/{n}'><img src='/{n}.jpg'></a><figcaption>The landing in year {n} of it</figcaption></figure></div>"
        for n in range(4)
    )
    assert "in year 3" in article_of(f"<p>{LONG * 4}</p><div>{items}</div><p>{OTHER}</p>").body


def test_a_plain_label_takes_the_links_after_it_and_no_prose() -> None:
    body = article_of(
        f"<p>{LONG * 3}</p><p>Related articles</p><p><a href='/2020/1'>School opens again soon</a></p><p>{OTHER * 2}</p>"
    ).body
    assert "second boat" in body
    assert "School opens" not in body


def test_the_paragraph_about_the_author_goes_and_an_authors_own_story_stays() -> None:
    head = "<meta name='author' content='Ann Smith'>"
    about = "<p>Ann Smith is a reporter at the paper. She lives by the river.</p>"
    assert "reporter" not in article_of(f"<p>{LONG * 4}</p><p>{OTHER * 4}</p>{about}", head).body
    story = "<p>Ann Smith said nothing when the boat left without her.</p>"
    assert "said nothing" in article_of(f"<p>{LONG * 4}</p><p>{OTHER * 4}</p>{story}", head).body


def test_years_in_a_table_are_no_dates() -> None:
    rows = "".join(
        f"<tr><td>{year}</td><td>{year * 3} crossings</td></tr>" for year in (1975, 1976)
    )
    assert "<td>1975</td>" in article_of(f"<p>{LONG * 3}</p><table>{rows}</table>").body


def test_a_page_of_nothing_but_pleas_holds_no_article() -> None:
    with pytest.raises(NoArticleError):
        article_of("<p>Share this article</p><p>Subscribe to our newsletter</p>")


@pytest.mark.parametrize("plea", ["", "<p>Share this article</p>"])
def test_one_sentence_is_an_article(plea: str) -> None:
    assert "no ferry today" in article_of(f"<p>There is no ferry today.</p>{plea}").body


def test_an_article_tells_how_many_captions_were_found() -> None:
    figure = "<figure><img src='/a.jpg'><figcaption>The landing</figcaption></figure>"
    assert article_of(f"<p>{LONG * 3}</p>{figure}").found == {"images": 1, "captions": 1}


def test_a_row_of_named_cards_needs_no_picture() -> None:
    cards = "".join(
        f"<li class='card'><p>Training</p><h2><a href='/2020/{n}'>Navigating in fog</a></h2><p>Course {n} tells all.</p></li>"
        for n in range(3)
    )
    assert (
        "tells all" not in article_of(f"<p>{LONG * 4}</p><ul>{cards}</ul><p>{OTHER * 4}</p>").body
    )
    steps = cards.replace("class='card'", "class='step'")
    assert "tells all" in article_of(f"<p>{LONG * 4}</p><ul>{steps}</ul><p>{OTHER * 4}</p>").body


def test_opening_paragraphs_before_the_container_join_it_and_captions_do_not() -> None:
    opening = f"<p>{OTHER * 2}</p>"
    container = f"<div class='entry-content'><p>{LONG * 3}</p><p>{LONG * 2}</p></div>"
    page = f"<div class='grid'><h1>Ferry</h1><div>{{}}</div>{container}</div>"
    head = "<title>Ferry</title>"
    whole = f"<html lang='en'><head>{head}</head><body>{page}</body></html>"
    slide = f"<div class='carousel-slide'>{opening}</div>"
    for before, stays in ((opening, True), (slide, False)):
        article = clean(page_of(whole.format(before).encode(), ADDRESS), Settings(), Learned())
        assert ("second boat" in article.body) is stays


def test_an_article_in_boxes_goes_on_after_a_box_of_links() -> None:
    boxes = [
        f"<div class='text'><p>{text}</p></div>" for text in (LONG, OTHER, LONG * 2, OTHER * 2)
    ]
    links = (
        "<div class='rail'><h3>Trending</h3><a href='/2020/1'>School of three opens again</a></div>"
    )
    last = "<div class='text'><p>It has rained since, and the boat is full of frogs.</p></div>"
    assert "full of frogs" in article_of("".join(boxes) + links + last).body
    assert (
        "full of frogs" not in article_of("".join(boxes) + links + last.replace("text", "x")).body
    )


def test_an_excerpt_stands_in_the_title_block_and_not_in_the_text() -> None:
    excerpt = "What is in store for the ferry? In this piece the warden tells it all."
    container = f"<div class='entry-content'><p>{LONG * 3}</p><p>{LONG * 2}</p></div>"
    for name, subtitle in (("post-excerpt", excerpt), ("chapo", None)):
        page = f"<html lang='en'><head><title>Ferry</title></head><body><div><h1>Ferry</h1><div class='{name}'><p>{excerpt}</p></div>{container}</div></body></html>"
        article = clean(page_of(page.encode(), ADDRESS), Settings(), Learned())
        assert article.metadata.subtitle == subtitle
        assert ("in store" in article.body) is (subtitle is None)


def test_a_box_that_ends_with_a_link_to_read_more_goes() -> None:
    box = "<div class='tip'><h4><a href='/2020/knots'>Knots for all</a></h4><p>A bowline holds, a granny slips, and we show you both in a minute.</p><p><a href='/2020/knots'>Read more</a></p></div>"
    assert "bowline" not in article_of(f"<p>{LONG * 4}</p>{box}<p>{OTHER * 4}</p>").body
    plain = box.replace("<a href='/2020/knots'>Knots for all</a>", "Knots")
    assert "bowline" in article_of(f"<p>{LONG * 4}</p>{plain}<p>{OTHER * 4}</p>").body


def test_a_link_with_an_arrow_after_the_article_goes() -> None:
    link = "<p><a href='https://other.example/'>The whole of it in our shop {}</a></p>"
    assert "our shop" not in article_of(f"<p>{LONG * 4}</p>{link.format('&gt;&gt;')}").body


def test_a_last_heading_goes_when_what_it_announced_has_gone_and_else_stays() -> None:
    body = f"<p>{LONG * 3}</p><p>{OTHER * 3}</p><p>{LONG}</p><h3>No wish to row alone?</h3>"
    widget = "<p>Powered by Rowboatrides</p>"
    assert "row alone" not in article_of(body + widget).body
    assert "row alone" in article_of(body).body
    assert "row alone" in article_of(f"{body}<img src='/map.png'>{widget}").body


MARKS = (
    "<table><caption>Which has what</caption><tr><th>Feature<th>A<th>B</tr>"
    "<tr><td>Sail<td>{0}<td></tr><tr><td>Oar<td><td>{0}</tr></table>"
)


@pytest.mark.parametrize("mark", ["x", "<p>x</p>", "Print", "<div>share</div>"])
@pytest.mark.parametrize("behind", ["", f"<p>{OTHER * 3}</p>"], ids=["last", "before prose"])
def test_a_cell_of_data_that_says_what_a_button_says_stays(mark: str, behind: str) -> None:
    article = article_of(f"<p>{LONG * 3}</p><p>{OTHER * 2}</p>{MARKS.format(mark)}{behind}")
    assert [removal.reason for removal in article.ledger] == ["headline"]
    assert article.body.count("<td>") == 4  # two more are empty


def test_a_table_goes_with_the_heading_above_it_as_a_whole() -> None:
    row = "<tr><td><a href='/2020/{0}'>Boat {0}</a></td><td><p>{1}</p></td></tr>"
    rows = "".join(row.format(number, OTHER if number == 1 else "Print") for number in range(3))
    table = f"<table><tr><th>Title<th>What</tr>{rows}</table>"
    kept = article_of(f"<p>{LONG * 5}</p>{table}").body
    assert kept.count("<tr>") == 4
    gone = article_of(f"<p>{LONG * 9}</p><h2>Related articles</h2>{table.replace(OTHER, 'x')}").body
    assert "<table" not in gone
    assert "Boat" not in gone


@pytest.mark.parametrize("behind", ["", f"<p>{OTHER * 3}</p>"], ids=["last", "before prose"])
def test_an_item_that_says_what_a_button_says_stays_in_a_real_list(behind: str) -> None:
    items = "<ul><li>circle</li><li>x</li><li>square</li><li>cross</li></ul>"
    body = article_of(f"<p>{LONG * 3}</p><p>The marks on the boats are:</p>{items}{behind}").body
    assert body.count("<li>") == 4
    bar = "<ul><li>Facebook</li><li>X</li><li>Print</li><li>Harbour</li></ul>"
    assert "Print" not in article_of(f"<p>{LONG * 3}</p><p>{OTHER}</p>{bar}{behind}").body
