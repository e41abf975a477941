"""Pictures, captions, credits, embeds and notes: one markup whatever the page wrote."""

import base64
import io

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from exporter import dom
from exporter.clean.credits import credit_start, is_caption_text
from exporter.clean.figures import type_figures
from exporter.clean.normalise import normalise
from exporter.clean.pictures import srcset
from exporter.model import Capture, Figure, Page
from exporter.settings import Settings
from exporter.write.pdf import formulas

BASE = "https://post.example.org/2024/"


def png(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, "PNG")
    return out.getvalue()


class Folder:
    """What a browser saved beside the page, by file name."""

    files = {  # noqa: RUF012  (a constant)
        "big.png": png(300),
        "mid.png": png(150),
        "icon.png": png(20),
        "dot.png": png(1),
        "bad.png": b"<html>",
    }

    def find(self, url: str) -> bytes | None:
        if url.startswith("data:image/png;base64,"):
            return base64.b64decode(url.partition(",")[2])
        return self.files.get(url.rpartition("/")[2])


def typed(html: str) -> tuple[str, tuple[Figure, ...], list[str], list[str]]:
    """Give the body, its figures, the notes' codes and the ledger's texts."""
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    assert soup.body is not None
    page = Page(html, BASE, None, Capture("page.html", "html", "0" * 64), Folder())
    found = type_figures(soup.body, page, Settings())
    body = normalise(soup.body, base=BASE).xhtml
    dom.validate(body)
    texts = [removal.text for removal in found.ledger]
    return (
        body,
        dom.figures(body),
        list(dict.fromkeys(lost.note.code for _, lost in found.lost)),
        texts,
    )


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The quay at dawn. Photo: Ann Lee", "Photo: Ann Lee"),
        (
            "The quay. (Photo by Ann Lee/AFP via Getty Images)",
            "(Photo by Ann Lee/AFP via Getty Images)",
        ),
        ("Le quai à l’aube. © Jean Dupont", "© Jean Dupont"),
        ("Le quai. Crédits : Jean Dupont / AFP", "Crédits : Jean Dupont / AFP"),
        ("Le prix du pain. Infographie : Le Télégraphe", "Infographie : Le Télégraphe"),
        ("Der Kai. Foto: Eva Müller/dpa", "Foto: Eva Müller/dpa"),
        ("Der Kai (Bild: Eva Müller)", "(Bild: Eva Müller)"),
        ("El muelle. Foto: Ana Ruiz / EFE", "Foto: Ana Ruiz / EFE"),
        ("Il molo. Foto: Luca Neri/ANSA", "Foto: Luca Neri/ANSA"),
        ("O cais. Crédito: Rui Sá/Lusa", "Crédito: Rui Sá/Lusa"),
        ("De kade. Foto: Jan Bos/ANP", "Foto: Jan Bos/ANP"),
        ("The quay at dawn. Ann Lee/Reuters", "Ann Lee/Reuters"),
        ("A photo of the quay, taken by nobody in particular", ""),
        ("The source of the river is unknown", ""),
        ("He photographed the quay every morning for years", ""),
        ("Credit cards on a table", ""),
    ],
)
def test_credits_are_told_from_captions(caption: str, credit: str) -> None:
    start = credit_start(caption)
    assert (caption[start:] if start is not None else "") == credit


def test_only_a_credit_set_apart_makes_a_paragraph_a_caption() -> None:
    assert is_caption_text("Soldiers on patrol. (Photo by A. Lee/AFP via Getty Images)")
    assert not is_caption_text("He sold the photo (by mistake) to Reuters last year.")
    assert not is_caption_text("The ministry denied the report (Reuters).")


