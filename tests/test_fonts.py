"""The fonts of a PDF: the theme's own, whatever the machine prefers."""

import io
import os
import re
from pathlib import Path

import pikepdf
import pytest

from exporter import themes
from exporter.errors import ConfigError
from exporter.model import Article, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf import families, fonts
from exporter.write.pdf.engine import coverage


def font_names(body: str, font: str = "") -> set[str]:
    about = Metadata(title="Fonts", language="en")
    article = Article(about, body, (), (), (), Capture("page.html", "html", "0" * 64))
    book = pdf.write(Edition.single(article), themes.load("classic", font=font), Settings()).data
    names = set()
    opened = pikepdf.open(io.BytesIO(book))
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in thing or "/FontFile3" in thing, "a font is not embedded"
            names.add(re.sub(r"^/[A-Z]+\+", "", str(thing["/FontName"])))
    return names


def test_latin_greek_and_cyrillic_need_the_bundled_fonts_alone() -> None:
    body = "<p>Text, <em>italic</em>, <strong>bold</strong>, αβγ, Жук, « fine space »</p>"
    families = {name.rsplit("-", 1)[0] for name in font_names(body)}
    assert all(family.startswith("Source") for family in families), families


def test_code_is_set_in_the_bundled_monospace() -> None:
    assert any("Code" in name for name in font_names("<pre>x = 1</pre>"))


def test_the_configuration_lists_the_themes_folders_first() -> None:
    text = fonts.configuration([Path("/theme/a & b")], Path("/cache"))
    folders = re.findall(r"<dir>(.*?)</dir>", text)
    assert folders[0] == "/theme/a &amp; b"
    assert len(folders) > 1
    assert "include" not in text  # what the machine's configuration says does not reach us


def test_the_environment_is_as_before() -> None:
    before = dict(os.environ)
    with fonts.private(themes.load("classic").font_folders):
        assert Path(os.environ[fonts.VARIABLE]).is_file()
    assert dict(os.environ) == before


def test_coverage_is_what_the_regular_faces_have() -> None:
    shown = coverage(themes.load("classic").font_folders)
    assert set("aé€—«»\u202f\u00a0□") <= shown
    assert "漢" not in shown


def test_a_font_that_was_asked_for_sets_the_text() -> None:
    names = font_names("<p>Text.</p>", "sans")
    assert names
    assert all(name.startswith("Source-Sans") for name in names), names


def test_a_font_that_is_not_there_is_an_error_that_names_some_that_are() -> None:
    with pytest.raises(ConfigError) as caught:
        font_names("<p>Text.</p>", "Sorce Serif 4")
    assert caught.value.where == "Sorce Serif 4"
    assert "there is Source Serif 4" in caught.value.remedy


def test_upper_and_lower_case_tell_no_fonts_apart() -> None:
    families.check("source serif 4", {"Source Serif 4"})
    with pytest.raises(ConfigError):
        families.check("source", {"Source Serif 4"})
