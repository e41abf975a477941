"""Formulas: MathML stays, is read once wherever a body is, and is legal whatever a page says."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter import dom, mathml, spelling
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.clean.figures import type_figures
from exporter.clean.normalise import normalise
from exporter.model import Article, Capture, Learned, Metadata, Page
from exporter.settings import Settings
from exporter.typeset import typeset

NS = 'xmlns="http://www.w3.org/1998/Math/MathML"'
SENTENCE = "The value of {} here was never doubted by anybody who had seen the river rise."


class NoResources:
    def find(self, url: str) -> bytes | None:  # noqa: ARG002  (the protocol's shape)
        return None


def page_of(html: str) -> Page:
    return Page(html, None, None, Capture("page.html", "html", "0" * 64), NoResources())


def body_of(markup: str) -> str:
    """Give the body of one sentence around a formula."""
    html = f"<p>{SENTENCE.format(markup)}</p>"
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    assert soup.body is not None
    type_figures(soup.body, page_of(html), Settings())
    body = normalise(soup.body).xhtml
    dom.validate(body)
    return body


def formula(markup: str) -> etree._Element:
    return next(dom.parse(body_of(markup)).iter(mathml.MATH))


def inside(markup: str) -> str:
    """Give what stands in the formula, without the namespace."""
    return "".join(
        etree.tostring(child, encoding="unicode").replace(f" {NS}", "") for child in formula(markup)
    )


SPOKEN = [
    ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc^2"),
    ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
    ("<mfrac><mi>a</mi><mn>2</mn></mfrac><mi>t</mi>", "a/2 t"),
    ("<msqrt><mi>x</mi></msqrt>", "√x"),
    ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x + 1)"),
    ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
    ("<msub><mi>a</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msub>", "a_(n + 1)"),
    (
        "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><msub><mi>t</mi><mi>i</mi></msub>",
        "∑_i^n t_i",
    ),
    (
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr>"
            "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>"
        ),
        "1, 2; 3, 4",
    ),
    (
        "<mmultiscripts><mi>C</mi><none/><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>",
        "_6^14 C",
    ),
    (
        (
            "<semantics><mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable>"
            '<annotation encoding="application/x-tex">\\pmatrix{1}</annotation></semantics>'
        ),
        "\\pmatrix{1}",
    ),
    ("<mi>x</mi><mspace width='1em'></mspace><mi>y</mi>", "x y"),
    ("<mi>x</mi><mspace width='-1em'></mspace><mi>y</mi>", "xy"),
]


@pytest.mark.parametrize(("markup", "said"), SPOKEN)
def test_a_formula_has_a_readable_form_and_reads_as_that_alone(markup: str, said: str) -> None:
    assert formula(f"<math>{markup}</math>").get("alttext") == said
    assert dom.plain_text(body_of(f"<math>{markup}</math>")) == SENTENCE.format(said)


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<mi href="https://a.b/" onclick="x()" style="color:red">x</mi>', "<mi>x</mi>"),
        ('<mo stretchy="false" lspace="url(x)">(</mo>', '<mo stretchy="false">(</mo>'),
        ('<mspace width="expression(1)"></mspace><mi>x</mi>', "<mspace/><mi>x</mi>"),
        (
            '<maction actiontype="toggle"><mi>a</mi><mi>b</mi></maction>',
            "<mi>a</mi>",
        ),
        ("<mtext>if <b>x</b><script>y</script></mtext>", "<mtext>if x</mtext>"),
        ("<msup><mi>x</mi></msup>", "<mrow><mi>x</mi></mrow>"),
        ("<mtd><mi>x</mi></mtd><none></none>", "<mrow><mi>x</mi></mrow>"),
        (
            '<mfenced open="[" separators=";"><mi>x</mi><mi>y</mi></mfenced>',
            "<mrow><mo>[</mo><mi>x</mi><mo>;</mo><mi>y</mi><mo>)</mo></mrow>",
        ),
        ("<apply><ci>a</ci></apply>", "<mtext>a</mtext>"),
        ("E = m", "<mtext>E = m</mtext>"),
        ('<mi><a href="https://a.b/">x</a></mi>', "<mi>x</mi>"),
    ],
)
def test_nothing_of_the_page_passes_but_what_is_allowed(markup: str, kept: str) -> None:
    assert inside(f"<math>{markup}</math>") == kept


def test_prefixed_mathml_is_mathml() -> None:
    assert inside("<mml:math><mml:mi>x</mml:mi></mml:math>") == "<mi>x</mi>"


def test_a_formula_nested_without_end_keeps_its_signs() -> None:
    deep = 2000
    assert (
        formula(f"<math>{'<mrow>' * deep}<mi>x</mi>{'</mrow>' * deep}</math>").get("alttext") == "x"
    )


@pytest.mark.parametrize(
    "page",
    [
        '<span class="katex-display"><span class="katex"><math><mi>x</mi></math></span></span>',
        '<mjx-container display="true"><math><mi>x</mi></math></mjx-container>',
        '<div class="MathJax_Display"><span class="MathJax"><math><mi>x</mi></math></span></div>',
        '<math display="block"><mi>x</mi></math>',
        '<math mode="display"><mi>x</mi></math>',
    ],
)
def test_a_formula_on_its_own_line_is_a_paragraph(page: str) -> None:
    assert f'<p><math {NS} display="block" alttext="x"><mi>x</mi></math></p>' in body_of(page)


def test_the_tex_of_a_drawn_formula_goes_with_it() -> None:
    drawn = '<span class="MathJax"><math><mi>x</mi></math></span><script type="math/tex">x</script>'
    assert "<annotation" in inside(drawn)
    wrapped = (
        '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">'
        "{\\displaystyle x}</annotation></semantics></math>"
    )
    assert spelling.tex_of(formula(wrapped)) == "x"


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><math alttext='x'><mi>x</mi></math></p>",
        f"<p><math {NS}><mi>x</mi></math></p>",
        f"<p><math {NS} alttext='x' id='a'><mi>x</mi></math></p>",
        f"<p><math {NS} alttext='x'><mi href='https://a.b'>x</mi></math></p>",
        f"<p><math {NS} alttext='x'><mo lspace='url(x)'>x</mo></math></p>",
        f"<p><math {NS} alttext='x'><maction><mi>x</mi></maction></math></p>",
        f"<p><math {NS} alttext='x'><mfrac><mi>x</mi></mfrac></math></p>",
        f"<p><math {NS} alttext='x'><mrow>x</mrow></math></p>",
        f"<p><math {NS} alttext='x'><mi>x</mi>x</math></p>",
        f"<p><math {NS} alttext='x'><mtr><mtd><mi>x</mi></mtd></mtr></math></p>",
        f"<p><math {NS} alttext='x'><math alttext='x'><mi>x</mi></math></math></p>",
        f"<p><math {NS} alttext='x'><mtext><b xmlns=''>x</b></mtext></math></p>",
        f"<p><mi {NS}>x</mi></p>",
        f"<math {NS} alttext='x'><mi>x</mi></math>",
    ],
)
def test_the_vocabulary_refuses(wrong: str) -> None:
    with pytest.raises(dom.VocabularyError):
        dom.validate(wrong)


def test_typesetting_leaves_a_formula_alone_and_reads_it_as_one_sign() -> None:
    inner = f'<math {NS} alttext="n ! : m"><mi>n</mi><mo>!</mo><mtext>a : b ?</mtext></math>'
    about = Metadata(title="T", language="fr")
    before = Article(about, f"<p>Soit {inner} !</p>", (), (), (), Capture("a", "html", "0"))
    assert typeset(before).body == f"<p>Soit {inner}\u202f!</p>"


NAMES = st.sampled_from([
    *sorted(mathml.ELEMENTS), "mfenced", "maction", "apply", "annotation-xml", "b", "a", "span",
    "mlongdiv", "mglyph",
])  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["stretchy", "width", "href", "open", "encoding", "columnalign", "display"]),
    st.sampled_from(["true", "1em", "application/x-tex", "left", "javascript:x", "", "block"]),
    max_size=2,
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(["x", "+", "\\frac{a}{b}", "a b", "", "2", "\u2061", "&lt;"]))
    name = draw(NAMES)
    told = "".join(f' {key}="{value}"' for key, value in draw(ATTRIBUTES).items())
    return f"<{name}{told}>{''.join(draw(st.lists(trees(depth - 1), max_size=3)))}</{name}>"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(trees(), max_size=4))
def test_any_formula_is_legal_and_no_sign_of_it_is_lost(parts: list[str]) -> None:
    formulas = f"<math>{''.join(parts)}</math>"
    html = (
        f"<html><head><title>The river</title></head><body><article><h1>The river</h1>"
        f"<p>{SENTENCE.format('the gauge')}</p><p>{SENTENCE.format(formulas)}</p>"
        f"<p>{SENTENCE.format('the lock')}</p></article></body></html>"
    )
    article = clean(page_of(html), Settings(), Learned())
    dom.validate(article.body)
    assert lost(html, article) == Counter()
