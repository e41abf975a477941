# ruff: noqa: E501  (a page's lines are long)
"""What is there to be pressed goes: it says what it does, not what the article says."""

import pytest
from benchmarks.quality import page_of

from exporter.clean import clean
from exporter.model import Article, Learned
from exporter.settings import Settings

TOLD = "The ferry crosses the river every morning, and nobody in the village knows since when it has done so, or who paid for the first boat. "
MORE = "A second boat was bought in spring, smaller than the first, and it has lain at the landing since then without a captain or a licence. "
ADDRESS = "https://news.example/2020/ferry"


def article_of(body: str, head: str = "") -> Article:
    page = f"<html lang='en'><head><title>Ferry</title>{head}</head><body><article><h1>Ferry</h1>{body}</article></body></html>"
    return clean(page_of(page.encode(), ADDRESS), Settings(), Learned())


def between(middle: str) -> str:
    return article_of(f"<p>{TOLD * 2}</p>{middle}<p>{MORE * 2}</p>").body


@pytest.mark.parametrize(
    "control",
    [
        "<div class='wp-block-button'><a href='/shop'>Open the ticket hall</a></div>",
        "<p><a class='btn btn-primary' href='/shop'>Book the crossing now</a></p>",
        "<div class='cta'><p><a href='/shop'>Get the timetable</a></p></div>",
        "<div>Image 2 of 5</div>",
        "<p>1 of 6</p>",
        "<p>[gallery ids=“12,13” link=“none”]</p>",
        "<p>[button link=“/kit” type=“big”]Send us your kit[/button]</p>",
        "<p><a href='https://shop.example/1'>$129 at Boathouse</a></p>",
        "<p>RANKINGS: <a href='/a'>Rivers</a> | <a href='/b'>Lakes</a> | <a href='/c'>Seas and bays</a></p>",
        "<div class='d-none d-print-block'><div>Quotation: Ferry (2020) retrieved from this address in print.</div></div>",
        "<div class='video-controls'><ul><li>Off</li><li>English</li></ul></div>",
    ],
)
def test_a_control_between_two_paragraphs_goes(control: str) -> None:
    body = between(control)
    assert body.count("<p>") == 2, body


@pytest.mark.parametrize(
    "kept",
    [
        "<p>See <a href='/shop' class='button-link'>the ticket hall</a>, which the parish built in a single summer.</p>",
        "<p>Only 2 of the 5 boats float, said the warden.</p>",
        "<p>He writes [sic] “boot”, and means the boat.</p>",
        "<p>$129 at the door was too much for all but three of them.</p>",
        "<table><tr><th>Boat</th><th>Plan</th></tr><tr><td>One</td><td><a href='/1'>Read the plan</a></td></tr><tr><td>Two</td><td><a href='/2'>Read the plan</a></td></tr><tr><td>Three</td><td><a href='/3'>Read the plan</a></td></tr></table>",
        "<p>The fine print said nothing of the sort, and neither | nor | helped them.</p>",
        "<h2><a href='/2020/crew'>A crew of three</a></h2>",
    ],
)
def test_what_only_looks_like_a_control_stays(kept: str) -> None:
    last = kept.split("</", maxsplit=1)[0].rpartition(">")[2].split()[-1]
    assert last in between(kept)


def test_a_link_that_says_the_same_under_each_entry_goes() -> None:
    entries = "".join(
        f"<h2>Boat {name}</h2><p>{TOLD}</p><p><a href='/{n}'>Read the story</a></p>"
        for n, name in enumerate(("Ada", "Bea", "Cleo"))
    )
    body = article_of(entries).body
    assert "Read the story" not in body
    assert "Boat Cleo" in body


def test_a_list_in_which_the_same_link_stands_in_a_row_stays() -> None:
    items = "<p><a href='/a'>the same boat</a></p>" * 4
    assert "the same boat" in between(f"<p>They all took:</p>{items}")


def test_times_of_a_live_report_stay_and_a_lone_one_goes() -> None:
    ticker = f"<p>10 p.m.</p><p>{TOLD}</p><p>9:30 p.m.</p><p>{MORE}</p><p>8 p.m.</p><p>{TOLD}</p>"
    assert "10 p.m." in article_of(ticker).body
    assert "10 p.m." not in article_of(f"<p>10 p.m.</p><p>{TOLD}</p><p>{MORE}</p>").body


