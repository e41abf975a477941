"""The PDF: a tagged book of small pages that loses nothing and asks nobody for anything."""

import dataclasses
import logging
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from exporter import dom, themes
from exporter.model import Edition
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf import breaking, glyphs
from exporter.write.pdf.headings import keep_last_words, shorten
from printing import (
    SENTENCE,
    article,
    needs_pdftotext,
    opened,
    photograph,
    pictures,
    printed,
    roles,
    text,
)


def links(book: pikepdf.Pdf) -> Iterator[str]:
    for page in book.pages:
        for link in page.get("/Annots", []):
            yield str(link["/A"]["/URI"]) if "/A" in link else "internal"


def test_the_book_is_tagged_titled_and_says_its_language() -> None:
    book = opened(printed(f"<p>{SENTENCE}</p>"))
    assert str(book.Root.Lang) == "en"
    assert bool(book.Root.MarkInfo.Marked)
    assert bool(book.Root.ViewerPreferences.DisplayDocTitle)
    with book.open_metadata() as xmp:
        assert xmp["dc:title"] == "Low water"
        assert xmp["pdfuaid:part"] == "1"
    assert str(book.docinfo["/Author"]) == "Ann Keeper"


def test_dates_are_the_editions_and_not_todays() -> None:
    book = opened(printed("<p>Low.</p>"))
    assert str(book.docinfo["/CreationDate"]).startswith("D:20000101")


def test_the_same_edition_is_the_same_bytes() -> None:
    photo = photograph()
    body = f'<p>{SENTENCE}</p><figure><img src="asset:{photo.key}" alt="The lock"/></figure>'
    assert printed(body, photo).data == printed(body, photo).data


def test_pages_are_a5() -> None:
    book = opened(printed("<p>Low.</p>"))
    width, height = book.pages[0].mediabox[2:]
    assert (round(float(width) * 25.4 / 72), round(float(height) * 25.4 / 72)) == (148, 210)


def test_headings_are_the_outline() -> None:
    book = opened(printed("<h2>First</h2><p>Low.</p><h3>Inner</h3><p>Low.</p>"))
    with book.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Low water", "About this edition"]
        assert [entry.title for entry in outline.root[0].children] == ["First"]
        assert [entry.title for entry in outline.root[0].children[0].children] == ["Inner"]


@needs_pdftotext
def test_the_running_head_is_absent_from_the_opening_page(tmp_path: Path) -> None:
    pages = text(printed(f"<p>{SENTENCE * 12}</p>" * 3), tmp_path).split("\f")
    assert pages[0].count("Low water") == 1
    assert pages[0].rstrip().endswith("1")


@needs_pdftotext
def test_heads_tell_site_and_article_or_where_there_are_sections_article_and_section(
    tmp_path: Path,
) -> None:
    long = f"<p>{SENTENCE * 25}</p>"
    plain = text(printed(long * 2), tmp_path).split("\f")
    assert [page.splitlines()[0].lower() for page in plain[1:3]] == ["river times", "low water"]
    cut = text(printed(f"{long}<h2>At dawn</h2>{long * 2}"), tmp_path).split("\f")
    heads = [page.splitlines()[0].lower() for page in cut[1:5]]
    assert heads == ["low water", "at dawn", "low water", "at dawn"]


@needs_pdftotext
def test_no_article_of_a_book_has_a_head_on_its_opening_page(tmp_path: Path) -> None:
    body = f"<p>{SENTENCE * 25}</p><h2>At dawn</h2><p>{SENTENCE * 25}</p>"
    each = tuple(article(body, title=f"Part {name}") for name in ("one", "two"))
    book = pdf.write(Edition("Both", each, "en", "2024"), themes.load("classic"), Settings())
    pages = [page.splitlines() for page in text(book, tmp_path).split("\f")]
    openings = [lines for lines in pages if "By Ann Keeper" in lines]
    assert [lines.count("Part one") + lines.count("Part two") for lines in openings] == [1, 1]


@needs_pdftotext
def test_words_hyphenated_at_a_line_end_are_whole_again_when_copied(tmp_path: Path) -> None:
    rendition = printed(f"<p>{SENTENCE * 12}</p>")
    assert "-\n" in text(rendition, tmp_path, "-layout")
    joined = " ".join(text(rendition, tmp_path).split())
    assert joined.count("extraordinarily") == 12
    assert "\u00ad" not in joined


