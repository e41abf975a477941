"""What would act in a reader: scripts, handlers, addresses that run, forms, frames, drawings that move."""

from typing import Final

from hostile.ground import Case, Expected
from hostile.prose import FIRST, KEPT, LAST, data, html, with_files

ALL: Final = "epub,pdf,html,md"
ACTIVE: Final = "alertfromthedyke"
INERT: Final = Expected(once=(FIRST, LAST), absent=(ACTIVE,))
# In these a browser shows some of it as words, which is no harm: only what could act must be gone.
WORDS: Final = {
    "script-split", "server-code", "xml-events", "namespaced-script", "form-attributes", "math-action", "math-link",
    "svg-handler-element", "entity-in-attribute",
}  # fmt: skip
LINK: Final = Expected(once=(FIRST, LAST), kept=("the old chart",))

RUNS: Final = f"{ACTIVE}()"

FRAGMENTS: Final[dict[str, str]] = {
    "script": f"<script>{RUNS}</script>",
    "script-src": '<script src="@HTTP@/canary.js" async></script><script type="module" src="../canary.js"></script>',
    "script-capitals": f"<ScRiPt >{RUNS}</ScRiPt >",
    "script-in-noscript": f"<noscript><script>{RUNS}</script></noscript>",
    "script-split": f"<scr<script></script>ipt>{RUNS}</scr</script>ipt>",
    "script-in-svg": f"<svg width='9' height='9'><script>{RUNS}</script><script type='text/ecmascript'><![CDATA[{RUNS}]]></script></svg>",
    "script-in-math": f"<math><mtext><script>{RUNS}</script></mtext></math>",
    "script-in-template": f"<template><script>{RUNS}</script></template>",
    "script-in-title-of-svg": f"<svg width='9' height='9'><title><script>{RUNS}</script></title><desc><img src=x onerror={RUNS}></desc></svg>",
    "handlers": f'<p onclick="{RUNS}" ONMOUSEOVER="{RUNS}" onfocus={RUNS} tabindex=0 autofocus>The heron stood.</p>',
    "handler-img": f'<img src=x onerror="{RUNS}" onload={RUNS}>',
    "handler-slash": f"<img/src=x/onerror={RUNS}><svg/onload={RUNS}>",
    "handler-in-svg": f"<svg width='9' height='9' onload='{RUNS}'><rect onclick='{RUNS}' width='9' height='9'/></svg>",
    "handler-details": f"<details open ontoggle={RUNS}><summary>More</summary>gates</details>",
    "handler-video": f"<video onloadstart={RUNS} controls><source onerror={RUNS}></video>",
    "handler-marquee": f"<marquee onstart={RUNS}>gates</marquee>",
    "iframe-javascript": f'<iframe src="javascript:{RUNS}"></iframe><iframe srcdoc="&lt;script&gt;{RUNS}&lt;/script&gt;"></iframe>',
    "iframe-data": f'<iframe src="data:text/html,&lt;script&gt;{RUNS}&lt;/script&gt;"></iframe>',
    "object-data": f'<object data="data:text/html;base64,PHNjcmlwdD4="></object><embed src="javascript:{RUNS}">',
    "form": f'<form action="@HTTP@/steal" method=post><input name=a value={ACTIVE}><input type=password><button formaction="javascript:{RUNS}">Go</button></form>',
    "form-isindex": f'<isindex action="javascript:{RUNS}" prompt=a><keygen autofocus onfocus={RUNS}>',
    "form-attributes": f'<form id=f></form><input form=f formaction="javascript:{RUNS}" type=submit><input type=hidden name=t value={ACTIVE}>',
    "meta-refresh": f'<meta http-equiv="refresh" content="0;url=javascript:{RUNS}">',
    "meta-refresh-data": f'<meta http-equiv="refresh" content="0;url=data:text/html,{RUNS}">',
    "meta-policy": "<meta http-equiv=\"Content-Security-Policy\" content=\"img-src *\"><meta http-equiv='set-cookie' content='a=b'>",
    "base-javascript": f'<base href="javascript:{RUNS}//"><a href="x">the old chart</a>',
    "base-target": '<base target="_blank"><base href="https://river.example/"><a href="x" target="_top">the old chart</a>',
    "style-expression": f"<p style=\"width:expression({RUNS});-moz-binding:url('data:text/xml,{RUNS}')\">The heron stood.</p>",
    "style-over-all": "<div style='position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:9999;background:#fff'>The heron stood.</div>",
    "style-hides-article": "<style>article{display:none!important}p{color:transparent;font-size:0}</style>",
    "style-prints-text": f'<style>p::after{{content:"{ACTIVE}"}}</style>',
    "style-break-out": f"<style>p{{}}</style ><script>{RUNS}</script>",
    "svg-foreign-object": f"<svg width='9' height='9'><foreignObject><body onload='{RUNS}'><script>{RUNS}</script></body></foreignObject></svg>",
    "svg-animate": f"<svg width='9' height='9'><a><animate attributeName='href' values='javascript:{RUNS}'/><text y='9'>x</text></a></svg>",
    "svg-set": f"<svg width='9' height='9'><set attributeName='onmouseover' to='{RUNS}'/><animateTransform onbegin='{RUNS}'/></svg>",
    "svg-link": f"<svg width='99' height='9'><a xlink:href='javascript:{RUNS}'><text y='9'>x</text></a></svg>",
    "svg-use-data": f"<svg width='9' height='9'><use href='data:image/svg+xml,&lt;svg id=x onload={RUNS}&gt;#x'/></svg>",
    "svg-handler-element": f"<svg width='9' height='9'><handler type='text/ecmascript'>{RUNS}</handler><listener event='load'/></svg>",
    "math-action": f"<math><maction actiontype='statusline#{RUNS}' xlink:href='javascript:{RUNS}'><mi>x</mi></maction></math>",
    "math-link": f"<math href='javascript:{RUNS}'><mi xlink:href='data:text/html,{RUNS}' onclick='{RUNS}'>x</mi></math>",
    "math-mutation": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUNS}&gt;'></table></mtext></math>",
    "mutation-noscript": f"<noscript><p title='</noscript><img src=x onerror={RUNS}>'>The heron stood.</p></noscript>",
    "mutation-style": f"<svg></p><style><a id='</style><img src=1 onerror={RUNS}>'></a></svg>",
    "mutation-comment": f"<!--><img src=x onerror={RUNS}>--><!-- --!><img src=x onerror={RUNS}>-->",
    "mutation-textarea": f"<textarea></textarea><img title='</textarea><img src=x onerror={RUNS}>'>",
    "mutation-xmp": f"<xmp></xmp><p title='</xmp><img src=x onerror={RUNS}>'>The heron stood.</p>",
    "mutation-backquote": f"<img alt='`onerror={RUNS}//' src='x`'>",
    "mutation-namespace": f"<svg><desc><math><mi><svg><style><img src=x onerror={RUNS}></style></svg></mi></math></desc></svg>",
    "entity-in-attribute": f'<p title="&quot;&gt;&lt;script&gt;{RUNS}&lt;/script&gt;">The heron stood.</p>',
    "text-that-looks-active": "<p>One writes &lt;script&gt;notrun()&lt;/script&gt; and <code>&lt;img onerror=x&gt;</code> there.</p>",
    "xml-events": f"<p ev:event='click' ev:handler='#h' xmlns:ev='http://www.w3.org/2001/xml-events'>The heron stood.</p><listener event=load>{RUNS}</listener>",
    "namespaced-script": f"<h:script xmlns:h='http://www.w3.org/1999/xhtml'>{RUNS}</h:script><svg:script>{RUNS}</svg:script>",
    "custom-elements": f"<x-a is=script onclick={RUNS}>The heron stood.</x-a><button popovertarget=a>Go</button><dialog open>{'gate ' * 3}</dialog>",
    "link-stylesheet-javascript": f'<link rel=stylesheet href="javascript:{RUNS}"><style>@import "javascript:{RUNS}";</style>',
    "contenteditable": f"<p contenteditable accesskey=x draggable=true oncut={RUNS}>The heron stood.</p>",
    "server-code": f"<?php {RUNS} ?><% {RUNS} %><jsp:scriptlet>{RUNS}</jsp:scriptlet>",
}

