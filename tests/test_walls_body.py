"""The gate behind the cleaner: no body is written that says anything outside the vocabulary."""

import pytest

from exporter import dom, export
from exporter.model import Capture, Page
from exporter.read.resources import OnlyInline
from exporter.settings import Settings

KEY = "a" * 64
FINE = (
    '<p id="a" lang="en" dir="ltr" title="t">A <a href="https://a.example/">b</a></p>',
    '<p id="a"><a href="mailto:a@b.example">c</a><a href="#a">d</a></p>',
    f'<figure><img src="asset:{KEY}" alt="" width="3" height="4"/></figure>',
    '<figure><figcaption>e<span class="credit">f</span></figcaption></figure>',
    '<figure><img src="missing:/boat.png" alt=""/></figure>',
    '<pre class="language-c++">int x;</pre><section class="footnotes"><p>g</p></section>',
)
WRONG = {
    "element": "<p>a<script>alert(1)</script></p>",
    "frame": '<p><iframe src="https://a.example/"></iframe></p>',
    "form": "<p><form><input/></form></p>",
    "style": "<p><style>p { }</style></p>",
    "link": '<p><link href="https://a.example/a.css"/></p>',
    "media": '<p><video src="https://a.example/a.mp4"></video></p>',
    "drawing": '<p><svg xmlns="http://www.w3.org/2000/svg"><script/></svg></p>',
    "capitals": "<p>a<SCRIPT>alert(1)</SCRIPT></p>",
    "handler": '<p onclick="alert(1)">a</p>',
    "styled": '<p style="background: red">a</p>',
    "of-another": '<p href="https://a.example/">a</p>',
    "namespace": '<p xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:a">b</p>',
    "instruction": '<p>a<?xml-stylesheet href="a.css"?></p>',
    "comment": "<p>a<!-- b --></p>",
    "javascript": '<p><a href="javascript:alert(1)">a</a></p>',
    "javascript-blank": '<p><a href=" javascript:alert(1)">a</a></p>',
    "data": '<p><a href="data:text/html,a">a</a></p>',
    "file": '<p><a href="file:///etc/passwd">a</a></p>',
    "relative": '<p><a href="../secret.html">a</a></p>',
    "host": '<p><a href="//a.example/">a</a></p>',
    "picture-file": '<p><img src="file:///a.png" alt=""/></p>',
    "picture-data": '<p><img src="data:image/png;base64,AA" alt=""/></p>',
    "picture-path": '<p><img src="../a.png" alt=""/></p>',
    "picture-key": '<p><img src="asset:../../etc/passwd" alt=""/></p>',
    "class": '<p class="page-of-theirs">a</p>',
    "span": '<table><tr><td colspan="0">a</td></tr></table>',
    "span-of-all": '<table><tr><td colspan="10000">a</td></tr></table>',
    "span-of-other-digits": '<table><tr><td rowspan="\u0663">a</td></tr></table>',
    "language": '<p lang="fr_FR; x">a</p>',
    "direction": '<p dir="up">a</p>',
    "id-of-two": '<p id="a b">a</p>',
    "width": '<p><img src="omitted:" alt="" width="100%"/></p>',
    "number": '<ol start="1e9"><li>a</li></ol>',
    "moment": '<p><time datetime="now">a</time></p>',
    "id-twice": '<p id="a">a</p><p id="a">b</p>',
    "no-block": "<span>a</span>",
    "loose-text": "a<p>b</p>",
    "malformed": "<p>a",
}  # fmt: skip


@pytest.mark.parametrize("body", FINE)
def test_what_an_article_is_made_of_passes(body: str) -> None:
    dom.validate(body)


@pytest.mark.parametrize("name", WRONG)
def test_nothing_else_does(name: str) -> None:
    with pytest.raises(dom.VocabularyError):
        dom.validate(WRONG[name])


def test_no_article_passes_by_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a later change of the cleaner might let through ends as an error of ours."""
    monkeypatch.setattr("exporter.clean.addresses.LINKS", {"https", "javascript"})
    html = "<h1>Rain</h1><article>" + "<p>It rained on the <a href='javascript:a()'>pier</a>. " * 20
    page = Page(html, None, None, Capture("a.html", "html", "0"), OnlyInline())
    with pytest.raises(dom.VocabularyError):
        export.prepare(page, Settings())
