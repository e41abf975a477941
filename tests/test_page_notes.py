"""An article's notes: at the foot of the page that refers to them, or together at the end."""

from pathlib import Path

import pytest

from exporter import dom, themes
from exporter.model import Edition
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf import notes
from printing import SENTENCE, article, needs_pdftotext, opened, printed, roles, text

REFERENCE = '<a class="noteref" href="#n{0}" id="r{0}">{0}</a>'
BACK = '<a class="backlink" href="#r{0}">↩</a>'


def section(*texts: str) -> str:
    items = [f'<li id="n{n}">{said} {BACK.format(n)}</li>' for n, said in enumerate(texts, 1)]
    return f'<section class="footnotes"><h2>Notes</h2><ol>{"".join(items)}</ol></section>'


def noted(*texts: str) -> str:
    """Give a body whose paragraphs refer to notes of these texts."""
    said = [f"<p>Word{REFERENCE.format(n)}, and on.</p>" for n in range(1, len(texts) + 1)]
    return "".join(said) + section(*texts)


def placed(body: str) -> dom.Element:
    root = dom.parse(body)
    notes.place(root)
    return root


def page_notes(root: dom.Element) -> list[str]:
    return [dom.text_of(span) for span in root.iter("span") if span.get("class") == "page-note"]


def test_a_note_follows_the_link_to_it_and_bears_its_number() -> None:
    root = placed(noted("One.", "Two."))
    assert page_notes(root) == ["1 One.", "2 Two."]
    assert [part.tag for part in root] == ["p", "p"]
    assert dom.text_of(root[0]).startswith("Word11 One.")


def test_number_and_note_lead_to_each_other() -> None:
    root = placed(noted("One."))
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    targets = [ids[link.get("href", "")[1:]] for link in root.iter("a")]
    assert [target.get("class") for target in targets] == ["page-note", "noteref"]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ('<p id="n1">1. Said <em>so</em>.</p>', "1 Said so."),
        ('<p id="n1">[<a class="backlink" href="#r1">1</a>] Said so.</p>', "1 Said so."),
        ('<p><a class="backlink" href="#r1" id="n1">1</a> Said so.</p>', "1 Said so."),
        ('<p id="n1">10 boats said so.</p>', "1 10 boats said so."),
        ('<p id="n1">1984 said so.</p>', "1 1984 said so."),
        ('<p id="n1">Said so.</p><p>Twice.</p>', "1 Said so.Twice."),
        ('<ul><li id="n1"><p>Said so.</p><p>Twice.</p></li></ul>', "1 Said so.Twice."),
        (f'<ol><li id="n1"><p>Said so.</p><p>{BACK.format(1)}</p></li></ol>', "1 Said so."),
        (f'<ol><li id="n1">Said so. [{BACK.format(1)}]</li></ol>', "1 Said so."),
    ],
)
def test_a_note_is_taken_as_pages_write_it(note: str, shown: str) -> None:
    body = f'<p>Word{REFERENCE.format(1)}.</p><section class="footnotes">{note}</section>'
    assert page_notes(placed(body)) == [shown]


def test_a_second_link_to_a_note_stays_a_link() -> None:
    again = '<p>Again<a class="noteref" href="#n1">1</a>.</p>'
    root = placed(f"<p>Word{REFERENCE.format(1)}.</p>{again}{section('One.')}")
    assert page_notes(root) == ["1 One."]
    assert dom.text_of(root[1]) == "Again1."


@pytest.mark.parametrize(
    "body",
    [
        noted(*["Said so."] * (notes.MOST + 1)),
        noted("Said so. " * notes.LONGEST),
        noted("Said so.<ul><li>Twice</li></ul>"),
        noted("Said so.") + section("Nobody refers to this.").replace("n1", "n9"),
        f"<p>Word{REFERENCE.format(1)}.</p>{section('One.', 'Nobody refers to this.')}",
    ],
    ids=["many", "long", "a list in it", "a second section", "one without reference"],
)
def test_notes_that_no_page_can_hold_stay_at_the_end(body: str) -> None:
    assert dom.serialize(placed(body)) == dom.serialize(dom.parse(body))


@pytest.mark.parametrize("above", ["<h2>Notes</h2>", "<hr/>"])
def test_what_stood_above_the_notes_goes_with_them(above: str) -> None:
    note = '<section class="footnotes"><p id="n1">1. So.</p></section>'
    word = f"<p>Word{REFERENCE.format(1)}.</p>"
    assert [part.tag for part in placed(word + above + note)] == ["p"]
    assert [part.tag for part in placed(word + above + note + "<p>On.</p>")][1:] != ["p"]


@needs_pdftotext
@pytest.mark.parametrize("theme", themes.names())
def test_a_note_stands_on_the_page_of_its_word(theme: str, tmp_path: Path) -> None:
    said = [f"<p>{SENTENCE * 5} Word{n}x{REFERENCE.format(n)}.</p>" for n in range(1, 13)]
    body = "".join(said) + section(*(f"Of word {n}x, {SENTENCE}" for n in range(1, 13)))
    edition = Edition.single(article(body))
    pages = text(pdf.write(edition, themes.load(theme), Settings()), tmp_path).split("\f")
    homes = [
        [number for number, page in enumerate(pages) if f"Word{n}x" in page]
        == [number for number, page in enumerate(pages) if f"Of word {n}x" in page]
        for n in range(1, 13)
    ]
    assert homes.count(False) <= 1  # where word and note share no page, the engine puts it off


def test_notes_are_tagged_with_ids_of_their_own() -> None:
    book = opened(printed(noted("One.", "Two.")))
    ids = [str(element["/ID"]) for role, element in roles(book) if role == "/Note"]
    assert len(set(ids)) == 2


@needs_pdftotext
def test_lines_of_the_markup_are_no_lines_of_a_note(tmp_path: Path) -> None:
    said = text(printed(noted("One \n word.\n", "Two\nwords. ")), tmp_path)
    assert "1 One word." in said
    assert "2 Two words." in said
