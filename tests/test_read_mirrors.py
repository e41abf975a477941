"""mirrors: pages, addresses and pictures of a site that wget or HTTrack saved into folders."""

from pathlib import Path, PurePosixPath

import pytest

from exporter.batch import attempt
from exporter.batch.jobs import Convert, Targets
from exporter.errors import NoArticleError
from exporter.export import convert
from exporter.model import Export, Failure, Outcome, Page
from exporter.read import Source, read, walk
from exporter.read.indexes import is_index
from exporter.read.mirrors import ADDED, HOST, SURELY, place_of
from exporter.settings import Settings

PICTURE = b"\x89PNG\r\n\x1a\n picture"
OTHER = b"\x89PNG\r\n\x1a\n other"
TEXT = "Les bateaux rentrent au port à l’aube, chargés de sardines, et les mouettes suivent. " * 3
LIST = "".join(f'<li><a href="/{n}">Le port numéro {n}</a></li>' for n in range(9))


def put(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, body in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return root


def html(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Port</title></head><body>{body}</body></html>"


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """Give what `wget -m -k -K -E -p -H` leaves of a small site (wget 1.21, names checked)."""
    page = html(f"<h1>Sète</h1><p>{TEXT}</p><a href='https://port.example/x'>x</a>")
    return put(
        tmp_path / "mirror",
        {
            "port.example/index.html": html(f"<ul>{LIST}</ul>"),
            "port.example/index.html.orig": html("original"),
            "port.example/robots.txt": "User-agent: *",
            "port.example/2024/sete/index.html": page,
            "port.example/show.php?id=1&p=2.html": page,
            "port.example/show.php?id=1&p=2.orig": page,
            "port.example/cat.html": page,
            "port.example/img/quai.png?w=300": PICTURE,
            "port.example/img/quai.png?w=900": OTHER,
            "port.example/img/phare rouge.png": PICTURE,
            "cdn.example:8080/mole.png": PICTURE,
            "elsewhere/secret.png": PICTURE,
            "hts-cache/new.html": page,
            "hts-log.txt": "HTTrack",
        },
    )


def pages(*inputs: Path) -> dict[str, Page]:
    return {source.name: page for source in walk(inputs) for page in read(source)}


def test_originals_caches_and_logs_are_no_pages(mirror: Path) -> None:
    assert sorted(pages(mirror)) == [
        "port.example/2024/sete/index.html",
        "port.example/cat.html",
        "port.example/index.html",
        "port.example/show.php?id=1&p=2.html",
    ]


def test_a_page_has_the_address_that_its_place_says(mirror: Path) -> None:
    addresses = {page.url for name, page in pages(mirror).items() if "port.example/i" not in name}
    assert addresses == {
        "https://port.example/2024/sete/",
        "https://port.example/cat.html",
        "https://port.example/show.php?id=1&p=2",
    }


@pytest.mark.parametrize(
    ("url", "picture"),
    [
        ("../../img/quai.png%3Fw=300", PICTURE),
        ("/img/quai.png?w=300", PICTURE),
        ("../../img/quai.png?w=900", OTHER),
        ("https://port.example/img/quai.png?w=900", OTHER),
        ("../../img/phare%20rouge.png", PICTURE),
        ("../../../cdn.example:8080/mole.png", PICTURE),
        ("http://cdn.example:8080/mole.png", PICTURE),
        ("//cdn.example:8080/mole.png", PICTURE),
        ("../../img/autre.png", None),
    ],
)
def test_pictures_are_found_by_relative_path_and_by_host(
    mirror: Path, url: str, picture: bytes | None
) -> None:
    assert pages(mirror)["port.example/2024/sete/index.html"].resources.find(url) == picture


def test_a_page_named_by_itself_reaches_its_site_and_other_sites_but_nothing_else(
    mirror: Path,
) -> None:
    path = mirror / "port.example" / "2024" / "sete" / "index.html"
    (page,) = read(Source(path, None, str(path)))
    assert page.url == "https://port.example/2024/sete/"
    assert page.resources.find("../../img/quai.png?w=300") == PICTURE
    assert page.resources.find("../../../cdn.example:8080/mole.png") == PICTURE
    assert page.resources.find("../../../elsewhere/secret.png") is None
    assert page.chosen


def converted(path: Path, folder: Path, root: Path | None) -> Outcome:
    source = Source(path, None, path.name, root=root)
    job = Convert(source, Settings(formats=("epub",)), targets=Targets(folder))
    found = [value for kind, value in attempt.messages(job) if kind == "result"]
    assert len(found) == 1
    assert isinstance(found[0], Export | Failure)
    return found[0]


def test_a_page_of_links_is_skipped_unless_it_was_named_by_itself(
    mirror: Path, tmp_path: Path
) -> None:
    path = put(mirror, {"port.example/www.port.example/index.html": html(f"<ul>{LIST}</ul>")})
    path /= "port.example/www.port.example/index.html"
    found = converted(path, tmp_path / "out", mirror)
    assert found.status == "skipped"
    assert isinstance(found, Export)
    assert [note.code for note in found.notes] == ["index-page"]
    assert converted(path, tmp_path / "out", None).status != "skipped"


def test_a_page_of_a_mirror_without_article_is_skipped_and_elsewhere_a_failure(
    tmp_path: Path,
) -> None:
    put(tmp_path, {"www.port.example/a.html": html(""), "saved/a.html": html("")})
    mirrored = converted(tmp_path / "www.port.example" / "a.html", tmp_path / "out", tmp_path)
    saved = converted(tmp_path / "saved" / "a.html", tmp_path / "out", tmp_path)
    assert mirrored.status == "skipped"
    assert isinstance(saved, Failure)
    assert isinstance(saved.error, NoArticleError)


@pytest.mark.parametrize(
    ("body", "index"),
    [
        (f"<ul>{LIST}</ul>", True),
        (f"<nav>{LIST}</nav><p>Bienvenue.</p><script>{TEXT}</script>", True),
        (f"<ul>{LIST}</ul><p>{TEXT}</p>", False),
        (f"<ul>{LIST}</ul><figure><img src=a><figcaption>Quai</figcaption></figure>", False),
        (f'<script type="application/ld+json">{{"@type": "Article"}}</script><ul>{LIST}', False),
        ("<p><a href=a>a</a></p>", False),
        ("<p>Une phrase, <a href=a>a</a> <a href=b>b</a> <a href=c>c</a>, et une autre.", False),
    ],
)
def test_an_index_is_a_list_of_links_and_nothing_else(body: str, *, index: bool) -> None:
    assert is_index(html(body)) is index


def test_the_index_that_httrack_makes_is_one() -> None:
    told = f"<title>Local index - HTTrack Website Copier</title><p>{TEXT}</p>"
    assert is_index(told)
    assert not is_index(told.replace("Local index - ", "Essai de "))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("port.example/a/b.html", "https://port.example/a/b.html"),
        ("m/port.example/index.htm", "https://port.example/"),
        ("port.example/show.php@id=1.html", "https://port.example/show.php?id=1"),
        ("port.example/été/a b.html", "https://port.example/%C3%A9t%C3%A9/a%20b.html"),
    ],
)
def test_a_place_gives_an_address(path: str, address: str) -> None:
    place = place_of(PurePosixPath(path), PurePosixPath(), "see https://port.example/about")
    assert place is not None
    assert place.address("see https://port.example/about") == address