MARKUPS = """
<figure><img src="big.png"><figcaption>Words. <i>Photo: Ann Lee</i></figcaption></figure>
<div class="wp-caption"><img src="big.png"><p class="wp-caption-text">Words. Photo: Ann Lee</p></div>
<div class="image"><img src="big.png"><div class="caption">Words. Photo: Ann Lee</div></div>
<p><img src="big.png"></p><p><em>Words. Photo: Ann Lee</em></p>
<p><img src="big.png"><br><em>Words. Photo: Ann Lee</em></p>
<figure><img src="big.png"><p class="legend">Words.</p><b class="credit">Photo: Ann Lee</b></figure>
<table class="tr-caption-container"><tr><td><img src="big.png"><tr><td class="tr-caption">Words. Photo: Ann Lee</table>
<table align="right"><tr><td><img src="big.png"><tr><td>Words. Photo: Ann Lee</table>
<div class="b"><div class="m"><img src="big.png"></div><div class="i"><div class="caption"><p>Words.</p></div><div class="credit">Photo: Ann Lee</div></div></div>
<div class="b"><figure><div><img src="big.png"></div></figure><figcaption><div>Words. Photo: Ann Lee</div></figcaption></div>
<p><span class="wf_caption"><a href="x"><img src="big.png"></a><span>Words. Photo: Ann Lee</span></span></p>
<div class="thumb"><div class="thumbinner"><a><img src="big.png"></a><div class="thumbcaption"><div class="magnify"></div>Words. Photo: Ann Lee</div></div></div>
<figure><a href="big.png"><img src="big.png"></a><p>Words. Photo: Ann Lee</p></figure>
<figure><img src="big.png"><figcaption>Words.</figcaption><p class="credit">Photo: Ann Lee</p></figure>
<figure><img src="big.png"><figcaption>Words.</figcaption></figure><div class="photo-credit">Photo: Ann Lee</div>
<amp-img src="big.png" width="600" height="400"></amp-img><p class="caption">Words. Photo: Ann Lee</p>
<figure><img src="big.png"></figure><p class="wp-caption-text">Words.</p><p>Photo: Ann Lee</p>
<div><img src="big.png"></div><h6>Words. Photo: Ann Lee</h6>
<p><img src="big.png"></p><p>Words. Photo: Ann Lee</p>
<p aria-describedby="c"><img src="big.png" aria-describedby="c"></p><div id="c">Words. Photo: Ann Lee</div>
""".strip().splitlines()  # noqa: E501  (a page's lines)


@pytest.mark.parametrize("html", MARKUPS)
def test_each_markup_gives_figure_caption_and_credit(html: str) -> None:
    body, figures, notes, _ = typed(f"<p>Before it.</p>{html}<p>After it.</p>")
    (figure,) = figures
    assert figure.asset is not None
    assert (figure.caption, figure.credit) == ("Words.", "Photo: Ann Lee")
    assert notes == []
    assert body.count("Words.") == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="big.png"></p><p>The quay was empty that morning, and nobody spoke.</p>',
        '<figure><a href="/other"><img src="big.png"><h3>Another boat</h3></a></figure>',
        '<figure><a href="/other"><img src="big.png"><span>Another boat</span></a></figure>',
        '<div class="caption-list"><img src="big.png"><p>Far more than a caption.</p></div>',
    ],
    ids=["a paragraph", "a teaser", "a link with a picture", "a name that only sounds like one"],
)
def test_words_beside_a_picture_are_no_caption_by_that_alone(html: str) -> None:
    _, (figure,), _, _ = typed(f"<p>Before it.</p>{html}<p>After it.</p>")
    assert figure.caption == ""


def test_a_line_that_repeats_an_alternative_text_is_no_caption() -> None:
    words = "The quay at dawn, seen from the chapel"  # a teaser's headline, as likely
    _, (figure,), _, _ = typed(
        f'<p><img src="big.png" alt="{words}"></p><p>{words}</p><p>Text.</p>'
    )
    assert figure.caption == ""


def test_words_beside_a_frame_stay_beside_it() -> None:
    frame = '<iframe src="https://www.youtube.com/embed/a1b2c3d4"></iframe>'
    body = typed(f"<figure>{frame}<p>The boats.</p></figure>")[0]
    assert '<aside class="embed">' in body
    assert "<p>The boats.</p>" in body


def test_a_video_or_table_keeps_its_caption() -> None:
    frame = '<iframe src="https://www.youtube.com/embed/a1b2c3d4"></iframe>'
    table = "<table><tr><th>Year<th>Boats<tr><td>1951<td>3</table>"
    for shown in (frame, f"<figure>{frame}</figure>", f"<div>{table}</div>"):
        body = typed(f"<figure>{shown}<figcaption>The boats.</figcaption></figure>")[0]
        assert body.endswith("<figcaption>The boats.</figcaption></figure>")


def test_figures_in_a_figure_are_a_gallery() -> None:
    one = '<figure><img src="big.png"><figcaption>One</figcaption></figure>'
    two = one.replace("One", "Two").replace("big", "gone")
    body, figures, _, _ = typed(f"<figure>{one}{two}<figcaption>Boats</figcaption></figure>")
    assert body.startswith('<section class="gallery"><figure>')
    assert [figure.caption for figure in figures] == ["One", "Two"]
    assert body.endswith("<p>Boats</p></section>")