# Where a link leads: its words stay, its address must not.
LINKS: Final[dict[str, str]] = {
    "javascript": f"javascript:{RUNS}",
    "javascript-capitals": f"JaVaScRiPt:{RUNS}",
    "javascript-tab": f"java&#9;script:{RUNS}",
    "javascript-newline": f"java&#10;script&#13;:{RUNS}",
    "javascript-control": f"&#1;&#31; javascript:{RUNS}",
    "javascript-entities": f"&#106;&#97vascript&colon;{RUNS}",
    "javascript-nul": f"java&#0;script:{RUNS}",
    "javascript-space": f"&#160;&#12288;javascript:{RUNS}",
    "javascript-wide": f"ｊａｖａｓｃｒｉｐｔ：{RUNS}",
    "javascript-percent": f"javascript%3A{RUNS}",
    "javascript-comment": f"javascript://river.example/%0A{RUNS}",
    "vbscript": f"vbscript:{RUNS}",
    "data-html": f"data:text/html,&lt;script&gt;{RUNS}&lt;/script&gt;",
    "data-svg": f"data:image/svg+xml,&lt;svg onload={RUNS}&gt;",
    "data-capitals": f"DATA:text/html;base64,{ACTIVE}",
    "file": "file:///etc/passwd",
    "livescript-mocha": f"livescript:{RUNS}",
    "blob": "blob:https://river.example/1",
    "intent": "intent://x#Intent;scheme=http;end",
    "ms-protocol": "ms-msdt:/id PCWDiagnostic",
    "search-ms": "search-ms:query=x",
    "smb-unc": "\\\\river.example\\share",
    "mail-headers": "mailto:a@b.example?bcc=c@d.example%0D%0AX: y",
    "very-long": "https://river.example/" + "a" * 200_000,
    "broken-bracket": "http://[::1/x",
    "broken-port": "http://river.example:99999999/",
    "signs": "https://river.example/&quot;onclick=&quot;x&#xFFFE;\u202e",
    "user-info": "https://bank.example@river.example/",
    "idn": "https://рахра1.example/",
}

