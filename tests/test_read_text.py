"""text: a scraped text becomes a page, and not a character of it changes."""

import html
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import CaptureError
from exporter.limits import USUAL
from exporter.read import Source, read
from exporter.read.commonmark import PASSAGE, html_of
from exporter.read.lines import Block, blocks
from exporter.read.text import markup

SENTENCE = "The boats come home at dawn, loaded with sardines, and the gulls follow them in."


def body(text: str) -> str:
    found = re.search(r"<article>\n(.*)\n</article>", markup(text), re.DOTALL)
    assert found
    return found[1]


def blocks_of(text: str) -> list[Block]:
    return list(blocks(lambda: text.split("\n")))


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "title",
    [
        "What the sea gives back",
        "Why now?",
        "Enfin !",
        "The end of “the tide”",
        "Russia warns the U.S.",
        "Et puis…",
        "Wait...",
        "Le port : un monde",
    ],
)
def test_a_headline_becomes_one(title: str) -> None:
    assert body(f"{title}\n\n{SENTENCE}") == f"<h1>{title}</h1>\n<p>{SENTENCE}</p>"


@pytest.mark.parametrize(
    "first", ["It rained.", "As follows:", "https://port.example/a", "* * *", "2024", "x" * 300]
)
def test_prose_addresses_and_rules_are_no_headline(first: str) -> None:
    assert "<h1>" not in body(f"{first}\n\n{SENTENCE}")


def test_a_single_line_is_no_headline_of_nothing() -> None:
    assert body("Le port") == "<p>Le port</p>"


def test_blank_lines_part_paragraphs_and_so_do_line_ends_of_unwrapped_text() -> None:
    text = f"Titre\n\n{SENTENCE} {SENTENCE}\n{SENTENCE} {SENTENCE}\n\n\n{SENTENCE}"
    assert [block.kind for block in blocks_of(text)] == ["p", "p", "p", "p"]


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The boats come home at dawn, loaded with sardines, and the\n"
        "gulls follow them in. Nobody on the quay looks up: the Nagorno-\n"
        "Karabakh of the fishermen is the price of diesel, and that\n"
        "went up again.\n\n"
        "By noon the market is empty, the ice has melted and the cats\n"
        "have had their share of it.\n"
    )
    first, second = blocks_of(text)
    assert first.text.count("\n") == second.text.count("\n") == 0
    assert "and the gulls follow" in first.text
    assert "Nagorno-Karabakh" in first.text


def test_bylines_lists_and_quotations_hide_no_wrapping() -> None:
    text = (
        "The lighthouse\n\nby Ana Ruiz\n12 May 2024\n\n"
        "The lighthouse was built in 1872, when the harbour was still a marsh and\n"
        "the only road was the beach at low tide. Its keeper lived alone with a\n"
        "goat and a barometer.\n\n"
        "  * the boats that left,\n"
        "  * the boats that came back, and the days when there was fog so thick\n"
        "    that nobody could say which was which,\n"
        "  * the birds.\n\n"
        '> "There is nothing to see," he wrote, "but it has to be looked\n'
        '> at every day."\n'
    )
    found = body(text)
    assert "a marsh and the only road" in found
    assert "alone with a goat and a barometer.</p>" in found
    assert found.count("<li>") == 3
    assert "so thick that nobody" in found
    assert "looked</p>\n<p>&gt; at every day" in found


def test_a_poem_keeps_its_lines() -> None:
    poem = "The tide\ngoes out\nwithout me"
    assert [block.text for block in blocks_of(poem)] == ["The tide", "goes out", "without me"]


def test_wrapped_text_in_ideographs_is_joined_without_a_space() -> None:
    (block,) = blocks_of("港の朝は早い。" * 8 + "a b" + "船が\n帰ってくる。")
    assert block.text.endswith("船が\n帰ってくる。") or "船が帰って" in block.text


def test_lists_are_recognised_and_numbered_as_they_were() -> None:
    text = f"Titre\n\n{SENTENCE}\n\n• sardines\n• tuna\n\n3. nets\n4. ropes"
    assert "<ul>\n<li>sardines</li>\n<li>tuna</li>\n</ul>" in body(text)
    assert '<ol start="3">\n<li>nets</li>\n<li>ropes</li>\n</ol>' in body(text)


@pytest.mark.parametrize(
    "text",
    [
        "- Où vas-tu ?\n- Au port.\n- Alors va !",
        "— Non, dit-il.\n— Si.",
        "- only one",
        "1. only one",
        "1914. War\n1918. Peace",
        "1. one\n3. three",
        "-5 °C\n-6 °C",
    ],
)
def test_speech_years_and_single_marks_are_no_list(text: str) -> None:
    found = body(f"Titre\n\n{text}")
    assert "<li>" not in found
    assert letters(html.unescape(re.sub(r"<[^>]*>", "", found))) == letters(f"Titre{text}")


@pytest.mark.parametrize(
    ("text", "markup_of_it"),
    [
        ("## The quay", "<h2>The quay</h2>"),
        ("The quay\n========", "<h2>The quay</h2>"),
        ("THE QUAY AT NIGHT", "<h2>THE QUAY AT NIGHT</h2>"),
        ("LE PORT L’ÉTÉ ?", "<h2>LE PORT L’ÉTÉ ?</h2>"),
        ("* * *", "<hr>"),
    ],
)
def test_headings_and_rules_beyond_doubt(text: str, markup_of_it: str) -> None:
    assert markup_of_it in body(f"Titre\n\n{SENTENCE}\n\n{text}\n\n{SENTENCE}")


