"""Texts and streams on their way into C: not copied, and packed with less zeal."""

import zlib
from collections.abc import Callable
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types

LEVEL: Final = 6  # of zlib; 9 takes a third longer for half a percent


def pointed(own: Callable[[str], Any]) -> Callable[[str], tuple[bytes, bytes]]:
    """Give what makes a text one of C's: the bytes themselves, which C's functions copy."""
    del own

    def text(string: str) -> tuple[bytes, bytes]:
        data = string.encode().replace(b"\0", b"")
        return data, data

    return text


def packed(own: property) -> property:
    """Give what puts a stream into bytes; `own` is the engine's way."""

    def data(stream: Any) -> bytes:  # noqa: ANN401
        if not stream.compress:
            return own.__get__(stream)  # type: ignore[no-any-return]
        raw = b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001  (none that is public)
        body = zlib.compress(raw, LEVEL)
        about = pydyf.Dictionary(stream.extra | {"Filter": "/FlateDecode", "Length": len(body)})
        return b"\n".join((about.data, b"stream", body, b"endstream"))

    return property(data)