def test_buttons_of_a_figure_go_to_the_ledger() -> None:
    body, _, _, ledger = typed(
        '<figure><img src="big.png"><div role="button">Enlarge</div><figcaption>Words.</figcaption>'
        "<button>Close</button></figure>"
    )
    assert "Enlarge" not in body
    assert "Close" not in body
    assert ledger == ["Enlarge", "Close"]


def test_a_picture_leaves_a_heading_its_words() -> None:
    body, figures, _, _ = typed('<h2><img src="big.png">Three boats</h2><p>Text.</p>')
    assert len(figures) == 1
    assert "<h2>Three boats</h2>" in body


@pytest.mark.parametrize(
    "attributes",
    [
        'src="big.png"',
        'src="dot.png" data-src="big.png"',
        'src="https://cdn.example/gone.jpg" data-lazy-src="big.png"',
        'srcset="small.png 300w, big.png 900w"',
        'src="files/big.png" srcset="https://cdn.example/huge.png 2000w"',
    ],
)
def test_the_file_of_the_capture_is_found(attributes: str) -> None:
    _, figures, notes, _ = typed(f"<p>Text.</p><p><img {attributes}></p>")
    assert [figure.asset is not None for figure in figures] == [True]
    assert notes == []


@pytest.mark.parametrize(
    "attributes",
    [
        'src="mid.png" srcset="mid.png 150w, big.png 300w"',
        'src="mid.png" srcset="big.png 300w, https://cdn.example/huge.png 2000w"',
        'src="mid.png" data-srcset="big.png 2x"',
        'src="big.png" srcset="mid.png 150w"',
        'src="big.png" srcset="big.png 300w, bad.png 2000w"',
    ],
)
def test_the_largest_size_that_the_capture_has_is_shown(attributes: str) -> None:
    body, figures, notes, _ = typed(f"<p>Text.</p><p><img {attributes}></p>")
    assert len(figures) == 1
    assert 'width="300"' in body
    assert notes == []