def test_a_folder_that_only_looks_like_a_host_gives_none() -> None:
    assert place_of(PurePosixPath("saved.pages/a.html"), PurePosixPath(), "<p>x") is None
    assert place_of(PurePosixPath("2024/a.html"), PurePosixPath(), "<p>//2024") is None


def test_the_expressions_match_what_their_comments_say() -> None:
    for name in ("port.example", "www.le-port.example:8080", "127.0.0.1+80", "localhost:80"):
        assert HOST.match(name), name
    assert not any(map(HOST.match, ("2024", "port_files", "a..b", "-a.example")))
    assert all(map(SURELY.match, ("www.port.example", "port.org", "127.0.0.1:8000")))
    assert not any(map(SURELY.match, ("saved.pages", "notes.md")))
    assert ADDED.match("show.php?id=1.html")
    assert not ADDED.match("me@port.html")


def test_the_library_exports_the_articles_of_a_crawl_and_leaves_its_indexes(tmp_path: Path) -> None:
    made = []
    for url, body in (("", f"<ul>{LIST}</ul>"), ("a", f"<h1>Sète</h1><p>{TEXT}</p>"), ("b", "")):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html(body)}".encode()
        head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://port.example/{url}\r\n"
        made.append(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    (tmp_path / "crawl.warc").write_bytes(b"".join(made))
    files = convert(tmp_path / "crawl.warc", tmp_path / "out", Settings(formats=("epub",)))
    assert len(files) == 1
