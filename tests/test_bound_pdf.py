"""A book's PDF is bound from pieces that were printed apart, and nothing shows it."""

import dataclasses
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any  # what pikepdf gives

import pikepdf
import pytest
from fontTools.ttLib import TTFont

import conformance
from exporter import themes
from exporter.model import Article, Capture, Edition, Metadata, Part
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf import margins
from exporter.write.pdf.truetype import Outlines

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
needs_validators = pytest.mark.skipif(
    bool(conformance.absent()), reason=f"the validators can't run: {conformance.absent()}"
)
SENTENCE = "The keeper counted the barges below the lock, and wrote every level into a notebook. "


def article(number: int, paragraphs: int, body: str = "", **about: str) -> Article:
    text = f"<p>{SENTENCE * 8}</p>" * paragraphs
    facts = {
        "title": f"Story {number}",
        "language": "en",
        "site": "River Times",
        "url": f"https://river.example/story-{number}",
        "published": f"2024-0{number}-01",
    }
    return Article(
        metadata=Metadata(byline=(f"Ann {number}",), **(facts | about)),  # type: ignore[arg-type]
        body=text + body,
        assets=(),
        ledger=(),
        notes=(),
        capture=Capture(f"{number}.html", "html", str(number) * 64),
    )


FIGURE = (
    '<figure><img src="https://river.example/a.jpg" alt="A lock"/>'
    '<figcaption>The lock. <span class="credit">Photo: Ben Weir</span></figcaption></figure>'
)
LINKS = (
    '<p>As told <a href="http://www.river.example/story-3/?utm_source=x#top">elsewhere</a>, and'
    ' <a href="https://other.example/">outside</a>, see <a href="#n">below</a>.</p><p id="n">Ü</p>'
)
EDITION = Edition.anthology(
    [
        article(1, 3, LINKS),
        article(2, 9, f"<h2>The second half</h2>{FIGURE}<p>Ωmega.</p>"),
        article(3, 2),
        article(4, 1, site="The Mill", url="https://mill.example/grain"),
    ],
    "Rivers",
    [Part("Upstream", 2), Part("Downstream", 2)],
)


def bound(style: str = "", edition: Edition = EDITION, theme: str = "classic") -> bytes:
    return pdf.write(edition, themes.load(theme, style), Settings()).data


@pytest.fixture(scope="module")
def book() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(bound())) as opened:
        yield opened


def pages(data: bytes, place: Path) -> list[list[str]]:
    """Give the lines of each page."""
    path = place / "book.pdf"
    path.write_bytes(data)
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return [page.split("\n") for page in told.stdout.split("\f")][:-1]


def titles(item: Any) -> list[Any]:  # noqa: ANN401
    """Give an outline as a list of titles, each with those below it."""
    found = []
    while item is not None:
        below = titles(item.get("/First"))
        found.append([str(item.Title), below] if below else str(item.Title))
        item = item.get("/Next")
    return found


@needs_pdftotext
def test_all_pages_but_the_title_page_are_counted_through(tmp_path: Path) -> None:
    found = pages(bound(), tmp_path)
    assert len(found) > 8
    folios = [[line for line in page if line.isdecimal()][-1:] for page in found]
    assert folios == [[], *([str(number)] for number in range(2, len(found) + 1))]


@needs_pdftotext
def test_the_contents_state_the_page_on_which_an_article_begins(tmp_path: Path) -> None:
    found = pages(bound(), tmp_path)
    listed = " ".join(found[1])
    for number in (1, 2, 3, 4):
        first = next(
            at for at, page in enumerate(found, 1) if at > 2 and f"Story {number}" in page[:3]
        )
        assert re.search(rf"Story {number}\D+{first}\b", listed), (number, first, listed)


HEADS = """
@page :left { @top-center { content: string(site, first-except); font: 8pt serif } }
@page :right { @top-center { content: string(headline, first-except); font: 8pt serif } }
"""