def inline(width: int, *colours: str) -> str:
    """Give a picture of bands as a data: address, short as those of stand-ins are."""
    picture = Image.new("RGB", (width, width // 2), "white")
    for number, colour in enumerate(colours):
        picture.paste(colour, (0, 7 * number, width, 7 * number + 3))
        picture.paste(colour, (11 * number, 0, 11 * number + 5, width // 2))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


BANDS = ("teal", "red", "navy", "gold", "gray", "pink", "lime", "tan")


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        (inline(300, *BANDS), True),  # as wide as its place: it was loaded
        (inline(100, *BANDS), False),  # far smaller: a blurred stand-in
        (inline(300), False),  # one colour
        ("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='300'/>", False),
    ],
)
def test_a_lazy_picture_that_was_loaded_before_the_page_was_saved_is_shown(
    picture: str, *, shown: bool
) -> None:
    image = f'<img src="{picture}" data-src="gone.png" width="300" height="150" alt="A quay">'
    _, figures, notes, _ = typed(f"<p>Text.</p><p>{image}</p>")
    assert [figure.asset is not None for figure in figures] == [shown]
    assert bool(notes) is not shown


def test_a_picture_element_offers_its_sources() -> None:
    html = '<picture><source srcset="big.png 2x"><img src="https://cdn.example/x.jpg"></picture>'
    assert typed(html)[1][0].asset is not None


def test_srcset_with_commas_in_addresses() -> None:
    assert list(srcset("a,b.jpg 300w, c.jpg 2x")) == [(300.0, "a,b.jpg"), (2000.0, "c.jpg")]


@pytest.mark.parametrize("lost", [("gone.png", "image-missing"), ("bad.png", "image-broken")])
def test_a_lost_picture_keeps_its_words_and_its_address(lost: tuple[str, str]) -> None:
    name, code = lost
    html = f'<figure><img src="{name}" alt="A quay"><figcaption>Words.</figcaption></figure>'
    body, (figure, _), notes, _ = typed(html + html.replace("Words", "Others"))
    assert (figure.asset, figure.alt, figure.caption) == (None, "A quay", "Words.")
    assert f'src="{BASE}{name}"' in body
    assert notes == [code]


@pytest.mark.parametrize(
    "image",
    [
        '<img src="icon.png">', '<img src="dot.png">',
        '<img src="big.png" class="avatar" width="64">',
        '<img src="https://pixel.wp.com/b.gif?x" width="1" height="1">', "<img>",
    ],
)  # fmt: skip
def test_what_is_no_picture_is_dropped_without_a_note(image: str) -> None:
    body, figures, notes, _ = typed(f"<p>Text {image} goes on.</p>")
    assert figures == ()
    assert notes == []
    assert body == "<p>Text goes on.</p>"


def test_emoji_are_said_as_text() -> None:
    assert typed('<p>Well <img class="wp-smiley" alt="🙂" src="x.svg"></p>')[0] == "<p>Well 🙂</p>"


def test_an_alternative_text_never_becomes_a_caption() -> None:
    _, (figure,), _, _ = typed(
        '<p>Text.</p><p><img src="big.png" alt="A quay at dawn" title="T"></p>'
    )
    assert (figure.alt, figure.caption) == ("A quay at dawn", "")


def test_repetitions_of_a_caption_go_to_the_ledger() -> None:
    words = "The quay at dawn, seen from the chapel"
    html = f'<figure><img src="big.png" alt="{words}"><figcaption>{words}</figcaption></figure>'
    body, (figure,), _, ledger = typed(f"{html}<p>{words}</p><p>Text.</p>")
    assert figure.alt == ""
    assert body.count(words) == 1
    assert ledger == [words, words]


def test_a_quotation_may_repeat_a_caption() -> None:
    words = "The quay at dawn, seen from the chapel"
    html = f'<figure><img src="big.png"><figcaption>{words}</figcaption></figure>'
    assert typed(f"{html}<blockquote><p>{words}</p></blockquote>")[0].count(words) == 2


@pytest.mark.parametrize(
    ("frame", "link"),
    [
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/a1b2c3d4"></iframe>',
            "https://www.youtube.com/watch?v=a1b2c3d4",
        ),
        (
            '<iframe data-src="https://player.vimeo.com/video/42" src="about:blank"></iframe>',
            "https://vimeo.com/42",
        ),
        ('<video><source src="film.mp4"></video>', f"{BASE}film.mp4"),
        (
            '<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&id=42"></iframe>',
            "https://twitter.com/i/status/42",
        ),
        (
            '<iframe src="https://www.instagram.com/p/ab-1/embed/captioned"></iframe>',
            "https://www.instagram.com/p/ab-1/",
        ),
        (
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a"></iframe>',
            "https://soundcloud.com/a",
        ),
    ],
)
def test_embeds_become_cards(frame: str, link: str) -> None:
    body, _, _, _ = typed(f"<p>Text.</p>{frame}")
    assert f'<aside class="embed"><p><a href="{link}">' in body


@pytest.mark.parametrize(
    "address", ["https://www.googletagmanager.com/ns.html", "about:blank", "javascript:x()", ""]
)
def test_frames_without_a_reader_leave_nothing(address: str) -> None:
    assert typed(f'<p>Text.</p><iframe src="{address}"></iframe>')[0] == "<p>Text.</p>"


def test_a_link_within_the_text_is_no_footnote() -> None:
    body, _, _, _ = typed(
        '<p>See <a href="#part-2">part two</a>.</p><h2 id="part-2">Part two</h2><p>Text.</p>'
    )
    assert "noteref" not in body
    assert "footnotes" not in body


def test_no_address_is_invented_for_an_image_that_has_none() -> None:
    body, figures, notes, _ = typed(
        '<figure><img src="x:y" data-src="z:z"><figcaption>The quay at dawn.</figcaption></figure>'
        "<p>The quay was empty that morning.</p>"
    )
    assert 'src="missing:/"' in body
    assert "invalid" not in body
    assert figures[0].caption == "The quay at dawn."
    assert notes == ["image-missing"]


@pytest.mark.parametrize(
    ("page", "written"),
    [
        (
            "<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>",
            "E = mc<sup>2</sup>",
        ),
        (
            "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>",
            "(a + b)/2",
        ),
        ("<math><msqrt><mi>x</mi></msqrt></math>", "√x"),
        (
            (
                "<math><mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable><annotation"
                ' encoding="application/x-tex">\\pmatrix{1}</annotation></math>'
            ),
            "<code>\\pmatrix{1}</code>",
        ),
        (
            (
                '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span>'
                '<span class="katex-html" aria-hidden="true">xx</span></span>'
            ),
            "of x here",
        ),
        (
            (
                '<span class="MathJax"><nobr aria-hidden="true"><span class="math">xy</span></nobr>'
                '<span class="MJX_Assistive_MathML"><math><mi>z</mi></math></span></span>'
                '<script type="math/tex">z</script>'
            ),
            "of z here",
        ),
        (
            (
                '<span class="MathJax"><math><mover><mi>z</mi><mo>^</mo></mover></math></span>'
                '<script type="math/tex">\\hat z</script>'
            ),
            "of <code>\\hat z</code> here",
        ),
        (
            '<span class="MathJax_Preview">xy</span><script type="math/tex">x_y</script>',
            "<code>x_y</code>",
        ),
    ],
)
def test_a_formula_stands_once_and_is_a_line_where_it_cannot_be_drawn(
    page: str, written: str
) -> None:
    body, _, _, _ = typed(f"<p>The value of {page} here was never doubted by anybody.</p>")
    root = dom.parse(body)
    formulas.spell(root)
    assert written in dom.serialize(root).replace("<span>", "").replace("</span>", "")
    assert "xx" not in body
    assert "xy" not in body


@pytest.mark.parametrize("class_", ["latex", "tex", "mwe-math-fallback-image-inline"])
def test_a_formula_that_is_a_picture_stays_in_its_sentence_with_its_tex(class_: str) -> None:
    body, _, _, _ = typed(
        f'<p>The drift is <img class="{class_}" src="https://s.example.org/a" alt="\\frac a 2">'
        " on a still day.</p>"
    )
    assert body == (
        '<p>The drift is <img src="https://s.example.org/a" alt="\\frac a 2"/> on a still day.</p>'
    )


def test_an_italic_line_under_two_pictures_of_one_paragraph_is_their_caption() -> None:
    pair = '<p><img src="boat.png"> <a href="b"><img src="house.png"></a></p>'
    caption = "<p><em>The boat and the house, in spring.</em></p>"
    prose = "<p>The ferry left the harbour before dawn, and nobody said anything.</p>"
    body, figures, _, _ = typed(prose + pair + caption + prose)
    assert body.count("<figure>") == 1
    assert [figure.caption for figure in figures] == ["The boat and the house, in spring."] * 2
    body, figures, _, _ = typed(prose + pair + prose)
    assert body.count("<figure>") == 2
    assert "<figcaption>" not in body


def test_a_pull_quote_is_marked_as_one_when_it_repeats_the_body() -> None:
    told = "Nobody on the quay thought that the boat would ever come back."
    body, _, _, _ = typed(
        f"<p>It left at dawn. {told} Then it rained.</p>"
        f'<aside class="pullquote"><p>“{told}”</p></aside><p>The rain went on for a week.</p>'
        f"<blockquote><p>{told}</p></blockquote>"
        "<blockquote><p>The boat is mine, and I shall take it where I please.</p></blockquote>"
    )
    assert body.count('<aside class="pull-quote">') == 2
    assert body.count("<blockquote>") == 1


def test_a_quotation_that_only_names_itself_a_pull_quote_stays_a_quotation() -> None:
    body, _, _, _ = typed(
        "<p>It left at dawn, and then it rained.</p>"
        '<blockquote class="pullquote"><p>The boat is mine, I shall take it.</p></blockquote>'
    )
    assert "pull-quote" not in body
    assert "<blockquote>" in body


def test_a_video_keeps_its_poster_its_caption_and_a_link() -> None:
    body, figures, notes, _ = typed(
        '<p>It left at dawn.</p><figure><video poster="big.png" src="boat.mp4" title="The boat">'
        "</video><figcaption>The boat leaves. Video: Ann Lee</figcaption></figure><p>It rained.</p>"
    )
    assert [(figure.caption, figure.credit) for figure in figures] == [
        ("The boat leaves.", "Video: Ann Lee")
    ]
    assert figures[0].asset is not None
    assert f'href="{BASE}boat.mp4"' in body
    assert notes == []


def test_a_poster_that_was_not_saved_is_no_loss() -> None:
    body, figures, notes, _ = typed('<p>Dawn.</p><video poster="gone.png" src="boat.mp4"></video>')
    assert figures == ()
    assert 'class="embed"' in body
    assert notes == []
