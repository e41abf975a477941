"""Rule files: what they may say, and how a mistake is reported."""

from pathlib import Path

import pytest

from exporter import data, rules
from exporter.clean import clean
from exporter.errors import ConfigError
from exporter.model import Capture, Learned, Page, Settings

RULE = """
site = "example.org"
why = "share box and plea"
[[remove]]
what = "everything from the plea to the end"
starts = "Votre soutien est essentiel"
extent = "to-end"
[[keep]]
css = "p.note"
"""
HTML = """<html><body><article class="entry-content"><p>Le bac traverse la rivière chaque matin,
et personne au village ne sait depuis quand il le fait.</p><p>Le passeur, lui, compte encore les
traversées, une par une, dans un cahier bleu.</p><p>Votre soutien est essentiel à la rivière.</p>
<p>Une phrase que rien ne condamne, sauf la règle du site.</p><p class="note">À garder.</p>
</article></body></html>"""


class NoResources:
    def find(self, url: str) -> None:
        """Find nothing."""


def body(url: str, folder: Path | None) -> str:
    page = Page(HTML, url, None, Capture("p.html", "html", "0" * 64), NoResources())
    folders = (str(folder),) if folder else ()
    return clean(page, Settings(rule_folders=folders), Learned()).body


def test_a_rule_of_the_users_folder_cuts_to_the_end_and_keeps_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "example.org.toml").write_text(RULE, encoding="utf-8")
    cut = body("https://www.example.org/a", tmp_path)
    assert "cahier bleu" in cut
    assert "rien ne condamne" not in cut
    assert "À garder." in cut


def test_a_rule_is_for_its_own_site_alone(tmp_path: Path) -> None:
    (tmp_path / "example.org.toml").write_text(RULE, encoding="utf-8")
    assert "rien ne condamne" in body("https://notexample.org/a", tmp_path)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('site = "a.org"\nnonsense', "x.toml:2"),
        ('site = "a.org"\n\n[[remove]]\nextent = "to-end"\n', "x.toml:3"),
        (
            'site = "a.org"\n[[remove]]\ncss = "p"\n[[remove]]\ncss = "q"\nextent = "all"',
            "x.toml:4",
        ),
        ('site = "a.org"\n[[keep]]\ncsss = "p"', "x.toml:2"),
        ('why = "no site"', "x.toml"),
        ('site = "a.org"\narticle = "div"', "x.toml:2"),
    ],
)
def test_a_mistake_in_a_site_rule_names_file_and_line(text: str, where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        rules.site_rule(text, "x.toml")
    assert caught.value.where == where
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[[rule]]\nid = "a"\nkind = "none"\nany = ["x"]', "fr.toml:1"),
        ('[[rule]]\nid = "a"\nkind = "share"\nany = ["x"]\n[[rule]]\nkind = "ui"\n', "fr.toml:5"),
        ('[[rule]]\nid = "a"\nkind = "share"\n', "fr.toml:1"),
        ('[[rule]]\nid = "a"\nkind = "share"\nany = ["x"]\nplace = "end"', "fr.toml:1"),
    ],
)
def test_a_mistake_in_a_phrase_pack_names_file_and_line(text: str, where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        rules.phrase_rules(text, "fr.toml", "fr")
    assert caught.value.where == where


def test_an_absent_rule_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        rules.site_rules((str(tmp_path / "none"),))


def test_every_packaged_site_rule_keeps_its_examples() -> None:
    for rule in rules.site_rules():
        assert rule.examples, rule.site
    assert set(data.names("sites")) == {rule.site for rule in rules.site_rules()}
