"""decode: which encoding wins, what damage costs."""

import pytest

from exporter.read.decode import decode
from exporter.read.encodings import META, META_TYPE, SEQUENCE, XML_DECLARATION, codec, declared

FRENCH = "L’œuvre « d’été » coûte 5 € à Sète"


def html(label: str, text: str = FRENCH) -> str:
    return f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1251", "cp1251"),
        ("iso-8859-15", "iso8859-15"),
        ("iso-8859-9", "cp1254"),
        ("gb2312", "gb18030"),
        ("x-sjis", "cp932"),
        ("euc-kr", "cp949"),
        ("koi8-r", "koi8-r"),
        ("macintosh", "mac-roman"),
        ("utf-16", "utf-8"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, encoding: str) -> None:
    assert codec(label) == encoding


@pytest.mark.parametrize(
    "label",
    ["utf-7", "rot13", "zip", "idna", "punycode", "unicode_escape", "hex", "none", "", "\0", "ü"],
)
def test_labels_that_name_no_encoding_of_pages_are_ignored(label: str) -> None:
    assert codec(label) is None


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_bom_beats_header_and_meta(bom: bytes, encoding: str) -> None:
    page = html("koi8-r")
    decoded = decode(bom + page.encode(encoding), header="windows-1251")
    assert (decoded.text, decoded.encoding, decoded.notes) == (page, encoding, ())


def test_the_container_beats_the_meta() -> None:
    page = html("koi8-r", "Привет")
    assert decode(page.encode("cp1251"), header="windows-1251").text == page


def test_a_header_that_names_nothing_known_leaves_it_to_the_bytes() -> None:
    page = html("koi8-r", FRENCH)
    assert decode(page.encode(), header="x-user-defined").text == page


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1252", "nonsense", "utf-7"])
def test_windows_1252_comes_out_right_under_any_label(label: str) -> None:
    page = html(label)
    decoded = decode(page.encode("cp1252"))
    assert (decoded.text, decoded.notes) == (page, ())


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1251", "nonsense"])
def test_utf8_comes_out_right_under_any_single_byte_label(label: str) -> None:
    page = html(label)
    assert decode(page.encode()).text == page


def test_a_short_text_in_its_labelled_encoding_is_not_taken_for_utf8() -> None:
    page = html("windows-1252", "Ã©")
    assert decode(page.encode("cp1252")).text == page


def test_one_bad_byte_replaces_one_character_and_is_noted() -> None:
    decoded = decode(html("utf-8", "été ici, là et voilà").encode().replace(b"ici", b"i\xffi"))
    assert "été i\ufffdi, là et voilà" in decoded.text
    assert [note.code for note in decoded.notes] == ["bytes-replaced"]
    assert decoded.notes[0].detail.startswith("1 ")


@pytest.mark.parametrize("end", [b"\xc3", b"\xe2", b"\xe2\x80", b"\xf0\x9f\x90"])
def test_utf8_that_ends_within_a_character_is_utf8(end: bytes) -> None:
    found = decode("é".encode() + b" - a port" + end)
    assert (found.text, found.encoding) == ("é - a port\ufffd", "utf-8")
    assert [note.code for note in found.notes] == ["bytes-replaced"]


def test_an_accent_at_the_end_of_windows_1252_is_no_cut() -> None:
    assert decode(b"a caf\xe9").text == "a café"


def test_a_replacement_character_of_the_page_itself_is_no_damage_of_ours() -> None:
    assert decode(html("utf-8", "caf\ufffd été").encode()).notes == ()


def test_a_page_of_two_encodings_is_read_as_two() -> None:
    menu, text = "Été à Sète, déjà", "L’œuvre coûte 5 €, là-bas"
    decoded = decode(f"<p>{menu}</p>".encode() + f"<p>{text}</p>".encode("cp1252"))
    assert decoded.text == f"<p>{menu}</p><p>{text}</p>"


def test_utf16_without_a_mark_is_known_by_its_nuls() -> None:
    page = html("utf-8")
    assert decode(page.encode("utf-16-le")).text == page
    assert decode(page.encode("utf-16-be")).text == page


def test_utf7_is_never_decoded() -> None:
    page = html("utf-7", "+ADw-script+AD4-")
    assert decode(page.encode()).text == page


def test_line_ends_and_characters_that_xml_forbids() -> None:
    assert decode(b"a\r\nb\rc\0d\x0ce\x1bf").text == "a\nb\ncd\nef"
    assert decode("l\x92été".encode()).text == "l’été"


def test_the_holes_of_windows_1252_are_noted() -> None:
    decoded = decode(b"<p>caf\xe9 \x81</p>")
    assert decoded.text == "<p>café \ufffd</p>"
    assert [note.code for note in decoded.notes] == ["bytes-replaced"]


def test_a_late_meta_counts() -> None:
    page = b"<title>" + b"x" * 100_000 + b"</title><meta charset=koi8-r><p>"
    assert decode(page + "Привет".encode("koi8-r")).text.endswith("Привет")


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<meta content="text/html;charset=koi8-r" http-equiv=content-type>', "koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?><html>', "koi8-r"),
        (b'<meta name=description content="charset=koi8-r"><meta charset=big5>', "big5"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=big5>", "big5"),
        (b"<p>charset=koi8-r</p>", None),
        (b"<meta charset=bogus>", None),
    ],
)
def test_declared(markup: bytes, label: str | None) -> None:
    assert declared(markup) == label


def test_the_named_patterns_tell_a_match_from_a_near_miss() -> None:
    assert META.search(b"<meta charset=utf-8>")
    assert not META.search(b"<metadata charset=utf-8>")
    assert META_TYPE.search(b'http-equiv="Content-Type"')
    assert not META_TYPE.search(b'http-equiv="refresh"')
    assert XML_DECLARATION.match(b"<?xml version='1.0' encoding='x1'?>")
    assert not XML_DECLARATION.match(b"<?php encoding='x1'?>")
    assert SEQUENCE.fullmatch("é".encode())
    assert not SEQUENCE.search(b"\xc0\x80\xed\xa0\x80\xc3")
