"""Pages as a browser shows them: Debian's Chromium, driven by Playwright, and axe-core in it."""

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from validators import ACE, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = ACE / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-extensions",
    # whatever a page asks for, nothing leaves this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip
HERE = ("file", "data", "blob", "about")  # where requests stay on the machine
LOOPBACK = ("127.0.0.1", "localhost")
# what axe holds against a page: WCAG 2.2 at A and AA, and what its makers call good practice
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

Scheme = Literal["light", "dark"]


def browser_absent() -> str:
    """Give what opening pages lacks on this machine, or nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "no Playwright (pip install '.[dev]')"
    return "" if browser() else "no Chromium (apt-get install chromium)"


def axe_absent() -> str:
    """Give what axe lacks on this machine, or nothing."""
    return browser_absent() or ("" if AXE.is_file() else "no axe-core (tools/setup.sh ace)")


@dataclass(frozen=True, slots=True)
class Window:
    """A page that is open, what it asked for, and what went wrong in it."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def strangers(self) -> list[str]:
        """Give the requests that left this machine, or tried to."""
        return [url for url in self.requests if not _stays(url)]

    def barriers(self) -> list[str]:
        """Give what axe holds against the page as it stands: rule, place, remedy."""
        # by way of the debugger: the page's own policy lets no script in
        self.page.evaluate(AXE.read_text("utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", list(TAGS)
        )
        return [
            f"{rule['id']} {node['target']}: {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Give a running Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (where it is installed)

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=browser(), args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def window(
    running: "Browser", scheme: Scheme = "light", size: Sequence[int] = (1200, 800)
) -> Iterator[Window]:
    """Give an empty page of its own: no cookies, no storage, nothing kept."""
    width, height = size
    with running.new_context(
        color_scheme=scheme, viewport={"width": width, "height": height}, accept_downloads=True
    ) as context:
        opened = Window(context.new_page())
        context.on("request", lambda request: opened.requests.append(request.url))
        context.on("weberror", lambda error: opened.errors.append(str(error.error)))
        context.on("console", lambda said: _hear(opened, said.type, said.text))
        yield opened


def opening(opened: Window, page: Path) -> float:
    """Open a page from the disk; give the milliseconds until its first content was painted."""
    opened.page.goto(page.as_uri())
    painted: float = opened.page.evaluate(
        """() => new Promise(told => new PerformanceObserver((list, self) => {
             for (const one of list.getEntriesByName('first-contentful-paint')) {
               self.disconnect(); told(one.startTime);
             }
           }).observe({type: 'paint', buffered: true}))"""
    )
    return painted


def _hear(opened: Window, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        opened.errors.append(f"{kind}: {text}")


def _stays(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in HERE or parts.hostname in LOOPBACK
