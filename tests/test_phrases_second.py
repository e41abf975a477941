"""The second set of phrase tables: invented pages of many kinds of site, and more snippets.

tests/phrases/second/README.md says how it is written, first-run.md until when part `b` was not
looked at by those who write rules. Run with `-s` to read the score; PHRASES_MISSES=a prints that
part's misses too.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import pytest

from test_phrase_tables import (
    WORD,
    Finding,
    Sheet,
    Snippet,
    groups,
    judged,
    markup,
    pieces,
    placed,
    read_table,
    snippet,
    verdicts,
)

HERE = Path(__file__).parent / "phrases" / "second"
LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl")
PARTS = ("a", "b")
CASES = [(part, language) for part in PARTS for language in LANGUAGES]
MINIMUM = {"fr": 110, "en": 60}  # of each sign; 30 in the other languages
PAGES = {"fr": 12, "en": 8}  # whole pages; 3 in the other languages
LONGEST = 60  # words of a plea
ABOVE = frozenset({"dates", "counter", "breadcrumbs", "audio"})  # stand above the first paragraph


@dataclass(frozen=True, slots=True)
class Score:
    """What a part of a language reaches, on bare pages or on whole ones."""

    removed: int
    kept: int
    lost: int = 0  # blocks of the articles around


FLOORS = {  # on bare pages, on whole ones: they may rise, never fall
    ("a", "fr"): (Score(34, 34, 0), Score(28, 22, 0)),
    ("a", "en"): (Score(20, 20, 0), Score(14, 12, 0)),
    ("a", "de"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("a", "es"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("a", "it"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("a", "pt"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("a", "nl"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("b", "fr"): (Score(34, 34, 0), Score(28, 22, 0)),
    ("b", "en"): (Score(20, 20, 0), Score(13, 12, 0)),
    ("b", "de"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("b", "es"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("b", "it"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("b", "pt"): (Score(9, 9, 0), Score(6, 6, 0)),
    ("b", "nl"): (Score(9, 9, 0), Score(6, 6, 0)),
}


# --- the pages


@dataclass(frozen=True, slots=True)
class Whole:
    """An invented page of some site, its parts told apart."""

    name: str
    html: str
    snippets: tuple[Snippet, ...]
    carriers: tuple[str, ...]


@cache
def whole_pages(part: str, language: str) -> tuple[Whole, ...]:
    return tuple(map(whole, sorted((HERE / part / "pages").glob(f"{language}-*.txt"))))


def whole(path: Path) -> Whole:
    """Read a page: fields, an empty line, then a block a line."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line[0] != "#")
    lines = [line for line in rest.splitlines() if line]
    cut = lines.index("%% after") if "%% after" in lines else len(lines)
    start = next(n for n, line in enumerate(lines) if not is_head(line))
    frame = Template((HERE / "frames" / f"{fields['frame']}.html").read_text(encoding="utf-8"))
    links = [f'<li><a href="/s/">{escape(word)}</a></li>' for word in fields["nav"].split(" | ")]
    filled = frame.substitute(
        {name: escape(fields[name]) for name in ("lang", "site", "title", "author", "date")},
        nav="".join(links),
        before="\n".join(map(block, lines[:start])),
        body="\n".join(map(block, lines[start:cut])),
        after="\n".join(map(block, lines[cut + 1 :])),
    )
    snippets = tuple(snippet(line) for line in lines if line[:2] in {"- ", "+ "})
    carriers = tuple(
        line.removeprefix("## ") for line in lines if not line.startswith(("- ", "+ ", "%% "))
    )
    return Whole(path.stem, filled, snippets, carriers)


def is_head(line: str) -> bool:
    """Say whether the line stands outside the article's container: pleas a page begins with."""
    return line.startswith("- ")


def block(line: str) -> str:
    if line.startswith(("- ", "+ ")):
        return snippet(line).html
    return f"<h2>{escape(line[3:])}</h2>" if line.startswith("## ") else f"<p>{escape(line)}</p>"


def bare_pages(part: str, language: str) -> Iterator[Sheet]:
    """Deal the snippets of a table out: a plea alone or four in a row, look-alikes in pairs.

    French rows stand under an English article, as re-publishers leave them.
    """
    snippets = read_table(HERE / part / f"{language}.txt")
    pleas = [each for each in snippets if each.sign == "-"]
    tail = [each for each in pleas if each.kind not in ABOVE and each.kind != "ad"]
    for each in pleas:
        if each.kind in ABOVE:
            yield Sheet(language, "plain", above=(each,))
        elif each.kind == "ad":
            yield Sheet(language, "plain", middle=(each,))
    for each in tail[0::2]:
        yield Sheet(language, "plain", tail=(each,))
    for row in groups(tail[1::2], 4):
        yield Sheet("en" if language == "fr" else language, "plain", tail=row)
    for pair in groups([each for each in snippets if each.sign == "+"], 2):
        yield placed(language, "plain", pair)


