"""What the lint finds, and how references inside a book are followed."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and in which member."""

    member: str
    what: str

    def __str__(self) -> str:
        return f"{self.member}: {self.what}"


def target(name: str, reference: str) -> tuple[str, str]:
    """Give the member and the anchor that a reference in the member `name` leads to."""
    path, _, anchor = reference.partition("#")
    if not path:
        return name, anchor
    folder = posixpath.dirname(name)
    return posixpath.normpath(posixpath.join(folder, unquote(path))), anchor