def test_a_byline_is_known_by_its_class_even_with_an_agency_behind_it() -> None:
    head = "<meta name='author' content='Ann Smith'>"
    line = "<p class='byline'>Ann Smith, River Press Agency</p>"
    assert "River Press" not in article_of(f"{line}<p>{TOLD * 2}</p><p>{MORE}</p>", head).body
    told = "<p>Ann Smith, River Press Agency, was the first to cross.</p>"
    assert "first to cross" in article_of(f"{told}<p>{TOLD * 2}</p><p>{MORE}</p>", head).body


def test_a_byline_whose_first_word_is_glued_to_the_name_goes() -> None:
    head = "<meta name='author' content='Ann Smith'>"
    assert "ByAnn" not in article_of(f"<div>ByAnn Smith</div><p>{TOLD * 2}</p>", head).body


def test_a_section_link_above_the_article_goes_and_a_list_does_not() -> None:
    assert "Rivers" not in article_of(f"<p><a href='/rivers'>Rivers</a></p><p>{TOLD * 2}</p>").body


def test_a_long_paragraph_about_the_author_goes_when_its_box_stands_after_the_article() -> None:
    about = (
        "Senior boatman and contributor of the paper: someone who has been on the water since 1998. "
        * 5
    )
    box = f"<div class='author-box'><div class='author-bio'><p>{about}</p></div></div>"
    assert "Senior boatman" not in article_of(f"<p>{TOLD * 4}</p><p>{MORE * 4}</p>{box}").body
    first = article_of(f"{box}<p>{TOLD * 4}</p><p>{MORE * 4}</p>").body
    assert "Senior boatman" in first


def test_a_box_that_is_one_link_to_another_page_goes() -> None:
    box = "<a href='/2020/mayor'><div><div><h3>Mayor counts the boats again</h3></div></div></a>"
    assert "Mayor" not in article_of(f"<p>{TOLD * 4}</p>{box}<p>{MORE * 4}</p>").body
    entry = "<h3><a href='/2020/mayor'>Mayor counts the boats again</a></h3>"
    assert "Mayor" in article_of(f"<p>{TOLD * 4}</p>{entry}<p>{MORE * 4}</p>").body


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("<table><tr><th>Boat</th><th>Lost</th></tr><tr><td>Anna</td><td>3 of 10</td></tr><tr><td>Berta</td><td>Premium</td></tr></table>", ("3 of 10", "Premium")),
        ("<h2>1 of 6</h2><p>It began with rain, and nobody had a coat.</p>", ("1 of 6",)),
        ("<dl><dt>Ticket</dt><dd><a href='/t'>12 €</a></dd></dl>", ("12",)),
        ("<p>Text: Ann Lee | Photos: <a href='/b'>Bob Ray Miller</a> | Translation: <a href='/c'>Cy Young</a></p>", ("Bob Ray",)),
        ("<p>It was a <span class='tooltip-text'>toue cabanée</span> of ten metres.</p>", ("toue cabanée",)),
        ("<p>One of them reads:</p><p>#Loire #Bac</p>", ("#Bac",)),
        ("<div><h3>The wheel house</h3><p>It was built in spring, and it stands there still.</p><p><a href='/wheel'>Read more</a></p></div>", ("built in spring",)),
        ("<p><a href='https://www.mynews.example/birds'>The birds report of the year</a></p>", ("birds report",)),
    ],
    ids=["cells", "a part's heading", "a term", "credits", "a word of a sentence", "quoted tags", "a section", "another site"],
)  # fmt: skip
def test_what_belongs_to_the_text_stays(kept: str, words: tuple[str, ...]) -> None:
    body = between(kept)
    assert all(word in body for word in words), body


def test_the_speakers_of_an_interview_stay() -> None:
    turns = "".join(
        f"<p><a href='/people/jr'>Jane Roe</a></p><p>We went on the {n} tide, all of us.</p>"
        for n in ("first", "second", "third")
    )
    assert between(turns).count("Jane Roe") == 3


def test_a_standfirst_that_holds_the_article_is_none() -> None:
    said = "The boat has been late for six years now, they say."
    page = f"<html lang='en'><head><title>Ferry</title></head><body><h1>Ferry</h1><div class='lead'>{said} <article><p>{TOLD * 2}</p><p>{MORE}</p></article></div></body></html>"
    article = clean(page_of(page.encode(), ADDRESS), Settings(), Learned())
    assert "without a captain" in article.body


def test_the_caption_of_a_table_of_code_is_not_lost() -> None:
    table = "<table><caption>Listing seven: boats</caption><tr><td class='blob-code'>a = 1</td></tr><tr><td class='blob-code'>b = 2</td></tr></table>"
    assert "Listing seven" in between(table)
