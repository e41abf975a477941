"""What a user may choose, of one article and its editions: a frozen value, picklable."""

from dataclasses import dataclass, replace
from typing import Self

from exporter.limits import USUAL, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an option or the config file can say about one article and its editions."""

    formats: tuple[str, ...] = ("epub", "pdf")
    theme: str = "classic"
    style: str = ""  # extra CSS text, after the theme's
    page_size: str = ""  # of the PDF: "a4", "148x210mm"; "": the theme's
    font: str = ""  # family of the PDF's text, or "serif", "sans", "mono"; "": the theme's
    keep: tuple[str, ...] = ()  # CSS selectors: never remove
    drop: tuple[str, ...] = ()  # CSS selectors: always remove
    keep_boilerplate: bool = False
    typography: bool = True
    cover: bool = True
    profile: str = "generic"  # what the EPUB is read with: "generic" | "kindle" | "kobo"
    archive: bool = False  # the PDF is PDF/A-3a, too, and holds the cleaned text
    drop_cap: bool = False  # a large first letter, in print
    links: str = "endnotes"  # in print: "endnotes" | "notes" | "inline" | "none"
    strict: bool = False
    join: bool = True  # pages of one article that were saved one by one become one
    keep_duplicates: bool = False  # export every capture of an article, not the fullest alone
    learn: bool = True  # in a batch, tell boilerplate by what recurs across a site
    memory: bool = True  # keep what was learnt of a site for later runs
    rule_folders: tuple[str, ...] = ()  # the user's site rules, beside the built-in ones
    site_configs: str = ""  # a folder of site configs in FiveFilters' format; "": none
    images: str = "full"  # "full" | "screen" (small) | "gray" (for e-ink) | "none"
    image_max: int = 1600  # px, longer side
    image_quality: int = 82  # JPEG
    made: str | None = None  # SOURCE_DATE_EPOCH as an ISO 8601 date
    limits: Limits = USUAL  # of what a page may cost
    simple: bool = False  # the second try of an article that was too much: nothing but its words

    def simplified(self) -> Self:
        """Give the settings of the second try."""
        limits = self.limits.simplified()
        return replace(self, simple=True, limits=limits, links="none", typography=False)
