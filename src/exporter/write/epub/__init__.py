"""Edition -> EPUB 3.3: valid, accessible, the same bytes every time.

pages    the XHTML documents         package  what the book says of itself
cover    the picture in front        binding  all of it into one file, through EbookLib
lint     our own check of that file, without Java
profiles what a kind of reader takes
"""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from exporter.errors import ConfigError
from exporter.model import Asset, Edition, Note, Rendition
from exporter.settings import Settings
from exporter.write import parts
from exporter.write.epub import binding, cover, lint, package, pages, profiles
from exporter.write.epub.profiles import PROFILES
from exporter.write.moments import moment
from exporter.write.xhtml import fold

if TYPE_CHECKING:
    from exporter.themes import Theme
    from exporter.write.epub.pages import Entry

WORTH_A_PAGE: Final = 4  # lines from which the contents are a page one leafs through


def write(edition: Edition, theme: "Theme", settings: Settings) -> Rendition:
    """Give an edition as the bytes of an EPUB.

    Raises:
        ConfigError: the style sheet holds what an EPUB can't.
        InternalError: the book fails our own lint.

    """
    target = io.BytesIO()
    notes = _write(edition, theme, settings, target)
    return Rendition(target.getvalue(), notes)


def bind(
    edition: Edition, pieces: Sequence[Path], asked: tuple["Theme", Settings], target: Path
) -> tuple[Note, ...]:
    """Write an edition into a file; pictures that no profile makes smaller are read one by one.

    Raises:
        ConfigError, InternalError: as `write`.

    """
    del pieces
    with target.open("w+b") as stream:
        return _write(edition, *asked, stream)


def _write(
    edition: Edition, theme: "Theme", settings: Settings, target: BinaryIO
) -> tuple[Note, ...]:
    _check_style(theme)
    profile = PROFILES[settings.profile]
    image = cover.draw(edition, profile.cover) if settings.cover else None
    fitted = profiles.fit(_assets(edition), profile)
    found = list(pages.documents(edition, _locate(fitted), cover=image is not None))
    lines = pages.lines(edition, found)
    leafed = _count(lines) >= WORTH_A_PAGE
    nav = pages.contents(edition, found, lines, leafed=leafed)
    if leafed:
        after = next(at for at, document in enumerate(found, 1) if document.part == "title")
        found.insert(after, nav)
    assets = {asset.key: asset for asset in fitted.assets.values()}
    members = binding.Members(found, nav, lines, theme.screen_css, tuple(assets.values()), image)
    binding.bind(_imprint(edition), members, target)
    lint.check(target)
    return fitted.notes


def _locate(fitted: profiles.Fitted) -> Callable[[Asset], str]:
    return lambda asset: binding.locate(fitted.assets[asset.key])


def _check_style(theme: "Theme") -> None:
    """Refuse what an EPUB can't hold: a style sheet may be the user's, so it is no bug of ours."""
    for wrong in lint.style(theme.screen_css):
        raise ConfigError(wrong, f"theme {theme.name}", "take it out of the style")


def _count(lines: "Sequence[Entry]") -> int:
    return sum(1 + _count(line.below) for line in lines)


def _imprint(edition: Edition) -> binding.Imprint:
    return binding.Imprint(
        identifier=package.identifier(edition),
        title=fold(parts.edition_title(edition)),
        language=parts.language(edition.language),
        direction=pages.tongue(edition).dir,
        modified=moment(edition.made),
        statements=tuple(package.statements(edition)),
    )


def _assets(edition: Edition) -> Sequence[Asset]:
    """Give each image once, and only those that a body shows."""
    shown = {
        asset.key: asset
        for article in edition.articles
        for asset in article.assets
        if f"asset:{asset.key}" in article.body
    }
    return tuple(shown.values())