@pytest.mark.parametrize(
    "line", ["The quay at night", "By Ana Ruiz", "Lire l’article original", "AFP", "#hashtag"]
)
def test_a_short_line_alone_stays_a_paragraph(line: str) -> None:
    assert f"<p>{line}</p>" in body(f"Titre\n\n{SENTENCE}\n\n{line}\n\n{SENTENCE}")


def test_markup_in_a_text_is_text() -> None:
    (page,) = read(Source(None, b'A & B\n\n5 < 6 </article><script>x</script> &amp; "q"', "-"))
    assert "<script" not in page.html
    assert "5 &lt; 6 &lt;/article&gt;&lt;script&gt;x" in page.html
    assert "&amp;amp;" in page.html


@given(st.lists(st.text(alphabet="ab Zé.,-?!«»\n\t1’&<>", max_size=90), max_size=8).map("\n".join))
def test_no_character_is_lost_or_changed(text: str) -> None:
    found = html.unescape(re.sub(r"<[^>]*>", "", body(text))) if text.strip() else ""
    lost = letters(text)
    kept = letters(found)
    # a list's numbers and marks and a rule's signs are its markup
    for mark in "-1.=":
        lost, kept = lost.replace(mark, ""), kept.replace(mark, "")
    assert kept == lost


@pytest.mark.parametrize("name", ["novels.txt", "novels.md"])
def test_a_text_longer_than_any_book_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(
        "# The port\n\n" + f"{SENTENCE}\n\n" * (USUAL.text_size // len(SENTENCE)), "utf-8"
    )
    with pytest.raises(
        CaptureError, match=r"has 10.3 MB; the limit is 10 MB \(--limit text-size=20MB"
    ):
        list(read(Source(path, None, name)))


@pytest.mark.parametrize("sign", ["[", "![", "^[", "[^", "[a]: ["])
def test_markdown_of_brackets_that_nest_is_read_as_text(sign: str) -> None:
    data = f"# The port\n\n{SENTENCE}\n\n{sign * 50_000}\n\n- {SENTENCE}\n- pears\n".encode()
    started = time.process_time()
    (page,) = read(Source(None, data, "x.md"), "x.md")
    assert time.process_time() - started < 1  # looking for links takes 4 to 20 s
    assert [note.code for note in page.notes] == ["markdown-as-text"]
    assert letters(html.unescape(page.html)).count(letters(sign)) >= 50_000
    assert SENTENCE in page.html


BLOCKS = [
    "para one [a] and [^1]", "- item", "  nested", "    code", "1. one", "> quote", "> [a]: http://q",
    "[a]: http://a", "[b]:", '"a title"', "[^1]: note", "    more ^[inline [a]]", "term", ": what",
    "```", "<div>", "</div>", "<!-- so", "-->", "| a | b |", "|---|---|", "| 1 | 2 |", "# h", "===",
    "- [^n]: in a list [^1]", "[^n]", "***", "", "", "", "", "",
]  # fmt: skip


@given(st.lists(st.sampled_from(BLOCKS), max_size=40).map("\n".join), st.integers(1, 60))
def test_markdown_is_the_same_wherever_its_reading_is_cut(text: str, size: int) -> None:
    whole = "".join(html_of(lambda: [text], PASSAGE))
    assert "".join(html_of(lambda: [text], size)) == whole
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(html_of(lambda: pieces, size)) == whole


def test_what_a_long_markdown_text_defines_at_its_end_counts_everywhere() -> None:
    long = f"{SENTENCE}\n\n" * 500
    text = (
        f"See [the quay][q].[^n]\n\n{long}Again.[^n]\n\n[q]: https://port.example\n[^n]: A note.\n"
    )
    (page,) = read(Source(None, text.encode(), "x.md"), "x.md")
    assert '<a href="https://port.example">the quay</a>' in page.html
    assert page.html.count('class="footnote-ref"') == 2
    assert page.html.count('class="footnote-item"') == 1


@pytest.mark.parametrize("letter", ["’", "\U0001f6a2"])
def test_the_rare_wide_letters_of_a_long_text_are_references_in_its_markup(letter: str) -> None:
    text = f"{SENTENCE}\n\n" * 15_000 + letter
    (page,) = read(Source(None, text.encode(), "x.txt"))
    assert page.html.isascii()
    assert f"<p>&#{ord(letter)};</p>" in page.html


def test_lines_that_no_blank_line_parts_are_many_paragraphs() -> None:
    text = f"{SENTENCE} {SENTENCE}\n" * 200
    assert [block.text for block in blocks_of(text)] == [f"{SENTENCE} {SENTENCE}"] * 200


def test_markdown_with_brackets_in_a_link_stays_markdown() -> None:
    text = "# The port\n\n" + "[the [old [low]] quay](https://port.example/) and [so on\n\n" * 99
    (page,) = read(Source(None, text.encode(), "x.md"), "x.md")
    assert page.notes == ()
    assert page.html.count("<a href=") == 99
