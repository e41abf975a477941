"""A fetcher that serves what it was given and refuses everything else."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from exporter.model import Asset

SCHEME = "asset:"  # of our own, so that nothing else in this process answers for it


class Refusal(ValueError):  # noqa: N818  (what WeasyPrint gets is a refusal, not an error of ours)
    """The page asked for something that is not in the edition."""


def address(asset: Asset) -> str:
    """Give the address under which the fetcher serves an asset."""
    return SCHEME + asset.key


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint is not typed
    """Serves an edition's assets from memory: no network, no file, no data: URL.

    A subclass, because WeasyPrint lets a plain function's error end the rendering.
    """

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = assets

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give the asset behind an address.

        Raises:
            Refusal: the address is not one of this edition's assets.

        """
        del headers
        asset = self._assets.get(url)
        if asset is None:
            raise Refusal(url)
        return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})


NOTHING = AssetFetcher({})
