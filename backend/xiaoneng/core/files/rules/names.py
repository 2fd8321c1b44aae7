"""Names of files: as shown, as stored, as sent back."""

import unicodedata
from urllib.parse import quote

from xiaoneng.core.files.models import MAX_NAME

_UNWANTED = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
"""Control, invisible (also those that turn the reading direction), broken, unassigned, private, line breaks."""
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_MAX_ENDING = 10


def clean(name: str) -> str:
    """The last part of a path without anything that hides, turns or breaks: at most 200 characters, never empty.

    A long name is cut before its ending.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char) not in _UNWANTED)
    kept = " ".join(kept.split()).translate(_FORBIDDEN).strip(". ")
    if kept.split(".", 1)[0].lower() in _RESERVED:
        kept = f"_{kept}"
    if len(kept) > MAX_NAME:
        stem, dot, last_part = kept.rpartition(".")
        ending = dot + last_part if stem and len(last_part) <= _MAX_ENDING else ""
        kept = kept[: MAX_NAME - len(ending)].rstrip(". ") + ending
    return kept or "_"


def ending(name: str) -> str:
    """What follows the last dot, in lower case; empty without one."""
    stem, _, last = name.rpartition(".")
    return last.lower() if stem else ""


def disposition(name: str) -> str:
    """`Content-Disposition` of a download: an ASCII name for old readers, the real one by RFC 5987."""
    plain = "".join(char if char.isascii() and char not in '"\\%' else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
