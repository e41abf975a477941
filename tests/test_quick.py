"""WeasyPrint's own steps and ours print the same pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from exporter import export, read, themes
from exporter.model import Article, Edition
from exporter.settings import Settings
from exporter.write.pdf import quick, write
from printing import SENTENCE, article, photograph

ROOT = Path(__file__).parents[1]
# pt: numbers between glyphs are cut to thousandths of the size, at other places in a line
ALLOWED = 1.0
WORD = re.compile(
    r'<page|<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>'
)
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) tells where words stand"
)
BODIES = {
    "justified, hyphenated, linked": f"<p>{SENTENCE * 9}<a href='https://a.example/'>a link</a> "
    f"and <em>{SENTENCE}</em> and <code>x = 1</code></p>" * 4,
    "small capitals, signs above and below": f"<p>H<sub>2</sub>O, m<sup>2</sup>: {SENTENCE}</p>",
    "tables": "<table><caption>Levels</caption><thead><tr><th>Day</th><th>cm</th></tr></thead>"
    f"<tbody><tr><td>{SENTENCE}</td><td>12</td></tr></tbody></table>",
    "listings": "<pre><code>if low:\n\twait()\n    row  = 1</code></pre>",
    "lists and quotations": f"<ul><li>{SENTENCE}</li></ul>"
    f"<blockquote><p>{SENTENCE}</p></blockquote>",
    "signs of other scripts": "<p>Ψυχή, Москва, café, “quoted” – 10 % of 5 km; ﬁne ﬂow</p>" * 9,
    "no-break spaces": "<p>" + "10\u00a0km\u00a0north of the lock " * 40 + "</p>",
    "a drawn letter": "<p>🚣 a boat ⛵ and a sail</p>",
}
# the lines of each end at another place, and many at a hyphen
LANGUAGES = {
    "en": "an extraordinarily careful handwriting of unforgettable neighbourhood photographers ",
    "fr": "d’extraordinaires photographies inoubliables, «\u202fmalheureux\u202f» prudentes ",
    "de": "Donaudampfschifffahrtsgesellschaft und Rechtsanwaltskanzleien – außergewöhnlich schön ",
    "es": "extraordinariamente cuidadosos, ¿desafortunadamente?, los fotógrafos inolvidables ",
    "pt": "extraordinariamente cuidadosos, infelizmente, os fotógrafos inesquecíveis; ações ",
    "ru": "чрезвычайно внимательные фотографы, достопримечательности и государственность ",
    "ja": "川の水位はその夏とても低く、誰も次にいつ上がるのか言えなかった。",
}
RTL = "<p>" + "كان النهر منخفضا في ذلك العام وانتظرت القوارب عند الهويس. " * 12 + "</p>"


def words(data: bytes, folder: Path) -> list[tuple[str, int, list[float]]]:
    path = folder / "book.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-bbox", str(path), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found, page = [], 0
    for match in WORD.finditer(said):
        if match[5] is None:
            page += 1
        else:
            found.append((match[5], page, [float(number) for number in match.groups()[:4]]))
    return found


def compare(
    one: Article, theme: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, int, list[float]]]:
    edition = Edition.single(one)
    quickly = words(write(edition, themes.load(theme), Settings()).data, folder)
    monkeypatch.setattr(quick, "STEPS", ())
    slowly = words(write(edition, themes.load(theme), Settings()).data, folder)
    assert [word[:2] for word in quickly] == [word[:2] for word in slowly]
    moved = [
        abs(ours - its)
        for (_, _, place), (_, _, other) in zip(quickly, slowly, strict=True)
        for ours, its in zip(place, other, strict=True)
    ]
    assert max(moved, default=0) <= ALLOWED
    return quickly


@needs_pdftotext
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_word_stands_where_the_engine_puts_it(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compare(article(body, photograph()), "classic", tmp_path, monkeypatch)


@needs_pdftotext
@pytest.mark.parametrize("language", LANGUAGES)
def test_so_do_those_of_long_lines_in_many_languages(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = LANGUAGES[language]
    paragraphs = (
        f"<p>{'x' * length} {said * 9} <em>{said * 3}</em>see well-known/unknown, {said * 3}</p>"
        for length in range(1, 16)
    )
    one = article("".join(paragraphs), language=language)
    assert len(compare(one, "classic", tmp_path, monkeypatch)) > 200


@needs_pdftotext
def test_an_address_that_fills_lines_breaks_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "<p>" + f"see https://river.example/{'a%2Fb' * 60}?q={'x' * 90} and " * 5 + "</p>"
    assert compare(article(body), "classic", tmp_path, monkeypatch)


@needs_pdftotext
@pytest.mark.parametrize("theme", ["classic", "compact", "large-print"])
def test_so_do_those_of_sample_articles(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = read.walk([ROOT / "input" / "how-to-read-a-bridge.html"])
    (page,) = read.read(source)
    assert compare(export.prepare(page, Settings()), theme, tmp_path, monkeypatch)


@needs_pdftotext
def test_lines_from_right_to_left_fill_their_measure(tmp_path: Path) -> None:
    """The engine's own are eight points short: it shapes each word by itself."""
    edition = Edition.single(article(RTL, language="ar"))
    found = words(write(edition, themes.load("classic"), Settings()).data, tmp_path)
    text = [place for said, page, place in found if page == 1 and 160 < place[1] < 275]
    ends: dict[int, float] = {}
    for _, top, right, _ in text:
        line = round(top / 13.5)
        ends[line] = max(ends.get(line, 0), right)
    assert len(ends) > 6
    assert max(ends.values()) - min(ends.values()) < 0.2


def test_the_engine_has_its_own_steps_again_afterwards() -> None:
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in quick.STEPS]
    with quick.quickened():
        assert all(getattr(owner, name) is not own for owner, name, own in before)
    assert all(getattr(owner, name) is own for owner, name, own in before)


def test_layouts_that_are_kept_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick.layouts, "KEPT", 5)
    kept = write(
        Edition.single(article(f"<p>{SENTENCE * 20}</p>")), themes.load("classic"), Settings()
    )
    monkeypatch.undo()
    made = write(
        Edition.single(article(f"<p>{SENTENCE * 20}</p>")), themes.load("classic"), Settings()
    )
    assert kept.data == made.data
