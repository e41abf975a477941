"""What a kind of reader takes: sizes of pictures and cover, and how much a book may weigh.

docs/profiles.md says for the user what each profile does and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from exporter import images
from exporter.images import Form, ImageError
from exporter.model import Asset, Note

MB: Final = 1_000_000  # bytes, as vendors count
DRAWING: Final = "image/svg+xml"  # has no pixels to save


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of reader takes."""

    name: str
    cover: tuple[int, int] | None  # px, width and height; None: as its photograph wants
    budget: int  # bytes of all pictures together
    image_px: int | None = None  # longer side of a picture; None: as the run carries it
    image_bytes: int | None = None  # of one picture
    shrinks: bool = False  # pictures beyond the budget are encoded again; else there is a note


PROFILES: Final[Mapping[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile("generic", None, 100 * MB),
        Profile("kindle", (1600, 2560), 45 * MB, 1600, 5 * MB, shrinks=True),
        Profile("kobo", (1264, 1680), 100 * MB, 1448, shrinks=True),
    )
}
# what pictures become, one step after the other, until they fit: longer side in px, JPEG quality
STEPS: Final = ((1280, 75), (1024, 70), (800, 65), (600, 60))
QUALITY: Final = 82  # JPEG, of what is only too large


@dataclass(frozen=True, slots=True)
class Fitted:
    """The pictures of a book as the profile wants them."""

    assets: Mapping[str, Asset]  # by the key under which bodies know them
    notes: tuple[Note, ...] = ()


def fit(assets: Sequence[Asset], profile: Profile) -> Fitted:
    """Give the pictures within the profile's limits, with a note where that cost much."""
    fitted = {asset.key: _limited(asset, profile) for asset in assets}
    before = weight(fitted.values())
    if before <= profile.budget:
        return Fitted(fitted)
    if not profile.shrinks:
        return Fitted(fitted, (_heavy(before, profile),))
    for px, quality in STEPS:
        fitted = {key: _smaller(asset, px, quality) for key, asset in fitted.items()}
        after = weight(fitted.values())
        if after <= profile.budget:
            detail = (
                f"pictures of {_mb(before)} were made {_mb(after)} for {profile.name}, which takes "
                f"{_mb(profile.budget)}: at most {px} px, quality {quality}"
            )
            return Fitted(fitted, (Note("size-budget", detail),))
    return Fitted(fitted, (_heavy(weight(fitted.values()), profile),))


def weight(assets: Iterable[Asset]) -> int:
    """Give the bytes of pictures together."""
    return sum(_size(asset) for asset in assets)


def _size(asset: Asset) -> int:
    """Give a picture's bytes, without reading one that lies in a file."""
    held = asset.content
    return len(held) if isinstance(held, bytes) else held.stat().st_size


def _heavy(size: int, profile: Profile) -> Note:
    detail = f"pictures of {_mb(size)}; {profile.name} readers take {_mb(profile.budget)} well"
    return Note("size-budget", f"{detail}: --images screen makes them smaller")


def _mb(size: int) -> str:
    return f"{size / MB:.1f} MB"


def _limited(asset: Asset, profile: Profile) -> Asset:
    """Give a picture within the limits of a single one."""
    large = profile.image_px is not None and max(asset.width, asset.height) > profile.image_px
    if large:
        asset = _encoded(asset, Form(profile.image_px or 0, QUALITY))
    for px, quality in STEPS:
        if profile.image_bytes is None or _size(asset) <= profile.image_bytes:
            break
        asset = _smaller(asset, px, quality)
    return asset


def _smaller(asset: Asset, px: int, quality: int) -> Asset:
    """Give a picture in that form, or as it is when it is no larger than that."""
    made = _encoded(asset, Form(px, quality, sparing=True))
    return made if _size(made) < _size(asset) else asset


def _encoded(asset: Asset, form: Form) -> Asset:
    if asset.media_type == DRAWING:
        return asset
    try:
        return images.ingest(asset.data, form)
    except ImageError:  # an asset was decoded once, so this is none that a reader could show
        return asset
