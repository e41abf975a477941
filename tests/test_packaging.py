"""A wheel, a wheel built from the sdist, and an editable install each give a working command.

Nothing is fetched: packages are built by the backend that is installed here, and each
installation sees this environment's dependencies through a .pth file.
"""

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("src", "styles", "input", "tests", "tools", "docs", "benchmarks", "output")
FILES = (
    "pyproject.toml",
    "README.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "constraints.txt",
)
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Le pain du soir</title></head><body>
<article><h1>Le pain du soir</h1>
<p>Le four s’allume à cinq heures, quand la rue est encore vide, et le boulanger pèse la farine
sans regarder la balance, comme son père avant lui.</p>
<p>À sept heures les premiers clients attendent ; personne ne parle, mais chacun sait déjà ce que
l’autre va demander, et la monnaie est prête.</p>
<p>Le soir, il ne reste que deux pains sur la planche : l’un pour la voisine, qui oublie l’heure,
l’autre pour celui qui n’ose pas demander.</p></article></body></html>
"""

Install = Callable[[Path], Path]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _build(source: Path, target: Path, kind: str) -> Path:
    _run(sys.executable, "-m", "build", "--no-isolation", kind, "-o", target, source)
    (built,) = target.glob("*.whl" if kind == "--wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the checkout, so that building leaves no trace in the real one."""
    copy = tmp_path_factory.mktemp("checkout")
    made = shutil.ignore_patterns("__pycache__", "*.epub", "*.pdf")
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=made)
    for file in FILES:
        shutil.copy(ROOT / file, copy / file)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel built from the checkout."""
    return _build(checkout, tmp_path_factory.mktemp("wheel"), "--wheel")


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sdist built from the checkout."""
    return _build(checkout, tmp_path_factory.mktemp("sdist"), "--sdist")


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Give what installs into a new environment and gives its command."""

    def into_new_environment(wheel: Path) -> Path:
        folder = tmp_path / "environment"
        venv.create(folder, with_pip=False)
        python = folder / "bin" / "python"
        site = next(folder.glob("lib*/python*/site-packages"))
        _run(
            *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet"),
            *("--no-deps", "--no-index", wheel),
        )
        # After installing: pip must not find the project already there. Dependencies alone come
        # from here; .pth lines inside a folder added like this are not read, so neither is ours.
        (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
        return folder / "bin" / "exporter"

    return into_new_environment


def _works(exporter: Path, folder: Path) -> None:
    """Check that an installed command makes both editions, away from any checkout."""
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, "utf-8")
    _run(exporter, "convert", "page.html", "-o", "book.epub", "-o", "book.pdf", cwd=folder)
    with zipfile.ZipFile(folder / "book.epub") as book:
        assert book.testzip() is None
        text = "".join(
            book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")
        )
        assert "quand la rue est encore vide" in text
        assert any(name.endswith(".css") for name in book.namelist())
    fonts = _run("pdffonts", "book.pdf", cwd=folder)
    assert "Source-Serif" in fonts  # the bundled family was found


def test_the_wheel_holds_themes_fonts_rules_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "exporter/py.typed" in names
    assert "exporter/styles/classic/print.css" in names
    assert "exporter/data/words/fr.toml" in names
    assert "exporter/data/phrases/fr.toml" in names
    assert sum(name.startswith("exporter/styles/fonts/") for name in names) > 10
    assert sum(name.endswith("licenses/LICENSE") for name in names) == 1
    assert not [name for name in names if name.startswith(("tests/", "input/", "tools/"))]


def test_the_sdist_holds_what_the_suite_needs(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    wanted = {*FILES, "tests/samples.toml", "tools/setup.sh", "input/night-trains.txt"}
    assert wanted - names == set()


def test_a_wheel_gives_a_working_command(wheel: Path, install: Install, tmp_path: Path) -> None:
    _works(install(wheel), tmp_path / "work")


def test_a_wheel_built_from_the_sdist_gives_a_working_command(
    sdist: Path, install: Install, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    _works(install(_build(source, tmp_path / "built", "--wheel")), tmp_path / "work")


def test_an_editable_install_gives_a_working_command(
    checkout: Path, install: Install, tmp_path: Path
) -> None:
    # What pip asks of the backend for `pip install -e`, without asking it to fetch the backend.
    hook = "import sys, hatchling.build; hatchling.build.build_editable(sys.argv[1])"
    (tmp_path / "built").mkdir()
    _run(sys.executable, "-c", hook, tmp_path / "built", cwd=checkout)
    (wheel,) = (tmp_path / "built").iterdir()
    _works(install(wheel), tmp_path / "work")
