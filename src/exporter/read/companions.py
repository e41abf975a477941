"""The folders that browsers and office programs save beside a page, by the names they give them."""

import unicodedata
from collections.abc import Container
from pathlib import Path, PurePath
from typing import Final

PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".xht", ".shtml")
# What stands after the page's name in its folder's: Chrome, Edge and Safari always "_files",
# Firefox and Internet Explorer in the user's language, Word ".files" or the language's.
FOLDER_SUFFIXES: Final = (
    "_files",
    ".files",
    "_fichiers",  # French
    "-Dateien",  # German
    "_Dateien",
    "_archivos",  # Spanish
    "_file",  # Italian
    "_arquivos",  # Portuguese (Brazil)
    "_ficheiros",  # Portuguese (Portugal), Galician
    "_bestanden",  # Dutch
    "-filer",  # Danish, Norwegian, Swedish
    "_filer",
    "_tiedostot",  # Finnish
    "_pliki",  # Polish
    "_soubory",  # Czech
    "_súbory",  # Slovak
    "_subory",
    "_elemei",  # Hungarian
    "_fájlok",
    "_fișiere",  # Romanian
    "_fisiere",
    "_datoteke",  # Croatian, Slovenian
    "_fajlovi",  # Serbian
    "_dosyalar",  # Turkish
    "_dosyaları",
    "_bylos",  # Lithuanian
    "_fails",  # Latvian
    "_faili",
    "_failid",  # Estonian
    "_fitxers",  # Catalan
    "_fitxategiak",  # Basque
    "_arxius",
    "_файлы",  # Russian
    ".файлы",
    "_файли",  # Ukrainian
    "_файлове",  # Bulgarian
    "_αρχεία",  # Greek
    "_קבצים",  # Hebrew
    "_ملفات",  # Arabic
    "_ファイル",  # Japanese
    "_파일",  # Korean
    "_文件",  # Chinese
    "_檔案",
    "_data",  # Firefox for Android, Save Page WE
)
# What only a page's folder holds; pages alone make an ordinary folder, whatever its name.
ASSET_SUFFIXES: Final = frozenset({
    ".css", ".js", ".mjs", ".download", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg",
    ".ico", ".bmp", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".xml", ".mso", ".thmx", ".json",
    ".mp4", ".webm", ".mp3", ".wmz", ".emz", ".php", ".swf",
})  # fmt: skip


def fold(name: str) -> str:
    """Give a name as file systems may confuse it: one Unicode form, one case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


FOLDED: Final = tuple(map(fold, FOLDER_SUFFIXES))


def stem_of_folder(name: str) -> str | None:
    """Give the folded name of the page whose folder this may be, or None for an ordinary name."""
    folded = fold(name)
    if not folded.endswith(FOLDED):
        return None
    return next(
        (
            folded.removesuffix(ending)
            for ending in FOLDED
            if folded.endswith(ending) and len(folded) > len(ending)
        ),
        None,
    )


def possible_folders(page: PurePath) -> tuple[PurePath, ...]:
    """Give the places where the folder saved with a page may be, most likely first.

    Moving between systems changes the Unicode form of one name and not of the other.
    """
    stems = [page.stem, *(unicodedata.normalize(form, page.stem) for form in ("NFC", "NFD"))]
    names = [stem + suffix for suffix in FOLDER_SUFFIXES for stem in stems]
    names += [page.name + suffix for suffix in FOLDER_SUFFIXES[:2]]
    return tuple(page.parent / name for name in dict.fromkeys(names))


def belongs_to_a_page(name: str, beside: Container[str], inside: frozenset[str]) -> bool:
    """Tell whether a folder was saved with a page, from its name, those beside and those inside.

    `beside` and `inside` are folded. Its page may have been renamed since; then the assets
    inside tell.
    """
    stem = stem_of_folder(name)
    if stem is None:
        return False
    if any(stem + suffix in beside for suffix in PAGE_SUFFIXES) or stem in beside:
        return True
    if fold(name).endswith("_data"):  # too ordinary a word: its page must stand beside it
        return False
    return any(Path(entry).suffix in ASSET_SUFFIXES for entry in inside)
