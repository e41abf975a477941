"""The samples in input/ become the books they should: samples.toml says which."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from exporter.dom import squash
from sampling import INPUT, ROOT, XHTML, Book, convert

pytestmark = pytest.mark.xdist_group("books")  # one worker converts input/, once

SAMPLES = [
    sample["file"]
    for sample in tomllib.loads((ROOT / "tests" / "samples.toml").read_text("utf-8"))["sample"]
]
Truth = dict[str, Any]
each_sample = pytest.mark.parametrize("file", SAMPLES)


def test_every_capture_in_input_has_a_truth_and_a_book(books: dict[str, Book]) -> None:
    captures = {path.name for path in INPUT.iterdir() if path.is_file()}
    assert captures == set(SAMPLES) == set(books)


@each_sample
def test_each_caption_and_credit_stands_once_in_both_editions(
    file: str, books: dict[str, Book], truths: dict[str, Truth]
) -> None:
    for text in (books[file].epub_text(), books[file].pdf_text()):
        read = squash(text)
        for caption, credit in truths[file]["figures"]:
            assert read.count(squash(caption)) == 1, caption
            assert squash(caption + credit) in read, f"{credit} does not follow its caption"


@each_sample
def test_every_local_picture_is_in_the_book(
    file: str, books: dict[str, Book], truths: dict[str, Truth]
) -> None:
    outcome = books[file].outcome
    assert outcome["images"]["kept"] == truths[file]["images"]
    shown = {
        image.get("src")
        for document in books[file].documents()
        for figure in document.iter(f"{XHTML}figure")
        for image in figure.iter(f"{XHTML}img")
    }
    assert len(shown) == truths[file]["images"]


@each_sample
def test_boilerplate_is_in_the_ledger_and_in_no_edition(
    file: str, books: dict[str, Book], truths: dict[str, Truth]
) -> None:
    epub, pdf = squash(books[file].epub_text()), squash(books[file].pdf_text())
    ledger = squash(" ".join(removal["text"] for removal in books[file].outcome["removed"]))
    for plea in truths[file]["goes"]:
        assert squash(plea) not in epub, plea
        assert squash(plea) not in pdf, plea
        assert squash(plea) in ledger, plea


@each_sample
def test_the_article_stays(file: str, books: dict[str, Book], truths: dict[str, Truth]) -> None:
    epub = squash(books[file].epub_text())
    for sentence in truths[file]["stays"]:
        assert squash(sentence) in epub, sentence


@each_sample
def test_every_paragraph_of_the_epub_begins_in_the_pdf(file: str, books: dict[str, Book]) -> None:
    pdf = squash(books[file].pdf_text())
    paragraphs = [
        squash("".join(paragraph.itertext()))[:24]
        for document in books[file].documents()
        for section in document.iter(f"{XHTML}section", f"{XHTML}article", f"{XHTML}body")
        for paragraph in section.findall(f"{XHTML}p")
    ]
    assert len(paragraphs) > 5
    assert [start for start in paragraphs if start not in pdf] == []


@each_sample
def test_the_metadata_are_right(file: str, truths: dict[str, Truth]) -> None:
    metadata = _explain(INPUT / file)["metadata"]
    truth = truths[file]
    assert metadata["title"] == truth["title"]
    assert metadata["byline"] == truth["byline"]
    assert metadata["language"].split("-")[0] == truth["language"]
    assert (metadata["published"] or "")[:10] == truth.get("published", "")
    for field in ("site", "url", "original_url", "translator"):
        assert metadata[field] == truth.get(field, metadata[field]), field


def _explain(capture: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "exporter", "explain", "--json", str(capture)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    explained: dict[str, Any] = json.loads(ran.stdout)
    return explained


def test_a_scraped_text_without_its_link_says_so(books: dict[str, Book]) -> None:
    codes = {note["code"] for note in books["night-trains.txt"].outcome["notes"]}
    assert "original-link-unknown" in codes


def test_a_scraped_caption_stands_once(books: dict[str, Book]) -> None:
    read = squash(books["night-trains.txt"].epub_text())
    assert read.count(squash("Passengers wait on the platform at Varn Junction")) == 1


def test_converting_again_gives_the_same_bytes(books: dict[str, Book], tmp_path: Path) -> None:
    ran = convert(INPUT, tmp_path, "-q", "-j", "1")
    assert ran.returncode == 0, ran.stderr
    for book in books.values():
        for edition in (book.epub, book.pdf):
            assert (tmp_path / edition.name).read_bytes() == edition.read_bytes(), edition.name
