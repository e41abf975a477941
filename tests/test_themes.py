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
    with pytest.raises(ConfigError, match="did you mean classic"):
        themes.load("clasic")


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
        ("fonts = [1]", "no list"),
        ('measure = "66"', "measure must be a whole number"),
        ('colour = "red"', "no such setting: colour"),
        ('page = "a9"', "no such page size"),
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


def test_a_theme_stands_on_another_whose_rules_come_first(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('base = "classic"\nmeasure = 50\n', "utf-8")
    (tmp_path / "print.css").write_text("p { color: red }", "utf-8")
    theme, classic = themes.load(str(tmp_path)), themes.load("classic")
    assert theme.print_css.startswith(classic.print_css)
    assert theme.print_css.endswith("p { color: red }")
    assert theme.screen_css == classic.screen_css  # its own sheets are no duty
    assert theme.font_folders == classic.font_folders
    assert (theme.measure, classic.measure) == (50, 66)


def test_a_base_may_be_a_folder_beside_the_theme(tmp_path: Path) -> None:
    for name, base in (("plain", "classic"), ("red", "../plain")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "theme.toml").write_text(f'base = "{base}"\n', "utf-8")
        (tmp_path / name / "print.css").write_text(f"/* {name} */", "utf-8")
    sheet = themes.load(str(tmp_path / "red")).print_css
    assert sheet.index("@page") < sheet.index("/* plain */") < sheet.index("/* red */")


def test_a_base_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('base = "baroque"\n', "utf-8")
    with pytest.raises(ConfigError, match="baroque") as caught:
        themes.load(str(tmp_path))
    assert caught.value.where.endswith("theme.toml")


def test_themes_that_stand_on_each_other_are_refused(tmp_path: Path) -> None:
    for name, base in (("a", "../b"), ("b", "../a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "theme.toml").write_text(f'base = "{base}"\n', "utf-8")
    with pytest.raises(ConfigError, match="stands on it"):
        themes.load(str(tmp_path / "a"))


@pytest.mark.parametrize(
    ("said", "css"),
    [
        ("a4", "210mm 297mm"),
        ("Letter", "215.9mm 279.4mm"),
        ("a5 landscape", "210mm 148mm"),
        ("148x210mm", "148mm 210mm"),
        ("6in 9in", "152.4mm 228.6mm"),
        ("15.5 × 23 cm", "155mm 230mm"),
    ],
)
def test_page_size_is_a_name_or_measures(said: str, css: str) -> None:
    sheet = themes.load("classic", "p { color: teal }", page_size=said).print_css
    last = sheet.rindex("@page {")
    assert sheet[last:].startswith(f"@page {{ size: {css} }}")
    assert sheet.index("p { color: teal }") > last  # the reader's style may say otherwise


@pytest.mark.parametrize("said", ["a9", "148", "148x210", "1x1mm", "9000x9000mm", "a4 sideways"])
def test_a_page_size_that_makes_no_sense_is_refused(said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        themes.load("classic", page_size=said)
    assert caught.value.where == said


def test_a_narrower_page_has_fewer_letters_on_a_line_a_wider_one_no_more() -> None:
    measures = [themes.load("classic", page_size=said).measure for said in ("90x120mm", "a5", "a3")]
    assert measures == [40, 66, 66]


@pytest.mark.parametrize(
    ("said", "family"),
    [("sans", "Source Sans 3"), ("Serif", "Source Serif 4"), (" EB  Garamond ", "EB Garamond")],
)
def test_a_font_is_a_family_or_the_name_of_one_of_ours(said: str, family: str) -> None:
    theme = themes.load("classic", font=said)
    assert theme.font == family
    assert f'--text: "{family}"' in theme.print_css.splitlines()[-1]
    assert theme.screen_css == themes.load("classic").screen_css  # there the reader chooses


def test_a_font_is_no_way_to_write_css() -> None:
    with pytest.raises(ConfigError):
        themes.load("classic", font='x"; } p { color: red')
