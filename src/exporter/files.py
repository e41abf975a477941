"""Names and bytes on disk: file names that are safe everywhere, files that are whole or absent."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from exporter.errors import CaptureError, DiskFullError, OutputError

NAME_BYTES: Final = 120  # of a whole file name: stem, digits and suffix
STEM_BYTES: Final = NAME_BYTES - 7 - 8  # leaves room for "-1a2b3c" and a suffix
PART: Final = ".exporter-"  # how the files we have not finished writing begin
BESIDE: Final = "_files"  # how the folder of an edition's pictures ends
# ... and whose they are; yes: ".exporter-312-5f0a"; no: ".exporter-lock"
WRITER: Final = re.compile(rf"{re.escape(PART)}(\d+)-")

# Contractions that a slug closes up. yes: "don't"; no: "l'été", where the article stands apart
CONTRACTION: Final = re.compile(r"(?<=\w\w)['’](?=(?:[sdmt]|ll|re|ve)\b)", re.IGNORECASE)
# Names that Windows keeps for devices. yes: "con", "lpt1"; no: "console"
DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
# Letters of Latin scripts that Unicode does not decompose
LATIN: Final = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ŋ": "n", "ħ": "h",
})  # fmt: skip

REMEDIES: Final = {
    errno.ENOSPC: ("the disk is full", "free some space, then run the command again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space, then run the command again"),
    errno.EROFS: ("the disk is read-only", "choose another place with -o"),
    errno.EACCES: ("no permission to write here", "choose another place with -o"),
    errno.EPERM: ("no permission to write here", "choose another place with -o"),
    errno.ENOENT: ("no folder can be made here", "choose another place with -o"),
    errno.EEXIST: ("a file stands where a folder should be", "choose another place with -o"),
    errno.ENOTDIR: ("a file stands where a folder should be", "choose another place with -o"),
    errno.EISDIR: ("a folder stands where the file should be", "choose another name with -o"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one with -o"),
}
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def slug(title: str) -> str:
    """Give a title as the stem of a file name: "L'été à Paris !" -> "l-ete-a-paris".

    Latin letters lose their accents, other scripts keep their letters; nothing but letters,
    digits and hyphens, at most STEM_BYTES bytes, and never a name that an operating system keeps.
    """
    text = unicodedata.normalize("NFKC", CONTRACTION.sub("", title)).lower().translate(LATIN)
    letters = "".join(_plain(character) for character in text)
    words = "-".join(letters.split())
    stem = _shorten(unicodedata.normalize("NFC", words), STEM_BYTES)
    return f"{stem}-" if DEVICE.match(stem) else stem or "untitled"


def _plain(character: str) -> str:
    """Give an accented Latin letter as ASCII, another letter, mark or digit as it is."""
    base = unicodedata.normalize("NFKD", character)[0]
    if base.isascii() and base.isalnum():
        return base
    match unicodedata.category(character)[0]:
        case "L" | "M" | "N":
            return character
        case "C" if unicodedata.category(character) == "Cf":
            return ""  # joiners and direction marks take no room
        case _:
            return " "


def _shorten(stem: str, limit: int) -> str:
    """Cut a stem to a number of bytes, between words where a word ends in its second half."""
    if len(stem.encode()) <= limit:
        return stem
    cut = stem.encode()[:limit].decode(errors="ignore")
    whole, _, rest = cut.rpartition("-")
    return (whole if len(rest) < limit // 2 and whole else cut).rstrip("-")


def unique_stem(title: str, identity: str) -> str:
    """Give a slug that two captures of one title don't share, whatever is exported beside it.

    `identity` tells the article from all others of a run: its capture's relative path.
    """
    digits = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{slug(title).rstrip('-')}-{digits}"


def output_error(error: OSError, where: Path | str) -> OutputError:
    """Give the error that tells a user why `where` can't be written and what to do."""
    what, remedy = REMEDIES.get(
        error.errno or 0, (error.strerror or str(error), "choose another place with -o")
    )
    kind = DiskFullError if error.errno in FULL else OutputError
    return kind(what, str(where), remedy)


def input_error(error: OSError, where: Path | str) -> CaptureError:
    """Give the error that tells a user why `where` can't be read."""
    return CaptureError(
        f"can't be read: {error.strerror or error}",
        str(where),
        "check the file and its permissions",
    )


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        OutputError: it can't be made.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, folder) from error


@contextlib.contextmanager
def folder_for_files(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; where nothing was put into them, none of them stays.

    Raises:
        OutputError: it can't be made.

    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        make_folder(folder)
        yield
    finally:
        for path in made:
            with contextlib.suppress(OSError):  # it is in use, or could not be made
                path.rmdir()


def write_atomic(target: Path, data: bytes) -> None:
    """Write a file that is whole, or leave what stood there before.

    Raises:
        OutputError: it can't be written; nothing of it is left behind.

    """
    with replacing(target) as partial:
        partial.write_bytes(data)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give the path of a file to write, which becomes `target` when that succeeds.

    Raises:
        OutputError: it can't be written; nothing of it is left behind.

    """
    make_folder(target.parent)
    partial = target.with_name(f"{PART}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except OSError as error:
        raise output_error(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # gone when it became the target
            partial.unlink()


def remove_partial(folder: Path, pid: int) -> None:
    """Remove what a process that died was writing into a folder."""
    for partial in folder.glob(f"{PART}{pid}-*"):
        with contextlib.suppress(OSError):
            partial.unlink()


def remove_stale(folder: Path) -> None:
    """Remove what processes that are gone were writing into a folder and those of its pictures."""
    for entry in _entries(folder):
        if entry.name.endswith(BESIDE) and entry.is_dir(follow_symlinks=False):
            remove_stale(Path(entry.path))
        writer = WRITER.match(entry.name)
        if writer and not _is_alive(int(writer[1])):
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    """Tell whether there is such a process; where that can't be told there is."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
