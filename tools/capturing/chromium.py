"""What Chromium saves: MHTML through the DevTools protocol, "complete" through its own dialogue."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

FLAGS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--proxy-bypass-list=<-loopback>", "--window-size=1000,800",
)  # fmt: skip
PATIENCE: Final = 60  # seconds


class DevTools:
    """Speaks the DevTools protocol over the two pipes of --remote-debugging-pipe."""

    def __init__(self, arguments: list[str]) -> None:
        to_browser, self.writing = os.pipe()
        self.reading, from_browser = os.pipe()
        script = 'exec 3<&"$0" 4>&"$1"; shift; exec "$@"'
        command = ["bash", "-c", script, str(to_browser), str(from_browser), *arguments]
        self.process = subprocess.Popen(
            command, pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL
        )
        os.close(to_browser)
        os.close(from_browser)
        self.number = 0
        self.rest = b""

    def ask(self, method: str, session: str | None = None, **told: object) -> dict[str, Any]:
        """Send a command and give its answer; events are let go."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": told}
        command |= {"sessionId": session} if session else {}
        os.write(self.writing, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            read = os.read(self.reading, 1 << 20)
            if not read:
                raise SystemExit("the browser left")
            self.rest += read
        told, _, self.rest = self.rest.partition(b"\0")
        message: dict[str, Any] = json.loads(told)
        return message


def mhtml(url: str, port: int, target: Path) -> None:
    """Save a page as Chromium's "single file" does, after a walk to its end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        devtools = DevTools([
            "chromium", "--headless=new", *FLAGS, f"--user-data-dir={profile}",
            f"--proxy-server=127.0.0.1:{port}", "--remote-debugging-pipe", "about:blank",
        ])  # fmt: skip
        opened = devtools.ask("Target.createTarget", url=url)["targetId"]
        session = devtools.ask("Target.attachToTarget", targetId=opened, flatten=True)["sessionId"]
        time.sleep(3)
        walk = "window.scrollTo(0, document.body.scrollHeight)"
        devtools.ask("Runtime.evaluate", session, expression=walk)
        time.sleep(2)
        saved = devtools.ask("Page.captureSnapshot", session, format="mhtml")["data"]
        target.write_bytes(saved.encode())
        devtools.ask("Browser.close")
        devtools.process.wait(PATIENCE)


def complete(url: str, port: int, folder: Path) -> None:
    """Save a page with its folder: Ctrl+S in a window that nobody sees (Xvfb, xdotool)."""
    number = f":{90 + os.getpid() % 9}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        default = Path(profile) / "Default"
        default.mkdir()
        wishes = {"savefile": {"default_directory": str(folder)}}
        (default / "Preferences").write_text(json.dumps(wishes), "utf-8")
        screen = subprocess.Popen(["Xvfb", number, "-screen", "0", "1100x900x24"])
        environment = {**os.environ, "DISPLAY": number, "LC_ALL": "C.UTF-8"}
        browser = subprocess.Popen(
            [
                "chromium", *FLAGS, f"--user-data-dir={profile}",
                f"--proxy-server=127.0.0.1:{port}", url,
            ],
            env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            time.sleep(6)
            _press(environment, "key", "End")
            time.sleep(2)
            _press(environment, "key", "ctrl+s")
            time.sleep(3)
            _click_save(environment)
            _wait_for(folder)
        finally:
            browser.terminate()
            browser.wait(PATIENCE)
            screen.terminate()
            screen.wait(PATIENCE)


def _press(environment: dict[str, str], *words: str) -> str:
    """Have xdotool do something and give what it says."""
    command = ["xdotool", *words]
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return ran.stdout


def _click_save(environment: dict[str, str]) -> None:
    """Click where GTK's dialogue has its button: without a window manager no key reaches it."""
    dialogue = _press(environment, "search", "--onlyvisible", "--name", "Save File").split()[-1]
    told = _press(environment, "getwindowgeometry", "--shell", dialogue)
    size = dict(line.split("=") for line in told.split())
    place = (str(int(size["WIDTH"]) - 50), str(int(size["HEIGHT"]) - 24))
    _press(environment, "mousemove", "--window", dialogue, *place, "click", "1")


def _wait_for(folder: Path) -> None:
    for _ in range(PATIENCE):
        if list(folder.glob("*.html")):
            time.sleep(2)
            return
        time.sleep(1)
    raise SystemExit("Chromium did not save the page")
