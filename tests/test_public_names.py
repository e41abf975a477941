"""The public names, and what each way of using the package may import."""

import subprocess
import sys
from pathlib import Path

import exporter

HEAVY = ("bs4", "lxml", "ebooklib", "weasyprint", "PIL", "rich", "fsspec", "distributed")
PAGE = "<html><body><article><h1>Rain</h1>" + "<p>It rained on the harbour.</p>" * 20


def imported_by(script: str, *arguments: str) -> set[str]:
    """Give which of the heavy packages a script has imported at its end."""
    told = f"import sys\n{script}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", told, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_every_public_name_is_there() -> None:
    for name in exporter.__all__:
        assert getattr(exporter, name) is not None
        assert name in dir(exporter)


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert imported_by("import exporter; exporter.Settings()") == set()


def test_the_command_leaves_heavy_imports_to_its_workers() -> None:
    assert imported_by("import exporter.cli.convert, exporter.cli.explain") <= {"lxml"}
    assert imported_by("import exporter.cli.convert") == set()


def test_an_epub_needs_no_pdf_engine(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    script = (
        "import exporter\n"
        "settings = exporter.Settings(formats=('epub',))\n"
        "assert exporter.convert(sys.argv[1] + '/page.html', sys.argv[1], settings)\n"
    )
    assert "weasyprint" not in imported_by(script, str(tmp_path))
    assert [path.name for path in tmp_path.glob("*.epub")] == ["rain.epub"]
