"""What Firefox saves as "Web Page, complete": its own code, asked through Marionette."""

import json
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

PORT: Final = 2828
PATIENCE: Final = 60  # seconds
# What the menu's "Save Page As…" runs after its dialogue (toolkit/content/contentAreaUtils.js).
SAVE: Final = """
const [path, folder, done] = arguments;
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(path);
const beside = file.clone();
beside.leafName = folder;
const persist = Cc["@mozilla.org/embedding/browser/nsWebBrowserPersist;1"]
  .createInstance(Ci.nsIWebBrowserPersist);
const flags = Ci.nsIWebBrowserPersist;
persist.persistFlags = flags.PERSIST_FLAGS_REPLACE_EXISTING_FILES
  | flags.PERSIST_FLAGS_FROM_CACHE | flags.PERSIST_FLAGS_AUTODETECT_APPLY_CONVERSION;
persist.progressListener = {
  onStateChange(web, request, state, status) {
    if (state & Ci.nsIWebProgressListener.STATE_STOP && !request) { done(String(status)); }
  },
  onProgressChange() {}, onLocationChange() {}, onStatusChange() {}, onSecurityChange() {},
  onContentBlockingEvent() {},
};
gBrowser.selectedBrowser.frameLoader.startPersistence(null, {
  onDocumentReady(page) {
    persist.saveDocument(page, file, beside, page.contentType, 0, 80);
    setTimeout(() => done("waited"), 5000);
  },
  onError(status) { done("error " + status); },
});
"""


class Marionette:
    """Speaks Marionette: [0, number, command, parameters], each with its length before it."""

    def __init__(self) -> None:
        for _ in range(PATIENCE * 2):
            try:
                self.socket = socket.create_connection(("127.0.0.1", PORT), PATIENCE)
                break
            except ConnectionRefusedError:
                time.sleep(0.5)
        self.file = self.socket.makefile("rb")
        self._read()
        self.number = 0

    def ask(self, command: str, **told: object) -> Any:  # noqa: ANN401  (JSON)
        """Send a command and give its answer."""
        self.number += 1
        message = json.dumps([0, self.number, command, told]).encode()
        self.socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, result = self._read()
        if error:
            raise SystemExit(f"{command}: {error['message']}")
        return result

    def _read(self) -> Any:  # noqa: ANN401  (JSON)
        digits = b""
        while (byte := self.file.read(1)) != b":":
            digits += byte
        return json.loads(self.file.read(int(digits)))


def complete(url: str, port: int, folder: Path) -> None:
    """Save a page with its folder, under the names that Firefox in French gives."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        wishes = {
            "network.proxy.type": 1, "network.proxy.http": "127.0.0.1",
            "network.proxy.http_port": port, "dom.security.https_first": False,
            "dom.security.https_first_schemeless": False, "marionette.port": PORT,
            "app.update.disabledForTesting": True,
            "datareporting.policy.dataSubmissionEnabled": False,
        }  # fmt: skip
        lines = [f'user_pref("{name}", {json.dumps(wish)});' for name, wish in wishes.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines), "utf-8")
        browser = subprocess.Popen(
            [
                "firefox-esr", "--headless", "--marionette", "--remote-allow-system-access",
                "--no-remote", "--profile", profile,
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _save(Marionette(), url, folder)
        finally:
            browser.terminate()
            browser.wait(PATIENCE)


def _save(marionette: Marionette, url: str, folder: Path) -> None:
    marionette.ask("WebDriver:NewSession", capabilities={})
    marionette.ask("WebDriver:Navigate", url=url)
    walk = "window.scrollTo(0, document.body.scrollHeight)"
    marionette.ask("WebDriver:ExecuteScript", script=walk, args=[])
    time.sleep(2)
    title = marionette.ask("WebDriver:GetTitle")["value"]
    marionette.ask("Marionette:SetContext", value="chrome")
    names = [str(folder / f"{title}.html"), f"{title}_fichiers"]
    said = marionette.ask("WebDriver:ExecuteAsyncScript", script=SAVE, args=names)
    print(f"firefox: {said['value']}")