# --- the score


@cache
def outcome(
    part: str, language: str
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], list[str], list[str]]:
    """Give what became of the snippets on bare pages, on whole ones, and the blocks lost."""
    bare = [judged(sheet) for sheet in bare_pages(part, language)]
    full = [
        verdicts(page.html, page.snippets, list(page.carriers), framed=True)
        for page in whole_pages(part, language)
    ]
    return (
        tuple(each for findings, _ in bare for each in findings),
        tuple(each for findings, _ in full for each in findings),
        [text for _, lost in bare for text in lost],
        [text for _, lost in full for text in lost],
    )


def scores(part: str, language: str) -> tuple[Score, Score]:
    bare, full, lost_bare, lost_full = outcome(part, language)
    return score(bare, lost_bare), score(full, lost_full)


def score(findings: tuple[Finding, ...], lost: list[str]) -> Score:
    good = Counter(each.snippet.sign for each in findings if each.good)
    return Score(good["-"], good["+"], len(lost))


def report(part: str, language: str) -> str:
    bare, full, lost_bare, lost_full = outcome(part, language)
    cells = [part, language]
    for findings, lost in ((bare, lost_bare), (full, lost_full)):
        total = Counter(each.snippet.sign for each in findings)
        reached = score(findings, lost)
        cells += [
            f"{reached.removed}/{total['-']}",
            f"{reached.kept}/{total['+']}",
            str(reached.lost),
        ]
    lines = [f"| {' | '.join(cells)} |"]
    if os.environ.get("PHRASES_MISSES") == part:
        lines += [
            f"{language} {each.snippet.sign} [{each.snippet.kind}"
            f"{' in a page' if each.framed else ''}] {each.why}: {each.snippet.html}"
            for each in bare + full
            if not each.good
        ]
        lines += [f"{language} LOST {text}" for text in lost_bare + lost_full]
    return "\n".join(lines) + "\n"


# --- the tests


def everything(part: str, language: str) -> list[tuple[Snippet, bool]]:
    some = [(each, False) for each in read_table(HERE / part / f"{language}.txt")]
    return some + [(each, True) for page in whole_pages(part, language) for each in page.snippets]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_set_is_large_enough_and_a_third_stands_in_whole_pages(language: str) -> None:
    dealt = everything("a", language) + everything("b", language)
    for sign in "-+":
        framed = [in_page for each, in_page in dealt if each.sign == sign]
        assert len(framed) >= MINIMUM.get(language, 30)
        assert sum(framed) * 3 >= len(framed)
    pages = len(whole_pages("a", language)) + len(whole_pages("b", language))
    assert pages >= PAGES.get(language, 3)
    assert len({each.html for each, _ in dealt}) == len(dealt)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_parts_are_halves(language: str) -> None:
    for sign in "-+":
        a, b = (sum(s.sign == sign for s, _ in everything(part, language)) for part in PARTS)
        assert abs(a - b) <= 1


@pytest.mark.parametrize(("part", "language"), CASES)
def test_no_plea_is_longer_than_a_phrase_rule_may_judge(part: str, language: str) -> None:
    long = [
        each.html
        for each, _ in everything(part, language)
        if each.sign == "-" and any(len(WORD.findall(p)) > LONGEST for p in pieces(each.html))
    ]
    assert not long


@pytest.mark.parametrize(("part", "language"), CASES)
def test_every_block_is_really_on_its_page(part: str, language: str) -> None:
    sheets = list(bare_pages(part, language))
    on_bare = Counter(each for sheet in sheets for each in sheet.snippets)
    assert on_bare == Counter(read_table(HERE / part / f"{language}.txt"))
    wanted = [(markup(sheet), sheet.snippets, ()) for sheet in sheets] + [
        (page.html, page.snippets, page.carriers) for page in whole_pages(part, language)
    ]
    for html, snippets, carriers in wanted:
        # from the body on: a document is no fragment
        page = "".join(pieces(re.split(r"<body[^>]*>|</body>", html)[1]))
        blocks = [p for each in snippets for p in pieces(each.html)]
        blocks += [p for text in carriers for p in pieces(f"<p>{escape(text)}</p>")]
        assert not [p for p in blocks if p not in page]


@pytest.mark.parametrize(("part", "language"), CASES)
def test_the_second_set_reaches_its_floors(part: str, language: str) -> None:
    sys.stdout.write(report(part, language))
    for reached, floor in zip(scores(part, language), FLOORS[part, language], strict=True):
        assert reached.removed >= floor.removed
        assert reached.kept >= floor.kept
        assert reached.lost <= floor.lost
