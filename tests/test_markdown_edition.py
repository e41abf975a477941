"""The Markdown edition: CommonMark that says what the article says, and is read back as it was."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from exporter import dom, prepare, themes
from exporter.cli import app
from exporter.model import Article, Capture, Edition, Metadata, Rendition
from exporter.read import read, walk
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.markdown.blocks import body

SAMPLES = sorted((Path(__file__).parent.parent / "input").glob("*.html"))
SETTINGS = Settings(learn=False, memory=False)


def rendered(text: str) -> str:
    converter = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(converter.use(footnote_plugin).use(deflist_plugin).render(text))


def said(markup: str) -> str:
    """Give a body as Markdown."""
    return body(dom.parse(markup))


def made(*bound: Article) -> Rendition:
    edition = Edition.single(bound[0]) if len(bound) == 1 else Edition.anthology(bound, "A book")
    edition = dataclasses.replace(edition, name="boats")
    return writer(".md")(edition, themes.load("classic"), SETTINGS)


def articles(path: Path) -> Iterator[Article]:
    for source in walk([path]):
        for page in read(source):
            yield prepare(page, SETTINGS)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One  line\nof text.</p><p>Another.</p>", "One line of text.\n\nAnother."),
        ("<h2>C#</h2><h4>Deep</h4>", "## C\\#\n\n#### Deep"),
        ("<p><em>It</em> is <strong>so</strong>.</p>", "*It* is **so**."),
        ("<p>A<em>b</em>c and <em>“d”</em>e</p>", "A*b*c and <em>“d”</em>e"),
        ("<p>so <em>it </em>is</p>", "so *it* is"),
        ("<p><strong><em>both</em></strong></p>", "<strong><em>both</em></strong>"),
        ("<p>a*b_c [d] `e` &lt;f&gt; g\\h</p>", "a\\*b\\_c \\[d\\] \\`e\\` \\<f> g\\\\h"),
        ("<p>1. not a list</p><p>- nor this</p><p># nor</p>",
         "1\\. not a list\n\n\\- nor this\n\n\\# nor"),
        ("<p>R &amp; D &amp;amp; &amp;#8211;</p>", "R & D \\&amp; \\&#8211;"),
        ('<p>See <a href="https://a.org/b_(c)">it</a>!</p>', "See [it](<https://a.org/b_(c)>)!"),
        ('<p><a href="https://a.org/x">https://a.org/x</a></p>', "<https://a.org/x>"),
        ('<p>Look!<a href="https://a.org/">here</a></p>', "Look\\![here](https://a.org/)"),
        ("<p>The boat,<br/>the sea.</p>", "The boat,\\\nthe sea."),
        ("<p>H<sub>2</sub>O, 4 m<sup>3</sup></p>", "H<sub>2</sub>O, 4 m<sup>3</sup>"),
        ("<p>Run <code>a `b`</code> now</p>", "Run `` a `b` `` now"),
        ('<pre class="language-c"><code>x = 1\n\ny</code></pre>', "```c\nx = 1\n\ny\n```"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "> One.\n>\n> Two."),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="9"><li>a</li><li>b<ol><li>c</li></ol></li></ol>',
         "9. a\n10. b\n    1. c"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        ("<dl><dt>Quay</dt><dd>where boats are</dd></dl>", "Quay\n\n:   where boats are"),
        (("<table><thead><tr><th>Year</th><th>A|B</th></tr></thead>"
         "<tbody><tr><td>1950</td><td><em>4</em></td></tr></tbody></table>"),
         "| Year | A\\|B |\n| --- | --- |\n| 1950 | *4* |"),
        ('<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
         '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
        (('<figure><img src="boats_files/a.jpg" alt="A boat"/><figcaption>The quay. '
         '<span class="credit">Photo: Ann Lee</span></figcaption></figure>'),
         "![A boat](boats_files/a.jpg)\n\n*The quay. Photo: Ann Lee*"),
        (('<p>Since<sup><a href="#n" class="noteref">1</a></sup> noon</p>'
         '<section class="footnotes">'
         '<ol><li id="n"><p>By the clock. <a href="#r" class="backlink">↩</a></p><p>Slow.</p></li>'
         "</ol></section>"),
         "Since[^1] noon\n\n[^1]: By the clock.\n\n    Slow."),
        ('<p>Read <a href="#p">below</a>.</p><h2 id="p">Below</h2>',
         'Read [below](#p).\n\n<a id="p"></a>\n\n## Below'),
        ('<aside class="pull-quote"><p>So it is.</p></aside>',
         '<aside class="pull-quote">\n\nSo it is.\n\n</aside>'),
        ('<blockquote lang="he" dir="rtl"><p>שלום</p></blockquote>',
         '<div lang="he" dir="rtl">\n\n> שלום\n\n</div>'),
        ("<p>a</p><hr/><p>b</p>", "a\n\n---\n\nb"),
        ("<p>a<em> </em>b <em> <strong> c</strong></em></p>",
         "a b <em><strong>c</strong></em>"),
        ("<figure><figcaption>\u00a0The quay\u00a0<br/></figcaption></figure>", "*The quay*"),
        ('<ol type="a"><li>one<ul><li>two</li></ul></li></ol>',
         '<ol type="a"><li>one<ul><li>two</li></ul></li></ol>'),
    ],
)  # fmt: skip
def test_each_kind_of_block_and_phrase(markup: str, text: str) -> None:
    assert said(markup) == text


def test_a_formula_is_its_tex() -> None:
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>d</mi>'
        '<annotation encoding="application/x-tex">d_1 = v t^2</annotation></semantics></math>'
    )
    assert said(f"<p>So {formula}.</p>") == "So $d_1 = v t^2$."


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029")
    | st.sampled_from("*_[]()<>#+-=|~`!\\&;:.1 \n"),
    min_size=1,
)
PHRASE = st.recursive(
    TEXT.map(lambda text: text),
    lambda inside: st.tuples(st.sampled_from(["em", "strong", "code", "q"]), st.lists(inside)),
    max_leaves=6,
)


def built(parent: etree._Element, parts: list[object]) -> None:
    for part in parts:
        if isinstance(part, str):
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + part
            else:
                parent.text = (parent.text or "") + part
        elif isinstance(part, tuple):
            built(etree.SubElement(parent, part[0]), part[1])


def plain(text: str) -> list[str]:
    """Give the words of a text; no edition has soft hyphens or fine spaces."""
    folded = text.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0").replace("\u00ad", "")
    return re.sub(r"\s+", " ", folded).split()


@example(["!", ("q", ["["]), "&amp;", "\\", "#"])
@example([("em", ["0", ("em", ["0"]), ("q", [])])])
@example([("code", ["0"]), ("code", ["0"]), "`", ("code", ["x"])])
@settings(deadline=None, max_examples=200)
@given(st.lists(PHRASE, min_size=1, max_size=4))
def test_no_text_reads_as_markup(parts: list[object]) -> None:
    root = etree.Element("div")
    built(etree.SubElement(root, "p"), parts)
    text = "".join(map(str, root.itertext()))
    page = etree.HTML(f"<div>{rendered(body(root))}</div>")
    shown = "".join(map(str, page.itertext())) if page is not None else ""
    assert "".join(plain(shown)) == "".join(plain(text))


@pytest.fixture(scope="module", params=SAMPLES, ids=[path.stem for path in SAMPLES])
def article(request: pytest.FixtureRequest) -> Article:
    return next(articles(request.param))


def test_read_again_it_gives_the_same_article(article: Article, tmp_path: Path) -> None:
    if article.missing:
        pytest.skip("an image that was never there is told of in words")
    rendition = made(article)
    for name, data in rendition.beside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "boats.md").write_bytes(rendition.data)
    again = next(articles(tmp_path / "boats.md"))
    assert bare(again.body) == bare(article.body)
    assert {asset.key for asset in again.assets} == {asset.key for asset in article.assets}
    for name in ("title", "kicker", "byline", "translator", "published", "updated", "language",
                 "site", "url", "original_url", "keywords", "rights"):  # fmt: skip
        assert getattr(again.metadata, name) == getattr(article.metadata, name), name
    assert again.saved_at == article.saved_at
    mine, theirs = dom.figures(article.body), dom.figures(again.body)
    assert [(one.asset, one.alt, one.caption, one.credit) for one in mine] == [
        (one.asset, one.alt, one.caption, one.credit) for one in theirs
    ]


def bare(markup: str) -> str:
    """Give a body without what Markdown has no signs for: names of ids, a standfirst's class."""
    root = dom.parse(markup.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0"))
    for element in root.iter():
        element.attrib.pop("id", "")
        if element.get("href", "").startswith("#"):
            element.set("href", "#")
        if element.get("class") == "standfirst":
            del element.attrib["class"]
        if element.get("class") == "backlink":
            element.text = "↩"
    for note in root.iter("li", "figcaption"):
        if note.tag == "figcaption":
            etree.strip_tags(note, "em")  # the whole of it is in italics
        else:
            etree.strip_tags(note, "p")
    return re.sub(r"\s+(?=<)", "", etree.tostring(root, encoding="unicode"))


def test_front_matter_can_t_be_broken_out_of() -> None:
    about = Metadata(
        title='He said: "yes" --- # no',
        language="en",
        byline=("Ann: Lee", "yes"),
        rights="© 'x'\n---",
    )
    article = Article(about, "<p>Text.</p>", (), (), (), Capture("a", "html", "0"))
    text = made(article).data.decode()
    assert text.startswith(
        '---\ntitle: "He said: \\"yes\\" --- # no"\nauthor:\n  - "Ann: Lee"\n  - "yes"\n'
        "language: en\nrights: \"© 'x' ---\"\ngenerator: "
    )
    assert text.count("\n---\n") == 1


def test_a_book_says_of_each_article_what_is_known() -> None:
    about = Metadata(
        title="Boats", language="en", kicker="River", subtitle="Who builds them.",
        byline=("Ann Lee",), translator="Bo Dahl", dateline="Lund", published="2001-02-03",
        updated="2002-03-04", site="The Quay", url="https://quay.example/boats",
        original_url="https://kaj.example/bat", rights="© The Quay",
    )  # fmt: skip
    body_ = (
        '<p>So <a href="https://quay.example/nets">it</a> is.</p><figure><img src="x"/>'
        '<figcaption>A boat. <span class="credit">Photo: Cy Ek</span></figcaption></figure>'
    )
    other = Metadata(title="Nets", language="en", url="https://quay.example/nets")
    text = made(
        Article(about, body_, (), (), (), Capture("a", "html", "0")),
        Article(other, "<p>Text.</p>", (), (), (), Capture("b", "html", "1")),
    ).data.decode()
    start = text.index('## <a id="article-1"></a>Boats\n')
    assert text[start : text.index('## <a id="article-2')].split("\n\n")[:10] == [
        '## <a id="article-1"></a>Boats', "River", "Who builds them.", "By Ann Lee",
        "Translated by Bo Dahl", "Lund, 3 February 2001",
        "The Quay · <https://quay.example/boats>",
        "Original: <https://kaj.example/bat>", "Updated: 4 March 2002", "© The Quay",
    ]  # fmt: skip
    assert "So [it](#article-2) is." in text
    behind = text[text.index("Text.") :]
    assert "## Sources\n\n" in behind
    assert "[Boats](#article-1)" in behind
    assert "- Photo: Cy Ek" in behind
    assert "<div" not in behind


def noted(place: str, more: str = "") -> str:
    """Give a body whose first note is referred to from a paragraph, its second from a place."""
    reference = '<a class="noteref" href="#n2" id="r2">2</a>'
    return (
        '<p>Noon<a class="noteref" href="#n1" id="r1">1</a></p>'
        f"{place.format(reference)}{more}"
        '<section class="footnotes"><ol>'
        '<li id="n1"><p>Late. <a class="backlink" href="#r1">b</a></p></li>'
        '<li id="n2"><p>Early. <a class="backlink" href="#r2">b</a></p></li></ol></section>'
    )


@pytest.mark.parametrize(
    "place",
    [
        '<table><tbody><tr><td colspan="2">x{}</td></tr></tbody></table>',
        '<ol type="a"><li>x{}</li></ol>',
    ],
)
def test_notes_that_html_alone_refers_to_stay_a_list(place: str) -> None:
    text = said(noted(place))
    assert "Noon[^1]" in text
    assert "[^2]" not in text
    assert text.endswith('\n\n2. <a id="n2"></a>Early. [b](#r2)\n\n[^1]: Late.')
    assert '<a class="noteref" href="#n2" id="r2">2</a>' in text
    assert text.count('id="r2"') == 1
    assert "Early." in rendered(text)


def test_notes_that_a_listing_alone_refers_to_stay_a_list() -> None:
    text = said(noted("<pre>x{}</pre>"))
    assert text.endswith('<a id="r2"></a>\n\n```\nx2\n```\n\n2. Early. [b](#r2)\n\n[^1]: Late.')


def test_a_note_that_html_refers_to_as_well_can_be_found_from_there() -> None:
    again = '<p>Dawn<a class="noteref" href="#n2">2</a></p>'
    text = said(noted('<ol type="a"><li>x{}</li></ol>', again))
    assert "Dawn[^2]" in text
    assert text.endswith('[^1]: Late.\n\n[^2]: <a id="n2"></a>Early.')


def test_one_note_that_nothing_refers_to_leaves_the_others_notes() -> None:
    text = said(noted("<p>{}</p>").replace('class="noteref" href="#n1"', 'href="#n2"'))
    assert "Noon" in text
    assert "[^2]" in text
    assert text.endswith('1. Late. [b](#r1)\n\n[^2]: <a id="n2"></a>Early.')
    assert '<a id="r1"></a>[1](#n2)' in text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<p>A <a id="x">b</a></p>', 'A <a id="x"></a>b'),
        ('<ul><li id="x">a</li><li>b</li></ul>', '- <a id="x"></a>a\n- b'),
        ('<ul><li id="x"><pre>a</pre></li></ul>', '- <a id="x"></a>\n\n  ```\n  a\n  ```'),
        ('<dl><dt>a</dt><dd id="x">b</dd></dl>', 'a\n\n:   <a id="x"></a>b'),
        ('<dl><dt id="x">a</dt><dd>b</dd></dl>', '<a id="x"></a>a\n\n:   b'),
        ('<table><tr><th>h</th></tr><tr><td id="x">c</td></tr></table>',
         '| h |\n| --- |\n| <a id="x"></a>c |'),
        ('<table><tr><th>h</th></tr><tr id="x"><td>c</td></tr></table>',
         '| h |\n| --- |\n| <a id="x"></a>c |'),
        ('<figure><img src="a.jpg"/><figcaption id="x">c</figcaption></figure>',
         '<a id="x"></a>\n\n![](a.jpg)\n\n*c*'),
        ('<p>Run <code><a id="x"/>a</code></p>', 'Run <a id="x"></a>`a`'),
    ],
)  # fmt: skip
def test_links_lead_to_what_has_an_id(markup: str, text: str) -> None:
    assert said(f'{markup}<p><a href="#x">See</a></p>') == f"{text}\n\n[See](#x)"
    assert 'id="x"' not in said(markup)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("1984", 'title: "1984"'),
        ("0x1F", 'title: "0x1F"'),
        ("007", 'title: "007"'),
        ("1e5", 'title: "1e5"'),
        ("2001-01-01", 'title: "2001-01-01"'),
        ("No", 'title: "No"'),
        ("~", 'title: "~"'),
        ("Boats", "title: Boats"),
        ("Bo\x7fa\x9bts\u2028sail", 'title: "Boats sail"'),
    ],
)
def test_a_title_is_a_text_to_yaml(title: str, line: str) -> None:
    about = Metadata(title=title, language="en", published="2001-02-03", updated="2001-02-30")
    text = made(Article(about, "<p>Text.</p>", (), (), (), Capture("a", "html", "0"))).data.decode()
    assert text.split("\n")[1] == line
    assert '\ndate: 2001-02-03\nupdated: "2001-02-30"\n' in text


