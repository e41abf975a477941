"""Links on paper: numbered notes that say where each leads, each address once."""

from pathlib import Path

import pytest

from exporter import dom
from exporter.cli.config import CHOICES
from exporter.model import Edition
from exporter.settings import Settings
from exporter.write.pdf.addresses import breakable, readable
from exporter.write.pdf.document import document
from exporter.write.pdf.links import MOST
from printing import SENTENCE, article, needs_pdftotext, opened, photograph, printed, roles, text

REPORT = '<a href="https://a.example/report">the report</a>'
LETTER = '<a href="https://b.example/letter">the letter</a>'


def chapter(body: str, mode: str = "endnotes", language: str = "en") -> dom.Element:
    """Give what stands in the chapter after its title block."""
    edition = Edition.single(article(body, language=language))
    root = document(edition, Settings(links=mode), 66)
    (found,) = root.iter("article")
    return found


def marks(body: str) -> list[str]:
    return [dom.text_of(a) for a in chapter(body).iter("a") if a.get("class") == "link-mark"]


def listed(body: str) -> list[str]:
    """Give the addresses listed after the body, without the places where they may break."""
    entries = [li for section in chapter(body).iter("section") for li in section.iter("li")]
    return [plain(dom.text_of(entry)) for entry in entries]


def plain(address: str) -> str:
    return address.replace("\u200b", "").replace("\u2060", "")


def test_each_address_is_listed_once_in_the_order_in_which_the_article_names_them() -> None:
    body = f"<p>In {LETTER} and {REPORT}.</p><p>As {LETTER} says, {REPORT} is wrong.</p>"
    assert marks(body) == ["[1]", "[2]", "[1]", "[2]"]
    assert listed(body) == ["[1] https://b.example/letter", "[2] https://a.example/report"]


def test_the_list_bears_a_title_in_the_language_of_the_article() -> None:
    (section,) = chapter(f"<p>{REPORT}</p>", language="fr").iter("section")
    assert dom.text_of(section[0]) == "Liens"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/x/", True),
        ("https://a.example/x", "http://www.a.example/x", True),
        ("https://A.example/x", "https://a.example/x#", True),
        ("https://a.example/x", "https://a.example/X", False),
        ("https://a.example/x", "https://a.example/x#part", False),
        ("https://a.example/x", "https://a.example/x?page=2", False),
    ],
)
def test_two_spellings_of_one_address_have_one_number(one: str, other: str, *, same: bool) -> None:
    body = f'<p><a href="{one}">One</a>, <a href="{other}">other</a>.</p>'
    assert marks(body) == (["[1]", "[1]"] if same else ["[1]", "[2]"])


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://a.example/x">https://a.example/x</a>',
        '<a href="https://www.a.example/">a.example</a>',
        '<a href="https://a.example/%C3%A9t%C3%A9">a.example/été</a>',
        '<a href="mailto:ann@a.example">Write to ann@a.example</a>',
        '<a href="#there">there</a>',
    ],
)
def test_a_link_that_says_where_it_leads_has_no_number(link: str) -> None:
    assert marks(f'<p>See {link}.</p><p id="there">There.</p>') == []


def test_a_listing_is_left_as_it_is() -> None:
    body = '<pre><code>x = <a href="https://a.example/x">open</a>()</code></pre>'
    assert marks(body) == []


def test_a_mail_address_is_listed_as_one_writes_it() -> None:
    assert listed('<p><a href="mailto:ann@a.example">Write to us</a></p>') == ["[1] ann@a.example"]


def test_a_link_cut_into_pieces_has_one_number_at_its_end() -> None:
    body = '<p><a href="https://a.example">the</a> <a href="https://a.example">report</a></p>'
    assert dom.text_of(chapter(body)[1]) == "the report [1]"


def test_the_number_stands_by_its_word_and_before_the_blank_that_ends_the_link() -> None:
    _, paragraph, *_ = chapter('<p>See <a href="https://a.example">it </a>now.</p>')
    assert "".join(map(str, paragraph.itertext())) == "See it\u202f[1] now."


def test_a_picture_takes_its_link_with_it() -> None:
    photo = photograph()
    image = f'<img src="asset:{photo.key}" alt="The lock"/>'
    edition = Edition.single(article(f'<p><a href="https://a.example/x">{image}</a></p>', photo))
    assert [a.get("class") for a in document(edition, Settings(), 66).iter("a")] == []


