# ruff: noqa: E501  (a page's lines are long)
"""Program listings: one <pre> with its language, whatever a highlighter made of it; verse."""

import pytest

from exporter import dom
from test_figures import typed

CODE = "a = 1\nb = 2"


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<pre><code class="language-python">{}</code></pre>', "python"),
        ('<pre class="lang-py"><code>{}</code></pre>', "python"),
        ('<div class="highlight highlight-source-shell"><pre>{}</pre></div>', "shell"),
        ('<pre class="brush: js; gutter: true">{}</pre>', "javascript"),
        ('<pre><code class="hljs c++">{}</code></pre>', "cpp"),
        ('<figure class="highlight ruby"><pre>{}</pre></figure>', "ruby"),
        ('<pre class="sourceCode haskell"><code>{}</code></pre>', "haskell"),
        ('<pre data-enlighter-language="php">{}</pre>', "php"),
        ('<pre lang="sql">{}</pre>', "sql"),
        ('<div class="language-rust"><div class="highlight"><pre>{}</pre></div></div>', "rust"),
        ("<pre>{}</pre>", ""),
        ('<pre class="language-plaintext">{}</pre>', ""),
        ('<div class="lang-fr"><pre lang="fr">{}</pre></div>', ""),
        ('<div class="source-list"><pre class="poems">{}</pre></div>', ""),
    ],
)
def test_a_listing_keeps_its_language(html: str, language: str) -> None:
    (pre,) = dom.parse(typed(html.format(CODE))[0]).iter("pre")
    assert "".join(map(str, pre.itertext())) == CODE
    assert pre.get("class", "") == (f"language-{language}" if language else "")


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>{0}\n{1}</pre></td></tr></table>',
        '<table><tr><td class="linenos"><div><pre><span>1</span>\n<span>2</span></pre></div></td><td class="code"><div><pre>{0}\n{1}</pre></div></td></tr></table>',
        '<table><tr><td class="crayon-nums"><div>1</div><div>2</div></td><td><div class="crayon-pre"><div class="crayon-line">{0}</div><div class="crayon-line">{1}</div></div></td></tr></table>',
        '<div class="syntaxhighlighter"><table><tr><td class="gutter"><div>1</div><div>2</div></td><td class="code"><div class="container"><div class="line"><code>{0}</code></div><div class="line"><code>{1}</code></div></div></td></tr></table></div>',
        '<table><tr><td class="blob-num">1</td><td class="blob-code">{0}</td></tr><tr><td class="blob-num">2</td><td class="blob-code">{1}</td></tr></table>',
        '<pre><span class="lineno">1 </span>{0}\n<span class="lineno">2 </span>{1}</pre>',
    ],
    ids=["hexo", "pygments", "crayon", "syntaxhighlighter", "github", "spans"],
)
def test_line_numbers_go_to_the_ledger_and_the_lines_stay_one_listing(html: str) -> None:
    body, _, _, ledger = typed(html.format(*CODE.splitlines()))
    (pre,) = dom.parse(body).iter("pre")
    assert "".join(map(str, pre.itertext())) == CODE
    assert "".join(ledger).replace(" ", "") == "12"


def test_numbers_of_a_poem_or_a_page_are_no_line_numbers() -> None:
    html = '<p>It was <span class="lineno">1951</span>, they said.</p>'
    assert "1951" in typed(html)[0]


def test_what_stands_between_the_lines_is_left_alone() -> None:
    html = (
        '<div class="crayon-pre"><div class="crayon-line">a = 1</div>Look here'
        '<div class="crayon-line">b = 2</div></div><pre>c</pre>'
    )
    assert "Look here" in typed(html)[0]


def test_a_listings_button_goes_to_the_ledger() -> None:
    body, _, _, ledger = typed("<pre><button>Copy</button><code>a = 1</code></pre>")
    assert body == "<pre><code>a = 1</code></pre>"
    assert ledger == ["Copy"]


def test_verse_is_no_listing() -> None:
    body = typed('<pre class="wp-block-verse">The boat goes out,\n  the boat comes in.</pre>')[0]
    assert body == "<p>The boat goes out,<br/>\xa0\xa0the boat comes in.</p>"


def test_only_a_listing_has_a_language() -> None:
    dom.validate('<pre class="language-c">int x;</pre>')
    for wrong in ('<p class="language-c">x</p>', '<pre class="language-">x</pre>'):
        with pytest.raises(dom.VocabularyError):
            dom.validate(wrong)
