"""What the config file and the environment may say, and how mistakes in them are told."""

from pathlib import Path

import pytest

from exporter.cli import config, options
from exporter.cli.targets import formats, targets
from exporter.errors import ConfigError, ExportError, UsageError
from exporter.settings import Settings

NOTHING_GIVEN = {"config_path": None}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return tmp_path


def test_without_a_file_the_defaults_hold(folder: Path) -> None:
    assert config.find(None) is None
    assert options.settings(NOTHING_GIVEN, {}) == Settings()
    assert not list(folder.iterdir())


def test_every_setting_can_stand_in_the_file(folder: Path) -> None:
    lines = {str: '"x"', tuple: '["epub"]', bool: "true", int: "77"}
    text = "\n".join(
        f"{name} = {lines[type(value)] if name not in config.CHOICES else repr(value)}"
        for name, value in config.known().items()
        if name not in {"style", "theme"}
    )
    text += '\ntheme = "eink"'
    (folder / "exporter.toml").write_text(text)
    assert set(config.load(folder / "exporter.toml")) == set(config.known()) - {"style"}
    settings = options.settings(NOTHING_GIVEN, {})
    assert settings.strict
    assert settings.theme == "eink"
    assert settings.image_max == 77


def test_the_working_folder_s_file_comes_before_the_user_s(folder: Path) -> None:
    (folder / "xdg" / "exporter").mkdir(parents=True)
    (folder / "xdg" / "exporter" / "exporter.toml").write_text('theme = "a4"')
    assert options.settings(NOTHING_GIVEN, {}).theme == "a4"
    (folder / "exporter.toml").write_text('theme = "eink"')
    assert options.settings(NOTHING_GIVEN, {}).theme == "eink"


def test_an_option_comes_before_the_file(folder: Path) -> None:
    (folder / "exporter.toml").write_text('theme = "eink"\nstrict = true\nkeep = ["p"]')
    given = NOTHING_GIVEN | {"theme": "a4", "strict": False, "keep": (), "drop": ("b",)}
    settings = options.settings(given, {})
    assert (settings.theme, settings.strict) == ("a4", False)
    assert (settings.keep, settings.drop) == (("p",), ("b",))


def test_a_style_sheet_named_in_the_file_lies_beside_it(folder: Path) -> None:
    (folder / "there").mkdir()
    (folder / "there" / "mine.css").write_text("p { color: black }")
    (folder / "there" / "own.toml").write_text('style = "mine.css"')
    given = {"config_path": folder / "there" / "own.toml"}
    assert options.settings(given, {}).style == "p { color: black }"


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("themes = 'x'", "no such setting: themes", "did you mean theme?"),
        ("made = '2020-01-01'", "no such setting: made", "settings: formats"),
        ("formats = 'epub'", "formats must be a list of texts", "it is 'epub'"),
        ("image_max = true", "image_max must be a whole number", "it is True"),
        ("keep = [1]", "keep must be a list of texts", "it is [1]"),
        ("[strict]", "strict must be true or false", "it is {}"),
        ("links = 'foot'", "links is one of endnotes, notes, inline, none", "it is 'foot'"),
        ("theme 'x'", "not valid TOML", "correct the file"),
        ("\xff", "can't be read", "it must be UTF-8 text"),
    ],
)
def test_a_mistake_is_told_with_its_file(folder: Path, text: str, what: str, remedy: str) -> None:
    path = folder / "exporter.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert caught.value.what.startswith(what)
    assert caught.value.remedy.startswith(remedy)
    assert caught.value.where == str(path)


def test_the_date_of_a_reproducible_build_comes_from_the_environment(folder: Path) -> None:
    made = options.settings(NOTHING_GIVEN, {"SOURCE_DATE_EPOCH": "86400"}).made
    assert made == "1970-01-02T00:00:00+00:00"
    with pytest.raises(UsageError):
        options.settings(NOTHING_GIVEN, {"SOURCE_DATE_EPOCH": "yesterday"})
    assert folder.exists()


def test_outputs_are_one_folder_or_files(folder: Path) -> None:
    default = Path("output")
    assert targets((), default).folder == default
    for name in ("books", "books/", "2024.05", "tale.epub/"):
        assert targets((name,), default).folder == Path(name)
    (folder / "shelf.pdf").mkdir()
    assert targets(("shelf.pdf",), default).folder == Path("shelf.pdf")
    assert targets(("a.EPUB", "b.pdf"), default).files == (Path("a.EPUB"), Path("b.pdf"))


@pytest.mark.parametrize("outputs", [("a", "b"), ("a.epub", "b"), ("a.docx",)])
def test_outputs_that_make_no_sense_are_refused(folder: Path, outputs: tuple[str, ...]) -> None:
    with pytest.raises(ExportError) as caught:
        targets(outputs, folder)
    assert caught.value.exit_code == 2


def test_formats_come_once_each_in_any_writing() -> None:
    assert formats("pdf, EPUB,.pdf") == ("pdf", "epub")
    with pytest.raises(UsageError):
        formats("epub,")


@pytest.mark.parametrize(
    "line", ["image_max = -5", "image_quality = 900", 'formats = ["docx"]', "image_max = 0"]
)
def test_a_setting_out_of_range_is_told_with_the_file(line: str, tmp_path: Path) -> None:
    path = tmp_path / "exporter.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert str(path) in str(caught.value)