CASES: Final[tuple[Case, ...]] = (
    *(
        Case(
            name,
            "active",
            html(body),
            KEPT if name in WORDS or "mutation" in name else INERT,
            formats=ALL,
        )
        for name, body in FRAGMENTS.items()
    ),
    *(
        Case(
            f"link-{name}",
            "active",
            html(f'<p>There lay <a href="{href}">the old chart</a> of it.</p>'),
            LINK,
            formats=ALL,
        )
        for name, href in LINKS.items()
    ),
    Case(
        "link-area",
        "active",
        html(
            f'<img src=x usemap="#m"><map name=m><area href="javascript:{RUNS}" shape=default></map>'
        ),
        KEPT,
        formats=ALL,
    ),
    Case(
        "svg-file-scripts",
        "active",
        with_files(
            '<img src="a.svg">',
            {
                "a.svg": (
                    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUNS}" width="200" height="100"><script>{RUNS}</script>'
                    f'<a href="javascript:{RUNS}"><rect width="200" height="100" fill="#14a03c"/></a>'
                    f'<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:{RUNS}"/></foreignObject></svg>'
                )
            },
        ),
        INERT,
        formats=ALL,
    ),
    Case(
        "svg-data-scripts",
        "active",
        html(
            f'<img src="{data(f"<svg xmlns={chr(34)}http://www.w3.org/2000/svg{chr(34)}><script>{RUNS}</script><rect width={chr(34)}9{chr(34)} height={chr(34)}9{chr(34)}/></svg>".encode(), "image/svg+xml")}">'
        ),
        INERT,
        formats=ALL,
    ),
    Case(
        "head-scripts",
        "active",
        html(
            head=(
                f'<script>{RUNS}</script><link rel=stylesheet href="data:text/css,*{{x:expression({RUNS})}}">'
                f"<style>@import 'javascript:{RUNS}';</style><object>{RUNS}</object>"
            )
        ),
        INERT,
        formats=ALL,
    ),
    Case(
        "pdf-named-html",
        "active",
        lambda _: {
            "in/page.html": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
        },
        Expected(codes=frozenset({4}), books=0),
        formats=ALL,
    ),
)
