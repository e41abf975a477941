"""Pages of one article that were saved one by one become one article; nothing else does."""

import dataclasses
import json
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from exporter import dom
from exporter.batch import survey
from exporter.batch.series import Leaf, Series
from exporter.clean import clean, joining
from exporter.clean.conservation import lost
from exporter.model import Article, Capture, Learned, Page
from exporter.settings import Settings
from test_recurrence import Nothing

SITE = "https://saltmarsh.example"
INTRO = "Three winters, one wall and a great deal of paper: a story told from the harbour office."
TEXT = """
When the spring tide reached the quay, Marit had already carried the ledgers upstairs, counted the
chickens twice and written the height of the water on the door in chalk.

The council has plans for the quay, drawn a century ago and redrawn ever since, with a wall that
grows on paper by the width of a brick whenever a winter has been mild.

Nobody asked the eels, who moved upstream one night in March without a word to the harbour office,
and came back in June as if nothing at all had happened to them there.

In the end the wall was built of paper, as it had been planned, and stood through two winters
before somebody lit a stove with it on a cold Thursday in February.
"""
PROSE = [" ".join(text.split()) for text in TEXT.split("\n\n")]
MORE = (
    "On page {} of her notebook Marit drew the quay once more, with the tide standing at step"
    " number {} and the gulls counted in a margin that she kept for counting gulls alone."
)
AUTHOR = (
    "Jonas Quill has kept the harbour's ledgers for eleven years and never lost a page of them."
)
FORMS = {
    "page/2/": "{0}/page/{1}/",
    "?page=2": "{0}?page={1}",
    "/2/": "{0}/{1}/",
    "-2.html": "{0}-{1}.html",
}


@dataclasses.dataclass(frozen=True)
class Story:
    """What the pages of one article have in common."""

    path: str = "/tides/quay"
    form: str = "?page=2"
    title: str = "The Quay That Sank"
    pages: int = 3
    pager: bool = True
    day: str = "2021-05-03"

    def url(self, number: int) -> str:
        address = SITE + self.path
        if number == 1:
            return address + (".html" if self.form == "-2.html" else "")
        return FORMS[self.form].format(address, number)

    def html(self, number: int, text: str | None = None, head: str = "") -> str:
        links = " ".join(
            str(other) if other == number else f'<a href="{self.url(other)}">{other}</a>'
            for other in range(1, self.pages + 1)
        )
        mark = f" – Page {number}" if number > 1 else ""
        return f"""<!DOCTYPE html>
<html lang="en"><head><title>{self.title}{mark} | Saltmarsh</title>
<link rel="canonical" href="{self.url(number)}">{head}
<meta property="article:published_time" content="{self.day}T08:00:00Z"></head>
<body><header><a href="/">Saltmarsh</a></header><main><article><h1>{self.title}</h1>
<p class="standfirst">{INTRO}</p>
<figure><img src="/quay.jpg"><figcaption>The quay at low tide</figcaption></figure>
<p>{text or PROSE[number - 1]}<sup><a href="#fn1" id="ref1">1</a></sup></p>
<p>{"" if text else MORE.format(number, number + 6)}</p>
<p>{AUTHOR}</p>
<ol class="footnotes"><li id="fn1">From ledger {number}. <a href="#ref1">↩</a></li></ol>
<p>{f"Pages: {links}" if self.pager else ""}</p></article></main></body></html>"""


STORY = Story()


def page_of(html: str, name: str = "page.html") -> Page:
    return Page(html, None, None, Capture(name, "html", "0" * 64), Nothing())


def article(html: str, name: str = "page.html") -> Article:
    return clean(page_of(html, name), Settings(), Learned())


def pages(*numbers: int, story: Story = STORY) -> list[tuple[int, Article]]:
    return [(number, article(story.html(number), f"{number}.html")) for number in numbers]


@pytest.fixture(scope="module")
def joined() -> Article:
    return joining.join(pages(1, 2, 3))


def test_the_pages_stand_in_order(joined: Article) -> None:
    text = dom.plain_text(joined.body)
    places = [text.index(sentence) for sentence in PROSE[:3]]
    assert places == sorted(places)


def test_what_every_page_says_again_stands_once(joined: Article) -> None:
    text = dom.plain_text(joined.body)
    for said in (INTRO, AUTHOR, "The quay at low tide"):
        assert text.count(said) <= 1
    assert "Pages:" not in text
    assert len(dom.figures(joined.body)) == 1
    assert joined.found["images"] == joined.found["captions"] == 1


