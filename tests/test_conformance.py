"""The public validators and our own checks find nothing wrong: a part of `make conformance`.

One start of each validator serves all the editions made here.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

import cases
import conformance
import inspection
from exporter import themes
from exporter.model import Article, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.pdf.engine import engine
from sampling import Book
from test_formulas import SPOKEN, body_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]
needs_validators = pytest.mark.skipif(
    bool(conformance.absent()), reason=f"the validators can't run: {conformance.absent()}"
)


CASES = ("scripts", "book", "book-archive", "links-notes")
ODDITIES = range(15)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of editions: some of the cases of `make conformance`, and nasty bodies."""
    scratch = tmp_path_factory.mktemp("conformance")
    for case in cases.cases(scratch / "captures", 4):
        if case.name in CASES or case.name.startswith("profile-"):
            case.run(scratch / "made")
    cases.write_oddities(scratch / "made" / "oddities", ODDITIES)
    return scratch / "made"


@pytest.fixture(scope="module")
def every(made: Path, books: dict[str, Book]) -> list[Path]:
    """Give all editions, those of input/ among them."""
    samples = [file for book in books.values() for file in (book.epub, book.pdf)]
    return [*samples, *conformance.editions([made])]


def said(findings: Iterable[conformance.Finding]) -> list[str]:
    return [f"{finding.file.parent.name}/{finding.file.name} {finding}" for finding in findings]


@needs_validators
def test_editions_of_every_kind_are_valid(every: list[Path]) -> None:
    assert {file.parent.name for file in every} >= {*CASES, "oddities"}
    assert said(conformance.validate(every)) == []


def test_nothing_leaves_the_page_and_all_words_can_be_copied(every: list[Path]) -> None:
    assert said(finding for file in every for finding in inspection.inspect(file)) == []


@pytest.mark.skipif(
    bool(conformance.ace_absent()), reason=f"Ace can't run: {conformance.ace_absent()}"
)
def test_ace_finds_no_barrier(every: list[Path], tmp_path: Path) -> None:
    chosen = [file for file in every if file.parent.name in {"book", "scripts"}][-3:]
    broken = tmp_path / "broken.epub"
    broken.write_bytes(b"not a book")
    findings = conformance.ace([*chosen, broken])
    assert {finding.file.name for finding in findings} == {broken.name}


# what a validator is strict about: values of attributes, numbers and kinds of children
WILD = [
    '<mstyle displaystyle="true" scriptlevel="+1" mathvariant="bold"><mi dir="ltr">x</mi></mstyle>',
    (
        '<mo form="infix" lspace="0.2em" rspace="thickmathspace" maxsize="2em" minsize="1"'
        ' fence="false" separator="true" symmetric="true" largeop="true" movablelimits="true"'
        ' accent="false" stretchy="true">,</mo>'
    ),
    '<mspace width="-.1em" height="0ex" depth="1%"></mspace><mi>x</mi>',
    '<mpadded width="+12pt" height="0" lspace="3px" voffset="-1em"><mi>x</mi></mpadded>',
    '<mfrac linethickness="0" bevelled="true"><mi>x</mi><mi>y</mi></mfrac>',
    '<mover accent="true"><mi>x</mi><mo>¯</mo></mover>',
    '<munder accentunder="true"><mi>x</mi><mo>_</mo></munder>',
    '<menclose notation="box circle"><mi>x</mi></menclose>',
    (
        '<mtable columnalign="left center" rowalign="top axis" columnspacing="1em 2em"'
        ' frame="solid" rowspacing="4pt" columnlines="none solid" rowlines="dashed"'
        ' displaystyle="true">'
        '<mlabeledtr><mtd><mn>1</mn></mtd><mtd rowspan="2" columnspan="2"><mi>x</mi></mtd>'
        '</mlabeledtr><mtr columnalign="right"></mtr></mtable>'
    ),
    "<mtable></mtable><merror><mtext>x</mtext></merror><mphantom><ms>x</ms></mphantom><mrow></mrow>",
    "<mmultiscripts><mi>x</mi></mmultiscripts><msqrt></msqrt><mi></mi><mi>x</mi>",
    "<mfenced><mi>x</mi></mfenced><msup><mi>x</mi></msup><mtd><mi>x</mi></mtd><none></none>",
]


@needs_validators
def test_a_book_of_formulas_is_valid(tmp_path: Path) -> None:
    body = "".join(body_of(f"<math>{markup}</math>") for markup in [*WILD, *dict(SPOKEN)])
    article = Article(
        Metadata(title="Signs", language="en"), body, (), (), (), Capture("a", "html", "0" * 64)
    )
    for name in ("signs.epub", "signs.pdf"):
        rendition = writer(Path(name).suffix)(
            Edition.single(article), themes.load("classic"), Settings()
        )
        (tmp_path / name).write_bytes(rendition.data)
    findings = conformance.validate(tmp_path.iterdir())
    assert [f"{finding.file.name} {finding}" for finding in findings] == []


@needs_validators
def test_the_validators_see_what_is_wrong(tmp_path: Path) -> None:
    for name in ("broken.epub", "broken.pdf"):
        (tmp_path / name).write_bytes(b"not a book")
    findings = conformance.validate(tmp_path.iterdir())
    assert {finding.file.name for finding in findings} == {"broken.epub", "broken.pdf"}


BROKEN_PAGES = [
    ("text-outside-page", "<p style='margin-left: -40cm'>Gone.</p>"),
    ("odd-character", "<p>a \ufffd b</p>"),
    ("no-outline", "<p>Low.</p>"),
]


@pytest.mark.parametrize(("rule", "body"), BROKEN_PAGES, ids=[rule for rule, _ in BROKEN_PAGES])
def test_our_own_checks_see_what_is_wrong(rule: str, body: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    document = f"<html lang='en'><title>T</title>{body}</html>"
    file.write_bytes(engine(themes.load("classic")).print(document, {}).data)
    assert rule in {finding.rule for finding in inspection.inspect(file)}


def test_a_word_that_cannot_be_copied_is_seen(books: dict[str, Book]) -> None:
    book = next(iter(books.values()))
    copied = book.pdf_text()
    assert inspection.lost(book.epub, copied) == set()
    word = max(inspection.words(copied), key=len)
    assert word in inspection.lost(book.epub, copied.casefold().replace(word, word[::-1]))