def test_a_title_keeps_its_last_sign() -> None:
    article = Article(
        Metadata("Boats #", "en"), "<p>Text.</p>", (), (), (), Capture("a", "html", "0")
    )
    assert "\n# Boats \\#\n" in made(article).data.decode()


def test_a_paragraph_of_many_emphases_is_written_soon() -> None:
    assert said(f"<p>{'w<em> x </em>' * 6000}</p>") == "w *x* " * 5999 + "w *x*"


def test_a_book_keeps_the_notes_of_its_articles_apart() -> None:
    note = (
        '<p>Noon<sup><a href="#n" class="noteref">1</a></sup></p><section class="footnotes"><ol>'
        '<li id="n">Late.</li></ol></section>'
    )
    bound = [
        Article(Metadata(title=title, language="en", byline=("Ann Lee",)), note, (), (), (),
                Capture(title, "html", "0"))
        for title in ("Boats", "Nets")
    ]  # fmt: skip
    text = made(*bound).data.decode()
    assert "Boats\n\nBy Ann Lee\n\nNoon[^1-1]\n\n[^1-1]: Late." in text
    assert "[^2-1]: Late." in text


def test_pictures_lie_in_a_folder_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "my notes.md"
    assert app.main(["convert", "-q", "--no-memory", str(SAMPLES[0]), "-o", str(target)]) == 0
    folder = tmp_path / "my notes_files"
    named = re.findall(r"\]\(my%20notes_files/([^)]+)\)", target.read_text(encoding="utf-8"))
    assert named
    assert sorted(set(named)) == sorted(path.name for path in folder.iterdir())
    assert capsys.readouterr().out.split("\n")[:2] == [str(target), str(folder)]


