"""Pleas come in runs: condemned neighbours at the tail speak against what stands among them."""

from collections.abc import Iterable

import pytest
from bs4 import BeautifulSoup, Tag

from exporter.clean.context import context_of
from exporter.clean.runs import runs
from exporter.clean.verdicts import Context, Verdict, settle
from exporter.model import Learned, Metadata
from exporter.settings import Settings

LONG = (
    "When the spring tide reached the quay, Marit had already carried the ledgers upstairs, counted"
    " the chickens twice and written the height of the water on the door in chalk."
)
DOUBT = 0.5  # too little alone


def article(before: Iterable[str], tail: Iterable[str]) -> tuple[Tag, Context]:
    """Give an article with short lines between its long paragraphs, and a tail."""
    middle = "".join(f"<p>{line}</p>" for line in before)
    after = "".join(f"<p>{line}</p>" for line in tail)
    html = f"<article><p>{LONG}</p>{middle}<p>{LONG} Again.</p>{after}</article>"
    root = BeautifulSoup(html, "lxml").article
    assert root is not None
    return root, context_of(root, Metadata(title="Quay"), Settings(), Learned())


def against(root: Tag, **scores: float) -> list[Verdict]:
    """Give evidence against the lines that say these words."""
    return [
        Verdict(paragraph, "drawn", "the test", scores[paragraph.get_text()])
        for paragraph in root.find_all("p")
        if paragraph.get_text() in scores
    ]


def gone(root: Tag, context: Context, verdicts: list[Verdict]) -> list[str]:
    ledger = settle(root, [*verdicts, *runs(root, verdicts, context)])
    return [removal.text for removal in ledger]


def test_a_line_between_condemned_neighbours_needs_less_evidence_to_go() -> None:
    root, context = article((), ("one", "two", "three"))
    assert gone(root, context, against(root, one=1, two=DOUBT, three=1)) == ["one", "two", "three"]


def test_a_line_after_condemned_neighbours_needs_less_evidence_to_go() -> None:
    root, context = article((), ("one", "two", "three"))
    assert gone(root, context, against(root, one=1, two=1, three=DOUBT)) == ["one", "two", "three"]


def test_a_run_alone_removes_nothing() -> None:
    for place in ("two", "three"):
        root, context = article((), ("one", "two", "three"))
        scores = dict.fromkeys({"one", "two", "three"} - {place}, 1.0)
        assert place not in gone(root, context, against(root, **scores))


def test_a_line_before_the_first_condemned_one_is_in_no_run() -> None:
    root, context = article((), ("one", "two", "three"))
    assert gone(root, context, against(root, one=DOUBT, two=1, three=1)) == ["two", "three"]


def test_one_condemned_line_is_no_run() -> None:
    root, context = article((), ("one", "two"))
    assert gone(root, context, against(root, one=1, two=DOUBT)) == ["one"]


def test_in_the_middle_of_the_article_there_are_no_runs() -> None:
    root, context = article(("one", "two", "three"), ())
    assert gone(root, context, against(root, one=1, two=DOUBT, three=1)) == ["one", "three"]


def test_condemned_lines_of_the_middle_make_no_run_of_the_tail() -> None:
    root, context = article(("one", "two"), ("three",))
    assert gone(root, context, against(root, one=1, two=1, three=DOUBT)) == ["one", "two"]


@pytest.mark.parametrize("words", [10, 200])
def test_a_long_text_is_no_part_of_a_run(words: int) -> None:
    text = " ".join(["wall"] * words)
    root, context = article((), ("one", text, "three"))
    found = [
        verdict.element.get_text() for verdict in runs(root, against(root, one=1, three=1), context)
    ]
    assert (text in found) is (words < 100)


def test_what_runs_say_is_word_evidence_that_the_guard_may_drop() -> None:
    root, context = article((), ("one", "two", "three"))
    found = list(runs(root, against(root, one=1, two=1), context))
    assert [(verdict.reason, verdict.guarded) for verdict in found] == [("run", True)]
