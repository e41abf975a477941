"""One page of ours, captured by real programs and in every other way, is the same article.

tests/captures/real/README.md says which program made what. `pytest -s` prints the table.
"""

import dataclasses
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from exporter import dom, images
from exporter.cli.convert import command
from exporter.export import prepare
from exporter.model import Article
from exporter.read import read, walk
from exporter.settings import Settings
from imitations import FIRST, IMITATED, MIRRORED, REAL, URL, Files
from sampling import convert

MADE: Final = sorted(path.name for path in REAL.iterdir() if path.is_dir())
WAYS: Final = (*MADE, *IMITATED)
GROUPED: Final = any("--keep-duplicates" in option.opts for option in command.params)
KINDS: Final = {
    "eml",
    "html",
    "markdown",
    "mhtml",
    "text",
    "wacz",
    "warc",
    "webarchive",
}  # of pages
TOOLS: Final = {"Blink", "HTTrack", "Internet Explorer 11", "SingleFile", "WebKit", "monolith"}
FIGURES: Final = [
    (
        "The pans at the end of the day, when the water is measured.",
        "Photo: Jonas Wick/Marsh Quarterly",
    ),
    ("One page of the book holds one month; the blots are rain.", "Photo: Maud Terrien"),
    ("A copy of the lost ladder, made from memory in 2024.", "© Marsh Quarterly"),
]
PICTURES: Final = [{"pans.png"}, {"book-360.png", "book-540.png"}, {"ladder.png"}]
# ways whose capture says when it was made; the others can't know
DATED: Final = {
    "chromium-mhtml", "httrack", "singlefile", "singlefilez", "singlefilez-zip", "wacz",
    "wget-warc", "wget-warc-gz", "MHTML of Internet Explorer", "e-mail", "SingleFile, variables",
    "monolith", "gzip", "MAFF", "Markdown",
}  # fmt: skip
# what a capture really lacks beside that: names of what the table shows
LACKS: Final[dict[str, set[str]]] = {
    "text": {"byline", "published", "updated", "site", "url", "original_url", "figures", "images"},
}
NOTES: Final = {"frame, complete": ["text-in-frame"]}


@dataclass(frozen=True, slots=True)
class Found:
    """What one way gave."""

    title: str
    byline: tuple[str, ...]
    published: str | None
    updated: str | None
    site: str | None
    url: str | None
    original_url: str | None
    text: str
    figures: list[tuple[str, str]]
    images: int


WHOLE: Final = {
    "title": "The Salt Pans That Count the Rain",
    "byline": ("Ines Holloway",),
    "published": "2025-09-14T07:30:00+02:00",
    "updated": "2025-09-20T18:05:00+02:00",
    "site": "marsh.example",
    "url": URL,
    "original_url": FIRST,
    "figures": FIGURES,
    "images": 3,
}


def write(files: Files, folder: Path) -> Path:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder


def article_in(folder: Path) -> Article:
    (source,) = walk([folder])
    (page,) = read(source)
    return prepare(page, Settings())


def article_of(way: str, folder: Path) -> Article:
    return article_in(REAL / way if way in MADE else write(IMITATED[way], folder))


def found_in(article: Article) -> Found:
    about, figures = article.metadata, dom.figures(article.body)
    return Found(
        **{
            name: getattr(about, name)
            for name in ("title", "byline", "published", "updated", "site", "url", "original_url")
        },
        text=" ".join(dom.plain_text(article.body).split()),
        figures=[(figure.caption, figure.credit) for figure in figures],
        images=sum(1 for figure in figures if figure.asset),
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Article:
    """Give the article as one program left it."""
    return article_of("wget-warc", tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def text(reference: Article) -> str:
    """Give its text."""
    return found_in(reference).text


@pytest.fixture(scope="module")
def keys() -> list[set[str]]:
    """Give the assets each figure may show: a capture holds one size or more."""
    return [
        {images.ingest((MIRRORED / "img" / name).read_bytes()).key for name in names}
        for names in PICTURES
    ]


@pytest.mark.parametrize("way", WAYS)
def test_the_page_is_the_same_article_however_it_was_captured(
    way: str, reference: Article, keys: list[set[str]], tmp_path: Path
) -> None:
    article = article_of(way, tmp_path)
    found = dataclasses.asdict(found_in(article))
    lacking = {name for name, value in WHOLE.items() if found[name] != value}
    saved = article.saved_at or "-"
    kind = article.capture.kind
    notes = [note.code for note in article.notes]
    said = ", ".join([*sorted(lacking), *notes]) or "nothing"
    print(f"{way:28} {kind:10} {article.capture.tool or '-':24} {saved:26} lacks {said}")  # noqa: T201  (the table)
    assert lacking == LACKS.get(way, set())
    assert found["text"] == found_in(reference).text
    captions = 3 if "figures" in lacking else 0  # which are paragraphs where there is no figure
    assert article.body.count("<p>") == reference.body.count("<p>") + captions
    assert (saved != "-") == (way in DATED)
    assert notes == NOTES.get(way, [])
    shown = [figure.asset for figure in dom.figures(article.body)]
    assert all(asset in known for asset, known in zip(shown, keys, strict=False))


def test_every_kind_of_capture_is_among_them(tmp_path: Path) -> None:
    found = [article_of(way, tmp_path / str(n)).capture for n, way in enumerate(WAYS)]
    assert len(WAYS) >= 14
    assert {capture.kind for capture in found} == KINDS
    assert {capture.tool for capture in found} >= TOOLS


def test_a_picture_that_a_capture_lacks_is_one_note(text: str, tmp_path: Path) -> None:
    files = IMITATED["Internet Explorer, complete"]
    less = {name: body for name, body in files.items() if not name.endswith("ladder.png")}
    article = article_in(write(less, tmp_path))
    found = found_in(article)
    assert (found.text, found.figures, found.images) == (text, FIGURES, 2)
    assert [note.code for note in article.notes] == ["image-missing"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of all captures."""
    folder = tmp_path_factory.mktemp("mixed")
    for way in WAYS:
        if way in MADE:
            shutil.copytree(REAL / way, folder / way)
        else:
            write(IMITATED[way], folder / way)
    return folder


def outcomes_of(folder: Path, out: Path, *options: str) -> list[dict[str, Any]]:
    ran = convert(folder, out, "-f", "epub", "-j", "2", *options)
    assert ran.returncode == 0, ran.stderr
    outcomes: list[dict[str, Any]] = json.loads((out / "report.json").read_text("utf-8"))[
        "outcomes"
    ]
    return outcomes


@pytest.mark.slow
def test_a_folder_of_all_of_them_converts_in_one_run(mixed: Path, tmp_path: Path) -> None:
    outcomes = outcomes_of(mixed, tmp_path, *(["--keep-duplicates"] if GROUPED else []))
    assert len(outcomes) == len(WAYS)
    assert {outcome["status"] for outcome in outcomes} == {"exported"}


@pytest.mark.slow
@pytest.mark.skipif(not GROUPED, reason="duplicates are not grouped yet")
def test_one_article_comes_out_of_them_and_the_report_names_the_others(
    mixed: Path, tmp_path: Path
) -> None:
    outcomes = outcomes_of(mixed, tmp_path)
    assert len(outcomes) == len(WAYS)
    states = Counter(outcome["status"] for outcome in outcomes)
    assert states == {"exported": 1, "duplicate": len(WAYS) - 1}
    assert len(list(tmp_path.glob("*.epub"))) == 1
