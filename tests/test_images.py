"""What becomes of an image between the capture and an edition."""

import io
import struct
import warnings

import pytest
from PIL import Image, ImageDraw

from exporter.images import ImageError, ingest, sniff
from exporter.model import Asset


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
        return ingest(data, max_px=max_px, quality=82)


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
    with pytest.raises(ImageError, match="too many"):
        made(SVG % (b"", b'<g id="g0"><rect/></g>' + layers))
    with pytest.raises(ImageError, match="itself"):
        made(SVG % (b"", b'<g id="g"><use xlink:href="#g"/></g>'))


def test_what_is_said_of_a_broken_image_is_the_same_each_time() -> None:
    with pytest.raises(ImageError) as caught:
        ingest(b"\x89PNG\r\n\x1a\n" + b"no chunks", max_px=100, quality=80)
    assert "0x" not in str(caught.value)