def test_notes_keep_to_their_page(joined: Article) -> None:
    dom.validate(joined.body)
    tree = dom.parse(joined.body)
    targets = {element.get("id") for element in tree.iter() if element.get("id")}
    links = [a.get("href", "") for a in tree.iter("a") if a.get("href", "").startswith("#")]
    assert len(links) == 6
    assert {href[1:] for href in links} <= targets


def test_nothing_is_lost_on_the_way(joined: Article) -> None:
    whole = "".join(Story().html(number) for number in (1, 2, 3))
    missing: Counter[str] = Counter()
    for number, part in pages(1, 2, 3):
        assert not lost(Story().html(number), part)
        missing.update("".join(dom.plain_text(part.body).split()))
    missing.subtract("".join(dom.plain_text(joined.body).split()))
    for removal in joined.ledger:
        if removal.reason.startswith("join:"):
            missing.subtract("".join(removal.text.split()))
    assert whole
    assert +missing == Counter()


def test_the_metadata_are_the_first_page_s_with_what_later_ones_know_better() -> None:
    newer = '<meta property="article:modified_time" content="2021-06-0{}T08:00:00Z">'
    story = Story()
    parts = [
        (1, article(story.html(1, head=newer.format(1)))),
        (
            2,
            article(story.html(2, head=newer.format(9) + '<meta name="author" content="Ada Low">')),
        ),
    ]
    about = joining.join(parts).metadata
    assert (about.title, about.url) == ("The Quay That Sank", f"{SITE}/tides/quay")
    assert (about.updated or "").startswith("2021-06-09")
    assert about.byline == ("Ada Low",)
    assert about.words == len(dom.plain_text(joining.join(parts).body).split())


def test_a_page_that_is_missing_between_them_is_told() -> None:
    article_ = joining.join(pages(1, 3))
    codes = {note.code: note.detail for note in article_.notes}
    assert codes["pages-missing"] == "page 2 of 3 is not among the captures"
    assert "more-pages" not in codes


def test_what_goes_on_after_the_last_page_saved_is_told() -> None:
    assert "more-pages" in {note.code for note in joining.join(pages(1, 2)).notes}
    assert "pages-missing" not in {note.code for note in joining.join(pages(1, 2)).notes}


def test_a_page_that_stands_alone_says_so() -> None:
    codes = [{note.code for note in part.notes} for _, part in pages(1, 2, 3)]
    assert "more-pages" in codes[0]
    assert "earlier-pages" not in codes[0]
    assert {"more-pages", "earlier-pages"} <= codes[1]
    assert "more-pages" not in codes[2]


def test_an_article_of_one_page_says_nothing() -> None:
    part = article(Story(pages=1).html(1))
    assert {"more-pages", "earlier-pages"}.isdisjoint(note.code for note in part.notes)


def listing(number: int) -> str:
    """Give a blog's page of that number: its title is the same on every page."""
    posts = "".join(
        f"<article><h2><a href='/p/{number}{k}'>Post {number}{k}</a></h2><p>{text}</p></article>"
        for k, text in enumerate(PROSE)
    )
    return (
        f"<title>Notes – Page {number} | Saltmarsh</title><h1>Notes</h1>"
        f"<link rel=canonical href='{SITE}/blog/page/{number}/'>{posts}"
        f"<a href='{SITE}/blog/page/{number + 1}/' rel=next>Next page</a>"
    )


def gallery(number: int) -> str:
    return (
        f"<title>Boats | Saltmarsh</title><link rel=canonical href='{SITE}/boats?page={number}'>"
        f"<article><h1>Boats</h1><figure><img src=/{number}.jpg><figcaption>Boat {number}, seen "
        f"from the quay on a morning in May</figcaption></figure></article>"
    )


