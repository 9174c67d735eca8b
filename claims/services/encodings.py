"""Bytes to text as browsers do it, and the mending of text that was decoded wrongly before it came here.

The labels are those of the WHATWG Encoding Standard (``webencodings``): "iso-8859-1" means windows-1252, "gb2312" means
gbk. Python's own codecs are never looked up by a name that a page gives: some are no character sets at all ("zlib").
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import ftfy
import orjson
import webencodings

from claims.engine import names
from claims.errors import IngestError

PRESCAN = 4096
"""Bytes at the start of a page in which its encoding is looked for; browsers look at 1024, old pages need more."""

SINGLE_BYTES = "verifier.windows-1252"
"""The name of the error handler that reads bytes which are no UTF-8 as windows-1252."""

MARK = "\ufeff"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/][^>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?<![\w-])charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)["']""")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_LOST_BYTE = re.compile("â€(?=[\\s.,;:!?)]|$)")
"""A closing quotation mark in mojibake: windows-1252 has nothing for its last byte, and most programs drop it."""

_RETIRED = "replacement"
"""What the standard makes of encodings that browsers have given up, because markup can hide in them (ISO-2022-KR)."""


def decode(raw: bytes, *, html: bool = False) -> str:
    """Return the text of ``raw``: by its byte order mark, else by its bytes, else (HTML only) as the page says.

    Bytes that are UTF-8 are read so, whatever the page says. Without a known label, bytes that are no UTF-8 are read as
    windows-1252, one by one. Raises IngestError for bytes that are no text.
    """
    if raw.startswith(_WIDE):
        return _without_null(raw.decode("utf-16", "replace"))
    if b"\x00" in raw:
        raise IngestError(f"binary: a null byte at position {raw.index(0):,}")
    named = named_encoding(raw) if html else None
    escaped = named is not None and named.name == "iso-2022-jp" and raw.isascii()
    if not escaped:
        try:
            return raw.decode("utf-8").removeprefix(MARK)
        except UnicodeDecodeError:
            pass
    if named is not None and named.name not in ("utf-8", "windows-1252"):
        return str(named.codec_info.decode(raw, "replace")[0])
    if not html and (found := _NO_TEXT.search(raw)):
        raise IngestError(f"binary: neither UTF-8 nor plain text; a control character at position {found.start():,}")
    return raw.decode("utf-8", SINGLE_BYTES).removeprefix(MARK)


def named_encoding(raw: bytes) -> webencodings.Encoding | None:
    """Return the encoding that a page's head names; None where it names none that browsers know."""
    head = _COMMENT.sub(b"", raw[:PRESCAN])
    labels = [found[1] for meta in _META.findall(head) if (found := _CHARSET.search(meta))]
    labels += [found[1] for found in [_XML.match(head)] if found]
    for label in labels:
        named = webencodings.lookup(label.decode("ascii", "replace"))
        if named is None or named.name == _RETIRED:
            continue
        if named.name.startswith("utf-16"):  # whoever could read the label in ASCII does not read UTF-16
            return webencodings.UTF8
        return webencodings.lookup("windows-1252") if named.name == "x-user-defined" else named
    return None


def mended(text: str) -> str:
    """Return the text with its mojibake undone ("cafÃ©", "â€œyesâ€\x9d"), letters and accents composed (NFC)."""
    if text.isascii():
        return text
    return names.composed(ftfy.fix_encoding(_LOST_BYTE.sub("â€\x9d", text)))


def parse_json(raw: bytes) -> Any:
    """Return what a JSON text says, in UTF-8 or with a byte order mark.

    Raises ``orjson.JSONDecodeError``, and IngestError for bytes that are no text.
    """
    try:
        return orjson.loads(raw.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError:
        return orjson.loads(decode(raw))


def lines_of(path: Path, longest: int) -> Iterator[tuple[int, str | None]]:
    """Yield the number and text of each line that is not blank; None for one of more than ``longest`` characters.

    Raises OSError.
    """
    with path.open("rb") as file:
        encoding = "utf-16" if file.read(2).startswith(_WIDE) else "utf-8"
        file.seek(0)
        errors = "replace" if encoding == "utf-16" else SINGLE_BYTES
        stream = TextIOWrapper(file, encoding=encoding, errors=errors, newline="\n")
        number = 0
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) > longest and not line.endswith("\n"):
                while (rest := stream.readline(longest)) and not rest.endswith("\n"):
                    pass
                yield number, None
            elif (line := line.strip(f"{MARK} \t\r\n")) != "":
                yield number, line


def _without_null(text: str) -> str:
    if "\x00" in text:
        raise IngestError(f"binary: a null character at position {text.index(chr(0)):,}")
    return text


def _single_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes at fault as windows-1252; the five that it leaves open as control characters of their number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_WINDOWS[byte] for byte in bad), error.end


_WINDOWS = [bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256)]
codecs.register_error(SINGLE_BYTES, _single_bytes)
