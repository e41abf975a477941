"""Pages, texts and Markdown in pieces: what `strategies` puts together.

A shape is markup with holes: {t} is text, {b} one more shape, {u} an address, {v} any value, {c} a
class, {a} some attributes more, {o} the name of a <meta>, {j} JSON.
"""

from typing import Final

import mutate
from hostile import prose

SENTENCES: Final = (
    *prose.BEFORE, *prose.AFTER,
    "Le bac traverse la rivière chaque matin, et personne ne sait depuis quand il le fait.",
    "Il disait : « Jamais ! » Le 3 mai 2021, on a compté onze lanternes sur la rive d’en face.",
)  # fmt: skip
PLEAS: Final = (
    "Partagez cet article !", "Lire aussi", "Advertisement", "Read the original here",
    "Photo: Ann Keeper / AFP", "By Ann Keeper", "Traduit par Jean Quai", "3 mai 2021", "Sources",
    "Publié le 31/02/2021 à 25h61", "Abonnez-vous pour 1 € par mois", "Moscow ( –", "x", "1", "*",
)  # fmt: skip
ODD: Final = (
    "", " ", "\n\n\n", "\x00", "\x0b\x0c", "\x1b[2J", "\x85", "\xad", "\ufeff", "\u2028",
    "\u202e", "\u2066a", "\ufffe", "\ufdd0", "á̂̃", "🚢", "\U000e0041", "مرحبا", "日本語。", "&#0;",
    "&#xD800;", "&#x110000;", "&#xFFFE;", "&#1;", "&nbsp;", "&amp;amp;", "&lt;b&gt;", "&", "<",
    ">", "]]>", "<!--", "-->", "<?x?>", "</p>", "</article>", "javascript:x()", '1/2 \'"`',
    "file:///etc/passwd", "{{x}}", "\\", "[x](javascript:y)", "« »", "…", "W" * 200, "a b " * 90,
)  # fmt: skip
ADDRESSES: Final = (
    "page_files/a.png", "page_files/frame.html", "a.png", "a.png?w=300", "cid:a", "#", "#a",
    "#é 1", "", "?", "file:///etc/passwd", "FILE:/etc/hosts", "javascript:x()",
    "java\nscript:x()", "//[::1", "\x01javascript:x()", "vbscript:x", "data:text/html,<b>x",
    "data:image/png;base64,AAAA", "blob:x", "data:image/svg+xml,<svg onload='x()'/>",
    "../../../../etc/passwd", "C:\\x", "\\\\host\\a", "https://a.example/é?q=1&b#c",
    "https://u:p@a.example:99999/", "http://[", "http:a", "mailto:",
    "https://river.example/lanterns", "//cdn.example/a.png", "a.png 2x, b.png 1w, , 3x", "%00",
    "%", "https://youtube.com/embed/x", "about:blank", "/", "x" * 300,
    "https://\ud7ff\ufffe.example",
)  # fmt: skip
VALUES: Final = (
    "0", "1", "-1", "640", "1e9", "9" * 30, "²", "٣", "100%", "auto", "a", "en", "fr-FR", "x-é",
    "rtl", "{", "[]", "null", "2024-03-05", "0000-00-00", "99999-99-99T99:99:99+99:99", "I",
    "width:1px", "font-style: italic; background: url(file:///etc/passwd)", "utf-7",
    "display:none", "summary",
)  # fmt: skip
CLASSES: Final = (
    "entry-content", "share", "comments", "related-posts", "wp-caption", "gallery", "footnotes",
    "footnote-ref", "byline", "credit", "hero-image", "caption", "hidden", "newsletter", "lead",
    "wp-block-image alignleft", "pullquote", "twitter-tweet", "mathjax", "language-c++", "a b\tc",
)  # fmt: skip
NAMES: Final = (
    "class", "id", "name", "style", "lang", "dir", "title", "alt", "width", "height", "src",
    "href", "data-src", "srcset", "data-srcset", "datetime", "itemprop", "role", "aria-hidden",
    "hidden", "onclick", "xml:lang", "align", "rel", "data-caption", "headers", "scope",
    "xlink:href", "é", "a:b",
)  # fmt: skip
BLOCKS: Final = (
    "<p>{t} {t}</p>", "<p{a}>{t} <a href='{u}'{a}>{t}</a>{t}", "<div class='{c}'{a}>{b}{b}</div>",
    "<div>{b}{t}{b}</div>", "<section{a}>{b}{b}</section>", "<h1{a}>{t}</h1>", "<h2>{t}</h2>",
    "<h4{a}>{b}</h4>", "<blockquote cite='{u}'{a}>{b}</blockquote>", "<hr{a}><br>{t}<br><br>{t}",
    (
        "<figure{a}><img src='{u}' alt='{v}'{a}><figcaption{a}>{t} <i "
        "class='{c}'>{t}</i></figcaption></figure>"
    ),
    "<figure>{b}<figcaption>{b}</figcaption></figure>", "<img src='{u}'{a}>",
    "<picture><source srcset='{u} 2x, {u}'><img data-src='{u}'{a}></picture>{t}",
    (
        "<a href='{u}'><img srcset='{u}' width='{v}' height='{v}' alt='{t}'></a><p "
        "class='{c}'>{t}</p>"
    ),
    (
        "<table{a}><caption>{t}</caption><tr><th colspan='{v}'{a}>{t}<th>{b}</th></tr><tr><td "
        "rowspan='{v}'>{b}</td><td>{t}</table>"
    ),
    "<table><tr><td{a}>{b}</td></tr></table>", "<td{a}>{t}<tr>{b}",
    "<ul{a}><li{a}>{b}<li>{t}<ol start='{v}' type='{v}'><li value='{v}'>{t}</ol>{b}</ul>",
    "<dl{a}>{t}<dt>{t}<dd>{b}<dd{a}>{t}</dl>", "<li>{b}", "<ul><li><a href='{u}'>{t}</a></ul>",
    "<nav{a}><a href='{u}'>Accueil</a> <a href='{u}'>{t}</a></nav>", "<footer{a}>{t}{b}</footer>",
    "<aside class='{c}'><h3>Lire aussi</h3>{b}</aside>",
    "<header{a}>{b}<time datetime='{v}'>{t}</time></header>", "<iframe src='{u}'{a}>{t}</iframe>",
    "<iframe srcdoc='{t} {t} {t}'></iframe>",
    "<svg{a}><title>{t}</title><foreignObject>{b}</foreignObject><image href='{u}'/></svg>",
    "<math{a}><mi>{t}</mi><mfrac><mn>1</mn><mtext>{t}</mtext></mfrac><annotation>{t}</math>",
    "<pre{a}><code class='language-{v}'>{t}\n\t{t}</code></pre>", "<ruby>{t}<rp>(<rt>{t}</ruby>",
    "<details{a}><summary>{t}</summary>{b}</details>", "<noscript>{b}</noscript>", "<!-- {t} -->",
    (
        "<form action='{u}'><input "
        "value='{v}'><select><option>{t}</select><textarea>{t}</textarea><button{a}>{t}</butto"
        "n></form>"
    ),
    "<template shadowrootmode='{v}'>{b}</template>",
    "<video poster='{u}'{a}><source src='{u}'><track src='{u}'>{t}</video>", "<style>{t}</style>",
    "<p>{t}<sup id='{v}'><a href='#{v}'{a}>1</a></sup> {t}</p>",
    "<script type='{v}'>{t}</script>",
    "<ol class='footnotes'><li id='{v}'>{t} <a href='#{v}'>↩</a></ol>", "<font{a}>{b}</font>{t}",
    "<object data='{u}'{a}>{b}</object>", "<b{a}>{t}<i>{b}</b>{t}</i>", "<q{a}><em>{b}</em></q>",
    "<p>{t}<p>{t}</div>{b}", "<main{a}><article>{b}{b}</article></main>", "<o:p{a}>{t}</o:p>{t}",
    *(sign.decode("utf-8", "replace") for sign in mutate.NASTY),
)  # fmt: skip
HEADS: Final = (
    "<title>{t}</title>", "<meta property='og:{o}' content='{v}'>",
    "<meta name='{o}' content='{t}'>", "<base href='{u}'>", "<link rel='canonical' href='{u}'>",
    "<meta charset='{v}'>", "<style>{t}</style>",
    "<meta property='article:published_time' content='{v}'>",
    "<meta property='og:url' content='{u}'>", "<script type='application/ld+json'>{j}</script>",
    "<meta http-equiv='refresh' content='0;{u}'>",
)  # fmt: skip
META: Final = (
    "title", "author", "site_name", "image", "description", "keywords", "locale", "date",
)  # fmt: skip
LINES: Final = (
    "# {t}", "{t}\n===", "{t}\n{t}", "- {t}\n  - {t}\n\n    {t}", "> {t}\n>> {b}",
    "```{v}\n{t}\n```", '![{t}]({u} "{v}")\n*{t}*', "[{t}]({u})", "[{v}]: {u} '{t}'",
    "{t}[^1]\n\n[^1]: {t}", "***{t}**", "| {t} | {t} |\n|---|:-:|\n| {t} | {v} | {t} |",
    "<div{a}>\n\n{b}\n\n</div>", "1. {t}\n{v}. {b}", "{t}\n: {t}", "    {t}", "---", "<{u}>",
    "$$ {t} $$", "`{t}", "{v}{v}", "* * *", "{t}\t{t}\r\n{t}",
)  # fmt: skip
FRONT: Final = (
    "title: {t}", "date: {v}", "author: [{t}, '{v}']", "url: {u}", "tags:\n  - {t}\n  - {v}",
    "title = '{t}'", "'{v}': {t}", "cover: {u}", "lang: {v}", "description: >-\n  {t}", "{t}",
)  # fmt: skip
