"""Rule files: what they may say, and how a mistake is reported."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from exporter import data, rules
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.clean.examples import broken
from exporter.clean.selecting import select
from exporter.cli.folders import own
from exporter.errors import ConfigError
from exporter.model import Article, Capture, Learned, Page
from exporter.rules import Selector
from exporter.rules.saving import save
from exporter.settings import Settings

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
        ('site = "a.org"\n\narticle = ["div["]', "x.toml:3"),
        ('site = "a.org"\n[metadata]\nauthor = ["p"]', "x.toml:2"),
        ('site = "a.org"\n[metadata]\ntitle = ["p", ":nope"]', "x.toml:3"),
        ('site = "a.org"\nremove = [{css = "p"}, {csss = "q"}]', "x.toml:2"),
        ('site = "a.org"\n[[remove]]\nstarts = "!"', "x.toml:2"),
        ('site = "a.org"\n[[example]]\nhtml = "<p>a</p>"', "x.toml:2"),
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
        ('\nrule = [{id = "a", kind = "share"}]', "fr.toml:2"),
        ('[[rule]]\nid = "a"\nkind = "share"\nany = ["!"]', "fr.toml:1"),
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
    found = rules.site_rules()
    assert set(data.names("sites")) == {rule.site for rule in found}
    for rule in found:
        assert rule.examples, rule.source
        assert list(broken(rule)) == []


def test_the_users_own_rules_keep_their_examples_too() -> None:
    if not own().is_dir():
        pytest.skip("this user has no site rules")
    for path in rules.rule_files(str(own())):
        assert list(broken(rules.read_rule(path))) == []


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ('removes = ["Un beau pont."]', "'Un beau pont.' should be removed, but stays"),
        ('keeps = ["Achetez"]', "'Achetez' should stay, but is removed"),
        ('removes = ["Une île"]', "'Une île' is not in the snippet"),
        ('keeps = ["Une île"]', "'Une île' is not in the snippet"),
        ('title = "Le lac"', "title should be 'Le lac', but is 'Le pont'"),
        ('date = "2021-05-04"', "date should be '2021-05-04', but is ''"),
    ],
)
def test_an_example_that_is_not_kept_says_why(example: str, told: str) -> None:
    text = f"""
site = "example.org"
[metadata]
title = ["b"]
[[remove]]
css = "p.ad"
[[example]]
html = "<b>Le pont</b><p>Un beau pont.</p><p class='ad'>Achetez</p>"
{example}
"""
    found = list(broken(rules.site_rule(text, "x.toml")))
    assert [(one.where, one.what) for one in found] == [("x.toml:7", told)]


PAGE = """<html><head><title>Autre chose - Le site</title></head><body>
<div class="teaser"><p>La une du jour : le maire, interrogé hier soir sur la place du marché, n'a
rien voulu dire du pont, ni de la rivière, ni de ceux qui la passent encore à gué chaque jour.</p>
<p>Ses adversaires, eux, ont beaucoup parlé, de tout et de rien, jusque tard dans la nuit.</p></div>
<div class="x7"><b class="t">Le pont de bois</b><i class="w">Jeanne Roy</i>
<u class="d" title="4 mai 2021">mardi</u><p>Le pont tient encore.</p>
<p>Personne n'y passe plus.</p><div class="x8"><p>Dons</p></div></div></body></html>"""
CONTAINER = """
site = "example.org"
article = ["div.none", "div.x7"]
[metadata]
title = ["b.t"]
byline = ["i.w"]
"""


def cleaned(html: str, settings: Settings) -> Article:
    url = "https://www.example.org/pont"
    page = Page(html, url, None, Capture("p.html", "html", "0" * 64), NoResources())
    return clean(page, settings, Learned())


def test_a_rule_says_where_the_article_is_and_who_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(CONTAINER, encoding="utf-8")
    article = cleaned(PAGE, Settings(rule_folders=(str(tmp_path),)))
    assert "Le pont tient encore." in article.body
    assert "le maire" not in article.body
    assert article.metadata.title == "Le pont de bois"
    assert article.metadata.byline == ("Jeanne Roy",)
    assert article.metadata.provenance["title"] == article.metadata.provenance["byline"] == "rule"
    assert article.notes == ()


def test_a_container_that_is_not_there_is_a_note_and_no_failure(tmp_path: Path) -> None:
    rule = 'site = "example.org"\narticle = ["div.absent"]'
    (tmp_path / "a.toml").write_text(rule, encoding="utf-8")
    article = cleaned(PAGE, Settings(rule_folders=(str(tmp_path),)))
    assert [note.code for note in article.notes] == ["site-rule-unmatched"]
    assert "div.absent" in article.notes[0].detail
    assert article.body


def test_a_mistake_in_another_sites_rule_spoils_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('site = "other.org"\narticle = ["div["]', encoding="utf-8")
    assert cleaned(PAGE, Settings(rule_folders=(str(tmp_path),))).body


CONFIG = """# a config of our own
title: //b[@class='t']
author: //i
date: //u/@title
body: //div[@class='none']
body: //div[@class='x7']
strip: //div[contains(@class, 'x8')]
tidy: no
test_url: http://www.example.org/pont
"""


def configured(folder: Path, text: str, name: str = "example.org.txt") -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    return cleaned(PAGE, Settings(site_configs=str(folder)))


