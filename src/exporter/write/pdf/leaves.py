"""What the heads and feet of a page depend on, told by the engine when it has laid it out."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Leaf(NamedTuple):
    """A page of a piece."""

    name: str  # that its style gives it (CSS `page`), often none
    strings: tuple[tuple[str, str], ...]  # set on it, in their order: name, text


def read(document: Any) -> tuple[Leaf, ...]:  # noqa: ANN401  (weasyprint is not typed)
    """Give the leaves of a document that WeasyPrint has laid out."""
    return tuple(
        Leaf(page._page_box.page_type.name or "", tuple(_strings(page._page_box)))  # noqa: SLF001  (no public name)
        for page in document.pages
    )


def _strings(box: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for inside in box.descendants():
        said = getattr(inside, "string_set", None)
        if said and said != "none":
            yield from ((name, text) for name, text in said)


def save(leaves: Iterable[Leaf], path: Path) -> None:
    """Keep the leaves of a piece."""
    path.write_text(json.dumps(list(leaves)), encoding="utf-8")


def load(path: Path) -> tuple[Leaf, ...]:
    """Give the leaves kept of a piece."""
    return tuple(
        Leaf(name, tuple((key, text) for key, text in strings))
        for name, strings in json.loads(path.read_text(encoding="utf-8"))
    )
