"""report.json states every outcome; the exit code follows from all of them."""

import json
from pathlib import Path

import pytest

from exporter.batch.outcome import Published, exported
from exporter.cli.status import Status
from exporter.errors import (
    CaptureError,
    ConfigError,
    DiskFullError,
    ExportError,
    InternalError,
    MissingExtraError,
    NoArticleError,
    OutputError,
    UsageError,
)
from exporter.library.report import Report, Summary
from exporter.model import Article, Capture, Export, Failure, Metadata, Note, Outcome, Removal

DONE = Export(
    input="a.html",
    status="exported",
    files=("out/a.epub",),
    title="Été",
    words=120,
    images={"found": 2, "kept": 1, "missing": 1},
    captions={"found": 1, "kept": 1},
    notes=(),
    removed=(Removal("phrase:fr.share", "partagez", "p:nth-of-type(3)", "Partagez !"),),
    seconds=0.12345,
)
LOSSY = Export("b.html", "exported", (), "B", 9, {}, {}, (Note("image-missing", "x.jpg"),), (), 0)
NOTED = Export("c.html", "exported", (), "C", 9, {}, {}, (Note("original-link-unknown"),), (), 0)
KEYS = [
    "input",
    "status",
    "files",
    "title",
    "words",
    "images",
    "captions",
    "notes",
    "removed",
    "joined",
    "duplicate_of",
    "subtitle",
    "byline",
    "site",
    "published",
    "saved",
    "language",
    "url",
    "review",
    "cover",
    "error",
    "seconds",
]


def failed(kind: type[ExportError]) -> Failure:
    return Failure("f.html", kind("it broke", "f.html", "mend it"), 0.5)


def read(path: Path) -> list[dict[str, object]]:
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["version"] == 1
    outcomes: list[dict[str, object]] = report["outcomes"]
    return outcomes


def test_every_outcome_has_every_key(tmp_path: Path) -> None:
    with Report(tmp_path / "new" / "report.json") as report:
        report.add(DONE)
        report.add(failed(CaptureError))
    exported, failure = read(tmp_path / "new" / "report.json")
    assert list(exported) == list(failure) == KEYS
    assert exported["title"] == "Été"
    assert exported["images"] == {"found": 2, "kept": 1, "missing": 1}
    assert exported["seconds"] == 0.123
    assert exported["removed"] == [
        {"reason": "phrase:fr.share", "evidence": "partagez", "text": "Partagez !"}
    ]
    assert failure["status"] == "failed"
    assert failure["error"] == {"code": "capture", "message": "it broke", "remedy": "mend it"}


def test_a_run_without_outcomes_gives_a_whole_report(tmp_path: Path) -> None:
    with Report(tmp_path / "report.json"):
        pass
    assert read(tmp_path / "report.json") == []


def test_an_interrupted_run_gives_a_whole_report(tmp_path: Path) -> None:
    def interrupted() -> None:
        with Report(tmp_path / "report.json") as report:
            report.add(DONE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [outcome["input"] for outcome in read(tmp_path / "report.json")] == ["a.html"]


def test_the_last_report_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with Report(path) as report:
        report.add(DONE)
    with Report(path) as report:
        assert len(read(path)) == 1
        report.add(DONE)
        report.add(LOSSY)
    assert len(read(path)) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_names_that_are_no_text_stand_in_the_report_all_the_same(tmp_path: Path) -> None:
    with Report(tmp_path / "report.json") as report:
        report.add(Failure("caf\udce9.html", CaptureError("empty"), 0))
    assert read(tmp_path / "report.json")[0]["input"] == "caf\\xe9.html"


def test_a_folder_in_the_place_of_the_report_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError), Report(tmp_path):
        pytest.fail("the run began")


def test_the_summary_counts_outcomes_and_losses() -> None:
    summary = Summary()
    for outcome in (DONE, LOSSY, LOSSY, NOTED, failed(CaptureError)):
        summary.add(outcome)
    assert str(summary) == "4 exported, 1 failed; lost in 2 articles: 2 image-missing"


BATCHES: list[tuple[list[Outcome], int]] = [
    ([], 4),
    ([DONE, NOTED], 0),
    ([DONE, LOSSY], 3),
    ([LOSSY, failed(CaptureError)], 1),
    ([failed(NoArticleError), failed(NoArticleError)], 1),
    ([DONE, failed(CaptureError), failed(InternalError)], 70),
    ([failed(InternalError), failed(OutputError), DONE], 5),
    ([failed(InternalError), failed(DiskFullError)], 5),
    ([failed(ConfigError)], 6),
    ([DONE, failed(MissingExtraError)], 1),  # one WARC among pages
    ([failed(UsageError), failed(InternalError)], 2),
]


@pytest.mark.parametrize(("outcomes", "code"), BATCHES)
def test_the_exit_code_of_a_batch(outcomes: list[Outcome], code: int) -> None:
    status = Status(strict=True, alone=False)
    for outcome in outcomes:
        status.add(outcome)
    assert status.exit_code() == code


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([failed(NoArticleError)], 4),
        ([failed(CaptureError)], 4),
        ([failed(InternalError)], 70),
        ([failed(MissingExtraError)], 7),
        ([LOSSY], 3),
        ([DONE, failed(CaptureError)], 1),  # the capture held two articles: a batch
        ([failed(CaptureError), failed(NoArticleError)], 1),
    ],
)
def test_the_exit_code_of_a_single_capture_is_its_own(outcomes: list[Outcome], code: int) -> None:
    status = Status(strict=True, alone=True)
    for outcome in outcomes:
        status.add(outcome)
    assert status.exit_code() == code


def test_losses_fail_only_a_strict_run() -> None:
    status = Status(strict=False, alone=False)
    status.add(LOSSY)
    assert status.exit_code() == 0


def test_a_caption_without_its_picture_is_counted_as_kept() -> None:
    body = "<figure><figcaption>The quay at noon.</figcaption></figure><p>It rained.</p>"
    about = Metadata(title="Quay")
    article = Article(
        about, body, (), (), (), Capture("quay.txt", "text", "0"), found={"captions": 1}
    )
    outcome = exported(article, "quay.txt", Published(("quay.epub",)))
    assert outcome.captions == {"found": 1, "kept": 1}
    assert outcome.images["found"] == 0
