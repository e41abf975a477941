"""The page on which the articles of a folder are searched, filtered and opened (index.html).

It is whole in itself but for the small covers, and opens from the disk. What pages say stands in
it as JSON, which its script puts into the page as text, never as markup.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

from exporter import data, files
from exporter.characters import escaped
from exporter.language import direction
from exporter.library.catalogue import Catalogue, Entry
from exporter.library.pages import count_of, drop_beyond, name_of, up_from
from exporter.write.parts import language
from exporter.write.xhtml import markup, tag

NAME: Final = "index.html"
PAGE: Final = 20_000  # articles: some 5 MB, which a browser reads in a moment
PLAIN: Final = 300  # articles that are listed where no scripts run
PLACE: Final = re.compile(r"\{\{(\w+)\}\}")  # in the template; yes: "{{style}}"; no: "{ {style} }"
HEAD: Final = 2048  # bytes of a page within which it says that it is ours
READ_HERE: Final = ("html", "pdf", "epub", "md")  # what a browser shows first


def write(catalogue: Catalogue, folder: Path) -> None:
    """Write the page of a folder; of very many articles several, the newest in the first.

    Raises:
        OutputError: one can't be written.

    """
    total = len(catalogue)
    count = count_of(total, PAGE)
    entries, plain = catalogue.newest_first(), catalogue.newest_first()
    for number in range(1, count + 1):
        texts = _texts(number, count, total) | {
            "plain": _plain(islice(plain, PLAIN), up_from(number)),
        }
        place = folder / name_of(NAME, number)
        with (
            files.replacing(place) as partial,
            partial.open("w", encoding="utf-8", newline="\n") as stream,
        ):
            for part, name in _template():
                stream.write(part)
                if name == "articles":
                    stream.writelines(_rows(islice(entries, PAGE)))
                elif name:
                    stream.write(texts[name])
    drop_beyond(folder, NAME, count)


def is_ours(path: Path) -> bool:
    """Tell whether a file is absent, or a page that this module wrote."""
    try:
        with files.open_regular(path) as file:
            return files.LISTING in file.read(HEAD)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _template() -> Iterator[tuple[str, str]]:
    """Give the texts of the template, each with the name of what follows it, or ""."""
    parts = PLACE.split(data.text("library", "index.html"))
    return zip(parts[::2], [*parts[1::2], ""], strict=True)


def _texts(number: int, count: int, total: int) -> dict[str, str]:
    style, script = (data.text("library", name) for name in ("index.css", "index.js"))
    articles = "1 article" if total == 1 else f"{total:,} articles"
    return {
        "policy": f"default-src 'none'; img-src 'self' file: data:; style-src {_digest(style)}; "
        f"script-src {_digest(script)}; base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
        "up": up_from(number),
        "standing": articles if count == 1 else f"{articles}, page {number} of {count}",
        "scope": _scope(number, count, total),
        "pages": _others(number, count),
    }


def _scope(number: int, count: int, total: int) -> str:
    """Say what of a long library a page searches, with links on which the search goes on."""
    if count == 1:
        return ""
    first, last = (number - 1) * PAGE + 1, min(number * PAGE, total)
    told = (
        f"Search and filters cover this page: articles {first:,} to {last:,} of {total:,}, by date,"
        " the newest first. A page opened from here is searched alike:"
    )
    links = _others(number, count, "Other pages to search")
    return markup(tag("p", told, class_="hint")) + links


def _digest(text: str) -> str:
    """Give what allows a style or script in a page's policy (CSP Level 3, 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _others(number: int, count: int, label: str = "Pages") -> str:
    """Give links to all pages, if there are several."""
    if count == 1:
        return ""
    items = (
        tag("li", tag("a", f"Page {page}", href=f"{up_from(number)}{name_of(NAME, page)}"))
        for page in range(1, count + 1)
    )
    return markup(tag("nav", tag("ul", *items), class_="pages", **{"aria-label": label}))


def _rows(entries: Iterator[Entry]) -> Iterator[str]:
    """Give the table of the articles as JSON that may stand in a <script>."""
    before = "[\n"
    for one in entries:
        row = json.dumps(_row(one), ensure_ascii=False, separators=(",", ":"))
        yield before + escaped(row).replace("<", "\\u003c")
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _row(one: Entry) -> list[object]:
    return [
        one.name,
        one.title,
        one.byline,
        one.site,
        one.date,
        language(one.language),
        int(direction(one.language) == "rtl"),
        one.formats,
        one.words,
        one.notes,
        one.lost,
        one.removed,
        int(one.review),
        int(one.cover),
    ]


def _plain(entries: Iterator[Entry], up: str) -> str:
    """Give the first articles as a list of links."""
    items = []
    for one in entries:
        form = next(form for form in READ_HERE if form in one.formats)
        title = tag("a", one.title or one.name, href=f"{up}{quote(one.name)}.{form}")
        title.set("lang", language(one.language))
        items.append(tag("li", title))
    return markup(tag("ul", *items)) if items else ""
