"""EPUBCheck has nothing to say about the EPUBs of input/, nor PDF/UA-1 about the PDFs."""

from pathlib import Path

import pytest

import conformance
from sampling import Book

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]
needs_validators = pytest.mark.skipif(
    bool(conformance.absent()), reason=f"the validators can't run: {conformance.absent()}"
)


@needs_validators
def test_the_editions_of_input_are_valid(books: dict[str, Book]) -> None:
    files = [file for book in books.values() for file in (book.epub, book.pdf)]
    findings = conformance.validate(files)
    assert [f"{finding.file.name} {finding}" for finding in findings] == []


@needs_validators
def test_the_validators_see_what_is_wrong(tmp_path: Path) -> None:
    for name in ("broken.epub", "broken.pdf"):
        (tmp_path / name).write_bytes(b"not a book")
    findings = conformance.validate(tmp_path.iterdir())
    assert {finding.file.name for finding in findings} == {"broken.epub", "broken.pdf"}