def test_pictures_never_go_into_the_folder_of_a_capture(tmp_path: Path) -> None:
    saved = tmp_path / "page_files"
    saved.mkdir()
    (saved / "boat.jpg").write_bytes(b"theirs")
    target = tmp_path / "page.md"
    for _ in range(2):
        assert app.main(["convert", "-q", "--no-memory", str(SAMPLES[0]), "-o", str(target)]) == 0
    assert [path.name for path in saved.iterdir()] == ["boat.jpg"]
    assert "](page-2_files/" in target.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "page-2_files", "page.md", "page_files",
    ]  # fmt: skip


def test_pictures_that_an_edition_has_no_longer_go(tmp_path: Path) -> None:
    target, folder = tmp_path / "notes.md", tmp_path / "notes_files"
    run = ["convert", "-q", "--no-memory", str(SAMPLES[0]), "-o", str(target)]
    assert app.main(run) == 0
    used = sorted(path.name for path in folder.iterdir())
    old, strange = folder / f"{'0' * 16}.jpg", folder / f"{'1' * 16}.jpg"
    old.write_bytes(b"old")
    strange.write_bytes(b"of whom nobody knows")
    target.write_text(f"![](notes_files/{old.name})", encoding="utf-8")
    assert app.main(run) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted([*used, strange.name])
    strange.unlink()
    assert app.main([*run, "--images", "none"]) == 0
    assert not folder.exists()
