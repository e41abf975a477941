"""The fragments both writers share: well-formed, in the edition's words, escaped."""

import pytest
from lxml import etree

from exporter import data, dom
from exporter.model import Article, Asset, Capture, Edition, Metadata, Removal
from exporter.write import models, parts
from exporter.write.words import words

LANGUAGES = data.names("words")
KEY = "b2" * 32


def article(body: str = "<p>x</p>", assets: tuple[Asset, ...] = (), **about: str) -> Article:
    ledger = (Removal("site:a.example#3", "", "", ""), Removal("never-heard-of", "", "", ""))
    said = Metadata(**{"title": "T", "language": "fr", **about})  # type: ignore[arg-type]  # texts only
    return Article(said, body, assets, ledger, (), Capture("a.html", "html", "0"))


def body(markup: str, prefix: str = "") -> str:
    asset = Asset(KEY, "image/png", 1, 1, b"")
    return parts.body(article(markup, (asset,)), lambda found: f"{found.key[:4]}.png", prefix)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    ours, english = data.toml("words", f"{language}.toml"), data.toml("words", "en.toml")
    assert set(ours) == set(english)
    assert set(ours["kinds"]) == set(english["kinds"])
    assert len(ours["months"]) == 12
    assert all(ours[key].strip() for key in ours if isinstance(ours[key], str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_fill_its_patterns(language: str) -> None:
    say = words(language)
    assert "Anna" in say["by"].format(names=say.names(["Anna"]))
    assert "Anna" in say["translated_by"].format(names="Anna")
    assert "exporter" in say["made_with"].format(program="exporter")
    assert "2024" in say.date("2024-05-17")
    assert "17" in say.date("2024-05-17")


@pytest.mark.parametrize(
    ("language", "iso", "said"),
    [
        ("fr", "2024-05-01", "1er mai 2024"),
        ("fr-CA", "2024-08-15T10:00:00+02:00", "15 août 2024"),
        ("en", "2024-05-01", "1 May 2024"),
        ("de", "2024-05-01", "1. Mai 2024"),
        ("es", "2024-05-01", "1 de mayo de 2024"),
        ("fr", "2024-05", "mai 2024"),
        ("fr", "2024", "2024"),
        ("fr", "2024-13-01", "2024"),
        ("fr", "hier", "hier"),
        ("xx", "2024-05-01", "1 May 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(language: str, iso: str, said: str) -> None:
    assert words(language).date(iso) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A et B"), (["A", "B", "C"], "A, B et C")],
)
def test_names_are_listed(names: list[str], said: str) -> None:
    assert words("fr").names(names) == said


def test_page_text_is_never_markup() -> None:
    block = parts.title_block(article(title="<script>&", subtitle='"</p>', site="\x00\x0b<i>"))
    tree = dom.parse(block)
    assert {element.tag for element in tree.iter()} <= {"div", "header", "h1", "p", "span"}
    assert tree.findtext(".//h1") == "<script>&"


def test_our_words_in_a_strange_language_say_that_they_are_english() -> None:
    block = dom.parse(parts.title_block(article(language="et", translator="Mari")))
    assert block.find(".//p[@class='translation']").get("lang") == "en"  # type: ignore[union-attr]


def test_only_web_addresses_become_links() -> None:
    assert "<a " not in parts.title_block(article(url="file:///etc/passwd"))
    assert "<a " not in parts.colophon(Edition.single(article(url="javascript:alert(1)")))


def test_images_are_located_and_always_have_an_alternative_text() -> None:
    assert body(f'<p><img src="asset:{KEY}"/></p>') == '<p><img src="b2b2.png" alt=""/></p>'


def test_an_asset_the_article_lost_is_said_to_be_absent() -> None:
    assert "[Image absente" in body(f'<p>a<img src="asset:{"0" * 64}" alt="x"/>b</p>')


def test_empty_elements_read_the_same_as_html() -> None:
    markup = body("<table><tbody><tr><td/><td>x<br/></td></tr></tbody></table>")
    assert "<td></td><td>x<br/></td>" in markup


def test_ids_and_links_take_the_prefix_together() -> None:
    markup = body('<p id="a"><a href="#a">x</a></p>', "one-")
    assert markup == '<p id="one-a"><a href="#one-a">x</a></p>'


def test_an_address_is_linked_as_readers_accept_it_or_not_at_all() -> None:
    assert "<a" not in parts.title_block(article(url="https://a b/"))
    link = dom.parse(parts.title_block(article(url="https://a.example/#b#c"))).find(".//a")
    assert link is not None
    assert (link.text, link.get("href")) == ("https://a.example/#b#c", "https://a.example/#b%23c")


@pytest.mark.parametrize(("iso", "name"), [("2024-05-01", "time"), ("May", "span")])
def test_a_date_is_marked_as_one_only_when_machines_can_read_it(iso: str, name: str) -> None:
    line = dom.parse(parts.title_block(article(published=iso))).find(".//p[@class='dateline']/*")
    assert line is not None
    assert line.tag == name


def test_contents_lead_where_the_writer_says() -> None:
    edition = Edition("B", (article(), article(title="U")), "fr", "2024")
    links = dom.parse(parts.contents(edition, parts.Way("c{}.xhtml".format))).iter("a")
    assert [(a.text, a.get("href")) for a in links] == [("T", "c1.xhtml"), ("U", "c2.xhtml")]


def test_unknown_kinds_of_removals_are_counted_as_others() -> None:
    colophon = parts.colophon(Edition.single(article()))
    assert "autres (1)" in colophon
    assert "par la règle du site (1)" in colophon


REPAIRS = [
    ("block in a paragraph", "<p>a<ul><li>b</li></ul>c</p>",
     "<p>a<span><span>b</span> </span> c</p>"),
    ("text in a list", "<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("item without a list", "<section><li>a</li></section>", "<section><div>a</div></section>"),
    ("definition first", "<dl><dd>a</dd></dl>", "<dl><dt/><dd>a</dd></dl>"),
    ("rows beside bodies", "<table><tr><td>a</td></tr><tbody/></table>",
     "<table><tbody><tr><td>a</td></tr></tbody><tbody/></table>"),
    ("late head", "<table><tr><td>a</td></tr><thead><tr><th>b</th></tr></thead></table>",
     "<table><tbody><tr><td>a</td></tr></tbody><tbody><tr><th>b</th></tr></tbody></table>"),
    ("caption in the middle", "<figure>a<figcaption>b</figcaption>c</figure>",
     "<figure>ac<figcaption>b</figcaption></figure>"),
    ("second caption", "<figure><figcaption>a</figcaption><figcaption>b</figcaption></figure>",
     "<figure><figcaption>a</figcaption><div>b</div></figure>"),
    ("link in a link", '<p><a href="#a">x<a href="#b">y</a></a></p>',
     '<p><a href="#a">x<span>y</span> </a></p>'),
    ("bad number", '<ol start="x"><li value="2">a</li></ol>', '<ol><li value="2">a</li></ol>'),
    ("time without a date", "<p><time>hier</time></p>", "<p><span>hier</span></p>"),
    ("skipped levels", "<h4>a</h4><h6>b</h6><h3>c</h3><h2>d</h2>",
     "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>"),
    ("a heading of nothing", "<h3 id='a'> </h3><h2><img src='b' alt='c'/></h2>",
     '<div id="a"> </div><h2><img src="b" alt="c"/></h2>'),
    ("a link that says nothing", "<p><a href='https://a.example/'><br/></a>b</p>",
     "<p><a><br/></a>b</p>"),
    ("legal", "<dl><dt>a</dt><dd><p>b</p></dd></dl>", "<dl><dt>a</dt><dd><p>b</p></dd></dl>"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"), [row[1:] for row in REPAIRS], ids=[r[0] for r in REPAIRS]
)
def test_what_stands_in_the_wrong_place_is_renamed_and_kept(before: str, after: str) -> None:
    root = dom.parse(before)
    models.repair(root)
    assert "".join(etree.tostring(child, encoding="unicode") for child in root) == after


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example/b", "https://a.example/b"),
        ("https://a.example/b c", "https://a.example/b%20c"),
        ("https://a.example/%C3%A9%zz", "https://a.example/%C3%A9%25zz"),
        ("https://a.example/#b#c", "https://a.example/#b%23c"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("mailto:", None),
        ("https:///b", None),
        ("http://a..b/", None),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--a.example/", None),
        ("javascript:x", None),
    ],
)
def test_links_are_addresses_that_readers_accept(href: str, kept: str | None) -> None:
    assert models.link(href) == kept


def test_a_headline_is_printed_with_its_no_break_spaces_and_catalogued_without() -> None:
    about = Metadata(title="Qui\u202f?  Moi\u00a0: moi", language="fr")
    article = Article(about, "<p>x</p>", (), (), (), Capture("a.html", "html", "0" * 64))
    assert ">Qui\u202f? Moi\u00a0: moi</h1>" in parts.title_block(article)
    assert parts.headline(article) == "Qui ? Moi : moi"


def test_a_link_to_nowhere_to_which_another_leads_keeps_its_place() -> None:
    made = body("<p><a href='#gone'>0</a> <a href='#gone' id='r'>1</a> <a href='#r'>back</a></p>")
    assert made == '<p>0 <a id="r">1</a> <a href="#r">back</a></p>'
