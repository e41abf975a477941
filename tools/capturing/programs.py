"""What wget, HTTrack, SingleFile and wacz leave, each run by its own command."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

from serving import HOST, PLACE, URL

PATIENCE: Final = 120  # seconds
# SingleFile starts the browser itself
BROWSER: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--proxy-bypass-list=<-loopback>")  # fmt: skip


def run(command: list[str], folder: Path, port: int, good: tuple[int, ...] = (0,)) -> None:
    """Run a program in a folder, with our server as its proxy."""
    proxied = {**os.environ, "http_proxy": f"http://127.0.0.1:{port}", "no_proxy": ""}
    ran = subprocess.run(
        command, cwd=folder, env=proxied, timeout=PATIENCE, check=False, capture_output=True
    )
    if ran.returncode not in good:
        raise SystemExit(f"{command[0]}: {ran.returncode}\n{ran.stderr.decode()[-2000:]}")


def wget_mirror(port: int, folder: Path) -> None:
    """Mirror the page with what it needs, its links changed to the files."""
    told = ["-e", "robots=off", "--no-verbose", "-p", "-k", "--mirror", "--level=1", "--no-parent"]
    run(["wget", *told, "-I", PLACE.rstrip("/"), URL], folder, port, (0, 8))


def wget_warc(port: int, folder: Path, *, packed: bool) -> None:
    """Crawl the page into a WARC; what wget leaves beside it goes."""
    told = ["-e", "robots=off", "--no-verbose", "-p", "--warc-file=salt-pans", "--no-warc-keep-log"]
    run(["wget", *told, *(() if packed else ("--no-warc-compression",)), URL], folder, port, (0, 8))
    shutil.rmtree(folder / HOST)


def httrack(port: int, folder: Path) -> None:
    """Mirror the page with HTTrack; its cache and log go."""
    told = ["-O", ".", "-P", f"127.0.0.1:{port}", "-r1", "-n", "-s0", "-q", "-I0", "-N0"]
    run(["httrack", URL, *told], folder, port)
    shutil.rmtree(folder / "hts-cache")
    for name in ("hts-log.txt", "cookies.txt", "backblue.gif", "fade.gif"):
        (folder / name).unlink(missing_ok=True)


def singlefile(port: int, target: Path, *told: str) -> None:
    """Save the page with SingleFile's command."""
    command = os.environ.get("SINGLE_FILE", "single-file")
    arguments = [f"--browser-arg={flag}" for flag in BROWSER]
    run(
        [
            command, URL, str(target), "--browser-executable-path", "/usr/bin/chromium",
            "--http-proxy-server", f"http://127.0.0.1:{port}", *arguments, *told,
        ],
        target.parent, port,
    )  # fmt: skip
    time.sleep(1)


def wacz(port: int, folder: Path) -> None:
    """Crawl the page with wget and put the crawl into a WACZ, its page listed."""
    command = os.environ.get("WACZ", "wacz")
    wget_warc(port, folder, packed=True)
    crawl = folder / "salt-pans.warc.gz"
    target = str(folder / "salt-pans.wacz")
    run([command, "create", "--detect-pages", "-f", str(crawl), "-o", target], folder, port)
    crawl.unlink()