@needs_pdftotext
def test_left_is_left_and_right_is_right_wherever_an_article_begins(tmp_path: Path) -> None:
    found = pages(bound(HEADS), tmp_path)
    inside = [at for at, page in enumerate(found, 1) if at > 3 and SENTENCE[:20] in page[2]]
    assert inside
    for at in inside:
        assert found[at - 1][0].startswith("Story" if at % 2 else "River Times"), at


def test_the_outline_has_parts_articles_and_their_sections(book: pikepdf.Pdf) -> None:
    assert titles(book.Root.Outlines.First) == [
        "Rivers",
        "Contents",
        ["Upstream", [["Story 1", ["Links"]], ["Story 2", ["The second half"]]]],
        ["Downstream", ["Story 3", "Story 4"]],
        "Sources",
        "Picture credits",
        "About this edition",
    ]


def test_links_between_articles_lead_to_them_and_others_outside(book: pikepdf.Pdf) -> None:
    links = [link for page in book.pages for link in page.obj.get("/Annots", [])]
    outside = {str(link.A.URI) for link in links if "/A" in link}
    assert "https://other.example/" in outside
    text = [link for link in book.pages[3].obj.Annots if str(link.get("/Dest")) == "3.article-1"]
    assert [str(link.Contents) for link in text] == ["Story 3"]
    names = [str(name) for name in list(book.Root.Names.Dests.Names)[::2]]
    assert names == sorted(names)
    asked = {str(link.Dest) for link in links if "/Dest" in link}
    assert {"3.article-1", "1.a1-n"} <= asked == set(names)
    places = dict(zip(names, list(book.Root.Names.Dests.Names)[1::2], strict=True))
    assert places["3.article-1"][0].objgen != places["1.article-1"][0].objgen


