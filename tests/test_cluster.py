"""A run on a Dask cluster makes the books of a run here, and loses nothing with a worker."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import remoting
from exporter.batch import cluster, guard, travel
from exporter.batch.jobs import Convert, Targets
from exporter.errors import ClusterError
from exporter.model import Export
from exporter.read import Source
from exporter.settings import Settings
from test_recurrence import html

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL can't be sent there"),
    pytest.mark.xdist_group("cluster"),
]
PAGES = 12
QUIET = {
    "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
    "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False",
}


class Cluster:
    """A scheduler and two workers on loopback, each worker in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        options = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
        self.scheduler = self.start("scheduler", *options)
        self.workers = [self.worker(name) for name in ("one", "two")]

    def worker(self, name: str) -> "subprocess.Popen[bytes]":
        (self.folder / name).mkdir()
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        return self.start(
            "worker", self.address, *options, "--local-directory", str(self.folder / name)
        )

    def start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
        with (self.folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=os.environ | QUIET, stdout=log, stderr=log
            )

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.end()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with pages, one with a picture beside it, and the books made of them here."""
    folder = tmp_path_factory.mktemp("here")
    pages = folder / "pages"
    pages.mkdir()
    for number in range(PAGES):
        (pages / f"{number}.html").write_text(html(number), encoding="utf-8")
    beside = pages / "0_files"
    beside.mkdir()
    Image.linear_gradient("L").resize((640, 400)).save(beside / "quay.png")
    shown = "<figure><img src='{}'><figcaption>The quay</figcaption></figure></article>"
    for number, link in ((0, "0_files/quay.png"), (1, "0_files/quay.png")):
        text = html(number).replace("</article>", shown.format(link), 1)
        (pages / f"{number}.html").write_text(text, encoding="utf-8")
    started(folder, "whole").communicate(timeout=60)
    return folder


def started(place: Path, output: str, *options: str) -> "subprocess.Popen[str]":
    command = ("convert", "pages", "-o", output, "-f", "epub", "--no-memory", "--no-cache", "-q")
    return subprocess.Popen(
        [sys.executable, "-m", "exporter", *command, *options],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def books(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.epub")
    }


@pytest.mark.parametrize("storage", ["auto", "none"])
def test_pages_of_a_store_go_through_a_cluster_into_a_store(
    tmp_path: Path, farm: Cluster, storage: str
) -> None:
    remoting.pages(tmp_path / "pages")
    with remoting.serving() as address:
        bucket = remoting.bucket(address, "farmed")
        bucket.put(tmp_path / "pages", "pages")
        whole = bucket.run("convert", "pages", "-o", "whole", "-f", "epub", cwd=tmp_path)
        given = ("-f", "epub", "--cluster", farm.address, "--cluster-storage", storage)
        pages, out = "s3://farmed/pages", "s3://farmed/out"
        done = bucket.run("convert", pages, "-o", out, *given, cwd=tmp_path)
        assert (whole.returncode, done.returncode) == (0, 0), done.stderr
        there = {name: data for name, data in bucket.get("out").items() if name[:6] != "report"}
    here = (path for path in (tmp_path / "whole").rglob("*") if path.is_file())
    made = {path.relative_to(tmp_path / "whole").as_posix(): path.read_bytes() for path in here}
    assert there == {name: data for name, data in made.items() if name != "report.json"}


def test_a_lost_worker_loses_nothing(place: Path, farm: Cluster) -> None:
    run = started(place, "killed", "--cluster", farm.address)
    assert run.stdout is not None
    first = run.stdout.readline()
    farm.workers[0].kill()
    assert run.poll() is None
    output, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (0, "")
    assert first.startswith("killed/")
    assert len((first + output).split()) == PAGES
    assert books(place / "killed") == books(place / "whole")
    assert len(books(place / "whole")) == PAGES
    report = json.loads((place / "killed" / "report.json").read_text(encoding="utf-8"))
    assert {outcome["status"] for outcome in report["outcomes"]} == {"exported"}
    assert not [path.name for path in (place / "killed").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("storage", ["shared", "none"])
def test_a_cluster_does_a_shard_and_shards_come_to_one_run(
    place: Path, farm: Cluster, storage: str
) -> None:
    asked = ("--cluster", farm.address, "--cluster-storage", storage)

    def done(*arguments: str) -> None:
        command = [sys.executable, "-m", "exporter", *arguments]
        subprocess.run(command, cwd=place, check=True, capture_output=True, timeout=60)

    for number in (1, 2):
        done("survey", "pages", "--shard", f"{number}/2", "-o", f"{storage}-{number}", *asked)
    done("learn", f"{storage}-1", f"{storage}-2", "-o", f"{storage}-learned", *asked)
    output = f"shards-{storage}"
    for number in (2, 1):
        share = ("--shard", f"{number}/2", "--learned", f"{storage}-learned")
        run = started(place, output, *share, *asked)
        lines, errors = run.communicate(timeout=60)
        assert (run.returncode, errors) == (0, "")
        assert 0 < len(lines.split()) < PAGES
    done("report", "--merge", output)
    whole = {path.name: path.read_bytes() for path in shelf(place / "whole")}
    assert {path.name: path.read_bytes() for path in shelf(place / output)} == whole
    assert books(place / output) == books(place / "whole")


def shelf(folder: Path) -> Iterator[Path]:
    yield from (folder / "index.html", folder / "opds.xml", *folder.glob("library/*"))


def test_captures_travel_as_bytes_where_nothing_is_shared(place: Path, farm: Cluster) -> None:
    run = started(place, "bytes", "--cluster", farm.address, "--cluster-storage", "none")
    output, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (0, "")
    assert all(line.startswith("bytes/") for line in output.splitlines())
    assert books(place / "bytes") == books(place / "whole")


def test_a_lost_scheduler_ends_the_run_with_a_line_and_keeps_what_is_done(
    place: Path, farm: Cluster
) -> None:
    run = started(place, "lost", "--cluster", farm.address)
    assert run.stdout is not None
    run.stdout.readline()
    farm.scheduler.kill()
    _, errors = run.communicate(timeout=60)
    assert run.returncode == ClusterError.exit_code
    assert errors.splitlines() == [f"exporter: {farm.address}: {cluster.GONE} ({cluster.AGAIN})"]
    report = json.loads((place / "lost" / "report.json").read_text(encoding="utf-8"))
    assert 1 <= len(report["outcomes"]) <= PAGES
    whole = books(place / "whole")
    assert books(place / "lost").items() <= whole.items()


def test_an_interrupt_leaves_the_cluster_to_others(place: Path, farm: Cluster) -> None:
    run = started(place, "interrupted", "--cluster", farm.address)
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors.strip()) == (130, "exporter: interrupted")
    assert books(place / "interrupted").items() <= books(place / "whole").items()
    run = started(place, "interrupted", "--cluster", farm.address)
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (0, "")
    assert books(place / "interrupted") == books(place / "whole")


def test_where_no_scheduler_answers_it_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = cluster.Where(f"tcp://127.0.0.1:{port}", patience=1.0)
    with pytest.raises(ClusterError, match="no Dask scheduler answers"), cluster.opened(where):
        pytest.fail("it did")


def test_a_worker_with_other_versions_makes_no_books() -> None:
    source = Source(None, b"<p>Rain</p>", "page.html")
    other = travel.Parcel(Convert(source, Settings(), targets=Targets()), ("lxml 0.1",))
    with pytest.raises(ClusterError, match=r"lxml 0\.1"):
        travel.work(lambda _: pytest.fail("it did"), other)


def test_what_a_page_looks_for_beside_it_travels_too(tmp_path: Path) -> None:
    page, far = tmp_path / "in" / "page.html", tmp_path / "img" / "quay.png"
    for path in (page, far):
        path.parent.mkdir()
        path.write_bytes(path.name.encode())
    source = Source(page, None, "page.html", root=tmp_path / "in")
    job = Convert(source, Settings(), targets=Targets(folder=tmp_path / "out"))
    parcel = travel.packed(job, carries=True)
    assert set(parcel.files) == {str(page)}
    more = travel.completed(parcel, {str(far), str(tmp_path / "absent.png")})
    assert more is not None
    assert set(more.files) == {str(page), str(far)}
    assert travel.completed(more, {str(far)}) is None


def test_all_that_is_written_of_an_article_comes_back_under_its_own_path(tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out"
    page.write_text(html(1), encoding="utf-8")
    source = Source(page, None, "page.html", root=tmp_path)
    settings = Settings(formats=("epub",))
    job = Convert(source, settings, targets=Targets(folder=out), library=True)
    done = travel.unpacked(travel.work(guard.call, travel.packed(job, carries=True)), job)
    (made,) = done.results
    assert isinstance(made, Export)
    for path in (*made.files, made.review, made.cover):
        assert Path(path).is_relative_to(out)
        assert Path(path).is_file()
