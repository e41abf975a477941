"""A batch tells boilerplate by what recurs across a site, in words that no phrase list knows."""

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import dom
from exporter.batch import survey
from exporter.batch.jobs import Mark, Row
from exporter.batch.learn import Rows
from exporter.clean import clean, metadata, outline, tree
from exporter.clean.paragraphs import isolate
from exporter.model import Article, Capture, Learned, Page, Recurrence
from exporter.settings import Settings
from exporter.urls import host_of

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
SITE = "saltmarsh.example"

# What the site puts into every page or into some; no phrase pack has a word of it.
LEAD_BOX = "The Saltmarsh Lantern burns on whale-free oil and the goodwill of its neighbours."
TEASER = "Still dry? Row over to our tide tables, freshly inked by the harbour cat."
BEFORE_LAST = "Every lantern needs a wick: become one of our three hundred wicks."
PLEAS = (
    "Did this page keep your feet warm? Then hang a lantern in somebody else's window.",
    "Wicks pay four shells a moon and may borrow the rowing boat on Thursdays.",
)
ROTATING = (
    "Knot of the week: the sheepshank, tied by Ottilie in eleven photographs.",
    "Our almanac is out, with a foreword by the lighthouse keeper's aunt.",
    "Come to the mudflat walk, boots provided, eels not guaranteed.",
)
BOX = (
    "<div class='x7'><h3>Under the same moon</h3><ul>"
    "<li><a href='/wicks'>The book of wicks</a></li>"
    "<li><a href='/boats'>Boats that came back</a></li></ul></div>"
)
# What recurs and belongs to the articles
CREDIT = "Photo: Ines Quillfeather / Saltmarsh Archive"
CAPTION = "The harbour at low tide"
QUOTED = "“The sea gives back what it has no use for.”"
QUESTION = "What did the water sound like?"
STOCK = "Nobody at the harbour office wished to be named."

PLACES = (
    "quay", "salt works", "ferry stage", "chapel", "rope walk", "signal hill", "oyster beds",
    "ice house", "sail loft", "dyke", "customs shed", "reed farm",
)  # fmt: skip
PEOPLE = (
    "Marit", "Olwen", "Jonas", "Perpetua", "Anselm", "Wilhelmina", "Casimir", "Thora", "Ludovic",
    "Sunniva", "Bartholomew", "Yrsa",
)  # fmt: skip


SENTENCES = """
When the spring tide reached the {place}, {person} had already carried the ledgers upstairs,
counted the chickens twice and written the height of the water on the door in chalk.

“We have drawn that line since {year},” {person} said, “and each time the {place} stood a hand
deeper, so in the end somebody bought a longer ruler and nobody laughed about it.”

The council has plans for the {place}, drawn after {year} and redrawn ever since, with a wall
that grows on paper by the width of a brick whenever a winter has been mild.

For now {person} sleeps above the {place} with the window open, listening, and says that the water
is a neighbour like any other: it calls late, and it never wipes its feet.
"""


def sentences(number: int) -> list[str]:
    """Give the article's own paragraphs: everything here must stay."""
    names = {"place": PLACES[number], "person": PEOPLE[number], "year": 1900 + number * 7}
    return [" ".join(text.split()) for text in SENTENCES.format(**names).split("\n\n")]


def body(number: int) -> str:
    one, two, three, four = sentences(number)
    stock = f"<p>{STOCK}</p>" if number % 4 == 0 else ""
    return f"""
<p class="k2">{LEAD_BOX}</p>
<p>{one}</p>
<figure><img src="https://{SITE}/{number}.jpg" alt=""><figcaption>{CAPTION}
<span class="credit">{CREDIT}</span></figcaption></figure>
<p><strong>{QUESTION}</strong></p>
<p>{two}</p>
<p>{TEASER}</p>
{stock}
<blockquote><p>{QUOTED}</p></blockquote>
<p>{three}</p>
<p>{BEFORE_LAST}</p>
<p>{four}</p>
<p>{PLEAS[0]}</p>
<p>{ROTATING[number % 3]}</p>
<div>{PLEAS[1]}</div>
{BOX}"""