@needs_pdftotext
def test_a_caption_and_its_credit_stand_with_their_picture(tmp_path: Path) -> None:
    photo = photograph(600, 900)
    figure = (
        f'<figure><img src="asset:{photo.key}" alt="The lock"/><figcaption>The lock at noon. '
        '<span class="credit">Photo: Ann Keeper</span></figcaption></figure>'
    )
    rendition = printed(f"<p>{SENTENCE * 5}</p>{figure}", photo)
    pages = text(rendition, tmp_path).split("\f")
    captioned = [int("The lock at noon. Photo:" in page) for page in pages if page]
    assert captioned == pictures(opened(rendition))


def test_every_picture_has_an_alternative_text() -> None:
    photo = photograph()
    body = (
        f'<figure><img src="asset:{photo.key}" alt=""/><figcaption>At noon.</figcaption></figure>'
        f'<p><img src="asset:{photo.key}" alt=""/></p>'
    )
    book = opened(printed(body, photo))
    alts = [str(element["/Alt"]) for role, element in roles(book) if role == "/Figure"]
    assert len(alts) == 2
    assert "At noon." in alts
    assert all(alts)


@needs_pdftotext
def test_an_absent_picture_is_a_framed_text(tmp_path: Path) -> None:
    rendition = printed('<figure><img src="https://a.example/x.jpg" alt="A map"/></figure>')
    assert "A map" in text(rendition, tmp_path)
    assert not any(pictures(opened(rendition)))


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="file:///etc/hostname" alt="x"/></p>',
        '<p><img src="https://a.example/x.png" alt="x"/></p>',
        '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x"/></p>',
    ],
)
def test_only_assets_reach_the_engine(body: str) -> None:
    style = "p { background: url(file:///etc/hostname) } @import url(https://a.example/x.css);"
    theme = themes.load("classic")  # a theme that loads, past the check of --style
    theme = dataclasses.replace(theme, print_css=theme.print_css + style)
    rendition = pdf.write(Edition.single(article(body)), theme, Settings())
    assert not any(pictures(opened(rendition)))
    assert b"/EmbeddedFiles" not in rendition.data


def test_a_link_is_one_annotation_whatever_stands_inside() -> None:
    body = '<p><a href="https://a.example/x">one <em>long</em> <code>link</code></a></p>'
    book = opened(printed(body, settings=Settings(links="none")))
    assert list(links(book)).count("https://a.example/x") == 1


def test_a_picture_is_never_inside_a_link() -> None:
    photo = photograph()
    body = f'<p><a href="https://a.example/x"><img src="asset:{photo.key}" alt="x"/></a></p>'
    assert "https://a.example/x" not in links(opened(printed(body, photo)))


def test_list_items_hold_a_label_and_a_body() -> None:
    book = opened(
        printed("<ol><li><p>One.</p><p>More.</p></li><li>Two<ul><li>x</li></ul></li></ol>")
    )
    items = [element for role, element in roles(book) if role == "/LI"]
    assert items
    for item in items:
        assert {str(kid["/S"]) for kid in item["/K"]} <= {"/Lbl", "/LBody"}


def test_rows_of_a_table_are_equally_long_and_headings_have_a_scope() -> None:
    book = opened(printed(
        '<table><tr><th>a</th><th>b</th><th>c</th></tr><tr><td colspan="99">x</td></tr>'
        '<tr><td rowspan="9">y</td></tr></table>'
    ))  # fmt: skip
    rows = [element for role, element in roles(book) if role == "/TR"]
    lengths = [sum(int(cell["/A"].get("/ColSpan", 1)) for cell in row["/K"]) for row in rows]
    assert lengths == [3, 3, 3]
    scopes = [str(element["/A"]["/Scope"]) for role, element in roles(book) if role == "/TH"]
    assert scopes == ["/Column"] * 3


def test_a_wide_table_lies_on_its_side() -> None:
    table = f"<table>{('<tr>' + '<td>a longer value</td>' * 9 + '</tr>') * 3}</table>"
    book = opened(printed(f"<p>Low.</p>{table}<p>Low.</p>"))
    boxes = [page.mediabox for page in book.pages]
    assert [float(box[2]) > float(box[3]) for box in boxes] == [False, True, False, False]


def test_a_table_of_many_short_columns_stays_upright() -> None:
    table = f"<table>{('<tr>' + '<td>8</td>' * 12 + '</tr>') * 3}</table>"
    assert len(opened(printed(f"<p>Low.</p>{table}<p>Low.</p>")).pages) == 2  # with the colophon


