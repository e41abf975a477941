"""WeasyPrint's libraries loaded by name, without starting compilers to look for them."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def by_name() -> Iterator[None]:
    """While inside, a library that the loader does not know by that name is not searched for.

    WeasyPrint tries several names a library, and cffi asks `find_library` about each that fails,
    which on Linux runs ldconfig, gcc and ld: a third of the CPU of the import, for names whose
    right form ("libpango-1.0.so.0") comes next. Elsewhere the search is cheap and is needed.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _nowhere(name: str) -> str | None:
    del name
    return None
