"""Word evidence never eats an article: beyond 30 % of its words it is dropped, with a note."""

import pytest
from bs4 import BeautifulSoup, Tag

from exporter import dom
from exporter.clean import clean
from exporter.clean.context import context_of
from exporter.clean.guard import guard
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict
from exporter.model import Capture, Learned, Metadata, Page, Recurrence
from exporter.settings import Settings
from test_recurrence import PLEAS, SITE, TEASER, Nothing, html, sentences

WORDS = 30


def paragraph(number: int) -> str:
    """Give a paragraph of so many words, a sentence of its own."""
    return " ".join([f"Word{number},", *["wall"] * (WORDS - 2), "end."])


@pytest.fixture
def root() -> Tag:
    text = "".join(f"<p>{paragraph(number)}</p>" for number in range(10))
    found = BeautifulSoup(f"<article>{text}<p>A last line.</p></article>", "lxml").article
    assert found is not None
    return found


def context(root: Tag) -> Context:
    return context_of(root, Metadata(title="Wall"), Settings(), Learned())


def condemned(root: Tag, count: int, *, guarded: bool = True) -> list[Verdict]:
    chosen = root.find_all("p")[:count]
    return [Verdict(p, "phrase:x", "drawn", 1.0, guarded=guarded) for p in chosen]


def test_up_to_thirty_percent_it_stands(root: Tag) -> None:
    verdicts = condemned(root, 3)
    assert guard(root, verdicts, context(root)) == (verdicts, None)


def test_beyond_thirty_percent_it_is_dropped_and_told(root: Tag) -> None:
    standing, told = guard(root, condemned(root, 4), context(root))
    assert list(standing) == []
    assert told == "would have taken 120 of 300 words"


def test_what_is_not_word_evidence_stands_whatever_it_takes(root: Tag) -> None:
    firm = condemned(root, 9, guarded=False)
    assert guard(root, firm, context(root)) == (firm, None)


def test_what_firm_evidence_takes_is_not_counted_against_words(root: Tag) -> None:
    verdicts = [*condemned(root, 5, guarded=False), *condemned(root, 7)]
    assert guard(root, verdicts, context(root)) == (verdicts, None)


def test_when_words_are_dropped_firm_evidence_still_stands(root: Tag) -> None:
    last = root.find_all("p")[-2]
    drop = Verdict(last, "user:drop", "p", decision=Decision(Act.REMOVE, Rank.USER))
    standing, told = guard(root, [*condemned(root, 8), drop], context(root))
    assert (list(standing), told is not None) == ([drop], True)


def test_what_stands_after_the_last_paragraph_does_not_count(root: Tag) -> None:
    for number in range(40):
        line = BeautifulSoup(f"<p>Share line {number}</p>", "lxml").p
        assert line is not None
        root.append(line)
    around = context(root)
    tail = [Verdict(p, "phrase:x", "drawn", 1.0, guarded=True) for p in root.find_all("p")[10:]]
    assert guard(root, tail, around) == (tail, None)


def page(number: int) -> Page:
    return Page(html(number), None, None, Capture("page.html", "html", "0" * 64), Nothing())


def learned(*texts: str) -> Learned:
    """Give a file of an earlier run that calls these texts boilerplate."""
    found = Recurrence(pages=12, of=12, middle=12, source="wrong.json")
    return Learned({SITE: {dom.fingerprint(text): found for text in texts}})


def test_through_the_pipeline_an_article_survives_what_would_eat_it() -> None:
    wrong = learned(TEASER, *PLEAS, *sentences(0)[:3])
    article = clean(page(0), Settings(), wrong)
    notes = {note.code: note.detail for note in article.notes}
    assert "would have taken" in notes["guard"]
    text = dom.squash(dom.plain_text(article.body))
    assert all(dom.squash(sentence) in text for sentence in sentences(0))
    assert not any("recurring" in removal.reason for removal in article.ledger)
    assert {one.why for one in article.spared if "recurring" in one.evidence} == {"guard"}


def test_through_the_pipeline_a_little_goes_without_a_note() -> None:
    article = clean(page(0), Settings(), learned(TEASER, *PLEAS))
    assert "guard" not in {note.code for note in article.notes}
    assert TEASER in {removal.text for removal in article.ledger}