def web_links(book: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Give where the links of a book lead on the web, and what is said of each, in their order."""
    links = [link for page in book.pages for link in page.obj.get("/Annots", [])]
    return [(str(link.A.URI), str(link.Contents)) for link in links if "/A" in link]


def test_an_address_that_is_printed_leads_to_the_web(book: pikepdf.Pdf) -> None:
    every = web_links(book)
    assert all(said == address for address, said in every)
    addresses = [address for address, _ in every]
    own = [f"https://river.example/story-{number}" for number in (1, 2, 3)]
    for address in (*own, "https://mill.example/grain"):
        # in the article's head, in the index of sources
        assert len([found for found in addresses if found == address]) >= 2, address
    # in the notes at the article's end; the words to which the note belongs lead inside
    assert addresses.count("http://www.river.example/story-3/?utm_source=x#top") == 1


def test_an_article_that_links_to_itself_does_so_on_the_web() -> None:
    text = '<p>It is <a href="https://river.example/story-1">this one</a>.</p>'
    edition = Edition.anthology([article(1, 1, text), article(2, 1)], "Rivers")
    settings = Settings(links="none")
    data = pdf.write(edition, themes.load("classic"), settings).data
    with pikepdf.open(io.BytesIO(data)) as book:
        # in its head, in its text, in the index of sources
        assert [address for address, _ in web_links(book)].count(
            "https://river.example/story-1"
        ) == 3


@needs_pdftotext
def test_sources_and_credits_stand_behind_the_articles(tmp_path: Path) -> None:
    text = "\n".join("\n".join(page) for page in pages(bound(), tmp_path)[-3:])
    assert text.index("River Times") < text.index("The Mill")
    assert "https://river.example/story-1" in text
    assert "Photo: Ben Weir" in text
    assert "About this edition" in text


def test_every_piece_of_marked_text_is_in_the_structure_once(book: pikepdf.Pdf) -> None:
    marked = {
        (page.obj.objgen, int(one.operands[1].MCID))
        for page in book.pages
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
    }
    told: list[tuple[tuple[int, int], int]] = []

    def walk(element: Any) -> None:  # noqa: ANN401
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                told.append((element.Pg.objgen, kid))
            elif kid.get("/S") is not None:
                assert kid.P.objgen == element.objgen
                walk(kid)

    (document,) = book.Root.StructTreeRoot.K
    walk(document)
    assert sorted(told) == sorted(marked)
    parents = list(book.Root.StructTreeRoot.ParentTree.Nums)
    assert parents[::2] == sorted(set(parents[::2]))
    owned = dict(zip(parents[::2], parents[1::2], strict=True))
    for page in book.pages:
        assert len(owned[page.obj.StructParents]) == sum(
            place == page.obj.objgen for place, _ in marked
        )


def test_a_font_is_in_the_book_once_with_the_glyphs_of_all_pieces(book: pikepdf.Pdf) -> None:
    fonts = [
        thing
        for thing in book.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == pikepdf.Name.Type0
    ]
    names = [str(font.BaseFont) for font in fonts]
    assert len(names) == len(set(names))
    serif = next(font for font in fonts if str(font.BaseFont).endswith("+Source-Serif-4,"))
    cmap = serif.ToUnicode.read_bytes()
    assert b"<00dc>" in cmap  # Ü of the first article
    assert b"<03a9>" in cmap  # Ω of the second
    program = serif.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    font = TTFont(io.BytesIO(program))
    assert font["maxp"].numGlyphs == font["hhea"].numberOfHMetrics
    glyph = int(re.findall(rb"<([0-9a-f]{4})> <03a9>", cmap)[0], 16)
    assert font["glyf"][font.getGlyphName(glyph)].numberOfContours > 0


def test_the_same_articles_give_the_same_bytes() -> None:
    assert bound() == bound()


def test_the_book_says_of_itself_what_a_single_article_does(book: pikepdf.Pdf) -> None:
    assert book.Root.Lang == "en"
    assert book.Root.ViewerPreferences.DisplayDocTitle
    assert book.docinfo.Title == "Rivers"
    assert b"pdfuaid:part" in book.Root.Metadata.read_bytes()


@needs_pdftotext
def test_a_theme_may_count_all_pages(tmp_path: Path) -> None:
    style = '@page { @bottom-center { content: counter(page) " of " counter(pages) } }'
    found = pages(bound(style), tmp_path)
    assert any(f"5 of {len(found)}" in line for line in found[4])


@needs_validators
@pytest.mark.slow
@pytest.mark.xdist_group("books")
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_bound_book_is_as_accessible_as_its_pieces(tmp_path: Path, direction: str) -> None:
    turned = [
        dataclasses.replace(one, metadata=dataclasses.replace(one.metadata, dir=direction))
        for one in EDITION.articles
    ]
    path = tmp_path / "book.pdf"
    path.write_bytes(bound(edition=dataclasses.replace(EDITION, articles=tuple(turned))))
    assert [str(finding) for finding in conformance.validate([path])] == []


@pytest.mark.parametrize("name", themes.names())
def test_pieces_of_any_theme_have_empty_margins(name: str) -> None:
    css = margins.bare(themes.load(name)).print_css
    assert "@page" in css
    assert "counter(page)" not in css
    assert "@top-" not in css
    assert "@bottom-" not in css


def test_margins_inside_conditions_are_emptied_too() -> None:
    style = "@media print { @page { margin: 1in; @top-left { content: 'x' } } } a { color: red }"
    css = margins.bare(themes.load("classic", style)).print_css
    assert "@top-left" not in css
    assert "margin: 1in" in css
    assert "color: red" in css


def test_glyphs_keep_their_numbers_when_fonts_are_put_together() -> None:
    path = themes.font_folder() / "source-serif-4" / "SourceSerif4-Regular.ttf"
    data = path.read_bytes()
    whole = TTFont(path)
    one, other = (whole.getGlyphID(whole.getBestCmap()[ord(letter)]) for letter in "AΩ")
    outlines = Outlines()
    outlines.add(data, {one})
    outlines.add(data, {other})
    made = TTFont(io.BytesIO(outlines.font()))
    for glyph in (one, other):
        name = whole.getGlyphName(glyph)
        assert made["glyf"][made.getGlyphName(glyph)].numberOfContours == (
            whole["glyf"][name].numberOfContours
        )
        assert made["hmtx"][made.getGlyphName(glyph)] == whole["hmtx"][name]
