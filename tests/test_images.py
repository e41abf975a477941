"""What becomes of an image between the capture and an edition."""

import base64
import io
import struct
import warnings

import pytest
from PIL import Image, ImageCms, ImageDraw

from exporter.images import Form, ImageError, form, ingest, sniff
from exporter.model import Asset
from exporter.settings import Settings


def photo(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Give a picture with as many shades as a photograph."""
    gradient = Image.linear_gradient("L").resize((width, height))
    turned = gradient.rotate(90).resize((width, height))
    blue = Image.effect_mandelbrot((width, height), (-2, -1.5, 1, 1.5), 60)
    return Image.merge("RGB", (gradient, turned, blue)).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def made(data: bytes, max_px: int = 1600) -> Asset:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ingest(data, Form(max_px))


def opened(asset: Asset) -> Image.Image:
    image = Image.open(io.BytesIO(asset.data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_kinds_are_told_by_content_and_become_jpeg_or_png(kind: str) -> None:
    data = saved(photo(60, 40), kind)
    assert sniff(data) == kind
    assert made(data).media_type in {"image/jpeg", "image/png"}
    assert (made(data).width, made(data).height) == (60, 40)


def test_a_jpeg_within_the_limits_keeps_its_pixels_and_loses_its_place() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    data = saved(photo(300, 200), "JPEG", quality=95, exif=exif, comment=b"secret")
    asset = made(data)
    assert b"taken at home" in data
    assert b"taken at home" not in asset.data
    assert b"secret" not in asset.data
    assert opened(asset).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert asset.data[-1000:] == data[-1000:]  # not encoded again


def test_a_turned_photograph_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    asset = made(saved(photo(300, 200), "JPEG", exif=exif))
    assert (asset.width, asset.height) == (200, 300)
    assert opened(asset).getexif().get(0x0112) is None


def test_large_images_are_limited() -> None:
    asset = made(saved(photo(2400, 1200), "JPEG"), max_px=800)
    assert (asset.width, asset.height) == (800, 400)


def test_cmyk_becomes_rgb() -> None:
    assert opened(made(saved(photo(80, 60, "CMYK"), "JPEG"))).mode == "RGB"


def test_a_chart_stays_png_and_a_photograph_does_not() -> None:
    chart = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(chart).rectangle((20, 20, 60, 90), fill="navy")
    assert made(saved(chart, "PNG")).media_type == "image/png"
    assert made(saved(photo(300, 200), "PNG")).media_type == "image/jpeg"


def test_transparency_is_kept_in_drawings_and_white_under_photographs() -> None:
    drawing = Image.new("RGBA", (100, 50), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).rectangle((10, 10, 40, 40), fill="red")
    assert opened(made(saved(drawing, "PNG"))).getpixel((90, 5)) in {
        (0, 0, 0, 0),
        (255, 255, 255, 0),
    }
    clear = photo(300, 200).convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 20, 20))
    corner = opened(made(saved(clear, "PNG"))).getpixel((4, 4))
    assert isinstance(corner, tuple)
    assert min(corner) > 240


def test_the_first_frame_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    asset = made(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    pixel = opened(asset).convert("RGB").getpixel((5, 5))
    assert pixel == (255, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>404</body></html>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"<svg",
    ],
    ids=["empty", "error page", "png head", "jpeg head", "gif head", "svg head"],
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(ImageError):
        made(data)


def test_a_jpeg_of_which_half_is_missing_is_refused() -> None:
    data = saved(photo(400, 300), "JPEG")
    with pytest.raises(ImageError, match="truncated"):
        made(data[: len(data) // 2])


def test_a_jpeg_whose_last_lines_are_missing_is_saved() -> None:
    data = saved(photo(400, 300), "JPEG")
    asset = made(data[: int(len(data) * 0.97)])
    assert (asset.width, asset.height) == (400, 300)


def test_a_truncated_png_is_refused() -> None:
    data = saved(photo(400, 300), "PNG")
    with pytest.raises(ImageError):
        made(data[: len(data) // 2])


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    data = bytearray(saved(Image.new("1", (10, 10)), "PNG"))
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    with pytest.raises(ImageError):
        made(bytes(data))


def test_same_bytes_twice() -> None:
    data = saved(photo(700, 500), "WEBP")
    assert made(data, 300) == made(data, 300)


def grainy(width: int, height: int) -> Image.Image:
    """Give a photograph as a camera takes it: shades with grain."""
    grain = Image.effect_noise((width, height), 24)
    return Image.merge(
        "RGB", [Image.blend(band, grain, 0.2) for band in photo(width, height).split()]
    )


def chart(width: int = 640, height: int = 400) -> Image.Image:
    """Give bars with letters below them, their edges smoothed as a program draws them."""
    image = Image.new("RGB", (4 * width, 4 * height), "white")
    draw = ImageDraw.Draw(image)
    for place, colour in enumerate(("navy", "teal", "#b04030", "orange")):
        left = width * (place + 0.3)
        draw.rectangle(
            (left, height * (3 - place / 2), left + width / 2, 3.6 * height), fill=colour
        )
        draw.text((left, 3.65 * height), f"year {place}", fill="black", font_size=height / 8)
    draw.line((0, 3.6 * height, 4 * width, 3.6 * height), fill="black", width=6)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def printed(width: int = 600, height: int = 800) -> Image.Image:
    """Give a page full of text, as a screen shows it."""
    image = Image.new("RGB", (width, height), "#fdfdfb")
    draw = ImageDraw.Draw(image)
    for line in range(20, height - 20, 22):
        draw.text((20, line), "The boats came back at noon, " * 3, fill="#222222", font_size=15)
    return image


def on_white(width: int = 600, height: int = 600) -> Image.Image:
    """Give a photograph of a thing on white ground, as shops take them."""
    image = Image.new("RGB", (width, height), "white")
    image.paste(grainy(width // 2, height // 2), (width // 4, height // 4))
    return image


def dithered() -> Image.Image:
    """Give a photograph as a GIF has it."""
    return grainy(400, 300).quantize(256)


def scanned() -> Image.Image:
    """Give a printed page as a scanner takes it in black and white."""
    return printed().convert("1", dither=Image.Dither.NONE)


@pytest.mark.parametrize(
    ("image", "kind", "media_type"),
    [
        (chart(), "PNG", "image/png"),
        (chart(), "WEBP", "image/png"),
        (chart().quantize(64), "GIF", "image/png"),
        (chart().convert("RGBA"), "PNG", "image/png"),
        (chart(2400, 1500), "PNG", "image/png"),  # made smaller
        (printed(), "PNG", "image/png"),
        (scanned(), "PNG", "image/png"),
        (scanned(), "TIFF", "image/png"),
        (chart(), "JPEG", "image/jpeg"),  # its edges are spoilt; PNG would keep the spoils
        (grainy(600, 400), "PNG", "image/jpeg"),
        (photo(600, 400), "PNG", "image/jpeg"),
        (photo(600, 400), "WEBP", "image/jpeg"),
        (grainy(600, 400).convert("L"), "PNG", "image/jpeg"),
        (dithered(), "GIF", "image/jpeg"),
        (on_white(), "PNG", "image/jpeg"),
    ],
    ids=[
        "chart", "chart as WebP", "chart as GIF", "chart with alpha", "large chart", "screen",
        "scan", "scan as TIFF", "chart as JPEG", "photo", "painting", "painting as WebP",
        "gray photo", "photo as GIF", "photo on white",
    ],
)  # fmt: skip
def test_line_art_stays_sharp_and_photographs_stay_small(
    image: Image.Image, kind: str, media_type: str
) -> None:
    options = {"quality": 92} if kind in {"JPEG", "WEBP"} else {}
    assert made(saved(image, kind, **options)).media_type == media_type


def test_a_drawing_within_the_limit_keeps_each_of_its_pixels() -> None:
    for image in (chart(), printed(), scanned(), chart().quantize(64), chart().convert("L")):
        kept = opened(made(saved(image, "PNG")))
        assert kept.convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_a_large_drawing_with_a_palette_has_one_still() -> None:
    asset = made(saved(chart(1800, 1000).quantize(64), "PNG"), max_px=900)
    assert (opened(asset).mode, asset.width) == ("P", 900)


def test_the_transparent_colour_of_a_palette_is_kept() -> None:
    drawing = chart().quantize(64)
    ground = drawing.getpixel((2, 2))
    kept = opened(made(saved(drawing, "PNG", transparency=ground)))
    assert kept.mode == "P"
    assert kept.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 0)


def test_gray_stays_gray_and_a_photograph_without_colour_becomes_so() -> None:
    shades = grainy(400, 300).convert("L")
    assert opened(made(saved(shades, "JPEG"))).mode == "L"
    assert opened(made(saved(shades.convert("RGB"), "PNG"))).mode == "L"
    assert opened(made(saved(Image.merge("LA", (shades, shades)), "PNG"))).mode == "L"


def test_sixteen_bits_a_sample_become_eight() -> None:
    deep = Image.new("I;16", (300, 200))
    deep.putdata([(x + y) * 130 for y in range(200) for x in range(300)])
    kept = opened(made(saved(deep, "PNG")))
    assert kept.mode == "L"
    level = kept.getpixel((150, 100))
    assert isinstance(level, int)
    assert abs(level - 250 * 130 // 256) <= 2


def test_a_progressive_jpeg_passes_as_it_is() -> None:
    data = saved(grainy(300, 200), "JPEG", quality=90, progressive=True)
    asset = made(data)
    assert opened(asset).info.get("progressive")
    assert opened(asset).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def located(thumbnail: bytes = b"") -> Image.Exif:
    """Give what a phone notes: the maker, the place, a thumbnail."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    exif.get_ifd(0x8769)[0x927C] = b"maker note 4711" + thumbnail
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_nothing_tells_where_a_picture_was_taken(kind: str) -> None:
    options = {"xmp": b"<x:xmpmeta>48.858222</x:xmpmeta>"} if kind in {"JPEG", "WEBP"} else {}
    data = saved(grainy(120, 90), kind, exif=located(), **options)
    assert b"Maker" in data
    for form_ in (Form(), Form(60), Form(gray=True)):
        asset = ingest(data, form_)
        for trace in (b"maker note 4711", b"Maker", b"Exif", b"xmp", b"GPS"):
            assert trace not in asset.data
        assert not opened(asset).getexif()


def test_what_a_phone_hangs_on_to_a_jpeg_goes() -> None:
    picture = grainy(200, 150)
    depth = saved(photo(100, 75), "JPEG", exif=located())
    whole = saved(picture, "JPEG", quality=90, exif=located())
    alone = made(whole).data
    assert made(whole + depth + b"ftypmp42 a film").data == alone
    several = saved(picture, "MPO", quality=90, save_all=True, append_images=[photo(100, 75)])
    assert b"MPF" in several
    assert b"MPF" not in made(several).data
    assert alone.endswith(b"\xff\xd9")
    assert alone.count(b"\xff\xd8\xff") == 1


def test_a_profile_that_says_srgb_goes_and_the_pixels_stay() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(grainy(300, 200), "JPEG", quality=92, icc_profile=profile)
    asset = made(data)
    assert "icc_profile" not in opened(asset).info
    assert opened(asset).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_profile_of_other_colours_is_followed() -> None:
    profile = swapped()
    red = saved(Image.new("RGB", (60, 60), (250, 10, 10)), "JPEG", quality=95, icc_profile=profile)
    pixel = opened(made(red)).convert("RGB").getpixel((30, 30))
    assert isinstance(pixel, tuple)
    assert pixel[1] > pixel[0]
    assert "icc_profile" not in opened(made(red)).info


def swapped() -> bytes:
    """Give a profile whose red is sRGB's green: nobody can take it for sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {}
    for entry in range(struct.unpack(">I", profile[128:132])[0]):
        at = 132 + 12 * entry
        places[bytes(profile[at : at + 4])] = at + 4
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    profile[red : red + 8], profile[green : green + 8] = (
        profile[green : green + 8],
        profile[red : red + 8],
    )
    return bytes(profile)


def test_a_profile_that_is_none_is_no_reason_to_fail() -> None:
    data = saved(grainy(60, 40), "JPEG", icc_profile=b"no profile")
    assert "icc_profile" not in opened(made(data)).info


def test_a_square_photograph_of_twice_the_limit_is_halved() -> None:
    asset = made(saved(grainy(800, 800), "JPEG"), max_px=400)
    assert (asset.width, asset.height) == opened(asset).size == (400, 400)


def test_for_screens_pictures_are_smaller_and_a_lean_jpeg_passes() -> None:
    screen = form(Settings(images="screen"))
    large = ingest(saved(grainy(1500, 900), "JPEG", quality=95), screen)
    assert (large.width, large.height) == (1000, 600)
    rich = saved(grainy(600, 400), "JPEG", quality=97)
    assert len(ingest(rich, screen).data) < 0.5 * len(rich)
    lean = saved(grainy(600, 400), "JPEG", quality=70)
    assert opened(ingest(lean, screen)).tobytes() == Image.open(io.BytesIO(lean)).tobytes()
    assert form(Settings(images="screen", image_max=700)).max_px == 700


def test_for_e_ink_no_picture_has_colour() -> None:
    gray = form(Settings(images="gray"))
    for image, kind in (
        (grainy(300, 200), "JPEG"),
        (chart(), "PNG"),
        (chart().quantize(32), "GIF"),
        (photo(300, 200), "WEBP"),
    ):
        shown = opened(ingest(saved(image, kind), gray)).convert("RGB")
        red, *others = (band.tobytes() for band in shown.split())
        assert others == [red, red]
    half = Image.new("RGBA", (90, 90), (0, 0, 0, 0))
    ImageDraw.Draw(half).ellipse((10, 10, 70, 70), fill="red")
    kept = opened(ingest(saved(half, "PNG"), gray))
    assert kept.convert("RGBA").getpixel((2, 2))[3:] == (0,)  # type: ignore[index]


def test_for_e_ink_a_drawing_has_no_colour_either() -> None:
    inside = base64.b64encode(saved(Image.new("RGB", (9, 9), "red"), "PNG"))
    marks = (
        b'<rect fill="#f00" style="stroke: rgb(0,0,255); filter: url(#red)" width="9" height="9"/>'
        b'<g fill="none" color="currentColor"><path fill="url(#a)" d="M0 0h9"/></g>'
        b'<image width="9" height="9" href="data:image/png;base64,' + inside + b'"/>'
    )
    drawing = ingest(SVG % (b"", marks), Form(gray=True)).data.decode()
    assert 'fill="#4c4c4c"' in drawing
    assert "stroke:#1d1d1d" in drawing
    assert 'fill="none"' in drawing
    assert 'fill="url(#a)"' in drawing
    assert inside.decode() not in drawing
    assert "data:image/png;base64," in drawing


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    b' width="40mm" viewBox="0 0 100 50"%s>%s</svg>'
)


def test_a_drawing_keeps_its_shapes_and_gets_a_size() -> None:
    asset = made(
        SVG % (b"", b'<rect id="a" width="5" height="5" fill="red"/><use xlink:href="#a" x="9"/>')
    )
    assert asset.media_type == "image/svg+xml"
    assert (asset.width, asset.height) == (151, 76)
    assert b"<rect" in asset.data
    assert b'href="#a"' in asset.data


@pytest.mark.parametrize(
    "attack",
    [
        b"<script>alert(1)</script>",
        b'<image href="http://evil.example/x.png" width="5" height="5"/>',
        b'<image href="file:///etc/passwd" width="5" height="5"/>',
        b'<rect onload="alert(1)"/>',
        b'<rect style="fill:url(http://evil.example/)"/>',
        b"<rect fill=\"url( 'http://evil.example/#a')\"/>",
        b"<style>@import 'http://evil.example/';</style>",
        b"<foreignObject><p>http://evil.example</p></foreignObject>",
        b'<a href="javascript:alert(1)"><rect/></a>',
        b'<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_a_drawing_can_neither_act_nor_call(attack: bytes) -> None:
    asset = made(SVG % (b' onload="alert(1)"', b'<circle r="4"/>' + attack))
    assert b"<circle" in asset.data
    for trace in (b"alert", b"evil", b"passwd", b"javascript", b"foreignObject"):
        assert trace not in asset.data


def test_entities_and_repetitions_do_not_explode() -> None:
    entity = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]>' + SVG % (b"", b"<text>&a;</text><rect/>")
    assert b"aaaaaaaaaa" not in made(entity).data
    layers = b"".join(
        b'<g id="g%d">%s</g>' % (n, (b'<use xlink:href="#g%d"/>' % (n - 1)) * 10)
        for n in range(1, 9)
    )
    with pytest.raises(ImageError, match="--limit drawing-elements="):
        made(SVG % (b"", b'<g id="g0"><rect/></g>' + layers))
    with pytest.raises(ImageError, match="itself"):
        made(SVG % (b"", b'<g id="g"><use xlink:href="#g"/></g>'))


def test_what_is_said_of_a_broken_image_is_the_same_each_time() -> None:
    with pytest.raises(ImageError) as caught:
        ingest(b"\x89PNG\r\n\x1a\n" + b"no chunks")
    assert "0x" not in str(caught.value)