@needs_pdftotext
@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'a' * 3000}</p>",
        f"<p>https://a.example/{'path-' * 60}</p>",
        f"<pre>{'x = 1; ' * 60}</pre>",
        f"<table><tr><td>{'W' * 90}</td><td>{'w' * 90}</td><td>ok</td></tr></table>",
        f"<table><tr>{'<td>column</td>' * 30}</tr></table>",
        "<blockquote>" * 20 + "<p>deep</p>" + "</blockquote>" * 20,
        "<ul><li>" * 20 + "deep" + "</li></ul>" * 20,
        "<table><tr><td>x</td><td><table><tr>"
        + f"<td>{'A' * 120} https://a.example/{'b' * 90}</td>" * 2
        + "</tr></table></td></tr></table>",
    ],
    ids=[
        "word",
        "address",
        "code",
        "table-words",
        "table-columns",
        "quotations",
        "lists",
        "tables-in-a-table",
    ],
)
def test_nothing_leaves_the_page(body: str, tmp_path: Path) -> None:
    rendition = printed(body)
    for line in text(rendition, tmp_path, "-bbox").splitlines():
        if line.strip().startswith("<page"):
            width = float(line.split('width="')[1].split('"')[0])
        if line.strip().startswith("<word"):
            assert float(line.split('xMin="')[1].split('"')[0]) >= 0
            assert float(line.split('xMax="')[1].split('"')[0]) <= width


@needs_pdftotext
def test_a_character_without_glyph_is_replaced_and_noted(tmp_path: Path) -> None:
    rendition = printed("<p>before \ue123 after \U00010fff end</p>")
    assert [(note.code, note.detail) for note in rendition.notes] == [
        ("glyph-missing", "U+E123 U+10FFF: no font here has them, a Noto font may")
    ]
    assert "before □ after □ end" in text(rendition, tmp_path)


@needs_pdftotext
def test_a_formula_is_printed_on_one_line_or_as_its_tex(tmp_path: Path) -> None:
    ns = 'xmlns="http://www.w3.org/1998/Math/MathML"'
    tex = 'annotation encoding="application/x-tex"'
    flat = (
        f'<math {ns} alttext="sin x = a/2"><semantics><mrow><mi>sin</mi><mo>\u2061</mo>'
        "<mi>x</mi><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></mrow>"
        f"<{tex}>\\sin x = \\frac a 2</annotation></semantics></math>"
    )
    high = (
        f'<math {ns} display="block" alttext="v"><semantics><mover><mi>v</mi><mo>^</mo></mover>'
        f"<{tex}>\\hat{{v}}</annotation></semantics></math>"
    )
    book = printed(f"<h2>On {flat}</h2><p>Then {flat} holds.</p><p>{high}</p>")
    assert book.notes == ()
    words = " ".join(text(book, tmp_path).split())
    assert "On sin x = a/2" in words
    assert "Then sin x = a/2 holds." in words
    assert words.count("\\hat{v}") == 1
    assert "frac" not in words


def test_an_ordinary_book_has_no_notes_and_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    photo = photograph()
    body = (
        f'<p>{SENTENCE}</p><figure><img src="asset:{photo.key}" alt="x"/></figure>'
        '<p>A note<a class="noteref" href="#n" id="r">1</a>.</p>'
        '<section class="footnotes"><ol><li id="n"><a href="#r">back</a></li></ol></section>'
    )
    assert printed(body, photo).notes == ()
    assert caplog.records == []


def test_our_style_sheet_makes_the_engine_warn_of_nothing() -> None:
    assert pdf.warm().style_warnings == ()


def test_a_mistake_in_the_readers_style_is_a_note() -> None:
    notes = printed("<p>Low.</p>", style="p { colour: red }").notes
    assert [note.code for note in notes] == ["style-ignored"]
    assert "colour" in notes[0].detail


@needs_pdftotext
def test_a_book_of_several_articles_has_contents_with_page_numbers(tmp_path: Path) -> None:
    long = article(f"<p>{SENTENCE * 10}</p>" * 3, title="Low water")
    short = article("<p>High.</p>", title="High water")
    edition = Edition("Waters", (long, short), "en", "2024-05-03")
    rendition = pdf.write(edition, themes.load("classic"), Settings())
    pages = text(rendition, tmp_path).split("\f")
    opening = next(n for n, page in enumerate(pages, 1) if "High." in page)
    assert pages[0].startswith("Waters")
    assert "Contents" in pages[1]
    assert str(opening) in pages[1].split("High water")[1].split()[:2]


