"""The fonts a PDF may use: the theme's first, then the system's for the scripts those lack.

A private fontconfig, so that a page looks the same everywhere: what the machine's own
configuration prefers, replaces or hints does not reach us.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Final

# where systems keep fonts; absent folders do no harm
UNIX: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
SYSTEM: Final = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("WINDOWSFONTDIR", "WINDOWSUSERFONTDIR"),  # fontconfig knows where these are
}
CONFIG: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir prefix="xdg">fontconfig</cachedir>
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
"""
VARIABLE: Final = "FONTCONFIG_FILE"


@contextmanager
def private(folders: Sequence[Path]) -> Iterator[None]:
    """While inside, fontconfig loads these font folders and the system's, and nothing else."""
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory(prefix="exporter-fonts-") as place:
        config = Path(place) / "fonts.conf"
        config.write_text(configuration(folders, Path(place) / "cache"), encoding="utf-8")
        os.environ[VARIABLE] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


def configuration(folders: Sequence[Path], cache: Path) -> str:
    """Give a fontconfig file: these folders first, the system's, `cache` where home is no place."""
    every = [*map(str, folders), *SYSTEM.get(sys.platform, UNIX)]
    lines = "\n".join(f"<dir>{escape(folder)}</dir>" for folder in every)
    return CONFIG.format(folders=lines, cache=escape(str(cache)))
