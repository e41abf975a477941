"""Our own check of finished books: each thing it looks for, put into a good book, is found."""

import io
import zipfile

import pytest

from exporter import themes
from exporter.errors import InternalError
from exporter.model import Article, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.epub import lint

PAGE = "EPUB/article-1.xhtml"
OPF = "EPUB/content.opf"


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    """Give the members of a good book."""
    about = Metadata(title="T", language="fr")
    body = '<p id="a">Un <a href="#a">lien</a>.</p><h2>H</h2>'
    article = Article(about, body, (), (), (), Capture("a.html", "html", "0"))
    theme, settings = themes.load("classic"), Settings(cover=False)
    data = writer(".epub")(Edition.single(article), theme, settings).data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(members: dict[str, bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name, data, zipfile.ZIP_STORED if name in stored else None)
    return target.getvalue()


def found(members: dict[str, bytes]) -> str:
    return "\n".join(map(str, lint.findings(zipped(members))))


def test_a_good_book_passes(good: dict[str, bytes]) -> None:
    assert found(good) == ""
    lint.check(zipped(good))


DEFECTS = [
    ("ill-formed", PAGE, b"</body>", b"", "not well-formed"),
    ("id twice", PAGE, b"<h2 id=", b'<h2 title="a" id="a"/><h2 id=', "id 'a' stands twice"),
    ("dead anchor", PAGE, b'href="#a"', b'href="#b"', "leads to #b, which is nowhere"),
    ("dead link", PAGE, b'href="#a"', b'href="x.xhtml"', "a link leads to x.xhtml"),
    ("local link", PAGE, b'href="#a"', b'href="file:///x"', "a link leads to file:///x"),
    (
        "remote image",
        PAGE,
        b"<h2",
        b'<img src="http://a/b.png" alt=""/><h2',
        "loads http://a/b.png",
    ),
    ("lost image", PAGE, b"<h2", b'<img src="b.png" alt=""/><h2', "b.png is not in the book"),
    ("no alt", PAGE, b"<h2", b'<img src="style.css"/><h2', "no alt"),
    ("no language", PAGE, b' lang="fr" xml:lang="fr"', b"", "no language"),
    ("two languages", PAGE, b' xml:lang="fr"', b' xml:lang="en"', "lang and xml:lang differ"),
    ("no title", PAGE, b"<title>T</title>", b"<title> </title>", "no title"),
    ("comment", PAGE, b"<h2", b"<!-- a -- b -->\n<h2", "comment"),
    ("fine space", PAGE, b"Un ", "Un\u202f".encode(), "a fine space"),
    ("nav", "EPUB/nav.xhtml", b">H<", b">I<", "nav and ncx differ"),
    ("import", "EPUB/style.css", b"/*", b"@import 'a.css'; /*", "loads a file"),
    ("variable", "EPUB/style.css", b"/*", b"p { color: var(--ink) } /*", "variables"),
    ("book language", OPF, b"<dc:language>fr</dc:language>", b"", "no dc:language"),
    ("package language", OPF, b' xml:lang="fr"', b"", "no language of the metadata"),
    ("spine", OPF, b'idref="title"', b'idref="none"', "the spine names none"),
    ("manifest", OPF, b'href="style.css"', b'href="other.css"', "not in both"),
    ("spine twice", OPF, b'idref="title"', b'idref="article-1"', "names a document twice"),
    ("lonely page", OPF, b'<itemref idref="title"/>', b"", "title is not in the spine"),
    ("type", OPF, b'media-type="text/css"', b'media-type="text/plain"', "said to be text/plain"),
    ("item twice", OPF, b"<manifest>", b'<manifest><item href="toc.ncx"/>', "stands twice"),
    ("identifier", OPF, b'unique-identifier="id"', b'unique-identifier="no"', "is none of its"),
    ("refines", OPF, b"<metadata", b'<meta refines="#x" property="role"/><metadata', "said of x"),
    ("modified", OPF, b"Z</meta>", b"</meta>", "no date of the last change"),
    ("access", OPF, b'"schema:accessMode"', b'"schema:mode"', "no schema:accessMode"),
    ("ncx of another", "EPUB/toc.ncx", b'content="urn', b'content="un', "names another book"),
    ("ncx", "EPUB/toc.ncx", b"<text>H<", b"<text>I<", "nav and ncx differ"),
    ("container", "META-INF/container.xml", b"content.opf", b"x.opf", "no package document"),
    ("script", PAGE, b"<h2", b"<script>1</script><h2", "<script> acts"),
    ("handler", PAGE, b"<h2", b'<h2 onclick="x()">a</h2><h2', "<h2> acts"),
    ("drawing", PAGE, b"<h2", b'<svg xmlns="http://www.w3.org/2000/svg"/><h2', "holds drawings"),
    ("no page", PAGE, b"1999/xhtml", b"1999/html", "is no XHTML document"),
    ("fine reference", PAGE, b"Un ", b"Un&#x202f;", "a fine space"),
    ("direction", "EPUB/style.css", b"/*", b"p { direction: rtl } /*", "sets directions"),
    (
        "no formula",
        OPF,
        b'href="article-1.xhtml"',
        b'href="article-1.xhtml" properties="mathml"',
        "holds formulas, or is said to, not both",
    ),
    (
        "unsaid formula",
        PAGE,
        b"<h2",
        b'<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math><h2',
        "article-1.xhtml holds formulas, or is said to, not both",
    ),
]


@pytest.mark.parametrize(("member", "old", "new", "said"), [d[1:] for d in DEFECTS],
                         ids=[d[0] for d in DEFECTS])  # fmt: skip
def test_each_defect_is_found(
    good: dict[str, bytes], member: str, old: bytes, new: bytes, said: str
) -> None:
    spoilt = good[member].replace(old, new, 1)
    assert spoilt != good[member], "the defect was not put in"
    assert said in found({**good, member: spoilt})


def test_a_name_that_is_not_ascii_is_found(good: dict[str, bytes]) -> None:
    assert "not ASCII" in found({**good, "EPUB/é.css": b""})


def test_a_name_that_would_have_to_be_escaped_is_found(good: dict[str, bytes]) -> None:
    assert "have to be escaped" in found({**good, "EPUB/a b.css": b"p { }"})


def test_names_that_differ_by_case_alone_are_one_on_some_disks(good: dict[str, bytes]) -> None:
    assert "stands twice" in found({**good, "EPUB/Style.css": b"p { }"})


@pytest.mark.parametrize("name", ["EPUB/a.jpg", "EPUB/a.png"])
def test_a_member_is_what_its_name_says(good: dict[str, bytes], name: str) -> None:
    assert "is not what its name says" in found({**good, name: b"GIF89a"})
    assert "is not what its name says" not in found({**good, "EPUB/a.css": b"p { }"})


def test_a_link_to_a_word_on_the_web_is_no_finding(good: dict[str, bytes]) -> None:
    assert found({**good, PAGE: good[PAGE].replace(b'"#a"', b'"https://a.example/#b"')}) == ""


def test_the_mimetype_must_come_first_and_stored(good: dict[str, bytes]) -> None:
    last = {name: good[name] for name in reversed(good)}
    assert "not the first member" in found(last)
    packed = "".join(map(str, lint.findings(zipped(good, stored=()))))
    assert "not the first member, stored" in packed
    assert "does not say" in found({**good, "mimetype": b"text/plain"})


def test_a_finding_is_our_bug(good: dict[str, bytes]) -> None:
    bad = zipped({**good, PAGE: good[PAGE].replace(b'"#a"', b'"#b"')})
    with pytest.raises(InternalError, match="leads to #b") as caught:
        lint.check(bad)
    assert caught.value.exit_code == 70