def test_links_in_a_heading_do_not_reach_the_outline() -> None:
    book = opened(printed(f"<h2>On {REPORT}</h2><p>Low.</p>"))
    with book.open_outline() as outline:
        titles = [entry.title for entry in outline.root[0].children]
    assert titles == ["On the report", "Links"]


def test_inline_addresses_stand_behind_the_first_words_that_lead_there() -> None:
    body = f"<p>In {REPORT}.</p><p>In {REPORT}.</p>"
    found = [plain(dom.text_of(paragraph)) for paragraph in list(chapter(body, "inline"))[1:]]
    assert found == ["In the report [https://a.example/report].", "In the report."]


def test_none_prints_nothing_and_keeps_the_links() -> None:
    root = chapter(f"<p>In {REPORT}.</p>", "none")
    assert [dom.text_of(part) for part in list(root)[1:]] == ["In the report."]
    assert [a.get("href") for a in root[1].iter("a")] == ["https://a.example/report"]


@needs_pdftotext
def test_notes_stand_at_the_foot_of_the_page_that_first_names_them(tmp_path: Path) -> None:
    body = f"<p>{SENTENCE * 8} {REPORT}</p><p>{SENTENCE * 8} {REPORT} {LETTER}</p>"
    pages = text(printed(body, settings=Settings(links="notes")), tmp_path).split("\f")
    homes = [
        [number for number, page in enumerate(pages) if address in page]
        for address in ("[1] https://a.example/report", "[2] https://b.example/letter")
    ]
    assert homes == [[0], [1]]


def test_more_addresses_than_pages_can_hold_are_listed_at_the_end() -> None:
    body = "".join(f'<p><a href="https://a.example/{n}">It</a></p>' for n in range(MOST + 1))
    assert len(list(chapter(body, "notes").iter("section"))) == 1
    assert not list(chapter(body.replace("a.example/0", "a.example/1"), "notes").iter("section"))


def test_page_notes_are_tagged_as_notes_with_an_id() -> None:
    body = f"<p>In {REPORT} and {LETTER}.</p>"
    book = opened(printed(body, settings=Settings(links="notes")))
    notes = [element for role, element in roles(book) if role == "/Note"]
    assert len({str(note["/ID"]) for note in notes}) == 2


@needs_pdftotext
@pytest.mark.parametrize("mode", CHOICES["links"])
def test_numbers_neither_glue_to_words_nor_break_the_text(mode: str, tmp_path: Path) -> None:
    body = f"<p>{SENTENCE}They wrote it into {REPORT}, as one does.</p>"
    words = text(printed(body, settings=Settings(links=mode)), tmp_path).split()
    assert "report" in [word.strip(",") for word in words]


@needs_pdftotext
def test_a_long_address_breaks_without_a_sign_that_is_not_in_it(tmp_path: Path) -> None:
    address = "https://a.example/one-of-the-longest/2024/05/03/" + "very-long-slug-" * 9 + "end?x=1"
    body = f'<p>See <a href="{address}">it</a>, and {address} too.</p>'
    joined = "".join(text(printed(body), tmp_path).split())
    assert joined.count(address) == 2


@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("https://a.example/b/c", "https://\u2060a|.example/|b/|c"),
        ("a.example/x-y_z?k=v&l#m", "a|.example/|x|-\u2060y|_z|?k|=v|&l|#m"),
        ("a.example/.", "a|.example/|."),
    ],
)
def test_addresses_break_after_slashes_and_before_what_joins_words(
    address: str, broken: str
) -> None:
    assert breakable(address).replace("\u200b", "|") == broken


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://fr.example/%C3%89cluse", "https://fr.example/Écluse"),
        ("https://ru.example/%D0%A8%D0%BB%28x%29", "https://ru.example/Шл%28x%29"),
        ("https://a.example/100%25%20x", "https://a.example/100%25%20x"),
        ("https://a.example/%E9t%E9", "https://a.example/%E9t%E9"),  # Latin-1
        ("https://zh.example/%E6%B0%B4", "https://zh.example/%E6%B0%B4"),  # a font may lack it
    ],
)
def test_escaped_letters_are_shown_as_letters(address: str, shown: str) -> None:
    assert readable(address) == shown