def test_ids_of_two_articles_do_not_meet() -> None:
    body = '<p>See <a href="#n">the note</a>.</p><p id="n">The note.</p>'
    edition = Edition("Two", (article(body), article(body)), "en", "2024-05-03")
    rendition = pdf.write(edition, themes.load("classic"), Settings())
    assert rendition.notes == ()
    book = opened(rendition)
    names = book.Root.Names.Dests.Names
    assert {"1.a1-n", "2.a1-n"} <= {str(name) for name in list(names)[::2]}


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Low water", "Low water"),
        ("word " * 20, "word " * 10 + "word…"),
        ("a" * 90, "a" * 57 + "…"),
        ("漁村" * 15, "漁村" * 14 + "…"),  # each as wide as two letters
    ],
)
def test_a_running_head_fits_on_its_line(title: str, short: str) -> None:
    assert shorten(title, 58) == short
    assert len(shorten(title, 58)) <= 58


def test_the_last_word_of_a_title_does_not_stand_alone() -> None:
    assert keep_last_words("Low water at the lock") == "Low water at the\u00a0lock"
    assert keep_last_words("Low Donaudampfschifffahrt") == "Low Donaudampfschifffahrt"
    assert keep_last_words("Water") == "Water"


def test_a_note_on_a_foreign_script_names_a_few_characters_and_counts_the_rest() -> None:
    (note,) = printed(f"<p>{''.join(map(chr, range(0xE000, 0xE014)))}</p>").notes
    assert note.detail.startswith("U+E000 ")
    assert "and 12 more" in note.detail


def test_quotation_marks_of_a_script_without_a_font_are_printed_as_ours() -> None:
    root = dom.parse('<p data-headline="🇫🇷">Il dit <q>漁村</q>.</p>')
    glyphs.replace(root, "漁村「」🇫🇷")
    assert dom.text_of(root) == "Il dit “□\u200b□\u200b”."  # a line of boxes may break
    (line,) = root
    assert line.get("data-headline") == "□□"  # a name has no room at the head of a page


@needs_pdftotext
def test_a_short_table_is_not_divided(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Row {number}</td><td>{number}</td></tr>" for number in range(6))
    for lines in range(20, 40):  # wherever the table would fall on its page
        rendition = printed("<p>Low water.</p>" * lines + f"<table>{rows}</table>")
        pages = text(rendition, tmp_path).split("\f")
        (home,) = [page for page in pages if "Row 0" in page]
        assert "Row 5" in home


@needs_pdftotext
@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ("<ol><li>x</li><li>x</li></ol>", ["1.", "2."]),
        ('<ol start="5"><li>x</li><li>x</li></ol>', ["5.", "6."]),
        ('<ol><li>x</li><li value="9">x</li><li>x</li></ol>', ["1.", "9.", "10."]),
        ('<ol type="a" start="3"><li>x</li><li>x</li></ol>', ["c.", "d."]),
        ('<ol reversed="reversed"><li>x</li><li>x</li><li>x</li></ol>', ["3.", "2.", "1."]),
        ('<ol start="2"><li>x<ol><li>x</li></ol></li><li>x</li></ol>', ["2.", "1.", "3."]),
    ],
)
def test_lists_count_as_the_page_counted(markup: str, numbers: list[str], tmp_path: Path) -> None:
    words = text(printed(markup), tmp_path).split()
    marks = [word for word in words if word.endswith(".") and len(word) < 4]
    assert marks[: len(numbers)] == numbers


@needs_pdftotext
def test_a_blank_at_the_end_of_a_paragraph_breaks_no_line(tmp_path: Path) -> None:
    line = "elle remonterait avant les vendanges extraordinairement précoces."  # as long as a line
    words = f"{'Il attendait à l’écluse ; personne ne savait dire si ' * 6}{line}"
    for before in ("", "Ah ! ", "Oh, ", "Oui, "):
        lines = text(printed(f"<p>{before}{words} </p><p>On.</p>"), tmp_path, "-layout")
        assert lines == text(printed(f"<p>{before}{words}</p><p>On.</p>"), tmp_path, "-layout")
    root = dom.parse("<p>One <em>two</em> </p><ul><li>One </li></ul>")
    breaking.trim(root)
    assert dom.serialize(root) == "<p>One <em>two</em></p><ul><li>One</li></ul>"
