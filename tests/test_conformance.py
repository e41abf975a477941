"""EPUBCheck has nothing to say about the EPUBs of input/, nor PDF/UA-1 about the PDFs."""

from pathlib import Path

import pytest

import conformance
from exporter import themes
from exporter.model import Article, Capture, Edition, Metadata, Settings
from exporter.write import writer
from sampling import Book
from test_formulas import SPOKEN, body_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]
needs_validators = pytest.mark.skipif(
    bool(conformance.absent()), reason=f"the validators can't run: {conformance.absent()}"
)


@needs_validators
def test_the_editions_of_input_are_valid(books: dict[str, Book]) -> None:
    files = [file for book in books.values() for file in (book.epub, book.pdf)]
    findings = conformance.validate(files)
    assert [f"{finding.file.name} {finding}" for finding in findings] == []


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
