"""An address -> an image, or the reason why there is none; each address is asked once in a run."""

import dataclasses
import time
from typing import Final
from urllib.parse import urldefrag

import httpx

from exporter import images
from exporter.fetch import request, targets, turns
from exporter.fetch.network import BusyError, Fetched, Limits, Network, NotFetchedError
from exporter.fetch.request import Answer, UnreachableError
from exporter.fetch.store import Store

MAX_MOVES: Final = 5  # redirections followed, each checked as the first address is


class Fetcher:
    """Asks for images, within what a network allows."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._run = Store(network.folder)
        self._kept = Store(network.kept) if network.kept is not None else None
        self._transport: httpx.HTTPTransport | None = None  # made when something is to be asked

    def get(self, url: str) -> Fetched:
        """Give what came of an address; never raises."""
        deadline = time.monotonic() + self.network.limits.image
        key = urldefrag(url).url
        try:
            with turns.lock(self.network.folder / f"url-{turns.digest(key)}", deadline):
                found = self._known(key)
                if found is None:
                    found = self._asked(key, deadline)
                    self._run.keep(found)
                    if self._kept is not None and found.data is not None:
                        self._kept.keep(found)
        except (NotFetchedError, OSError) as error:
            found = Fetched(key, reason=str(error))
        return dataclasses.replace(found, url=url)

    def _known(self, url: str) -> Fetched | None:
        found = self._run.find(url)
        return found if found is not None or self._kept is None else self._kept.find(url)

    def _asked(self, url: str, deadline: float) -> Fetched:
        """Ask for an image, and where its server points to.

        Raises:
            BusyError: it could not be asked in time.

        """
        try:
            here, body = self._followed(url, deadline)
        except BusyError:
            raise
        except NotFetchedError as error:
            return Fetched(url, reason=str(error))
        return _image(url, here, body)

    def _followed(self, url: str, deadline: float) -> tuple[httpx.URL, bytes]:
        """Give what was sent, and the address at which it was had."""
        here = targets.target(url)
        for _ in range(MAX_MOVES + 1):
            answer = self._answer(here, deadline)
            if answer.refused:
                raise NotFetchedError(answer.refused)
            if not answer.location:
                return here, answer.body
            here = targets.target(_joined(here, answer.location))
        raise NotFetchedError("is redirected too often")

    def _answer(self, url: httpx.URL, deadline: float) -> Answer:
        """Ask one host, when it is its turn."""
        network = self.network
        limits = network.limits
        patience = min(limits.connect, max(deadline - time.monotonic(), 0.1))
        where = targets.addresses(url, patience, network.allowance.addresses)
        host = targets.host_of(url)
        with turns.turn(network.folder, host, limits.pause, deadline) as turn:
            left = min(limits.request, deadline - time.monotonic())
            if left <= 0:
                raise BusyError("there was no time left to ask for it")
            try:
                answer = self._tried(url, where, dataclasses.replace(limits, request=left))
            except UnreachableError:
                turn.failed()
                raise
            if answer.leave_alone:
                turn.failed(leave_alone=True)
            else:
                turn.answered()
            return answer

    def _tried(self, url: httpx.URL, where: list[str], limits: Limits) -> Answer:
        """Ask a host at its addresses, until one answers."""
        if self._transport is None:
            self._transport = request.transport()
        began = time.monotonic()
        for address in where[:-1]:
            try:
                return request.ask(self._transport, url, address, limits)
            except UnreachableError:
                left = limits.request - (time.monotonic() - began)
                limits = dataclasses.replace(limits, request=max(left, 0.1))
        return request.ask(self._transport, url, where[-1], limits)


def _joined(here: httpx.URL, location: str) -> httpx.URL:
    try:
        return here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise NotFetchedError("is redirected to no valid address") from None


def _image(url: str, here: httpx.URL, body: bytes) -> Fetched:
    if images.sniff(body) is None:
        return Fetched(url, reason="what was sent is no image" if body else "nothing was sent")
    return Fetched(url, body, came_from="" if str(here) == url else str(here))
