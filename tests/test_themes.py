"""A theme is a folder: ours by name, a reader's own by path, with the reader's style on top."""

from pathlib import Path

import pytest

from exporter import themes
from exporter.errors import ConfigError


def own_theme(folder: Path, settings: str = 'description = "mine"\nfonts = []\n') -> Path:
    (folder / "theme.toml").write_text(settings, encoding="utf-8")
    (folder / "print.css").write_text("p { color: red }", encoding="utf-8")
    (folder / "screen.css").write_text("p { color: blue }", encoding="utf-8")
    return folder


def test_classic_has_both_style_sheets_and_three_families() -> None:
    theme = themes.load("classic")
    assert "@page" in theme.print_css
    assert "@page" not in theme.screen_css
    assert [len(list(folder.glob("*.ttf"))) for folder in theme.font_folders] == [4, 4, 4]


def test_every_shared_family_travels_with_its_licence() -> None:
    families = [folder for folder in themes.font_folder().iterdir() if folder.is_dir()]
    assert families
    assert all((family / "OFL.txt").is_file() for family in families)


def test_a_theme_is_listed_by_its_folder() -> None:
    assert "classic" in themes.names()
    assert "fonts" not in themes.names()


def test_a_folder_of_the_readers_own_is_a_theme(tmp_path: Path) -> None:
    theme = themes.load(str(own_theme(tmp_path)))
    assert (theme.print_css, theme.screen_css) == ("p { color: red }", "p { color: blue }")


def test_a_theme_may_bring_fonts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "fonts" / "mine").mkdir(parents=True)
    theme = themes.load(str(own_theme(tmp_path, 'fonts = ["mine", "source-sans-3"]')))
    assert theme.font_folders[0] == tmp_path / "fonts" / "mine"
    assert theme.font_folders[1] == themes.font_folder() / "source-sans-3"


def test_style_as_text_comes_after_the_themes_own() -> None:
    theme = themes.load("classic", "p { color: teal }")
    assert theme.print_css.rstrip().endswith("p { color: teal }")
    assert theme.screen_css.rstrip().endswith("p { color: teal }")


def test_style_may_be_the_path_of_a_file(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.css"
    sheet.write_text("p { color: olive }", encoding="utf-8")
    assert themes.load("classic", str(sheet)).print_css.rstrip().endswith("p { color: olive }")


def test_an_unknown_theme_names_those_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        themes.load("baroque")
    assert caught.value.where == "baroque"
    assert "classic" in caught.value.remedy


def test_an_absent_style_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        themes.load("classic", str(tmp_path / "absent.css"))
    assert "absent.css" in caught.value.where


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ("fonts = [", "not valid TOML"),
        ('fonts = "source-sans-3"', "no list"),
        ('fonts = ["futura"]', 'no fonts "futura"'),
    ],
)
def test_a_wrong_theme_file_says_what_is_wrong(tmp_path: Path, settings: str, what: str) -> None:
    with pytest.raises(ConfigError) as caught:
        themes.load(str(own_theme(tmp_path, settings)))
    assert what in caught.value.what


def test_a_theme_without_a_style_sheet_is_refused(tmp_path: Path) -> None:
    (own_theme(tmp_path) / "print.css").unlink()
    with pytest.raises(ConfigError) as caught:
        themes.load(str(tmp_path))
    assert caught.value.where.endswith("print.css")


def test_the_screen_sheet_suits_reading_systems() -> None:
    sheet = themes.load("classic").screen_css
    assert "var(" not in sheet  # Kindle refuses books with CSS variables
    assert "px" not in sheet.replace("1px", "")  # hairlines alone have a fixed size
    assert "pt;" not in sheet


@pytest.mark.parametrize(
    "style", ["p { background: url(file:///etc/passwd) }", "@import 'a'; p {}"]
)
def test_a_style_that_loads_files_is_refused_for_every_format(style: str) -> None:
    with pytest.raises(ConfigError, match="--style"):
        themes.load("classic", style)