@pytest.mark.parametrize("name", ["example.org.txt", "www.example.org.txt", ".example.org.txt"])
def test_a_site_config_is_read_as_a_rule(tmp_path: Path, name: str) -> None:
    article = configured(tmp_path, CONFIG, name)
    assert "Le pont tient encore." in article.body
    assert "le maire" not in article.body
    assert "Dons" not in article.body
    assert "site:example.org#1" in {removal.reason for removal in article.ledger}
    assert article.metadata.title == "Le pont de bois"
    assert article.metadata.byline == ("Jeanne Roy",)
    assert article.metadata.published == "2021-05-04"
    assert article.notes == ()


def test_all_elements_that_a_config_calls_the_body_are_the_article(tmp_path: Path) -> None:
    article = configured(tmp_path, "body: //div[@class='x7']/p[2] | //div[@class='teaser']/p[2]")
    assert "Ses adversaires" in article.body
    assert "Personne n'y passe plus." in article.body
    assert "Le pont tient encore." not in article.body
    assert "Le pont tient encore." in " ".join(removal.text for removal in article.ledger)


@pytest.mark.parametrize("line", ["strip_id_or_class: x8", "strip_id_or_class: 'x8'"])
def test_a_config_strips_by_a_part_of_id_or_class(tmp_path: Path, line: str) -> None:
    article = configured(tmp_path, f"body: //div[@class='x7']\n{line}")
    assert "Dons" not in article.body
    assert "Le pont tient encore." in article.body


def test_elements_that_say_the_same_are_each_selected() -> None:
    soup = BeautifulSoup("<div><p>a</p><i>b</i><p>a</p><i>b</i></div><p>a</p>", "lxml")
    for xpath, css in (("//p", "p"), ("//div/p[2] | //i", "div > p:nth-of-type(2), i")):
        found = select(soup, Selector(xpath, xpath=True))
        assert [id(tag) for tag in found] == [id(tag) for tag in soup.select(css)]
        assert len(found) == 3


def test_without_pruning_evidence_takes_nothing(tmp_path: Path) -> None:
    page = PAGE.replace("<p>Dons</p>", "<p>Faites un don !</p>")
    pruned = Settings(site_configs=str(tmp_path))
    (tmp_path / "example.org.txt").write_text("body: //div[@class='x7']", encoding="utf-8")
    assert "Faites un don" not in cleaned(page, pruned).body
    other = tmp_path / "whole"
    other.mkdir()
    (other / "example.org.txt").write_text("body: //div[@class='x7']\nprune: no", "utf-8")
    assert "Faites un don" in cleaned(page, Settings(site_configs=str(other))).body


def test_what_we_do_not_follow_in_a_config_is_one_note(tmp_path: Path) -> None:
    text = "body: //div[@class='x7']\nstrip: //div[\nreplace_string(a): b\nmove_into: //c"
    article = configured(tmp_path, text)
    assert [note.code for note in article.notes] == ["site-config-ignored"]
    for what in ("//div[", "replace_string", "move_into", "example.org.txt"):
        assert what in article.notes[0].detail


def test_an_absent_folder_of_site_configs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        cleaned(PAGE, Settings(site_configs=str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('site = "example.org"\nremove = [{css = "p"}]  # mine\n', "can't be added to"),
        ('site = "example.org"\nnonsense', "is no TOML"),
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(
    tmp_path: Path, text: str, error: str
) -> None:
    path = tmp_path / "any-name.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=error) as caught:
        save(tmp_path, "example.org", (), ("div.ad",))
    assert caught.value.where.startswith(str(path))
    assert path.read_text(encoding="utf-8") == text


def test_a_rule_is_saved_into_the_file_of_its_site_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "any-name.toml"
    path.write_text('site = "example.org"\n[[remove]]  # the ad\ncss = "div.ad"', encoding="utf-8")
    assert save(tmp_path, "example.org", ("em",), ("div.ad", 'p[title="\\7"]')) == (path, 2)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('site = "example.org"\n[[remove]]  # the ad\ncss = "div.ad"\n')
    rule = rules.read_rule(path)
    assert [cut.selector.text for cut in rule.remove if cut.selector] == [
        "div.ad",
        'p[title="\\7"]',
    ]
    assert [cut.selector.text for cut in rule.keep if cut.selector] == ["em"]
    assert save(tmp_path, "example.org", ("em",), ("div.ad",)) == (path, 0)


def test_a_site_of_which_nothing_was_saved_gets_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "other.org.toml").write_text('site = "other.org"', encoding="utf-8")
    path, added = save(tmp_path / "new", "example.org", (), ("div.ad",))
    assert (path.name, added) == ("example.org.toml", 1)
    assert rules.read_rule(path).site == "example.org"


def test_no_text_is_lost_where_a_config_gathers_an_article_from_parts(tmp_path: Path) -> None:
    page = PAGE.replace("<p>", "<p>\n").replace("Dons", "Dons <img alt='' src='a.png'>")
    body = "body: //div[@class='teaser']/p[2] | //div[@class='x8'] | //i"
    (tmp_path / "example.org.txt").write_text(f"{body}\nstrip: //p[.='Dons']", encoding="utf-8")
    article = cleaned(page, Settings(site_configs=str(tmp_path)))
    assert not lost(page, article)