def html(number: int) -> str:
    title = f"{PEOPLE[number]} and the {PLACES[number]}"
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://www.{SITE}/tides/{number}"></head>
<body><header><a href="/">Saltmarsh Lantern</a></header>
<main><article><h1>{title}</h1>{body(number)}</article></main></body></html>"""


GONE = (
    LEAD_BOX,
    TEASER,
    BEFORE_LAST,
    *PLEAS,
    *ROTATING,
    "Under the same moon",
    "The book of wicks",
)
KEPT = (CREDIT, CAPTION, QUOTED, QUESTION)


class Nothing:
    def find(self, _url: str) -> None:
        return None


def page_of(text: str, name: str = "page.html", url: str | None = None) -> Page:
    return Page(text, url, None, Capture(name, "html", "0" * 64), Nothing())


def learned_from(pages: Iterable[Page]) -> tuple[Rows, list[str]]:
    rows = Rows()
    names = []
    for number, page in enumerate(pages):
        names.append(f"{number}")
        rows.add(survey.survey(page, names[-1]))
    rows.learn()
    return rows, names


def text_of(article: Article) -> str:
    return dom.plain_text(article.body)


@pytest.fixture(scope="module")
def site() -> list[Article]:
    pages = [page_of(html(number)) for number in range(12)]
    rows, names = learned_from(pages)
    with rows:
        return [
            clean(page, Settings(), rows.held(name))
            for page, name in zip(pages, names, strict=True)
        ]


@pytest.mark.parametrize(
    ("said", "squashed"),
    [
        ("Lire l’article (4/12) !", "lirelarticle412"),
        ("ÉTÉ – Straße, Œuvre", "etestrasseœuvre"),
        ("½ km² ﬁn № 3", "12km2finno3"),
        ("Корабль ё", "кораблье"),
        ("\x00\x81_\u0301", ""),
    ],
)
def test_two_texts_are_the_same_whatever_their_case_accents_and_signs(
    said: str, squashed: str
) -> None:
    assert dom.squash(said) == squashed
    assert dom.fingerprint(said) == dom.fingerprint(squashed)


@given(st.text(alphabet=st.one_of(st.characters(max_codepoint=0x2200), st.characters())))
def test_squashing_goes_by_unicode(text: str) -> None:
    folded = unicodedata.normalize("NFKD", text).casefold()
    assert dom.squash(text) == re.sub(r"[\W_]+", "", folded)


def test_every_sentence_of_every_article_stays(site: list[Article]) -> None:
    for number, article in enumerate(site):
        for sentence in sentences(number):
            assert dom.squash(sentence) in dom.squash(text_of(article))


def test_what_the_site_puts_into_its_articles_goes(site: list[Article]) -> None:
    for article in site:
        assert [plea for plea in GONE if plea in text_of(article)] == []


def test_without_learning_it_stays_for_no_phrase_pack_knows_a_word_of_it() -> None:
    article = clean(page_of(html(0)), Settings(), Learned())
    for plea in (LEAD_BOX, TEASER, BEFORE_LAST):
        assert plea in text_of(article)


def test_captions_credits_quotations_and_questions_stay(site: list[Article]) -> None:
    for article in site:
        for kept in KEPT:
            assert dom.squash(kept) in dom.squash(text_of(article)), kept


def test_a_sentence_of_stock_in_a_few_articles_stays(site: list[Article]) -> None:
    assert [number for number in range(12) if STOCK in text_of(site[number])] == [0, 4, 8]


def test_the_ledger_says_how_often_and_where_it_was_learnt(site: list[Article]) -> None:
    evidence = {
        entry.text: entry.evidence for entry in site[5].ledger if "recurring" in entry.reason
    }
    assert evidence[TEASER] == f"in 12 of 12 articles of {SITE}, learnt from this run"
    assert evidence[ROTATING[2]].startswith(f"in 4 of 12 articles of {SITE}")


def test_the_order_of_the_pages_changes_nothing() -> None:
    pages = [page_of(html(number)) for number in range(12)]
    with learned_from(pages)[0] as forward, learned_from(reversed(pages))[0] as backward:
        assert list(forward.learned()) == list(backward.learned())


def test_two_pages_teach_nothing() -> None:
    with learned_from([page_of(html(0)), page_of(html(1))])[0] as rows:
        assert list(rows.learned()) == []


def test_three_captures_of_one_article_teach_nothing() -> None:
    extra = (
        "<p>Seen by {} people who all agreed that it was a fine thing to have seen at last, and"
        " told everybody whom they met on the way home about it, too.</p>"
    )
    copies = [
        page_of(html(3).replace("</article>", extra.format(n) + "</article>")) for n in range(4)
    ]
    renamed = [page_of(html(3).replace("<title>", f"<title>({n}) ")) for n in range(4)]
    for pages in (copies, renamed):
        with learned_from(pages)[0] as rows:
            assert list(rows.learned()) == []


def test_an_ingredient_or_a_heading_that_many_recipes_have_stays() -> None:
    def recipe(number: int) -> Page:
        one, two, three, _ = sentences(number)
        return page_of(
            f"<title>Soup of {PEOPLE[number]}</title>"
            f"<link rel=canonical href=https://{SITE}/s/{number}>"
            f"<article><h1>Soup of {PEOPLE[number]}</h1><p>{one}</p>"
            f"<h2>You need</h2><ul><li>Salt</li><li>{number + 2} onions</li><li>Butter</li></ul>"
            f"<h2>Method</h2><p>{two}</p><p>{three}</p>"
            "<h2>Sources</h2><p>A cook who asked for nothing.</p></article>"
        )

    pages = [recipe(number) for number in range(12)]
    rows, names = learned_from(pages)
    with rows:
        for page, name in zip(pages, names, strict=True):
            kept = text_of(clean(page, Settings(), rows.held(name)))
            for words in ("Salt", "onions", "Butter", "You need", "Method"):
                assert words in kept


def test_the_standard_introduction_of_a_column_stays_in_a_site_that_has_more() -> None:
    intro = (
        "Every second Sunday our gardener answers letters about moss, slugs and neighbours, and "
        "nobody has ever caught her being kind about a lawn, which is why we print her answers."
    )
    pages = []
    for number in range(12):
        text = html(number)
        pages.append(page_of(text.replace(LEAD_BOX, intro) if number < 5 else text))
    rows, names = learned_from(pages)
    with rows:
        assert intro in text_of(clean(pages[0], Settings(), rows.held(names[0])))


def test_pages_of_unknown_address_share_only_what_most_of_them_have() -> None:
    def scraped(number: int) -> Page:
        return page_of(html(number).replace(f"https://www.{SITE}/tides/{number}", ""))

    pages = [scraped(number) for number in range(12)]
    rows, names = learned_from(pages)
    with rows:
        kept = text_of(clean(pages[0], Settings(), rows.held(names[0])))
    assert TEASER not in kept
    assert ROTATING[0] in kept  # four of twelve are not enough


def test_a_batch_of_unrelated_pages_loses_nothing() -> None:
    pages = [page_of(html(number).replace(SITE, f"site{number}.example")) for number in range(12)]
    rows, names = learned_from(pages)
    with rows:
        for page, name in zip(pages, names, strict=True):
            with_, without = (
                clean(page, Settings(), known) for known in (rows.held(name), Learned())
            )
            assert with_.body == without.body
            assert TEASER in text_of(with_)


def test_the_pages_of_one_article_teach_nothing_of_each_other() -> None:
    intro = "Every tide has its clerk, and this is the tale of the one who counted all of them."

    def part(number: int) -> Page:
        text = html(number).replace(LEAD_BOX, intro)
        title = f"{PEOPLE[number]} and the {PLACES[number]}"
        return page_of(text.replace(title, f"The Clerk – Page {number + 1}"))

    with learned_from([part(number) for number in range(5)])[0] as rows:
        assert list(rows.learned()) == []


def test_counts_come_from_articles_not_from_blocks() -> None:
    def row(number: int, title: str) -> Row:
        own = Mark(f"{number:016x}", 0, True, False)  # noqa: FBT003  (a tuple's fields)
        plea = Mark("f" * 16, 1, False, True)  # noqa: FBT003
        return Row(str(number), SITE, title, (own, plea, plea))

    with Rows() as rows:
        for number in range(4):
            rows.add(row(number, f"{number + 10:016x}"))
        rows.learn()
        assert list(rows.learned()) == [(SITE, "f" * 16, Recurrence(4, 4, 0, "this run"))]


def test_the_survey_sees_the_blocks_that_the_cleaner_sees() -> None:
    text = html(0).replace("<p>", "<p>One<br>line <em>and</em> an<a href='/'>other</a><br><br>", 1)
    assert [b.text for b in survey.blocks(survey.parse(text))] == cleaners(text)  # type: ignore[arg-type]


def cleaners(text: str) -> list[str]:
    root = tree.body_of(tree.parse(text))
    isolate(root)
    return [block.text for block in outline.blocks(root)]


@pytest.fixture(scope="module")
def bench() -> list[Page]:
    if not BENCH.is_dir():
        pytest.skip("needs the development pages in ../shared/bench")
    sys.path.insert(0, str(BENCH))
    try:
        import corpus  # type: ignore[import-not-found]  # noqa: PLC0415  (only with the pages)
    finally:
        sys.path.remove(str(BENCH))
    from benchmarks import quality  # noqa: PLC0415

    return [quality.page_of(case.html, case.url) for case in corpus.load()]


def test_on_real_pages_survey_and_cleaner_agree_on_blocks_and_sites(bench: list[Page]) -> None:
    shares = []
    for page in bench[::8]:
        document = survey.parse(page.html)
        assert document is not None
        mine = Counter(block.text for block in survey.blocks(document))
        theirs = Counter(cleaners(page.html))
        shares.append((mine & theirs).total() / max(mine.total(), theirs.total(), 1))
        about = metadata.collect(tree.parse(page.html), page)
        assert survey.survey(page, "").site == (host_of(about.url) or "")
    assert sum(shares) / len(shares) > 0.98


@pytest.fixture(scope="module")
def surveyed(bench: list[Page]) -> list[Row]:
    return [survey.survey(page, str(number)) for number, page in enumerate(bench)]


def test_a_batch_of_unrelated_pages_teaches_nothing(surveyed: list[Row]) -> None:
    sites = {row.site: row for row in surveyed}
    assert len(sites) > 60
    with Rows() as rows:
        for row in surveyed:
            if row is sites[row.site] or not row.site:
                rows.add(row)
        rows.learn()
        assert list(rows.learned()) == []


def test_pages_of_real_sites_lose_no_paragraph(bench: list[Page], surveyed: list[Row]) -> None:
    with Rows() as rows:
        for row in surveyed:
            rows.add(row)
        rows.learn()
        held = [rows.held(row.source) for row in surveyed]
    taught = [pair for pair in zip(bench, held, strict=True) if pair[1].recurring]
    assert len(taught) > 10
    for page, learned in taught[::3]:
        without, with_ = (clean(page, Settings(), known) for known in (Learned(), learned))
        gone = Counter(text_of(without).split("\n")) - Counter(text_of(with_).split("\n"))
        assert [text for text in gone if len(text.split()) > 10] == [], page.url


def convert(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "exporter", "convert", "pages", "-o", "out", "-f", "epub"]
    return subprocess.run(
        [*command, *options], cwd=folder, capture_output=True, text=True, check=False
    )


def removed(folder: Path) -> dict[str, list[str]]:
    report = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    return {
        outcome["input"]: [e["text"] for e in outcome["removed"] if "recurring" in e["reason"]]
        for outcome in report["outcomes"]
    }


def test_a_folder_is_surveyed_learnt_from_and_converted(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(5):
        (tmp_path / "pages" / f"{number}.html").write_text(html(number), encoding="utf-8")
    ran = convert(tmp_path)
    assert (ran.returncode, "learnt" in ran.stderr) == (0, True), ran.stderr
    assert all({TEASER, *PLEAS} <= set(texts) for texts in removed(tmp_path).values())
    learned = json.loads((tmp_path / "out" / "learned.json").read_text("utf-8"))
    assert learned["sites"][SITE][dom.fingerprint(TEASER)] == [5, 5, 5]
    assert convert(tmp_path, "--no-learn", "--no-memory").returncode == 0
    assert not any(removed(tmp_path).values())
