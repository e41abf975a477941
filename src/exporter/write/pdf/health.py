"""What `doctor` asks the PDF writer: whether its engine is whole, and as fast as it can be."""

import weasyprint
from weasyprint.text import ffi

SUBSETTER = "libharfbuzz-subset"


def versions() -> dict[str, str]:
    """Give the versions of the engine and of the system library it draws text with."""
    number = ffi.pango.pango_version()
    pango = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return {"WeasyPrint": weasyprint.__version__, "Pango": pango}


def has_subsetter() -> bool:
    """Tell whether fonts are subset by HarfBuzz: without it a PDF takes 2 to 6 times as long."""
    return getattr(ffi, "harfbuzz_subset", None) is not None