APART = {
    "parts of a series have titles of their own": [
        (Story(title=f"The Quay, part {n}").html(n)) for n in (1, 2)
    ],
    "another day is another article": [
        STORY.html(1), Story(day="2021-05-10").html(2),
    ],
    "pages of comments repeat the article": [STORY.html(1), STORY.html(2, PROSE[0])],
    "a blog's pages list articles": [listing(1), listing(2)],
    "a gallery's pages have no text": [gallery(1), gallery(2)],
    "another author wrote another article": [
        STORY.html(n, head=f'<meta name="author" content="{name}">')
        for n, name in ((1, "Ada Low"), (2, "Olwen High"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("claim", list(APART))
def test_articles_of_similar_addresses_stay_apart(claim: str) -> None:
    found = proposed(*APART[claim])
    parts = [(n, article(html)) for n, html in enumerate(APART[claim], start=1)]
    assert found == [] or not joining.one_article(parts)


def test_a_list_of_articles_is_told_twice_on_the_page_and_in_what_is_left_of_it() -> None:
    assert proposed(listing(1), listing(2)) == []
    body = "".join(f'<h2><a href="/p/{k}">Post {k}</a></h2><p>{p}</p>' for k, p in enumerate(PROSE))
    listed = [
        (n, dataclasses.replace(part, body=body.replace("the", f"the{n}")))
        for n, part in pages(1, 2)
    ]
    assert joining.one_article(listed) == ()
    plain = [(n, dataclasses.replace(p, body=p.body.replace("h2", "h3"))) for n, p in pages(1, 2)]
    assert len(joining.one_article(plain)) == 2


def proposed(*htmls: str) -> list[tuple[Leaf, ...]]:
    with Series() as series:
        for number, html in enumerate(htmls):
            series.add(survey.survey(page_of(html), f"{number}"))
        return series.found()


@pytest.mark.parametrize("form", list(FORMS))
def test_each_form_of_address_is_proposed_in_the_order_of_the_pages(form: str) -> None:
    story = Story(form=form)
    (leaves,) = proposed(story.html(3), story.html(1), story.html(2))
    assert [(leaf.capture, leaf.number) for leaf in leaves] == [("1", 1), ("2", 2), ("0", 3)]
    assert len(joining.one_article(pages(1, 2, 3, story=story))) == 3


@pytest.mark.parametrize(("form", "enough"), [("?page=2", True), ("/2/", False)])
def test_a_number_alone_needs_a_pager(form: str, *, enough: bool) -> None:
    story = Story(form=form, pager=False)
    assert bool(proposed(story.html(1), story.html(2))) is enough


@pytest.mark.parametrize(
    ("numbers", "enough"),
    [((1, 2), True), ((1, 3), True), ((2, 3), True), ((1, 4), False), ((3, 4), False)],
)
def test_more_pages_missing_than_saved_are_too_many(
    numbers: tuple[int, ...], *, enough: bool
) -> None:
    story = Story(pages=4)
    assert bool(proposed(*map(story.html, numbers))) is enough


def test_a_page_saved_twice_is_no_page_more() -> None:
    (leaves,) = proposed(STORY.html(1), STORY.html(2), STORY.html(2))
    assert [leaf.capture for leaf in leaves] == ["0", "1"]


def test_systems_that_count_from_zero() -> None:
    story = dataclasses.replace(STORY, pager=False)
    second, third = (
        story.html(n).replace(f"?page={n}", f"?page={n - 1}") for n in (2, 3)
    )  # fmt: skip
    (leaves,) = proposed(story.html(1), second, third)
    assert [(leaf.capture, leaf.number) for leaf in leaves] == [("0", 1), ("1", 2), ("2", 3)]


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "exporter", *arguments, "--no-memory"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def outcomes(folder: Path) -> dict[str, Any]:
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return {outcome["input"]: outcome for outcome in report["outcomes"]}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give a folder with three pages of an article and one of another, in no good order."""
    (tmp_path / "pages").mkdir()
    for name, number in (("c", 1), ("a", 2), ("b", 3)):
        (tmp_path / "pages" / f"{name}.html").write_text(STORY.html(number), encoding="utf-8")
    other = Story(path="/tides/other", title="A Quay That Floats", pages=1)
    (tmp_path / "pages" / "d.html").write_text(other.html(1, PROSE[3]), encoding="utf-8")
    return tmp_path


def test_a_folder_s_pages_become_one_book_whatever_their_order_and_the_slots(shelf: Path) -> None:
    books = []
    runs = (
        (["pages"], "1"), (["pages"], "2"),
    )  # fmt: skip
    for place, (inputs, slots) in enumerate(runs):
        ran = command(shelf, "convert", *inputs, "-o", f"out{place}", "-f", "epub", "-j", slots)
        assert ran.returncode == 0, ran.stderr
        made = sorted((shelf / f"out{place}").glob("*.epub"))
        books.append([(path.name, path.read_bytes()) for path in made])
    assert len(books[0]) == 2
    assert books[0] == books[1]
    told = outcomes(shelf / "out0")
    assert {name: outcome["status"] for name, outcome in told.items()} == {
        "a.html": "joined", "b.html": "joined", "c.html": "exported", "d.html": "exported",
    }  # fmt: skip
    assert told["c.html"]["joined"] == ["a.html", "b.html"]
    assert told["a.html"]["joined"] == told["b.html"]["joined"] == ["c.html"]
    assert told["d.html"]["joined"] == []


def test_the_order_in_which_they_are_named_changes_nothing(shelf: Path) -> None:
    names = [f"pages/{name}.html" for name in "abc"]
    for place, order in enumerate((names, names[::-1])):
        command(shelf, "convert", *order, "-o", f"out{place}", "-f", "epub")
    one, other = (sorted((shelf / f"out{place}").glob("*.epub")) for place in (0, 1))
    assert [path.name for path in one] == [path.name for path in other]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert len(one) == 1


@pytest.mark.parametrize("how", ["option", "config"])
def test_whoever_wants_the_pages_apart_says_so(shelf: Path, how: str) -> None:
    if how == "config":
        (shelf / "exporter.toml").write_text("join = false\n", encoding="utf-8")
    options = ["--no-join"] if how == "option" else []
    command(shelf, "convert", "pages", "-o", "out", "-f", "epub", *options)
    told = outcomes(shelf / "out")
    assert {outcome["status"] for outcome in told.values()} == {"exported"}
    assert "more-pages" in {note["code"] for note in told["c.html"]["notes"]}


def test_pages_that_turn_out_to_be_two_articles_become_two_books(shelf: Path) -> None:
    for name, number, day in (("a", 2, "2021-05-09"), ("b", 3, "2021-05-10")):
        text = dataclasses.replace(STORY, day=day).html(number)
        (shelf / "pages" / f"{name}.html").write_text(text, encoding="utf-8")
    assert command(shelf, "convert", "pages", "-o", "out", "-f", "epub").returncode == 0
    assert {outcome["status"] for outcome in outcomes(shelf / "out").values()} == {"exported"}
    assert len(list((shelf / "out").glob("*.epub"))) == 4


@pytest.mark.parametrize(
    ("left", "status", "code"),
    [
        ("<p>Sign up for our newsletter!</p><p>Share this article on Facebook!</p>", "failed", 1),
        ("<p>The rest is a picture.</p>", "exported", 0),
    ],
)
def test_a_page_without_the_article_stays_apart_and_the_others_are_joined(
    shelf: Path, left: str, status: str, code: int
) -> None:
    head, _, _ = STORY.html(2).partition("<header>")
    (shelf / "pages" / "a.html").write_text(f"{head}{left}</body></html>", encoding="utf-8")
    ran = command(shelf, "convert", "pages", "-o", "out", "-f", "epub")
    told = outcomes(shelf / "out")
    assert (told["a.html"]["status"], ran.returncode) == (status, code)
    assert told["c.html"]["joined"] == ["b.html"]
    assert "pages-missing" in {note["code"] for note in told["c.html"]["notes"]}


def test_a_capture_that_holds_all_pages_becomes_one_file(shelf: Path) -> None:
    (shelf / "pages" / "d.html").unlink()
    shutil.make_archive(str(shelf / "whole"), "zip", shelf / "pages")
    ran = command(shelf, "convert", "whole.zip", "-o", "whole.epub", "--report", "report.json")
    assert ran.returncode == 0, ran.stderr
    assert zipfile.is_zipfile(shelf / "whole.epub")
    told = outcomes(shelf)
    assert {name: outcome["status"] for name, outcome in told.items()} == {
        "whole.zip/c.html": "exported",
        "whole.zip/a.html": "joined",
        "whole.zip/b.html": "joined",
    }


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_capture_that_holds_other_articles_too_keeps_them(shelf: Path, kind: str) -> None:
    shutil.make_archive(str(shelf / "whole"), kind, shelf / "pages")
    command(shelf, "convert", f"whole.{kind}", "-o", "out", "-f", "epub")
    assert len(list((shelf / "out").glob("*.epub"))) == 2
    assert outcomes(shelf / "out")[f"whole.{kind}/d.html"]["status"] == "exported"


def test_explain_shows_the_article_that_convert_makes(shelf: Path) -> None:
    ran = command(shelf, "explain", "pages", "--json")
    titles = [table["metadata"]["title"] for table in json.loads(ran.stdout)]
    assert sorted(titles) == ["A Quay That Floats", "The Quay That Sank"]
