"""What an edition wants of its pictures, as the user says it in a word."""

from dataclasses import dataclass, replace
from typing import Final

from exporter.limits import USUAL, Limits
from exporter.settings import Settings

SCREEN_PX: Final = 1000  # the width of a tablet's page; a phone's is less
SCREEN_QUALITY: Final = 75


@dataclass(frozen=True, slots=True)
class Form:
    """The limits within which a picture is carried."""

    max_px: int = 1600  # longer side
    quality: int = 82  # of a JPEG that is encoded here
    gray: bool = False
    sparing: bool = False  # a JPEG within the limits is encoded again where that saves much
    limits: Limits = USUAL  # of what is decoded or drawn at all


def form(settings: Settings) -> Form:
    """Give the form of a run's pictures: `settings.images` within what the config file allows.

    Of "none" too, which is "full": what is a picture and what an icon is told by their sizes.
    """
    whole = Form(settings.image_max, settings.image_quality, limits=settings.limits)
    match settings.images:
        case "screen":
            px, quality = min(whole.max_px, SCREEN_PX), min(whole.quality, SCREEN_QUALITY)
            return replace(whole, max_px=px, quality=quality, sparing=True)
        case "gray":
            return replace(whole, gray=True)
    return whole
