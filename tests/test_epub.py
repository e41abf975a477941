"""What the EPUB of an article holds, and what no body can make it hold."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from PIL import Image

import strategies
from exporter import dom, themes
from exporter.errors import ConfigError
from exporter.model import Article, Asset, Capture, Edition, Metadata, Note, Removal
from exporter.settings import Settings
from exporter.write import writer

KEY = "a1" * 32
NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
THEME = themes.load("classic")


def photograph() -> Asset:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(target, "JPEG")
    return Asset(KEY, "image/jpeg", 900, 600, target.getvalue())


ABOUT = Metadata(
    title="Le prix du pain",
    kicker="Économie",
    subtitle="Pourquoi il monte.",
    byline=("Anne Martin", "Paul Roy"),
    dateline="Lyon",
    published="2024-05-01",
    language="fr",
    site="Le Fournil",
    url="https://fournil.example/pain?a=1&b=2",
    original_url="https://bakery.example/bread",
    translator="Jean Petit",
    photographers=("Auguste Roy",),
    keywords=("pain", "blé"),
)
BODY = (
    "<p>La farine\u202f: plus chère.</p>"
    f'<figure><img src="asset:{KEY}" alt="Un four"/>'
    '<figcaption>Le four. <span class="credit">© A. Roy</span></figcaption></figure>'
    '<h2>Le blé</h2><p>Une note<a class="noteref" href="#n1" id="r1">1</a>.</p>'
    '<h2 id="eau">L’eau</h2><p lang="en">Water.</p>'
    '<section class="footnotes"><ol><li id="n1">Voir plus loin. '
    '<a class="backlink" href="#r1">↩</a></li></ol></section>'
)


def article(body: str = BODY, **about: object) -> Article:
    return Article(
        metadata=replace(ABOUT, **about),  # type: ignore[arg-type]  # fields by name
        body=body,
        assets=(photograph(),) if KEY in body else (),
        ledger=(
            Removal("phrase:fr.share", "partagez", "p", "Partagez !"),
            Removal("phrase:fr.share", "partagez", "p", "Partagez encore !"),
            Removal("outside-article", "", "nav", "Menu"),
        ),
        notes=(Note("truncated"),),
        capture=Capture("pain.html", "html", "0" * 64),
        saved_at="2024-06-02",
    )


class Book:
    """An EPUB as its readers take it apart."""

    def __init__(self, edition: Edition, *, cover: bool = False) -> None:
        self.data = writer(".epub")(edition, THEME, Settings(cover=cover)).data
        with zipfile.ZipFile(io.BytesIO(self.data)) as book:
            self.infos = book.infolist()
            self.members = {info.filename: book.read(info) for info in self.infos}
        self.opf = etree.fromstring(self.members["EPUB/content.opf"])

    def page(self, name: str) -> etree._Element:
        return etree.fromstring(self.members[f"EPUB/{name}"])

    def text(self, name: str) -> str:
        body = self.page(name).find("h:body", NS)
        assert body is not None
        for number in list(body.iter("{*}span")):
            if number.get("class") == "note-number":  # ours, not the page's
                number.text = ""
        return " ".join("".join(map(str, body.itertext())).split(" "))

    def said(self, path: str) -> list[str]:
        return [element.text or "" for element in self.opf.iterfind(f".//{path}", NS)]

    def spine(self) -> list[str]:
        return [str(ref.get("idref")) for ref in self.opf.iterfind(".//opf:itemref", NS)]


@pytest.fixture(scope="module")
def single() -> Book:
    return Book(Edition.single(article()), cover=True)


@pytest.fixture(scope="module")
def anthology() -> Book:
    other = article("<p>Second text.</p>", title="Another", language="en", byline=("Bob",))
    return Book(Edition("Le pain", (article(), other), "fr", "2024-07-01T10:00:00+02:00"))


def test_the_mimetype_comes_first_and_stored(single: Book) -> None:
    first = single.infos[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert single.members["mimetype"] == b"application/epub+zip"


def test_the_same_edition_gives_the_same_bytes(single: Book) -> None:
    assert Book(Edition.single(article()), cover=True).data == single.data


def test_no_member_carries_a_date_of_its_own(single: Book) -> None:
    assert {info.date_time for info in single.infos} == {(1980, 1, 1, 0, 0, 0)}


def test_one_leafs_from_cover_to_colophon(single: Book, anthology: Book) -> None:
    assert single.spine() == ["cover", "title", "nav", "article-1", "colophon"]
    behind = ["sources", "credits", "colophon"]
    assert anthology.spine() == ["title", "nav", "article-1", "article-2", *behind]


def test_short_contents_are_no_page() -> None:
    assert "nav" not in Book(Edition.single(article("<p>Bref.</p>"))).spine()


def test_the_title_page_says_what_the_page_said_of_itself(single: Book) -> None:
    text = single.text("title.xhtml")
    for words in ("Économie", "Le prix du pain", "Pourquoi il monte.", "Le Fournil"):
        assert words in text
    for words in ("Par Anne Martin et Paul Roy", "Traduit par Jean Petit", "Lyon, 1er mai 2024"):
        assert words in text


def test_the_package_says_who_and_whence(single: Book) -> None:
    assert single.said("dc:creator") == ["Anne Martin", "Paul Roy"]
    assert single.said("dc:contributor") == ["Jean Petit", "Auguste Roy"]
    assert single.said("dc:source") == [ABOUT.url, ABOUT.original_url]
    assert single.said("dc:language") == ["fr"]
    assert single.said("dc:date") == ["2024-05-01"]
    roles = single.said("opf:meta[@property='role']")
    assert roles == ["aut", "aut", "trl", "pht"]


def test_the_package_is_dated_by_the_capture(single: Book, anthology: Book) -> None:
    path = "opf:meta[@property='dcterms:modified']"
    assert single.said(path) == ["2024-06-02T00:00:00Z"]
    assert anthology.said(path) == ["2024-07-01T08:00:00Z"]


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2024-05", ["2024-05"]),
        ("2024-05-01T10:00:00+02:00", ["2024-05-01T10:00:00+02:00"]),
        ("2024-05-01T10:00", ["2024-05-01"]),  # W3C dates with a time have a zone
        ("2024-02-31", ["2024"]),
        ("0000", []),
        ("hier", []),
    ],
)
def test_the_package_gives_dates_as_the_w3c_writes_them(published: str, said: list[str]) -> None:
    assert Book(Edition.single(article(published=published))).said("dc:date") == said


@pytest.mark.parametrize("made", ["0001-01-01T00:00:00+14:00", "0999", "2024-02-31", ""])
def test_an_impossible_date_of_making_is_the_epoch(made: str) -> None:
    edition = replace(Edition.single(article()), made=made)
    said = Book(edition).said("opf:meta[@property='dcterms:modified']")
    assert said == ["2000-01-01T00:00:00Z"]


def test_an_aside_is_no_landmark() -> None:
    body = '<aside class="embed"><p>a</p></aside><aside class="pull-quote"><p>b</p></aside>'
    page = Book(Edition.single(article(body))).page("article-1.xhtml")
    roles = [aside.get("role") for aside in page.iterfind(".//h:aside", NS)]
    assert roles == ["note", "doc-pullquote"]


def test_the_identifier_follows_capture_and_title(single: Book) -> None:
    (found,) = single.said("dc:identifier")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found)
    assert Book(Edition.single(article(title="Autre"))).said("dc:identifier") != [found]


@pytest.mark.parametrize("name", ["accessMode", "accessModeSufficient", "accessibilityFeature",
                                  "accessibilityHazard", "accessibilitySummary"])  # fmt: skip
def test_the_package_says_who_can_read_it(single: Book, name: str) -> None:
    assert any(single.said(f"opf:meta[@property='schema:{name}']"))


def test_nav_and_ncx_list_articles_and_their_headings(single: Book) -> None:
    toc = single.page("nav.xhtml").find(".//h:nav[@id='toc']", NS)
    assert toc is not None
    lines = [("".join(map(str, a.itertext())), a.get("href")) for a in toc.iterfind(".//h:a", NS)]
    assert lines == [
        ("Le prix du pain", "article-1.xhtml"),
        ("Le blé", "article-1.xhtml#heading-1"),
        ("L’eau", "article-1.xhtml#eau"),
        ("À propos de cette édition", "colophon.xhtml"),
    ]
    ncx = single.page("toc.ncx")
    labels = [text.text for text in ncx.iterfind(".//ncx:navLabel/ncx:text", NS)]
    assert labels == [label for label, _ in lines]


def test_landmarks_lead_to_the_parts_of_the_book(single: Book) -> None:
    links = single.page("nav.xhtml").iterfind(".//h:nav[@id='landmarks']//h:a", NS)
    kinds = [link.get(EPUB_TYPE) for link in links]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter", "backmatter"]


def test_a_note_is_a_note_to_a_reading_system(single: Book) -> None:
    page = single.page("article-1.xhtml")
    assert [a.get(EPUB_TYPE) for a in page.iterfind(".//h:a", NS)] == ["noteref", "backlink"]
    (aside,) = page.iterfind(".//h:aside", NS)
    assert (aside.get(EPUB_TYPE), aside.get("role")) == ("footnote", "doc-footnote")
    assert aside.get("id") == "n1"
    assert "".join(map(str, aside.itertext())) == "1.\u00a0Voir plus loin. ↩"


def test_the_notes_of_a_chapter_are_one_landmark() -> None:
    section = '<section class="footnotes"><ol><li>x</li></ol></section>'
    page = Book(Edition.single(article(section * 2))).page("article-1.xhtml")
    said = [(one.get(EPUB_TYPE), one.get("role")) for one in page.iterfind(".//h:section", NS)]
    assert said == [("chapter", "doc-chapter"), ("endnotes", "doc-endnotes"), (None, None)]


def test_each_language_is_said_in_both_ways(single: Book) -> None:
    page = single.page("article-1.xhtml")
    assert (page.get("lang"), page.get(XML_LANG)) == ("fr", "fr")
    (water,) = page.iterfind(".//h:p[@lang='en']", NS)
    assert water.get(XML_LANG) == "en"


def test_an_image_is_inside_once_with_its_caption_and_credit(single: Book) -> None:
    assert [name for name in single.members if name.startswith("EPUB/images/")] == [
        f"EPUB/images/{KEY[:24]}.jpg"
    ]
    assert single.text("article-1.xhtml").count("Le four. © A. Roy") == 1


def test_an_absent_image_leaves_its_alternative_text() -> None:
    body = '<figure><img src="https://a.example/x.jpg" alt="Une meule"/></figure>'
    book = Book(Edition.single(article(body)))
    assert "[Image absente de la page enregistrée\u00a0: Une meule]" in book.text("article-1.xhtml")
    assert book.page("article-1.xhtml").find(".//h:img", NS) is None


def test_fine_spaces_become_no_break_spaces(single: Book) -> None:
    assert "La farine\u00a0: plus chère." in single.text("article-1.xhtml")


def test_the_colophon_counts_what_was_left_out(single: Book) -> None:
    text = single.text("colophon.xhtml")
    assert "invitations à partager (2)" in text
    assert "autour de l’article (1)" in text
    assert "© A. Roy" in text
    assert "2 juin 2024" in text
    assert ABOUT.url is not None
    assert ABOUT.url in text


def test_chapters_of_a_book_carry_their_headlines_and_languages(anthology: Book) -> None:
    page = anthology.page("article-2.xhtml")
    assert page.get("lang") == "en"
    assert page.findtext(".//h:h1", namespaces=NS) == "Another"
    assert anthology.said("dc:language") == ["fr", "en"]


def test_right_to_left_is_said_of_page_and_book() -> None:
    book = Book(Edition.single(article("<p>نص.</p>", language="ar", dir="rtl")))
    assert book.page("article-1.xhtml").get("dir") == "rtl"
    (spine,) = book.opf.iterfind("opf:spine", NS)
    assert spine.get("page-progression-direction") == "rtl"


def test_each_article_of_a_mixed_book_keeps_its_direction_and_the_book_has_its_own() -> None:
    arabic = article("<p>نص.</p>", language="ar", dir="rtl")
    french = article('<p>Il dit <span lang="ar" dir="rtl">نعم</span>.</p>')
    book = Book(Edition("Deux", (arabic, french), "fr", "2024"))
    pages = [book.page(f"article-{number}.xhtml") for number in (1, 2)]
    assert [(page.get("lang"), page.get("dir")) for page in pages] == [("ar", "rtl"), ("fr", "ltr")]
    (word,) = pages[1].iterfind(".//h:span[@lang='ar']", NS)
    assert (word.get(XML_LANG), word.get("dir")) == ("ar", "rtl")
    (spine,) = book.opf.iterfind("opf:spine", NS)
    assert spine.get("page-progression-direction") is None
    assert [book.page(name).get("dir") for name in ("title.xhtml", "nav.xhtml")] == ["ltr", "ltr"]
    (spine,) = Book(Edition("اثنان", (french, arabic), "ar", "2024")).opf.iterfind("opf:spine", NS)
    assert spine.get("page-progression-direction") == "rtl"


def test_a_link_to_nowhere_keeps_its_words() -> None:
    book = Book(Edition.single(article('<p>Voir <a href="#x">plus <em>loin</em></a>.</p>')))
    assert "Voir plus loin." in book.text("article-1.xhtml")
    assert book.page("article-1.xhtml").find(".//h:a", NS) is None


def test_page_text_in_the_metadata_is_text() -> None:
    title = 'A <b>"B"</b> & C -- \x0b]]>'
    book = Book(Edition.single(article(title=title, language="fr_FR", byline=("<i>",))))
    assert book.said("dc:title") == ['A <b>"B"</b> & C -- ]]>']
    assert book.said("dc:language") == ["und"]


def test_a_book_without_any_name_still_has_a_title() -> None:
    bare = article("<p>x</p>", title=" ", site=None, url=None)
    assert Book(Edition("", (bare,), "und", "nonsense")).said("dc:title") == ["pain.html"]


def test_a_style_that_loads_files_is_the_users_to_correct() -> None:
    style = replace(THEME, screen_css="p { background: url(https://a.example/x.png) }")
    with pytest.raises(ConfigError, match="loads a file"):
        writer(".epub")(Edition.single(article()), style, Settings(cover=False))


# Any tree of the vocabulary, legal HTML or not: the lint runs inside the writer.

FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="v = a/2"><semantics><mrow><mi>v</mi>'
    "<mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></mrow>"
    '<annotation encoding="application/x-tex">v = \\frac a 2</annotation></semantics></math>'
)


def test_a_formula_stays_and_the_manifest_says_so() -> None:
    texts = (article(f"<h2>Soit {FORMULA}</h2><p>{FORMULA}\u202f!</p>"), article("<p>Rien.</p>"))
    book = Book(Edition("Deux", texts, "fr", "2024-07-01"))
    told = {
        item.get("href"): item.get("properties") for item in book.opf.iterfind(".//opf:item", NS)
    }
    assert told["article-1.xhtml"] == "mathml"
    assert [name for name, said in told.items() if said == "mathml"] == ["article-1.xhtml"]
    page = book.page("article-1.xhtml")
    for math in page.iter("{http://www.w3.org/1998/Math/MathML}math"):
        assert math.get("alttext") == "v = a/2"
        assert math.find(".//{*}mfrac/{*}mn") is not None
    assert "Soit v = a/2" in book.text("nav.xhtml")
    assert "MathML" in book.said("opf:meta[@property='schema:accessibilityFeature']")
    assert "MathML" not in single_features()


def single_features() -> list[str]:
    book = Book(Edition.single(article()))
    return book.said("opf:meta[@property='schema:accessibilityFeature']")


@given(strategies.bodies(KEY))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_body_of_the_vocabulary_makes_a_book_that_keeps_its_words(body: str) -> None:
    before = dom.squash(dom.plain_text(body))
    after = dom.squash(Book(Edition.single(article(body))).text("article-1.xhtml"))
    assert not Counter(before) - Counter(after)
    # captions and feet go where HTML wants them; all else stays in order
    if not re.search("<(?:caption|figcaption|tfoot)", body):
        assert before in after
